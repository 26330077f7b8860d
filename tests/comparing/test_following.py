"""What moves stays the same: a finding follows its resource under another name, in another module or template."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed
from tests.comparing.test_against import POLLING, SHORT, changes
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]

NAMED = SHORT.replace("    Properties:\n", "    Properties:\n      QueueName: orders\n")
DEAD = "jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def alarms(name: str, count: int = 24) -> str:
    """A template with alarms without actions, whose names begin with a word."""
    return "Resources:\n" + "".join(
        f"""\
  {name}{number}:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: {name}-{number}
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{{Name: QueueName, Value: queue-{number}}}]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: {number + 1}
      Threshold: {number}
      ComparisonOperator: GreaterThanThreshold
"""
        for number in range(count)
    )


def queue(name: str, arguments: str = "") -> str:
    return f"""\
resource "aws_sqs_queue" "{name}" {{
  redrive_policy             = {DEAD}
  visibility_timeout_seconds = 240
{arguments}}}
"""


FAILED = 'resource "aws_sqs_queue" "failed" {\n  receive_wait_time_seconds = 20\n}\n'
MAIN = queue("orders") + FAILED
CALL = 'module "queues" {\n  source = "./queues"\n  dead = aws_sqs_queue.failed.arn\n}\n'
INSIDE = queue("orders").replace("aws_sqs_queue.failed.arn", "var.dead") + 'variable "dead" {}\n'
TERRAFORM = "sqs-long-polling aws_sqs_queue.{}"

SAME: dict[str, tuple[Mapping[str, str | None], Mapping[str, str | None], str]] = {
    "another logical id": (
        {"q.yaml": NAMED},
        {"q.yaml": NAMED.replace("Orders", "Received")},
        "sqs-long-polling Received",
    ),
    "another logical id and name": (
        {"q.yaml": NAMED},
        {"q.yaml": NAMED.replace("Orders", "OrdersQueue").replace("orders", "received")},
        "sqs-long-polling OrdersQueue",
    ),
    "another file, which git was not told": ({"q.yaml": SHORT}, {"q.yaml": None, "orders.yaml": SHORT}, POLLING),
    "another file that was there": (
        {"q.yaml": SHORT, "all.yaml": alarms("A", 1)},
        {"q.yaml": None, "all.yaml": alarms("A", 1) + SHORT.partition("\n")[2]},
        POLLING,
    ),
    "another name of a block": (
        {"main.tf": MAIN},
        {"main.tf": MAIN.replace("orders", "received_orders")},
        TERRAFORM.format("received_orders"),
    ),
    "into a module without a moved block": (
        {"main.tf": MAIN},
        {"main.tf": FAILED + CALL, "queues/main.tf": INSIDE},
        "sqs-long-polling module.queues.aws_sqs_queue.orders",
    ),
    "out of a module": (
        {"main.tf": FAILED + CALL, "queues/main.tf": INSIDE},
        {"main.tf": MAIN, "queues/main.tf": None},
        TERRAFORM.format("orders"),
    ),
    "another call of the module": (
        {"main.tf": FAILED + CALL, "queues/main.tf": INSIDE},
        {"main.tf": FAILED + CALL.replace('"queues"', '"orders_queues"')},
        "sqs-long-polling module.orders_queues.aws_sqs_queue.orders",
    ),
    "another call of a module that is written anew": (
        {"main.tf": FAILED + CALL, "queues/main.tf": INSIDE},
        {
            "main.tf": FAILED + CALL.replace('"queues"', '"orders_queues"'),
            "queues/main.tf": 'variable "dead" {}\nresource "aws_sqs_queue" "orders" {\n'
            '  message_retention_seconds = 1209600\n  kms_master_key_id = "alias/aws/sqs"\n'
            '  redrive_policy = "{\\"maxReceiveCount\\":3,\\"deadLetterTargetArn\\":\\"${var.dead}\\"}"\n}\n',
        },
        "sqs-long-polling module.orders_queues.aws_sqs_queue.orders",
    ),
    "another folder, where only a part has moved": (
        {"a/main.tf": MAIN, "a/backend.tf": 'terraform {\n  backend "s3" {}\n}\n'},
        {"a/main.tf": None, "b/main.tf": MAIN, "b/backend.tf": 'terraform {\n  backend "gcs" {}\n}\n'},
        TERRAFORM.format("orders"),
    ),
}


def changed(
    repository: Repository, before: Mapping[str, Any], after: Mapping[str, Any], *options: str
) -> dict[str, Any]:
    """What changes by writing other files; a file without contents is removed."""
    repository.commit(before)
    for name, text in after.items():
        if text is None:
            (repository.path / name).unlink()
        else:
            write(repository.path, {name: text})
    return changes("--select", "sqs-long-polling,alarm-without-action", *options, "--against", "HEAD")


@pytest.mark.parametrize("way", SAME)
def test_what_is_called_otherwise_or_is_elsewhere_is_as_before(repository: Repository, way: str) -> None:
    before, after, followed = SAME[way]
    told = changed(repository, before, after)
    assert {*told} <= {"followed", "unchanged"}, told
    assert followed in told["followed"]
    assert invoke("lint", "--against", "HEAD", "--select", "sqs-long-polling").exit_code == 0


@pytest.mark.parametrize("way", SAME)
def test_the_gate_takes_nothing_for_the_same_that_only_looks_alike(repository: Repository, way: str) -> None:
    before, after, finding = SAME[way]
    told = changed(repository, before, after, "--gate")
    assert "followed" not in told
    is_at_its_place = {*told} == {"unchanged"}
    assert is_at_its_place or finding in told["new"], "what stands at the same place is the same for the gate too"


def test_many_that_are_alike_are_each_followed_to_the_one_of_its_own(repository: Repository) -> None:
    told = changed(repository, {"a.yaml": alarms("Old")}, {"a.yaml": alarms("New")})
    names = [f"alarm-without-action New{number}" for number in range(24)]
    assert (told["unchanged"], sorted(told["followed"])) == (24, sorted(names))
    shown = printed("lint", "--select", "alarm-without-action", "--against", "HEAD", "--verbose")
    assert "as before: a.yaml:230: alarm-without-action on New19 (was Old19 in a.yaml; by likeness)\n" in shown
    assert "note: 24 findings of HEAD count as before, as their resources are alike and called otherwise" in shown
    assert "(was Old0)" in shown


NOT_SAME: dict[str, tuple[Mapping[str, str | None], Mapping[str, str | None], dict[str, Any]]] = {
    "a copy": (
        {"main.tf": MAIN},
        {"main.tf": MAIN + queue("copied")},
        {"new": [TERRAFORM.format("copied")], "unchanged": 1},
    ),
    "another one beside a renamed one": (
        {"a.yaml": alarms("Old", 3)},
        {"a.yaml": alarms("New", 4)},
        {
            "new": ["alarm-without-action New3"],
            "followed": [f"alarm-without-action New{number}" for number in range(3)],
            "unchanged": 3,
        },
    ),
    "one that is written otherwise": (
        {"a.yaml": alarms("Old", 1)},
        {
            "a.yaml": alarms("Cpu", 1)
            .replace("AWS/SQS", "AWS/RDS")
            .replace("ApproximateNumberOfMessagesVisible", "CPUUtilization")
            .replace("Name: QueueName, Value: queue-0", "Name: DBInstanceIdentifier, Value: db")
            .replace("Sum", "Average")
            .replace("60", "300")
        },
        {"new": ["alarm-without-action Cpu0"], "gone": ["alarm-without-action Old0 resource"]},
    ),
    "one of which hardly anything is written": (
        {"q.yaml": "Resources: {Orders: {Type: AWS::SQS::Queue}}\n"},
        {"q.yaml": "Resources: {Bills: {Type: AWS::SQS::Queue}}\n"},
        {"new": ["sqs-long-polling Bills"], "gone": [f"{POLLING} resource"]},
    ),
    "renamed and mended": (
        {"main.tf": MAIN},
        {"main.tf": queue("received_orders", "  receive_wait_time_seconds = 20\n") + FAILED},
        {"mended": [TERRAFORM.format("orders")]},
    ),
    "renamed and suppressed": (
        {"main.tf": MAIN},
        {
            "main.tf": "# awslint-memo: ignore[sqs-long-polling] drained\n" + queue("received_orders") + FAILED,
        },
        {"suppressed": [TERRAFORM.format("received_orders")]},
    ),
}


@pytest.mark.parametrize("way", NOT_SAME)
def test_what_is_another_one_is_new(repository: Repository, way: str) -> None:
    before, after, expected = NOT_SAME[way]
    assert changed(repository, before, after) == expected


def test_what_one_finding_tells_of_several_resources_moves_with_most_of_them(repository: Repository) -> None:
    functions = "".join(
        f'resource "aws_lambda_function" "{name}" {{\n  function_name = "{name}"\n  timeout = 5\n}}\n'
        for name in ("one", "two", "three")
    )
    repository.commit({"a/main.tf": functions, "a/o.tf": 'output "x" {\n  value = 1\n}\n', "b/o.tf": "# None.\n"})
    (repository.path / "a" / "main.tf").unlink()
    (repository.path / "a" / "o.tf").unlink()
    write(repository.path, {"b/main.tf": functions})
    told = changes("--select", "xray-lambda-tracing", "--advice", "--against", "HEAD")
    assert ({*told}, told["unchanged"]) == ({"followed", "unchanged"}, 1)


def test_a_route_that_names_another_resource_follows_its_name(repository: Repository) -> None:
    """A finding may stand at a value of another resource than the one that it is about."""
    topic = """\
