"""A right that the policy of a queue takes back mends nothing for the gate."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

SENDER = """Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt Role.Arn, DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}
  Failed: {Type: AWS::SQS::Queue}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyName: work, PolicyDocument: {Statement: [{Effect: Allow, Action: "%s", Resource: "*"}]}}]
"""
POLICY = """  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Failed]
      PolicyDocument: {Statement: [{Effect: Deny, Principal: %s, Action: "sqs:*", Resource: !GetAtt Failed.Arn%s}]}
"""
OTHER = ', Condition: {StringNotEquals: {"aws:SourceVpce": vpce-1}}'
HTTPS = ', Condition: {Bool: {"aws:SecureTransport": false}}'


@pytest.mark.parametrize(
    ("policy", "code"),
    [
        ("", 0),
        (POLICY % ('"*"', ""), 1),
        (POLICY % ("{AWS: !GetAtt Role.Arn}", ""), 1),
        (POLICY % ('"*"', HTTPS), 0),
        (POLICY % ('"*"', HTTPS.replace("false", "true")), 1),
        (POLICY % ('"*"', OTHER), 1),
        (POLICY % ("{AWS: !GetAtt Role.Arn}", OTHER), 1),
        (POLICY % ("{Service: sns.amazonaws.com}", ""), 0),
    ],
    ids=["none", "all", "role", "unencrypted", "encrypted", "other network", "role of other network", "service"],
)
def test_what_is_taken_back_is_not_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, policy: str, code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    repository = made(tmp_path)
    repository.commit({"a.yaml": SENDER % "logs:*"})
    write(tmp_path, {"a.yaml": SENDER % "sqs:*" + policy})
    assert invoke("lint", "--gate", "--against", "HEAD").exit_code == code


def test_what_was_denied_on_a_condition_before_is_no_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    policy = POLICY % ('"*"', OTHER)
    made(tmp_path).commit({"a.yaml": SENDER % "logs:*" + policy})
    write(tmp_path, {"a.yaml": SENDER % "sqs:*" + policy})
    result = invoke("lint", "--gate", "--against", "HEAD")
    assert (result.exit_code, "mended:" in result.output) == (0, True), result.output
