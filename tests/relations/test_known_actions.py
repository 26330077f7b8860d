"""Actions that no service has: what to write instead is told where one action is meant, and nothing is guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import report


def told(folder: Path, *actions: str) -> list[tuple[str, str]]:
    """The level of each finding about some actions of a policy, and what it says to do."""
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    policy = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Statement": [statement]}}}
    path = folder / "a.json"
    path.write_text(json.dumps({"Resources": {"Allows": policy}}))
    found = report("--advice", "--select", "policy-action-unknown", str(path))["findings"]
    return [(one["level"], one["message"].rpartition("; ")[2]) for one in found]


@pytest.mark.parametrize(
    ("action", "level", "remedy"),
    [
        ("s3:DeleteObjects", "advice", "write s3:DeleteObject"),
        ("sqs:SendMessageBatch", "advice", "write sqs:SendMessage"),
        ("codebuild:PutJobSuccessResult", "error", "write codepipeline:PutJobSuccessResult if that is meant"),
        ("s3:CreateMultipartUpload", "advice", "write s3:PutObject"),
        ("lambda:invoke", "advice", "write lambda:InvokeFunction"),
        ("apigatewayv2:Create*", "error", "take the actions of apigateway from AWS's list"),
        ("apigatewayv2:*", "error", "write apigateway:*"),
        # Names that are alike, of which nobody knows which is meant.
        ("s3:PutObjectVersion", "advice", "compare it with AWS's list"),
        ("tag:UntagGetResources", "advice", "compare it with AWS's list"),
    ],
)
def test_what_to_write_is_no_guess(tmp_path: Path, action: str, level: str, remedy: str) -> None:
    assert told(tmp_path, action) == [(level, remedy)]


@pytest.mark.parametrize(
    "actions",
    [
        ("sqs:SendMessage", "sqs:SendMessageBatch"),
        ("sqs:Send*", "sqs:SendMessageBatch"),
        ("bedrock-agentcore:*", "bedrock-agentcore-control:*"),
    ],
)
def test_an_action_beside_the_one_that_is_meant_changes_nothing(tmp_path: Path, actions: tuple[str, ...]) -> None:
    assert told(tmp_path, *actions) == []


def test_what_is_no_service_is_told_once_in_a_policy(tmp_path: Path) -> None:
    assert len(told(tmp_path, "apigatewayv2:Get*", "apigatewayv2:Create*", "stepfunctions:StartExecution")) == 2
