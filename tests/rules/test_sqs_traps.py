"""What makes a naive reading of queues wrong: aliases, pipes, JSON in text, imports, dead-letter queues."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.judge import LintOptions, lint
from awslint_memo.judging.registry import rules
from awslint_memo.model.deployment import Declared
from awslint_memo.readers.terraform_names import LOOKED_AT

BELOW = "sqs-visibility-below-processing-time"
MARGIN = "sqs-visibility-margin"
TOO_LONG = "sqs-visibility-too-long"
POLLING = "sqs-long-polling"
NO_QUEUE = "sqs-dead-letter-queue"
KIND = "sqs-dead-letter-kind"
RETENTION = "sqs-dead-letter-retention"
COUNT = "sqs-max-receive-count"
ALARM = "sqs-dead-letter-alarm"
BATCH = "sqs-batch-size"
PARTIAL = "sqs-partial-batch-response"
FIFO = "sqs-fifo-settings"
FILTER = "sqs-message-filter"
SENDER = "sqs-fifo-unsupported-sender"

Said = list[tuple[str | None, str]]

PARAMETERS = {"Any": {"Type": "String"}, "Slow": {"Type": "Number", "Default": 60}}


def said(rule: str, text: str) -> Said:
    """Level and message of each finding of a rule in a template."""
    return [(one.level, one.message) for one in Example(rules()[rule], text).findings()]


def stack(rule: str, **resources: tuple[str, dict[str, Any]]) -> Said:
    """What a rule says of CloudFormation resources, each given as type and properties."""
    made = {
        name: {"Type": f"AWS::{type_}", "Properties": properties} for name, (type_, properties) in resources.items()
    }
    return said(rule, json.dumps({"Parameters": PARAMETERS, "Resources": made}))


def terraform(rule: str, **types: dict[str, Any]) -> Said:
    return said(rule, json.dumps({"resource": types}))


def arn(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, "Arn"]}


def queue(**properties: Any) -> tuple[str, dict[str, Any]]:
    return "SQS::Queue", properties


def function(**properties: Any) -> tuple[str, dict[str, Any]]:
    return "Lambda::Function", properties


def mapping(function: Any, source: Any = None, **properties: Any) -> tuple[str, dict[str, Any]]:
    return "Lambda::EventSourceMapping", {
        "EventSourceArn": source or arn("Orders"),
        "FunctionName": function,
        **properties,
    }


def redrive(target: Any, count: Any = 5) -> dict[str, Any]:
    return {"RedrivePolicy": {"deadLetterTargetArn": target, "maxReceiveCount": count}}


TOO_SHORT = [("error", "Orders hides a message for 30 s, but Work may work on it for 60 s; give it at least 360 s")]


@pytest.mark.parametrize(
    "name",
    [
        {"Ref": "Work"},
        arn("Work"),
        {"Ref": "Live"},
        {"Ref": "Version"},
        {"Fn::Sub": "${Work}:live"},
        {"Fn::Sub": "${Work.Arn}:live"},
        {"Fn::Sub": "${Work}:${Any}"},
        {"Fn::Join": [":", [arn("Work"), "live"]]},
        {"Fn::Sub": "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Work}"},
        {"Fn::Sub": "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:work:live"},
        "arn:aws:lambda:eu-west-1:123456789012:function:work",
        "work",
        "work:live",
        {"Fn::Sub": "${Work}:${Any}-${AWS::Region}"},
    ],
    ids=json.dumps,
)
def test_a_function_is_found_however_it_is_named(name: Any) -> None:
    found = stack(
        BELOW,
        Orders=queue(),
        Work=function(Timeout="60", FunctionName="work"),
        Live=("Lambda::Alias", {"FunctionName": arn("Work"), "FunctionVersion": "1", "Name": "live"}),
        Version=("Lambda::Version", {"FunctionName": {"Ref": "Work"}}),
        Mapping=mapping(name, Enabled=False),
    )
    assert found == TOO_SHORT


@pytest.mark.parametrize(
    ("source", "is_orders"),
    [
        ("arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Orders.QueueName}", True),
        ("arn:aws:sqs:eu-west-1:123456789012:orders", True),
        ("arn:aws:sqs:eu-west-1:123456789012:bills", False),
        ("arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Any}", False),
    ],
)
def test_a_queue_is_found_by_its_arn(source: str, is_orders: bool) -> None:
    work = {"Work": function(Timeout=60), "Mapping": mapping(arn("Work"), {"Fn::Sub": source})}
    assert stack(BELOW, Orders=queue(QueueName="orders"), **work) == (TOO_SHORT if is_orders else [])


@pytest.mark.parametrize(
    ("visibility", "timeout", "name"),
    [
        (30, 60, {"Fn::ImportValue": "Work"}),
        (30, 60, {"Ref": "Any"}),
        ({"Ref": "Any"}, 60, {"Ref": "Work"}),
        (30, {"Ref": "Any"}, {"Ref": "Work"}),
        (60, 60, {"Ref": "Work"}),
    ],
    ids=str,
)
def test_what_is_not_known_or_long_enough_is_not_too_short(visibility: Any, timeout: Any, name: Any) -> None:
    resources = {"Work": function(Timeout=timeout), "Mapping": mapping(name)}
    assert stack(BELOW, Orders=queue(VisibilityTimeout=visibility), **resources) == []


def test_the_default_timeouts_are_compared() -> None:
    assert stack(BELOW, Orders=queue(), Work=function(), Mapping=mapping({"Ref": "Work"})) == []
    short = stack(BELOW, Orders=queue(VisibilityTimeout=0), Work=function(), Mapping=mapping({"Ref": "Work"}))
    assert short == [
        ("error", "Orders hides a message for 0 s, but Work may work on it for 3 s; give it at least 18 s")
    ]


def test_the_message_names_a_parameter_whose_default_it_judges() -> None:
    found = stack(BELOW, Orders=queue(), Work=function(Timeout={"Ref": "Slow"}), Mapping=mapping({"Ref": "Work"}))
    assert found == [("error", TOO_SHORT[0][1] + " (Slow by default)")]


def test_the_slowest_of_several_consumers_counts_and_is_pointed_to() -> None:
    resources = {
        name: {"Type": f"AWS::{type_}", "Properties": properties}
        for name, (type_, properties) in {
            "Orders": queue(),
            "Quick": function(Timeout=40),
            "Work": function(Timeout=60),
            "One": mapping({"Ref": "Quick"}),
            "Two": mapping({"Ref": "Work"}),
        }.items()
    }
    text = json.dumps({"Resources": resources}, indent=1)
    (finding,) = Example(rules()[BELOW], text).findings()
    assert finding.message == TOO_SHORT[0][1]
    (place,) = finding.related
    assert place.message == "Work may run for 60 s"
    assert '"Timeout": 60' in text.splitlines()[place.span.line - 1]


PIPE = {"Source": arn("Orders"), "Target": arn("Work")}
NO_WAIT = {"TargetParameters": {"LambdaFunctionParameters": {"InvocationType": "FIRE_AND_FORGET"}}}


@pytest.mark.parametrize(
    ("pipe", "expected"),
    [
        (PIPE, "the pipe Pipe with Work may work on it for 60 s, and delivers it twice then; give it at least 360 s"),
        (
            {**PIPE, "Enrichment": arn("Look")},
            "the pipe Pipe with Look and Work may work on it for 100 s, and delivers it twice then; "
            "give it at least 600 s",
        ),
        (
            {**PIPE, **NO_WAIT, "Enrichment": arn("Look")},
            "the pipe Pipe with Look may work on it for 40 s, and delivers it twice then; give it at least 240 s",
        ),
        ({**PIPE, **NO_WAIT}, None),
        ({**PIPE, "TargetParameters": {"LambdaFunctionParameters": {"InvocationType": {"Ref": "Any"}}}}, None),
        ({**PIPE, "Target": {"Fn::ImportValue": "Work"}}, None),
    ],
)
def test_a_pipe_takes_as_long_as_the_functions_that_it_waits_for(pipe: dict[str, Any], expected: str | None) -> None:
    found = stack(
        BELOW, Orders=queue(), Work=function(Timeout=60), Look=function(Timeout=40), Pipe=("Pipes::Pipe", pipe)
    )
    assert found == ([("error", f"Orders hides a message for 30 s, but {expected}")] if expected else [])


def declared(rule: str, times: dict[str, float], **properties: Any) -> Said:
    text = json.dumps({"Resources": {"Orders": {"Type": "AWS::SQS::Queue", "Properties": properties}}})
    lint_options = LintOptions([rules()[rule]], LOOKED_AT, declared=Declared(times))
    found, _ = lint(Example(rules()[rule], text).template, lint_options)
    return [(one.level, one.message) for one in found]


@pytest.mark.parametrize("times", [{"Orders": 45}, {"orders": 45}])
def test_a_declared_time_counts_by_logical_id_and_by_name(times: dict[str, float]) -> None:
    text = "Orders hides a message for 30 s, but its consumer works on it for 45 s; give it at least 68 s"
    assert declared(BELOW, times, QueueName="orders") == [("error", text)]
    assert declared(BELOW, {"Bills": 45}, QueueName="orders") == []


def test_nobody_is_asked_for_more_than_sqs_can() -> None:
    assert declared(MARGIN, {"Orders": 40000}, VisibilityTimeout=43200) == []
    asked = declared(MARGIN, {"Orders": 40000}, VisibilityTimeout=40000)
    assert [message.partition("; ")[2] for _, message in asked] == ["give it at least 43200 s (1.5 x 40000 s)"]


def test_the_factor_can_be_set() -> None:
    text = json.dumps(
        {"Resources": {"Orders": {"Type": "AWS::SQS::Queue", "Metadata": {"awslint-memo": {"processing-time": "25s"}}}}}
    )
    template = Example(rules()[MARGIN], text).template
    found = {
        factor: lint(
            template, LintOptions([rules()[MARGIN]], LOOKED_AT, options={MARGIN: {"declared_factor": factor}})
        )[0]
        for factor in (1.2, 2)
    }
    assert [len(one) for one in found.values()] == [0, 1]
    assert found[2][0].message.endswith("give it at least 50 s (2 x 25 s)")


def test_the_margin_says_what_it_is_made_of() -> None:
    work = function(Timeout=20)
    text = (
        "Orders hides a message for 30 s and Work may work on it for 20 s, which leaves too little room for retries; "
    )
    for window, words in (
        (0, "give it at least 120 s (6 x 20 s)"),
        (10, "give it at least 130 s (6 x 20 s + 10 s batching window)"),
    ):
        reader = mapping({"Ref": "Work"}, MaximumBatchingWindowInSeconds=window)
        assert stack(MARGIN, Orders=queue(), Work=work, Mapping=reader) == [("warning", text + words)]
    text = "Orders hides a message for 30 s and its consumer works on it for 25 s, which leaves too little room for "
    assert declared(MARGIN, {"Orders": 25}) == [("warning", text + "retries; give it at least 38 s (1.5 x 25 s)")]


@pytest.mark.parametrize(("seconds", "count"), [(3600, 0), (3601, 1)])
def test_an_hour_is_not_too_long_for_any_consumer(seconds: int, count: int) -> None:
    reader = {"Work": function(), "Mapping": mapping({"Ref": "Work"})}
    assert len(stack(TOO_LONG, Orders=queue(VisibilityTimeout=seconds), **reader)) == count


def test_a_time_to_which_something_may_add_is_not_the_longest() -> None:
    pipe = {"Source": arn("Orders"), "Enrichment": arn("Work"), "Target": {"Fn::ImportValue": "Machine"}}
    known = {"Orders": queue(VisibilityTimeout=43200), "Work": function()}
    assert stack(TOO_LONG, **known, Pipe=("Pipes::Pipe", pipe)) == []
    never = {"Orders": queue(VisibilityTimeout=0), "Work": function()}
    assert len(stack(TOO_LONG, **never, Pipe=("Pipes::Pipe", pipe))) == 1


@pytest.mark.parametrize(
    "resources",
    [
        {"Mapping": mapping({"Fn::ImportValue": "Slow"})},
        {"Other": ("Pipes::Pipe", {"Source": arn("Orders"), "Target": {"Fn::ImportValue": "Machine"}})},
    ],
)
def test_visibility_is_not_too_long_while_a_consumer_is_unknown(resources: dict[str, Any]) -> None:
    known = {"Orders": queue(VisibilityTimeout=43200), "Work": function(), "Known": mapping({"Ref": "Work"})}
    assert len(stack(TOO_LONG, **known)) == 1
    assert stack(TOO_LONG, **known, **resources) == []


@pytest.mark.parametrize(
    ("resources", "level", "part"),
    [
        ({}, "warning", "let it wait 20 s for a message"),
        ({"Mapping": mapping({"Fn::ImportValue": "f"})}, "advice", "Mapping waits by itself"),
        ({"It": ("Pipes::Pipe", {"Source": arn("Orders"), "Target": "t"})}, "advice", "It waits by itself"),
        ({"Other": queue(**redrive(arn("Orders")))}, "advice", "it is a dead-letter queue"),
    ],
)
def test_why_long_polling_counts_less(resources: dict[str, Any], level: str, part: str) -> None:
    found, message = stack(POLLING, Orders=queue(), **resources)[0]
    assert (found, part in message) == (level, True)


@pytest.mark.parametrize("seconds", [1, 19])
def test_a_short_poll_is_worth_a_thought(seconds: int) -> None:
    message = f"Orders waits for a message for {seconds} s only; let it wait 20 s"
    assert stack(POLLING, Orders=queue(ReceiveMessageWaitTimeSeconds=seconds)) == [("advice", message)]


DELIVERIES: dict[str, tuple[str, dict[str, Any]]] = {
    "redrive as text": queue(
        RedrivePolicy=json.dumps({"deadLetterTargetArn": "arn:aws:sqs:a:1:failed", "maxReceiveCount": 5})
    ),
    "redrive as Sub": queue(
        RedrivePolicy={"Fn::Sub": '{"deadLetterTargetArn": "${Failed.Arn}", "maxReceiveCount": 5}'}
    ),
    "redrive as Join": queue(
        RedrivePolicy={"Fn::Join": ["", ['{"deadLetterTargetArn":"', arn("Failed"), '","maxReceiveCount":5}']]}
    ),
    "function": function(DeadLetterConfig={"TargetArn": arn("Failed")}),
    "invocations": ("Lambda::EventInvokeConfig", {"DestinationConfig": {"OnFailure": {"Destination": arn("Failed")}}}),
    "stream": (
        "Lambda::EventSourceMapping",
        {"FunctionName": "f", "DestinationConfig": {"OnFailure": {"Destination": arn("Failed")}}},
    ),
    "subscription": ("SNS::Subscription", {"Protocol": "sms", **redrive(arn("Failed"))}),
    "rule": ("Events::Rule", {"Targets": [{"Id": "a"}, {"Id": "b", "DeadLetterConfig": {"Arn": arn("Failed")}}]}),
    "bus": ("Events::EventBus", {"DeadLetterConfig": {"Arn": arn("Failed")}}),
    "schedule": ("Scheduler::Schedule", {"Target": {"DeadLetterConfig": {"Arn": arn("Failed")}}}),
    "pipe": (
        "Pipes::Pipe",
        {"SourceParameters": {"KinesisStreamParameters": {"DeadLetterConfig": {"Arn": arn("Failed")}}}},
    ),
    "IoT": ("IoT::TopicRule", {"TopicRulePayload": {"ErrorAction": {"Sqs": {"QueueUrl": {"Ref": "Failed"}}}}}),
}


@pytest.mark.parametrize("sender", DELIVERIES.values(), ids=DELIVERIES)
def test_a_dead_letter_queue_needs_none_whoever_names_it(sender: tuple[str, dict[str, Any]]) -> None:
    assert len(stack(NO_QUEUE, Failed=queue(QueueName="failed"))) == 1
    assert stack(NO_QUEUE, Failed=queue(QueueName="failed"), Sender=sender) == []


@pytest.mark.parametrize(("policy", "count"), [("allowAll", 0), ("byQueue", 0), ({"Ref": "Any"}, 0), ("denyAll", 1)])
def test_who_may_name_a_queue_says_whether_it_is_one(policy: Any, count: int) -> None:
    assert len(stack(NO_QUEUE, Failed=queue(RedriveAllowPolicy={"redrivePermission": policy}))) == count


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({}, "back for 4 day"),
        ({"MessageRetentionPeriod": 86400}, "back for 1 day"),
        ({"MessageRetentionPeriod": 3600}, "back and is lost"),
        ({"MessageRetentionPeriod": {"Ref": "Any"}}, "back and is lost"),
    ],
    ids=str,
)
def test_how_long_a_failing_message_comes_back_is_said_in_days(properties: dict[str, Any], words: str) -> None:
    [(level, message)] = stack(NO_QUEUE, Orders=queue(**properties))
    assert level == "warning"
    assert f"a message that always fails comes {words}" in message


@pytest.mark.parametrize("name", ["OrdersDLQ", "OrdersDeadLetterQueue", "OrdersDlq1A2B3C4D"])
def test_a_queue_that_only_its_name_makes_one_is_advice(name: str) -> None:
    assert [level for level, _ in stack(NO_QUEUE, **{name: queue()})] == ["advice"]


def test_a_macro_may_add_the_policy() -> None:
    text = json.dumps({"Transform": "Company-Macro", "Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}})
    assert said(NO_QUEUE, text) == []
    assert said(POLLING, text) == []


def test_terraforms_policies_of_their_own_count() -> None:
    queues: dict[str, Any] = {"orders": {}, "failed": {}}
    url = "${aws_sqs_queue.failed.id}"
    allow = {"a": {"queue_url": url, "redrive_allow_policy": '{"redrivePermission": "allowAll"}'}}
    own = {
        "a": {"queue_url": url, "redrive_policy": '{"deadLetterTargetArn": "arn:aws:sqs:a:1:b", "maxReceiveCount": 5}'}
    }
    assert len(terraform(NO_QUEUE, aws_sqs_queue=queues)) == 2
    assert len(terraform(NO_QUEUE, aws_sqs_queue=queues, aws_sqs_queue_redrive_allow_policy=allow)) == 1
    assert len(terraform(NO_QUEUE, aws_sqs_queue=queues, aws_sqs_queue_redrive_policy=own)) == 1


def test_a_local_of_another_file_may_name_any_queue() -> None:
    failed = {"failed": {}, "orders": {"redrive_policy": "${local.redrive}"}}
    assert terraform(NO_QUEUE, aws_sqs_queue=failed) == []
    assert len(terraform(NO_QUEUE, aws_sqs_queue={**failed, "orders": {"redrive_policy": "${var.redrive}"}})) == 1


def test_a_round_trip_is_reported_once_and_names_every_queue() -> None:
    text = {
        name: {
            "redrive_policy": f'{{"deadLetterTargetArn": "arn:aws:sqs:a:1:{to}", "maxReceiveCount": 5}}',
            "name": name,
        }
        for name, to in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    }
    ((level, message),) = terraform(KIND, aws_sqs_queue=text)
    assert level == "error"
    assert "(aws_sqs_queue.a to aws_sqs_queue.b to aws_sqs_queue.c to aws_sqs_queue.a)" in message


@pytest.mark.parametrize(
    ("source", "failed", "level"),
    [
        ({}, {}, "advice"),
        ({"MessageRetentionPeriod": 345600}, {}, "warning"),
        ({}, {"MessageRetentionPeriod": 345600}, "warning"),
        ({}, {"MessageRetentionPeriod": 345601}, None),
        ({"MessageRetentionPeriod": 1209600}, {"MessageRetentionPeriod": 1209600}, None),
        ({"MessageRetentionPeriod": 1209600}, {"FifoQueue": True}, None),
        ({"MessageRetentionPeriod": {"Ref": "Any"}}, {}, None),
    ],
)
def test_when_failed_messages_are_kept_too_short(source: Any, failed: Any, level: str | None) -> None:
    found = stack(RETENTION, Orders=queue(**redrive(arn("Failed")), **source), Failed=queue(**failed))
    assert [one for one, _ in found] == ([level] if level else [])


@pytest.mark.parametrize("written", ["Orders", "Bills"])
def test_of_queues_that_keep_equally_long_the_one_that_says_so_is_named(written: str) -> None:
    sources = {name: queue(**redrive(arn("Failed"))) for name in ("Orders", "Bills")}
    sources[written] = queue(MessageRetentionPeriod=345600, **redrive(arn("Failed")))
    [(level, message)] = stack(RETENTION, **sources, Failed=queue())
    assert level == "warning"
    assert f" and {written} for 4 days" in message


def test_short_times_are_said_in_seconds() -> None:
    source = queue(MessageRetentionPeriod=172800, **redrive(arn("Failed")))
    [(_, message)] = stack(RETENTION, Orders=source, Failed=queue(MessageRetentionPeriod=600))
    assert message.startswith("Failed keeps a message for 600 s and Orders for 2 days, but age counts")


@pytest.mark.parametrize(
    ("count", "fifo", "with_lambda", "level"),
    [
        (1, False, False, "warning"),
        (1, True, False, "advice"),
        (2, False, False, None),
        ("4", False, True, "warning"),
        (4, True, True, "advice"),
        (5, False, True, None),
        (100, False, False, None),
        (101, False, True, "advice"),
        ({"Ref": "Any"}, False, True, None),
    ],
)
def test_how_often_a_message_is_tried(count: Any, fifo: bool, with_lambda: bool, level: str | None) -> None:
    reader = {"Mapping": mapping("f")} if with_lambda else {}
    found = stack(COUNT, Orders=queue(FifoQueue=fifo, **redrive({"Fn::ImportValue": "Failed"}, count)), **reader)
    assert [one for one, _ in found] == ([level] if level else [])


@pytest.mark.parametrize(("count", "attempts"), [(1, "1 attempt"), (2, "2 attempts")])
def test_the_reader_that_uses_attempts_up_is_pointed_to(count: int, attempts: str) -> None:
    resources = {
        name: {"Type": f"AWS::{type_}", "Properties": properties}
        for name, (type_, properties) in {"Orders": queue(**redrive("arn", count)), "It": mapping("f")}.items()
    }
    text = json.dumps({"Resources": resources}, indent=1)
    (finding,) = Example(rules()[COUNT], text).findings()
    assert finding.message.startswith(f"Orders sets a message aside after {attempts}, but Lambda (")
    assert '"It": {' in text.splitlines()[finding.related[0].span.line - 1]


def test_one_attempt_is_too_few_for_any_reader() -> None:
    message = "Orders sets a message aside after 1 attempt, so that one hiccup is enough; let it try at least 3 times"
    assert stack(COUNT, Orders=queue(**redrive("arn", 1))) == [("warning", message)]


def alarm(**properties: Any) -> tuple[str, dict[str, Any]]:
    return "CloudWatch::Alarm", properties


def of(queue: Any) -> dict[str, Any]:
    metric = {"Namespace": "AWS/SQS", "MetricName": "ApproximateNumberOfMessagesVisible"}
    return {**metric, "Dimensions": [{"Name": "QueueName", "Value": queue}]}


@pytest.mark.parametrize(
    ("watching", "count"),
    [
        (alarm(**of({"Fn::GetAtt": ["Failed", "QueueName"]})), 0),
        (alarm(**of({"Ref": "Failed"})), 0),
        (alarm(**of("failed")), 0),
        (alarm(**of({"Ref": "Any"})), 0),
        (alarm(**of({"Fn::GetAtt": ["Orders", "QueueName"]})), 1),
        (alarm(**{**of("failed"), "MetricName": "NumberOfMessagesSent"}), 1),
        (alarm(Metrics=[{"Id": "a", "MetricStat": {"Metric": of("failed")}}, {"Id": "b", "Expression": "a * 2"}]), 0),
        (
            alarm(Metrics=[{"Id": "a", "Expression": 'SELECT MAX(ApproximateNumberOfMessagesVisible) FROM "AWS/SQS"'}]),
            0,
        ),
        (alarm(Metrics=[{"Id": "a", "MetricStat": {"Metric": of("orders")}}]), 1),
    ],
)
def test_who_watches_a_dead_letter_queue(watching: tuple[str, dict[str, Any]], count: int) -> None:
    queues = {"Orders": queue(QueueName="orders", **redrive(arn("Failed"))), "Failed": queue(QueueName="failed")}
    assert len(stack(ALARM, **queues, Alarm=watching)) == count


STREAM = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders"


@pytest.mark.parametrize(
    ("fifo", "properties", "level"),
    [
        (False, {"BatchSize": 10}, None),
        (False, {"BatchSize": 11}, "error"),
        (False, {"BatchSize": 11, "MaximumBatchingWindowInSeconds": 0}, "error"),
        (False, {"BatchSize": 11, "MaximumBatchingWindowInSeconds": "1"}, None),
        (False, {"BatchSize": 11, "MaximumBatchingWindowInSeconds": {"Ref": "Any"}}, None),
        (True, {"BatchSize": 10}, None),
        (True, {"MaximumBatchingWindowInSeconds": 0}, None),
        (True, {"MaximumBatchingWindowInSeconds": 1}, "error"),
        (False, {"BatchSize": 1}, "advice"),
    ],
)
def test_which_batches_lambda_takes(fifo: bool, properties: dict[str, Any], level: str | None) -> None:
    found = stack(BATCH, Orders=queue(FifoQueue=fifo), Mapping=mapping("f", **properties))
    assert [one for one, _ in found] == ([level] if level else [])


@pytest.mark.parametrize("size", [11, 100])
def test_a_fifo_queue_gives_ten_at_most_whatever_the_window(size: int) -> None:
    message = f"Mapping wants {size} messages at a time, but a FIFO queue gives 10 at most; Lambda refuses that"
    assert stack(BATCH, Orders=queue(FifoQueue=True), Mapping=mapping("f", BatchSize=size)) == [("error", message)]


@pytest.mark.parametrize("rule", [BATCH, PARTIAL])
@pytest.mark.parametrize("source", [STREAM, {"Fn::ImportValue": "Something"}, {"Ref": "Any"}], ids=str)
def test_only_mappings_of_queues_are_judged(rule: str, source: Any) -> None:
    assert stack(rule, Mapping=mapping("f", source, BatchSize=100)) == []


@pytest.mark.parametrize(
    ("properties", "levels"),
    [
        ({"FifoQueue": True, "QueueName": "orders"}, ["error"]),
        ({"FifoQueue": True, "QueueName": {"Fn::Sub": "${Any}-orders"}}, ["error"]),
        ({"FifoQueue": True, "QueueName": {"Fn::Sub": "orders-${Any}"}, "ContentBasedDeduplication": True}, []),
        ({"FifoQueue": True, "ContentBasedDeduplication": "true"}, []),
        ({"FifoQueue": True}, ["advice"]),
        ({"QueueName": "orders.fifo"}, ["error"]),
        ({"ContentBasedDeduplication": False}, []),
        ({"ContentBasedDeduplication": True}, ["error"]),
        ({"FifoThroughputLimit": "perQueue", "FifoQueue": False}, ["error"]),
        ({"FifoQueue": {"Ref": "Any"}, "DeduplicationScope": "queue"}, []),
        ({"FifoQueue": True, "ContentBasedDeduplication": True, "DeduplicationScope": "messageGroup"}, ["advice"]),
        ({"FifoQueue": True, "ContentBasedDeduplication": True, "DeduplicationScope": {"Ref": "Any"}}, []),
    ],
)
def test_what_makes_a_fifo_queue(properties: dict[str, Any], levels: list[str]) -> None:
    assert [level for level, _ in stack(FIFO, Orders=queue(**properties))] == levels


def test_a_fifo_dead_letter_queue_gets_messages_that_have_their_id() -> None:
    fifo = {"FifoQueue": True, "ContentBasedDeduplication": True}
    assert stack(FIFO, Orders=queue(**fifo, **redrive(arn("Failed"))), Failed=queue(FifoQueue=True)) == []


def test_a_plan_has_empty_text_for_what_a_standard_queue_lacks() -> None:
    written = {
        "fifo_queue": False,
        "content_based_deduplication": False,
        "deduplication_scope": "",
        "fifo_throughput_limit": "",
    }
    assert terraform(FIFO, aws_sqs_queue={"orders": written}) == []


SENDS = "Action=SendMessage&MessageBody=$input.body"
WITH_ID = f"{SENDS}&MessageDeduplicationId=$context.requestId"
QUEUE_NAME = {"Fn::GetAtt": ["Orders", "QueueName"]}
QUEUE_PATH = {"Fn::Join": ["/", ["arn:aws:apigateway", {"Ref": "AWS::Region"}, "sqs:path/1", QUEUE_NAME]]}
OTHER_PATH = {"Fn::Sub": "arn:aws:apigateway:${AWS::Region}:sqs:path/1/${Other.QueueName}"}


@pytest.mark.parametrize(
    ("type_", "properties", "count"),
    [
        ("ApiGatewayV2::Integration", {"IntegrationUri": QUEUE_PATH, "RequestTemplates": {"$default": WITH_ID}}, 0),
        ("ApiGatewayV2::Integration", {"IntegrationUri": OTHER_PATH, "RequestTemplates": {"$default": WITH_ID}}, 1),
        ("ApiGatewayV2::Integration", {"IntegrationUri": QUEUE_PATH, "RequestTemplates": {"$default": SENDS}}, 1),
        (
            "ApiGatewayV2::Integration",
            {"RequestParameters": {"QueueUrl": {"Ref": "Orders"}, "MessageDeduplicationId": "$context.requestId"}},
            0,
        ),
        ("ApiGateway::Method", {"Integration": {"Uri": QUEUE_PATH, "RequestTemplates": {"a/json": WITH_ID}}}, 0),
        ("ApiGateway::Method", {"Integration": {"Uri": QUEUE_PATH, "RequestTemplates": {"a/json": SENDS}}}, 1),
        (
            "Pipes::Pipe",
            {"Target": arn("Orders"), "TargetParameters": {"SqsQueueParameters": {"MessageDeduplicationId": "$.id"}}},
            0,
        ),
        ("Pipes::Pipe", {"Target": arn("Orders")}, 1),
    ],
)
def test_a_sender_that_gives_deduplication_ids(type_: str, properties: dict[str, Any], count: int) -> None:
    made = stack(FIFO, Orders=queue(FifoQueue=True), Other=queue(), Sender=(type_, properties))
    assert len(made) == count


def test_a_sender_of_terraform_that_gives_deduplication_ids() -> None:
    send = {"integration_subtype": "SQS-SendMessage", "request_parameters": {"QueueUrl": "${aws_sqs_queue.orders.url}"}}
    queues = {"orders": {"fifo_queue": True}}
    assert len(terraform(FIFO, aws_sqs_queue=queues, aws_apigatewayv2_integration={"send": send})) == 1
    send["request_parameters"] |= {"MessageDeduplicationId": "$request.header.id"}  # type: ignore[operator]
    assert terraform(FIFO, aws_sqs_queue=queues, aws_apigatewayv2_integration={"send": send}) == []


@pytest.mark.parametrize(
    ("topic", "fifo", "count"),
    [
        ({"Ref": "Standard"}, True, 1),
        ("arn:aws:sns:eu-west-1:123456789012:orders", True, 1),
        ({"Ref": "Fifo"}, True, 0),
        ("arn:aws:sns:eu-west-1:123456789012:orders.fifo", True, 0),
        ({"Fn::ImportValue": "Topic"}, True, 0),
        ({"Ref": "Fifo"}, False, 0),
        ({"Ref": "Standard"}, False, 0),
    ],
)
def test_a_standard_topic_does_not_send_to_a_fifo_queue(topic: Any, fifo: bool, count: int) -> None:
    found = stack(
        FIFO,
        Orders=queue(FifoQueue=fifo, **({"ContentBasedDeduplication": True} if fifo else {})),
        Standard=("SNS::Topic", {}),
        Fifo=("SNS::Topic", {"FifoTopic": True}),
        Subscription=("SNS::Subscription", {"TopicArn": topic, "Protocol": "sqs", "Endpoint": arn("Orders")}),
    )
    assert [level for level, _ in found] == ["error"] * count


@pytest.mark.parametrize(
    ("sender", "count"),
    [
        (("S3::Bucket", {"NotificationConfiguration": {"QueueConfigurations": [{"Queue": arn("Orders")}]}}), 1),
        (("S3::Bucket", {"NotificationConfiguration": {"EventBridgeConfiguration": {}}}), 0),
        (("AutoScaling::LifecycleHook", {"NotificationTargetARN": arn("Orders")}), 1),
        (
            (
                "AutoScaling::AutoScalingGroup",
                {"LifecycleHookSpecificationList": [{"NotificationTargetARN": arn("Orders")}]},
            ),
            1,
        ),
        (
            (
                "IoT::TopicRule",
                {"TopicRulePayload": {"Actions": [{"Sns": {}}, {"Sqs": {"QueueUrl": {"Ref": "Orders"}}}]}},
            ),
            1,
        ),
        (("Lambda::Function", {"DeadLetterConfig": {"TargetArn": arn("Orders")}}), 1),
        (("Lambda::Function", {"DeadLetterConfig": {"TargetArn": "arn:aws:sqs:eu-west-1:123456789012:other.fifo"}}), 1),
        (("Lambda::Function", {"DeadLetterConfig": {"TargetArn": "arn:aws:sns:eu-west-1:123456789012:other.fifo"}}), 0),
        (("Lambda::Function", {"DeadLetterConfig": {"TargetArn": arn("Maybe")}}), 0),
        (("Lambda::EventInvokeConfig", {"DestinationConfig": {"OnSuccess": {"Destination": arn("Orders")}}}), 1),
        (("Events::Rule", {"Targets": [{"DeadLetterConfig": {"Arn": arn("Orders")}}]}), 1),
        (("Scheduler::Schedule", {"Target": {"DeadLetterConfig": {"Arn": arn("Orders")}}}), 1),
        (("Events::Rule", {"Targets": [{"Arn": arn("Orders")}]}), 1),
        (("Events::Rule", {"Targets": [{"Arn": arn("Orders"), "SqsParameters": {"MessageGroupId": "a"}}]}), 0),
        (("Events::Rule", {"Targets": [{"Arn": arn("Plain"), "SqsParameters": {"MessageGroupId": "a"}}]}), 1),
        (("Events::Rule", {"Targets": [{"Arn": arn("Maybe")}]}), 0),
        (("Scheduler::Schedule", {"Target": {"Arn": arn("Orders"), "SqsParameters": {"MessageGroupId": "a"}}}), 0),
        (("Scheduler::Schedule", {"Target": {"Arn": arn("Plain")}}), 2),
    ],
    ids=str,
)
def test_who_can_send_to_a_fifo_queue(sender: tuple[str, dict[str, Any]], count: int) -> None:
    found = stack(
        SENDER,
        Orders=queue(FifoQueue=True, ContentBasedDeduplication=True),
        Plain=queue(FifoQueue=True),
        Maybe=queue(FifoQueue={"Ref": "Any"}),
        Sender=sender,
    )
    assert [level for level, _ in found] == ["error"] * count


def test_terraforms_lifecycle_hooks_and_iot_rules_are_senders() -> None:
    fifo = {"orders": {"fifo_queue": True}}
    hook = {"a": {"notification_target_arn": "${aws_sqs_queue.orders.arn}"}}
    rule = {
        "a": {
            "sqs": [{"queue_url": "${aws_sqs_queue.orders.id}"}],
            "error_action": {"sqs": {"queue_url": "${aws_sqs_queue.orders.url}"}},
        }
    }
    group = {"a": {"initial_lifecycle_hook": [{"notification_target_arn": "${aws_sqs_queue.orders.arn}"}]}}
    assert len(terraform(SENDER, aws_sqs_queue=fifo, aws_autoscaling_lifecycle_hook=hook)) == 1
    assert len(terraform(SENDER, aws_sqs_queue=fifo, aws_iot_topic_rule=rule)) == 2
    assert len(terraform(SENDER, aws_sqs_queue=fifo, aws_autoscaling_group=group)) == 1


@pytest.mark.parametrize(("batch", "size"), [({}, 10), ({"BatchSize": 2}, 2)], ids=str)
def test_from_two_messages_on_a_batch_may_fail_in_part(batch: dict[str, Any], size: int) -> None:
    [(level, message)] = stack(PARTIAL, Orders=queue(), Mapping=mapping("f", **batch))
    assert level == "advice"
    assert message.startswith(f"Mapping repeats a whole batch of up to {size} messages when one of them fails")


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ('{"body": {"kind": ["order"]}}', 0),
        ({"Fn::Sub": '{"body": {"kind": ["${Any}"]}}'}, 0),
        ({"Ref": "Any"}, 0),
        ("", 0),
        ('{"body": {"kind": ["order"]}', 1),
        ('["order"]', 1),
        ("order", 1),
    ],
    ids=str,
)
def test_a_pattern_that_is_no_json_object_is_refused(pattern: Any, count: int) -> None:
    filters = {"FilterCriteria": {"Filters": [{"Pattern": pattern}]}}
    assert [level for level, _ in stack(FILTER, Mapping=mapping("f", STREAM, **filters))] == ["error"] * count
    assert len(stack(FILTER, Pipe=("Pipes::Pipe", {"SourceParameters": filters}))) == count


SAM = """
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Timeout: 60}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Events: {Orders: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, BatchSize: 100}}}
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Lost.Arn}}}
  Failed: {Type: AWS::SQS::Queue}
  Lost: {Type: AWS::SQS::Queue}
"""


def test_sam_events_globals_and_dead_letters_are_seen() -> None:
    assert said(BELOW, SAM) == TOO_SHORT
    assert [message.split()[0] for _, message in said(NO_QUEUE, SAM)] == ["Orders"]
    assert [level for level, _ in said(BATCH, SAM)] == ["error"]
    assert [level for level, _ in said(PARTIAL, SAM)] == ["advice"]


def test_a_sam_subscription_makes_a_queue_and_a_mapping_that_fit_each_other() -> None:
    text = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 60
      Events: {Orders: {Type: SNS, Properties: {Topic: !Ref Topic, SqsSubscription: true}}}
"""
    ((level, message),) = said(BELOW, text)
    assert level == "error"
    assert message.endswith("hides a message for 30 s, but Work may work on it for 60 s; give it at least 360 s")
