"""The format agent: little, the gravest first, with counts that add up."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.command import invoke
from tests.reporters.samples import FINDING, PROBLEM, many, reported

from awslint_memo.fixes import proving
from awslint_memo.judging.report import Report
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem
from awslint_memo.reporters import REPORTERS, Look
from awslint_memo.reporters.agent import MOST_BYTES

pytestmark = pytest.mark.usefixtures("polled_queues")


def shown(report: Report, *, verbose: bool = False) -> list[str]:
    return REPORTERS["agent"](report, Look(verbose=verbose)).splitlines()


def total(lines: list[str]) -> int:
    """How many findings are shown or counted."""
    findings = [line for line in lines if line.startswith(("error ", "warning ", "advice "))]
    counts = [re.fullmatch(r"  (?:error|warning|advice) \S+ (\d+)|  and (\d+) of .*", line) for line in lines]
    return len(findings) + sum(int(one[1] or one[2]) for one in counts if one)


def test_a_finding_is_a_line_with_its_place_and_what_it_depends_on() -> None:
    assert shown(reported(FINDING))[1:] == [
        "warning sqs-long-polling a/t.yaml:2:3 Orders answers at once (when Environment is prod)",
        "  see b/u.yaml:2: Worker works 60 s",
    ]


def test_a_remedy_stands_apart() -> None:
    finding = replace(FINDING, message="Orders is 0 s; set it to 20", do="set it to 20")
    assert shown(reported(finding))[1:3] == [
        "warning sqs-long-polling a/t.yaml:2:3 Orders is 0 s (when Environment is prod)",
        "  do: set it to 20",
    ]


def test_of_a_rule_three_are_shown_and_the_counts_add_up() -> None:
    report = reported(*many(10, "warning", rule="a-b"), *many(5, "error", rule="c-d"), *many(2, "advice", rule="e-f"))
    lines = shown(report)
    assert [line.split()[1] for line in lines if " t.yaml:" in line] == ["c-d"] * 3 + ["a-b"] * 3 + ["e-f"] * 2
    assert lines[-3:] == [
        "9 findings not shown; the same command with --select RULE --verbose shows those of:",
        "  error c-d 2",
        "  warning a-b 7",
    ]
    assert total(lines) == 17


def test_all_is_shown_where_that_is_asked() -> None:
    assert total(lines := shown(reported(*many(300, "warning")), verbose=True)) == 300
    assert not any("not shown" in line for line in lines)


@pytest.mark.parametrize("long", [10, 3_000])
def test_it_is_never_longer_than_a_client_takes(long: int) -> None:
    findings = [
        replace(one, rule=f"rule-{number}", message="Größe " * long)
        for number, one in enumerate([*many(100, "error"), *many(300, "warning"), *many(300, "advice")])
    ]
    errors = [Problem("p" * 100 * long, f"{number}.yaml") for number in range(30)]
    text = REPORTERS["agent"](reported(*findings, errors=errors, notices=["n" * 5_000] * 30), Look())
    assert len(text.encode()) <= MOST_BYTES
    assert total(text.splitlines()) == 700
    assert "and 25 more errors" in text


def test_nothing_less_grave_is_shown_where_something_graver_had_no_room() -> None:
    wide = [replace(one, rule=f"rule-{number}", message="m" * 3_000) for number, one in enumerate(many(9, "error"))]
    lines = shown(reported(*wide, *many(1, "advice", rule="short-one")))
    assert not any(line.startswith("advice") for line in lines)
    assert total(lines) == 10


def test_what_could_not_be_checked_comes_first() -> None:
    assert shown(reported(FINDING, errors=[PROBLEM], notices=["only a part"]))[1:3] == [
        "could not check bad.yaml:2: duplicate key",
        "note: only a part",
    ]


TEMPLATE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: 30\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.yaml").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def lint(*arguments: str) -> str:
    return invoke("lint", "--format", "agent", *arguments, "t.yaml").stdout


def test_an_edit_does_what_fix_does(folder: Path) -> None:
    edits = [line for line in lint("--select", "sqs-long-polling").splitlines() if line.startswith("  edit ")]
    match = re.fullmatch(r"  edit t\.yaml (\d+):(\d+)-(\d+):(\d+) (\".*\")", edits[0])
    assert match
    line, column, end_line, end_column = map(int, match.groups()[:4])
    starts = [0]
    for text in TEMPLATE.splitlines(keepends=True):
        starts.append(starts[-1] + len(text))
    start, end = starts[line - 1] + column - 1, starts[end_line - 1] + end_column - 1
    edited = TEMPLATE[:start] + json.loads(match[5]) + TEMPLATE[end:]
    invoke("lint", "--fix", "--select", "sqs-long-polling", "t.yaml")
    assert edited == (folder / "t.yaml").read_text(encoding="utf-8")


def test_what_is_told_together_has_the_edits_of_all(folder: Path) -> None:
    service = "{Type: AWS::ECS::Service, Properties: {TaskDefinition: web}}"
    (folder / "t.yaml").write_text(f"Resources:\n  Web: {service}\n  Jobs: {service}\n", encoding="utf-8")
    lines = lint("--select", "ecs-deployment", "--advice").splitlines()
    assert sum(" ecs-deployment " in line for line in lines) == 1
    assert [line.split()[2].partition(":")[0] for line in lines if line.startswith("  edit ")] == ["2", "3"]


def test_an_unsafe_fix_has_no_edit_but_the_reason(folder: Path) -> None:
    below = [line for line in lint("--select", "sqs-dead-letter-queue").splitlines() if line.startswith("  ")]
    remedy = "  do: add a RedrivePolicy with a dead-letter queue"
    assert set(below) == {remedy, "  no edit: a person should decide, as the fix adds a queue"}


def test_suppressed_and_gone_are_not_mended(folder: Path) -> None:
    three = "".join(f"  {name}:\n    Type: AWS::SQS::Queue\n" for name in ("Orders", "Paid", "Sent"))
    (folder / "t.yaml").write_text(f"Resources:\n{three}")
    (folder / "earlier.json").write_text(
        invoke("lint", "--select", "sqs-long-polling", "--format", "json", "t.yaml").stdout
    )
    (folder / "t.yaml").write_text(
        "Resources:\n  Orders: # awslint-memo: ignore[sqs-long-polling] drained\n    Type: AWS::SQS::Queue\n"
        "  Sent:\n    Type: AWS::SQS::Queue\n    Properties: {ReceiveMessageWaitTimeSeconds: 20}\n"
    )
    lines = lint("--select", "sqs-long-polling", "--against", "earlier.json").splitlines()
    assert sorted(line.split(":")[0] for line in lines if "on " in line) == ["gone", "mended", "newly suppressed"]
    assert "on Sent" in next(line for line in lines if line.startswith("mended"))


TRACED = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Users:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      InlineCode: x
      Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}
  Orders:
    Type: AWS::SQS::Queue
"""
"""Tracing of Users would bring the finding that its API, which is not written here, is the gap in the trace."""


