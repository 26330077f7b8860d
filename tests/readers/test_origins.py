"""Where findings stand: at the literal that decides a value, with the way from its use as related places.

One test a way. Places are written `path:line text`, with the text that stands there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.readers.workspace import write

from awslint_memo import api
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Span

RULE = "sqs-long-polling"
USED = "ReceiveMessageWaitTimeSeconds of Orders"
USED_TF = "receive_wait_time_seconds of aws_sqs_queue.orders"
DEFAULT = "Parameters:\n  Wait: {Type: Number, Default: 0}\n"
STAGES = """\
Parameters:
  Stage: {Type: String, AllowedValues: [live, test]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
"""
VARIABLE = 'variable "wait" {\n  type    = number\n  default = 0\n}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Way(NamedTuple):
    """Where a finding stands, and the related places with their texts."""

    at: str
    passed: list[tuple[str, str]]


def shown(span: Span) -> str:
    line = Path(span.path).read_text().splitlines()[span.line - 1]
    end = span.end_column - 1 if span.end_line == span.line else None
    return f"{span.path}:{span.line} {line[span.column - 1 : end]}"


def found(
    files: Mapping[str, str],
    paths: tuple[str, ...] = (),
    *,
    rule: str = RULE,
    parameters: tuple[str, ...] = (),
    var_files: tuple[str, ...] = (),
) -> list[Finding]:
    write(Path(), files)
    report = api.lint(paths, select=[rule], advice=True, parameters=parameters, var_files=var_files)
    assert not report.errors
    return [one for one in report.findings if one.rule == rule]


def way(
    files: Mapping[str, str],
    *,
    rule: str = RULE,
    parameters: tuple[str, ...] = (),
    var_files: tuple[str, ...] = (),
) -> Way:
    (finding,) = found(files, rule=rule, parameters=parameters, var_files=var_files)
    return Way(shown(finding.span), [(shown(one.span), one.message) for one in finding.related])


def queue(value: str) -> str:
    return f"Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      {WAIT}: {value}\n"


WAIT = "ReceiveMessageWaitTimeSeconds"


def tf_queue(value: str) -> str:
    return f'resource "aws_sqs_queue" "orders" {{\n  receive_wait_time_seconds = {value}\n}}\n'


def test_a_literal_is_decided_where_it_stands() -> None:
    assert way({"t.yaml": queue("0")}) == ("t.yaml:5 0", [])


def test_default_of_a_parameter() -> None:
    assert way({"t.yaml": DEFAULT + queue("!Ref Wait")}) == ("t.yaml:2 0", [("t.yaml:7 !Ref Wait", USED)])


def test_parameter_of_the_command_line_is_decided_where_it_is_used() -> None:
    head = "Parameters:\n  Wait: {Type: Number, Default: 20}\n"
    expected = ("t.yaml:7 !Ref Wait", [("t.yaml:2 {Type: Number, Default: 20}", "parameter Wait")])
    assert way({"t.yaml": head + queue("!Ref Wait")}, parameters=("Wait=0",)) == expected


def test_mapping_by_parameter() -> None:
    head = """\
Parameters:
  Stage: {Type: String, Default: test}
Mappings:
  Waits:
    test: {Seconds: 0}
    live: {Seconds: 20}
"""
    used = "!FindInMap [Waits, !Ref Stage, Seconds]"
    assert way({"t.yaml": head + queue(used)}) == ("t.yaml:5 0", [(f"t.yaml:11 {used}", USED)])


def test_branch_of_a_condition() -> None:
    assert way({"t.yaml": STAGES + queue("!If [IsLive, 20, 0]")}) == ("t.yaml:9 0", [])


def test_parameter_in_a_branch_of_a_condition() -> None:
    head = STAGES.replace("Parameters:\n", DEFAULT)
    expected = ("t.yaml:2 0", [("t.yaml:10 !Ref Wait", USED)])
    assert way({"t.yaml": head + queue("!If [IsLive, 20, !Ref Wait]")}) == expected


@pytest.mark.parametrize(
    ("value", "used"), [("!Sub '${Wait}'", "!Sub '${Wait}'"), ("!Join ['', [!Ref Wait, '']]", "!Ref Wait")]
)
def test_text_of_a_parameter_alone(value: str, used: str) -> None:
    assert way({"t.yaml": DEFAULT + queue(value)}) == ("t.yaml:2 0", [(f"t.yaml:7 {used}", USED)])


def test_text_that_is_computed_from_a_parameter_is_decided_where_it_is_computed() -> None:
    at, passed = way({"t.yaml": DEFAULT + queue("!Join ['', [!Ref Wait, '1']]")})
    assert at == "t.yaml:7 !Join ['', [!Ref Wait, '1']]"
    assert passed == [("t.yaml:2 0", "default of Wait")]


CHILD = "Parameters:\n  Wait: {Type: Number}\n" + queue("!Ref Wait")


def parent(value: str, head: str = "") -> str:
    return f"""\
{head}Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yaml
      Parameters:
        Wait: {value}
"""


def test_parameter_of_a_nested_stack() -> None:
    files = {"parent.yaml": parent("0"), "child.yaml": CHILD}
    expected = ("parent.yaml:7 0", [("child.yaml:7 !Ref Wait", f"{WAIT} of Child/Orders")])
    assert way(files) == expected


def test_parameter_of_a_parent_that_is_given_to_a_nested_stack() -> None:
    files = {
        "parent.yaml": parent("!Ref Seconds", "Parameters:\n  Seconds: {Type: Number, Default: 0}\n"),
        "child.yaml": CHILD,
    }
    expected = [
        ("child.yaml:7 !Ref Wait", f"{WAIT} of Child/Orders"),
        ("parent.yaml:9 !Ref Seconds", "Wait given to the nested stack"),
    ]
    assert way(files) == ("parent.yaml:2 0", expected)


def test_output_of_a_nested_stack() -> None:
    stack = "  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: child.yaml}\n"
    files = {
        "parent.yaml": queue("!GetAtt Child.Outputs.Wait") + stack,
        "child.yaml": "Resources:\n  Files: {Type: AWS::S3::Bucket}\nOutputs:\n  Wait: {Value: 0}\n",
    }
    assert way(files) == ("child.yaml:4 0", [("parent.yaml:5 !GetAtt Child.Outputs.Wait", USED)])


def test_export_of_another_stack() -> None:
    export = "Outputs:\n  Wait:\n    Value: !Ref Wait\n    Export: {Name: the-wait}\n"
    files = {
        "a.yaml": f"{DEFAULT}Resources:\n  Files: {{Type: AWS::S3::Bucket}}\n{export}",
        "b.yaml": queue("!ImportValue the-wait"),
    }
    expected = [("b.yaml:5 !ImportValue the-wait", USED), ("a.yaml:7 !Ref Wait", "export the-wait")]
    assert way(files) == ("a.yaml:2 0", expected)


def test_globals_of_sam() -> None:
    text = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Tracing: PassThrough
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Runtime: python3.12, InlineCode: pass}
"""
    expected = ("t.yaml:4 PassThrough", [("t.yaml:6 Work", "Tracing of Work")])
    assert way({"t.yaml": text}, rule="xray-lambda-tracing") == expected


def test_alias_of_yaml() -> None:
    text = "Metadata:\n  Wait: &wait 0\n" + queue("*wait")
    assert way({"t.yaml": text}) == ("t.yaml:2 &wait 0", [("t.yaml:4 Orders", USED)])


def test_merge_key_of_yaml() -> None:
    text = f"Metadata:\n  Queue: &queue\n    {WAIT}: 0\n" + queue("0").replace(f"{WAIT}: 0", "<<: *queue")
    assert way({"t.yaml": text}) == ("t.yaml:3 0", [("t.yaml:5 Orders", USED)])


def test_parameter_in_a_loop() -> None:
    text = f"""\
Transform: AWS::LanguageExtensions
{DEFAULT}Resources:
  Fn::ForEach::Queues:
    - Name
    - [Orders, Returns]
    - ${{Name}}:
        Type: AWS::SQS::Queue
        Properties:
          {WAIT}: !Ref Wait
"""
    both = found({"t.yaml": text})
    assert [one.resource for one in both] == ["Orders", "Returns"]
    assert [shown(one.span) for one in both] == ["t.yaml:3 0"] * 2
    used = [("t.yaml:11 !Ref Wait", f"{WAIT} of {name}") for name in ("Orders", "Returns")]
    assert [(shown(one.span), one.message) for finding in both for one in finding.related] == used


def test_included_file() -> None:
    include = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: queue.yaml}}"
    files = {"t.yaml": queue("0").replace(f"{WAIT}: 0", include), "queue.yaml": f"{WAIT}: 0\n"}
    assert way(files) == ("queue.yaml:1 0", [("t.yaml:2 Orders", USED)])


