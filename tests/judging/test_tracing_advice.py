"""Advice about tracing is left out, and counted, where nothing that a run reads traces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cases import each_case
from tests.command import printed, report
from tests.readers.workspace import write

FUNCTION = """
Resources:
  Orders: {Type: AWS::Lambda::Function}
"""
TERRAFORM = 'resource "aws_lambda_function" "orders" {\n  function_name = "orders"\n}\n'
LEFT_OUT = "1 piece of advice about tracing, which nothing here does: left out (--profile all tells it)"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def told(*options: str) -> tuple[list[str], list[str]]:
    """The rules about tracing with findings, and the notices of what is left out."""
    found = report("--advice", *options)
    rules = [one["rule"] for one in found["findings"] if one["rule"].startswith("xray-")]
    return rules, [one for one in found["summary"]["notices"] if "about tracing" in one]


@pytest.mark.parametrize(("name", "text"), [("a.yaml", FUNCTION), ("main.tf", TERRAFORM)])
def test_where_nothing_traces_advice_is_counted(name: str, text: str) -> None:
    write(Path(), {name: text})
    assert told() == ([], [LEFT_OUT])
    assert "about tracing" not in printed("lint"), "a run that shows no advice says nothing of it"
    for asked in (("--profile", "all"), ("--select", "xray-*"), ("--select", "xray-lambda-tracing")):
        assert told(*asked) == (["xray-lambda-tracing"], [])


def test_a_level_or_a_lock_is_a_wish() -> None:
    write(Path(), {"a.yaml": FUNCTION, ".awslint-memo.yaml": "rules: {xray-lambda-tracing: advice}\n"})
    assert told() == (["xray-lambda-tracing"], [])
    write(Path(), {".awslint-memo.yaml": "policy: {locked: [xray-lambda-tracing]}\n"})
    assert told() == (["xray-lambda-tracing"], [])


SIGNS = {
    "a function": "Resources: {Other: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: Active}}}}",
    "in lines": "Resources:\n  O:\n    Type: AWS::Lambda::Function\n    Properties:\n      TracingConfig:\n"
    "        Mode: Active\n",
    "a parameter": "Parameters: {Mode: {Type: String}}\n"
    "Resources: {Other: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: !Ref Mode}}}}",
    "production": "Parameters: {Stage: {Type: String}}\nConditions: {P: !Equals [!Ref Stage, prod]}\nResources:\n"
    "  O: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: !If [P, Active, PassThrough]}}}",
    "a permission": "Resources: {R: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: "
    "['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess']}}}",
    "a rule": "Resources: {R: {Type: AWS::XRay::SamplingRule}}",
    "a topic": "Resources: {T: {Type: AWS::SNS::Topic, Properties: {TracingConfig: Active}}}",
    "a collector": "Resources: {T: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: "
    "[{Name: c, Image: 'public.ecr.aws/aws-observability/aws-otel-collector'}]}}}",
}


@each_case(("what", "text"), list(SIGNS.items()))
def test_what_traces_in_another_file_keeps_the_advice(what: str, text: str) -> None:
    write(Path(), {"a.yaml": FUNCTION, "b.yaml": text})
    assert "xray-lambda-tracing" in told()[0], what


NO_SIGNS = {
    "off": "Resources: {Other: {Type: AWS::ApiGateway::Stage, Properties: {StageName: s, TracingEnabled: false}}}",
    "a comment": "# checkov:skip=CKV_AWS_50: X-Ray tracing is true cost\nResources: {T: {Type: AWS::SNS::Topic}}",
    "logs": "Resources: {S: {Type: AWS::ApiGateway::Stage, Properties: {StageName: s, TracingEnabled: false, "
    "MethodSettings: [{DataTraceEnabled: true}]}}}",
}


@each_case(("what", "text"), list(NO_SIGNS.items()))
def test_what_is_off_or_said_in_a_comment_traces_nothing(what: str, text: str) -> None:
    write(Path(), {"a.yaml": FUNCTION, "b.yaml": text})
    found, notices = told()
    assert (found, len(notices)) == ([], 1), what


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("src/package.json", json.dumps({"dependencies": {"aws-xray-sdk-core": "3.5.0"}})),
        ("src/requirements.txt", "boto3\naws-xray-sdk==2.12\n"),
        ("src/pyproject.toml", 'dependencies = ["aws-lambda-powertools[tracer]"]\n'),
    ],
)
def test_a_program_with_an_sdk_keeps_the_advice(name: str, text: str) -> None:
    write(Path(), {"infra/a.yaml": FUNCTION, name: text})
    assert told() == (["xray-lambda-tracing"], [])


def test_what_only_other_libraries_bring_is_no_sdk() -> None:
    write(Path(), {"a.yaml": FUNCTION, "go.mod": "\tgo.opentelemetry.io/otel v1.24.0 // indirect\n"})
    assert told() == ([], [LEFT_OUT])


def test_a_module_that_is_told_to_trace_keeps_the_advice() -> None:
    call = 'module "api" {\n  source       = "acme/api/aws"\n  tracing_mode = "Active"\n}\n'
    write(Path(), {"main.tf": TERRAFORM + call})
    assert told() == (["xray-lambda-tracing"], [])


def test_each_line_counts_once() -> None:
    functions = "  A: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r}}\n"
    write(Path(), {"a.yaml": FUNCTION + functions, "b.yaml": FUNCTION})
    assert told() == ([], [LEFT_OUT.replace("1 piece", "3 pieces").replace("tells it", "tells them")])
