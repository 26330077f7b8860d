"""While a line is half written, what was shown of a document stays; nothing is taken away and brought again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bench import inputs
from bench.server import Client

TEXTS = {
    "template.yaml": inputs.in_yaml(12).replace("BatchSize: 10", "BatchSize: 100000"),
    "template.json": inputs.in_json(12).replace('"BatchSize": 10', '"BatchSize": 100000'),
    "sam.yaml": inputs.in_sam(260),
    "main.tf": inputs.in_hcl(12).replace("= 10\n", "= 100000\n"),
}
BROKEN = {
    "template.yaml": ("    Properties:\n", "    Prop\n    Properties:\n"),
    "template.json": ('   "Properties": {', '   "Prop\n   "Properties": {'),
    "sam.yaml": ("      Timeout: 30\n", "      Time\n      Timeout: 30\n"),
    "main.tf": ("  batch_size ", "  batch_s =\n  batch_size "),
}


class Editor:
    """Edits documents of a folder in a server."""

    def __init__(self, folder: Path, texts: dict[str, str]) -> None:
        (folder / ".git").mkdir()
        self._folder, self._version = folder, 0
        self.client = Client(folder=folder)
        self.said: list[tuple[str, list[Any]]] = []
        for name, text in texts.items():
            opened = {"uri": self.uri(name), "languageId": "", "version": 0, "text": text}
            self.client.send("textDocument/didOpen", {"textDocument": opened})
            self._wait(name)

    def uri(self, name: str) -> str:
        return (self._folder / name).as_uri()

    def type(self, name: str, text: str) -> list[Any]:
        """The diagnostics of a new text."""
        self._version += 1
        document = {"uri": self.uri(name), "version": self._version}
        self.client.send("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return self._wait(name)

    def _wait(self, name: str) -> list[Any]:
        wanted = self.uri(name), self._version

        def is_wanted(message: dict[str, Any]) -> bool:
            params = message.get("params", {})
            if "diagnostics" in params:
                self.said.append((Path(params["uri"]).name, params["diagnostics"]))
            return (params.get("uri"), params.get("version")) == wanted

        found: list[Any] = self.client.until(is_wanted)["params"]["diagnostics"]
        return found

    def prefer(self, name: str, **wishes: bool) -> list[Any]:
        """The diagnostics of a document once the client has said what it wants."""
        self.client.send("workspace/didChangeConfiguration", {"settings": wishes})
        return self._wait(name)


def told(diagnostics: list[Any]) -> set[tuple[str, str]]:
    return {(str(one.get("code")), one["message"]) for one in diagnostics}


@pytest.mark.parametrize("name", TEXTS)
def test_what_was_shown_stays_and_moves_with_the_text(tmp_path: Path, name: str) -> None:
    text, (old, new) = TEXTS[name], BROKEN[name]
    editor = Editor(tmp_path, {name: text})
    before = editor.type(name, text)
    assert len(before) > 2
    at = text.rindex(old)
    line = text.count("\n", 0, at)
    broken = text[:at] + new + text[at + len(old) :]
    for more in ("", "\n"):  # The second one moves what is kept once more.
        found = editor.type(name, more + broken)
        down = len(more)
        assert told(before) < told(found)
        (error,) = [one for one in found if "code" not in one]
        assert error["severity"] == 1
        for one in before:
            start = one["range"]["start"]["line"]
            moved = start + down + (1 if start > line else 0)
            ranges = [other["range"] for other in found if other["message"] == one["message"]]
            assert start == line or moved in [each["start"]["line"] for each in ranges]
    assert editor.type(name, text) == before
    assert all(diagnostics for _, diagnostics in editor.said)
    editor.client.end()


def test_what_is_kept_has_no_actions(tmp_path: Path) -> None:
    """What could be done about it would be worked out of a text that is another one by now."""
    name, (old, new) = "template.yaml", BROKEN["template.yaml"]
    editor = Editor(tmp_path, {name: TEXTS[name]})
    about = {"textDocument": {"uri": editor.uri(name)}, "context": {"diagnostics": []}}
    everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": 10_000, "character": 0}}
    assert editor.client.ask("textDocument/codeAction", {**about, "range": everywhere})
    editor.type(name, TEXTS[name].replace(old, new, 1))
    assert editor.client.ask("textDocument/codeAction", {**about, "range": everywhere}) == []
    editor.client.end()


def test_other_files_of_a_root_keep_theirs_too(tmp_path: Path) -> None:
    mapping = """\
resource "aws_lambda_event_source_mapping" "more" {
  event_source_arn = aws_sqs_queue.more.arn
  function_name    = "more"
  batch_size       = 100000
}
"""
    queue = 'resource "aws_sqs_queue" "more" {}\n'
    editor = Editor(tmp_path, {"main.tf": queue, "other.tf": mapping})
    assert dict(editor.said)["other.tf"]
    editor.type("main.tf", queue.replace("{", "{ delay_seconds = "))
    editor.type("main.tf", queue)
    assert all(said for name, said in editor.said if name == "other.tf")
    editor.client.end()


def test_a_file_that_can_be_read_has_what_is_found_in_it_alone(tmp_path: Path) -> None:
    """Also beside one that can't."""
    bad = "Resources:\n  A: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 100000}}\n"
    (tmp_path / "a").mkdir()
    editor = Editor(tmp_path, {"a/one.yaml": bad, "two.yaml": bad})
    assert editor.type("two.yaml", bad.replace("}}\n", "}\n"))
    messages = {one["message"] for one in editor.type("a/one.yaml", bad.replace("100000", "10"))}
    assert not any("DelaySeconds" in message for message in messages)
    editor.client.end()


def test_advice_that_is_hidden_meanwhile_does_not_stay(tmp_path: Path) -> None:
    name = "template.yaml"
    text, (old, new) = TEXTS[name], BROKEN[name]
    text += "  Plain: {Type: AWS::SQS::Queue}\n"
    editor = Editor(tmp_path, {name: text})
    before = editor.type(name, text)
    kept = editor.type(name, text.replace(old, new, 1))
    found = editor.prefer(name, advice=False)
    assert 3 in {one["severity"] for one in before}
    assert found == [one for one in kept if one["severity"] != 3]
    editor.client.end()