def test_default_of_a_variable() -> None:
    assert way({"main.tf": VARIABLE + tf_queue("var.wait")}) == ("main.tf:3 0", [("main.tf:6 var.wait", USED_TF)])


@pytest.mark.parametrize(("name", "named"), [("terraform.tfvars", False), ("a.auto.tfvars", False), ("a.tfvars", True)])
def test_file_with_values_of_variables(name: str, named: bool) -> None:
    files = {"main.tf": VARIABLE.replace("= 0", "= 20") + tf_queue("var.wait"), name: "wait = 0\n"}
    expected = (f"{name}:1 0", [("main.tf:6 var.wait", USED_TF)])
    assert way(files, var_files=(name,) if named else ()) == expected


def test_local() -> None:
    files = {"main.tf": "locals {\n  wait = 0\n}\n" + tf_queue("local.wait")}
    assert way(files) == ("main.tf:2 0", [("main.tf:5 local.wait", USED_TF)])


def test_local_of_an_element_of_a_local() -> None:
    head = 'locals {\n  waits = {\n    test = 0\n    live = 20\n  }\n  wait = local.waits["test"]\n}\n'
    expected = [("main.tf:9 local.wait", USED_TF), ('main.tf:6 local.waits["test"]', "local.wait")]
    assert way({"main.tf": head + tf_queue("local.wait")}) == ("main.tf:3 0", expected)