resource "aws_sns_topic" "news" {
}
resource "aws_sqs_queue" "news" {
  receive_wait_time_seconds = 20
}
resource "aws_sqs_queue" "late_news" {
  receive_wait_time_seconds = 20
}
resource "aws_sns_topic_subscription" "late" {
  topic_arn = aws_sns_topic.news.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.late_news.arn
}
resource "aws_sqs_queue_policy" "allowed" {
  queue_url = aws_sqs_queue.late_news.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow", Principal = { Service = "s3.amazonaws.com" }, Action = "sqs:SendMessage"
      Resource = aws_sqs_queue.late_news.arn
    }]
  })
}
"""
    repository.commit({"main.tf": topic})
    write(repository.path, {"main.tf": topic.replace('"allowed"', '"senders_allowed"')})
    told = changes("--select", "delivery-not-allowed", "--against", "HEAD")
    assert told == {"followed": ["delivery-not-allowed aws_sqs_queue.late_news"], "unchanged": 1}


def test_a_stage_that_a_transform_made_is_the_same_when_it_is_written_out(repository: Repository) -> None:
    common = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties: {Tracing: Active, Runtime: python3.13, Handler: a.b, InlineCode: x}
"""
    body = """{paths: {/: {get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: !Sub
        'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations'}}}}}"""
    made_ = f"  Api: {{Type: AWS::Serverless::Api, Properties: {{StageName: live, DefinitionBody: {body}}}}}\n"
    written = f"""\
  Api: {{Type: AWS::ApiGateway::RestApi, Properties: {{Body: {body}}}}}
  Deployed: {{Type: AWS::ApiGateway::Deployment, Properties: {{RestApiId: !Ref Api}}}}
  Live:
    Type: AWS::ApiGateway::Stage
    Properties: {{RestApiId: !Ref Api, DeploymentId: !Ref Deployed, StageName: live}}
"""
    for before, after, name in ((made_, written, "Live"), (written, made_, "Api")):
        repository.commit({"t.yaml": common + before})
        write(repository.path, {"t.yaml": common + after})
        told = changes("--select", "xray-apigateway-tracing", "--advice", "--against", "HEAD")
        assert told == {"followed": [f"xray-apigateway-tracing {name}"], "unchanged": 1}


def test_each_call_of_a_module_is_followed_by_itself(repository: Repository) -> None:
    """What stands at the same place in the same file is told apart by its call."""
    names = ("live", "spare")
    calls = "".join(CALL.replace('"queues"', f'"{name}"') for name in names)
    stack = 'variable "dead" {}\nmodule "queues" {\n  source = "../queues"\n  dead = var.dead\n}\n'
    repository.commit({"main.tf": FAILED + calls, "queues/main.tf": INSIDE})
    write(repository.path, {"main.tf": FAILED + calls.replace("./queues", "./stack"), "stack/main.tf": stack})
    told = changes("--select", "sqs-long-polling", "--against", "HEAD")
    assert {*told} == {"followed", "unchanged"}
    assert {f"sqs-long-polling module.{name}.module.queues.aws_sqs_queue.orders" for name in names} <= {
        *told["followed"]
    }
