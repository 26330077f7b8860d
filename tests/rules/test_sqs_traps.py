"""What makes a naive reading of queues wrong: aliases, pipes, declared times, consumers that are not known."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, Found, arn, found, lint_with, messages, resource, second_places, terraform
from tests.linting import stack as template_of
from tests.rules.queues import function, mapping, pipe, queue, redrive, stack, worker

from awslint_memo.model.facts import Declared

BELOW = "sqs-visibility-below-processing-time"
MARGIN = "sqs-visibility-margin"
TOO_LONG = "sqs-visibility-too-long"
POLLING = "sqs-long-polling"
NO_QUEUE = "sqs-dead-letter-queue"
BATCH = "sqs-batch-size"
PARTIAL = "sqs-partial-batch-response"
FILTER = "sqs-message-filter"

TOO_SHORT = [Found("error", "Orders", "Orders")]


def test_a_time_below_zero_asks_for_nothing_where_nobody_receives() -> None:
    assert found(MARGIN, stack(Orders=queue(VisibilityTimeout=-1))) == []


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
    template = stack(
        Orders=queue(),
        Work=function(Timeout="60", FunctionName="work"),
        Live=resource("Lambda::Alias", FunctionName=arn("Work"), FunctionVersion="1", Name="live"),
        Version=resource("Lambda::Version", FunctionName={"Ref": "Work"}),
        Mapping=mapping(name, Enabled=False),
    )
    assert found(BELOW, template) == TOO_SHORT
    assert second_places(BELOW, template) == ["Timeout: 60"]
    [message] = messages(BELOW, template)
    assert all(part in message for part in ("is 30 s ", "Work may ", " 60 s (Timeout)", "at least 360"))
    assert "twice" not in message


@each_case(
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
    assert found(BELOW, stack(Orders=queue(QueueName="orders"), **work)) == TOO_SHORT * is_orders


@each_case(
    ("visibility", "timeout", "name"),
    [
        (30, 60, IMPORTED),
        (30, 60, {"Ref": "Any"}),
        ({"Ref": "Any"}, 60, {"Ref": "Work"}),
        (30, {"Ref": "Any"}, {"Ref": "Work"}),
        (60, 60, {"Ref": "Work"}),
    ],
    ids=str,
)
def test_what_is_not_known_or_long_enough_is_not_too_short(visibility: Any, timeout: Any, name: Any) -> None:
    resources = {"Work": function(Timeout=timeout), "Mapping": mapping(name)}
    assert found(BELOW, stack(Orders=queue(VisibilityTimeout=visibility), **resources)) == []


def test_the_default_timeouts_are_compared() -> None:
    reader = {"Work": function(), "Mapping": mapping({"Ref": "Work"})}
    assert found(BELOW, stack(Orders=queue(), **reader)) == []
    short = stack(Orders=queue(VisibilityTimeout=0), **reader)
    assert found(BELOW, short) == [Found("error", "Orders", "VisibilityTimeout: 0")]
    assert second_places(BELOW, short) == ["Work"]
    [message] = messages(BELOW, short)
    assert all(part in message for part in (" 0 s", " 3 s (default)", "at least 18"))


def test_the_message_names_a_parameter_whose_default_it_judges() -> None:
    template = stack(Orders=queue(), Work=function(Timeout={"Ref": "Slow"}), Mapping=mapping({"Ref": "Work"}))
    assert found(BELOW, template) == TOO_SHORT
    [message] = messages(BELOW, template)
    assert " 60 s (default of Slow);" in message
    assert "by default" not in message


def test_the_slowest_of_several_consumers_counts_and_is_pointed_to() -> None:
    template = stack(
        Orders=queue(),
        Quick=function(Timeout=40),
        Work=function(Timeout=60),
        One=mapping({"Ref": "Quick"}),
        Two=mapping({"Ref": "Work"}),
    )
    assert found(BELOW, template) == TOO_SHORT
    assert second_places(BELOW, template) == ["Timeout: 60"]
    [message] = messages(BELOW, template)
    assert "Work" in message
    assert "at least 360" in message


PIPE = {"Source": arn("Orders"), "Target": arn("Work")}


def waits(invocation: Any) -> dict[str, Any]:
    return {"TargetParameters": {"LambdaFunctionParameters": {"InvocationType": invocation}}}


@each_case(
    ("properties", "expected"),
    [
        (PIPE, ("pipe Pipe ", " 60 s (Work)", "at least 360")),
        ({**PIPE, "Enrichment": arn("Look")}, ("pipe Pipe ", " 100 s (Look + Work)", "at least 600")),
        (
            {**PIPE, **waits("FIRE_AND_FORGET"), "Enrichment": arn("Look")},
            ("pipe Pipe ", " 40 s (Look)", "at least 240"),
        ),
        ({**PIPE, **waits("FIRE_AND_FORGET")}, None),
        ({**PIPE, **waits({"Ref": "Any"})}, None),
        ({**PIPE, "Target": IMPORTED}, None),
    ],
)
def test_a_pipe_takes_as_long_as_the_functions_that_it_waits_for(
    properties: dict[str, Any], expected: tuple[str, ...] | None
) -> None:
    functions = {"Work": function(Timeout=60), "Look": function(Timeout=40)}
    template = stack(Orders=queue(), **functions, Pipe=pipe(**properties))
    assert found(BELOW, template) == ([] if expected is None else TOO_SHORT)
    for message in messages(BELOW, template):
        assert all(part in message for part in expected or ())
        assert "twice" in message


@pytest.mark.parametrize("name", ["Orders", "orders"])
def test_a_declared_time_counts_by_logical_id_and_by_name(name: str) -> None:
    template = stack(Orders=queue(QueueName="orders"))
    declared = Declared({name: 45})
    assert found(BELOW, template, declared=declared) == TOO_SHORT
    [message] = messages(BELOW, template, declared=declared)
    assert all(part in message for part in (" 30 s", " 45 s (declared)", "at least 68"))
    assert " may " not in message
    assert found(BELOW, template, declared=Declared({"Bills": 45})) == []


def test_nobody_is_asked_for_more_than_sqs_can() -> None:
    declared = Declared({"Orders": 40000})
    longest, shorter = (stack(Orders=queue(VisibilityTimeout=seconds)) for seconds in (43200, 40000))
    assert found(MARGIN, longest, declared=declared) == []
    assert found(MARGIN, shorter, declared=declared) == [Found("warning", "Orders", "VisibilityTimeout: 40000")]
    [message] = messages(MARGIN, shorter, declared=declared)
    assert "43200 (1.5 x 40000 s)" in message


def test_the_factor_can_be_set() -> None:
    template = stack(Orders={**queue(), "Metadata": {"awslint-memo": {"processing-time": "25s"}}})
    assert found(MARGIN, template, options={"declared_factor": 1.2}) == []
    assert found(MARGIN, template, options={"declared_factor": 2}) == [Found("warning", "Orders", "Orders")]
    [message] = messages(MARGIN, template, options={"declared_factor": 2})
    assert "50 (2 x 25 s)" in message


@pytest.mark.parametrize(("window", "words"), [(0, "120 (6 x 20 s)"), (10, "130 (6 x 20 s + 10 s batching window)")])
def test_the_margin_says_what_it_is_made_of(window: int, words: str) -> None:
    reader = mapping({"Ref": "Work"}, MaximumBatchingWindowInSeconds=window)
    template = stack(Orders=queue(), Work=function(Timeout=20), Mapping=reader)
    assert found(MARGIN, template) == [Found("warning", "Orders", "Orders")]
    [message] = messages(MARGIN, template)
    assert words in message
    assert "Work" in message


def test_the_margin_of_a_declared_time_is_smaller() -> None:
    declared = Declared({"Orders": 25})
    assert found(MARGIN, stack(Orders=queue()), declared=declared) == [Found("warning", "Orders", "Orders")]
    [message] = messages(MARGIN, stack(Orders=queue()), declared=declared)
    assert "38 (1.5 x 25 s)" in message


@pytest.mark.parametrize(("seconds", "is_found"), [(3600, False), (3601, True)])
def test_an_hour_is_not_too_long_for_any_consumer(seconds: int, is_found: bool) -> None:
    reader = {"Work": function(), "Mapping": mapping({"Ref": "Work"})}
    template = stack(Orders=queue(VisibilityTimeout=seconds), **reader)
    assert found(TOO_LONG, template) == [Found("advice", "Orders", f"VisibilityTimeout: {seconds}")] * is_found
    for message in messages(TOO_LONG, template):
        assert all(part in message for part in (" 3601 s", " 3 s", "set it to 18"))


def test_a_time_to_which_something_may_add_is_not_the_longest() -> None:
    reader = {"Work": function(), "Pipe": pipe(Source=arn("Orders"), Enrichment=arn("Work"), Target=IMPORTED)}
    assert found(TOO_LONG, stack(Orders=queue(VisibilityTimeout=43200), **reader)) == []
    assert found(TOO_LONG, stack(Orders=queue(VisibilityTimeout=0), **reader)) == [
        Found("advice", "Orders", "VisibilityTimeout: 0")
    ]


@pytest.mark.parametrize(
    "resources", [{"Mapping": mapping(IMPORTED)}, {"Other": pipe(Source=arn("Orders"), Target=IMPORTED)}]
)
def test_visibility_is_not_too_long_while_a_consumer_is_unknown(resources: dict[str, Any]) -> None:
    known = {"Orders": queue(VisibilityTimeout=43200), "Work": function(), "Known": mapping({"Ref": "Work"})}
    assert found(TOO_LONG, stack(**known)) == [Found("advice", "Orders", "VisibilityTimeout: 43200")]
    assert found(TOO_LONG, stack(**known, **resources)) == []


# Polling


FAILING = queue(ReceiveMessageWaitTimeSeconds=20, **redrive(arn("Orders")))
RECEIVER = resource(
    "IAM::Policy",
    PolicyDocument={"Statement": [{"Effect": "Allow", "Action": "sqs:ReceiveMessage", "Resource": arn("Orders")}]},
)
TOLD = function(Environment={"Variables": {"QUEUE": {"Ref": "Orders"}}})


def test_nobody_polls_a_dead_letter_queue_that_nothing_receives_from() -> None:
    assert found(POLLING, stack(Orders=queue(), Other=FAILING)) == []
    assert found(POLLING, stack(OrdersDLQ=queue())) == []
    assert found(POLLING, stack(Orders=queue(), Other=FAILING, Reader=RECEIVER)) == []


@each_case(
    ("resources", "level", "part"),
    [
        ({"Work": worker()}, "advice", "so receivers that set no WaitTimeSeconds get empty responses at once"),
        ({"Other": FAILING, "Reader": RECEIVER, "Told": TOLD}, "advice", "receivers of this dead-letter queue"),
        ({"Orders": queue(RedriveAllowPolicy={"Ref": "Any"}), "Work": worker()}, "advice", "so receivers that set"),
        ({"Orders": queue(RedrivePolicy={"Ref": "Any"}), "Work": worker()}, "advice", "so receivers that set"),
        ({}, "advice", "so receivers that set"),
    ],
)
def test_why_long_polling_counts_less(resources: dict[str, Any], level: str, part: str) -> None:
    template = stack(**{"Orders": queue(), **resources})
    assert found(POLLING, template) == [Found(level, "Orders", "Orders")]
    [message] = messages(POLLING, template)
    assert part in message


@each_case(
    "resources",
    [
        {"Reader": RECEIVER},
        {"Work": worker(service="lambda")},
        {"Work": worker(service="pipes")},
        {"Work": worker(action="sqs:*")},
        {"Work": worker(action="sqs:SendMessage")},
    ],
)
def test_who_receives_elsewhere_may_wait_by_itself(resources: dict[str, Any]) -> None:
    assert found(POLLING, stack(Orders=queue(), **resources)) == []


TASK = resource("IAM::Role", AssumeRolePolicyDocument={"Statement": {"Principal": {"Service": "ec2.amazonaws.com"}}})
POD = resource(
    "IAM::Role",
    AssumeRolePolicyDocument={
        "Statement": {
            "Principal": {"Federated": {"Fn::Sub": "arn:aws:iam::1:oidc-provider/oidc.eks.a.amazonaws.com/${Any}"}}
        }
    },
)


def receiver(type_: str, **properties: Any) -> dict[str, Any]:
    return resource(type_, **{**RECEIVER["Properties"], **properties})


@each_case(
    "resources",
    [
        {"Own": receiver("IAM::Policy", Users=["worker"])},
        {"Task": TASK, "Own": receiver("IAM::Policy", Roles=[{"Ref": "Task"}])},
        {"Task": POD, "Own": receiver("IAM::RolePolicy", RoleName={"Ref": "Task"})},
        {"Task": TASK, "Own": receiver("IAM::ManagedPolicy", Roles=[{"Ref": "Task"}])},
        {
            "Task": resource("IAM::Role", **TASK["Properties"], ManagedPolicyArns=[{"Ref": "Own"}]),
            "Own": receiver("IAM::ManagedPolicy"),
        },
    ],
    ids=str,
)
def test_whose_policy_says_that_a_program_polls(resources: dict[str, Any]) -> None:
    """A dead-letter queue counts where a program reads it."""
    assert found(POLLING, stack(Orders=queue(), Other=FAILING, **resources)) == [Found("advice", "Orders", "Orders")]


def test_terraform_attaches_a_policy_to_the_role_of_a_program() -> None:
    parts = {
        "aws_iam_role": {"a": {"assume_role_policy": '{"Statement": {"Principal": {"Service": "ec2.amazonaws.com"}}}'}},
        "aws_iam_policy": {
            "a": {
                "policy": '{"Statement": {"Effect": "Allow", "Action": "sqs:ReceiveMessage", '
                '"Resource": "${aws_sqs_queue.orders.arn}"}}'
            }
        },
    }
    attached = {"a": {"role": "${aws_iam_role.a.name}", "policy_arn": "${aws_iam_policy.a.arn}"}}
    queues: dict[str, Any] = {"orders": {"name": "orders-dlq"}}
    assert found(POLLING, terraform(aws_sqs_queue=queues, **parts)) == []
    with_it = terraform(aws_sqs_queue=queues, **parts, aws_iam_role_policy_attachment=attached)
    assert [one.level for one in found(POLLING, with_it)] == ["advice"]


@pytest.mark.parametrize("seconds", [0, 5])
@pytest.mark.parametrize(
    "reader", [mapping(IMPORTED), mapping("f", Enabled=False), pipe(Source=arn("Orders"), Target="t")], ids=str
)
def test_who_polls_long_by_itself_needs_no_setting(reader: dict[str, Any], seconds: int) -> None:
    orders = queue(ReceiveMessageWaitTimeSeconds=seconds)
    assert found(POLLING, stack(Orders=orders, Reader=reader)) == []
    declared = {**orders, "Metadata": {"awslint-memo": {"processing-time": "5s"}}}
    assert len(found(POLLING, stack(Orders=declared, Reader=reader))) == 1


def test_a_dead_letter_queue_that_a_function_reads_is_read() -> None:
    source = queue(ReceiveMessageWaitTimeSeconds=20, **redrive(arn("Orders")))
    assert found(POLLING, stack(Orders=queue(), Source=source, Repair=mapping("f"))) == []


@pytest.mark.parametrize("seconds", [1, 19])
def test_a_short_poll_is_worth_a_thought(seconds: int) -> None:
    template = stack(Orders=queue(ReceiveMessageWaitTimeSeconds=seconds))
    assert found(POLLING, template) == [Found("advice", "Orders", f"ReceiveMessageWaitTimeSeconds: {seconds}")]
    [message] = messages(POLLING, template)
    assert f" {seconds} s" in message


def test_a_macro_may_make_queues_wait() -> None:
    assert found(POLLING, template_of({"Transform": "Company-Macro"}, Orders=queue())) == []


# Batches

STREAM = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders"
WINDOW = "MaximumBatchingWindowInSeconds"


@each_case(
    ("fifo", "properties", "level", "place"),
    [
        (False, {"BatchSize": 11}, "error", "BatchSize: 11"),
        (False, {"BatchSize": 11, WINDOW: 0}, "error", "BatchSize: 11"),
        (True, {WINDOW: 1}, "error", f"{WINDOW}: 1"),
        (False, {"BatchSize": 1}, "advice", "BatchSize: 1"),
    ],
)
def test_which_batches_lambda_refuses(fifo: bool, properties: dict[str, Any], level: str, place: str) -> None:
    template = stack(Orders=queue(FifoQueue=fifo), Mapping=mapping("f", **properties))
    assert found(BATCH, template) == [Found(level, "Mapping", place)]


@each_case(
    ("fifo", "properties"),
    [
        (False, {"BatchSize": 10}),
        (False, {"BatchSize": 11, WINDOW: "1"}),
        (False, {"BatchSize": 11, WINDOW: {"Ref": "Any"}}),
        (True, {"BatchSize": 10}),
        (True, {WINDOW: 0}),
    ],
)
def test_which_batches_lambda_takes(fifo: bool, properties: dict[str, Any]) -> None:
    assert found(BATCH, stack(Orders=queue(FifoQueue=fifo), Mapping=mapping("f", **properties))) == []


@pytest.mark.parametrize("size", [11, 100])
def test_a_fifo_queue_gives_ten_at_most_whatever_the_window(size: int) -> None:
    refused = Found("error", "Mapping", f"BatchSize: {size}")
    for window, others in (({}, []), ({WINDOW: 1}, [Found("error", "Mapping", f"{WINDOW}: 1")])):
        template = stack(Orders=queue(FifoQueue=True), Mapping=mapping("f", BatchSize=size, **window))
        assert found(BATCH, template) == [refused, *others]
        message = messages(BATCH, template)[0]
        assert f" {size}, " in message
        assert "at most 10, " in message


@pytest.mark.parametrize("rule", [BATCH, PARTIAL])
@pytest.mark.parametrize("source", [STREAM, IMPORTED, {"Ref": "Any"}], ids=str)
def test_only_mappings_of_queues_are_judged(rule: str, source: Any) -> None:
    assert found(rule, stack(Mapping=mapping("f", source, BatchSize=100))) == []


@pytest.mark.parametrize(("batch", "size"), [({}, 10), ({"BatchSize": 2}, 2)], ids=str)
def test_from_two_messages_on_a_batch_may_fail_in_part(batch: dict[str, Any], size: int) -> None:
    template = stack(Orders=queue(), Mapping=mapping("f", **batch))
    assert found(PARTIAL, template) == [Found("advice", "Mapping", "Mapping")]
    [message] = messages(PARTIAL, template)
    assert f" up to {size};" in message


@each_case(
    ("pattern", "is_refused"),
    [
        ('{"body": {"kind": ["order"]}}', False),
        ({"Fn::Sub": '{"body": {"kind": ["${Any}"]}}'}, False),
        ({"Ref": "Any"}, False),
        ("", False),
        ('{"body": {"kind": ["order"]}', True),
        ('["order"]', True),
        ("order", True),
    ],
    ids=str,
)
def test_a_pattern_that_is_no_json_object_is_refused(pattern: Any, is_refused: bool) -> None:
    filters = {"FilterCriteria": {"Filters": [{"Pattern": pattern}]}}
    for reader in (mapping("f", STREAM, **filters), pipe(SourceParameters=filters)):
        findings = found(FILTER, stack(Reader=reader))
        assert [(one.level, one.resource) for one in findings] == [("error", "Reader")] * is_refused
        assert all(one.at.startswith("Pattern: ") for one in findings)


# SAM

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
    assert found(BELOW, SAM) == TOO_SHORT
    assert "at least 360" in messages(BELOW, SAM)[0]
    assert found(NO_QUEUE, SAM) == [Found("warning", "Orders", "Orders")]
    assert found(BATCH, SAM) == [Found("error", "Work", "BatchSize: 100")]
    assert found(PARTIAL, SAM) == [Found("advice", "Work", "Orders")]


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
    assert found(BELOW, text) == [Found("error", "Work", "Orders")]
    [message] = messages(BELOW, text)
    assert all(part in message for part in (" 30 s", "Work ", " 60 s (Timeout)", "at least 360"))


@pytest.mark.parametrize(
    ("timeout", "count", "remedy"),
    [
        (300, 5, "set it to at least 1800 (6 x 300 s), and MessageRetentionPeriod above 9000 (5 receives)"),
        (300, 2, "set it to at least 1800 (6 x 300 s), and MessageRetentionPeriod above 3600 (2 receives)"),
        (300, 1, "set it to at least 1800 (6 x 300 s)"),
        (300, {"Ref": "Any"}, "set it to at least 1800 (6 x 300 s)"),
        (
            900,
            300,
            "set it to at least 5400 (6 x 900 s), and lower maxReceiveCount: "
            "300 receives take longer than a queue can keep a message",
        ),
    ],
)
def test_a_longer_visibility_is_told_with_the_retention_that_it_needs(timeout: int, count: Any, remedy: str) -> None:
    visibility = {"VisibilityTimeout": timeout, "MessageRetentionPeriod": 3600}
    template = stack(
        Orders=queue(**visibility, **redrive(IMPORTED, count)),
        Work=function(Timeout=timeout),
        Mapping=mapping({"Ref": "Work"}),
    )
    [message] = messages(MARGIN, template)
    assert message.rpartition("; ")[2] == remedy
    template["Resources"]["Orders"]["Properties"]["VisibilityTimeout"] = timeout - 1
    [message] = messages(BELOW, template)
    assert message.rpartition("; ")[2] == remedy.replace(f" (6 x {timeout} s)", "")


@each_case(
    ("most", "reserved", "is_throttled"),
    [
        (None, None, True),
        (10, None, False),
        (10, 10, False),
        ("10", 20, False),
        (10, 5, True),
        (10, {"Ref": "Any"}, True),
        ({"Ref": "Any"}, {"Ref": "Any"}, False),
        ({"Ref": "Any"}, 5, True),
        ({"Ref": "Any"}, None, False),
    ],
)
def test_a_queue_that_stays_within_the_functions_concurrency_throttles_nothing(
    most: Any, reserved: Any, is_throttled: bool
) -> None:
    limits = {} if reserved is None else {"ReservedConcurrentExecutions": reserved}
    scaling = {} if most is None else {"ScalingConfig": {"MaximumConcurrency": most}}
    template = stack(
        Orders=queue(**redrive(IMPORTED, 3)), Work=function(**limits), Mapping=mapping({"Ref": "Work"}, **scaling)
    )
    assert len(messages("sqs-max-receive-count", template)) == is_throttled


# Messages that expire on their way

EXPIRES = "sqs-expires-before-dead-letter"


def role(*actions: str) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": [*actions], "Resource": "*"}
    document = {"PolicyName": "a", "PolicyDocument": {"Statement": [statement]}}
    return resource("IAM::Role", AssumeRolePolicyDocument={"Statement": []}, Policies=[document])


def expiring(**others: dict[str, Any]) -> dict[str, Any]:
    orders = queue(VisibilityTimeout=43200, **redrive(IMPORTED, 10))
    beside = {"Work": function(Role=arn("Role")), "Role": role("sqs:ReceiveMessage")}
    return stack(**{"Orders": orders, **beside, **others})


@pytest.mark.parametrize(
    ("others", "level"),
    [
        ({}, "warning"),
        ({"Mapping": mapping(arn("Work"))}, "error"),
        ({"Mapping": mapping(arn("Work"), Enabled=False)}, "warning"),
        ({"Mapping": mapping(arn("Work"), Enabled={"Ref": "Any"})}, "warning"),
        ({"Mapping": mapping(arn("Work")), "Role": role("sqs:ChangeMessageVisibility")}, "warning"),
        ({"Mapping": mapping(arn("Work")), "Role": role("sqs:*")}, "warning"),
        ({"Mapping": mapping(arn("Work")), "Work": function(Role=IMPORTED)}, "warning"),
        ({"Mapping": mapping(IMPORTED)}, "warning"),
        ({"Pipe": pipe(Source=arn("Orders"), Target=arn("Work"))}, "error"),
        ({"Pipe": pipe(Source=arn("Orders"), Target=arn("Work"), DesiredState="STOPPED")}, "warning"),
        ({"Pipe": pipe(Source=arn("Orders"), Target=IMPORTED, Enrichment=arn("Work"))}, "warning"),
        ({"Pipe": pipe(Source=arn("Orders"), Target=arn("Work"), Enrichment=arn("Work"))}, "error"),
    ],
    ids=str,
)
def test_who_surely_waits_out_the_timeout(others: dict[str, Any], level: str) -> None:
    assert [one.level for one in found(EXPIRES, expiring(**others))] == [level]


@each_case(
    ("count", "kept", "is_fixed"),
    [(5, 345600, True), (400, 345600, False), ({"Ref": "Slow"}, 345600, True), ({"Ref": "Slow"}, 3600, False)],
    ids=str,
)
def test_a_longer_timeout_keeps_messages_until_their_last_receive(count: Any, kept: int, is_fixed: bool) -> None:
    orders = queue(VisibilityTimeout=300, MessageRetentionPeriod=kept, **redrive(arn("Failed"), count))
    template = stack(Orders=orders, Failed=queue(), Work=function(Timeout=300), Mapping=mapping({"Ref": "Work"}))
    [finding] = lint_with(MARGIN, template)
    assert (finding.fix is not None) == is_fixed


def test_a_fifo_queue_without_a_margin_is_advice() -> None:
    reader = {"Work": function(Timeout=60), "Mapping": mapping({"Ref": "Work"})}
    for settings, level in (({}, "warning"), ({"FifoQueue": True}, "advice")):
        orders = queue(VisibilityTimeout=60, **settings)
        assert [one.level for one in found("sqs-visibility-margin", stack(Orders=orders, **reader))] == [level]


def test_a_wrong_name_of_the_visibility_timeout_says_what_is_meant() -> None:
    """CloudFormation refuses the queue, which so never hides a message for the default of 30 seconds."""
    worker_of = resource("Lambda::Function", Timeout=60)
    reads = resource("Lambda::EventSourceMapping", EventSourceArn={"Fn::GetAtt": "Q.Arn"}, FunctionName={"Ref": "F"})
    for seconds, count in ((900, 0), (30, 1)):
        misnamed = resource("SQS::Queue", VisibilityTimeoutSeconds=seconds)
        template = template_of({}, Q=misnamed, F=worker_of, M=reads)
        assert len(found("sqs-visibility-below-processing-time", template)) == count
