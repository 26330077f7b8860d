"""What makes a naive reading of filters, envelopes and deliveries wrong: other sources, senders and targets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, Found, arn, found, messages, resource, second_places, terraform
from tests.linting import stack as template_of
from tests.rules.queues import function, mapping, pipe, queue, redrive, stack, worker

EVENTS = "events-dead-letter"
KEY = "lambda-filter-never-matches"
RAW = "sns-raw-delivery"
BELOW = "sqs-visibility-below-processing-time"
MARGIN = "sqs-visibility-margin"
TOO_LONG = "sqs-visibility-too-long"
BATCH = "sqs-batch-size"
KIND = "sqs-dead-letter-kind"
NO_QUEUE = "sqs-dead-letter-queue"
POLLING = "sqs-long-polling"
SHARED = "kinesis-shared-throughput"


def filtering(*patterns: Any, source: Any = None) -> dict[str, Any]:
    written = [{"Pattern": one if isinstance(one, dict) and "Ref" in one else json.dumps(one)} for one in patterns]
    return mapping("f", source, FilterCriteria={"Filters": written})


# Targets of rules and schedules


@each_case(
    "target",
    [
        {"Ref": "Any"},
        IMPORTED,
        arn("Logs"),
        arn("Bus"),
        "arn:aws:events:a:1:event-bus/other",
        {"Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/x"},
        {"Fn::Sub": "arn:aws:${Any}:a:1:b"},
    ],
    ids=str,
)
def test_what_may_be_a_log_group_or_a_bus_needs_no_dead_letter_queue(target: Any) -> None:
    beside = {"Logs": resource("Logs::LogGroup"), "Bus": resource("Events::EventBus", Name="a")}
    rule, schedule = resource("Events::Rule", Targets=[{"Id": "a", "Arn": target}]), {"Arn": target}
    template = stack(Rule=rule, Nightly=resource("Scheduler::Schedule", Target=schedule), **beside)
    assert found(EVENTS, template) == []


def test_targets_of_one_rule_are_one_finding() -> None:
    targets = [
        {"Id": "one", "Arn": "arn:aws:sqs:a:1:b"},
        {"Id": "two", "Arn": arn("Work"), "DeadLetterConfig": {"Arn": IMPORTED}},
        {"Id": "three", "Arn": arn("Work")},
        {"Id": "four", "Arn": arn("Work"), "DeadLetterConfig": {"Ref": "Any"}},
    ]
    template = stack(Rule=resource("Events::Rule", Targets=targets), Work=function())
    assert found(EVENTS, template) == [Found("advice", "Rule", "Id: one")]
    assert second_places(EVENTS, template) == ["Id: three"]
    [message] = messages(EVENTS, template)
    assert "Targets one and three of Rule have no DeadLetterConfig, so" in message


def test_targets_without_ids_are_named_by_where_they_deliver() -> None:
    targets = [{"Arn": arn("Work")}, {"Arn": arn("Mail")}, {"Arn": arn("Work"), "DeadLetterConfig": {"Arn": IMPORTED}}]
    template = stack(Rule=resource("Events::Rule", Targets=targets), Work=function(), Mail=function())
    [message] = messages(EVENTS, template)
    assert message.startswith("Targets of Rule to Work and Mail have no DeadLetterConfig, so")


def test_targets_of_terraform_are_resources_of_their_own() -> None:
    target = {"rule": "${aws_cloudwatch_event_rule.a.name}", "arn": "arn:aws:sqs:a:1:b"}
    kept = {**target, "dead_letter_config": {"arn": "arn:aws:sqs:a:1:failed"}}
    template = terraform(
        aws_cloudwatch_event_rule={"a": {}}, aws_cloudwatch_event_target={"one": target, "two": kept, "three": target}
    )
    assert found(EVENTS, template) == [Found("advice", "aws_cloudwatch_event_rule.a", "one")]
    assert second_places(EVENTS, template) == ["three"]
    [message] = messages(EVENTS, template)
    assert "Targets of aws_cloudwatch_event_rule.a have no dead_letter_config, so" in message


def test_an_event_of_sam_is_named_as_it_is_written() -> None:
    template = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Nightly: {Type: Schedule, Properties: {Schedule: rate(7 days)}}
        Kept: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}, DeadLetterConfig: {Type: SQS}}}
"""
    assert [(one.level, one.resource) for one in found(EVENTS, template)] == [("advice", "Work")]
    [message] = messages(EVENTS, template)
    assert message.startswith("event Nightly of Work has no DeadLetterConfig,")