@pytest.mark.parametrize("few", [0, 20], ids=["many files", "few files"])
@pytest.mark.parametrize("arguments", [["t.yaml"], ["."], ["-"]], ids=["file", "folder", "standard input"])
def test_an_edit_that_brings_another_finding_is_not_printed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, few: int, arguments: list[str]
) -> None:
    monkeypatch.setattr(proving, "_FEW", few)
    (folder / "t.yaml").write_text(TRACED)
    (folder / "other.yaml").write_text("Resources: {Paid: {Type: AWS::SQS::Queue}}\n")
    select = "xray-lambda-tracing,xray-apigateway-tracing,sqs-long-polling"
    words = ["lint", "--format", "agent", "--advice", "--select", select, *arguments]
    lines = invoke(*words, stdin=TRACED if arguments == ["-"] else None).stdout.splitlines()
    below = {line.split()[1]: lines[number + 1] for number, line in enumerate(lines[:-1]) if line.startswith("advice")}
    assert "  edit " not in below["xray-lambda-tracing"]
    assert [line for line in lines if line.startswith("  edit ") and "ReceiveMessageWaitTimeSeconds: 20" in line]


def test_edits_of_one_report_can_be_made_together(folder: Path) -> None:
    """Both findings have a fix at the end of the same line, so the second has its edit in the next report."""
    (folder / "t.yaml").write_text("Resources:\n  Orders:\n    Type: AWS::RDS::DBCluster\n")
    lines = lint("--advice", "--select", "rds-backup-retention,rds-final-snapshot").splitlines()
    found = [line.split()[1] for line in lines if line.startswith(("error", "warning", "advice"))]
    edits = [line.split()[2] for line in lines if line.startswith("  edit ")]
    assert sorted(found) == ["rds-backup-retention", "rds-final-snapshot"]
    assert edits == ["3:30-3:30"]


@pytest.mark.parametrize("limit", ["_LARGEST", "_MOST_FOUND"])
@pytest.mark.parametrize("few", [0, 20], ids=["many files", "few files"])
def test_what_takes_long_is_not_judged_again_for_its_edits(
    folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, few: int
) -> None:
    monkeypatch.setattr(proving, "_FEW", few)
    (folder / "t.yaml").write_text("Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n")
    assert "  edit t.yaml " in lint("--advice", "--select", "sqs-long-polling")
    monkeypatch.setattr(proving, limit, 0)
    lines = lint("--advice", "--select", "sqs-long-polling")
    assert "  edit: awslint-memo lint --fix --select sqs-long-polling t.yaml" in lines
    assert "  edit t.yaml " not in lines
