"""The language server, asked by a real client over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient

SAFE = "sqs-long-polling"
UNSAFE = "sqs-dead-letter-queue"
QUEUE = "Resources:\n  Orders: {Type: AWS::SQS::Queue, Metadata: {awslint-memo: {processing-time: 1s}}}\n"
FIXED = QUEUE.replace("1s}}}", "1s}}, Properties: {ReceiveMessageWaitTimeSeconds: 20}}")


class Client(LanguageClient):
    """A client that keeps what is published in its order."""

    def __init__(self) -> None:
        super().__init__(converter_factory=default_converter)
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda said: self.published.put_nowait(said))


COMMAND = [sys.executable, "-m", "awslint_memo", "server"]
START: Any = pytest_lsp.fixture(scope="module", config=ClientServerConfig(COMMAND, client_factory=Client))

pytestmark = pytest.mark.asyncio(loop_scope="module")


@START  # type: ignore[untyped-decorator]
async def client(lsp_client: Client) -> AsyncIterator[None]:
    begun = await lsp_client.initialize_session(types.InitializeParams(types.ClientCapabilities()))
    assert begun.capabilities.diagnostic_provider is None  # It doesn't ask, so that it is told.
    yield
    await lsp_client.shutdown_session()


class Editor:
    """An editor with documents in a folder."""

    def __init__(self, client: Client, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.version = 0
        self.opened: list[str] = []

    def uri(self, name: str) -> str:
        return name if name.startswith(("untitled:", "file:")) else (self.folder / name).as_uri()

    async def open(self, name: str, text: str, language: str = "yaml") -> list[types.Diagnostic]:
        self.opened.append(name)
        item = types.TextDocumentItem(self.uri(name), language, self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.told(name)

    async def type(self, name: str, text: str) -> list[types.Diagnostic]:
        self.change(name, text)
        return await self.told(name, self.version)

    def change(self, name: str, text: str) -> None:
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri(name))
        whole = [types.TextDocumentContentChangeWholeDocument(text)]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, whole))

    async def edit(self, name: str, range_: types.Range, text: str) -> list[types.Diagnostic]:
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri(name))
        part = [types.TextDocumentContentChangePartial(range_, text)]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, part))
        return await self.told(name, self.version)

    def close(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    async def told(self, name: str, version: int | None = None) -> list[types.Diagnostic]:
        """What is published of a document next, or of one of its versions."""
        while True:
            said = await asyncio.wait_for(self.client.published.get(), 60)
            if said.uri == self.uri(name) and version in (None, said.version):
                return list(said.diagnostics)

    async def actions(self, name: str, range_: types.Range, *only: types.CodeActionKind) -> list[types.CodeAction]:
        context = types.CodeActionContext([], list(only) or None)
        document = types.TextDocumentIdentifier(self.uri(name))
        made = await self.client.text_document_code_action_async(types.CodeActionParams(document, range_, context))
        return [one for one in made or () if isinstance(one, types.CodeAction)]

    async def hover(self, name: str, line: int, character: int) -> str:
        document = types.TextDocumentIdentifier(self.uri(name))
        at = types.Position(line, character)
        made = await self.client.text_document_hover_async(types.HoverParams(document, at))
        return made.contents.value if made and isinstance(made.contents, types.MarkupContent) else ""


@pytest_asyncio.fixture(loop_scope="module")
async def editor(client: Client, tmp_path: Path) -> AsyncIterator[Editor]:
    (tmp_path / ".git").mkdir()
    made = Editor(client, tmp_path)
    yield made
    for name in made.opened:
        made.close(name)
    await made.hover("none.yaml", 0, 0)  # An answer after what the closing brought.
    while not client.published.empty():
        client.published.get_nowait()


def codes(ones: list[types.Diagnostic]) -> set[str]:
    return {str(one.code) for one in ones}


def found(ones: list[types.Diagnostic], code: str) -> types.Diagnostic:
    return next(one for one in ones if one.code == code)


def applied(text: str, edits: list[types.TextEdit]) -> str:
    """A text after edits that do not touch each other; its lines have ASCII only before them."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for one in sorted(edits, key=lambda edit: edit.range.start, reverse=True):
        first, last = (starts[at.line] + at.character for at in (one.range.start, one.range.end))
        text = text[:first] + one.new_text + text[last:]
    return text


