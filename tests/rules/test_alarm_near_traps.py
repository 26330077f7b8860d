"""Names that dimensions nearly have, for every kind of resource, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, found, resource, stack, terraform

from awslint_memo.readers.terraform_names import TYPE_MAPS
from awslint_memo.relations.cloudwatch import near_names

RULE = "alarm-near-miss"
NAMESPACES = {
    "ApiName": "AWS/ApiGateway",
    "AutoScalingGroupName": "AWS/EC2",
    "ClusterName": "AWS/ECS",
    "DBClusterIdentifier": "AWS/RDS",
    "DBInstanceIdentifier": "AWS/RDS",
    "DeliveryStreamName": "AWS/Firehose",
    "FunctionName": "AWS/Lambda",
    "QueueName": "AWS/SQS",
    "ServiceName": "AWS/ECS",
    "StreamName": "AWS/Kinesis",
    "TableName": "AWS/DynamoDB",
    "TopicName": "AWS/SNS",
}
KINDS = sorted(near_names.NAMES.items())


def watching(dimension: str, value: str) -> dict[str, Any]:
    dimensions = [{"Name": dimension, "Value": value}]
    return resource(
        "CloudWatch::Alarm", Namespace=NAMESPACES[dimension], MetricName={"Ref": "Any"}, Dimensions=dimensions
    )


@pytest.mark.parametrize(("dimension", "kind"), KINDS)
def test_each_kind_of_resource_has_a_name(dimension: str, kind: tuple[str, str]) -> None:
    type_, path = kind
    sections = {"Parameters": {"Any": {"Type": "String"}}}
    thing = {"Type": type_, "Properties": {path: "orders-prod"}}
    for value, count in (("orders", 1), ("Orders-Prod", 1), ("orders-prod", 0), ("payments", 0)):
        watched = stack(sections, Thing=thing, It=watching(dimension, value))
        assert found(RULE, watched) == [Found("advice", "It", f"Value: {value}")] * count


@each_case(("dimension", "kind"), KINDS)
def test_each_kind_of_resource_has_a_name_in_terraform(dimension: str, kind: tuple[str, str]) -> None:
    type_, path = kind
    own = [(name, table) for name, table in TYPE_MAPS.items() if table.type == type_]
    assert own
    for name, table in own:
        argument = table.properties[path].attribute
        things: dict[str, dict[str, Any]] = {name: {"it": {argument: "orders-prod"}}}
        alarm = {"alarm_name": "it", "namespace": NAMESPACES[dimension], "dimensions": {dimension: "orders"}}
        watched = terraform(**things, aws_cloudwatch_metric_alarm={"it": {**alarm, "metric_name": "${var.any}"}})
        assert len(found(RULE, watched)) == 1, name


def test_queries_that_are_not_known_may_return_data_and_have_ids() -> None:
    alarm = {
        "alarm_name": "all",
        "metric_query": [{"id": "all", "expression": "a + b", "return_data": True}],
        "dynamic": {"metric_query": {"for_each": "${var.any}", "content": {"id": "${metric_query.key}"}}},
    }
    assert found("alarm-math", terraform(aws_cloudwatch_metric_alarm={"all": alarm})) == []