MODULES = {
    "main.tf": 'module "a" {\n  source  = "./a"\n  seconds = 0\n}\n',
    "a/main.tf": 'variable "seconds" {}\nmodule "b" {\n  source = "./b"\n  wait   = var.seconds\n}\n',
    "a/b/main.tf": 'variable "wait" {}\n' + tf_queue("var.wait"),
}


def test_argument_of_a_module_through_two_modules() -> None:
    assert way(MODULES) == (
        "main.tf:3 0",
        [
            ("a/b/main.tf:3 var.wait", "receive_wait_time_seconds of module.a.module.b.aws_sqs_queue.orders"),
            ("a/main.tf:4 var.seconds", "wait given to module.a.module.b"),
        ],
    )


def test_output_of_a_module() -> None:
    files = {
        "main.tf": 'module "a" {\n  source = "./a"\n}\n' + tf_queue("module.a.wait"),
        "a/main.tf": 'output "wait" {\n  value = 0\n}\n',
    }
    assert way(files) == ("a/main.tf:2 0", [("main.tf:5 module.a.wait", USED_TF)])


def test_element_of_for_each() -> None:
    text = tf_queue("each.value").replace("{\n", "{\n  for_each = { a = 0, b = 20 }\n", 1)
    used = 'receive_wait_time_seconds of aws_sqs_queue.orders["a"]'
    assert way({"main.tf": text}) == ("main.tf:2 0", [("main.tf:3 each.value", used)])


def test_index_of_count_is_decided_by_the_resource() -> None:
    text = tf_queue("count.index").replace("{\n", "{\n  count = 1\n", 1)
    used = "receive_wait_time_seconds of aws_sqs_queue.orders[0]"
    assert way({"main.tf": text}) == ('main.tf:1 "orders"', [("main.tf:3 count.index", used)])


def test_attribute_of_another_resource() -> None:
    other = tf_queue("0").replace("orders", "other")
    both = found({"main.tf": other + tf_queue("aws_sqs_queue.other.receive_wait_time_seconds")})
    assert {one.resource: shown(one.span) for one in both} == {
        "aws_sqs_queue.other": "main.tf:2 0",
        "aws_sqs_queue.orders": "main.tf:2 0",
    }