def edits_of(action: types.CodeAction, uri: str) -> list[types.TextEdit]:
    assert action.edit is not None
    assert action.edit.changes is not None
    return list(action.edit.changes[uri])


async def test_what_is_typed_is_judged_and_what_is_mended_goes(editor: Editor) -> None:
    said = await editor.open("t.yaml", QUEUE)
    assert codes(said) == {SAFE, UNSAFE}
    one = found(said, SAFE)
    assert (one.range.start, one.range.end) == (types.Position(1, 2), types.Position(1, 8))
    assert one.severity == types.DiagnosticSeverity.Warning
    assert one.code_description is not None
    assert one.code_description.href.startswith("https://docs.aws.amazon.com/")
    assert codes(await editor.type("t.yaml", FIXED)) == {UNSAFE}
    assert codes(await editor.type("t.yaml", "Resources: {}\n")) == set()


async def test_characters_are_counted_as_the_client_does(editor: Editor) -> None:
    queue = 'Metadata: {a: "𝒳"}, Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: 0}'
    text = f"Resources:\n  Orders: {{{queue}}}\n"
    one = found(await editor.open("t.yaml", text), SAFE)
    units = text.split("\n")[1].encode("utf-16-le")
    assert units[2 * one.range.start.character : 2 * one.range.end.character].decode("utf-16-le") == "0"


async def test_what_is_typed_in_a_line_of_other_characters_is_put_where_the_client_means(editor: Editor) -> None:
    line = '  Orders: {Type: AWS::SQS::Queue, Metadata: {"𝒳字": 1}, Properties: {ReceiveMessageWaitTimeSeconds: 0}}\n'
    one = found(await editor.open("t.yaml", f"Resources:\n{line}Description: 'a\u2028b'\n"), SAFE)
    assert SAFE not in codes(await editor.edit("t.yaml", one.range, "20"))
    below = types.Range(types.Position(3, 0), types.Position(3, 0))
    said = await editor.edit("t.yaml", below, "Metadata: {}\n")
    assert found(said, UNSAFE).range.start.line == 1
    far = types.Range(types.Position(1, 0), types.Position(99, 0))
    assert codes(await editor.edit("t.yaml", far, "  Paid: {Type: AWS::SNS::Topic}\n")) & {SAFE, UNSAFE} == set()


async def test_after_a_broken_text_what_is_found_is_that_of_the_mended_one(editor: Editor) -> None:
    whole = await editor.open("t.yaml", QUEUE)
    *kept, broken = sorted(await editor.type("t.yaml", QUEUE.replace("}", "")), key=lambda one: one.code is None)
    assert (broken.code, broken.severity) == (None, types.DiagnosticSeverity.Error)
    assert codes(kept) == codes(whole)
    assert await editor.actions("t.yaml", types.Range(types.Position(0, 0), types.Position(9, 0))) == []
    assert codes(await editor.type("t.yaml", "# above\n" + QUEUE)) == codes(whole)
    assert codes(await editor.type("t.yaml", FIXED)) == {UNSAFE}


@pytest.mark.parametrize(
    "name",
    ["with space.yaml", "100%.yaml", "a%3Ab.yaml", "注文;x#?.yaml", "untitled:Untitled-1", "file://localhost{}/t.yaml"],
)
async def test_the_uri_is_told_as_the_client_spells_it(editor: Editor, name: str) -> None:
    name = name.format(editor.folder)
    one = found(await editor.open(name, QUEUE), SAFE)
    assert await editor.hover(name, one.range.start.line, one.range.start.character) != ""
    made = await editor.actions(name, one.range, types.CodeActionKind.QuickFix)
    assert edits_of(next(action for action in made if action.is_preferred), editor.uri(name))


