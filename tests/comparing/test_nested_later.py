"""A template or module that begins or ends to be nested or called has the same resources, however they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.comparing.test_following import changed
from tests.repositories import Repository, made, needs_git

from awslint_memo.comparing import function_events
from awslint_memo.comparing.written_parts import properties_of
from awslint_memo.judging.traits import Trait

pytestmark = needs_git

SELECT = ("--select", "lambda-runtime-retired,dynamodb-point-in-time-recovery")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def functions(*names: str) -> str:
    """A template with functions, each with its own runtime."""
    return "Resources:\n" + "".join(
        f"""\
  {name}:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub "${{AWS::StackName}}-{name}"
      Description: works on {name} day by day
      Handler: {name}.handler
      Runtime: python3.6
      MemorySize: 1024
      Timeout: 300
      Role: !GetAtt Role.Arn
      Code: {{S3Bucket: !Ref Bucket, S3Key: !Ref Key}}
"""
        for name in names
    )


def serverless(*names: str) -> str:
    """The same functions of SAM, with what they share in one place."""
    return (
        "Transform: AWS::Serverless-2016-10-31\n"
        "Globals: {Function: {Runtime: python3.6, Timeout: 300, MemorySize: 1024, CodeUri: src}}\nResources:\n"
        + "".join(
            f"""\
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub "${{Prefix}}-{name}"
      Handler: {name}.main
      Events: {{Nightly: {{Type: Schedule, Properties: {{Schedule: rate(1 day)}}}}}}
"""
            for name in names
        )
    )


PARENT = {
    "parent.yaml": "Resources: {Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml}}}\n"
}
ALONE = {"child.yaml": functions("Pay", "Ship", "Bill")}
NESTED = {"child.yaml": serverless("Pay", "Ship", "Bill"), **PARENT}
RETIRED = "lambda-runtime-retired Child/"


def test_functions_of_a_template_that_is_rewritten_and_nested_are_as_before(repository: Repository) -> None:
    told = changed(repository, ALONE, NESTED, *SELECT)
    assert {*told} == {"followed", "unchanged"}
    assert [each.startswith(RETIRED) for each in told["followed"]] == [True]


def test_functions_of_a_template_that_is_rewritten_and_nested_no_more_are_as_before(repository: Repository) -> None:
    told = changed(repository, NESTED, {**ALONE, "parent.yaml": None}, *SELECT)
    assert {*told} <= {"followed", "unchanged"}


def test_what_came_and_went_while_the_template_was_nested_is_told_alone(repository: Repository) -> None:
    now = {**NESTED, "child.yaml": serverless("Pay", "Ship", "Refund")}
    told = changed(repository, ALONE, now, *SELECT)
    assert told["new"] == [f"{RETIRED}Refund"]
    assert told["gone"] == ["lambda-runtime-retired Bill resource"]


TABLE = """\
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
  deletion_protection_enabled = true
}
"""
OTHER_TABLE = """\
resource "aws_dynamodb_table" "orders" {
  name         = var.table
  billing_mode = "PAY_PER_REQUEST"
  range_key    = local.range
}
variable "table" {}
"""
CALLER = {"main.tf": 'module "store" {\n  source = "./store"\n  table = "orders-live"\n}\n'}


def test_a_module_that_is_rewritten_and_called_has_the_same_resources(repository: Repository) -> None:
    now = {"store/main.tf": OTHER_TABLE, **CALLER}
    told = changed(repository, {"store/main.tf": TABLE}, now, *SELECT, "--advice")
    assert not {"new", "gone"} & {*told}
    assert "dynamodb-point-in-time-recovery module.store.aws_dynamodb_table.orders" in told["followed"]


QUEUE = """\
  Queue:
    Type: AWS::SQS::Queue
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}
  Topic:
    Type: AWS::SNS::Topic
  Other:
    Type: AWS::SNS::Topic
"""
RESOURCES = """\
Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties: {Handler: a.b, Timeout: 20}
  Reading:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Worker, EventSourceArn: !GetAtt Queue.Arn}
  Streaming:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Worker, EventSourceArn: !GetAtt Table.StreamArn, StartingPosition: TRIM_HORIZON}
  Notifying:
    Type: AWS::SNS::Subscription
    Properties: {Endpoint: !GetAtt [Worker, Arn], TopicArn: !Ref Topic, Protocol: lambda}
  Matching:
    Type: AWS::Events::Rule
    Properties: {EventPattern: {source: [shop]}, Targets: [{Id: worker, Arn: !GetAtt Worker.Arn}]}
"""
EVENTS = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Timeout: 20
      Events:
        Read: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}
        Stream: {Type: DynamoDB, Properties: {Stream: !GetAtt Table.StreamArn, StartingPosition: TRIM_HORIZON}}
        Notify: {Type: SNS, Properties: {Topic: !Ref Topic}}
        Match: {Type: EventBridgeRule, Properties: {Pattern: {source: [shop]}}}
"""
RULES = ("sqs-partial-batch-response", "kinesis-consumer-failure", "sns-subscription-dead-letter", "events-dead-letter")
TRIGGERS = ("--advice", "--select", ",".join(RULES))
NAMES = ("Reading", "Streaming", "Notifying", "Matching")


