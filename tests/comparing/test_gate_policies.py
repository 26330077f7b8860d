"""A policy that does not let what it seems to let mends nothing: the gate stays shut, by the finding or as it can't be
told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

DELIVERY = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "other"
  region = "us-east-1"
}
provider "aws" {
  alias = "default"
}
resource "aws_sns_topic" "t" {
  name = "t"
}
resource "aws_sqs_queue" "q" {
  name                      = "q-dlq"
  receive_wait_time_seconds = 20
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.t.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.q.arn
}
"""
QUEUE_POLICY = """\
resource "aws_sqs_queue_policy" "p" {{
  {more}
  queue_url = {queue}
  policy    = {call}({{
    Version   = "{version}"
    Statement = [{{
      Effect    = "Allow"
      Principal = {{ Service = {service} }}
      Action    = "{action}"
      Resource  = {resource}
      {condition}
    }}]
  }})
}}
"""
POLICY = {
    "more": "",
    "queue": "aws_sqs_queue.q.id",
    "call": "jsonencode",
    "version": "2012-10-17",
    "service": '"sns.amazonaws.com"',
    "action": "sqs:SendMessage",
    "resource": "aws_sqs_queue.q.arn",
    "condition": "",
}


def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, name: str = "main.tf") -> str:
    """What the gate prints when a file is changed, with all rules locked."""
    repository, policy = tmp_path / "repository", tmp_path / "policy.yaml"
    policy.write_text('policy: {locked: ["*"]}\n')
    made(repository).commit({name: before})
    monkeypatch.chdir(repository)
    write(repository, {name: after})
    return invoke("lint", "--against", "HEAD", "--policy", str(policy)).output


