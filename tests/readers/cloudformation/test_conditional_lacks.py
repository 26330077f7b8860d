"""What a stack lacks on a condition is told, with the deployments that lack it."""

from __future__ import annotations

from pathlib import Path

import pytest

from awslint_memo import api

HEAD = """
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Size: {Type: String, AllowedValues: [small, large]}
Conditions:
  IsLarge: !Equals [!Ref Size, large]
  IsProd: !Equals [!Ref Stage, prod]
  IsLive: !Equals [!Ref Stage, live]
Mappings: {Waits: {dev: {Wait: 1}, prod: {Wait: 2}}}
Resources:
  Topic: {Type: AWS::SNS::Topic}
"""
CHILD = """
Parameters: {Wait: {Type: Number, Default: 0}}
Resources: {Orders: {Type: AWS::SQS::Queue}}
"""
NESTED = """
  Child:
    Type: AWS::CloudFormation::Stack
    Condition: IsLarge
    Properties: {TemplateURL: child.yaml, Parameters: {Wait: %s}}
"""
KEYS = """
Resources: {Topic: {Type: AWS::SNS::Topic}}
Outputs: {Team: {Value: shop, Export: {Name: !Sub "${AWS::StackName}-Team"}}}
"""
IMPORTING = """
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !ImportValue {Fn::If: [IsProd, shop-keys-Key, shop-keys-Team]}
      Tags: [{Key: team, Value: !ImportValue shop-keys-Team}]
"""
SECURE = """
  Mode:
    Type: AWS::SSM::Parameter
    Condition: IsLarge
    Properties: {Value: "{{resolve:ssm-secure:key:1}}"}
"""
TABLE = """
  Runs:
    Type: AWS::DynamoDB::Table
    Condition: IsLarge
    Properties: {DeletionProtectionEnabled: !If [%s]}
"""


@pytest.mark.parametrize(
    ("rule", "resources", "when"),
    [
        ("stack-input-unread", NESTED % "20", "when Size is large"),
        (
            "stack-input-unread",
            NESTED % "!FindInMap [Waits, !Ref Stage, Wait]",
            "when Size is large, for example when Stage is dev",
        ),
        ("stack-input-unread", NESTED % "!If [IsProd, 20, !Ref AWS::NoValue]", "when Size is large and Stage is prod"),
        ("stack-parameter-refused", NESTED % "soon", "when Size is large"),
        ("stack-parameter-refused", NESTED % "!If [IsProd, soon, 20]", "when Size is large and Stage is prod"),
        ("stack-import-missing", IMPORTING, "when Stage is prod"),
        ("stack-production-unprotected", TABLE % "IsProd, false, true", "when Size is large"),
        ("stack-condition-never-true", TABLE % "IsLive, true, false", None),
        ("stack-secure-reference", SECURE, "when Size is large"),
    ],
)
def test_what_is_lacking_on_a_condition_is_told(rule: str, resources: str, when: str | None, tmp_path: Path) -> None:
    for name, text in {"main.yaml": HEAD + resources, "child.yaml": CHILD, "keys.yaml": KEYS}.items():
        (tmp_path / name).write_text(text)
    report = api.lint([str(tmp_path)], advice=True, select=[rule])
    assert [one.deployment for one in report.findings] == [when]
