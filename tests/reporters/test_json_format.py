"""The JSON format has exactly the documented structure for any findings."""

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.cases import each_case
from tests.reporters.schemas import Schema

from awslint_memo.judging.report import Hidden, Report
from awslint_memo.manual.confidence import confidence_of
from awslint_memo.model.finding import Finding, Related
from awslint_memo.model.naming import Construct
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters import REPORTERS, Look

SCHEMA = json.loads((resources.files("awslint_memo.reporters") / "report.schema.json").read_text())
REPORTS = Schema(SCHEMA)
DOCUMENT = Path(__file__).parents[2] / "docs" / "json.md"

FINDING = Finding(
    "Orders\x1b hides a message for 30 s",
    Span("a b/t.yaml", 3, 5, 4, 9),
    "Orders",
    "AWS::SQS::Queue",
    "warning",
    [Related(Span("u.yaml", 7, 1, 7, 2), "名前")],
    "sqs-visibility-margin",
    "when Environment is not prod",
)
REPORT = Report(
    [FINDING, Finding("Q has none", Span("t.json", 1, 1, 1, 2), "Q", "AWS::SQS::Queue", "advice", (), "sqs-x")],
    [Problem("duplicate key", "bad.yaml", 2, 3)],
    ["only a part was looked at"],
    ["a b/t.yaml", "t.json", "u.yaml"],
    ["values.yaml"],
    advice_hidden=7,
    suppressed=[Hidden(FINDING, "slow", is_in_file=True)] * 2,
)


def written(report: Report) -> Any:
    return json.loads(REPORTERS["json"](report, Look()))


def test_the_shape() -> None:
    made = written(REPORT)
    assert made["findings"][0] == {
        "rule": "sqs-visibility-margin",
        "level": "warning",
        "confidence": confidence_of("sqs-visibility-margin"),
        "message": "Orders\x1b hides a message for 30 s",
        "path": "a b/t.yaml",
        "line": 3,
        "column": 5,
        "end_line": 4,
        "end_column": 9,
        "resource": "Orders",
        "type": "AWS::SQS::Queue",
        "related": [
            {"path": "u.yaml", "line": 7, "column": 1, "end_line": 7, "end_column": 2, "message": "名前"},
        ],
        "deployment": "when Environment is not prod",
        "route": "",
        "root": "",
        "fingerprint": FINDING.fingerprint,
    }
    assert made["findings"][1]["deployment"] is None
    assert made["errors"] == [{"path": "bad.yaml", "line": 2, "column": 3, "message": "duplicate key"}]
    assert made["summary"] == {
        "files": 3,
        "findings": 2,
        "errors": 0,
        "warnings": 1,
        "advice": 1,
        "advice_hidden": 7,
        "suppressed": 2,
        "passed_over": 1,
        "baselined": 0,
        "resources": 2,
        "resources_written": 0,
        "resources_judged": 0,
        "modules": 0,
        "modules_read": 0,
        "notices": ["only a part was looked at"],
    }
    assert list(made) == ["version", "tool", "findings", "errors", "summary", "suppressed"]


@pytest.mark.parametrize("report", [REPORT, Report()])
def test_the_schema_holds(report: Report) -> None:
    REPORTS.validate(written(report))


@each_case("member", ["rule", "level", "end_column", "deployment"])
def test_the_schema_rejects_a_report_without_a_required_member(member: str) -> None:
    made = written(REPORT)
    del made["findings"][0][member]
    with pytest.raises(jsonschema.ValidationError, match=f"'{member}' is a required property"):
        REPORTS.validate(made)


def test_the_schema_names_every_member_that_is_written() -> None:
    definitions = SCHEMA["$defs"]
    made = written(REPORT)
    for name, one in (
        ("finding", made["findings"][0]),
        ("related", made["findings"][0]["related"][0]),
        ("error", made["errors"][0]),
        ("summary", made["summary"]),
    ):
        often = {"construct", "do", "fix", "generated", "resources", "each", "owners"}
        optional = {"finding": often, "error": {"new", "unjudged"}}
        sometimes = optional.get(name, set())
        always = set(definitions[name]["properties"]) - sometimes
        assert always == set(definitions[name]["required"]) == set(one)


def test_the_resources_of_a_finding_about_several_are_told() -> None:
    made = written(Report([replace(FINDING, others=[replace(FINDING, resource="Bills")]), FINDING]))
    assert [one.get("resources") for one in made["findings"]] == [["Orders", "Bills"], None]
    REPORTS.validate(made)


def test_the_construct_is_told_where_an_app_made_the_resource() -> None:
    made = written(Report([replace(FINDING, construct=Construct("Shop/Orders/Resource")), FINDING]))
    assert [one.get("construct") for one in made["findings"]] == ["Shop/Orders/Resource", None]
    REPORTS.validate(made)


def test_the_generated_name_is_told_where_it_differs() -> None:
    generated = replace(FINDING, generated="OrdersQueue")
    made = written(Report([generated, FINDING]))
    assert [(one["resource"], one.get("generated")) for one in made["findings"]] == [
        ("Orders", "OrdersQueue"),
        ("Orders", None),
    ]
    assert "generated" not in made["findings"][1]
    assert "generated" in SCHEMA["$defs"]["finding"]["properties"]
    REPORTS.validate(made)


def test_a_terminal_is_shown_ascii_only() -> None:
    text = REPORTERS["json"](REPORT, Look(color=True))
    assert text.isascii()
    assert "\x1b" not in text
    assert text.endswith("}\n")


def test_the_documentation_shows_a_report_of_this_shape() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    (example,) = re.findall(r"```console\n\$ .*\n(\{\n.*?)```", text, re.DOTALL)
    shown = json.loads(example)
    REPORTS.validate(shown)
    assert len(shown["findings"]) == 1
    described = set(re.findall(r"`([a-z_]+)`", text))
    of_findings = {name for kind in ("finding", "related", "error") for name in SCHEMA["$defs"][kind]["required"]}
    assert of_findings | SCHEMA["properties"].keys() - {"tool"} <= described


def test_the_schema_describes_each_member() -> None:
    def is_described(member: dict[str, Any]) -> bool:
        found = SCHEMA
        for name in (member.get("$ref") or member.get("items", {}).get("$ref", "")).split("/")[1:]:
            found = found[name]
        return "description" in member or ("description" in found and found is not SCHEMA)

    members = {
        (kind, name): one for kind, what in SCHEMA["$defs"].items() for name, one in what.get("properties", {}).items()
    }
    assert len(members) > 80
    assert [name for name, one in members.items() if not is_described(one)] == []
