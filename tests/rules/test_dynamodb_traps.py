"""What makes a naive reading of tables wrong: replicas, who reads a stream, what scales an index, who else knows it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, found, messages, resource, stack
from tests.linting import terraform as configuration

TABLE = "DynamoDB::Table"
GLOBAL_TABLE = "DynamoDB::GlobalTable"
TARGET = "ApplicationAutoScaling::ScalableTarget"
UNITS = {"ReadCapacityUnits": 50, "WriteCapacityUnits": 50}
ON = {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}}
STREAM = {"StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"}}
PARAMETERS = {"Name": {"Type": "String"}, "Any": {"Type": "String"}}
ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"


def cloudformation(properties: dict[str, Any], type_: str = TABLE, **others: Any) -> dict[str, Any]:
    """A table named Orders with these properties; `others` are more resources, or Outputs."""
    sections = {"Parameters": PARAMETERS, "Outputs": others.pop("Outputs", {})}
    return stack(sections, Orders=resource(type_, **properties), **others)


def terraform(table: dict[str, Any], **others: Any) -> dict[str, Any]:
    return configuration(aws_dynamodb_table={"orders": {"name": "orders", **table}}, **others)


RESTORE = "dynamodb-point-in-time-recovery"


@pytest.mark.parametrize("source", [ARN, {"Ref": "Any"}, {"Fn::ImportValue": "orders"}], ids=str)
def test_a_replica_of_a_table_in_another_account_is_left_to_its_source(source: Any) -> None:
    replica = {"Region": "us-east-1", "GlobalTableSettingsReplicationMode": "ENABLED"}
    shared = {"GlobalTableSourceArn": source, "Replicas": [replica]}
    mapping = resource("Lambda::EventSourceMapping", EventSourceArn=STREAM_ARN)
    for rule in (RESTORE, REPLICAS, CAPACITY, CONSUMER):
        assert found(rule, cloudformation(shared, GLOBAL_TABLE)) == []
        assert found(rule, cloudformation({**shared, **STREAM}, GLOBAL_TABLE, Mapping=mapping)) == []
    assert found(CONSUMER, cloudformation(shared, GLOBAL_TABLE, Mapping=mapping)) == []


def test_what_can_be_made_anew_is_advice_and_open_connections_are_not_told() -> None:
    copied = {
        "aws_dms_endpoint": {"target": {"endpoint_id": "t", "endpoint_type": "target", "engine_name": "dynamodb"}}
    }
    advice = [
        terraform({}, **copied),
        terraform({}, aws_dms_endpoint={"target": {"endpoint_type": "target", "engine_name": "s3"}}),
        cloudformation({}, Copies=resource("DMS::Endpoint", EndpointType="target", EngineName="dynamodb")),
        cloudformation({"Tags": [{"Key": "BackupPlan", "Value": "None"}]}),
        cloudformation({"TableName": "RateLimits"}),
    ]
    assert [found(RESTORE, template)[0].level for template in advice] == ["advice"] * 5
    others = [
        terraform({}, aws_dms_endpoint={"source": {"endpoint_type": "source", "engine_name": "s3"}}),
        cloudformation({"Tags": [{"Key": "Team", "Value": "orders"}]}),
        cloudformation({"Tags": [{"Key": "Backup", "Value": "no"}], **UNTOUCHABLE}),
    ]
    assert [found(RESTORE, template)[0].level for template in others] == ["warning"] * 3
    for key in ("connectionId", "connection_id", "ConnectionID"):
        assert found(RESTORE, cloudformation({"KeySchema": [{"AttributeName": key, "KeyType": "HASH"}]})) == []
    assert found(RESTORE, cloudformation({"KeySchema": [{"AttributeName": "orderId", "KeyType": "HASH"}]})) != []


UNTOUCHABLE = {"DeletionProtectionEnabled": True}


def test_each_replica_without_backups_is_named() -> None:
    replicas = [{"Region": "eu-west-1"}, {"Region": "us-east-1", **ON}, {"Region": {"Ref": "Name"}}]
    for template, at, where in (
        (cloudformation({"Replicas": replicas}, GLOBAL_TABLE), "Region: eu-west-1", "in eu-west-1 and replica 3,"),
        (cloudformation({"Replicas": replicas[1:]}, GLOBAL_TABLE), "Region", "in replica 2,"),
    ):
        assert found(RESTORE, template) == [Found("warning", "Orders", at)]
        assert [where in one for one in messages(RESTORE, template)] == [True]
    replica = terraform({"replica": [{"region_name": "us-east-1"}]})
    assert found(RESTORE, replica) == [Found("warning", "aws_dynamodb_table.orders", "orders")]
    assert ["in its own Region and us-east-1," in one for one in messages(RESTORE, replica)] == [True]


def test_replicas_with_backups_and_unknown_ones_are_not() -> None:
    assert found(RESTORE, cloudformation({"Replicas": [{"Region": "eu-west-1", **ON}]}, GLOBAL_TABLE)) == []
    assert found(RESTORE, cloudformation({"Replicas": {"Fn::ImportValue": "replicas"}}, GLOBAL_TABLE)) == []


def test_a_replica_that_is_a_resource_of_its_own_is_judged() -> None:
    on = {"point_in_time_recovery": {"enabled": True}}
    replica: dict[str, Any] = {"global_table_arn": "${aws_dynamodb_table.orders.arn}"}
    apart = terraform(on, aws_dynamodb_table_replica={"east": replica})
    assert found(RESTORE, apart) == [Found("warning", "aws_dynamodb_table_replica.east", "east")]
    assert ["replica 1" in one for one in messages(RESTORE, apart)] == [False]
    replica["point_in_time_recovery"] = True
    assert found(RESTORE, terraform(on, aws_dynamodb_table_replica={"east": replica})) == []


def test_a_simple_table_of_sam_is_a_table() -> None:
    text = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::SimpleTable\n"
    assert found(RESTORE, text) == [Found("advice", "Orders", "Orders")]
    assert ["replica" in one for one in messages(RESTORE, text)] == [False]
    with_backups = "    Properties: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}\n"
    assert found(RESTORE, text + with_backups) == []


FEW = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
EXPIRING = {"TimeToLiveSpecification": {"AttributeName": "until", "Enabled": True}}


@each_case(
    ("properties", "attributes", "level"),
    [
        ({}, {"DeletionPolicy": "Delete"}, "advice"),
        ({}, {"DeletionPolicy": "Retain"}, "warning"),
        (EXPIRING, {}, "advice"),
        (EXPIRING, {"DeletionPolicy": "RetainExceptOnCreate"}, "warning"),
        ({**EXPIRING, "DeletionProtectionEnabled": True}, {}, "warning"),
        ({"TimeToLiveSpecification": {"AttributeName": "until", "Enabled": False}}, {}, "warning"),
        ({"ProvisionedThroughput": FEW}, {}, "advice"),
        ({"ProvisionedThroughput": {**FEW, "ReadCapacityUnits": 6}}, {}, "warning"),
        ({"ProvisionedThroughput": {**FEW, "ReadCapacityUnits": {"Ref": "Any"}}}, {}, "warning"),
        ({"BillingMode": "PAY_PER_REQUEST"}, {}, "warning"),
    ],
    ids=str,
)
def test_the_template_says_whether_data_may_go(
    properties: dict[str, Any], attributes: dict[str, Any], level: str
) -> None:
    parameters = {"Parameters": {"Any": {"Type": "Number"}}}
    template = stack(parameters, Orders={**resource("DynamoDB::Table", **properties), **attributes})
    assert [one.level for one in found(RESTORE, template)] == [level]


@each_case(
    ("kept", "level"),
    [
        ("", "advice"),
        ("deletion_protection_enabled = true", "warning"),
        ("lifecycle {\n    prevent_destroy = true\n  }", "warning"),
        ('replica {\n    region_name = "eu-west-1"\n  }', "warning"),
    ],
)
def test_terraform_says_whether_data_must_stay(kept: str, level: str) -> None:
    ttl = 'ttl {\n    attribute_name = "until"\n    enabled = true\n  }'
    text = f'resource "aws_dynamodb_table" "orders" {{\n  billing_mode = "PAY_PER_REQUEST"\n  {ttl}\n  {kept}\n}}\n'
    assert [one.level for one in found(RESTORE, text)] == [level]


SCALING = "dynamodb-capacity-scaling"
UNSCALED = [Found("warning", "Orders", "Orders")]


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
    assert found(SCALING, cloudformation(table)) == UNSCALED
    (message,) = messages(SCALING, cloudformation(table))
    assert (
        " its reads (50/s), writes (50/s), reads of the index by-date (50/s), writes of the index by-date (50/s), "
        "reads of the index with an unknown name or writes of the index with an unknown name;"
    ) in message


@pytest.mark.parametrize(
    ("count", "more"), [(3, ""), (4, " or capacity of 1 more index"), (7, " or capacity of 4 more indexes")]
)
def test_three_indexes_are_named(count: int, more: str) -> None:
    indexes = [{"IndexName": f"by-{number}", "ProvisionedThroughput": UNITS} for number in range(count)]
    table = {"ProvisionedThroughput": UNITS, "GlobalSecondaryIndexes": indexes}
    (message,) = messages(SCALING, cloudformation(table))
    assert f"writes of the index by-2 (50/s){more};" in message


@each_case(
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
    assert (
        found(SCALING, cloudformation({"TableName": "orders", "ProvisionedThroughput": UNITS}, **scaled(named))) == []
    )


def test_the_targets_of_another_table_and_of_the_table_s_indexes_are_not() -> None:
    table = {"TableName": "orders", "ProvisionedThroughput": UNITS}
    for named in ("table/invoices", {"Fn::Sub": "table/${Orders}/index/by-date"}):
        unscaled = cloudformation(table, **scaled(named))
        assert found(SCALING, unscaled) == UNSCALED
        assert [" its reads (50/s) or writes (50/s);" in one for one in messages(SCALING, unscaled)] == [True]


@pytest.mark.parametrize(("units", "level"), [(25, "advice"), (26, "warning")])
def test_what_hardly_anybody_uses_need_not_be_scaled(units: int, level: str) -> None:
    throughput = {"ReadCapacityUnits": 1, "WriteCapacityUnits": units}
    assert [one.level for one in found(SCALING, cloudformation({"ProvisionedThroughput": throughput}))] == [level]


def test_an_index_is_scaled_by_targets_of_its_own() -> None:
    table = {"ProvisionedThroughput": UNITS, "GlobalSecondaryIndexes": [{"IndexName": "by-date"}]}
    of_table = scaled({"Fn::Sub": "table/${Orders}"})
    of_index = scaled({"Fn::Sub": "table/${Orders}/index/by-date"}, "index")
    assert found(SCALING, cloudformation(table, **of_table, **of_index)) == []


def test_a_table_that_other_stacks_learn_of_may_be_scaled_there() -> None:
    table = {"ProvisionedThroughput": UNITS}
    elsewhere = [Found("advice", "Orders", "Orders")]
    put_out = cloudformation(table, Outputs={"Name": {"Value": {"Ref": "Orders"}}})
    assert found(SCALING, put_out) == elsewhere
    nested = resource("CloudFormation::Stack", TemplateURL="https://x", Parameters={"Table": {"Ref": "Orders"}})
    assert found(SCALING, cloudformation(table, Nested=nested)) == elsewhere


def test_a_scaling_plan_and_unknown_resources_leave_it_open() -> None:
    plan = resource("AutoScalingPlans::ScalingPlan")
    assert found(SCALING, cloudformation({"ProvisionedThroughput": UNITS}, Plan=plan)) == []
    assert found(SCALING, stack({"Transform": "Own"}, Orders=resource(TABLE))) == []


CONSUMER = "dynamodb-stream-consumer"
UNREAD = [Found("advice", "Orders", "StreamViewType: NEW_AND_OLD_IMAGES")]
STREAM_ARN = {"Fn::GetAtt": ["Orders", "StreamArn"]}


@each_case(
    "reader",
    [
        {"Mapping": resource("Lambda::EventSourceMapping", EventSourceArn=STREAM_ARN, Enabled=False)},
        {"Pipe": resource("Pipes::Pipe", Source=STREAM_ARN)},
        {"Outputs": {"Stream": {"Value": STREAM_ARN}}},
        {"Stored": resource("SSM::Parameter", Type="String", Value=STREAM_ARN)},
        {"Nested": resource("CloudFormation::Stack", TemplateURL="https://x", Parameters={"Stream": STREAM_ARN})},
        {
            "Policy": resource(
                "IAM::Policy", PolicyDocument={"Statement": {"Action": ["dynamodb:GetRecords"], "Resource": "*"}}
            )
        },
        {
            "Role": resource(
                "IAM::Role",
                Policies=[{"PolicyDocument": {"Statement": [{"Action": "dynamodb:*", "Resource": [STREAM_ARN]}]}}],
            )
        },
        {"Reader": resource("Lambda::Function", Environment={"Variables": {"STREAM": STREAM_ARN}})},
        {"Task": resource("ECS::TaskDefinition", ContainerDefinitions=[{"Environment": [{"Value": STREAM_ARN}]}])},
    ],
    ids=lambda reader: next(iter(reader)),
)
def test_a_stream_that_is_read_or_may_be_is_left_alone(reader: dict[str, Any]) -> None:
    assert found(CONSUMER, cloudformation(STREAM, **reader)) == []


def test_a_stream_that_nobody_reads_is_found() -> None:
    output = {"Name": {"Value": {"Ref": "Orders"}}}
    elsewhere = resource("Lambda::EventSourceMapping", EventSourceArn=f"{ARN}/stream/2026")
    assert found(CONSUMER, cloudformation(STREAM, Outputs=output, Mapping=elsewhere)) == UNREAD
    one_region = {**STREAM, "Replicas": [{"Region": "eu-west-1"}]}
    assert found(CONSUMER, cloudformation(one_region, GLOBAL_TABLE)) == UNREAD


def test_the_stream_of_a_global_table_is_read_by_its_replicas() -> None:
    stream = {"stream_enabled": True, "stream_view_type": "NEW_AND_OLD_IMAGES"}
    assert found(CONSUMER, terraform(stream)) == [
        Found("advice", "aws_dynamodb_table.orders", "stream_view_type: NEW_AND_OLD_IMAGES")
    ]
    assert found(CONSUMER, terraform({**stream, "replica": [{"region_name": "us-east-1"}]})) == []
    apart = {"east": {"global_table_arn": "${aws_dynamodb_table.orders.arn}"}}
    assert found(CONSUMER, terraform(stream, aws_dynamodb_table_replica=apart)) == []


@pytest.mark.parametrize(
    ("looked_up", "is_told"),
    [
        ({"name": "orders"}, False),
        ({"name": "${each.key}", "for_each": '${toset(["offers", "orders"])}'}, False),
        ({"name": "${each.key}", "for_each": "${var.names}"}, False),
        ({"name": "${var.name}"}, False),
        ({"name": "offers"}, True),
        ({"name": "${each.key}", "for_each": '${toset(["offers", "bills"])}'}, True),
    ],
)
def test_a_stream_is_left_alone_whose_table_a_data_source_may_look_up_for_a_reader(
    looked_up: dict[str, Any], is_told: bool
) -> None:
    key = '["orders"]' if "for_each" in looked_up else ""
    mapping = {"function_name": "work", "event_source_arn": f"${{data.aws_dynamodb_table.read{key}.stream_arn}}"}
    sections = {"data": {"aws_dynamodb_table": {"read": looked_up}}, "variable": {"name": {}, "names": {}}}
    table = {"orders": {"name": "orders", "stream_enabled": True, "stream_view_type": "KEYS_ONLY"}}
    reading = {"read": mapping}
    template = configuration(sections, aws_dynamodb_table=table, aws_lambda_event_source_mapping=reading)
    assert bool(found(CONSUMER, template)) == is_told


def test_a_stream_is_found_whose_table_nobody_can_look_up_by_a_name() -> None:
    """Terraform makes a name that nobody writes."""
    mapping = {"function_name": "work", "event_source_arn": "${data.aws_dynamodb_table.read.stream_arn}"}
    table = {"orders": {"stream_enabled": True, "stream_view_type": "KEYS_ONLY"}}
    sections = {"data": {"aws_dynamodb_table": {"read": {"name": "orders"}}}}
    template = configuration(sections, aws_dynamodb_table=table, aws_lambda_event_source_mapping={"read": mapping})
    assert len(found(CONSUMER, template)) == 1


def test_a_mapping_on_a_table_without_a_stream_is_an_error() -> None:
    mapping = resource("Lambda::EventSourceMapping", EventSourceArn=f"{ARN}/stream/2026")
    assert found(CONSUMER, cloudformation({"TableName": "orders"}, Mapping=mapping)) == [
        Found("error", "Mapping", f"EventSourceArn: {ARN}/stream/2026")
    ]
    pipe = resource("Pipes::Pipe", Source=STREAM_ARN)
    assert found(CONSUMER, cloudformation({}, Pipe=pipe)) == [Found("error", "Pipe", "Source")]
    (message,) = messages(CONSUMER, cloudformation({}, Pipe=pipe))
    assert message.endswith("; add a StreamSpecification to it")
    off = {"stream_enabled": False, "stream_view_type": "KEYS_ONLY"}
    reads = {"event_source_arn": "${aws_dynamodb_table.orders.stream_arn}", "function_name": "work"}
    template = terraform(off, aws_lambda_event_source_mapping={"work": reads})
    assert found(CONSUMER, template) == [
        Found("error", "aws_lambda_event_source_mapping.work", f"event_source_arn: {reads['event_source_arn']}")
    ]
    (message,) = messages(CONSUMER, template)
    assert message.endswith("; set stream_enabled and stream_view_type of the table")


def test_an_event_of_sam_reads_the_stream() -> None:
    text = """Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {STREAM}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Events: {Change: {Type: DynamoDB, Properties: {Stream: !GetAtt Orders.StreamArn, StartingPosition: LATEST}}}