def test_resources_that_became_events_of_the_same_function_are_as_before(repository: Repository) -> None:
    told = changed(repository, {"a.yaml": RESOURCES + QUEUE}, {"a.yaml": EVENTS + QUEUE}, *TRIGGERS)
    assert told == {"followed": [f"{rule} Worker" for rule in RULES], "unchanged": 4}


def test_events_that_became_resources_are_as_before(repository: Repository) -> None:
    told = changed(repository, {"a.yaml": EVENTS + QUEUE}, {"a.yaml": RESOURCES + QUEUE}, *TRIGGERS)
    followed = [f"{rule} {name}" for rule, name in zip(RULES, NAMES, strict=True)]
    assert told == {"followed": followed, "unchanged": 4}


def test_a_subscription_that_became_an_event_of_a_nested_function_is_as_before(repository: Repository) -> None:
    now = {"child.yaml": EVENTS + QUEUE, **PARENT}
    told = changed(repository, {"child.yaml": RESOURCES + QUEUE}, now, *TRIGGERS)
    assert {*told} == {"followed", "unchanged"}
    assert "sns-subscription-dead-letter Child/Worker" in told["followed"]


SECOND = "  Second:\n    Type: AWS::Serverless::Function\n    Properties: {Handler: a.c, Timeout: 20}\n"
OTHERS: Mapping[str, tuple[str, str]] = {
    "another topic": (EVENTS.replace("!Ref Topic", "!Ref Other"), "sns-subscription-dead-letter Worker"),
    "another pattern": (EVENTS.replace("[shop]", "[store]"), "events-dead-letter Worker"),
    "another function": (
        EVENTS.replace("Worker", "Second") + SECOND.replace("Second", "Worker"),
        "sns-subscription-dead-letter Second",
    ),
}


@pytest.mark.parametrize("way", OTHERS)
def test_an_event_of_another_source_or_function_is_new(repository: Repository, way: str) -> None:
    now, finding = OTHERS[way]
    told = changed(repository, {"a.yaml": RESOURCES + QUEUE}, {"a.yaml": now + QUEUE}, *TRIGGERS)
    assert finding in told["new"]


TARGETS = """\
Resources:
  Worker: {Type: AWS::Lambda::Function, Properties: {Handler: a.b, Timeout: 20}}
  Second: {Type: AWS::Lambda::Function, Properties: {Handler: a.c, Timeout: 20}}
  Matching:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [shop]}
      Targets:
        - {Id: second, Arn: !GetAtt Second.Arn}
        - {Id: Worker, Arn: !GetAtt Worker.Arn}
"""
FAILED = "DeadLetterConfig: {Arn: !GetAtt Queue.Arn}"
MATCHED = EVENTS.partition("        Read:")[0] + EVENTS[EVENTS.index("        Match:") :]


def test_a_later_target_of_a_rule_that_became_an_event_of_its_function_is_as_before(repository: Repository) -> None:
    before = TARGETS.replace("!GetAtt Second.Arn", f"!GetAtt Second.Arn, {FAILED}")
    told = changed(repository, {"a.yaml": before + QUEUE}, {"a.yaml": MATCHED + SECOND + QUEUE}, *TRIGGERS)
    assert told == {"followed": ["events-dead-letter Worker"], "unchanged": 1}


def test_what_was_told_of_another_target_of_the_rule_is_new(repository: Repository) -> None:
    before = TARGETS.replace("!GetAtt Worker.Arn", f"!GetAtt Worker.Arn, {FAILED}")
    told = changed(repository, {"a.yaml": before + QUEUE}, {"a.yaml": MATCHED + SECOND + QUEUE}, *TRIGGERS)
    assert told == {"new": ["events-dead-letter Worker"], "gone": ["events-dead-letter Matching resource"]}


def test_an_event_of_another_bus_is_new(repository: Repository) -> None:
    before = RESOURCES.replace("Properties: {EventPattern", "Properties: {EventBusName: shop, EventPattern")
    told = changed(repository, {"a.yaml": before + QUEUE}, {"a.yaml": EVENTS + QUEUE}, *TRIGGERS)
    assert told["new"] == ["events-dead-letter Worker"]


def test_an_event_beside_the_resource_that_is_still_there_is_new(repository: Repository) -> None:
    both = EVENTS + RESOURCES.partition("  Reading:")[2].join(("  Reading:", "")) + QUEUE
    told = changed(repository, {"a.yaml": RESOURCES + QUEUE}, {"a.yaml": both}, *TRIGGERS)
    assert told == {"new": [f"{rule} Worker" for rule in RULES], "unchanged": 4}