async def test_a_document_that_has_no_file_any_more_counts_as_it_is_shown(editor: Editor) -> None:
    (editor.folder / "t.yaml").write_text(QUEUE)
    await editor.open("t.yaml", QUEUE)
    (editor.folder / "t.yaml").unlink()
    event = types.FileEvent(editor.uri("t.yaml"), types.FileChangeType.Deleted)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert codes(await editor.type("t.yaml", QUEUE + "\n")) == {SAFE, UNSAFE}


async def test_a_file_that_is_no_template_has_nothing(editor: Editor) -> None:
    assert await editor.open("compose.yaml", "services: {web: {image: nginx}}\n") == []
    assert await editor.open("package.json", '{"name": "x"}', "json") == []


async def test_a_document_that_did_not_change_is_not_told_again(editor: Editor) -> None:
    await editor.open("a.yaml", QUEUE)
    await editor.open("t.yaml", QUEUE)
    await editor.type("t.yaml", FIXED)
    await editor.hover("t.yaml", 0, 0)  # An answer after it.
    assert editor.client.published.empty()


async def test_a_place_in_another_file_is_related(editor: Editor) -> None:
    (editor.folder / "variables.tf").write_text('variable "wait" {\n  default = 0\n}\n')
    text = 'resource "aws_sqs_queue" "orders" {\n  receive_wait_time_seconds = var.wait\n}\n'
    one = found(await editor.open("main.tf", text), SAFE)
    assert editor.uri("variables.tf") in {other.location.uri for other in one.related_information or ()}


