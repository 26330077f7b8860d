"""What no longer applies, and what nobody can tell any more, is not mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.command import invoke, printed
from tests.comparing.test_against import changes
from tests.comparing.test_following import changed
from tests.comparing.test_reconsidering import FILTER, LATE, SELECT, TOPIC, told
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


KEY = 'resource "aws_kms_key" "news" {\n}\n'
LAPSED: dict[str, tuple[str, str, str]] = {
    "its cause is gone": (TOPIC, TOPIC.replace(LATE, ""), f"{FILTER} aws_sns_topic_subscription.late is gone"),
    "its cause is gone, and what came names something else of its name": (
        TOPIC + KEY,
        TOPIC.replace(LATE, "")
        + KEY
        + 'resource "aws_sns_topic" "more" {\n  kms_master_key_id = aws_kms_key.news.id\n}\n',
        f"{FILTER} aws_sns_topic_subscription.late is gone",
    ),
}


@pytest.mark.parametrize("way", LAPSED)
def test_what_ended_with_its_cause_is_not_mended(repository: Repository, way: str) -> None:
    before, after, expected = LAPSED[way]
    assert told({"main.tf": before}, {"main.tf": after}, repository, "--advice") == {"no_longer_applies": [expected]}
    shown = printed("lint", *SELECT, "--advice", "--against", "HEAD")
    assert (
        "no longer applies: main.tf:1: sqs-message-filter on aws_sns_topic.news (aws_sns_topic_subscription.l" in shown
    )
    assert "1 no longer applies against HEAD" in shown


def test_what_is_mended_is_mended(repository: Repository) -> None:
    filtered = TOPIC.replace(LATE, LATE.replace('"sqs"\n', '"sqs"\n  filter_policy = jsonencode({ k = ["v"] })\n'))
    assert told({"main.tf": TOPIC}, {"main.tf": filtered}, repository, "--advice") == {"mended": [FILTER]}


RULE = """\
Resources:
  Started:
    Type: AWS::Events::Rule
    Properties:
      State: {state}
      EventPattern: {{source: [aws.ec2]}}
      Targets: [{{Id: work, Arn: !GetAtt Work.Arn}}]
  Work: {{Type: AWS::Lambda::Function, Properties: {{TracingConfig: {{Mode: Active}}}}}}
"""


def test_what_is_switched_off_is_not_mended(repository: Repository) -> None:
    repository.commit({"t.yaml": RULE.format(state="ENABLED")})
    write(repository.path, {"t.yaml": RULE.format(state="DISABLED")})
    told = changes("--select", "events-dead-letter", "--advice", "--against", "HEAD")
    assert told == {"no_longer_applies": ["events-dead-letter Started State is DISABLED in Started"]}


EVENT = """\
resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "cron(0 4 15 * ? *)"
}
resource "aws_sfn_state_machine" "work" {
  definition = "{}"
}
"""
TARGET = """\
resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_sfn_state_machine.work.arn
  role_arn = "arn:aws:iam::123456789012:role/started"
}
"""
WITH_QUEUE = TARGET.replace("}\n", '  dead_letter_config {\n    arn = "arn:aws:sqs:eu-west-1:1:a"\n  }\n}\n').replace(
    '"work" {', '"dead" {'
)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"t.tf": "# None.\n"}, {"gone": ["part"]}),
        ({"t.tf": WITH_QUEUE}, {"mended": [""]}),
    ],
)
def test_a_part_that_stands_apart_takes_its_findings_with_it(
    repository: Repository, after: Mapping[str, str], expected: Mapping[str, Sequence[str]]
) -> None:
    repository.commit({"main.tf": EVENT + WITH_QUEUE.replace("dead", "other", 1), "t.tf": TARGET})
    write(repository.path, after)
    told = changes("--select", "events-dead-letter", "--advice", "--against", "HEAD")
    finding = "events-dead-letter aws_cloudwatch_event_rule.nightly"
    assert told == {kind: [f"{finding} {why}".rstrip() for why in whys] for kind, whys in expected.items()}


API = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      TracingEnabled: true
      DefinitionBody:
        Fn::Transform: {Name: AWS::Include, Parameters: {Location: api.yaml}}
"""
BODY = """\
openapi: 3.0.1
paths:
  /:
    post:
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri:
          Fn::Sub: arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/$FUNCTION/invocations
"""
ALIASED = """\
  Work:
    Type: AWS::Serverless::Function
    Properties:
      SnapStart: {ApplyOn: PublishedVersions}
      Handler: a.b
      Runtime: python3.13
      InlineCode: x
      Tracing: Active
      AutoPublishAlias: live
"""


def test_what_lacked_only_something_of_a_resource_that_is_gone_is_not_mended(repository: Repository) -> None:
    repository.commit({"t.yaml": API + ALIASED, "api.yaml": BODY.replace("$FUNCTION", "${Work.Arn}")})
    there = "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:common-Work"
    other = API.replace("live\n", "live\n      Description: by others\n", 1)
    write(repository.path, {"t.yaml": other, "api.yaml": BODY.replace("$FUNCTION", there)})
    told = changes("--select", "lambda-trigger-bypasses-alias", "--advice", "--against", "HEAD")
    assert told == {"no_longer_applies": ["lambda-trigger-bypasses-alias Api Work is gone"]}


