"""Input that would grow without end is judged, or a sentence says what was left out; nothing ends in an exception.

No test measures time: without the bounds these would not end, overrun the stack or fill the memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.cases import each_case
from tests.command import invoke, report

from awslint_memo import api
from awslint_memo.files.source import Source
from awslint_memo.judging import environments
from awslint_memo.model import budget as budget_module
from awslint_memo.model.budget import _LIMITS as LIMITS
from awslint_memo.model.budget import Budget, budget, spend
from awslint_memo.model.deployment import Resource
from awslint_memo.model.partial import join
from awslint_memo.model.span import Problem, Span
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.cloudformation import expansion
from awslint_memo.syntax.node import Node
from awslint_memo.syntax.toml_tables import parse

ROOT = Path(__file__).resolve().parents[1]
EQUALS = {"Fn::Equals": [{"Ref": "P"}, "x"]}
RULE = "sqs-dead-letter-queue"


def linted(folder: Path, resources: dict[str, Any], **sections: Any) -> dict[str, Any]:
    path = folder / "template.json"
    path.write_text(json.dumps({**sections, "Resources": resources}), encoding="utf-8")
    return report("--advice", "--select", RULE, str(path))


def on(condition: str) -> dict[str, Any]:
    return {"Queue": {"Type": "AWS::SQS::Queue", "Condition": condition}}


def chain(length: int, function: str, width: int) -> dict[str, Any]:
    rest: dict[str, Any] = {f"C{n}": {function: [{"Condition": f"C{n - 1}"}] * width} for n in range(1, length)}
    return {"C0": EQUALS, **rest}


@pytest.mark.parametrize(
    ("function", "width", "length"),
    [("Fn::And", 2, 60), ("Fn::Or", 2, 60), ("Fn::Not", 1, 2_001), ("Fn::And", 2, 2_000)],
)
@pytest.mark.parametrize("is_reversed", [False, True])
def test_long_and_branching_chains_of_conditions(
    tmp_path: Path, function: str, width: int, length: int, *, is_reversed: bool
) -> None:
    conditions = chain(length, function, width)
    if is_reversed:
        conditions = {name: conditions[name] for name in reversed(conditions)}
    made = linted(tmp_path, on(f"C{length - 1}"), Parameters={"P": {"Type": "String"}}, Conditions=conditions)
    assert [(one["rule"], one["resource"]) for one in made["findings"]] == [(RULE, "Queue")]
    assert not made["errors"]


def test_a_long_circle_of_conditions_is_an_error_with_a_place(tmp_path: Path) -> None:
    conditions = {f"C{n}": {"Fn::Not": [{"Condition": f"C{(n + 1) % 2_000}"}]} for n in range(2_000)}
    [error] = linted(tmp_path, on("C0"), Conditions=conditions)["errors"]
    assert "depends on itself" in error["message"]
    assert "internal" not in error["message"]


def test_conditions_that_nothing_decides_are_not_combined_without_end(tmp_path: Path) -> None:
    conditions = {f"C{n}": {"Fn::Equals": [{"Fn::ImportValue": f"e{n}"}, "x"]} for n in range(60)}
    conditions["Any"] = {"Fn::Or": [{"Condition": name} for name in list(conditions)]}
    made = linted(tmp_path, on("Any"), Conditions=conditions)
    assert [one["resource"] for one in made["findings"]] == ["Queue"]


@pytest.mark.parametrize(
    "name",
    [
        {"Fn::Sub": "${P}" * 50_000},
        {"Fn::Join": ["-", [{"Ref": "P"}] * 500]},
        {"Fn::Sub": ["${A}" * 50_000, {"A": {"Ref": "P"}}]},
    ],
)
def test_a_text_too_long_to_make_is_said(tmp_path: Path, name: object) -> None:
    target = {"deadLetterTargetArn": name, "maxReceiveCount": 3}
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name, "RedrivePolicy": target}}
    path = tmp_path / "template.json"
    parameters = {"P": {"Type": "String", "Default": "y" * 50_000}}
    path.write_text(json.dumps({"Parameters": parameters, "Resources": {"Queue": queue}}), encoding="utf-8")
    [error] = report("--advice", "--profile", "all", str(path))["errors"]
    assert "longer than are followed" in error["message"]
    assert error["path"] == str(path)


def test_a_mapping_that_finds_itself(tmp_path: Path) -> None:
    find = {"Fn::FindInMap": ["M", "a", "b"]}
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": find, "RedrivePolicy": find}}
    made = linted(tmp_path, {"Queue": queue}, Mappings={"M": {"a": {"b": find}}})
    assert not made["findings"]
    assert not made["errors"]


@pytest.mark.parametrize("written", ['"' * 100_000, '"' + "$" * 100_000 + '"'])
def test_runs_of_one_sign_in_terraform(tmp_path: Path, written: str) -> None:
    path = tmp_path / "main.tf"
    path.write_text(f'resource "aws_sqs_queue" "q" {{\n  name = {written}\n}}\n', encoding="utf-8")
    made = report("--advice", "--select", RULE, str(path))
    assert bool(made["errors"]) != bool(made["findings"])
    assert all("internal" not in one["message"] for one in made["errors"])


def test_deployments_of_a_large_module_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "deployments", (3_000, 0))
    variables = "".join(f'variable "v{n}" {{\n  type = bool\n}}\n' for n in range(7))
    queues = "".join(f'resource "aws_sqs_queue" "q{n}" {{\n  count = var.v{n % 7} ? 1 : 0\n}}\n' for n in range(50))
    path = tmp_path / "main.tf"
    path.write_text(variables + queues, encoding="utf-8")
    made = report("--advice", "--select", RULE, str(path))
    assert made["findings"]
    assert any("of its possible deployments were looked at" in one for one in made["summary"]["notices"])
    monkeypatch.setattr(budget_module, "ORDINARY_CHOICES", 6)
    hostile = report("--advice", "--select", RULE, str(path))
    assert any("more deployments than are looked at" in one["message"] for one in hostile["errors"])


def test_references_that_modules_pass_on_do_not_double(tmp_path: Path) -> None:
    calls = {
        f"m{n}": {
            "source": "./x",
            "module": {
                "variables": {"a": {}, "b": {}},
                "outputs": {"o": {"expression": {"references": ["var.a", "var.b"]}}},
            },
            "expressions": {name: {"references": [f"module.m{n + 1}.o"]} for name in ("a", "b")},
        }
        for n in range(40)
    }
    queue = {"address": "aws_sqs_queue.q", "mode": "managed", "type": "aws_sqs_queue", "name": "q"}
    change = {"actions": ["create"], "before": None, "after": {}, "after_unknown": {"redrive_policy": True}}
    configured = {**queue, "expressions": {"redrive_policy": {"references": ["module.m0.o"]}}}
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": [{**queue, "values": {}}]}},
        "resource_changes": [{**queue, "change": change}],
        "configuration": {"root_module": {"module_calls": calls, "resources": [configured]}},
    }
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    made = report("--advice", "--profile", "all", str(path))
    assert not made["errors"]
    assert {one["resource"] for one in made["findings"]} == {"aws_sqs_queue.q"}


@pytest.mark.parametrize(
    "call",
    [
        "distinct([{0}])".replace("{0}", ", ".join(f'"{n}"' for n in range(10_000))),
        "setunion({0})".replace("{0}", ", ".join(f'["{n}"]' for n in range(10_000))),
        "transpose({{0}})".replace("{0}", ", ".join(f'k{n} = ["a", "b"]' for n in range(7_000))),
    ],
)
def test_functions_on_long_lists(tmp_path: Path, call: str) -> None:
    path = tmp_path / "main.tf"
    path.write_text(f'resource "aws_sqs_queue" "q" {{\n  redrive_policy = {call}\n}}\n', encoding="utf-8")
    assert not report("--advice", "--select", RULE, str(path))["errors"]


def test_each_template_has_a_budget_of_its_own() -> None:
    with budget(0) as outer:
        assert not spend("characters", 10**9)
        with budget(0) as inner:
            assert spend("characters", 1)
        assert not inner.told(is_strict=False)
    assert len([*outer.told(is_strict=False)]) == 1


@each_case(
    ("written", "said"),
    [
        ("[tool.awslint-memo" + ".a" * 5_000 + "]", "1:1: a key has more than 100 parts"),
        ("[tool.awslint-memo]\na" + ".a" * 5_000 + " = 1", "2:1: a key has more than 100 parts"),
        ("[tool.awslint-memo]\nfail-on = " + "9" * 5_000, "too many digits"),
        ("[tool.awslint-memo]\nignore = " + "[" * 5_000, "too deep"),
    ],
)
def test_a_configuration_that_is_too_deep_or_too_long(written: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        parse(Source("pyproject.toml", written.encode()))


def test_a_pattern_of_a_parameter_that_would_be_tried_in_very_many_ways(tmp_path: Path) -> None:
    default = "a" * 40 + "!"
    parameters = {"P": {"Type": "String", "AllowedPattern": "^(a+)+$", "Default": default}}
    conditions = {"C": {"Fn::Equals": [{"Ref": "P"}, "aaaa"]}}
    made = linted(tmp_path, on("C"), Parameters=parameters, Conditions=conditions)
    assert [one["resource"] for one in made["findings"]] == ["Queue"]


def test_a_text_split_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "values", (20_000, 0))
    split = {"Fn::Split": [",", {"Ref": "P"}]}
    queues = {
        f"Q{n}": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Select": [n, split]}}} for n in range(20)
    }
    made = linted(tmp_path, queues, Parameters={"P": {"Type": "String", "Default": "a," * 3_000}})
    [error] = made["errors"]
    assert "more often than is followed" in error["message"]


def test_a_text_encoded_again_and_again(tmp_path: Path) -> None:
    name: object = "x" * 1_000
    for _ in range(45):
        name = {"Fn::Base64": name}
    [error] = linted(tmp_path, {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}})["errors"]
    assert "longer than are followed" in error["message"]


def test_as_many_queues_as_targets(tmp_path: Path) -> None:
    """Each queue may be the target of any import, or of none of the names."""
    queues: dict[str, Any] = {f"Dead{n}": {"Type": "AWS::SQS::Queue"} for n in range(1_000)}
    for n in range(1_000):
        target = {"deadLetterTargetArn": f"arn:aws:sqs:eu-west-1:111122223333:other{n}", "maxReceiveCount": 3}
        queues[f"Q{n}"] = {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": target}}
    made = linted(tmp_path, queues)
    assert {one["resource"] for one in made["findings"]} == {f"Dead{n}" for n in range(1_000)}
    assert not made["errors"]


def test_as_many_comments_as_scalars(tmp_path: Path) -> None:
    path = tmp_path / "template.yaml"
    ignore = "awslint-memo: ignore[sqs-dead-letter-queue] a test"
    queues = "".join(f"  Q{n}:\n    # {ignore}\n    Type: AWS::SQS::Queue\n" for n in range(1_000))
    path.write_text(f"Resources:\n{queues}  Last:\n    Type: AWS::SQS::Queue\n", encoding="utf-8")
    made = report("--advice", "--select", RULE, str(path))
    kept = [one["resource"] for one in made["findings"] if one["rule"] == RULE]
    assert kept[-1:] == ["Last"]


def test_very_many_comments_on_one_place(tmp_path: Path) -> None:
    path = tmp_path / "template.yaml"
    comments = "  # awslint-memo: ignore[sqs-dead-letter-queue] a test\n" * 10_000
    path.write_text(f"Resources:\n{comments}  Queue:\n    Type: AWS::SQS::Queue\n", encoding="utf-8")
    assert not report("--advice", "--select", RULE, str(path))["findings"]


def test_very_many_suppressions_of_unknown_rules(tmp_path: Path) -> None:
    queues = {
        f"Q{n}": {"Type": "AWS::SQS::Queue", "Metadata": {"awslint-memo": {"ignore": {f"sqs-dead-{n}": "a test"}}}}
        for n in range(500)
    }
    found = linted(tmp_path, queues)["findings"]
    assert len([one for one in found if one["rule"] == "suppression-unknown-rule"]) == 500


def test_clusters_records_tables_and_pipelines_by_the_hundred(tmp_path: Path) -> None:
    made: dict[str, Any] = {}
    for n in range(160):  # A stack can have 500 resources, of which twice as many are judged.
        made[f"C{n}"] = {"Type": "AWS::RDS::DBCluster", "Properties": {"Engine": "aurora-mysql"}}
        member = {"Engine": "aurora-mysql", "DBClusterIdentifier": {"Fn::ImportValue": f"x{n}"}}
        made[f"I{n}"] = {"Type": "AWS::RDS::DBInstance", "Properties": member}
        record = {"HostedZoneId": "Z1", "Name": f"n{n}.example.com", "Type": "A", "SetIdentifier": "a", "Weight": 1}
        made[f"R{n}"] = {"Type": "AWS::Route53::RecordSet", "Properties": record}
        made[f"P{n}"] = {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Name": f"p{n}"}}
        made[f"A{n}"] = {"Type": "AWS::ApiGateway::RestApi"}
        rule = {"Targets": [{"Id": "a", "Arn": f"arn:aws:codepipeline:eu-west-1:111122223333:q{n}"}]}
        made[f"E{n}"] = {"Type": "AWS::Events::Rule", "Properties": rule}
    path = tmp_path / "template.json"
    path.write_text(json.dumps({"Resources": made}), encoding="utf-8")
    found = report("--advice", "--profile", "all", str(path))
    assert not found["errors"]
    assert len([one for one in found["findings"] if one["type"] == "AWS::RDS::DBCluster"]) >= 160
    assert len([one for one in found["findings"] if one["type"] == "AWS::ApiGateway::RestApi"]) == 160


def test_stacks_that_nest_each_other_in_all_ways(tmp_path: Path) -> None:
    stacks = {
        f"S{n}": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": f"./t{n}.json"}}
        for n in range(40)
    }
    for name in ("root", *(f"t{n}" for n in range(40))):
        queue = {"Queue": {"Type": "AWS::SQS::Queue"}}
        (tmp_path / f"{name}.json").write_text(json.dumps({"Resources": {**stacks, **queue}}), encoding="utf-8")
    made = report("--advice", "--select", RULE, str(tmp_path / "root.json"))
    # Of those that are too many nothing is known, so nothing is surely missing; and nothing is a mistake of ours.
    assert not made["findings"]
    assert not made["errors"]


def test_what_other_runs_spent_is_not_missing_in_a_later_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor asks in one process again and again."""
    spent = Budget()
    spent.left = dict.fromkeys(spent.left, 0)
    monkeypatch.setattr("awslint_memo.model.budget._current", spent)
    path = tmp_path / "t.yaml"
    path.write_text(
        "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n"
        "      ReceiveMessageWaitTimeSeconds: !Join ['', ['1', '0']]\n"
    )
    [verdict] = api.why("sqs-long-polling", "Q", [str(path)])
    assert [one.message.split(" is ")[1][:4] for one in verdict.findings] == ["10 s"]


