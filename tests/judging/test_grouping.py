"""Findings that are one decision are told together: one a template, which names its resources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed, report
from tests.readers.workspace import write

from awslint_memo.model.phrases import listed

RULE = "xray-lambda-tracing"
ONLY = ("--select", f"{RULE},suppression-*", "--advice")
HEAD = "Resources:\n"
SUPPRESSED = "  # awslint-memo: ignore[xray-lambda-tracing] it has another tracer\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def function(name: str, mode: str = "") -> str:
    rest = f", Properties: {{TracingConfig: {{Mode: {mode}}}}}" if mode else ""
    return f"  {name}: {{Type: AWS::Lambda::Function{rest}}}\n"


def functions(*names: str) -> str:
    return HEAD + "".join(map(function, names))


def found(text: str, *options: str) -> list[dict[str, Any]]:
    write(Path(), {"t.yaml": text})
    made: list[dict[str, Any]] = report("t.yaml", *ONLY, *options)["findings"]
    return made


def test_fifty_functions_are_one_finding() -> None:
    names = [f"F{number}" for number in range(1, 51)]
    [one] = found(functions(*names))
    assert one["message"] == (
        "F1, F2, F3, F4, F5 and 45 others start no traces of their own; set TracingConfig.Mode of each to Active, "
        "and attach AWSXRayDaemonWriteAccess to roles that you wrote"
    )
    assert (one["level"], one["resource"], one["line"], one["resources"]) == ("advice", "F1", 2, names)
    assert [(place["line"], place["message"]) for place in one["related"]] == [
        (number + 1, f"F{number}") for number in range(2, 51)
    ]
    assert report("t.yaml", *ONLY)["summary"]["advice"] == 1


def test_the_text_shows_some_places_and_verbose_all() -> None:
    write(Path(), {"t.yaml": functions(*(f"F{number}" for number in range(1, 51)))})
    short = printed("lint", "t.yaml", *ONLY)
    assert "  and 41 more places; --verbose shows all\n" in short
    assert short.endswith("1 piece of advice in 1 file\n")
    assert "t.yaml:51:3: F50" not in short
    assert "t.yaml:51:3: F50" in printed("lint", "t.yaml", *ONLY, "--verbose")


def test_one_function_is_told_by_itself() -> None:
    [one] = found(functions("Orders"))
    assert one["message"].startswith("TracingConfig.Mode of Orders is PassThrough (default), so the function starts")
    assert "resources" not in one


def test_the_words_of_sam() -> None:
    sam = "Transform: AWS::Serverless-2016-10-31\nResources:\n"
    [one] = found(sam + "".join(f"  {name}: {{Type: AWS::Serverless::Function}}\n" for name in ("Orders", "Bills")))
    assert one["message"] == (
        "Orders and Bills start no traces of their own; set Tracing of each to Active, "
        "and attach AWSXRayDaemonWriteAccess to roles that you wrote"
    )


def test_the_fingerprint_is_that_of_the_template() -> None:
    texts = [functions("A"), functions("A", "B"), functions("B", "A"), functions("New", "A", "B"), functions("B")]
    assert len({one["fingerprint"] for text in texts for one in found(text)}) == 1
    write(Path(), {"u.yaml": functions("A", "B")})
    assert len({one["fingerprint"] for one in report("t.yaml", "u.yaml", *ONLY)["findings"]}) == 2


def test_a_function_that_a_comment_suppresses_is_not_named() -> None:
    text = functions("A") + SUPPRESSED + function("B") + function("C")
    [one] = found(text)
    assert one["resources"] == ["A", "C"]
    assert report("t.yaml", *ONLY)["summary"]["suppressed"] == 1


def test_the_first_function_suppressed_moves_the_finding_to_the_second() -> None:
    [one] = found(HEAD + SUPPRESSED + function("A") + function("B") + function("C"))
    assert (one["resource"], one["resources"], one["line"]) == ("B", ["B", "C"], 4)


def test_metadata_and_the_configuration_suppress_single_functions() -> None:
    noted = (
        "  B:\n    Type: AWS::Lambda::Function\n"
        "    Metadata: {awslint-memo: {ignore: {xray-lambda-tracing: another tracer}}}\n"
    )
    entry = "suppress:\n  - {rules: [xray-lambda-tracing], resources: [C], reason: another tracer}\n"
    write(Path(), {".awslint-memo.yaml": entry})
    [one] = found(functions("A") + noted + function("C") + function("D"))
    assert one["resources"] == ["A", "D"]


def test_all_suppressed() -> None:
    assert found(HEAD + SUPPRESSED + function("A") + SUPPRESSED + function("B")) == []


def test_an_unused_suppression_is_reported() -> None:
    text = functions("A", "B") + SUPPRESSED + function("C", "Active")
    assert [one["rule"] for one in found(text) if one["level"] == "warning"].count("suppression-unused") == 1


def test_a_warning_about_one_function_is_told_by_itself() -> None:
    machine = """\
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      TracingConfiguration: {Enabled: true}
      DefinitionSubstitutions: {Function: !GetAtt A.Arn}
