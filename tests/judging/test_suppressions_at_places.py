"""Suppressions work at each place of a finding: where a value is decided, passes and is used, and at the resource."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.readers.ways import CHILD, DEFAULT, MODULES, VARIABLE, found, parent, queue, shown, tf_queue, way

COMMENT = "# awslint-memo: ignore[sqs-long-polling] the client waits itself\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commented(text: str, line: int) -> str:
    """The text with a suppression in a line of its own before a line."""
    lines = text.splitlines(keepends=True)
    return "".join((*lines[: line - 1], COMMENT, *lines[line - 1 :]))


@pytest.mark.parametrize("line", [2, 4, 7], ids=["decided", "resource", "used"])
def test_a_comment_at_each_place_suppresses_in_cloudformation(line: int) -> None:
    text = DEFAULT + queue("!Ref Wait")
    assert len(found({"t.yaml": text})) == 1
    assert found({"t.yaml": commented(text, line)}) == []


@pytest.mark.parametrize("line", [3, 5, 6], ids=["decided", "resource", "used"])
def test_a_comment_at_each_place_suppresses_in_terraform(line: int) -> None:
    text = VARIABLE + tf_queue("var.wait")
    assert len(found({"main.tf": text})) == 1
    assert found({"main.tf": commented(text, line)}) == []


@pytest.mark.parametrize(("path", "line"), [("main.tf", 3), ("a/main.tf", 4), ("a/b/main.tf", 3), ("a/b/main.tf", 2)])
def test_a_comment_at_each_place_suppresses_through_modules(path: str, line: int) -> None:
    assert len(found(MODULES)) == 1
    assert found({**MODULES, path: commented(MODULES[path], line)}) == []


NESTED = {"parent.yaml": parent("0"), "child.yaml": CHILD}


@pytest.mark.parametrize(("path", "line"), [("parent.yaml", 7), ("child.yaml", 7), ("child.yaml", 4)])
def test_a_comment_at_each_place_suppresses_through_nested_stacks(path: str, line: int) -> None:
    assert len(found(NESTED)) == 1
    assert found({**NESTED, path: commented(NESTED[path], line)}) == []


def test_a_comment_in_another_file_at_the_same_line_does_not_suppress() -> None:
    note = COMMENT.rstrip()
    stacks = {
        "parent.yaml": parent("0", "Description: orders\n"),
        "child.yaml": f"{CHILD}  Files: {note}\n    Type: AWS::SQS::QueuePolicy\n",
    }
    assert way(stacks).at == "parent.yaml:8 0"
    assert stacks["child.yaml"].splitlines()[7].endswith(note)
    source = '  source = "./b"\n'
    modules = {**MODULES, "a/main.tf": MODULES["a/main.tf"].replace(source, f"{source.rstrip()} {note}\n")}
    assert modules["a/main.tf"].splitlines()[2].endswith(note)
    assert [shown(one.span) for one in found(modules, ("main.tf", "a"))] == ["main.tf:3 0"]
