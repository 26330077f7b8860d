"""Where findings stand in CloudFormation: at the literal that decides a value, with the way there as related places.

One test a way. Places are written `path:line text`, with the text that stands there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.readers.ways import CHILD, DEFAULT, WAIT, found, parent, queue, shown, way

USED = f"{WAIT} of Orders"
LONG = f"  Bills: {{Type: AWS::SQS::Queue, Properties: {{{WAIT}: 20}}}}\n"
"""A resource that changes nothing for other queues: beside others than queues the rule asks who receives."""
STAGES = """\
Parameters:
  Stage: {Type: String, AllowedValues: [live, test]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


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
  Stage: {Type: String, Default: live}
Mappings:
  Waits:
    live: {Seconds: 0}
    test: {Seconds: 20}
"""
    used = "!FindInMap [Waits, !Ref Stage, Seconds]"
    assert way({"t.yaml": head + queue(used)}) == ("t.yaml:5 0", [(f"t.yaml:11 {used}", USED)])


def test_branch_of_a_condition() -> None:
    assert way({"t.yaml": STAGES + queue("!If [IsLive, 0, 20]")}) == ("t.yaml:9 0", [])


def test_parameter_in_a_branch_of_a_condition() -> None:
    head = STAGES.replace("Parameters:\n", DEFAULT)
    expected = ("t.yaml:2 0", [("t.yaml:10 !Ref Wait", USED)])
    assert way({"t.yaml": head + queue("!If [IsLive, !Ref Wait, 20]")}) == expected


@pytest.mark.parametrize(
    ("value", "used"), [("!Sub '${Wait}'", "!Sub '${Wait}'"), ("!Join ['', [!Ref Wait, '']]", "!Ref Wait")]
)
def test_text_of_a_parameter_alone(value: str, used: str) -> None:
    assert way({"t.yaml": DEFAULT + queue(value)}) == ("t.yaml:2 0", [(f"t.yaml:7 {used}", USED)])


def test_text_that_is_computed_from_a_parameter_is_decided_where_it_is_computed() -> None:
    at, passed = way({"t.yaml": DEFAULT + queue("!Join ['', [!Ref Wait, '1']]")})
    assert at == "t.yaml:7 !Join ['', [!Ref Wait, '1']]"
    assert passed == [("t.yaml:2 0", "default of Wait")]


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
        "child.yaml": f"Resources:\n{LONG}Outputs:\n  Wait: {{Value: 0}}\n",
    }
    assert way(files) == ("child.yaml:4 0", [("parent.yaml:5 !GetAtt Child.Outputs.Wait", USED)])


def test_export_of_another_stack() -> None:
    export = "Outputs:\n  Wait:\n    Value: !Ref Wait\n    Export: {Name: the-wait}\n"
    files = {
        "a.yaml": f"{DEFAULT}Resources:\n{LONG}{export}",
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
  Api: {TracingEnabled: true}
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: pass
      Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}
"""
    caller = ("t.yaml:5 true", "calls it and is traced")
    expected = ("t.yaml:4 PassThrough", [("t.yaml:7 Work", "Tracing of Work"), caller])
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