def test_what_values_that_are_not_taken_any_more_had_hidden_is_not_comparable(repository: Repository) -> None:
    """A folder of values becomes a module of its own."""
    queue = """\
variable "wait" {
  default = 0
}
variable "environment" {}
resource "aws_sqs_queue" "q" {
  receive_wait_time_seconds = var.wait
}
"""
    repository.commit({"main.tf": queue, "live/live.tfvars": 'wait = 20\nenvironment = "live"\n'})
    assert changes("--select", "sqs-long-polling", "--advice", "--against", "HEAD") == {}
    write(repository.path, {"live/variables.tf": 'variable "environment" {}\nvariable "wait" {}\n'})
    told = changes("--select", "sqs-long-polling", "--advice", "--against", "HEAD")
    why = "it was judged with the values of live/live.tfvars at HEAD, and is not any more"
    assert told == {"not_comparable": [f"sqs-long-polling aws_sqs_queue.q {why}"]}


def test_what_a_new_resource_may_take_is_not_mended(repository: Repository) -> None:
    notified = """\
variable "bucket" {}
resource "aws_lambda_function" "work" {
  function_name = "work"
}
resource "aws_s3_bucket_notification" "made" {
  bucket = var.bucket
  lambda_function {
    lambda_function_arn = aws_lambda_function.work.arn
    events              = ["s3:ObjectCreated:*"]
  }
}
"""
    repository.commit({"main.tf": notified})
    write(repository.path, {"more.tf": 'resource "aws_s3_bucket" "inbox" {\n}\n'})
    told = changes("--select", "lambda-async-failure", "--advice", "--against", "HEAD")
    why = "what it depends on is not known any more"
    assert told == {"not_comparable": [f"lambda-async-failure aws_lambda_function.work {why}"]}


def test_what_is_mended_beside_a_new_resource_is_mended(repository: Repository) -> None:
    function = 'resource "aws_lambda_function" "work" {\n  function_name = "work"\n  timeout = 5\n'
    repository.commit({"main.tf": function + "}\n"})
    mended = function + '  tracing_config {\n    mode = "Active"\n  }\n}\n'
    write(repository.path, {"main.tf": mended, "more.tf": 'resource "aws_s3_bucket" "inbox" {\n}\n'})
    told = changes("--select", "xray-lambda-tracing", "--advice", "--against", "HEAD")
    assert told == {"mended": ["xray-lambda-tracing aws_lambda_function.work"]}


def test_a_distribution_of_terraform_can_be_compared(repository: Repository) -> None:
    site = 'resource "aws_cloudfront_distribution" "site" {\n  enabled = true\n  aliases = []\n}\n'
    repository.commit({"main.tf": site})
    write(repository.path, {"main.tf": site.replace("true", "false")})
    assert invoke("lint", "--against", "HEAD").exit_code == 0


def test_what_a_default_makes_none_of_is_not_gone(repository: Repository) -> None:
    queue = 'resource "aws_db_instance" "db" {\n  allocated_storage = 100\n  engine = "postgres"\n}\n'
    off = 'variable "has_db" {\n  default = false\n}\n' + queue.replace("{\n", "{\n  count = var.has_db ? 1 : 0\n", 1)
    repository.commit({"main.tf": queue})
    write(repository.path, {"main.tf": off})
    told = changes("--select", "rds-storage-autoscaling", "--advice", "--against", "HEAD")
    reason = "the default of a variable makes none of it now"
    assert told == {"no_longer_applies": [f"rds-storage-autoscaling aws_db_instance.db {reason}"]}


WARMED = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Shop:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: nodejs22.x
      CodeUri: src
      AutoPublishAlias: live
      Timeout: 60
      Events:
        Warm: {Type: Schedule, Properties: {Schedule: rate(5 minutes)}}
  Asks:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !GetAtt Shop.Arn
      Action: lambda:InvokeFunctionUrl
      Principal: "*"
      FunctionUrlAuthType: NONE
  Url:
    Type: AWS::Lambda::Url
    Properties: {AuthType: NONE, TargetFunctionArn: !GetAtt Shop.Arn}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - {Id: shop, DomainName: shop.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}
          - {Id: more, DomainName: !ImportValue more, CustomOriginConfig: {OriginProtocolPolicy: https-only}}
        DefaultCacheBehavior: {TargetOriginId: shop, ViewerProtocolPolicy: https-only, CachePolicyId: a}
"""
WARM = "      Events:\n        Warm: {Type: Schedule, Properties: {Schedule: rate(5 minutes)}}\n"
SHIFT = "lambda-alias-shift Shop"


def test_what_ended_with_the_only_event_of_a_function_no_longer_applies(repository: Repository) -> None:
    """What is not known of a list of another resource was not known before either."""
    options = ("--advice", "--select", "lambda-alias-shift")
    after = {"t.yaml": WARMED.replace(WARM, "")}
    ended = {"no_longer_applies": [f"{SHIFT} event Warm of Shop is gone"]}
    assert changed(repository, {"t.yaml": WARMED}, after, *options) == ended


def test_what_may_have_ended_with_something_else_than_an_event_is_not_laid_to_that(repository: Repository) -> None:
    options = ("--advice", "--select", "lambda-alias-shift")
    after = WARMED.replace(WARM, "      DeploymentPreference: {Type: AllAtOnce}\n")
    told = changed(repository, {"t.yaml": WARMED}, {"t.yaml": after}, *options)
    assert "event Warm" not in str(told.get("no_longer_applies"))


def test_a_text_with_a_gap_that_was_written_rightly_is_mended(repository: Repository) -> None:
    """The name of the stack is not known at either time."""
    template = "Resources:\n  Pay:\n    Type: AWS::Lambda::Function\n    Properties: {{FunctionName: !Sub '{}'}}\n"
    before, after = (template.format(f"${{AWS::StackName}}{blank}-pay") for blank in (" ", ""))
    repository.commit({"t.yaml": before})
    write(repository.path, {"t.yaml": after})
    assert changes("--select", "stack-name-refused", "--against", "HEAD") == {"mended": ["stack-name-refused Pay"]}
