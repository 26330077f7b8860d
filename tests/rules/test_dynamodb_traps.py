"""What makes a naive reading of tables wrong: replicas, who reads a stream, what scales an index, who else knows it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

Said = list[tuple[str | None, str]]

TABLE = "AWS::DynamoDB::Table"
GLOBAL_TABLE = "AWS::DynamoDB::GlobalTable"
TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
UNITS = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
ON = {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}}
STREAM = {"StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"}}
PARAMETERS = {"Name": {"Type": "String"}, "Any": {"Type": "String"}}
ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"


def said(rule: str, text: str) -> Said:
    findings = Example(rules()[rule], text).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def cloudformation(rule: str, properties: dict[str, Any], type_: str = TABLE, **others: Any) -> Said:
    """A table named Orders with these properties; `others` are more resources, or Outputs."""
    outputs = others.pop("Outputs", {})
    resources = {"Orders": {"Type": type_, "Properties": properties}, **others}
    return said(rule, json.dumps({"Parameters": PARAMETERS, "Resources": resources, "Outputs": outputs}, indent=1))


def terraform(rule: str, table: dict[str, Any], **others: Any) -> Said:
    resources = {"aws_dynamodb_table": {"orders": {"name": "orders", **table}}, **others}
    return said(rule, json.dumps({"resource": resources}, indent=1))


def resource(type_: str, **properties: Any) -> dict[str, Any]:
    return {"Type": type_, "Properties": properties}


RESTORE = "dynamodb-point-in-time-recovery"


def test_each_replica_without_backups_is_named() -> None:
    replicas = [{"Region": "eu-west-1"}, {"Region": "us-east-1", **ON}, {"Region": {"Ref": "Name"}}]
    message = "can't be restored to a point in time in eu-west-1, replica 3; switch PointInTimeRecoveryEnabled on"
    assert cloudformation(RESTORE, {"Replicas": replicas}, GLOBAL_TABLE) == [("warning", message)]
    message = "can't be restored to a point in time in replica 2; switch PointInTimeRecoveryEnabled on"
    assert cloudformation(RESTORE, {"Replicas": replicas[1:]}, GLOBAL_TABLE) == [("warning", message)]
    message = (
        "can't be restored to a point in time in its own Region, us-east-1; switch point_in_time_recovery.enabled on"
    )
    assert terraform(RESTORE, {"replica": [{"region_name": "us-east-1"}]}) == [("warning", message)]


def test_replicas_with_backups_and_unknown_ones_are_not() -> None:
    assert cloudformation(RESTORE, {"Replicas": [{"Region": "eu-west-1", **ON}]}, GLOBAL_TABLE) == []
    assert cloudformation(RESTORE, {"Replicas": {"Fn::ImportValue": "replicas"}}, GLOBAL_TABLE) == []


def test_a_replica_that_is_a_resource_of_its_own_is_judged() -> None:
    on = {"point_in_time_recovery": {"enabled": True}}
    replica: dict[str, Any] = {"global_table_arn": "${aws_dynamodb_table.orders.arn}"}
    message = "can't be restored to a point in time; switch point_in_time_recovery on"
    assert terraform(RESTORE, on, aws_dynamodb_table_replica={"east": replica}) == [("warning", message)]
    replica["point_in_time_recovery"] = True
    assert terraform(RESTORE, on, aws_dynamodb_table_replica={"east": replica}) == []


def test_a_simple_table_of_sam_is_a_table() -> None:
    text = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::SimpleTable\n"
    message = "can't be restored to a point in time; switch PointInTimeRecoveryEnabled on"
    assert said(RESTORE, text) == [("warning", message)]
    with_backups = "    Properties: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}\n"
    assert said(RESTORE, text + with_backups) == []


SCALING = "dynamodb-capacity-scaling"
FIXED = "; give it scalable targets, or set BillingMode to PAY_PER_REQUEST"


def scaled(resource_id: Any, kind: str = "table", **units: Any) -> dict[str, Any]:
    """Scalable targets of both dimensions."""
    dimensions = (f"dynamodb:{kind}:ReadCapacityUnits", f"dynamodb:{kind}:WriteCapacityUnits")
    return {
        f"Target{kind}{number}": resource(TARGET, ResourceId=resource_id, ScalableDimension=one, **units)
        for number, one in enumerate(dimensions)
    }


def test_every_capacity_that_nothing_scales_is_named() -> None:
    indexes = [{"IndexName": "by-date", "ProvisionedThroughput": UNITS}, {"IndexName": {"Ref": "Name"}}]
    table = {"ProvisionedThroughput": UNITS, "GlobalSecondaryIndexes": indexes}
    message = (
        "has provisioned capacity that nothing scales: reads (5/s), writes (5/s), reads of the index by-date (5/s), "
        "writes of the index by-date (5/s), reads of the index named by a parameter, "
        "writes of the index named by a parameter"
    )
    assert cloudformation(SCALING, table) == [("warning", message + FIXED)]


@pytest.mark.parametrize(
    "named",
    [
        {"Fn::Sub": "table/${Orders}"},
        {"Fn::Join": ["/", ["table", {"Ref": "Orders"}]]},
        "table/orders",
        {"Fn::Sub": "table/${Name}"},
        {"Ref": "Any"},
        {"Fn::ImportValue": "table"},
    ],
    ids=str,
)
def test_a_target_that_scales_a_table_or_may_is_enough(named: Any) -> None:
    assert cloudformation(SCALING, {"TableName": "orders", "ProvisionedThroughput": UNITS}, **scaled(named)) == []


def test_the_targets_of_another_table_and_of_the_table_s_indexes_are_not() -> None:
    message = "has provisioned capacity that nothing scales: reads (5/s), writes (5/s)" + FIXED
    table = {"TableName": "orders", "ProvisionedThroughput": UNITS}
    for named in ("table/invoices", {"Fn::Sub": "table/${Orders}/index/by-date"}):
        assert cloudformation(SCALING, table, **scaled(named)) == [("warning", message)]


def test_an_index_is_scaled_by_targets_of_its_own() -> None:
    table = {"ProvisionedThroughput": UNITS, "GlobalSecondaryIndexes": [{"IndexName": "by-date"}]}
    of_table = scaled({"Fn::Sub": "table/${Orders}"})
    of_index = scaled({"Fn::Sub": "table/${Orders}/index/by-date"}, "index")
    assert cloudformation(SCALING, table, **of_table, **of_index) == []


def test_a_table_that_other_stacks_learn_of_may_be_scaled_there() -> None:
    message = "has provisioned capacity that nothing here scales: reads (5/s), writes (5/s)" + FIXED
    table = {"ProvisionedThroughput": UNITS}
    assert cloudformation(SCALING, table, Outputs={"Name": {"Value": {"Ref": "Orders"}}}) == [("advice", message)]
    nested = resource("AWS::CloudFormation::Stack", TemplateURL="https://x", Parameters={"Table": {"Ref": "Orders"}})
    assert cloudformation(SCALING, table, Nested=nested) == [("advice", message)]


def test_a_scaling_plan_and_unknown_resources_leave_it_open() -> None:
    plan = resource("AWS::AutoScalingPlans::ScalingPlan")
    assert cloudformation(SCALING, {"ProvisionedThroughput": UNITS}, Plan=plan) == []
    document = {"Transform": "Own", "Resources": {"Orders": {"Type": TABLE, "Properties": {}}}}
    assert said(SCALING, json.dumps(document)) == []


CONSUMER = "dynamodb-stream-consumer"
UNREAD = "has a stream of NEW_AND_OLD_IMAGES that nothing here reads; add a mapping or a pipe, or remove the stream"
STREAM_ARN = {"Fn::GetAtt": ["Orders", "StreamArn"]}


@pytest.mark.parametrize(
    "reader",
    [
        {"Mapping": resource("AWS::Lambda::EventSourceMapping", EventSourceArn=STREAM_ARN, Enabled=False)},
        {"Pipe": resource("AWS::Pipes::Pipe", Source=STREAM_ARN)},
        {"Outputs": {"Stream": {"Value": STREAM_ARN}}},
        {"Nested": resource("AWS::CloudFormation::Stack", TemplateURL="https://x", Parameters={"Stream": STREAM_ARN})},
        {
            "Policy": resource(
                "AWS::IAM::Policy", PolicyDocument={"Statement": {"Action": ["dynamodb:GetRecords"], "Resource": "*"}}
            )
        },
    ],
    ids=lambda reader: next(iter(reader)),
)
def test_a_stream_that_is_read_or_may_be_is_left_alone(reader: dict[str, Any]) -> None:
    assert cloudformation(CONSUMER, STREAM, **reader) == []


def test_a_stream_that_nobody_reads_is_found() -> None:
    output = {"Name": {"Value": {"Ref": "Orders"}}}
    elsewhere = resource("AWS::Lambda::EventSourceMapping", EventSourceArn=f"{ARN}/stream/2026")
    assert cloudformation(CONSUMER, STREAM, Outputs=output, Mapping=elsewhere) == [("advice", UNREAD)]
    one_region = {**STREAM, "Replicas": [{"Region": "eu-west-1"}]}
    assert cloudformation(CONSUMER, one_region, GLOBAL_TABLE) == [("advice", UNREAD)]


def test_the_stream_of_a_global_table_is_read_by_its_replicas() -> None:
    stream = {"stream_enabled": True, "stream_view_type": "NEW_AND_OLD_IMAGES"}
    assert terraform(CONSUMER, stream) == [("advice", UNREAD)]
    assert terraform(CONSUMER, {**stream, "replica": [{"region_name": "us-east-1"}]}) == []
    apart = {"east": {"global_table_arn": "${aws_dynamodb_table.orders.arn}"}}
    assert terraform(CONSUMER, stream, aws_dynamodb_table_replica=apart) == []


def test_a_mapping_on_a_table_without_a_stream_is_an_error() -> None:
    message = "reads the stream of Orders, which has none; switch the table's stream on"
    mapping = resource("AWS::Lambda::EventSourceMapping", EventSourceArn=f"{ARN}/stream/2026")
    assert cloudformation(CONSUMER, {"TableName": "orders"}, Mapping=mapping) == [("error", message)]
    pipe = resource("AWS::Pipes::Pipe", Source=STREAM_ARN)
    assert cloudformation(CONSUMER, {}, Pipe=pipe) == [("error", message)]
    off = {"stream_enabled": False, "stream_view_type": "KEYS_ONLY"}
    source = {"work": {"event_source_arn": "${aws_dynamodb_table.orders.stream_arn}", "function_name": "work"}}
    [(level, _)] = terraform(CONSUMER, off, aws_lambda_event_source_mapping=source)
    assert level == "error"


def test_an_event_of_sam_reads_the_stream() -> None:
    text = """Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {STREAM}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Events: {Change: {Type: DynamoDB, Properties: {Stream: !GetAtt Orders.StreamArn, StartingPosition: LATEST}}}
