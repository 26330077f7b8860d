"""What a client says that it wants to be told: without advice, and with the counts of what was judged."""

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
from tests.hosts.server.test_server import COMMAND, QUEUE, SAFE, Client, Editor, edits_of, found

from awslint_memo.hosts.server.preferences import JUDGED, Preferences
from awslint_memo.judging.report import Report

OURS: Any = "source.fixAll.awslintMemo"


class Quiet(Client):
    """A client that hides advice, and keeps the counts that it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.judged: asyncio.Queue[Any] = asyncio.Queue()
        self.feature(JUDGED)(lambda said: self.judged.put_nowait(said))


START: Any = pytest_lsp.fixture(scope="module", config=ClientServerConfig(COMMAND, client_factory=Quiet))

pytestmark = pytest.mark.asyncio(loop_scope="module")


@START  # type: ignore[untyped-decorator]
async def client(lsp_client: Quiet) -> AsyncIterator[None]:
    wishes = {"advice": False, "judged": True}
    params = types.InitializeParams(types.ClientCapabilities(), initialization_options=wishes)
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


@pytest_asyncio.fixture(loop_scope="module")
async def editor(client: Quiet, tmp_path: Path) -> AsyncIterator[Editor]:
    (tmp_path / ".git").mkdir()
    made = Editor(client, tmp_path)
    yield made
    prefer(made, advice=False)
    for name in made.opened:
        made.close(name)
    await made.hover("none.yaml", 0, 0)  # An answer after what the closing brought.
    for queue in (client.published, client.judged):
        while not queue.empty():
            queue.get_nowait()


def prefer(editor: Editor, **wishes: Any) -> None:
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(wishes))


TEXT = QUEUE + "  Plain: {Type: AWS::SQS::Queue}\n  Other: {Type: Custom::Thing}\n"


def levels(ones: list[types.Diagnostic]) -> set[types.DiagnosticSeverity | None]:
    return {one.severity for one in ones}


async def test_advice_is_hidden_until_it_is_asked_for(editor: Editor) -> None:
    first = await editor.open("t.yaml", TEXT)
    assert types.DiagnosticSeverity.Information not in levels(first)
    prefer(editor, advice=True)
    more = await editor.told("t.yaml")
    assert len(more) == len(first) + 1
    (advice,) = (one for one in more if one.severity == types.DiagnosticSeverity.Information)
    at = advice.range.start
    assert "(advice)" in await editor.hover("t.yaml", at.line, at.character)
    prefer(editor, advice=False)
    assert await editor.told("t.yaml") == first
    assert "(advice)" not in await editor.hover("t.yaml", at.line, at.character)


async def test_the_counts_of_a_check_are_told(editor: Editor, client: Quiet) -> None:
    first = await editor.open("t.yaml", TEXT)
    told = await asyncio.wait_for(client.judged.get(), 60)
    if not told.files:  # The folder was looked at before the file was opened.
        told = await asyncio.wait_for(client.judged.get(), 60)
    assert (told.files, told.resources_written, told.resources_judged, told.unread) == (1, 3, 2, 0)
    assert told.errors + told.warnings == len(first)
    assert (told.advice, told.advice_hidden > 0) == (0, True)
    prefer(editor, advice=True)
    shown = await asyncio.wait_for(client.judged.get(), 60)
    assert (shown.advice, shown.advice_hidden) == (told.advice_hidden, 0)


async def test_what_is_no_preference_changes_nothing(editor: Editor, client: Quiet) -> None:
    await editor.open("t.yaml", TEXT)
    for wishes in ({"advice": 1}, {"other": True}, {}):
        prefer(editor, **wishes)
    await editor.hover("t.yaml", 0, 0)  # An answer after them.
    assert client.published.empty()
    values: list[Any]
    none, values = Preferences(), [None, [], "x", {"advice": None}]
    assert [none.changed(value) for value in values] == [none] * 4


async def test_advice_that_the_run_left_out_is_counted_as_hidden_too() -> None:
    assert Preferences(advice=False).shown(Report(advice_hidden=2)).advice_hidden == 2


async def test_all_safe_fixes_have_a_kind_of_their_own(editor: Editor) -> None:
    one = found(await editor.open("t.yaml", QUEUE), SAFE)
    (action,) = await editor.actions("t.yaml", one.range, OURS)
    assert action.kind == OURS
    (edit,) = edits_of(action, editor.uri("t.yaml"))
    assert "ReceiveMessageWaitTimeSeconds: 20" in edit.new_text
    assert await editor.actions("t.yaml", one.range, "source.fixAll.other") == []  # type: ignore[arg-type]
