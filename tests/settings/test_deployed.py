"""Deployments that are of some templates only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, report

pytestmark = pytest.mark.usefixtures("polled_queues")

TEMPLATE = """\
Parameters: {Wait: {Type: Number, Default: 20}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text(TEMPLATE, encoding="utf-8")


def found(configuration: str) -> list[tuple[Any, ...]]:
    Path(".awslint-memo.yaml").write_text(configuration, encoding="utf-8")
    made = report("--select", "sqs-long-polling", "--advice")["findings"]
    return [(one["path"], one["level"], one["deployment"]) for one in made]


def test_a_deployment_is_of_the_templates_that_its_paths_match() -> None:
    other = "other: {Wait: 20}"
    assert found(f"deployments: {{slow: {{Wait: 0, paths: [a.yaml]}}, {other}}}\n") == [
        ("a.yaml", "warning", "in slow")
    ]
    assert [one[0] for one in found(f"deployments: {{slow: {{Wait: 0, paths: ['*.yaml']}}, {other}}}\n")] == [
        "a.yaml",
        "b.yaml",
    ]


def test_a_template_of_no_deployment_is_judged_as_if_there_were_none() -> None:
    # The default of Wait is fine, so only what the deployment says is found.
    assert found("deployments: {slow: {Wait: 0, paths: [a.yaml]}}\n") == [("a.yaml", "warning", None)]


def test_a_parameter_may_be_called_paths() -> None:
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text(TEMPLATE.replace("Wait:", "paths:").replace("Ref Wait", "Ref paths"))
    assert [one[0] for one in found("deployments: {slow: {paths: 0}}\n")] == ["a.yaml", "b.yaml"]


def test_paths_are_patterns() -> None:
    Path(".awslint-memo.yaml").write_text("deployments: {slow: {Wait: 0, paths: [3]}}\n", encoding="utf-8")
    result = invoke("lint")
    assert result.exit_code == 2
    assert "deployments.slow.paths[0] must be a pattern of paths such as infra/**" in result.output


@pytest.mark.parametrize("order", [("fast", "slow"), ("slow", "fast")])
@pytest.mark.parametrize("language", ["yaml", "tf"])
def test_each_deployment_is_judged_with_its_own_values(language: str, order: tuple[str, str]) -> None:
    for name in ("a", "b"):
        Path(f"{name}.yaml").unlink()
    queue = 'variable "Wait" {}\nresource "aws_sqs_queue" "orders" {\n  receive_wait_time_seconds = var.Wait\n}\n'
    Path(f"a.{language}").write_text(queue if language == "tf" else TEMPLATE, encoding="utf-8")
    waits = {"fast": 20, "slow": 0}
    said = ", ".join(f"{name}: {{Wait: {waits[name]}}}" for name in order)
    assert [one[2] for one in found(f"deployments: {{{said}}}\n")] == ["in slow"]