"""
    assert said(CONSUMER, text.replace("STREAM", "StreamSpecification: {StreamViewType: NEW_IMAGE}")) == []
    assert [level for level, _ in said(CONSUMER, text.replace("STREAM", "TableName: orders"))] == ["error"]


REPLICAS = "dynamodb-global-table"
TWO = {"BillingMode": "PAY_PER_REQUEST", "Replicas": [{"Region": "eu-west-1"}, {"Region": "us-east-1"}]}


@pytest.mark.parametrize(
    ("view", "stream"), [({}, "no stream"), ({"StreamViewType": "KEYS_ONLY"}, "a stream of KEYS_ONLY")]
)
def test_replicas_follow_a_stream_of_both_images(view: dict[str, str], stream: str) -> None:
    message = f"has 2 replicas and {stream}, but they follow a stream of NEW_AND_OLD_IMAGES; give it one"
    table = {**TWO, **({"StreamSpecification": view} if view else {})}
    assert cloudformation(REPLICAS, table, GLOBAL_TABLE) == [("error", message)]


def test_tables_that_need_no_stream_or_have_it() -> None:
    assert cloudformation(REPLICAS, {**TWO, **STREAM}, GLOBAL_TABLE) == []
    assert cloudformation(REPLICAS, {**TWO, "MultiRegionConsistency": "STRONG"}, GLOBAL_TABLE) == []
    assert cloudformation(REPLICAS, {"Replicas": {"Fn::ImportValue": "replicas"}}, GLOBAL_TABLE) == []
    strong = [{"region_name": region, "consistency_mode": "STRONG"} for region in ("us-east-1", "us-east-2")]
    assert terraform(REPLICAS, {"replica": strong}) == []


def test_a_replica_apart_needs_the_stream_too() -> None:
    apart = {"east": {"global_table_arn": "${aws_dynamodb_table.orders.arn}"}}
    message = "has 2 replicas and no stream, but they follow a stream of NEW_AND_OLD_IMAGES; give it one"
    assert terraform(REPLICAS, {}, aws_dynamodb_table_replica=apart) == [("error", message)]


def test_one_region_is_advice_unless_the_cdk_made_it() -> None:
    one = {"Replicas": [{"Region": {"Ref": "AWS::Region"}}]}
    message = "is a global table of one Region; add a second one, or make it an AWS::DynamoDB::Table"
    assert cloudformation(REPLICAS, one, GLOBAL_TABLE) == [("advice", message)]
    made = {"Type": GLOBAL_TABLE, "Metadata": {"aws:cdk:path": "Shop/Orders/Resource"}, "Properties": one}
    assert said(REPLICAS, json.dumps({"Resources": {"Orders": made}})) == []


def test_version_2017_is_a_warning() -> None:
    table = {"orders": {"name": "orders", "replica": [{"region_name": "eu-west-1"}]}}
    message = "is a global table of version 2017.11.29 with 1 replica; use replica blocks of its table"
    assert terraform(REPLICAS, {}, aws_dynamodb_global_table=table) == [("warning", message)]


CAPACITY = "dynamodb-global-capacity"
WRITES = {"WriteProvisionedThroughputSettings": {"WriteCapacityAutoScalingSettings": {"MinCapacity": 5}}}


def test_the_table_and_each_index_need_scaled_writes() -> None:
    indexes = [{"IndexName": "a", **WRITES}, {"IndexName": "b"}]
    table = {**TWO, "BillingMode": "PROVISIONED", "GlobalSecondaryIndexes": indexes}
    message = "is PROVISIONED without WriteProvisionedThroughputSettings of {}; add them, or use PAY_PER_REQUEST"
    found = cloudformation(CAPACITY, table, GLOBAL_TABLE)
    assert found == [("error", message.format("the table and the index b"))]
    assert cloudformation(CAPACITY, {**table, **WRITES}, GLOBAL_TABLE) == [("error", message.format("the index b"))]
    assert cloudformation(CAPACITY, {**TWO, **WRITES, "BillingMode": "PROVISIONED"}, GLOBAL_TABLE) == []


def test_terraform_s_replicas_need_scaled_writes() -> None:
    table = {"write_capacity": 5, "read_capacity": 5, "replica": [{"region_name": "us-east-1"}]}
    message = "has 2 replicas and fixed writes; scale them, or use PAY_PER_REQUEST"
    assert terraform(CAPACITY, table) == [("error", message)]
    target = {"writes": {"resource_id": "table/orders", "scalable_dimension": "dynamodb:table:WriteCapacityUnits"}}
    assert terraform(CAPACITY, table, aws_appautoscaling_target=target) == []


@pytest.mark.parametrize(
    ("nodes", "zones", "expected"),
    [
        (1, [], [("warning", "has 1 node and nothing to take over from it; set ReplicationFactor to 3")]),
        (
            2,
            ["a", "a"],
            [("advice", "has 2 nodes, so 1 is left while the other is replaced; set ReplicationFactor to 3")],
        ),
        ("4", ["a"] * 4, [("warning", "has its 4 nodes in a; spread them over several zones")]),
        (3, ["a", "a", "b"], []),
        (3, ["a", "a", {"Ref": "Any"}], []),
        (3, [{"Ref": "Any"}], []),
    ],
)
def test_dax_wants_three_nodes_in_several_zones(nodes: Any, zones: list[Any], expected: Said) -> None:
    found = cloudformation("dax-nodes", {"ReplicationFactor": nodes, "AvailabilityZones": zones}, "AWS::DAX::Cluster")
    assert found == expected