POLLING = """\
  WorkerQueue: {Type: AWS::SQS::Queue}
  Worker: {Type: AWS::Lambda::Function, Properties: {Handler: a.b, Timeout: 20}}
  WorkerReading:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Worker, EventSourceArn: !GetAtt WorkerQueue.Arn}
"""
POLLED = """\
  WorkerQueue: {Type: AWS::SQS::Queue}
  Worker:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Timeout: 20, Events: {Read: {Type: SQS, Properties: {Queue: !GetAtt WorkerQueue.Arn}}}}
"""


def test_each_resource_is_read_once_however_many_became_events(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = list[str]()

    def counted(text: Callable[[Trait], str], trait: Trait) -> Any:
        read.append(text(trait))
        return properties_of(text, trait)

    monkeypatch.setattr(function_events, "properties_of", counted)
    names = [f"Worker{number}" for number in range(12)]
    then = RESOURCES.partition("  Worker:")[0] + "".join(POLLING.replace("Worker", name) for name in names)
    now = EVENTS.partition("  Worker:")[0] + "".join(POLLED.replace("Worker", name) for name in reversed(names))
    told = changed(repository, {"a.yaml": then}, {"a.yaml": now}, *TRIGGERS)
    assert told["unchanged"] == len(names)
    assert len(read) == 2 * len(names)


ALARM = "{Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Notices]}}"
NOTICES = f"""\
Resources:
  Notices: {{Type: AWS::SNS::Topic}}
  Pager: {{Type: AWS::SNS::Subscription, Properties: {{TopicArn: !Ref Notices, Protocol: lambda, Endpoint: a}}}}
  Slow: {ALARM}
"""
STACK = """\
  Alarms:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: alarms.yaml, Parameters: {Notices: !Ref Notices}}
"""


def test_a_topic_that_a_nested_stack_gives_to_alarms_alone_is_one_of_alarms(repository: Repository) -> None:
    alarms = {"alarms.yaml": f"Parameters: {{Notices: {{Type: String}}}}\nResources: {{Fast: {ALARM}}}\n"}
    now = {"a.yaml": f"{NOTICES}  Fast: {ALARM}\n", "alarms.yaml": None}
    assert changed(repository, {"a.yaml": NOTICES + STACK, **alarms}, now, *TRIGGERS) == {}


def test_a_topic_that_a_nested_stack_gets_which_is_not_read_is_none_of_alarms(repository: Repository) -> None:
    told = changed(repository, {"a.yaml": NOTICES}, {"a.yaml": NOTICES + STACK}, *TRIGGERS)
    assert told == {"new": ["sns-subscription-dead-letter Pager"]}


NIGHTLY = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Counts:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      InlineCode: |
        exports.handler = async () => 1
      Timeout: 60
      Events: {Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}
"""
TOPICS = "Resources: {Costs: {Type: AWS::SNS::Topic}}\nOutputs: {Costs: {Value: !Ref Costs}}\n"
NESTING = "  %s: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: %s.yaml%s}}\n"
TRACES = ("--select", "xray-lambda-tracing", "--advice")


def test_a_further_nested_stack_brings_nothing_of_a_function_that_it_does_not_know(repository: Repository) -> None:
    """A schedule alone invokes the function, and nothing of its own stack passes work on."""
    one, more = NESTING % ("Jobs", "jobs", ""), NESTING % ("Budget", "budget", "")
    before = {"all.yaml": f"Resources:\n{one}", "jobs.yaml": NIGHTLY, "budget.yaml": TOPICS}
    assert changed(repository, before, {"all.yaml": f"Resources:\n{one}{more}"}, *TRACES) == {}
    given = NESTING % ("Jobs", "jobs", ", Parameters: {Topic: !GetAtt Budget.Outputs.Costs}")
    environment = "      Environment: {Variables: {TOPIC: !Ref Topic}}\n"
    jobs = f"Parameters: {{Topic: {{Type: String}}}}\n{NIGHTLY}{environment}"
    told = changed(repository, {}, {"all.yaml": f"Resources:\n{given}{more}", "jobs.yaml": jobs}, *TRACES)
    assert told == {"new": ["xray-lambda-tracing Jobs/Counts"]}


JOB = """\
resource "aws_lambda_function" "counts" {
  function_name = "counts"
  role          = "r"
  timeout       = 60
}
resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}
resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.counts.arn
}
"""


def test_a_further_module_brings_nothing_of_a_function_that_it_does_not_know(repository: Repository) -> None:
    call = 'module "%s" {\n  source = "./%s"\n}\n'
    topics = {"costs/main.tf": 'resource "aws_sns_topic" "costs" {\n  name = "costs"\n}\n'}
    before = {"main.tf": call % ("jobs", "jobs"), "jobs/main.tf": JOB, **topics}
    after = {"main.tf": call % ("jobs", "jobs") + call % ("costs", "costs")}
    assert changed(repository, before, after, *TRACES) == {}
