"""The format gitlab: the members that GitLab documents, and a fingerprint for each issue."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.reporters.samples import FINDING, PROBLEM, many, reported

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Level
from awslint_memo.model.record import replace
from awslint_memo.reporters import REPORTERS, Look

SEVERITIES = ("info", "minor", "major", "critical", "blocker")


def issues(report: Report) -> list[dict[str, Any]]:
    """The issues, each checked against https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""
    made: list[dict[str, Any]] = json.loads(REPORTERS["gitlab"](report, Look()))
    assert isinstance(made, list)
    for one in made:
        assert all(isinstance(one[name], str) and one[name] for name in ("description", "check_name", "fingerprint"))
        assert one["severity"] in SEVERITIES
        path = one["location"]["path"]
        assert not path.startswith(("./", "/"))
        assert one["location"]["lines"]["begin"] >= 1
    assert len({one["fingerprint"] for one in made}) == len(made)
    return made


def test_an_issue() -> None:
    assert issues(reported(FINDING)) == [
        {
            "description": "Orders answers at once (when Environment is prod)",
            "check_name": "sqs-long-polling",
            "fingerprint": FINDING.fingerprint,
            "severity": "major",
            "location": {"path": "a/t.yaml", "lines": {"begin": 2, "end": 2}},
        }
    ]


@pytest.mark.parametrize(("level", "severity"), [("error", "critical"), ("warning", "major"), ("advice", "info")])
def test_severities(level: Level, severity: str) -> None:
    assert [one["severity"] for one in issues(reported(replace(FINDING, level=level)))] == [severity]


def test_the_gravest_come_first_and_what_could_not_be_read_before_them() -> None:
    made = issues(reported(*many(2, "advice"), *many(1, "error", route="X"), errors=[PROBLEM]))
    assert [one["severity"] for one in made] == ["blocker", "critical", "info", "info"]
    assert (made[0]["check_name"], made[0]["description"]) == ("could-not-be-read", "duplicate key")


def test_equal_fingerprints_get_different_ones_that_stay() -> None:
    twice = [FINDING, replace(FINDING, span=replace(FINDING.span, line=4, end_line=4)), FINDING]
    first, again = (issues(reported(*twice, errors=[PROBLEM, replace(PROBLEM, line=9)])) for _ in range(2))
    assert first == again
    assert all(re.fullmatch("[0-9a-f]{16}", one["fingerprint"]) for one in first)
    assert first[2]["fingerprint"] == FINDING.fingerprint


def test_no_finding_is_an_empty_list() -> None:
    assert issues(Report()) == []