# Filters


@each_case(
    ("pattern", "is_found"),
    [
        ({"body": {"kind": ["order"]}}, False),
        ({"body": {"kind": ["order"]}, "messageAttributes": {"kind": {"stringValue": ["a"]}}}, True),
        ({"attributes": {"MessageGroupId": ["a"]}}, True),
        ({"$or": [{"body": {"a": [1]}}, {"body": {"b": [1]}}]}, False),
        ({}, False),
        ({"Ref": "Any"}, False),
    ],
    ids=str,
)
def test_only_the_body_can_be_filtered(pattern: dict[str, Any], is_found: bool) -> None:
    template = stack(Orders=queue(), Mapping=filtering(pattern))
    assert [(one.level, one.resource) for one in found(KEY, template)] == [("warning", "Mapping")] * is_found


def test_filters_are_found_where_all_of_them_ask_for_another_key() -> None:
    wrong = {"messageAttributes": {"kind": {"stringValue": ["a"]}}}
    assert found(KEY, stack(Orders=queue(), Mapping=filtering({"body": {"a": [1]}}, wrong, wrong))) == []
    template = stack(Orders=queue(), Mapping=filtering(wrong, {"attributes": {"MessageGroupId": ["a"]}}))
    [message] = messages(KEY, template)
    assert "filters on messageAttributes, but" in message


@each_case(
    ("source", "is_found"),
    [
        ("arn:aws:kinesis:a:1:stream/s", False),
        ("arn:aws:mq:a:1:broker:b:c", False),
        ("arn:aws:dynamodb:a:1:table/t/stream/s", True),
        ("arn:aws:kafka:a:1:cluster/c/d", True),
        ("arn:aws:sqs:a:1:q", True),
        ("arn:aws:rds:a:1:cluster:c", False),
        ({"Ref": "Any"}, False),
    ],
    ids=str,
)
def test_each_source_has_a_key_of_its_own(source: Any, is_found: bool) -> None:
    template = stack(Mapping=filtering({"data": {"a": [1]}}, source=source))
    assert [one.level for one in found(KEY, template)] == ["error"] * is_found


def test_a_null_in_a_pattern_is_not_rewritten() -> None:
    template = stack(Orders=queue(), Mapping=filtering({"data": {"a": [None]}}, source=arn("Orders")))
    assert len(found(KEY, template)) == 1


# Envelopes


def delivery(**properties: Any) -> dict[str, Any]:
    return resource("SNS::Subscription", TopicArn=IMPORTED, Protocol="sqs", Endpoint=arn("Orders"), **properties)


WRAPPED = {"Orders": queue(), "ToOrders": delivery(), "Mapping": filtering({"body": {"kind": ["order"]}})}


def test_an_envelope_has_no_field_of_the_message() -> None:
    assert found(RAW, stack(**WRAPPED)) == [Found("advice", "ToOrders", "ToOrders")]
    assert second_places(RAW, stack(**WRAPPED)) == ["Mapping", "Orders"]
    written = {**WRAPPED, "ToOrders": delivery(RawMessageDelivery="false")}
    assert found(RAW, stack(**written)) == [Found("advice", "ToOrders", "RawMessageDelivery: false")]


@each_case(
    "changed",
    [
        {"ToOrders": delivery(RawMessageDelivery=True)},
        {"ToOrders": delivery(RawMessageDelivery={"Ref": "Any"})},
        {"Another": delivery(RawMessageDelivery=True)},
        {"Mapping": filtering({"body": {"Message": [{"prefix": "a"}]}})},
        {"Mapping": filtering({"body": {"kind": ["order"]}}, {"body": {"Subject": ["a"]}})},
        {"Mapping": filtering({"body": {"kind": ["order"]}}, {"Ref": "Any"})},
        {"Mapping": filtering({"body": {"kind": [{"exists": False}]}})},
        {"Mapping": filtering({"body": {"kind": {"inner": [{"exists": False}]}}})},
        {"Mapping": filtering({"body": ["order"]})},
        {"Mapping": filtering({"body": {"$or": [{"kind": ["order"]}, {"Subject": ["order"]}]}})},
        {"Mapping": mapping("f")},
        {"Rule": resource("Events::Rule", Targets=[{"Id": "a", "Arn": arn("Orders")}])},
        {"Send": function(Environment={"Variables": {"URL": {"Ref": "Orders"}}})},
        {"Source": queue(**redrive(arn("Orders")))},
        {"Copy": pipe(Source=IMPORTED, Target=arn("Orders"))},
        {
            "Role": resource(
                "IAM::Role",
                Policies=[
                    {"PolicyDocument": {"Statement": {"Action": ["sqs:SendMessage"], "Resource": arn("Orders")}}}
                ],
            )
        },
    ],
    ids=str,
)
def test_a_queue_whose_messages_may_have_the_field_is_not_checked(changed: dict[str, Any]) -> None:
    assert found(RAW, stack(**{**WRAPPED, **changed})) == []