async def test_values_of_variables_count_and_are_read_again(editor: Editor) -> None:
    (editor.folder / "variables.tf").write_text('variable "wait" {}\n')
    values = editor.folder / "terraform.tfvars"
    values.write_text("wait = 20\n")
    text = 'resource "aws_sqs_queue" "orders" {\n  receive_wait_time_seconds = var.wait\n}\n'
    assert SAFE not in codes(await editor.open("main.tf", text))
    values.write_text("wait = 0\n")
    event = types.FileEvent(values.as_uri(), types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert SAFE in codes(await editor.told("main.tf"))


async def test_all_safe_fixes_are_offered_only_if_they_are_asked_for(editor: Editor) -> None:
    one = found(await editor.open("t.yaml", QUEUE), SAFE)
    assert types.CodeActionKind.SourceFixAll not in {one.kind for one in await editor.actions("t.yaml", one.range)}


async def test_a_broken_document_is_said_and_costs_no_other_its_findings(editor: Editor) -> None:
    await editor.open("t.yaml", QUEUE)
    broken = await editor.open("b.yaml", "Resources:\n  A: [\n  Type: AWS::SQS::Queue\n")
    assert [(one.code, one.severity) for one in broken] == [(None, types.DiagnosticSeverity.Error)]
    assert codes(await editor.type("t.yaml", FIXED)) == {UNSAFE}


async def test_a_file_on_the_disk_counts_where_it_is_not_open(editor: Editor) -> None:
    (editor.folder / "variables.tf").write_text('variable "wait" {\n  default = 0\n}\n')
    text = 'resource "aws_sqs_queue" "orders" {\n  receive_wait_time_seconds = var.wait\n}\n'
    assert SAFE in codes(await editor.open("main.tf", text))
    await editor.open("variables.tf", 'variable "wait" {\n  default = 20\n}\n')
    assert SAFE not in codes(await editor.type("main.tf", text + "\n"))


async def test_what_depends_on_a_document_is_judged_with_it(editor: Editor) -> None:
    module = 'variable "wait" {}\nresource "aws_sqs_queue" "orders" {\n  receive_wait_time_seconds = var.wait\n}\n'
    (editor.folder / "queue").mkdir()
    (editor.folder / "main.tf").write_text('module "orders" {\n  source = "./queue"\n  wait   = 20\n}\n')
    assert SAFE not in codes(await editor.open("queue/main.tf", module))
    assert SAFE in codes(await editor.type("queue/main.tf", module.replace("var.wait", "var.wait - 20")))


async def test_the_configuration_counts_and_is_read_again(editor: Editor) -> None:
    assert SAFE in codes(await editor.open("t.yaml", QUEUE))
    settings = editor.folder / ".awslint-memo.yaml"
    settings.write_text(f"ignore: [{SAFE}]\n")
    event = types.FileEvent(settings.as_uri(), types.FileChangeType.Created)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert SAFE not in codes(await editor.told("t.yaml"))
    settings.write_text("ignore: 7\n")
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    said = await editor.told(".awslint-memo.yaml")
    assert [one.severity for one in said] == [types.DiagnosticSeverity.Error]


async def test_what_is_edited_is_told_of_first_and_what_did_not_change_not_again(editor: Editor) -> None:
    (editor.folder / "queue").mkdir()
    module = 'variable "wait" {}\nresource "aws_sqs_queue" "orders" {\n  receive_wait_time_seconds = var.wait\n}\n'
    call = 'module "orders" {\n  source = "./queue"\n  wait   = 20\n}\n'
    await editor.open("queue/main.tf", module)
    await editor.open("main.tf", call)
    await editor.open("apart.yaml", QUEUE)
    await editor.hover("none.yaml", 0, 0)
    while not editor.client.published.empty():
        editor.client.published.get_nowait()
    editor.change("main.tf", call.replace("20", "0"))
    await editor.hover("none.yaml", 0, 0)
    await editor.actions("main.tf", types.Range(types.Position(0, 0), types.Position(0, 0)))  # Waits for the check.
    said = [editor.client.published.get_nowait().uri for _ in range(editor.client.published.qsize())]
    assert said[0] == editor.uri("main.tf")
    assert editor.uri("apart.yaml") not in said
    assert len(said) == len(set(said))


async def test_a_broken_configuration_takes_away_nothing_that_was_shown(editor: Editor) -> None:
    assert SAFE in codes(await editor.open("t.yaml", QUEUE))
    settings = editor.folder / ".awslint-memo.yaml"
    event = types.FileEvent(settings.as_uri(), types.FileChangeType.Created)
    settings.write_text("ignore: 7\n")
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert await editor.told(".awslint-memo.yaml")
    await editor.actions("t.yaml", types.Range(types.Position(0, 0), types.Position(0, 0)))
    assert editor.client.published.empty()
    settings.write_text("{}\n")
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert await editor.told(".awslint-memo.yaml") == []
    await editor.actions("t.yaml", types.Range(types.Position(0, 0), types.Position(0, 0)))
    assert editor.client.published.empty()
    # What is edited meanwhile may be mended: nothing is said of it that is not known.
    settings.write_text("ignore: 7\n")
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert await editor.type("t.yaml", FIXED) == []


async def test_fixes_are_offered_and_do_what_they_say(editor: Editor) -> None:
    one = found(await editor.open("t.yaml", QUEUE), SAFE)
    made = await editor.actions("t.yaml", one.range, types.CodeActionKind.QuickFix)
    safe = next(action for action in made if action.is_preferred)
    assert applied(QUEUE, edits_of(safe, editor.uri("t.yaml"))) == FIXED
    unsafe = [action.title for action in made if "(unsafe: " in action.title]
    assert [title.startswith("Set RedrivePolicy of Orders") for title in unsafe] == [True]
    assert await editor.actions("t.yaml", types.Range(types.Position(0, 0), types.Position(0, 1)), "quickfix") == []  # type: ignore[arg-type]


async def test_all_safe_fixes_are_one_action(editor: Editor) -> None:
    two = QUEUE + "  Paid: {Type: AWS::SQS::Queue}\n"
    one = found(await editor.open("t.yaml", two), SAFE)
    (action,) = await editor.actions("t.yaml", one.range, types.CodeActionKind.SourceFixAll)
    assert applied(two, edits_of(action, editor.uri("t.yaml"))).count("ReceiveMessageWaitTimeSeconds: 20") == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.yaml", QUEUE),
        ("t.yaml", QUEUE.replace("\n", "\r\n")),
        ("t.json", '{"Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}}'),
        ("t.json", '{\n  "Resources": {\n    "Orders": {\n      "Type": "AWS::SQS::Queue"\n    }\n  }\n}\n'),
        ("t.template", '{"Resources": {"Orders": {"Type": "AWS::SQS::Queue", "Metadata": {"a": 1}}}}'),
        ("main.tf", 'resource "aws_sqs_queue" "orders" {\n  receive_wait_time_seconds = 0\n}\n'),
    ],
)
async def test_a_suppression_is_offered_and_works(editor: Editor, name: str, text: str) -> None:
    said = await editor.open(name, text)
    made = await editor.actions(name, found(said, SAFE).range)
    action = next(action for action in made if action.title.startswith(f"Suppress {SAFE}"))
    (edit,) = edits_of(action, editor.uri(name))
    assert "write the reason here" in edit.new_text
    assert ("\r\n" in edit.new_text) == ("\r\n" in text)
    assert codes(await editor.edit(name, edit.range, edit.new_text)) == codes(said) - {SAFE}


