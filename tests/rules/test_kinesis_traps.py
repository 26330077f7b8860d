"""What makes a naive reading of streams wrong: fan-out, limits that do not unblock, sources of other kinds, SAM."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

MODE = "kinesis-capacity-mode"
SHARED = "kinesis-shared-throughput"
FAILURE = "kinesis-consumer-failure"
RETENTION = "kinesis-retention"
FLINK = "flink-recovery"

Said = list[tuple[str | None, str]]

PARAMETERS = {"Any": {"Type": "String"}, "Some": {"Type": "Number"}}
OPENS_UNKNOWN = [
    (
        "warning",
        "It tries a batch that fails again until its records expire, and nothing behind it in the shard is worked on; "
        "set MaximumRetryAttempts or MaximumRecordAgeInSeconds",
    )
]


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


def arn(name: str, attribute: str = "Arn") -> dict[str, Any]:
    return {"Fn::GetAtt": [name, attribute]}


def stream(**properties: Any) -> tuple[str, dict[str, Any]]:
    return "Kinesis::Stream", properties


def mapping(source: Any = None, **properties: Any) -> tuple[str, dict[str, Any]]:
    made = {"EventSourceArn": source or arn("Clicks"), "FunctionName": "work", **properties}
    return "Lambda::EventSourceMapping", made


def pipe(parameters: dict[str, Any], source: Any = None, **properties: Any) -> tuple[str, dict[str, Any]]:
    return "Pipes::Pipe", {"Source": source or arn("Clicks"), "SourceParameters": parameters, **properties}


FAN_OUT = ("Kinesis::StreamConsumer", {"ConsumerName": "fast", "StreamARN": arn("Clicks")})
DELIVERY = (
    "KinesisFirehose::DeliveryStream",
    {"KinesisStreamSourceConfiguration": {"KinesisStreamARN": arn("Clicks")}},
)


def test_a_pipe_shares_a_shard_too() -> None:
    message = "Clicks shares the 2 MB/s of its one shard among 3 readers (A, B, C); give them enhanced fan-out, "
    found = stack(SHARED, Clicks=stream(ShardCount=1), A=mapping(), B=pipe({}), C=DELIVERY)
    assert found == [("warning", message + "or the stream more shards")]


@pytest.mark.parametrize(
    "third",
    [
        mapping(Enabled=False),
        mapping(Enabled={"Ref": "Any"}),
        pipe({}, DesiredState="STOPPED"),
        mapping({"Ref": "FanOut"}),
        pipe({}, arn("FanOut", "ConsumerARN")),
        mapping({"Ref": "Any"}),
    ],
)
def test_what_surely_does_not_share_a_shard_does_not_count(third: tuple[str, dict[str, Any]]) -> None:
    assert stack(SHARED, Clicks=stream(ShardCount=1), FanOut=FAN_OUT, A=mapping(), B=mapping(), C=third) == []


@pytest.mark.parametrize(
    "properties",
    [
        {"ShardCount": 2},
        {"ShardCount": {"Ref": "Some"}},
        {"StreamModeDetails": {"StreamMode": "ON_DEMAND"}},
        {"ShardCount": 1, "StreamModeDetails": {"StreamMode": {"Ref": "Any"}}},
    ],
)
def test_more_shards_or_none_to_count_are_fine(properties: dict[str, Any]) -> None:
    assert stack(SHARED, Clicks=stream(**properties), A=mapping(), B=mapping(), C=mapping()) == []


def test_readers_by_count_are_counted() -> None:
    source = {"event_source_arn": "${aws_kinesis_stream.clicks.arn}", "function_name": "work"}
    clicks = {"clicks": {"name": "clicks", "shard_count": 1}}
    for number, expected in ((2, 0), (3, 1)):
        mappings = {"work": {"count": number, **source}}
        found = terraform(SHARED, aws_kinesis_stream=clicks, aws_lambda_event_source_mapping=mappings)
        assert len(found) == expected


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"MaximumRetryAttempts": -1},
        {"MaximumRecordAgeInSeconds": "-1"},
        {"BisectBatchOnFunctionError": True},
        {"DestinationConfig": {"OnFailure": {"Destination": {"Ref": "Any"}}}},
        {"FunctionResponseTypes": ["ReportBatchItemFailures"], "Enabled": False},
    ],
)
def test_what_does_not_limit_retries_leaves_the_shard_blocked(limits: dict[str, Any]) -> None:
    source = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
    assert stack(FAILURE, It=mapping(source, **limits)) == OPENS_UNKNOWN


def test_the_time_that_a_shard_is_blocked_is_the_streams_retention() -> None:
    found = stack(FAILURE, Clicks=stream(RetentionPeriodHours=72), It=mapping())
    assert found == [("warning", OPENS_UNKNOWN[0][1].replace("until its records expire", "for up to 72 h"))]
    through = stack(FAILURE, Clicks=stream(RetentionPeriodHours=48), FanOut=FAN_OUT, It=mapping({"Ref": "FanOut"}))
    assert through == [("warning", OPENS_UNKNOWN[0][1].replace("until its records expire", "for up to 48 h"))]
    table = ("DynamoDB::Table", {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}})
    found = stack(FAILURE, Orders=table, It=mapping(arn("Orders", "StreamArn")))
    assert found == [("warning", OPENS_UNKNOWN[0][1].replace("until its records expire", "for up to 24 h"))]


@pytest.mark.parametrize(
    "limits",
    [
        {"MaximumRetryAttempts": {"Ref": "Some"}},
        {"MaximumRecordAgeInSeconds": {"Ref": "Some"}},
        {"MaximumRetryAttempts": 2, "DestinationConfig": {"OnFailure": {"Destination": {"Ref": "Any"}}}},
        {"MaximumRetryAttempts": 2, "DestinationConfig": {"Ref": "Any"}},
    ],
)
def test_limits_that_may_be_there_are_not_missed(limits: dict[str, Any]) -> None:
    assert stack(FAILURE, Clicks=stream(), It=mapping(**limits)) == []


def test_limits_without_a_destination_are_worth_a_thought() -> None:
    message = "It gives up on records after 0 retries or 3600 s and tells nobody which; name a queue or topic in "
    found = stack(FAILURE, Clicks=stream(), It=mapping(MaximumRetryAttempts=0, MaximumRecordAgeInSeconds=3600))
    assert found == [("advice", message + "DestinationConfig.OnFailure")]
    for age in (-1, {"Ref": "Some"}):
        found = stack(FAILURE, Clicks=stream(), It=mapping(MaximumRetryAttempts=3, MaximumRecordAgeInSeconds=age))
        assert found[0][1].startswith("It gives up on records after 3 retries and tells nobody")


def test_a_pipe_says_its_limits_where_it_says_its_source() -> None:
    kinds = {"KinesisStreamParameters": "Kinesis", "DynamoDBStreamParameters": "DynamoDB"}
    for name in kinds:
        at = f"SourceParameters.{name}."
        found = stack(FAILURE, It=pipe({name: {"StartingPosition": "LATEST"}}, {"Ref": "Any"}))
        assert [level for level, _ in found] == ["warning"]
        assert found[0][1].endswith(f"set {at}MaximumRetryAttempts or {at}MaximumRecordAgeInSeconds")
        told = {"MaximumRetryAttempts": 1, "DeadLetterConfig": {"Arn": {"Ref": "Any"}}}
        assert stack(FAILURE, It=pipe({name: told}, {"Ref": "Any"})) == []
        del told["DeadLetterConfig"]
        assert stack(FAILURE, It=pipe({name: told}, {"Ref": "Any"}))[0][1].endswith(f"topic in {at}DeadLetterConfig")


@pytest.mark.parametrize(
    "source",
    [
        {"Ref": "Any"},
        "arn:aws:sqs:eu-west-1:111122223333:orders",
        "arn:aws:kafka:eu-west-1:111122223333:cluster/orders/1",
        {"Fn::ImportValue": "stream"},
        {"Fn::Sub": "arn:aws:${Any}:eu-west-1:111122223333:stream/clicks"},
    ],
)
def test_a_source_that_is_no_stream_or_may_be_none_is_left_alone(source: Any) -> None:
    assert stack(FAILURE, It=mapping(source)) == []
    assert stack(FAILURE, It=pipe({}, source)) == []


def test_a_stream_of_another_region_is_one_by_its_arn() -> None:
    source = {"Fn::Sub": "arn:aws:kinesis:${AWS::Region}:${AWS::AccountId}:stream/clicks"}
    assert stack(FAILURE, It=mapping(source)) == OPENS_UNKNOWN


def test_events_of_sam_are_mappings() -> None:
    template = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Clicks: {Type: Kinesis, Properties: {Stream: !GetAtt Clicks.Arn, StartingPosition: LATEST%s}}
        Orders: {Type: SQS, Properties: {Queue: !ImportValue queue}}
"""
    assert [level for level, _ in said(FAILURE, template % "")] == ["warning"]
    assert said(FAILURE, template % "")[0][1].startswith("WorkClicks tries a batch that fails again for up to 24 h, ")
    assert [level for level, _ in said(FAILURE, template % ", MaximumRetryAttempts: 5")] == ["advice"]
    kept = "Clicks keeps a record for 24 h, but Work tries again without end and loses what expires until it succeeds; "
    assert said(RETENTION, template % "") == [("advice", kept + "keep records for longer, say 168 h")]