"""
    assert found(CONSUMER, text.replace("STREAM", "StreamSpecification: {StreamViewType: NEW_IMAGE}")) == []
    assert found(CONSUMER, text.replace("STREAM", "TableName: orders")) == [
        Found("error", "Work", "Stream: !GetAtt Orders.StreamArn")
    ]


REPLICAS = "dynamodb-global-table"
TWO = {"BillingMode": "PAY_PER_REQUEST", "Replicas": [{"Region": "eu-west-1"}, {"Region": "us-east-1"}]}


@pytest.mark.parametrize(
    ("view", "at"), [({}, "Orders"), ({"StreamViewType": "KEYS_ONLY"}, "StreamViewType: KEYS_ONLY")]
)
def test_replicas_follow_a_stream_of_both_images(view: dict[str, str], at: str) -> None:
    table = cloudformation({**TWO, **({"StreamSpecification": view} if view else {})}, GLOBAL_TABLE)
    assert found(REPLICAS, table) == [Found("error", "Orders", at)]
    (message,) = messages(REPLICAS, table)
    assert "2 replicas" in message
    assert ("KEYS_ONLY" in message) is bool(view)
    assert "stream_enabled" not in message


def test_tables_that_need_no_stream_or_have_it() -> None:
    assert found(REPLICAS, cloudformation({**TWO, **STREAM}, GLOBAL_TABLE)) == []
    assert found(REPLICAS, cloudformation({**TWO, "MultiRegionConsistency": "STRONG"}, GLOBAL_TABLE)) == []
    assert found(REPLICAS, cloudformation({"Replicas": {"Fn::ImportValue": "replicas"}}, GLOBAL_TABLE)) == []
    strong = [{"region_name": region, "consistency_mode": "STRONG"} for region in ("us-east-1", "us-east-2")]
    assert found(REPLICAS, terraform({"replica": strong})) == []


def test_a_replica_apart_needs_the_stream_too() -> None:
    apart = {"east": {"global_table_arn": "${aws_dynamodb_table.orders.arn}"}}
    replicated = terraform({}, aws_dynamodb_table_replica=apart)
    assert found(REPLICAS, replicated) == [Found("error", "aws_dynamodb_table.orders", "orders")]
    (message,) = messages(REPLICAS, replicated)
    assert "2 replicas" in message
    assert "; set stream_enabled to true and stream_view_type to " in message


def test_a_second_region_needs_a_stream_too() -> None:
    one = {"Replicas": [{"Region": "eu-west-1"}], "BillingMode": "PAY_PER_REQUEST"}
    for stream, remedy in (
        ({}, "; add one and set StreamSpecification.StreamViewType to NEW_AND_OLD_IMAGES"),
        (STREAM, "; add one"),
    ):
        [message] = messages(REPLICAS, cloudformation({**one, **stream}, GLOBAL_TABLE))
        assert message.endswith(remedy)


def test_terraform_is_told_what_it_does_with_the_stream() -> None:
    [message] = messages(REPLICAS, terraform({"replica": [{"region_name": "us-east-1"}]}))
    assert "tries to disable" in message
    assert message.endswith("; set stream_enabled to true and stream_view_type to NEW_AND_OLD_IMAGES")


def test_one_region_is_advice_unless_the_cdk_made_it() -> None:
    one = {"Replicas": [{"Region": {"Ref": "AWS::Region"}}]}
    assert found(REPLICAS, cloudformation(one, GLOBAL_TABLE)) == [Found("advice", "Orders", "Replicas")]
    made = {**resource(GLOBAL_TABLE, **one), "Metadata": {"aws:cdk:path": "Shop/Orders/Resource"}}
    assert found(REPLICAS, stack(Orders=made)) == []


def test_version_2017_is_a_warning() -> None:
    table = {"orders": {"name": "orders", "replica": [{"region_name": "eu-west-1"}]}}
    old = terraform({}, aws_dynamodb_global_table=table)
    assert found(REPLICAS, old) == [Found("warning", "aws_dynamodb_global_table.orders", "orders")]
    assert ["1 replica;" in one for one in messages(REPLICAS, old)] == [True]


CAPACITY = "dynamodb-global-capacity"
WRITES = {"WriteProvisionedThroughputSettings": {"WriteCapacityAutoScalingSettings": {"MinCapacity": 5}}}


def test_the_table_and_each_index_need_scaled_writes() -> None:
    indexes = [{"IndexName": "a", **WRITES}, {"IndexName": "b"}]
    table = {**TWO, "BillingMode": "PROVISIONED", "GlobalSecondaryIndexes": indexes}
    for properties, which in ((table, " the table and the index b;"), ({**table, **WRITES}, " of the index b;")):
        unscaled = cloudformation(properties, GLOBAL_TABLE)
        assert found(CAPACITY, unscaled) == [Found("error", "Orders", "BillingMode: PROVISIONED")]
        assert [which in one for one in messages(CAPACITY, unscaled)] == [True]
    assert found(CAPACITY, cloudformation({**TWO, **WRITES, "BillingMode": "PROVISIONED"}, GLOBAL_TABLE)) == []


def test_terraform_s_replicas_need_scaled_writes() -> None:
    table = {"write_capacity": 5, "read_capacity": 5, "replica": [{"region_name": "us-east-1"}]}
    assert found(CAPACITY, terraform(table)) == [Found("error", "aws_dynamodb_table.orders", "orders")]
    assert ["2 replicas" in one for one in messages(CAPACITY, terraform(table))] == [True]
    known = terraform(table, aws_ssm_parameter={"name": {"value": "${aws_dynamodb_table.orders.name}"}})
    assert found(CAPACITY, known) == [Found("advice", "aws_dynamodb_table.orders", "orders")]
    target = {"writes": {"resource_id": "table/orders", "scalable_dimension": "dynamodb:table:WriteCapacityUnits"}}
    assert found(CAPACITY, terraform(table, aws_appautoscaling_target=target)) == []


@each_case(
    ("nodes", "zones", "expected"),
    [
        (1, [], [Found("warning", "Orders", "ReplicationFactor: 1")]),
        (1, ["a"], [Found("warning", "Orders", "ReplicationFactor: 1")]),
        (2, ["a", "a"], [Found("advice", "Orders", "ReplicationFactor: 2")]),
        ("4", ["a"] * 4, [Found("warning", "Orders", "AvailabilityZones")]),
        (3, ["a", "a", "b"], []),
        (3, ["a", "a", {"Ref": "Any"}], []),
        (3, [{"Ref": "Any"}], []),
    ],
)
def test_dax_wants_three_nodes_in_several_zones(nodes: Any, zones: list[Any], expected: list[Found]) -> None:
    cluster = cloudformation({"ReplicationFactor": nodes, "AvailabilityZones": zones}, "DAX::Cluster")
    assert found("dax-nodes", cluster) == expected
    for message in messages("dax-nodes", cluster):
        assert ("AvailabilityZones" in message) is bool(zones)
        assert any(part in message for part in (f"ReplicationFactor of Orders is {nodes}, ", f" for {nodes} nodes, "))


@pytest.mark.parametrize(
    ("name", "expires", "levels"),
    [
        ("UserInvites", True, []),
        ("UserInvites", False, ["advice"]),
        ("LoginOtp", True, []),
        ("Hotpots", True, ["advice"]),
        ("InterviewAccessToken", False, ["advice"]),
        ("Tokens", False, ["warning"]),
        ("GpuAvailability", False, ["advice"]),
        ("LoaderExecutionStatus", True, []),
        ("LoaderExecutionStatus", False, ["advice"]),
        ("JitRunners", True, []),
        ("JitRunners", False, ["warning"]),
        ("AuditLogs", True, ["advice"]),
        ("LoaderConfig", True, ["advice"]),
        ("Orders", False, ["warning"]),
    ],
)
def test_tables_named_after_what_is_made_anew(name: str, expires: bool, levels: list[str]) -> None:
    ttl = {"TimeToLiveSpecification": {"AttributeName": "until", "Enabled": True}} if expires else {}
    template = stack(Table=resource("DynamoDB::Table", TableName=name, BillingMode="PAY_PER_REQUEST", **ttl))
    assert [one.level for one in found("dynamodb-point-in-time-recovery", template)] == levels


def test_what_is_under_way_may_have_to_stay() -> None:
    template = stack(OrderStates=resource("DynamoDB::Table", DeletionProtectionEnabled=True, **EXPIRING))
    assert [one.level for one in found(RESTORE, template)] == ["warning"]