def test_a_queue_that_others_get_may_have_other_messages() -> None:
    template = template_of({"Outputs": {"Queue": {"Value": arn("Orders")}}}, **WRAPPED)
    assert found(RAW, template) == []


def test_a_pipe_reads_envelopes_too_but_has_filters_of_its_own() -> None:
    template = terraform(
        aws_sqs_queue={"orders": {}},
        aws_sns_topic_subscription={
            "orders": {"topic_arn": "t", "protocol": "sqs", "endpoint": "${aws_sqs_queue.orders.arn}"}
        },
        aws_pipes_pipe={"p": {"source": "${aws_sqs_queue.orders.arn}", "target": "arn:aws:sns:a:1:b"}},
    )
    assert found(RAW, template) == []


def test_who_may_only_receive_sends_nothing() -> None:
    statement = {"Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"], "Resource": arn("Orders")}
    role = resource("IAM::Role", Policies=[{"PolicyDocument": {"Statement": [statement]}}])
    assert len(found(RAW, stack(**WRAPPED, Role=role))) == 1


# Durable functions


@each_case(
    ("hidden", "timeout", "lasts", "below", "margin"),
    [
        (30, 60, 60, "error", []),
        (30, 60, 3600, "error", []),
        (60, 60, 3600, "warning", []),
        (60, 60, 30, None, ["warning"]),
        (900, 60, 3600, None, ["warning"]),
        (5400, 60, 3600, None, []),
        (60, 10, {"Ref": "Any"}, None, []),
    ],
)
def test_a_mapping_waits_for_the_whole_durable_execution(
    hidden: int, timeout: int, lasts: Any, below: str | None, margin: list[str]
) -> None:
    work = function(Timeout=timeout, DurableConfig={"ExecutionTimeout": lasts})
    template = stack(Orders=queue(VisibilityTimeout=hidden), Work=work, Mapping=mapping({"Ref": "Work"}))
    assert [one.level for one in found(BELOW, template)] == ([below] if below else [])
    assert [one.level for one in found(MARGIN, template)] == margin
    for message in messages(BELOW, template) if below == "warning" else []:
        assert "may run for 900 s (DurableConfig.ExecutionTimeout 3600, of which a mapping waits for 900)" in message


def test_how_long_an_unknown_durable_execution_takes_is_not_known() -> None:
    work = function(Timeout=10, DurableConfig={"Ref": "Any"})
    template = stack(Orders=queue(VisibilityTimeout=43200), Work=work, Mapping=mapping({"Ref": "Work"}))
    assert found(TOO_LONG, template) == []


def test_terraforms_durable_functions_count() -> None:
    template = terraform(
        aws_sqs_queue={"orders": {"visibility_timeout_seconds": 60}},
        aws_lambda_function={"work": {"timeout": 10, "durable_config": {"execution_timeout": 600}}},
        aws_lambda_event_source_mapping={
            "m": {"event_source_arn": "${aws_sqs_queue.orders.arn}", "function_name": "${aws_lambda_function.work.arn}"}
        },
    )
    assert [one.level for one in found(BELOW, template)] == ["warning"]
    assert "durable_config.execution_timeout" in messages(BELOW, template)[0]


# Code that reads one record


@each_case(
    ("code", "is_found"),
    [
        ("work(event['Records'][0]['body'])", False),
        ('work(event["Records"][0])', False),
        ("work(event.Records[0].body)", False),
        ("const [first] = [event.Records?.[0]]", False),
        ("body = event.get('Records')[0]", False),
        ("for one in event['Records']: work(one)", True),
        ("log(event.Records[0]); event.Records.forEach(work)", True),
        ("work(event)", True),
        ({"Ref": "Any"}, True),
    ],
    ids=str,
)
def test_code_for_the_first_record_needs_a_batch_of_one(code: Any, is_found: bool) -> None:
    template = stack(
        Orders=queue(), Work=function(Code={"ZipFile": code}), Mapping=mapping({"Ref": "Work"}, BatchSize=1)
    )
    assert found(BATCH, template) == [Found("advice", "Mapping", "BatchSize: 1")] * is_found