def test_a_pipe_or_a_fan_out_reader_outlives_a_days_retention_too() -> None:
    for reader in (pipe({"KinesisStreamParameters": {}}), mapping({"Ref": "FanOut"})):
        found = stack(RETENTION, Clicks=stream(), FanOut=FAN_OUT, It=reader)
        assert [level for level, _ in found] == ["advice"]
    age = mapping(MaximumRecordAgeInSeconds=90000)
    assert "tries again up to an age of 25 h" in stack(RETENTION, Clicks=stream(), It=age)[0][1]
    assert stack(RETENTION, Clicks=stream(RetentionPeriodHours=25), It=mapping()) == []
    assert stack(RETENTION, Clicks=stream(), It=mapping(MaximumRecordAgeInSeconds={"Ref": "Some"})) == []


def test_a_capacity_mode_that_may_be_written_is_not_missed() -> None:
    assert stack(MODE, Clicks=stream(StreamModeDetails={"Ref": "Any"})) == []
    assert stack(MODE, Clicks=stream(StreamModeDetails={})) == []
    assert stack(MODE, Clicks=stream(ShardCount=0, StreamModeDetails={"StreamMode": "ON_DEMAND"})) == []
    parts = "Clicks says no capacity mode, so it is PROVISIONED with 3 shards that nothing adds to; "
    assert stack(MODE, Clicks=stream(ShardCount=3))[0] == (
        "advice",
        parts + "write StreamMode: ON_DEMAND to let Kinesis scale it, or PROVISIONED to say that you do",
    )


