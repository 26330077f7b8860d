"""The format rdjson: reviewdog's message DiagnosticResult, with its columns."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cases import each_case
from tests.reporters.samples import FINDING, PROBLEM, RULE, reported
from tests.reporters.schemas import Schema

from awslint_memo import api
from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import Level
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters import REPORTERS, Look


def message(required: list[str], **members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": required, "additionalProperties": False}


TEXT = {"type": "string", "minLength": 1}
POSITION = message(["line"], line={"type": "integer", "minimum": 1}, column={"type": "integer", "minimum": 1})
LOCATION = message(["path", "range"], path=TEXT, range=message(["start", "end"], start=POSITION, end=POSITION))
DIAGNOSTIC = message(
    ["message", "location", "severity", "code"],
    message=TEXT,
    location=LOCATION,
    severity={"enum": ["ERROR", "WARNING", "INFO"]},
    code=message(["value"], value=TEXT, url=TEXT),
    related_locations={"type": "array", "items": message(["location"], message=TEXT, location=LOCATION)},
)
RESULT = message(
    ["source", "diagnostics"],
    source=message(["name"], name=TEXT),
    diagnostics={"type": "array", "items": DIAGNOSTIC},
)
"""The members of https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto that are written."""
SCHEMA = Schema(RESULT)


def diagnostics(report: Report) -> list[dict[str, Any]]:
    made = json.loads(REPORTERS["rdjson"](report, Look()))
    SCHEMA.validate(made)
    found: list[dict[str, Any]] = made["diagnostics"]
    return found


def test_a_diagnostic() -> None:
    assert diagnostics(reported(FINDING)) == [
        {
            "message": "Orders answers at once (when Environment is prod)",
            "location": {
                "path": "a/t.yaml",
                "range": {"start": {"line": 2, "column": 3}, "end": {"line": 2, "column": 10}},
            },
            "severity": "WARNING",
            "code": {"value": "sqs-long-polling", "url": RULE.url},
            "related_locations": [
                {
                    "message": "Worker works 60 s",
                    "location": {
                        "path": "b/u.yaml",
                        "range": {"start": {"line": 2, "column": 13}, "end": {"line": 3, "column": 9}},
                    },
                }
            ],
        }
    ]


@each_case(("column", "counted"), [(1, 1), (5, 5), (6, 7), (7, 9), (12, 14), (13, 17), (14, 20)])
def test_columns_count_bytes_of_utf_8(column: int, counted: int) -> None:
    (one,) = diagnostics(reported(replace(FINDING, span=Span("t.yaml", 2, column, 2, column))))
    assert one["location"]["range"]["start"]["column"] == counted


def test_a_character_beyond_16_bits_has_four_bytes() -> None:
    report = replace(reported(replace(FINDING, span=Span("t.yaml", 1, 3, 1, 4), related=())), lines=lambda _: ["a😀b"])
    (one,) = diagnostics(report)
    assert one["location"]["range"] == {"start": {"line": 1, "column": 6}, "end": {"line": 1, "column": 7}}


@pytest.mark.parametrize("column", [1, 2, 999, 1_000, 1_001, 1_002, 2_500, 3_999, 4_000, 4_001, 4_002, 9_000])
@pytest.mark.parametrize("piece", ["a", "aé漢😀"])
def test_columns_of_a_file_of_one_long_line(column: int, piece: str) -> None:
    line = piece * (4_000 // len(piece))
    finding = replace(FINDING, span=Span("t.yaml", 1, column, 1, column), related=())
    (one,) = diagnostics(replace(reported(finding), lines=lambda _: [line]))
    assert one["location"]["range"]["start"]["column"] == len(line[: column - 1].encode()) + 1


def test_without_the_text_of_a_file_there_are_lines_only() -> None:
    (one,) = diagnostics(replace(reported(FINDING), lines=lambda _: []))
    assert one["location"]["range"] == {"start": {"line": 2}, "end": {"line": 2}}


@pytest.mark.parametrize(("level", "severity"), [("error", "ERROR"), ("warning", "WARNING"), ("advice", "INFO")])
def test_severities(level: Level, severity: str) -> None:
    assert [one["severity"] for one in diagnostics(reported(replace(FINDING, level=level)))] == [severity]


def test_what_could_not_be_read_is_an_error() -> None:
    (one,) = diagnostics(reported(errors=[PROBLEM]))
    assert (one["severity"], one["code"], one["message"]) == ("ERROR", {"value": "could-not-be-read"}, "duplicate key")


def test_a_rule_that_is_not_known_has_no_address() -> None:
    (one,) = diagnostics(reported(replace(FINDING, rule="internal-error", related=())))
    assert one["code"] == {"value": "internal-error"}
    assert "related_locations" not in one


def test_no_rule_is_loaded_that_found_nothing() -> None:
    def load() -> Rule:
        raise AssertionError("loaded")

    report = replace(reported(FINDING), rules=[RULE, Rule("sns-other", "warning", load=load)])
    assert diagnostics(report)[0]["code"]["url"] == RULE.url


ALIGNED = """resource "aws_elasticache_replication_group" "sessions" {
  num_cache_clusters = 3
}
"""


def test_a_fix_that_also_aligns_its_neighbours_is_one_suggestion() -> None:
    report = api.lint(["main.tf"], unsaved={"main.tf": ALIGNED}, select=["elasticache-failover"], advice=True)
    (one,) = json.loads(REPORTERS["rdjson"](report, Look()))["diagnostics"]
    at = {"line": 2, "column": 25}
    added = "\n  automatic_failover_enabled = true"
    assert one["suggestions"] == [{"range": {"start": at, "end": at}, "text": added}]


def test_a_fix_of_two_values_is_none() -> None:
    text = """resource "aws_ecs_service" "web" {
  deployment_circuit_breaker {
    enable   = false
    rollback = true
  }
}
"""
    report = api.lint(["main.tf"], unsaved={"main.tf": text}, select=["ecs-deployment"], advice=True)
    assert all("suggestions" not in one for one in json.loads(REPORTERS["rdjson"](report, Look()))["diagnostics"])


def test_names_are_no_markup_where_reviewdog_posts_them() -> None:
    hostile = "[c](http://evil.example) @octocat <b>`x`"
    told = replace(FINDING, message=hostile)
    unread = replace(reported(told), errors=[Problem(hostile, "a/t.yaml", 1, 1)])
    messages = "".join(each["message"] for each in diagnostics(unread))
    assert [part for part in ("[c]", "http://", "@octocat", "<b>", "`") if part in messages] == []
