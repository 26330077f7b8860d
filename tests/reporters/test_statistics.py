"""--statistics: findings by rule and file, what was not judged and why, and time."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.command import invoke, printed
from tests.reporters.samples import FINDING, many, reported

from awslint_memo.judging.report import Times
from awslint_memo.model.record import replace
from awslint_memo.reporters import REPORTERS, Look
from awslint_memo.reporters.statistics import statistics_member, statistics_text

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "Resources:\n  {0}: {{Type: AWS::SQS::Queue}}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.yaml").write_text(QUEUE.format("A") + "  B: {Type: AWS::SQS::Queue}\n")
    (tmp_path / "b.yaml").write_text(QUEUE.format("C"))
    (tmp_path / "note.yaml").write_text("a: b\n")
    (tmp_path / "broken.yaml").write_text("Resources:\n\tQ:\n    Type: AWS::SQS::Queue\n")
    (tmp_path / "stack.yaml").write_text(
        "Resources:\n  Far: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://x.example/y.yaml'}}\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


ONLY = ("--select", "sqs-long-polling,sqs-dead-letter-queue")


def test_the_text_ends_with_them() -> None:
    lines = printed("lint", *ONLY, "--statistics", exits=2).splitlines()
    start = lines.index("findings by rule:")
    assert lines[start : start + 11] == [
        "findings by rule:",
        "     3  sqs-dead-letter-queue",
        "     3  sqs-long-polling",
        "findings by file:",
        "     4  a.yaml",
        "     2  b.yaml",
        "not judged:",
        "  broken.yaml: could not be read",
        "  note.yaml: not a template",
        "  stack.yaml: the nested stack Far (https://x.example/y.yaml) was not read",
        lines[start + 10],
    ]
    assert re.fullmatch(
        r"time: \d+\.\d\d s for settings, rules and reading, \d+\.\d\d s for judging", lines[start + 10]
    )
    assert lines[start + 11].startswith("3 files with 4 resources: 3 judged")
    assert lines[start + 12].startswith("6 warnings in 3 files")
    assert len(lines) == start + 13


def test_json_has_them_as_a_member_where_they_are_wanted() -> None:
    made = json.loads(printed("lint", *ONLY, "--format", "json", "--statistics", exits=2))["statistics"]
    assert made["rules"] == [
        {"rule": "sqs-dead-letter-queue", "findings": 3},
        {"rule": "sqs-long-polling", "findings": 3},
    ]
    assert made["files"] == [{"path": "a.yaml", "findings": 4}, {"path": "b.yaml", "findings": 2}]
    assert set(made["milliseconds"]) == {"reading", "judging"}
    assert "statistics" not in json.loads(invoke("lint", *ONLY, "--format", "json").stdout)


def test_times_are_whole_milliseconds() -> None:
    assert statistics_member(replace(reported(), times=Times(0.2514, 0.5)))["milliseconds"] == {
        "reading": 251,
        "judging": 500,
    }
    assert statistics_member(reported())["milliseconds"] == {}


def test_the_most_come_first_and_a_long_list_is_shortened() -> None:
    found = [replace(one, rule=f"own-{at % 25:02}") for at, one in enumerate(many(26, "error"))]
    report = reported(FINDING, *found)
    lines = list(statistics_text(report))
    assert lines[:3] == ["findings by rule:", "     2  own-00", "     1  own-01"]
    assert lines[21:23] == ["  and 6 more; --verbose shows all", "findings by file:"]
    assert "more" not in REPORTERS["text"](report, Look(verbose=True, statistics=True)).partition("by rule")[2]
