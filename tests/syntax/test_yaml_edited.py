"""What is read of a YAML text after an edit is what is read of the text as a whole."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from bench import inputs
from tests.cases import each_case
from tests.node_contents import contents
from tests.random_edits import edits

from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.syntax import yaml_edited, yaml_nodes
from awslint_memo.syntax.node import Flaws, Node
from awslint_memo.syntax.yaml_nodes import YamlNode

TEXT = """\
AWSTemplateFormatVersion: '2010-09-09'
Description: >
  Some lines

Resources:
  # the first
  First:
    Type: AWS::SQS::Queue
    Properties: {QueueName: one, DelaySeconds: 7}

  Second:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: |
          print(1)

          print(2)

  Third: !Sub
    - some text
      in two lines
    - {A: "quoted
        text", B: '#'}
  Last:
    Type: AWS::SNS::Topic

Outputs:
  Name:
    Value: !GetAtt First.Arn
"""
FIXTURES = sorted(Path("fixtures/cloudformation").rglob("*.yaml"))[::5]


def own(node: Node) -> Sequence[object]:
    return (node.unquoted, node.composed[0].tag, node.entry_lines) if isinstance(node, YamlNode) else ()


def read(text: str, kept: dict[str, Any] | None) -> list[object]:
    flaws, source = Flaws(), Source("t.yaml", text.encode("utf-8", "surrogatepass"))
    try:
        node = yaml_nodes.parse(source, flaws) if kept is None else yaml_edited.parse(source, flaws, kept, "Resources")
    except Problem as problem:
        return [str(problem)]
    assert isinstance(node, YamlNode)
    return [*contents(node, own), sorted(node.scalars()), [str(one) for one in flaws.problems]]


def is_whole(before: object, kept: Mapping[str, Any]) -> bool:
    """Whether nothing of the text before was of use."""
    now = kept.get("t.yaml")
    return now is None or {id(one.value) for one in before.inner}.isdisjoint(id(one.value) for one in now.inner)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("DelaySeconds: 7", "DelaySeconds: 70"),
        ("DelaySeconds: 7", "DelaySeconds:\n    7"),
        ("print(1)", "print(1)\n\n\n          print(3)"),
        ("  Second:\n", "\n# and\n  Second:\n"),
        ("  Second:\n", "  Between: {Type: AWS::SQS::Queue}\n  Second:\n"),
        ("  Second:\n", "  'Second':\n"),
        ("  Last:\n    Type: AWS::SNS::Topic\n", ""),
        ("  Third: !Sub\n    - some text\n      in two lines\n", "  Third:\n"),
        ("AWS::SNS::Topic\n\n", "AWS::SNS::Topic\n    # below\n"),
        ("AWS::SNS::Topic\n", "AWS::SNS::Topic\n  More:\n    Type: AWS::SNS::Topic\n"),
        ("\n\nOutputs:\n  Name:\n    Value: !GetAtt First.Arn\n", "\n"),
        ("    Type: AWS::SNS::Topic\n\nOutputs:\n  Name:\n    Value: !GetAtt First.Arn\n", "    Type: x"),
    ],
)
def test_an_edit_of_an_entry_is_read_alone(old: str, new: str) -> None:
    kept: dict[str, Any] = {}
    read(TEXT, kept)
    before = kept["t.yaml"]
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    assert read(text, kept) == read(text, None)
    assert is_whole(before, kept) == ("Outputs" not in text)
    before = kept["t.yaml"]
    again = text.replace("QueueName: one", "QueueName: two\n")
    assert read(again, kept) == read(again, None)
    assert not is_whole(before, kept)
    assert read(TEXT, kept) == read(TEXT, None)


@each_case(
    ("old", "new"),
    [
        ("DelaySeconds: 7}", "DelaySeconds: 7"),
        ("Type: AWS::SNS", "Type: 'AWS::SNS"),
        ("Type: AWS::SNS", "Type: &a AWS::SNS"),
        ("  Second:\n", "  First:\n"),
        ("  Second:\n", "  Second:\n  - a\n  - b\n"),
        ("  Second:\n", " Second:\n"),
        ("  Second:\n", "   Second:\n"),
        ("  Second:\n", "Second:\n"),
        ("  Second:\n", "  Se-cond:\n"),
        ("  Second:\n", "  ? Second\n  :\n"),
        ("print(1)\n", "print(1)\r\n"),
        ("print(1)\n", "print('\x85')\n"),
        ("print(1)\n", "print('\x07')\n"),
        ("print(1)\n", "print(1)\n---\n"),
        ("    Type: AWS::SNS", "...\n    Type: AWS::SNS"),
        ("Topic\n\nOutputs", "Topic Outputs"),
        ("Outputs:\n", "Outputs :\n"),
        ("Outputs:\n", "Output:\n"),
        ("Some lines", "Some more lines"),
        ("    Type: AWS::SNS::Topic\n", "    Type: AWS::SNS::Topic\n    Type: AWS::SNS::Topic\n"),
        ("    Type: AWS::SNS::Topic\n", "    a:\n" + 60 * "[" + "\n" + 60 * "]" + "\n"),
    ],
)
def test_after_any_other_edit_all_is_read(old: str, new: str) -> None:
    kept: dict[str, Any] = {}
    read(TEXT, kept)
    before = kept["t.yaml"]
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    assert read(text, kept) == read(text, None)
    assert kept.get("t.yaml") is before or is_whole(before, kept)
    assert read(TEXT, kept) == read(TEXT, None)


@pytest.mark.parametrize("path", [None, *FIXTURES], ids=str)
def test_random_edits(path: Path | None) -> None:
    dice = random.Random(str(path))
    whole = inputs.in_yaml(8) if path is None else path.read_text(encoding="utf-8")
    kept: dict[str, Any] = {}
    for text in edits(whole, dice, 12):
        assert read(text, kept) == read(text, None)
        assert read(whole, kept) == read(whole, None)
