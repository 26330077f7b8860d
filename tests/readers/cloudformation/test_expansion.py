"""Endless includes and loops with too many copies have unknown results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import report

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Deployment
from awslint_memo.readers.recognition import template

QUEUE = "AWS::SQS::Queue"


def deployment(path: Path) -> Deployment:
    read = template(Source(str(path), path.read_bytes()))
    assert read is not None
    (only,) = read.deployments(None).deployments
    return only


def test_a_file_that_includes_itself_is_not_endless(tmp_path: Path) -> None:
    (tmp_path / "again.yaml").write_text(
        "Tags:\n  Fn::Transform: {Name: AWS::Include, Parameters: {Location: again.yaml}}\nDelaySeconds: 5\n"
    )
    path = tmp_path / "template.yaml"
    path.write_text(
        "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n"
        "      Fn::Transform: {Name: AWS::Include, Parameters: {Location: again.yaml}}\n"
        "Mappings: {Any: {a: {b: 1}}}\n"
    )
    queue = deployment(path).resources["Queue"]
    assert queue.get("DelaySeconds").number == 5
    assert queue.get("Tags").is_unknown


@pytest.mark.parametrize("value", ["[{}]", "[[{}]]", "[{{Value: {}}}]", "{{Value: [{}]}}"])
def test_a_template_may_include_itself_in_a_list(tmp_path: Path, value: str) -> None:
    path = tmp_path / "template.yaml"
    include = "{Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./template.yaml}}}"
    path.write_text(f"Resources: {{Q: {{Type: {QUEUE}, Properties: {{Tags: {value.format(include)}}}}}}}\n")
    made = report(str(path), "--advice")
    assert [one["message"] for one in made["errors"]] == []
    assert "sqs-long-polling" in {one["rule"] for one in made["findings"]}
    (notice,) = (one for one in made["summary"]["notices"] if "not checked" in one)
    assert "what Fn::Transform adds" in notice
    assert "in Q" in notice


@pytest.mark.parametrize(
    ("macro", "words"),
    [
        ("{Name: AWS::Include, Parameters: {Location: s3://a/b}}", "what Fn::Transform adds"),
        ("{Name: Ours}", "what the macro Ours adds and changes"),
    ],
)
def test_a_macro_among_properties_is_told_and_what_is_written_is_judged(tmp_path: Path, macro: str, words: str) -> None:
    path = tmp_path / "template.yaml"
    written = f"{{ReceiveMessageWaitTimeSeconds: 0, Fn::Transform: {macro}}}"
    path.write_text(f"Resources: {{Q: {{Type: {QUEUE}, Properties: {written}}}}}\n")
    made = report(str(path), "--advice")
    assert "sqs-long-polling" in {one["rule"] for one in made["findings"]}
    assert any(f"not checked: {words}" in one and "in Q" in one for one in made["summary"]["notices"])


@pytest.mark.parametrize("depth", [4, 8])
def test_loops_in_loops_are_bounded(tmp_path: Path, depth: int) -> None:
    inner: object = {"Type": QUEUE}
    name = "Queue" + "".join(f"${{L{level}}}" for level in range(depth))
    body: dict[str, object] = {name: inner}
    for level in reversed(range(depth)):
        body = {f"Fn::ForEach::L{level}": [f"L{level}", [str(number) for number in range(50)], body]}
    path = tmp_path / "template.json"
    path.write_text(json.dumps({"Resources": body}))
    made = deployment(path)
    assert made.is_open
    assert len(made.resources) <= 10_000


def test_loops_within_the_bound_are_written_out(tmp_path: Path) -> None:
    values = [str(number) for number in range(20)]
    body = {"Fn::ForEach::A": ["A", values, {"Fn::ForEach::B": ["B", values, {"Q${A}x${B}": {"Type": QUEUE}}]}]}
    path = tmp_path / "template.json"
    path.write_text(json.dumps({"Resources": body}))
    made = deployment(path)
    assert not made.is_open
    assert len(made.resources) == 400
