"""The format lines: one object a line, with the members of the JSON report."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
from tests.reporters.samples import FINDING, PROBLEM, reported
from tests.reporters.schemas import Schema

from awslint_memo.judging.report import Report, Times
from awslint_memo.model.record import replace
from awslint_memo.reporters import REPORTERS, Look

SCHEMA = json.loads((resources.files("awslint_memo.reporters") / "report.schema.json").read_text())
LINE = Schema({"$ref": "#/$defs/line", "$defs": SCHEMA["$defs"]})
REPORT = reported(FINDING, replace(FINDING, message="a\nb\u2028##[x]"), errors=[PROBLEM], notices=["only a part"])


def lines(report: Report, look: Look | None = None) -> list[dict[str, Any]]:
    text = REPORTERS["lines"](report, look or Look())
    assert text.isascii()
    made = [json.loads(line) for line in text.removesuffix("\n").split("\n")]
    for one in made:
        LINE.validate(one)
    return made


def test_each_finding_error_and_notice_has_a_line_and_the_last_counts() -> None:
    made = lines(REPORT)
    assert [one["kind"] for one in made] == ["finding", "finding", "error", "notice", "summary"]
    assert made[1]["message"] == "a\nb\u2028##[x]"
    assert made[3] == {"kind": "notice", "message": "only a part"}
    assert (made[-1]["version"], made[-1]["findings"], made[-1]["files"]) == (1, 2, 1)


def test_members_are_those_of_the_json_report() -> None:
    whole = json.loads(REPORTERS["json"](REPORT, Look()))
    made = lines(REPORT)
    assert made[:2] == [{"kind": "finding", **one} for one in whole["findings"]]
    assert made[2:3] == [{"kind": "error", **one} for one in whole["errors"]]
    del whole["summary"]["notices"]
    assert made[-1] == {"kind": "summary", "version": 1, **whole["summary"]}


def test_lines_are_compact() -> None:
    assert REPORTERS["lines"](reported(FINDING), Look()).startswith('{"kind":"finding","rule":"sqs-long-polling",')


def test_statistics_are_a_line_where_they_are_wanted() -> None:
    timed = replace(REPORT, times=Times(0.25, 0.5))
    wanted = [one for one in lines(timed, Look(statistics=True)) if one["kind"] == "statistics"]
    assert [one["rules"] for one in wanted] == [[{"rule": "sqs-long-polling", "findings": 2}]]
    assert not any(one["kind"] == "statistics" for one in lines(timed))


def test_no_finding_is_a_summary() -> None:
    assert [one["kind"] for one in lines(Report())] == ["summary"]


@pytest.mark.parametrize("member", ["kind", "rule", "fingerprint"])
def test_the_schema_rejects_a_line_without_a_required_member(member: str) -> None:
    one = lines(REPORT)[0]
    del one[member]
    with pytest.raises(jsonschema.ValidationError):
        LINE.validate(one)
