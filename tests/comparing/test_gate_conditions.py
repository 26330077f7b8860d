"""A statement of a policy with a condition on a key mends only what surely has the key."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.comparing.test_gate_unmade import QUEUE, ROOT
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

DELIVERY = """\
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Orders: {Type: AWS::SQS::Queue}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: {Protocol: sqs, TopicArn: !Ref Topic, Endpoint: !GetAtt Orders.Arn}
"""
LETS = """\
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument:
        Statement:
          Effect: Allow
          Principal: {Service: sns.amazonaws.com}
          Action: sqs:SendMessage
          Resource: !GetAtt Orders.Arn
          Condition: {%s: {"%s": "*"}}
"""
LETS_IN_TERRAFORM = """\
resource "aws_sqs_queue_policy" "lets" {
  queue_url = aws_sqs_queue.q.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.q.arn
      Condition = { %s = { "%s" = "*" } }
    }]
  })
}
"""
OPEN = [
    ("StringLike", "aws:PrincipalOrgID"),
    ("ArnLike", "aws:PrincipalArn"),
    ("ArnEquals", "aws:SourceVpcArn"),
    ("StringNotLike", "aws:PrincipalOrgID"),
    ("StringNotLikeIfExists", "aws:SourceVpce"),
]
SURE = [
    ("ArnLike", "aws:SourceArn"),
    ("StringLike", "aws:SourceAccount"),
    ("StringLikeIfExists", "aws:PrincipalOrgID"),
]


def gate(
    folder: Path, monkeypatch: pytest.MonkeyPatch, condition: tuple[str, str], is_terraform: bool
) -> tuple[int, str]:
    monkeypatch.chdir(folder)
    path, before, lets = ("main.tf", ROOT + QUEUE, LETS_IN_TERRAFORM) if is_terraform else ("t.yaml", DELIVERY, LETS)
    made(folder).commit({path: before})
    write(folder, {path: before + lets % condition})
    result = invoke("lint", "--against", "HEAD", "--gate", "--select", "delivery-not-allowed")
    return result.exit_code, result.output


@pytest.mark.parametrize("is_terraform", [False, True])
@pytest.mark.parametrize("condition", OPEN)
def test_a_key_that_may_be_absent_mends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, condition: tuple[str, str], is_terraform: bool
) -> None:
    code, output = gate(tmp_path, monkeypatch, condition, is_terraform)
    assert (code, "mended:" in output, "can't be told any more" in output) == (1, False, True), output


@pytest.mark.parametrize("is_terraform", [False, True])
@pytest.mark.parametrize("condition", SURE)
def test_a_key_that_is_there_mends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, condition: tuple[str, str], is_terraform: bool
) -> None:
    code, output = gate(tmp_path, monkeypatch, condition, is_terraform)
    assert (code, "mended:" in output) == (0, True), output


@pytest.mark.parametrize("is_terraform", [False, True])
def test_an_asterisk_that_is_compared_mends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_terraform: bool
) -> None:
    code, output = gate(tmp_path, monkeypatch, ("StringEquals", "aws:SourceArn"), is_terraform)
    assert (code, "error[delivery-not-allowed]" in output) == (1, True), output
