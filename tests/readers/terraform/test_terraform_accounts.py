"""What stands in another account, by the role that its provider assumes, changes nothing of what a name finds here."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke, report
from tests.readers.workspace import write
from tests.repositories import made, needs_git

PROVIDERS = """
provider "aws" {
  region = "eu-west-1"
%s}
provider "aws" {
  alias  = "other"
  region = "eu-west-1"
%s}
"""
QUEUES = """
resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = 60
}
resource "aws_sqs_queue_redrive_policy" "orders" {
  provider       = aws.other
  queue_url      = aws_sqs_queue.orders.id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}
resource "aws_sqs_queue" "failed" {
  name                      = "failed"
  message_retention_seconds = 1209600
}
resource "aws_lambda_function" "work" { timeout = 10 }
resource "aws_lambda_event_source_mapping" "work" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.work.arn
}
resource "aws_cloudwatch_metric_alarm" "failed" {
  provider            = aws.other
  alarm_name          = "failed"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.failed.name }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  period              = 60
  statistic           = "Maximum"
  alarm_actions       = ["arn:aws:sns:eu-west-1:444455556666:page"]
}
"""
HERE = '  assume_role { role_arn = "arn:aws:iam::111122223333:role/deploy" }\n'
THERE = '  assume_role { role_arn = "arn:aws:iam::444455556666:role/deploy" }\n'
VARIABLE = "  assume_role { role_arn = var.role }\n"


@pytest.mark.parametrize(
    ("usual", "other", "is_found"),
    [
        (HERE, THERE, True),
        (HERE, HERE, False),
        ("", "", False),
        (VARIABLE, VARIABLE, False),
        # One account or two: nobody knows.
        ("", THERE, False),
        (HERE, VARIABLE, False),
        ("", '  profile = "other"\n', False),
    ],
)
def test_what_stands_in_another_account_mends_nothing(tmp_path: Path, usual: str, other: str, is_found: bool) -> None:
    write(tmp_path, {"main.tf": 'variable "role" {}\n' + PROVIDERS % (usual, other) + QUEUES})
    rules = {one["rule"] for one in report("--advice", str(tmp_path))["findings"]}
    assert ("sqs-dead-letter-queue" in rules) is is_found
    assert ("sqs-dead-letter-alarm" in rules) is is_found


def test_the_account_of_a_provider_passes_through_calls(tmp_path: Path) -> None:
    calls = 'module "one" {\n  source = "./m"\n  providers = { aws.other = aws.other }\n}\n'
    needs = "terraform {\n  required_providers {\n    aws = { configuration_aliases = [aws.other] }\n  }\n}\n"
    write(tmp_path, {"main.tf": PROVIDERS % (HERE, THERE) + calls, "m/main.tf": needs + QUEUES})
    assert "sqs-dead-letter-queue" in {one["rule"] for one in report(str(tmp_path))["findings"]}


@needs_git
def test_what_a_doubtful_account_mends_shuts_the_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    top = 'variable "role" {}\n' + PROVIDERS % (HERE, VARIABLE)
    queue, policy = QUEUES.split('resource "aws_sqs_queue_redrive_policy"')
    _, rest = policy.split("}\n", 1)
    repository = made(tmp_path)
    repository.commit({"main.tf": top + queue + rest})
    write(tmp_path, {"main.tf": top + QUEUES})
    assert invoke("lint", "--gate", "--against", "HEAD").exit_code == 1


REGIONS = """
variable "region" {}
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "other"
  region = %s
}
"""
TABLE = """
resource "aws_dynamodb_table" "t" {
  name           = "t"
  read_capacity  = 1
  write_capacity = 1
  hash_key       = "a"
}
"""
SCALED = """
resource "aws_appautoscaling_target" "{0}" {{
  provider           = aws.other
  min_capacity       = 1
  max_capacity       = 10
  resource_id        = {1}
  scalable_dimension = "dynamodb:table:{0}CapacityUnits"
  service_namespace  = "dynamodb"
}}
"""
LINKED, WRITTEN = '"table/${aws_dynamodb_table.t.name}"', '"table/t"'


def scaled(name: str) -> str:
    return SCALED.format("Read", name) + SCALED.format("Write", name)


@pytest.mark.parametrize(("region", "is_found"), [('"eu-west-1"', False), ('"us-east-1"', True), ("var.region", False)])
def test_what_stands_in_another_region_mends_nothing(tmp_path: Path, region: str, is_found: bool) -> None:
    for name in (LINKED, WRITTEN):
        write(tmp_path, {"main.tf": REGIONS % region + QUEUES + TABLE + scaled(name)})
        rules = {one["rule"] for one in report("--advice", str(tmp_path))["findings"]}
        assert ("sqs-dead-letter-queue" in rules) is is_found
        assert ("sqs-dead-letter-alarm" in rules) is is_found
        assert ("dynamodb-capacity-scaling" in rules) is is_found


ALARM = "resource" + QUEUES.rpartition("resource")[2]
"""The alarm alone."""


@needs_git
@pytest.mark.parametrize("providers", [REGIONS % "var.region", PROVIDERS % (HERE, VARIABLE)])
@pytest.mark.parametrize(
    ("rule", "mending"),
    [
        ("sqs-dead-letter-alarm", ALARM),
        ("sqs-dead-letter-alarm", ALARM.replace("aws_sqs_queue.failed.name", '"failed"')),
        ("dynamodb-capacity-scaling", scaled(LINKED)),
        ("dynamodb-capacity-scaling", scaled(WRITTEN)),
    ],
)
def test_what_is_in_a_doubtful_place_shuts_the_gate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, providers: str, rule: str, mending: str
) -> None:
    monkeypatch.chdir(tmp_path)
    queues = QUEUES.removesuffix(ALARM).replace("  provider       = aws.other\n", "")
    top = 'variable "role" {}\n' + providers + queues + TABLE
    made(tmp_path).commit({"main.tf": top})
    gate = ("--gate", "--against", "HEAD", "--fail-on", "advice", "--select", rule)
    for usual in (True, False):
        provider = ("provider           = aws.other\n", "provider            = aws.other\n")
        more = mending.replace(provider[0], "").replace(provider[1], "") if usual else mending
        write(tmp_path, {"more.tf": more})
        result = invoke("lint", *gate)
        assert (result.exit_code, "mended:" in result.output) == ((0, True) if usual else (1, False)), result.output