@pytest.mark.parametrize(
    ("changes", "is_mended"),
    [
        ({}, True),
        ({"resource": "aws_sqs_queue.q.url"}, False),
        ({"resource": "aws_sqs_queue.q.id"}, False),
        ({"resource": "aws_sqs_queue.q.name"}, False),
        ({"resource": '"${aws_sqs_queue.q.arn}:x"'}, False),
        ({"resource": '["${aws_sqs_queue.q.arn}:*", aws_sqs_queue.q.arn]'}, True),
        ({"condition": 'Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.t.arn } }'}, True),
        ({"condition": 'Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.t.name } }'}, False),
        ({"condition": 'Condition = { ArnLike = { "aws:SourceArn" = "${aws_sns_topic.t.arn}:*" } }'}, False),
        ({"version": "2008-10-17"}, True),
        ({"version": "2012-10-18"}, False),
        ({"call": "yamlencode"}, False),
        ({"resource": "jsonencode([aws_sqs_queue.q.arn])"}, False),
        ({"resource": "[jsonencode([aws_sqs_queue.q.arn])]"}, False),
        ({"resource": "jsondecode(jsonencode([aws_sqs_queue.q.arn]))"}, True),
        ({"service": 'jsonencode(["sns.amazonaws.com"])'}, False),
        ({"action": "*:SendMessage"}, False),
        ({"action": "SQS:Send*"}, True),
        ({"queue": "aws_sqs_queue.q.url"}, True),
        ({"queue": "aws_sqs_queue.q.name"}, False),
        ({"service": '["sns.amazonaws.com", "s3.amazonaws.com"]'}, True),
        ({"service": '["sns.amazonaws.com", ""]'}, False),
        ({"more": "provider = aws.other"}, False),
        ({"more": "provider = aws.default"}, False),
        ({"more": 'region = "us-east-1"'}, False),
        ({"more": 'region = "eu-west-1"'}, True),
    ],
)
def test_a_policy_that_does_not_let_a_service_send(
    changes: dict[str, str], is_mended: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = QUEUE_POLICY.format(**{**POLICY, **changes})
    printed = gate(tmp_path, monkeypatch, DELIVERY, DELIVERY + policy)
    assert ("mended: main.tf" in printed and "error[" not in printed) is is_mended, printed


MAPPING = """\
resource "aws_iam_role" "r" {{
  assume_role_policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "lambda.amazonaws.com" }} }}]
  }})
  {role}
}}
resource "aws_iam_role" "other" {{
  assume_role_policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "lambda.amazonaws.com" }} }}]
  }})
}}
resource "aws_iam_role_policy" "logs" {{
  role   = aws_iam_role.r.name
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "logs:*", Resource = "*" }}]
  }})
}}
resource "aws_lambda_function" "f" {{
  function_name = "f"
  role          = aws_iam_role.r.arn
  runtime       = "python3.12"
  handler       = "a.b"
  filename      = "x.zip"
  timeout       = 3
}}
resource "aws_sqs_queue" "q" {{
  name                       = "q-dlq"
  receive_wait_time_seconds  = 20
  visibility_timeout_seconds = 60
  {queue}
}}
resource "aws_lambda_event_source_mapping" "m" {{
  function_name    = aws_lambda_function.f.arn
  event_source_arn = aws_sqs_queue.q.arn
}}
{more}
"""
ROLE_POLICY = """\
resource "aws_iam_role_policy" "x" {{
  {role}
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sqs:*", Resource = {resource} {more} }}]
  }})
}}
"""
ATTACHED = """\
resource "aws_iam_role_policy_attachment" "a" {{
  role       = aws_iam_role.r.name
  policy_arn = "{}"
}}
"""
LISTED = """\
resource "aws_iam_role_policies_exclusive" "x" {
  role_name    = aws_iam_role.r.name
  policy_names = ["x"]
}
"""
OTHER_POLICY = """\
resource "aws_iam_role_policy" "other" {{
  name   = "{}"
  role   = aws_iam_role.r.name
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "logs:*", Resource = "*" }}]
  }})
}}
"""
INLINE = """\
inline_policy {
    name   = "x"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "logs:*", Resource = "*" }]
    })
  }
"""
OF_ROLE = "role = aws_iam_role.r.name"
QUEUE_ARN = "aws_sqs_queue.q.arn"
NAMED = ROLE_POLICY.format(role=f'name = "x"\n  {OF_ROLE}', resource=QUEUE_ARN, more="")
PARTITION = 'data "aws_partition" "p" {}\n'
MANAGED = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"
OF_PARTITION = MANAGED.replace("arn:aws:", "arn:${data.aws_partition.p.partition}:")


def queue_policy(principal: str, more: str = 'Action = "sqs:*"') -> str:
    statement = f'Effect = "Allow", Principal = {principal}, Resource = "*", {more}'
    return f'policy = jsonencode({{ Version = "2012-10-17", Statement = [{{ {statement} }}] }})'


@pytest.mark.parametrize(
    ("changes", "is_mended"),
    [
        ({"queue": queue_policy("{ AWS = aws_iam_role.r.arn }")}, True),
        ({"queue": queue_policy("{ AWS = [aws_iam_role.other.arn, aws_iam_role.r.arn] }")}, True),
        ({"queue": queue_policy('"*"')}, True),
        ({"queue": queue_policy("{ AWS = aws_iam_role.other.arn }")}, False),
        ({"queue": queue_policy('{ Service = "s3.amazonaws.com" }', 'Action = "sqs:SendMessage"')}, False),
        ({"queue": queue_policy('{ Service = "lambda.amazonaws.com" }')}, False),
        ({"queue": queue_policy("{ AWS = aws_iam_role.r.arn }", 'Action = "sqs:SendMessage"')}, False),
        ({"queue": queue_policy('{ AWS = "arn:aws:iam::123456789012:root" }')}, False),
        ({"more": ROLE_POLICY.format(role=OF_ROLE, resource=QUEUE_ARN, more="")}, True),
        ({"more": ROLE_POLICY.format(role=OF_ROLE, resource='"${aws_sqs_queue.q.arn}:x"', more="")}, False),
        ({"more": NAMED + OTHER_POLICY.format("y")}, True),
        ({"more": NAMED + OTHER_POLICY.format("x")}, False),
        ({"more": NAMED + OTHER_POLICY.format("X")}, False),
        ({"more": NAMED + OTHER_POLICY.format("${aws_lambda_function.f.runtime}")}, True),
        ({"more": NAMED + LISTED + OTHER_POLICY.format("y")}, True),
        ({"more": NAMED + LISTED + OTHER_POLICY.format("x")}, False),
        ({"more": NAMED, "role": INLINE}, False),
        (
            {
                "more": ATTACHED.format(MANAGED)
                + OTHER_POLICY.format("x")
                + OTHER_POLICY.format("x").replace("other", "more")
            },
            True,
        ),
        ({"more": ATTACHED.format(MANAGED)}, True),
        ({"more": ROLE_POLICY.format(role=OF_ROLE, resource=QUEUE_ARN, more=""), "role": "inline_policy {}"}, False),
        ({"more": ROLE_POLICY.format(role=OF_ROLE, resource=QUEUE_ARN, more=', Principal = "*"')}, False),
        ({"more": ROLE_POLICY.format(role="role = aws_iam_role.r.id", resource=QUEUE_ARN, more="")}, True),
        ({"more": ROLE_POLICY.format(role="role = aws_iam_role.r.arn", resource=QUEUE_ARN, more="")}, False),
        ({"more": ROLE_POLICY.format(role="role = aws_iam_role.r.unique_id", resource=QUEUE_ARN, more="")}, False),
        ({"more": ATTACHED.format(MANAGED.replace("service-role/", ""))}, False),
        ({"more": ATTACHED.format(MANAGED), "role": "managed_policy_arns = []"}, False),
        ({"more": ATTACHED.format(MANAGED), "role": "inline_policy {}"}, True),
        ({"more": ATTACHED.format(MANAGED), "role": "managed_policy_arns = null"}, True),
        ({"role": f'managed_policy_arns = ["{MANAGED}"]'}, True),
        ({"more": ATTACHED.format(MANAGED.replace("arn:aws:", "arn:aws-cn:"))}, False),
        ({"more": ATTACHED.format(MANAGED.replace("arn:aws:", "arn:aws-us-gov:"))}, False),
        ({"more": ATTACHED.format(MANAGED.replace("arn:aws:", "arn:amazon:"))}, False),
        ({"more": ATTACHED.format(MANAGED.replace("arn:aws:iam::", "arn:aws:iam:eu-west-1:"))}, False),
        (
            {
                "more": ATTACHED.format(MANAGED.replace("arn:aws:", "arn:${data.aws_partition.p.partition}:"))
                + PARTITION
            },
            True,
        ),
    ],
)
def test_a_policy_that_does_not_let_a_role_read(
    changes: dict[str, str], is_mended: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"role": "", "queue": "", "more": ""}
    printed = gate(tmp_path, monkeypatch, MAPPING.format(**parts), MAPPING.format(**{**parts, **changes}))
    assert ("mended: main.tf" in printed and "error[" not in printed) is is_mended, printed


READING = """\
Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}]
      Policies:
        - PolicyName: logs
          PolicyDocument: {Statement: [{Effect: Allow, Action: "logs:*", Resource: "*"}]}
  F:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: a.b, Role: !GetAtt R.Arn, Timeout: 3, Code: {S3Bucket: b, S3Key: k}}
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q-dlq, ReceiveMessageWaitTimeSeconds: 20, VisibilityTimeout: 60}}
  M: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref F, EventSourceArn: !GetAtt Q.Arn}}
"""
OF_IAM = """\
  {0}:
    Type: AWS::IAM::{1}
    Properties:
      PolicyName: {2}
      {3}
      PolicyDocument: {{Statement: [{{Effect: Allow, Action: "{4}:*", Resource: "*"}}]}}
"""
ROLES, ROLE_NAME = "Roles: [!Ref R]", "RoleName: !Ref R"


@pytest.mark.parametrize(
    ("more", "is_mended"),
    [
        (OF_IAM.format("A", "Policy", "a", ROLES, "sqs"), True),
        (OF_IAM.format("A", "Policy", "a", "Roles: [!Ref R, !Ref R]", "sqs"), True),
        (OF_IAM.format("A", "Policy", "logs", ROLES, "sqs"), False),
        (OF_IAM.format("A", "RolePolicy", "logs", ROLE_NAME, "sqs"), False),
        (OF_IAM.format("A", "Policy", "a", ROLES, "sqs") + OF_IAM.format("B", "Policy", "b", ROLES, "logs"), True),
        (OF_IAM.format("A", "Policy", "a", ROLES, "sqs") + OF_IAM.format("B", "Policy", "a", ROLES, "logs"), False),
        (
            OF_IAM.format("A", "Policy", "a", ROLES, "sqs") + OF_IAM.format("B", "RolePolicy", "a", ROLE_NAME, "logs"),
            False,
        ),
        (
            OF_IAM.format("A", "Policy", "!Sub '${F}-a'", ROLES, "sqs")
            + OF_IAM.format("B", "Policy", "!Sub '${F}-a'", ROLES, "logs"),
            False,
        ),
    ],
)
def test_one_of_two_policies_of_a_name_lets_nobody_read(
    more: str, is_mended: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = gate(tmp_path, monkeypatch, READING, READING + more, "a.yaml")
    assert ("mended: a.yaml" in printed and "error[" not in printed) is is_mended, printed


@pytest.mark.parametrize(
    ("region", "partition", "is_mended"),
    [
        ("eu-west-1", "aws", True),
        ("eu-west-1", "aws-cn", False),
        ("cn-north-1", "aws-cn", True),
        ("cn-north-1", "aws", False),
        ("us-gov-west-1", "aws-us-gov", True),
        ("us-gov-west-1", "aws-cn", False),
    ],
)
def test_a_policy_of_another_partition_lets_nobody_read(
    region: str, partition: str, is_mended: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = f'provider "aws" {{\n  region = "{region}"\n}}\n' + MAPPING.format(role="", queue="", more="")
    after = before + ATTACHED.format(MANAGED.replace("arn:aws:", f"arn:{partition}:"))
    printed = gate(tmp_path, monkeypatch, before, after)
    assert ("mended: main.tf" in printed and "error[" not in printed) is is_mended, printed


@pytest.mark.parametrize(
    "refused",
    [
        ROLE_POLICY.format(role=OF_ROLE, resource=QUEUE_ARN, more=', Principal = "*"'),
        ROLE_POLICY.format(role="role = aws_iam_role.r.arn", resource=QUEUE_ARN, more=""),
        ROLE_POLICY.format(role=OF_ROLE, resource=QUEUE_ARN, more="").replace("2012-10-17", "2012-10-18"),
    ],
)
def test_a_refused_policy_of_a_role_is_the_only_cause_that_is_told(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"role": "", "queue": "", "more": ""}
    printed = gate(tmp_path, monkeypatch, MAPPING.format(**parts), MAPPING.format(**{**parts, "more": refused}))
    assert "error[policy-refused]" in printed, printed
    assert "error[lambda-mapping-role]" not in printed, printed
    assert "can't be told" in printed, printed


FUNCTION = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "other"
  region = "us-east-1"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/f"
}
resource "aws_cloudwatch_event_rule" "r" {
  name                = "r"
  schedule_expression = "rate(1 day)"
}
resource "aws_cloudwatch_event_target" "r" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = aws_lambda_function.f.arn
}
"""
PERMISSION = """\
resource "aws_lambda_permission" "p" {{
  {}
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.r.arn
}}
"""


@pytest.mark.parametrize(
    ("more", "is_mended"),
    [
        ("", True),
        ('source_account = "123456789012"', True),
        ('source_account = "000000000000"', False),
        ('source_account = "999999999999"', False),
        ('function_url_auth_type = "NONE"', False),
        ("provider = aws.other", False),
        ('region = "us-east-1"', False),
    ],
)
def test_a_permission_that_does_not_let_a_rule_invoke(
    more: str, is_mended: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = gate(tmp_path, monkeypatch, FUNCTION, FUNCTION + PERMISSION.format(more))
    assert ("mended: main.tf" in printed and "error[" not in printed) is is_mended, printed