async def test_a_hover_explains_and_tells_where_a_value_is_decided(editor: Editor) -> None:
    text = "Parameters:\n  Wait: {Type: Number, Default: 0}\n" + QUEUE.replace(
        "Queue,", "Queue, Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait},"
    )
    one = found(await editor.open("t.yaml", text), SAFE)
    said = await editor.hover("t.yaml", one.range.start.line, one.range.start.character)
    assert "ロングポーリング" in said
    assert "Enable long polling" in said
    assert "t.yaml:2:" in said
    assert f"[t.yaml:2]({editor.uri('t.yaml')}#L2)" in said
    assert "(https://docs.aws.amazon.com/" in said
    assert await editor.hover("t.yaml", 0, 0) == ""


async def test_changes_that_come_together_are_answered_once_with_the_last(editor: Editor) -> None:
    await editor.open("t.yaml", QUEUE)
    for _ in range(20):
        editor.change("t.yaml", QUEUE)
    assert codes(await editor.type("t.yaml", FIXED)) == {UNSAFE}
    await editor.hover("t.yaml", 0, 0)  # An answer after it.
    assert editor.client.published.empty()


async def test_what_is_published_belongs_to_the_version_that_it_names(editor: Editor) -> None:
    await editor.open("t.yaml", QUEUE)
    texts: dict[int | None, str] = {}
    for turn in range(400):
        text = FIXED if turn % 2 else QUEUE
        editor.change("t.yaml", text)
        texts[editor.version] = text
        for _ in range(turn % 40):
            await asyncio.sleep(0)
    while True:
        said = await asyncio.wait_for(editor.client.published.get(), 60)
        if said.uri != editor.uri("t.yaml"):
            continue  # The document of a test before this one, which was closed.
        assert codes(list(said.diagnostics)) == ({UNSAFE} if texts[said.version] == FIXED else {SAFE, UNSAFE})
        if said.version == editor.version:
            return


async def test_a_closed_document_counts_as_it_is_on_the_disk(editor: Editor) -> None:
    assert codes(await editor.open("t.yaml", QUEUE)) == {SAFE, UNSAFE}
    editor.opened.clear()
    editor.close("t.yaml")
    assert await editor.told("t.yaml") == []