def test_resources_that_are_not_judged_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("judged", "checks", "terse"):
        monkeypatch.setitem(LIMITS, kind, (60 if kind == "judged" else 10_000, 0))
    path = tmp_path / "template.json"
    queues = {f"Q{number:03}": {"Type": "AWS::SQS::Queue"} for number in range(100)}
    path.write_text(json.dumps({"Resources": queues}), encoding="utf-8")
    [error] = report("--select", RULE, str(path))["errors"]
    assert error["unjudged"] == {"count": 40, "resources": [f"Q{number:03}" for number in range(60, 80)]}
    assert "not judged: Q060, Q061, Q062 and 37 others\n" in invoke("lint", str(path)).stderr


@pytest.mark.parametrize("blank", ["\t", " ", "\n"])
def test_many_blanks_behind_an_error_of_terraform(tmp_path: Path, blank: str) -> None:
    path = tmp_path / "main.tf"
    path.write_text(f'resource "aws_sqs_queue" "q" {{\n  name = (\n{blank * 200_000}b = = 2\n', encoding="utf-8")
    result = invoke("lint", str(path))
    assert result.exit_code == 2
    assert f"main.tf:{200_003 if blank == chr(10) else 3}:" in result.stderr


def test_many_blanks_in_a_value(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    tag = f'Tags: [{{Key: a, Value: "{" " * 300_000}x"}}]'
    path.write_text(f"Resources:\n  Q: {{Type: AWS::SQS::Queue, Properties: {{{tag}}}}}\n", encoding="utf-8")
    assert invoke("lint", str(path)).exit_code == 0


@pytest.mark.parametrize("name", ["contains", "index"])
def test_functions_that_compare_each_of_many_items(tmp_path: Path, name: str) -> None:
    items = ",".join(f'"{number}"' for number in range(9_000))
    path = tmp_path / "main.tf"
    path.write_text(
        f'locals {{\n  a = [{items}]\n  z = join(",", [for x in local.a : {name}(local.a, x)])\n}}\n'
        'resource "aws_sqs_queue" "q" {\n  name = local.z\n}\n',
        encoding="utf-8",
    )
    result = invoke("lint", str(path))
    assert result.exit_code == 2
    assert "lead to more comparisons than are made" in result.stderr


def test_a_text_too_long_to_join_is_not_made_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text of a piece is a copy: 100,000 of one separator of 300 KB filled 3 GB before they were counted."""
    place = Span("a.json", 1, 1, 1, 1)
    separator = Known("x" * 300_000, place)
    monkeypatch.setattr(Known, "text", property(lambda _: pytest.fail("a text was made")))
    assert join([separator] * 100, place).is_unknown


def test_macros_in_the_body_of_a_loop_are_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Node] = []
    inside = expansion.inside

    def noted(node: Node) -> str:
        looked.append(node)
        return inside(node)

    monkeypatch.setattr(expansion, "inside", noted)
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"Tags": [{"Key": f"k{n}", "Value": "v"} for n in range(50)]}}
    body = {"Fn::ForEach::L": ["I", [f"v{n}" for n in range(100)], {"Q${I}": queue}]}
    assert len(linted(tmp_path, body, Transform="AWS::LanguageExtensions")["findings"]) == 1
    assert len(looked) < 1_000


def test_tags_of_very_many_are_not_all_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environments, "_MOST_TAGS", 3)
    looked: list[str] = []
    tags_of = environments._tags

    def noted(resource: Resource) -> Mapping[str, Value]:
        looked.append(resource.name)
        return tags_of(resource)

    monkeypatch.setattr(environments, "_tags", noted)
    tags = [{"Key": "Environment", "Value": "dev"}, {"Key": "Owner", "Value": "shop"}]
    queues = {
        f"Q{n}": {"Type": "AWS::SQS::Queue", "Properties": {"Tags": tags, "QueueName": f"q{n}"}} for n in range(4)
    }
    path = tmp_path / "template.json"
    path.write_text(json.dumps({"Resources": queues}), encoding="utf-8")
    api.lint([str(path)], advice=True, profile="all")
    assert looked == ["Q0", "Q1"]


def test_no_pattern_of_lines_begins_with_blanks_of_several() -> None:
    """Of a file of empty lines, each would be read to the end: 900 KB took more than half a minute."""
    beginning = re.compile(r"(?:\(\?m\)|re\.M\b).*\^\\s[*+]|\^\\s[*+].*(?:\(\?m\)|re\.M\b)")
    paths = [path for folder in ("src", "rules") for path in (ROOT / folder).rglob("*.py")]
    texts = {str(path): path.read_text(encoding="utf-8") for path in paths}
    assert [name for name, text in texts.items() if any(map(beginning.search, text.splitlines()))] == []