# Policies on the wrong queue, and elsewhere


def test_a_policy_on_the_wrong_queue_makes_no_dead_letter_queue_of_it() -> None:
    policy = {"redrivePermission": "byQueue", "sourceQueueArns": [arn("Failed")]}
    orders = queue(RedriveAllowPolicy=policy, **redrive(arn("Failed")))
    template = stack(Orders=orders, Failed=queue(), Work=worker())
    assert [(one.level, one.resource) for one in found(KIND, template)] == [("advice", "Orders")]
    assert [one.resource for one in found(POLLING, template)][:1] == ["Orders"]


@each_case("sources", [[arn("Orders")], [IMPORTED], {"Ref": "Any"}, ["arn:aws:sqs:a:1:other"]], ids=str)
def test_a_policy_with_other_sources_is_right(sources: Any) -> None:
    policy = {"redrivePermission": "byQueue", "sourceQueueArns": sources}
    orders = queue(RedriveAllowPolicy=policy, **redrive(arn("Failed")))
    assert found(KIND, stack(Orders=orders, Failed=queue())) == []


def test_a_dead_letter_queue_elsewhere_is_known_by_its_arn() -> None:
    elsewhere = "arn:aws:sqs:a:1:failed"
    policy = json.dumps({"redrivePermission": "byQueue", "sourceQueueArns": [elsewhere]})
    assert len(found(KIND, stack(Orders=queue(RedriveAllowPolicy=policy, **redrive(elsewhere))))) == 1


@each_case(
    ("ignored", "level"),
    [("[redrive_policy]", "advice"), ("all", "advice"), ("[tags, redrive_policy]", "advice"), ("[tags]", "warning")],
)
def test_a_policy_that_terraform_ignores_may_be_set_elsewhere(ignored: str, level: str) -> None:
    template = f'resource "aws_sqs_queue" "orders" {{\n  lifecycle {{\n    ignore_changes = {ignored}\n  }}\n}}\n'
    reader = 'resource "aws_lambda_event_source_mapping" "orders" {\n  event_source_arn = aws_sqs_queue.orders.arn\n}\n'
    assert [one.level for one in found(NO_QUEUE, template + reader)] == [level]


def test_ignored_arguments_may_be_written_as_texts() -> None:
    queues = {"orders": {"lifecycle": {"ignore_changes": ["redrive_policy"]}}}
    assert [one.level for one in found(NO_QUEUE, terraform(aws_sqs_queue=queues))] == ["advice"]


# Readers of streams


@pytest.mark.parametrize(("readers", "mode", "is_found"), [(5, "ON_DEMAND", True), (4, "ON_DEMAND", False)])
def test_five_readers_share_the_reads_of_an_on_demand_stream(readers: int, mode: str, is_found: bool) -> None:
    clicks = resource("Kinesis::Stream", StreamModeDetails={"StreamMode": mode})
    every = {f"Reader{number}": mapping("f", arn("Clicks")) for number in range(readers)}
    place = "StreamMode: ON_DEMAND"
    assert found(SHARED, stack(Clicks=clicks, **every)) == [Found("advice", "Clicks", place)] * is_found


@each_case(("default", "count"), [({"Default": ""}, 0), ({}, 0)])
def test_a_principal_by_a_parameter_whose_default_is_empty_gets_a_value(default: dict[str, str], count: int) -> None:
    sends = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
    reads = {**sends, "Principal": {"AWS": {"Ref": "Who"}}, "Action": "sqs:ReceiveMessage"}
    policy = resource("SQS::QueuePolicy", Queues=[{"Ref": "Orders"}], PolicyDocument={"Statement": [sends, reads]})
    subscription = {"Protocol": "sqs", "Endpoint": arn("Orders")}
    topic = resource("SNS::Topic", Subscription=[subscription])
    parameters = {"Parameters": {"Who": {"Type": "String", **default}}}
    template = template_of(parameters, Orders=resource("SQS::Queue"), Policy=policy, Topic=topic)
    assert len(found("delivery-not-allowed", template)) == count
    reads["Principal"] = {"AWS": ""}
    assert len(found("delivery-not-allowed", template)) == 1
