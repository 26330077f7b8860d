"""Nested stacks terminate for circular nesting and for exponential nesting."""

from __future__ import annotations

from pathlib import Path

from awslint_memo.files.source import Source
from awslint_memo.readers.recognition import template
from awslint_memo.readers.template import Deployments

QUEUE = "AWS::SQS::Queue"


def nesting(*urls: str) -> str:
    stacks = "".join(
        f"  S{number}:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: {url}}}\n"
        for number, url in enumerate(urls)
    )
    return f"Resources:\n  Q: {{Type: {QUEUE}}}\n{stacks}"


def deployments(path: Path) -> Deployments:
    read = template(Source(str(path), path.read_bytes()))
    assert read is not None
    return read.deployments(None)


def test_a_template_that_nests_itself_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(nesting("b.yaml"))
    (tmp_path / "b.yaml").write_text(nesting("a.yaml"))
    made = deployments(tmp_path / "a.yaml")
    assert sorted(queue.name for queue in made.deployments[0].of_type(QUEUE)) == ["Q", "S0/Q"]
    assert list(made.unseen) == ["the nested stack S0/S0 (a.yaml; it nests this one)"]


def test_nested_stacks_are_limited_and_the_deployment_is_then_open(tmp_path: Path) -> None:
    for level in range(12):
        (tmp_path / f"{level}.yaml").write_text(nesting(*[f"{level + 1}.yaml"] * 3))
    (tmp_path / "12.yaml").write_text(nesting())
    made = deployments(tmp_path / "0.yaml")
    assert len(made.deployments[0].of_type(QUEUE)) <= 4001
    assert made.deployments[0].is_open
    assert any("which are too many" in what for what in made.unseen)


def test_a_few_nested_stacks_leave_nothing_out(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(nesting("b.yaml", "b.yaml"))
    (tmp_path / "b.yaml").write_text(nesting())
    made = deployments(tmp_path / "a.yaml")
    assert sorted(queue.name for queue in made.deployments[0].of_type(QUEUE)) == ["Q", "S0/Q", "S1/Q"]
    assert not made.deployments[0].is_open
    assert list(made.unseen) == []
