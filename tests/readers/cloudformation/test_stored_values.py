"""Fn::GetAtt of the value of a template's own parameter of Systems Manager is what that parameter holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

TEMPLATE = """\
Parameters:
  Days: {{Type: Number, Default: 0}}
Resources:
  Kept: {{Type: AWS::SSM::Parameter, Properties: {{Type: String, Value: {}}}}}
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {{Engine: postgres, AllocatedStorage: 100, BackupRetentionPeriod: {}}}
"""
STORED = ['"0"', "0", "!Ref Days", '!Sub "${Days}"']
USED = ["!GetAtt Kept.Value", "!GetAtt [Kept, Value]", '!Sub "${Kept.Value}"', '!Join ["", [!GetAtt Kept.Value]]']


def findings(template: str) -> list[dict[str, object]]:
    return [each for each in report("-", stdin=template)["findings"] if each["rule"] == "rds-backup-retention"]


@pytest.mark.parametrize("stored", STORED)
@pytest.mark.parametrize("used", USED)
def test_the_value_is_what_is_stored(stored: str, used: str) -> None:
    assert [each["level"] for each in findings(TEMPLATE.format(stored, used))] == ["error"]


@pytest.mark.parametrize("stored", ["7", "!ImportValue days", "!GetAtt Kept.Value", "!GetAtt Other.Value", "[0]"])
def test_what_is_right_or_not_known_is_no_finding(stored: str) -> None:
    assert findings(TEMPLATE.format(stored, "!GetAtt Kept.Value")) == []


def test_the_value_may_be_a_reference() -> None:
    template = """\
Resources:
  Kept: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Orders.Arn}}
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 30}}
  Code:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: a.b, Role: !ImportValue role, Timeout: 60, Code: {S3Bucket: b, S3Key: k}}
  Map:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Code, EventSourceArn: !GetAtt Kept.Value}
"""
    assert "sqs-visibility-below-processing-time" in {each["rule"] for each in report("-", stdin=template)["findings"]}


@pytest.mark.parametrize(("type_", "expected"), [("String", {"error"}), ("AWS::SSM::Parameter::Value<String>", set())])
def test_a_nested_stack_looks_up_what_it_is_given(tmp_path: Path, type_: str, expected: set[str]) -> None:
    """The parent gives the name of a parameter there, which says nothing of its value."""
    stack = (
        "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Queue: /shop/queue}}}"
    )
    policy = "{PolicyDocument: {Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: !Ref Queue}]}}"
    (tmp_path / "parent.yaml").write_text(f"Resources:\n  Child: {stack}\n")
    (tmp_path / "child.yaml").write_text(
        f"Parameters:\n  Queue: {{Type: '{type_}'}}\n"
        f"Resources:\n  Sends: {{Type: AWS::IAM::ManagedPolicy, Properties: {policy}}}\n"
    )
    found = report(str(tmp_path), "--select", "policy-resource-refused")["findings"]
    assert {each["level"] for each in found} == expected
