"""What makes a naive reading of dead-letter queues wrong: who names one, how long it keeps, who reads and watches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cases import each_case
from tests.command import report
from tests.linting import IMPORTED, Found, arn, found, messages, resource, second_places, terraform
from tests.linting import stack as template_of
from tests.rules.queues import function, mapping, pipe, queue, redrive, stack, worker

NO_QUEUE = "sqs-dead-letter-queue"
KIND = "sqs-dead-letter-kind"
RETENTION = "sqs-dead-letter-retention"
COUNT = "sqs-max-receive-count"
ALARM = "sqs-dead-letter-alarm"

FAILED = [Found("warning", "Failed", "Failed")]

DELIVERIES: dict[str, dict[str, Any]] = {
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
    "invocations": resource(
        "Lambda::EventInvokeConfig", DestinationConfig={"OnFailure": {"Destination": arn("Failed")}}
    ),
    "stream": resource(
        "Lambda::EventSourceMapping",
        FunctionName="f",
        DestinationConfig={"OnFailure": {"Destination": arn("Failed")}},
    ),
    "subscription": resource("SNS::Subscription", Protocol="sms", **redrive(arn("Failed"))),
    "rule": resource("Events::Rule", Targets=[{"Id": "a"}, {"Id": "b", "DeadLetterConfig": {"Arn": arn("Failed")}}]),
    "bus": resource("Events::EventBus", DeadLetterConfig={"Arn": arn("Failed")}),
    "schedule": resource("Scheduler::Schedule", Target={"DeadLetterConfig": {"Arn": arn("Failed")}}),
    "pipe": pipe(SourceParameters={"KinesisStreamParameters": {"DeadLetterConfig": {"Arn": arn("Failed")}}}),
    "IoT": resource("IoT::TopicRule", TopicRulePayload={"ErrorAction": {"Sqs": {"QueueUrl": {"Ref": "Failed"}}}}),
}


def test_a_queue_that_nobody_names_is_none() -> None:
    assert found(NO_QUEUE, stack(Failed=queue(QueueName="failed"), Work=worker("Failed"))) == FAILED


@each_case("sender", DELIVERIES.values(), ids=DELIVERIES)
def test_a_dead_letter_queue_needs_none_whoever_names_it(sender: dict[str, Any]) -> None:
    assert found(NO_QUEUE, stack(Failed=queue(QueueName="failed"), Sender=sender)) == []


@each_case(("policy", "expected"), [("allowAll", []), ("byQueue", []), ({"Ref": "Any"}, []), ("denyAll", FAILED)])
def test_who_may_name_a_queue_says_whether_it_is_one(policy: Any, expected: list[Found]) -> None:
    failed = queue(RedriveAllowPolicy={"redrivePermission": policy})
    assert found(NO_QUEUE, stack(Failed=failed, Work=worker("Failed"))) == expected


@pytest.mark.parametrize(
    ("properties", "days", "level"),
    [
        ({}, " 4 days ", "warning"),
        ({"MessageRetentionPeriod": 172800}, " 2 days ", "warning"),
        ({"MessageRetentionPeriod": 86400}, " 1 day ", "advice"),
        ({"MessageRetentionPeriod": 3600}, None, "advice"),
        ({"MessageRetentionPeriod": {"Ref": "Any"}}, None, "warning"),
    ],
    ids=str,
)
def test_how_long_a_failing_message_comes_back_is_said_in_days(
    properties: dict[str, Any], days: str | None, level: str
) -> None:
    """What is kept for a day at most, few want later."""
    template = stack(Orders=queue(**properties), Work=worker())
    assert found(NO_QUEUE, template) == [Found(level, "Orders", "Orders")]
    [message] = messages(NO_QUEUE, template)
    assert " day" not in message if days is None else days in message


@pytest.mark.parametrize(
    ("reader", "level"),
    [
        ({}, "advice"),
        ({"Mapping": mapping(IMPORTED)}, "warning"),
        ({"Pipe": pipe(Source=arn("Orders"), Target=IMPORTED)}, "warning"),
        ({"Work": worker()}, "warning"),
        ({"Work": worker(service="lambda", action="sqs:Receive*")}, "advice"),
        ({"Work": worker(action="sqs:*")}, "advice"),
        ({"Work": worker(action="*:*")}, "advice"),
        ({"Work": worker(action=["sqs:SendMessage", {"Ref": "Any"}])}, "advice"),
    ],
    ids=str,
)
def test_only_what_is_received_can_fail(reader: dict[str, Any], level: str) -> None:
    assert found(NO_QUEUE, stack(Orders=queue(), **reader)) == [Found(level, "Orders", "Orders")]


@pytest.mark.parametrize("name", ["OrdersDLQ", "OrdersDeadLetterQueue", "OrdersDlq1A2B3C4D"])
def test_a_queue_that_only_its_name_makes_one_is_advice(name: str) -> None:
    assert found(NO_QUEUE, stack(**{name: queue()})) == [Found("advice", name, name)]


def test_a_macro_may_add_the_policy() -> None:
    assert found(NO_QUEUE, template_of({"Transform": "Company-Macro"}, Orders=queue())) == []


def test_terraforms_policies_of_their_own_count() -> None:
    queues: dict[str, Any] = {"orders": {}, "late": {}}
    url = "${aws_sqs_queue.late.id}"
    allow = {"a": {"queue_url": url, "redrive_allow_policy": '{"redrivePermission": "allowAll"}'}}
    policy = '{"deadLetterTargetArn": "arn:aws:sqs:a:1:b", "maxReceiveCount": 5}'
    own = {"a": {"queue_url": url, "redrive_policy": policy}}
    orders, late = (Found("advice", f"aws_sqs_queue.{name}", name) for name in queues)
    assert found(NO_QUEUE, terraform(aws_sqs_queue=queues)) == [orders, late]
    assert found(NO_QUEUE, terraform(aws_sqs_queue=queues, aws_sqs_queue_redrive_allow_policy=allow)) == [orders]
    assert found(NO_QUEUE, terraform(aws_sqs_queue=queues, aws_sqs_queue_redrive_policy=own)) == [orders]


def test_a_local_of_another_file_may_name_any_queue() -> None:
    def with_policy(policy: str) -> dict[str, Any]:
        return terraform(aws_sqs_queue={"late": {}, "orders": {"redrive_policy": policy}})

    assert found(NO_QUEUE, with_policy("${local.redrive}")) == []
    late = Found("advice", "aws_sqs_queue.late", "late")
    assert found(NO_QUEUE, with_policy("${var.redrive}")) == [late]


def test_a_round_trip_is_reported_once_and_names_every_queue() -> None:
    queues = {
        name: {
            "redrive_policy": f'{{"deadLetterTargetArn": "arn:aws:sqs:a:1:{to}", "maxReceiveCount": 5}}',
            "name": name,
        }
        for name, to in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    }
    template = terraform(aws_sqs_queue=queues)
    assert [(one.level, one.resource) for one in found(KIND, template)] == [("error", "aws_sqs_queue.a")]
    [message] = messages(KIND, template)
    assert "(aws_sqs_queue.a to aws_sqs_queue.b to aws_sqs_queue.c to aws_sqs_queue.a)" in message


# How long it keeps


@pytest.mark.parametrize(
    ("source", "failed", "level", "place"),
    [
        ({}, {}, "advice", "Failed"),
        ({"MessageRetentionPeriod": 345600}, {}, "warning", "Failed"),
        ({}, {"MessageRetentionPeriod": 345600}, "warning", "MessageRetentionPeriod: 345600"),
    ],
)
def test_when_failed_messages_are_kept_too_short(source: Any, failed: Any, level: str, place: str) -> None:
    template = stack(Orders=queue(**redrive(arn("Failed")), **source), Failed=queue(**failed))
    assert found(RETENTION, template) == [Found(level, "Failed", place)]


@each_case(
    ("source", "failed"),
    [
        ({}, {"MessageRetentionPeriod": 345601}),
        ({"MessageRetentionPeriod": 1209600}, {"MessageRetentionPeriod": 1209600}),
        ({"MessageRetentionPeriod": 1209600}, {"FifoQueue": True}),
        ({"MessageRetentionPeriod": {"Ref": "Any"}}, {}),
    ],
)
def test_when_failed_messages_are_kept_long_enough_or_may_be(source: Any, failed: Any) -> None:
    template = stack(Orders=queue(**redrive(arn("Failed")), **source), Failed=queue(**failed))
    assert found(RETENTION, template) == []


@pytest.mark.parametrize("written", ["Orders", "Bills"])
def test_of_queues_that_keep_equally_long_the_one_that_says_so_is_named(written: str) -> None:
    sources = {name: queue(**redrive(arn("Failed"))) for name in ("Orders", "Bills")}
    sources[written] = queue(MessageRetentionPeriod=345600, **redrive(arn("Failed")))
    template = stack(**sources, Failed=queue())
    assert found(RETENTION, template) == FAILED
    assert second_places(RETENTION, template) == ["MessageRetentionPeriod: 345600"]
    [message] = messages(RETENTION, template)
    assert written in message
    assert " 4 days" in message


def test_a_dead_letter_queue_that_a_function_empties_is_advice() -> None:
    times = {"MessageRetentionPeriod": 600}
    source, failed = queue(**redrive(arn("Failed")), **times), queue(**times)
    template = stack(Orders=source, Failed=failed, Retry=mapping("f", arn("Failed")))
    assert found(RETENTION, template) == [Found("advice", "Failed", "MessageRetentionPeriod: 600")]


def test_short_times_are_said_in_seconds() -> None:
    source = queue(MessageRetentionPeriod=172800, **redrive(arn("Failed")))
    template = stack(Orders=source, Failed=queue(MessageRetentionPeriod=600))
    assert found(RETENTION, template) == [Found("warning", "Failed", "MessageRetentionPeriod: 600")]
    [message] = messages(RETENTION, template)
    assert " 600 s" in message
    assert " 2 days" in message


# How often a message is tried


@each_case(
    ("count", "fifo", "with_lambda", "level"),
    [
        (1, False, False, "warning"),
        (1, True, False, "advice"),
        ("2", False, True, "warning"),
        ("3", False, True, "advice"),
        ("4", False, True, "advice"),
        (4, True, True, "advice"),
        (121, False, True, "advice"),
    ],
)
def test_how_often_is_too_few_or_too_many(count: Any, fifo: bool, with_lambda: bool, level: str) -> None:
    reader = {"Mapping": mapping("f")} if with_lambda else {}
    template = stack(Orders=queue(FifoQueue=fifo, **redrive(IMPORTED, count)), **reader)
    assert found(COUNT, template) == [Found(level, "Orders", f"maxReceiveCount: {count}")]


@each_case(("count", "with_lambda"), [(2, False), (5, True), (119, False), ({"Ref": "Any"}, True)], ids=str)
def test_how_often_is_often_enough_or_not_known(count: Any, with_lambda: bool) -> None:
    reader = {"Mapping": mapping("f")} if with_lambda else {}
    assert found(COUNT, stack(Orders=queue(**redrive(IMPORTED, count)), **reader)) == []


@pytest.mark.parametrize("count", [1, 2])
def test_the_reader_that_uses_attempts_up_is_pointed_to(count: int) -> None:
    template = stack(Orders=queue(**redrive("arn", count)), It=mapping("f"))
    assert found(COUNT, template) == [Found("warning", "Orders", f"maxReceiveCount: {count}")]
    assert second_places(COUNT, template) == ["It"]
    [message] = messages(COUNT, template)
    assert f" is {count}, " in message
    assert "Lambda" in message


def test_one_attempt_is_too_few_for_any_reader() -> None:
    template = stack(Orders=queue(**redrive("arn", 1)))
    assert found(COUNT, template) == [Found("warning", "Orders", "maxReceiveCount: 1")]
    [message] = messages(COUNT, template)
    assert " is 1, " in message
    assert "Lambda" not in message


# Who watches it


def alarm(**properties: Any) -> dict[str, Any]:
    return resource("CloudWatch::Alarm", **properties)


def of(queue: Any) -> dict[str, Any]:
    metric = {"Namespace": "AWS/SQS", "MetricName": "ApproximateNumberOfMessagesVisible"}
    return {**metric, "Dimensions": [{"Name": "QueueName", "Value": queue}]}


QUERY = 'SELECT MAX(ApproximateNumberOfMessagesVisible) FROM "AWS/SQS"'


def watched(watching: dict[str, Any]) -> dict[str, Any]:
    queues = {"Orders": queue(QueueName="orders", **redrive(arn("Failed"))), "Failed": queue(QueueName="failed")}
    return stack(**queues, Alarm=watching)


@each_case(
    "watching",
    [
        alarm(**of(arn("Failed", "QueueName"))),
        alarm(**of({"Ref": "Failed"})),
        alarm(**of("failed")),
        alarm(**of({"Ref": "Any"})),
        alarm(Metrics=[{"Id": "a", "MetricStat": {"Metric": of("failed")}}, {"Id": "b", "Expression": "a * 2"}]),
        alarm(Metrics=[{"Id": "a", "Expression": QUERY}]),
    ],
)
def test_who_watches_a_dead_letter_queue(watching: dict[str, Any]) -> None:
    assert found(ALARM, watched(watching)) == []


SENT = {**of("failed"), "MetricName": "NumberOfMessagesSent"}
NOT_COUNTED = "which does not count what SQS moves to Failed from Orders, so none of them sets it off; watch Approx"


@pytest.mark.parametrize(
    ("watching", "place", "words"),
    [
        (
            alarm(**of(arn("Orders", "QueueName"))),
            Found("advice", "Failed", "Failed"),
            "but no alarm here watches it; unless another stack has one, add",
        ),
        (alarm(**SENT), Found("warning", "Alarm", "MetricName: NumberOfMessagesSent"), NOT_COUNTED),
        (
            alarm(Metrics=[{"Id": "a", "MetricStat": {"Metric": SENT}}]),
            Found("warning", "Alarm", "MetricName: NumberOfMessagesSent"),
            NOT_COUNTED,
        ),
        (
            alarm(Metrics=[{"Id": "a", "MetricStat": {"Metric": of("orders")}}]),
            Found("advice", "Failed", "Failed"),
            "but no alarm here watches it",
        ),
    ],
)
def test_who_watches_something_else(watching: dict[str, Any], place: Found, words: str) -> None:
    assert found(ALARM, watched(watching)) == [place]
    [message] = messages(ALARM, watched(watching))
    assert words in message


def test_of_many_senders_three_are_named() -> None:
    senders = {f"Q{number}": queue(**redrive(arn("Failed"))) for number in range(9)}
    [message] = messages(ALARM, stack(**senders, Failed=queue()))
    assert "receives the failed messages of Q0, Q1, Q2 and 6 others, but" in message


@pytest.mark.parametrize(
    ("number", "names"),
    [(4, "A to B to C to D to A"), (5, "A to B to C to 2 others to A"), (30, "A to B to C to 27 others to A")],
)
def test_a_long_circle_of_queues_is_named_by_its_ends(number: int, names: str) -> None:
    ids = ["A", "B", "C", "D", *(f"E{index}" for index in range(100, 96 + number))]
    after = dict(zip(ids, [*ids[1:], ids[0]], strict=True))
    circle = {one: queue(**redrive(arn(after[one]))) for one in ids}
    last = ids[-1]
    (said,) = messages(KIND, template_of(**circle))
    assert f"leads back to it ({names}), so failed messages move in a circle; remove RedrivePolicy of {last}" in said


def test_a_target_that_need_not_exist_is_no_dead_letter_queue_by_itself() -> None:
    rule = {"rule": "${aws_cloudwatch_event_rule.r.name}", "arn": "${aws_lambda_function.f.arn}", "count": "${var.n}"}
    others: dict[str, Any] = {
        "aws_cloudwatch_event_rule": {"r": {}},
        "aws_lambda_function": {"f": {}},
        "aws_sqs_queue": {"orders": {}},
    }
    name = "aws_sqs_queue.orders"
    for more, is_found in (({}, True), ({"dead_letter_config": {"arn": f"${{{name}.arn}}"}}, False)):
        targets = {"t": {**rule, **more}}
        template = {**terraform(**others, aws_cloudwatch_event_target=targets), "variable": {"n": {}}}
        assert [one.resource for one in found("sqs-dead-letter-queue", template)] == [name] * is_found


def test_a_queue_that_a_pipe_of_terraform_reads() -> None:
    configuration = """\
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_pipes_pipe" "orders" {
  role_arn = "arn:aws:iam::111122223333:role/pipe"
  source   = aws_sqs_queue.orders.arn
  target   = "arn:aws:states:eu-west-1:111122223333:stateMachine:orders"
}
"""
    [message] = messages("sqs-dead-letter-queue", configuration)
    assert message.startswith("aws_sqs_queue.orders has no redrive_policy")


def test_an_alarm_watches_the_queue_of_its_own_region_of_two_with_one_name() -> None:
    def pair(region: str) -> dict[str, Any]:
        redrive = f"${{jsonencode({{ deadLetterTargetArn = aws_sqs_queue.failed_{region}.arn, maxReceiveCount = 5 }})}}"
        return {
            f"failed_{region}": {"region": region, "name": "failed"},
            f"orders_{region}": {"region": region, "name": "orders", "redrive_policy": redrive},
        }

    alarm = {
        "region": "us-east-2",
        "namespace": "AWS/SQS",
        "metric_name": "ApproximateNumberOfMessagesVisible",
        "dimensions": {"QueueName": "failed"},
    }
    for regions in (("us-east-2", "us-west-2"), ("us-west-2", "us-east-2")):
        queues = {**pair(regions[0]), **pair(regions[1])}
        template = terraform(aws_sqs_queue=queues, aws_cloudwatch_metric_alarm={"failed": alarm})
        told = [one.resource for one in found("sqs-dead-letter-alarm", template)]
        assert told == ["aws_sqs_queue.failed_us-west-2"]


@pytest.mark.parametrize("is_apart", [False, True])
def test_what_another_stack_tells_of_its_function_is_not_known(
    is_apart: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = {"Fn::ImportValue": "failed"} if is_apart else arn("Failed")
    polls = {"Orders": queue(), "Poll": resource("Lambda::EventSourceMapping", EventSourceArn=arn("Orders"))}
    polls["Poll"]["Properties"]["FunctionName"] = {"Ref": "Work"}
    work = {"Work": resource("Lambda::Function", DeadLetterConfig={"TargetArn": target}), **polls}
    outputs = {"Failed": {"Value": arn("Failed"), "Export": {"Name": "failed"}}}
    base = {"Resources": {"Failed": queue(), **({} if is_apart else work)}, "Outputs": outputs if is_apart else {}}
    told = {"Work": {"Value": {"Ref": "Work"}, "Export": {"Name": "work"}}}
    (tmp_path / "base.json").write_text(json.dumps(base))
    (tmp_path / "work.json").write_text(json.dumps({"Resources": work if is_apart else {}, "Outputs": told}))
    monkeypatch.chdir(tmp_path)
    paths = ["base.json", "work.json"] if is_apart else ["base.json"]
    findings = report(*paths, "--advice", "--select", ALARM)["findings"]
    assert [each["resource"] for each in findings] == (["Failed"] if is_apart else [])