def test_shards_are_counted_in_words() -> None:
    for count, shards in ((1, "1 shard"), (2, "2 shards")):
        assert stack(MODE, Clicks=stream(ShardCount=count))[0][1].split(" that ")[0].endswith(f"with {shards}")
        found = stack(MODE, Clicks=stream(ShardCount=count, StreamModeDetails={"StreamMode": "ON_DEMAND"}))
        message = f"Clicks asks for {shards} in ON_DEMAND mode, which takes no ShardCount; leave it out, or make the "
        assert found == [("error", message + "stream PROVISIONED")]


def flink(runtime: Any = "FLINK-1_20", snapshots: Any = None, **configurations: Any) -> Said:
    made: dict[str, Any] = {"FlinkApplicationConfiguration": configurations}
    if snapshots is not None:
        made["ApplicationSnapshotConfiguration"] = {"SnapshotsEnabled": snapshots}
    properties = {"RuntimeEnvironment": runtime, "ApplicationConfiguration": made}
    return stack(FLINK, Clicks=("KinesisAnalyticsV2::Application", properties))


def test_what_is_off_in_a_flink_application_is_said_piece_by_piece() -> None:
    custom = {"ConfigurationType": "CUSTOM"}
    found = flink(
        "FLINK-1_8",
        "false",
        CheckpointConfiguration={**custom, "CheckpointingEnabled": False},
        ParallelismConfiguration={**custom, "AutoScalingEnabled": False},
    )
    assert sorted(level or "" for level, _ in found) == ["advice", "error", "warning", "warning"]


@pytest.mark.parametrize("runtime", ["FLINK-1_6", "FLINK-1_8", "FLINK-1_11", "FLINK-1_13"])
def test_old_runtimes_are_retired(runtime: str) -> None:
    message = f"Clicks asks for the runtime {runtime}, which AWS retired; choose a present one"
    assert flink(runtime) == [("error", message)]


@pytest.mark.parametrize(
    "runtime", ["FLINK-1_15", "FLINK-1_18", "FLINK-2_2", "ZEPPELIN-FLINK-1_0", "SQL-1_0", {"Ref": "Any"}]
)
def test_other_runtimes_are_not(runtime: Any) -> None:
    assert flink(runtime) == []


def test_default_ignores_the_other_values_and_a_notebook_has_none() -> None:
    off = {"CheckpointingEnabled": False, "AutoScalingEnabled": False}
    for kind in ({"ConfigurationType": "DEFAULT"}, {}, {"ConfigurationType": {"Ref": "Any"}}):
        assert flink(CheckpointConfiguration={**kind, **off}, ParallelismConfiguration={**kind, **off}) == []
    custom = {"ConfigurationType": "CUSTOM"}
    assert flink(CheckpointConfiguration=custom, ParallelismConfiguration=custom) == []
    assert flink("ZEPPELIN-FLINK-3_0", False, CheckpointConfiguration={**custom, **off}) == []
    assert flink(snapshots={"Ref": "Any"}) == []
