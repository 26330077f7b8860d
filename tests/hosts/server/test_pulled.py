"""A client that asks for diagnostics gets them by its requests, and none are published to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig
from tests.hosts.server.test_server import COMMAND, FIXED, QUEUE, SAFE, Client, Editor, codes

from awslint_memo.hosts.server.pulled import Pulled

QUEUE_MODULE = """\
variable "wait" {}
resource "aws_sqs_queue" "orders" {
  receive_wait_time_seconds = var.wait - 20
}
"""
CALL = 'module "orders" {\n  source = "./queue"\n  wait   = 20\n}\n'


class Pulling(Client):
    """A client that asks for diagnostics, and counts how often it is asked to do so again."""

    def __init__(self) -> None:
        super().__init__()
        self.refreshed: asyncio.Queue[None] = asyncio.Queue()
        self.feature(types.WORKSPACE_DIAGNOSTIC_REFRESH)(lambda _: self.refreshed.put_nowait(None))


START: Any = pytest_lsp.fixture(scope="module", config=ClientServerConfig(COMMAND, client_factory=Pulling))

pytestmark = pytest.mark.asyncio(loop_scope="module")

CAPABLE = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        diagnostic=types.DiagnosticClientCapabilities(related_document_support=True)
    ),
    workspace=types.WorkspaceClientCapabilities(
        diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    ),
)
PROVIDED: list[types.ServerCapabilities] = []


@START  # type: ignore[untyped-decorator]
async def client(lsp_client: Pulling) -> AsyncIterator[None]:
    begun = await lsp_client.initialize_session(types.InitializeParams(CAPABLE))
    PROVIDED.append(begun.capabilities)
    yield
    await lsp_client.shutdown_session()


class Puller(Editor):
    """An editor whose client asks."""

    async def open(self, name: str, text: str, language: str = "yaml") -> list[types.Diagnostic]:
        self.opened.append(name)
        item = types.TextDocumentItem(self.uri(name), language, self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.told(name)

    async def told(self, name: str, version: int | None = None) -> list[types.Diagnostic]:
        made = await self.pull(name)
        assert isinstance(made, types.RelatedFullDocumentDiagnosticReport)
        return list(made.items)

    async def pull(self, name: str, previous: str | None = None) -> Any:
        document = types.TextDocumentIdentifier(self.uri(name))
        asked = types.DocumentDiagnosticParams(document, previous_result_id=previous)
        return await asyncio.wait_for(self.client.text_document_diagnostic_async(asked), 60)

    async def whole(self, *known: tuple[str, str]) -> dict[str, Any]:
        previous = [types.PreviousResultId(self.uri(name), id_) for name, id_ in known]
        asked = types.WorkspaceDiagnosticParams(previous)
        made = await asyncio.wait_for(self.client.workspace_diagnostic_async(asked), 60)
        return {item.uri: item for item in made.items}


@pytest_asyncio.fixture(loop_scope="module")
async def editor(client: Pulling, tmp_path: Path) -> AsyncIterator[Puller]:
    (tmp_path / ".git").mkdir()
    made = Puller(client, tmp_path)
    yield made
    for name in made.opened:
        made.close(name)
    await made.hover("none.yaml", 0, 0)  # An answer after what the closing brought.
    assert client.published.empty()
    while not client.refreshed.empty():
        client.refreshed.get_nowait()


def changed(editor: Puller, name: str) -> None:
    event = types.FileEvent(editor.uri(name), types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


async def test_the_server_says_that_it_answers(editor: Puller) -> None:
    provider = PROVIDED[0].diagnostic_provider
    assert isinstance(provider, types.DiagnosticOptions)
    assert (provider.inter_file_dependencies, provider.workspace_diagnostics) == (True, True)


@pytest.mark.parametrize(
    "capabilities",
    [
        types.ClientCapabilities(),
        types.ClientCapabilities(text_document=CAPABLE.text_document),
        types.ClientCapabilities(workspace=CAPABLE.workspace),
    ],
)
async def test_a_client_that_can_not_be_asked_again_is_told(capabilities: types.ClientCapabilities) -> None:
    assert Pulled.of(CAPABLE, str, list) is not None
    assert Pulled.of(capabilities, str, list) is None


async def test_an_answer_is_about_the_text_as_it_is(editor: Puller) -> None:
    assert SAFE in codes(await editor.open("t.yaml", QUEUE))
    assert SAFE not in codes(await editor.type("t.yaml", FIXED))
    assert SAFE in codes(await editor.type("t.yaml", QUEUE))


async def test_what_did_not_change_is_not_told_again(editor: Puller) -> None:
    await editor.open("t.yaml", QUEUE)
    first = await editor.pull("t.yaml")
    again = await editor.pull("t.yaml", first.result_id)
    assert (again.kind, again.result_id) == ("unchanged", first.result_id)
    await editor.open("other.yaml", QUEUE)
    assert (await editor.pull("t.yaml", first.result_id)).kind == "unchanged"
    # A client moves what it has of a document that is edited, so it is told of that again.
    editor.change("t.yaml", QUEUE + "\n")
    assert (await editor.pull("t.yaml", first.result_id)).kind == "full"


async def test_what_an_edit_changes_elsewhere_is_told_with_it_and_asked_for_again(editor: Puller) -> None:
    (editor.folder / "queue").mkdir()
    await editor.open("main.tf", CALL, "terraform")
    assert SAFE in codes(await editor.open("queue/main.tf", QUEUE_MODULE, "terraform"))
    first = await editor.pull("queue/main.tf")
    refreshed = editor.client.refreshed  # type: ignore[attr-defined]
    while not refreshed.empty():
        refreshed.get_nowait()
    editor.change("main.tf", CALL.replace("20", "40"))
    made = await editor.pull("main.tf")
    assert SAFE not in codes(list(made.related_documents[editor.uri("queue/main.tf")].items))
    await asyncio.wait_for(refreshed.get(), 60)
    now = await editor.pull("queue/main.tf", first.result_id)
    assert (now.kind, SAFE in codes(list(now.items))) == ("full", False)


async def test_all_files_can_be_asked_for_at_once(editor: Puller) -> None:
    assert await editor.whole() == {}
    await editor.open("t.yaml", QUEUE)
    await editor.open("sound.yaml", "Resources:\n  Topic: {Type: AWS::SNS::Topic}\n")
    made = await editor.whole()
    report = made[editor.uri("t.yaml")]
    assert (report.kind, report.version, SAFE in codes(list(report.items))) == ("full", editor.version, True)
    again = await editor.whole(("t.yaml", report.result_id), ("gone.yaml", "7"))
    assert again[editor.uri("t.yaml")].kind == "unchanged"
    assert again[editor.uri("gone.yaml")].items == ()


async def test_of_documents_that_were_closed_nothing_is_told_at_once(editor: Puller) -> None:
    for name in ("t.yaml", "u.yaml"):
        await editor.open(name, QUEUE)
    for name in ("t.yaml", "u.yaml"):
        editor.close(name)
    assert await editor.whole() == {}


async def test_a_broken_configuration_is_told_beside_a_document_and_takes_nothing_away(editor: Puller) -> None:
    await editor.open("t.yaml", QUEUE)
    first = await editor.pull("t.yaml")
    settings = editor.folder / ".awslint-memo.yaml"
    settings.write_text("ignore: 7\n")
    changed(editor, settings.name)
    await asyncio.wait_for(editor.client.refreshed.get(), 60)  # type: ignore[attr-defined]
    made = await editor.pull("t.yaml", first.result_id)
    assert made.kind == "unchanged"
    [error] = made.related_documents[editor.uri(settings.name)].items
    assert error.severity == types.DiagnosticSeverity.Error
    settings.write_text(f"ignore: [{SAFE}]\n")
    changed(editor, settings.name)
    await asyncio.wait_for(editor.client.refreshed.get(), 60)  # type: ignore[attr-defined]
    made = await editor.pull("t.yaml", first.result_id)
    assert SAFE not in codes(list(made.items))
    assert made.related_documents[editor.uri(settings.name)].items == ()