"""
    told = found(functions("A") + machine)
    assert [(one["level"], one["resource"], one.get("resources")) for one in told] == [("warning", "A", None)]


def test_functions_of_some_deployments_say_so_in_the_one_finding() -> None:
    head = (
        "Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}\n"
        "Conditions: {IsProd: !Equals [!Ref Stage, prod]}\n"
    )
    conditional = "".join(f"  {name}: {{Type: AWS::Lambda::Function, Condition: IsProd}}\n" for name in ("C", "D"))
    [finding] = found(head + functions("A", "B") + conditional)
    assert (finding["deployment"], finding["resources"]) == (None, ["A", "B", "C", "D"])
    assert finding["message"].startswith("A, B, C (when Stage is prod) and D (when Stage is prod) start no traces")


def test_hidden_advice_is_counted_once() -> None:
    write(Path(), {"t.yaml": functions("A", "B", "C")})
    assert "1 piece of advice not shown" in printed("lint", "t.yaml", "--select", RULE)
    assert invoke("lint", "t.yaml", "--select", RULE, "--fail-on", "advice").exit_code == 1


def test_a_configured_level_is_that_of_the_finding() -> None:
    write(Path(), {".awslint-memo.yaml": f"rules: {{{RULE}: warning}}\n"})
    [one] = found(functions("A", "B"))
    assert (one["level"], one["resources"]) == ("warning", ["A", "B"])


def test_sarif_has_one_result_with_each_resource() -> None:
    write(Path(), {"t.yaml": functions("A", "B", "C")})
    [result] = json.loads(printed("lint", "t.yaml", *ONLY, "--format", "sarif"))["runs"][0]["results"]
    names = [one["fullyQualifiedName"] for one in result["locations"][0]["logicalLocations"]]
    assert names == ["A", "B", "C"]
    assert [one["message"]["text"] for one in result["relatedLocations"]] == ["B", "C"]


def test_why_speaks_of_each_resource() -> None:
    write(Path(), {"t.yaml": functions("A", "B")})
    assert "  reports: TracingConfig.Mode of B is PassThrough (default)" in printed("why", RULE, "B", "t.yaml")


def test_terraform_is_one_finding_for_all_files_and_instances() -> None:
    files = {
        "a.tf": 'resource "aws_lambda_function" "orders" {\n  count         = 3\n  function_name = "orders"\n}\n',
        "b.tf": 'resource "aws_lambda_function" "bills" {\n  function_name = "bills"\n}\n',
    }
    write(Path(), files)
    [one] = report(".", *ONLY)["findings"]
    assert one["resources"] == [*(f"aws_lambda_function.orders[{n}]" for n in range(3)), "aws_lambda_function.bills"]
    # Instances stand at one place.
    assert [place["message"] for place in one["related"]] == ["aws_lambda_function.bills"]


@pytest.mark.parametrize(
    ("rule", "type_", "words"),
    [
        ("xray-stepfunctions-tracing", "AWS::StepFunctions::StateMachine", "TracingConfiguration.Enabled"),
        ("xray-apigateway-tracing", "AWS::ApiGateway::Stage", "TracingEnabled"),
    ],
)
def test_state_machines_and_stages_too(rule: str, type_: str, words: str) -> None:
    write(Path(), {"t.yaml": HEAD + "".join(f"  {name}: {{Type: '{type_}'}}\n" for name in ("A", "B"))})
    [one] = report("t.yaml", "--select", rule, "--advice")["findings"]
    assert one["message"].startswith("A and B send no traces")
    assert f"; set {words} of each to true" in one["message"]


def test_names_in_a_sentence() -> None:
    assert listed(["a"], 5) == "a"
    assert listed(["a", "b"], 5) == "a and b"
    assert listed(list("abcdef"), 5) == "a, b, c, d, e and f"
    assert listed(list("abcdefg"), 5) == "a, b, c, d, e and 2 others"
