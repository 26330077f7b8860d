"""The order of findings: by level, by what hangs on the resource, by confidence; and --top."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.command import invoke, printed
from tests.readers.workspace import write
from tests.repositories import made, needs_git

from awslint_memo.judging.registry import rules
from awslint_memo.manual.costs import COSTS, costs

pytestmark = pytest.mark.usefixtures("polled_queues")

POLLING, TABLE = "sqs-long-polling", "dynamodb-point-in-time-recovery"
SELECTED = ("--select", f"{POLLING},{TABLE}")
TEMPLATE = """
Resources:
  Alone: {Type: AWS::SQS::Queue}
  Notes: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
  Orders: {Type: AWS::SQS::Queue}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [shop]}
      Targets: [{Id: q, Arn: !GetAtt Orders.Arn}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"t.yaml": TEMPLATE})
    return tmp_path


def first(*arguments: str) -> tuple[int, list[str], list[str]]:
    """The exit code, the resources of the findings, and the notices about --top."""
    result = invoke("lint", "--format", "json", *SELECTED, *arguments)
    report = json.loads(result.stdout)
    notices = [notice for notice in report["summary"]["notices"] if "--top" in notice]
    return result.exit_code, [finding["resource"] for finding in report["findings"]], notices


def test_what_most_hangs_on_comes_first_then_what_is_surer(folder: Path) -> None:
    assert first() == (1, ["Alone", "Notes", "Orders"], [])
    assert first("--top", "5") == (1, ["Orders", "Alone", "Notes"], [])


def test_what_is_not_shown_is_counted_and_fails_the_run(folder: Path) -> None:
    assert first("--top", "1") == (1, ["Orders"], ["--top 1: 2 more findings not shown (2 warnings)"])
    shown = invoke("lint", "--top", "1", *SELECTED)
    assert "--top 1: 2 more findings not shown" in shown.output
    assert shown.exit_code == 1
    assert first("--top", "1", "--fail-on", "never")[0] == 0


def test_what_fails_the_run_is_not_lost_by_the_order(folder: Path) -> None:
    write(
        folder, {"e.yaml": "Resources: {Old: {Type: AWS::KinesisAnalytics::Application, Properties: {Inputs: []}}}\n"}
    )
    arguments = ("--select", f"{POLLING},kinesis-analytics-sql-retired", "--top", "1")
    report = json.loads(invoke("lint", "--format", "json", *arguments).stdout)
    assert [finding["level"] for finding in report["findings"]] == ["error"]


def test_formats_for_readers_have_the_order(folder: Path) -> None:
    for form in ("agent", "markdown", "html"):
        text = invoke("lint", "--format", form, *SELECTED).stdout
        text = text.partition('id="findings"')[2] if form == "html" else text
        places = [text.index(f"of {name} is") for name in ("Orders", "Alone", "Notes")]
        assert places == sorted(places), form


@needs_git
def test_what_came_is_first_where_the_run_is_compared(folder: Path) -> None:
    """What hangs most on was there before; what a person is asked about is what came."""
    made(folder).commit()
    queues = "".join(f"  New{number}: {{Type: AWS::SQS::Queue}}\n" for number in range(3))
    write(folder, {"u.yaml": f"Resources:\n{queues}"})
    told = ["--top 2: 4 more findings not shown (4 warnings; 1 came or grew graver)"]
    assert first("--top", "2", "--against", "HEAD") == (1, ["New0", "New1"], told)
    shown = invoke("lint", "--top", "2", "--against", "HEAD", *SELECTED)
    assert (shown.exit_code, "2 new warnings against HEAD" in shown.output, told[0] in shown.output) == (1, True, True)
    assert first("--top", "4", "--against", "HEAD")[1] == ["New0", "New1", "New2", "Orders"]


@needs_git
def test_what_came_has_the_order_in_text_too(folder: Path) -> None:
    made(folder).commit({"t.yaml": "Resources: {}\n"})
    write(folder, {"t.yaml": TEMPLATE})
    text = invoke("lint", "--top", "3", "--against", "HEAD", *SELECTED).stdout
    places = [text.index(f"of {name} is") for name in ("Orders", "Alone", "Notes")]
    assert places == sorted(places)


def test_repeated_findings_are_one_of_the_top(folder: Path) -> None:
    module = 'resource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
    calls = "".join(f'module "m{n}" {{\n  source = "./m"\n}}\n' for n in range(3))
    (folder / "t.yaml").unlink()
    write(folder, {"m/main.tf": module, "main.tf": calls + module})
    report = json.loads(invoke("lint", "--format", "json", "--select", POLLING, "--top", "2").stdout)
    assert len(report["findings"]) == 2
    assert not [notice for notice in report["summary"]["notices"] if "--top" in notice]


def test_a_finding_in_one_root_of_a_shared_module_is_not_lost(folder: Path) -> None:
    (folder / "t.yaml").unlink()
    module = 'variable "wait" {\n  type = number\n}\nresource "aws_sqs_queue" "q" {\n  count = var.wait\n}\n'
    calls = {
        f"{root}/main.tf": f'module "m" {{\n  source = "../m"\n  wait   = {wait}\n}}\n'
        for root, wait in (("a", 1), ("b", 0))
    }
    write(folder, {"m/main.tf": module, **calls})
    assert first()[1] == first("--top", "5")[1] == ["module.m.aws_sqs_queue.q[0]"]


def test_what_a_remedy_costs_is_of_a_known_rule_and_class() -> None:
    assert costs().keys() <= rules().keys()
    assert set(costs().values()) == COSTS.keys()
    text = " ".join(printed("explain", "rds-multi-az").split())
    assert COSTS["instance-hours"] in text
    listed = {rule["id"]: rule["cost"] for rule in json.loads(printed("rules", "--format", "json"))["rules"]}
    assert (listed["rds-multi-az"], listed["alarm-evaluation"]) == ("instance-hours", None)
    assert not re.search(r"[$€]|USD", " ".join(COSTS.values()))


def test_nothing_is_dropped_that_is_told_in_other_words(folder: Path) -> None:
    """Of a module that two roots call, what holds in one of them only is told with that root."""
    module = 'resource "aws_elasticache_cluster" "c" {\n  engine = "redis"\n  node_type = "cache.m5.large"\n}\n'
    call = 'provider "aws" {}\n\nmodule "m" {\n  source = "../m"\n}\n'
    write(folder, {"t.yaml": "Resources: {}\n", "m/main.tf": module, "prod/main.tf": call, "staging/main.tf": call})
    for form in ("json", "text", "sarif", "github", "markdown", "html", "agent", "gitlab", "junit", "rdjson"):
        options = ("lint", "--select", "elasticache-replicas", "--format", form)
        assert "elasticache-replicas" in invoke(*options, "--top", "5").stdout
    shown = json.loads(invoke(*options[:3], "--format", "json", "--top", "5").stdout)
    assert (len(shown["findings"]), shown["summary"]["warnings"]) == (1, 1)