def planned(address: str, wait: int) -> str:
    type_, name = address.split(".")[-2:]
    values = {"receive_wait_time_seconds": wait}
    return json.dumps(
        {
            "format_version": "1.2",
            "planned_values": {"root_module": {}},
            "resource_changes": [
                {
                    "address": address,
                    "mode": "managed",
                    "type": type_,
                    "name": name,
                    "change": {"actions": ["create"], "before": None, "after": values, "after_unknown": {}},
                }
            ],
        }
    )


def test_plan_with_its_configuration() -> None:
    files = {
        "plan.json": planned("aws_sqs_queue.orders", 0),
        "source/main.tf": VARIABLE.replace("= 0", "= 20") + tf_queue("var.wait"),
    }
    write(Path(), files)
    report = api.lint(["plan.json"], select=[RULE], plan_source="source")
    (finding,) = report.findings
    assert finding.path == "source/main.tf"
    assert shown(finding.span) == "source/main.tf:6 var.wait"


def test_what_a_mapping_does_not_have_is_missing_at_its_key() -> None:
    text = """\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      PointInTimeRecoverySpecification:
        RecoveryPeriodInDays: 3
"""
    assert way({"t.yaml": text}, rule="dynamodb-point-in-time-recovery") == (
        "t.yaml:5 PointInTimeRecoverySpecification",
        [],
    )


def test_what_a_block_does_not_have_is_missing_at_the_block() -> None:
    text = 'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n  point_in_time_recovery {\n  }\n}\n'
    at, passed = way({"main.tf": text}, rule="dynamodb-point-in-time-recovery")
    assert (at, passed) == ("main.tf:3 point_in_time_recovery {", [])


COMMENT = "# awslint-memo: ignore[sqs-long-polling] the client waits itself\n"


def commented(text: str, line: int) -> str:
    """The text with a suppression in a line of its own before a line."""
    lines = text.splitlines(keepends=True)
    return "".join((*lines[: line - 1], COMMENT, *lines[line - 1 :]))


@pytest.mark.parametrize("line", [2, 4, 7], ids=["decided", "resource", "used"])
def test_a_comment_at_each_place_suppresses_in_cloudformation(line: int) -> None:
    text = DEFAULT + queue("!Ref Wait")
    assert len(found({"t.yaml": text})) == 1
    assert found({"t.yaml": commented(text, line)}) == []


@pytest.mark.parametrize("line", [3, 5, 6], ids=["decided", "resource", "used"])
def test_a_comment_at_each_place_suppresses_in_terraform(line: int) -> None:
    text = VARIABLE + tf_queue("var.wait")
    assert len(found({"main.tf": text})) == 1
    assert found({"main.tf": commented(text, line)}) == []


@pytest.mark.parametrize(("path", "line"), [("main.tf", 3), ("a/main.tf", 4), ("a/b/main.tf", 3), ("a/b/main.tf", 2)])
def test_a_comment_at_each_place_suppresses_through_modules(path: str, line: int) -> None:
    assert len(found(MODULES)) == 1
    assert found({**MODULES, path: commented(MODULES[path], line)}) == []


NESTED = {"parent.yaml": parent("0"), "child.yaml": CHILD}


@pytest.mark.parametrize(("path", "line"), [("parent.yaml", 7), ("child.yaml", 7), ("child.yaml", 4)])
def test_a_comment_at_each_place_suppresses_through_nested_stacks(path: str, line: int) -> None:
    assert len(found(NESTED)) == 1
    assert found({**NESTED, path: commented(NESTED[path], line)}) == []


def test_a_comment_in_another_file_at_the_same_line_does_not_suppress() -> None:
    note = COMMENT.rstrip()
    stacks = {
        "parent.yaml": parent("0", "Description: orders\n"),
        "child.yaml": f"{CHILD}  Files: {note}\n    Type: AWS::S3::Bucket\n",
    }
    assert way(stacks).at == "parent.yaml:8 0"
    assert stacks["child.yaml"].splitlines()[7].endswith(note)
    source = '  source = "./b"\n'
    modules = {**MODULES, "a/main.tf": MODULES["a/main.tf"].replace(source, f"{source.rstrip()} {note}\n")}
    assert modules["a/main.tf"].splitlines()[2].endswith(note)
    assert [shown(one.span) for one in found(modules, ("main.tf", "a"))] == ["main.tf:3 0"]
