"""What makes a naive reading of alarms wrong: who else acts on them, what is fleet-wide, what wants an ARN."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, found, messages, resource, stack, terraform

VALUE = "alarm-dimension-value"
NAMES = "alarm-namespace-dimension"
ACTION = "alarm-without-action"
MISSING = "alarm-missing-data"
RESERVED = "metric-reserved-namespace"

SECTIONS = {"Parameters": {"Any": {"Type": "String"}, "Some": {"Type": "CommaDelimitedList"}}}
ALONE = [Found("warning", "It", "It")]


def template(**resources: dict[str, Any]) -> dict[str, Any]:
    return stack(SECTIONS, **resources)


def alarm(**properties: Any) -> dict[str, Any]:
    return resource("CloudWatch::Alarm", **{"Namespace": "Shop", "MetricName": "Lost", **properties})


def watching(namespace: str, name: str, value: Any) -> dict[str, Any]:
    return alarm(Namespace=namespace, MetricName={"Ref": "Any"}, Dimensions=[{"Name": name, "Value": value}])


def get(attribute: str) -> dict[str, Any]:
    return {"Ref": "Thing"} if attribute == "Ref" else {"Fn::GetAtt": ["Thing", attribute]}


BALANCER = "ElasticLoadBalancingV2::LoadBalancer"
TARGETS = "ElasticLoadBalancingV2::TargetGroup"

WRONG = [
    ("AWS/SQS", "QueueName", "SQS::Queue", "Ref", "URL", "!GetAtt Thing.QueueName"),
    ("AWS/SQS", "QueueName", "SQS::Queue", "QueueUrl", "URL", "!GetAtt Thing.QueueName"),
    ("AWS/SQS", "QueueName", "SQS::Queue", "Arn", "ARN", "!GetAtt Thing.QueueName"),
    ("AWS/SNS", "TopicName", "SNS::Topic", "Ref", "ARN", "!GetAtt Thing.TopicName"),
    ("AWS/SNS", "TopicName", "SNS::Topic", "TopicArn", "ARN", "!GetAtt Thing.TopicName"),
    ("AWS/ApplicationELB", "LoadBalancer", BALANCER, "Ref", "ARN", "!GetAtt Thing.LoadBalancerFullName"),
    ("AWS/NetworkELB", "LoadBalancer", BALANCER, "LoadBalancerName", "name", "!GetAtt Thing.LoadBalancerFullName"),
    ("AWS/ApplicationELB", "LoadBalancer", BALANCER, "DNSName", "DNS name", "!GetAtt Thing.LoadBalancerFullName"),
    ("AWS/ApplicationELB", "TargetGroup", TARGETS, "Ref", "ARN", "!GetAtt Thing.TargetGroupFullName"),
    ("AWS/NetworkELB", "TargetGroup", TARGETS, "TargetGroupArn", "ARN", "!GetAtt Thing.TargetGroupFullName"),
    ("AWS/ApiGateway", "ApiName", "ApiGateway::RestApi", "Ref", "id", "its name"),
    ("AWS/ApiGateway", "ApiName", "ApiGateway::RestApi", "RestApiId", "id", "its name"),
    ("AWS/Lambda", "FunctionName", "Lambda::Function", "Arn", "ARN", "!Ref Thing"),
    ("AWS/Lambda", "FunctionName", "Lambda::Alias", "Ref", "ARN", "the function's name"),
    ("AWS/Lambda", "FunctionName", "Lambda::Version", "Ref", "ARN", "the function's name"),
    ("AWS/ECS", "ServiceName", "ECS::Service", "Ref", "ARN", "!GetAtt Thing.Name"),
    ("AWS/ECS", "ClusterName", "ECS::Cluster", "Arn", "ARN", "!Ref Thing"),
    ("AWS/RDS", "DBInstanceIdentifier", "RDS::DBInstance", "DbiResourceId", "resource id", "!Ref Thing"),
    ("AWS/RDS", "DBClusterIdentifier", "RDS::DBCluster", "DBClusterArn", "ARN", "!Ref Thing"),
    (
        "AWS/RDS",
        "DBClusterIdentifier",
        "RDS::DBInstance",
        "Ref",
        "instance identifier",
        "DBInstanceIdentifier, set to !Ref Thing",
    ),
    (
        "AWS/RDS",
        "DBInstanceIdentifier",
        "RDS::DBCluster",
        "Ref",
        "cluster identifier",
        "DBClusterIdentifier, set to !Ref Thing",
    ),
    ("AWS/ApiGateway", "ApiId", "ApiGateway::RestApi", "Ref", "id", "ApiName, set to its name"),
    ("AWS/DynamoDB", "TableName", "DynamoDB::Table", "Arn", "ARN", "!Ref Thing"),
    ("AWS/Kinesis", "StreamName", "Kinesis::Stream", "Arn", "ARN", "!Ref Thing"),
    ("AWS/Firehose", "DeliveryStreamName", "KinesisFirehose::DeliveryStream", "Arn", "ARN", "!Ref Thing"),
    ("AWS/EC2", "AutoScalingGroupName", "AutoScaling::AutoScalingGroup", "AutoScalingGroupARN", "ARN", "!Ref Thing"),
]


@pytest.mark.parametrize(("namespace", "name", "type_", "attribute", "what", "better"), WRONG)
def test_a_wrong_attribute_is_named_with_the_right_one(
    namespace: str, name: str, type_: str, attribute: str, what: str, better: str
) -> None:
    watched = template(Thing=resource(type_), It=watching(namespace, name, get(attribute)))
    assert found(VALUE, watched) == [Found("error", "It", "Value")]
    (message,) = messages(VALUE, watched)
    assert f" {what} of Thing" in message
    assert message.endswith(better)


RIGHT = [
    ("AWS/SQS", "QueueName", "SQS::Queue", "QueueName"),
    ("AWS/SNS", "TopicName", "SNS::Topic", "TopicName"),
    ("AWS/ApplicationELB", "LoadBalancer", BALANCER, "LoadBalancerFullName"),
    ("AWS/NetworkELB", "TargetGroup", TARGETS, "TargetGroupFullName"),
    ("AWS/Lambda", "FunctionName", "Lambda::Function", "Ref"),
    ("AWS/ECS", "ServiceName", "ECS::Service", "Name"),
    ("AWS/ECS", "ClusterName", "ECS::Cluster", "Ref"),
    ("AWS/RDS", "DBInstanceIdentifier", "RDS::DBInstance", "Ref"),
    ("AWS/DynamoDB", "TableName", "DynamoDB::Table", "Ref"),
    ("AWS/Kinesis", "StreamName", "Kinesis::Stream", "Ref"),
    ("AWS/Firehose", "DeliveryStreamName", "KinesisFirehose::DeliveryStream", "Ref"),
    ("AWS/States", "StateMachineArn", "StepFunctions::StateMachine", "Ref"),
    ("AWS/States", "StateMachineArn", "StepFunctions::StateMachine", "Arn"),
    ("AWS/ApiGateway", "ApiId", "ApiGatewayV2::Api", "Ref"),
    ("Shop", "QueueName", "SQS::Queue", "Ref"),
    ("AWS/SQS", "QueueName", "SNS::Topic", "TopicName"),
]


@each_case(("namespace", "name", "type_", "attribute"), RIGHT)
def test_the_right_attribute_and_other_namespaces_are_left_alone(
    namespace: str, name: str, type_: str, attribute: str
) -> None:
    assert found(VALUE, template(Thing=resource(type_), It=watching(namespace, name, get(attribute)))) == []


@each_case(
    "value",
    [
        {"Fn::Select": [5, {"Fn::Split": [":", get("Arn")]}]},
        {"Fn::Sub": "${Thing}-other"},
        {"Ref": "Any"},
        {"Fn::ImportValue": "queue"},
    ],
)
def test_only_a_direct_reference_counts(value: Any) -> None:
    assert found(VALUE, template(Thing=resource("SQS::Queue"), It=watching("AWS/SQS", "QueueName", value))) == []
    unknown = watching("AWS/SQS", "QueueName", {"Ref": "Thing"})
    unknown["Properties"]["Namespace"] = {"Ref": "Any"}
    assert found(VALUE, template(Thing=resource("SQS::Queue"), It=unknown)) == []


TERRAFORM = [
    ("AWS/SQS", "QueueName", "aws_sqs_queue", "id", "url", "arn"),
    ("AWS/SNS", "TopicName", "aws_sns_topic", "id", "arn"),
    ("AWS/ApplicationELB", "LoadBalancer", "aws_lb", "id", "arn", "dns_name"),
    ("AWS/ApplicationELB", "TargetGroup", "aws_lb_target_group", "id", "arn"),
    ("AWS/ApiGateway", "ApiName", "aws_api_gateway_rest_api", "id"),
    ("AWS/Lambda", "FunctionName", "aws_lambda_function", "arn"),
    ("AWS/Lambda", "FunctionName", "aws_lambda_alias", "arn"),
    ("AWS/ECS", "ServiceName", "aws_ecs_service", "id"),
    ("AWS/ECS", "ClusterName", "aws_ecs_cluster", "id", "arn"),
    ("AWS/RDS", "DBInstanceIdentifier", "aws_db_instance", "arn", "resource_id", "address"),
    ("AWS/DynamoDB", "TableName", "aws_dynamodb_table", "arn", "stream_arn"),
    ("AWS/Kinesis", "StreamName", "aws_kinesis_stream", "id", "arn"),
    ("AWS/Firehose", "DeliveryStreamName", "aws_kinesis_firehose_delivery_stream", "id", "arn"),
]


@pytest.mark.parametrize("row", TERRAFORM, ids=lambda row: str(row[2]))
def test_terraforms_ids_are_often_no_names(row: tuple[str, ...]) -> None:
    namespace, dimension, type_, *attributes = row
    for attribute in attributes:
        dimensions = {dimension: f"${{{type_}.it.{attribute}}}"}
        watches = {"it": {"alarm_name": "it", "namespace": namespace, "metric_name": "m", "dimensions": dimensions}}
        types: dict[str, dict[str, Any]] = {type_: {"it": {}}, "aws_cloudwatch_metric_alarm": watches}
        watched = terraform(**types)
        alarm_name = "aws_cloudwatch_metric_alarm.it"
        at = f"{dimension}: {dimensions[dimension]}"
        assert found(VALUE, watched) == [Found("error", alarm_name, at)], attribute
        better = {"aws_lambda_alias": "the function's name"}.get(type_, f"{type_}.it.")
        (message,) = messages(VALUE, watched)
        assert better in message.removeprefix(alarm_name)


@each_case(
    ("namespace", "dimension", "reference"),
    [
        ("AWS/SQS", "QueueName", "aws_sqs_queue.it.name"),
        ("AWS/ApplicationELB", "LoadBalancer", "aws_lb.it.arn_suffix"),
        ("AWS/RDS", "DBInstanceIdentifier", "aws_db_instance.it.identifier"),
        ("AWS/RDS", "DBInstanceIdentifier", "aws_rds_cluster_instance.it.id"),
        ("AWS/DynamoDB", "TableName", "aws_dynamodb_table.it.id"),
        ("AWS/ApiGateway", "ApiName", "aws_api_gateway_rest_api.it.name"),
    ],
)
def test_terraforms_names_are_left_alone(namespace: str, dimension: str, reference: str) -> None:
    dimensions = {dimension: f"${{{reference}}}"}
    watches = {"it": {"alarm_name": "it", "namespace": namespace, "metric_name": "m", "dimensions": dimensions}}
    types: dict[str, dict[str, Any]] = {reference.split(".", 1)[0]: {"it": {}}}
    assert found(VALUE, terraform(**types, aws_cloudwatch_metric_alarm=watches)) == []


@pytest.mark.parametrize(
    ("namespace", "metric", "hint"),
    [
        ("AWS/SQS", "QueueDepth", None),
        ("AWS/SQS", "approximateAgeOfOldestMessage", "ApproximateAgeOfOldestMessage"),
        ("AWS/SNS", "Errors", None),
        ("AWS/EC2", "mem_used_percent", "CWAgent"),
        ("AWS/RDS", "MemoryUtilization", None),
    ],
)
def test_a_metric_that_a_service_does_not_write(namespace: str, metric: str, hint: str | None) -> None:
    watched = template(It=alarm(Namespace=namespace, MetricName=metric))
    assert found(NAMES, watched) == [Found("error", "It", f"MetricName: {metric}")]
    (message,) = messages(NAMES, watched)
    assert namespace in message
    assert metric in message
    for name in ("ApproximateAgeOfOldestMessage", "CWAgent"):
        assert (name in message) is (name == hint)


@pytest.mark.parametrize(
    ("namespace", "dimension", "known"),
    [
        ("AWS/Lambda", "FunctionArn", "FunctionName"),
        ("AWS/RDS", "DBInstance", "DBInstanceIdentifier"),
        ("AWS/ApiGateway", "RestApi", "ApiName"),
    ],
)
def test_a_dimension_that_a_service_does_not_know(namespace: str, dimension: str, known: str) -> None:
    watched = template(It=watching(namespace, dimension, "it"))
    assert found(NAMES, watched) == [Found("error", "It", f"Name: {dimension}")]
    (message,) = messages(NAMES, watched)
    assert known in message.partition("; use ")[2]


@pytest.mark.parametrize(
    ("namespace", "dimension", "known"),
    [
        ("AWS/RDS", "DbInstanceIdentifier", "DBInstanceIdentifier"),
        ("AWS/ElastiCache", "cacheclusterid", "CacheClusterId"),
    ],
)
def test_a_dimension_that_differs_in_case_only_is_recommended_alone(namespace: str, dimension: str, known: str) -> None:
    (message,) = messages(NAMES, template(It=watching(namespace, dimension, "it")))
    assert message.endswith(f"; use {known}")


def test_metric_math_is_looked_into() -> None:
    metric = {"Namespace": "AWS/SQS", "MetricName": "Lost", "Dimensions": [{"Name": "QueueName", "Value": "q"}]}
    queries = [{"Id": "a", "Expression": "b * 2"}, {"Id": "b", "MetricStat": {"Metric": metric}}]
    watched = template(It=resource("CloudWatch::Alarm", Metrics=queries))
    assert found(NAMES, watched) == [Found("error", "It", "MetricName: Lost")]


@each_case(
    ("namespace", "metric"),
    [
        ("AWS/Billing", "EstimatedCharges"),
        ("AWS/Usage", "CallCount"),
        ("AWS/Lambda", "ConcurrentExecutions"),
        ("AWS/DynamoDB", "AccountProvisionedReadCapacityUtilization"),
        ("AWS/SNS", "SMSMonthToDateSpentUSD"),
        ("AWS/EC2", "CPUUtilization"),
        ("AWS/RDS", "CPUUtilization"),
        ("AWS/NewService", "Anything"),
        ("Shop/AWS", "Lost"),
        ("CWAgent", "mem_used_percent"),
    ],
)
def test_fleet_wide_metrics_and_namespaces_of_others_need_no_dimensions(namespace: str, metric: str) -> None:
    assert found(NAMES, template(It=alarm(Namespace=namespace, MetricName=metric))) == []


@pytest.mark.parametrize("namespace", ["AWS/SQS", "AWS/Kinesis", "AWS/ApplicationELB", "AWS/ApiGateway", "AWS/ECS"])
def test_an_alarm_on_no_resource_never_has_data(namespace: str) -> None:
    watched = template(It=alarm(Namespace=namespace, MetricName={"Ref": "Any"}))
    assert found(NAMES, watched) == [Found("warning", "It", f"Namespace: {namespace}")]
    (message,) = messages(NAMES, watched)
    assert " its metrics only per resource" in message
    assert (
        found(NAMES, template(It=alarm(Namespace=namespace, MetricName={"Ref": "Any"}, Dimensions={"Ref": "Any"})))
        == []
    )


@pytest.mark.parametrize(
    ("metric", "level"), [("UserErrors", None), ("AccountMaxReads", None), ("ThrottledRequests", "advice")]
)
def test_metrics_of_the_account_need_no_table(metric: str, level: str | None) -> None:
    watched = template(It=alarm(Namespace="AWS/DynamoDB", MetricName=metric))
    assert found(NAMES, watched) == ([Found(level, "It", "Namespace: AWS/DynamoDB")] if level else [])


@each_case(
    ("namespace", "wrong", "better"),
    [
        ("AWS/EC2", "AutoScalingGroup", "AutoScalingGroupName"),
        ("AWS/SQS", "Queue", "QueueName"),
        ("AWS/Lambda", "functionname", "FunctionName"),
        ("AWS/RDS", "DBCluster", "DBClusterIdentifier"),
        ("AWS/Kinesis", "StreamNames", "StreamName"),
        ("AWS/Kinesis", "Table", "ConsumerName, ShardId or StreamName"),
    ],
)
def test_the_dimension_that_is_meant_is_named(namespace: str, wrong: str, better: str) -> None:
    watched = watching(namespace, wrong, "a")
    watched["Properties"]["MetricName"] = {"Ref": "Any"}
    (message,) = messages(NAMES, template(It=watched))
    assert message.endswith(f"; use {better}")


def test_metrics_with_the_same_wrong_namespace_are_one_finding() -> None:
    queries = [
        {"Id": name.lower(), "MetricStat": {"Metric": {**WRONG_SERVICE, "MetricName": name}}}
        for name in ("NumberOfMessagesSent", "NumberOfMessagesDeleted")
    ]
    watched = template(It=resource("CloudWatch::Alarm", Metrics=queries))
    assert found(NAMES, watched) == [Found("error", "It", "Namespace: AWS/Lambda")]
    (message,) = messages(NAMES, watched)
    assert message.endswith("the dimension QueueName, so the alarm never gets data; set it to AWS/SQS")


WRONG_SERVICE = {"Namespace": "AWS/Lambda", "Dimensions": [{"Name": "QueueName", "Value": "orders"}]}


def test_user_errors_are_never_those_of_a_table() -> None:
    of_table = watching("AWS/DynamoDB", "TableName", {"Ref": "Table"})
    of_table["Properties"]["MetricName"] = "UserErrors"
    watched = template(Table=resource("DynamoDB::Table"), It=of_table)
    assert found(NAMES, watched) == [Found("error", "It", "MetricName: UserErrors")]
    (message,) = messages(NAMES, watched)
    assert message.endswith("remove the dimensions; it then counts all of the account and Region")


def measured(namespace: str, metric: str, *dimensions: Any) -> dict[str, Any]:
    """An alarm on a metric with dimensions of these names, each of which may be a reference."""
    its = [{"Name": name, "Value": "a"} for name in dimensions]
    return alarm(Namespace=namespace, MetricName=metric, Dimensions=its)


@each_case(
    ("namespace", "metric", "dimensions", "ends"),
    [
        ("AWS/ECS", "CPUUtilization", ["ServiceName"], "add the dimension ClusterName"),
        (
            "AWS/ECS",
            "MemoryReservation",
            ["ClusterName", "ServiceName"],
            "ServiceName, so the alarm never gets data; remove it",
        ),
        ("AWS/DynamoDB", "SystemErrors", ["TableName"], "add the dimension Operation"),
        ("AWS/DynamoDB", "PendingReplicationCount", ["TableName"], "add the dimension ReceivingRegion"),
        ("AWS/Kinesis", "IteratorAgeMilliseconds", ["StreamName"], "add the dimension ShardId"),
        (
            "AWS/Kinesis",
            "GetRecords.Success",
            ["ShardId", "StreamName"],
            "ShardId, so the alarm never gets data; remove it",
        ),
        ("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", ["TargetGroup"], "add the dimension LoadBalancer"),
        ("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", ["LoadBalancer", "TargetGroup"], "remove it"),
        (
            "AWS/ApplicationELB",
            "HealthyHostCount",
            ["AvailabilityZone", "LoadBalancer"],
            "add the dimension TargetGroup",
        ),
        ("AWS/ApiGateway", "5XXError", ["ApiId", "Stage"], "use ApiName"),
    ],
)
def test_a_metric_has_no_data_with_a_part_of_its_dimensions(
    namespace: str, metric: str, dimensions: list[str], ends: str
) -> None:
    watched = template(It=measured(namespace, metric, *dimensions))
    assert found(NAMES, watched) == [Found("error", "It", f"MetricName: {metric}")]
    (message,) = messages(NAMES, watched)
    assert message.endswith(ends)


@each_case(
    ("namespace", "metric", "dimensions"),
    [
        ("AWS/ECS", "CPUUtilization", ["ClusterName"]),
        ("AWS/ECS", "CPUUtilization", ["ServiceName", {"Ref": "Any"}]),
        ("AWS/DynamoDB", "SystemErrors", ["TableName", "Operation"]),
        ("AWS/DynamoDB", "SuccessfulRequestLatency", ["TableName", "Verb"]),
        ("AWS/DynamoDB", "ConsumedReadCapacityUnits", ["TableName"]),
        ("AWS/Kinesis", "IncomingBytes", ["StreamName"]),
        ("AWS/ApplicationELB", "RequestCountPerTarget", ["TargetGroup"]),
        ("AWS/ApplicationELB", "LambdaUserError", ["TargetGroup"]),
        ("AWS/ApiGateway", "5XXError", ["ApiName", "Stage"]),
    ],
)
def test_a_metric_has_data_with_the_dimensions_that_it_needs(
    namespace: str, metric: str, dimensions: list[Any]
) -> None:
    assert found(NAMES, template(It=measured(namespace, metric, *dimensions))) == []


@each_case(
    ("where", "value", "home"),
    [
        ("AWS/NetworkELB", "app/web/50dc6c495c0c9188", "AWS/ApplicationELB"),
        ("AWS/ApplicationELB", "net/web/50dc6c495c0c9188", "AWS/NetworkELB"),
        ("AWS/NetworkELB", {"Fn::GetAtt": ["Web", "LoadBalancerFullName"]}, "AWS/ApplicationELB"),
        ("AWS/ApplicationELB", {"Fn::GetAtt": ["Tcp", "LoadBalancerFullName"]}, "AWS/NetworkELB"),
        ("AWS/NetworkELB", "web", ""),
        ("AWS/NetworkELB", {"Ref": "Any"}, ""),
        ("AWS/NetworkELB", {"Fn::GetAtt": ["Either", "LoadBalancerFullName"]}, ""),
        ("AWS/ApplicationELB", {"Fn::GetAtt": ["Web", "LoadBalancerFullName"]}, ""),
    ],
)
def test_a_load_balancer_has_its_metrics_in_the_namespace_of_its_kind(where: str, value: Any, home: str) -> None:
    watched = watching(where, "LoadBalancer", value)
    watched["Properties"]["MetricName"] = "ConsumedLCUs"
    balancers: dict[str, dict[str, Any]] = {"Web": {}, "Tcp": {"Type": "network"}, "Either": {"Type": {"Ref": "Any"}}}
    every = {name: resource(BALANCER, **properties) for name, properties in balancers.items()}
    every_message = messages(NAMES, template(It=watched, **every))
    assert len(every_message) == bool(home)
    assert all(f"set Namespace to {home}" in message for message in every_message)


def test_a_load_balancer_is_of_the_kind_of_which_most_alarms_take_it() -> None:
    def of(where: str) -> dict[str, Any]:
        watched = watching(where, "LoadBalancer", {"Ref": "Any"})
        watched["Properties"]["MetricName"] = "ConsumedLCUs"
        return watched

    application, network = of("AWS/ApplicationELB"), of("AWS/NetworkELB")
    assert found(NAMES, template(A=application, It=network)) == []
    assert [each.resource for each in found(NAMES, template(A=application, B=application, It=network))] == ["It"]


@each_case(
    ("bus", "value", "count"),
    [
        ({"Ref": "Bus"}, {"Ref": "Rule"}, 1),
        ("shop", {"Fn::Select": [2, {"Fn::Split": ["/", {"Fn::GetAtt": ["Rule", "Arn"]}]}]}, 1),
        ({"Ref": "Any"}, {"Ref": "Rule"}, 0),
        ("default", {"Ref": "Rule"}, 0),
        (None, {"Ref": "Rule"}, 0),
        ("shop", "orders", 0),
    ],
)
def test_a_rule_on_another_bus_has_its_metrics_with_that_bus(bus: Any, value: Any, count: int) -> None:
    rule = resource("Events::Rule", **({} if bus is None else {"EventBusName": bus}))
    every = {"Rule": rule, "Bus": resource("Events::EventBus", Name="shop")}
    watched = watching("AWS/Events", "RuleName", value)
    watched["Properties"]["MetricName"] = "FailedInvocations"
    assert len(found(NAMES, template(It=watched, **every))) == count
    with_bus = watched["Properties"]["Dimensions"] + [{"Name": "EventBusName", "Value": "shop"}]
    beside = resource("CloudWatch::Alarm", **{**watched["Properties"], "Dimensions": with_bus})
    assert found(NAMES, template(It=beside, **every)) == []


@each_case(
    ("group", "count"),
    [({}, 1), ({"PrimaryClusterId": "sessions"}, 0), ({"PrimaryClusterId": {"Ref": "Any"}}, 0)],
)
def test_a_replication_group_is_no_node(group: dict[str, Any], count: int) -> None:
    its = resource("ElastiCache::ReplicationGroup", ReplicationGroupDescription="a", **group)
    watched = watching("AWS/ElastiCache", "CacheClusterId", {"Ref": "Group"})
    assert len(found(VALUE, template(It=watched, Group=its))) == count


@each_case(
    ("value", "levels"),
    [
        ("arn:aws:sqs:eu-west-1:123456789012:orders", ["error"]),
        ({"Fn::Sub": "https://sqs.${AWS::Region}.amazonaws.com/123456789012/orders"}, ["error"]),
        ({"Ref": "QueueArn"}, ["advice"]),
        ({"Ref": "Any"}, []),
        ({"Fn::Select": [5, {"Fn::Split": [":", {"Ref": "QueueArn"}]}]}, []),
        ("arnold", []),
    ],
)
def test_an_arn_or_a_url_is_no_name(value: Any, levels: list[str]) -> None:
    sections = {"Parameters": {**SECTIONS["Parameters"], "QueueArn": {"Type": "String"}}}
    of_queue = stack(sections, It=watching("AWS/SQS", "QueueName", value))
    assert [each.level for each in found(VALUE, of_queue)] == levels
    # Of these the name is an ARN.
    assert found(VALUE, stack(sections, It=watching("AWS/States", "StateMachineArn", value))) == []


@each_case(
    ("namespace", "dimension"),
    [
        ("AWS/EC2", "Per-VPC Metrics"),
        ("AWS/DynamoDB", "Source"),
        ("AWS/ElastiCache", "NodeGroupId"),
        ("AWS/RDS", "EndpointName"),
        ("AWS/RDS", "DbClusterIdentifier"),
        ("AWS/ECS", "TaskId"),
        ("AWS/ElastiCache", "clusterId"),
        ("AWS/CodeBuild", "BuildId"),
        ("AWS/Lambda", "EventSourceMappingUUID"),
    ],
)
def test_dimensions_that_are_easily_forgotten_exist(namespace: str, dimension: str) -> None:
    assert found(NAMES, template(It=watching(namespace, dimension, "a"))) == []


def of_api(metric: str, dimension: str, value: Any, protocol: str = "HTTP") -> dict[str, Any]:
    api = resource("ApiGatewayV2::Api", Name="shop", ProtocolType=protocol)
    watches = watching("AWS/ApiGateway", dimension, value)
    watches["Properties"]["MetricName"] = metric
    return template(Api=api, It=watches)


@each_case(
    ("metric", "protocol", "better"),
    [
        ("5XXError", "HTTP", "use 5xx"),
        ("4XXError", "HTTP", "use 4xx"),
        ("5XXError", "WEBSOCKET", "use ExecutionError"),
        ("4XXError", "WEBSOCKET", "use ClientError"),
    ],
)
def test_an_http_api_has_no_metrics_of_a_rest_api(metric: str, protocol: str, better: str) -> None:
    watched = of_api(metric, "ApiId", {"Ref": "Api"}, protocol)
    assert found(NAMES, watched) == [Found("error", "It", f"MetricName: {metric}")]
    (message,) = messages(NAMES, watched)
    assert message.endswith(better)
    assert "Api does not have" in message


def test_what_kind_of_api_an_unknown_id_is_of_is_not_known() -> None:
    assert found(NAMES, of_api("Count", "ApiId", {"Ref": "Any"})) == []
    assert found(NAMES, of_api("Latency", "ApiId", "abc123")) == []
    # No kind of API has this one by its id.
    assert found(NAMES, of_api("5XXError", "ApiId", {"Ref": "Any"})) == [Found("error", "It", "MetricName: 5XXError")]
    assert found(NAMES, of_api("5xx", "ApiId", {"Ref": "Api"})) == []
    assert found(NAMES, of_api("Latency", "ApiId", {"Ref": "Api"})) == []


def test_the_name_of_an_api_is_that_of_a_rest_api() -> None:
    assert found(NAMES, of_api("5xx", "ApiName", "other")) == [Found("error", "It", "MetricName: 5xx")]
    assert found(NAMES, of_api("5XXError", "ApiName", "other")) == []
    for value, at in ((({"Ref": "Api"}), "Value"), ("shop", "Value: shop")):
        watched = of_api("5xx", "ApiName", value)
        assert found(VALUE, watched) == [Found("error", "It", at)]
        (message,) = messages(VALUE, watched)
        assert message.endswith("use ApiId, set to !Ref Api")


def test_a_rest_api_may_have_the_name_of_an_http_api() -> None:
    for rest in (resource("ApiGateway::RestApi", Name="shop"), resource("ApiGateway::RestApi", Name={"Ref": "Any"})):
        watched = of_api("Latency", "ApiName", "shop")
        watched["Resources"]["Rest"] = rest
        assert found(VALUE, watched) == []


def test_an_api_without_an_ascii_name_is_known_by_its_id() -> None:
    for name, expected in (("注文", 0), ("注文 api", 1), ({"Ref": "Any"}, 1)):
        rest = resource("ApiGateway::RestApi", Name=name)
        watched = template(Thing=rest, It=watching("AWS/ApiGateway", "ApiName", {"Ref": "Thing"}))
        assert len(found(VALUE, watched)) == expected


@pytest.mark.parametrize(
    ("type_", "engine", "metric", "better"),
    [
        ("DBInstance", "aurora-mysql", "FreeStorageSpace", "FreeLocalStorage"),
        ("DBInstance", "aurora-postgresql", "BurstBalance", "remove the alarm"),
        ("DBInstance", "aurora-mysql", "ReplicaLag", "AuroraReplicaLag"),
        ("DBCluster", "aurora-mysql", "FreeStorageSpace", "VolumeBytesUsed"),
        ("DBInstance", "postgres", "VolumeBytesUsed", "FreeStorageSpace"),
        ("DBInstance", "mysql", "AuroraReplicaLag", "ReplicaLag"),
        ("DBCluster", "mysql", "ServerlessDatabaseCapacity", "RDS publishes"),
        ("DBInstance", "postgres", "FreeStorageSpace", None),
        ("DBInstance", "aurora-mysql", "VolumeBytesUsed", None),
        ("DBInstance", {"Ref": "Any"}, "FreeStorageSpace", None),
        ("DBInstance", "aurora-mysql", "CPUUtilization", None),
    ],
)
def test_aurora_and_rds_have_metrics_of_their_own(type_: str, engine: Any, metric: str, better: str | None) -> None:
    watches = watching("AWS/RDS", f"{type_}Identifier", {"Ref": "Thing"})
    watches["Properties"]["MetricName"] = metric
    watched = template(Thing=resource(f"RDS::{type_}", Engine=engine), It=watches)
    assert found(NAMES, watched) == ([Found("error", "It", f"MetricName: {metric}")] if better else [])
    assert all(better and better in message for message in messages(NAMES, watched))


NAMED = {"Ref": "It"}
USERS = [
    resource("CodeDeploy::DeploymentGroup", AlarmConfiguration={"Alarms": [{"Name": NAMED}]}),
    resource("CloudWatch::CompositeAlarm", AlarmRule={"Fn::Sub": "ALARM(${It}) OR FALSE"}, AlarmActions=["a"]),
    resource("CloudWatch::CompositeAlarm", AlarmRule="TRUE", ActionsSuppressor=NAMED, AlarmActions=["a"]),
    resource("Route53::HealthCheck", HealthCheckConfig={"AlarmIdentifier": {"Name": NAMED, "Region": "eu-west-1"}}),
    resource("ECS::Service", DeploymentConfiguration={"Alarms": {"AlarmNames": [NAMED]}}),
    resource("AppConfig::Environment", Monitors=[{"AlarmArn": {"Fn::GetAtt": ["It", "Arn"]}}]),
    resource("StepFunctions::StateMachineAlias", DeploymentPreference={"Alarms": [NAMED]}),
    resource("FIS::ExperimentTemplate", StopConditions=[{"Value": {"Fn::GetAtt": ["It", "Arn"]}}]),
    resource("SageMaker::Endpoint", DeploymentConfig={"AutoRollbackConfiguration": {"Alarms": [{"AlarmName": NAMED}]}}),
    resource("ARCRegionSwitch::Plan", AssociatedAlarms={"one": {"ResourceIdentifier": {"Fn::GetAtt": ["It", "Arn"]}}}),
    resource(
        "ARCZonalShift::ZonalAutoshiftConfiguration",
        PracticeRunConfiguration={"OutcomeAlarms": [{"AlarmIdentifier": {"Fn::GetAtt": ["It", "Arn"]}}]},
    ),
    resource("ECS::Daemon", DeploymentConfiguration={"Alarms": {"AlarmNames": [NAMED], "Enable": True}}),
    resource("SSM::Parameter", Type="String", Value=NAMED),
    resource("EventsV2::Subscriber", EventBusArn={"Ref": "Any"}),
    resource(
        "EventsV2::Subscriber",
        EventBusArn={"Ref": "Any"},
        FilterConfiguration={"Filters": [{"Scope": "DATA", "Pattern": '{"source": ["aws.cloudwatch"]}'}]},
    ),
    resource("Events::Rule", EventPattern={"source": ["aws.cloudwatch"]}),
    resource("Events::Rule", EventPattern={"detail-type": [{"prefix": "CloudWatch"}]}),
    resource("Events::Rule", EventPattern={"Ref": "Any"}),
    resource(
        "Events::Rule", EventPattern='{"source": ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"]}'
    ),
    resource("CodeDeploy::DeploymentGroup", AlarmConfiguration={"Alarms": [{"Name": {"Ref": "Any"}}]}),
]


@each_case("user", USERS, ids=lambda user: str(user["Type"]))
def test_whoever_acts_on_an_alarm_is_enough(user: dict[str, Any]) -> None:
    assert found(ACTION, template(It=alarm(), User=user)) == []


@each_case(
    "other",
    [
        resource("CodeDeploy::DeploymentGroup", AlarmConfiguration={"Alarms": [{"Name": "another"}]}),
        resource("CloudWatch::CompositeAlarm", AlarmRule="ALARM(another)", AlarmActions=["a"]),
        resource("Events::Rule", EventPattern={"source": ["aws.ec2"]}),
        resource("Events::Rule", EventPattern={"source": ["aws.cloudwatch"], "detail-type": ["AWS API Call"]}),
        resource("Events::Rule", ScheduleExpression="rate(1 hour)"),
        resource("Events::Rule", EventPattern={"source": ["aws.cloudwatch"]}, State="DISABLED"),
        resource("EventsV2::Subscriber", EventBusArn={"Ref": "Any"}, State="STOPPED"),
        resource(
            "EventsV2::Subscriber",
            EventBusArn={"Ref": "Any"},
            FilterConfiguration={"Filters": [{"Scope": "DATA", "Pattern": '{"source": ["shop"]}'}]},
        ),
        resource("CloudWatch::Dashboard", DashboardBody={"Fn::Sub": "${It.Arn}"}),
    ],
    ids=lambda other: str(other["Type"]),
)
def test_whoever_acts_on_other_things_is_not(other: dict[str, Any]) -> None:
    assert found(ACTION, template(It=alarm(), Other=other)) == ALONE


def test_a_subscriber_acts_on_alarms_if_they_reach_its_bus() -> None:
    def subscribed(**service: Any) -> dict[str, Any]:
        bus = {"Fn::GetAtt": ["Bus", "EventBusArn"]}
        source = resource(
            "EventsV2::EventSource",
            EventBusArn=bus,
            Configuration={"AwsServiceEventsConfiguration": service} if service else {},
        )
        subscriber = resource("EventsV2::Subscriber", EventBusArn=bus)
        return template(It=alarm(), Bus=resource("EventsV2::EventBus"), Source=source, Told=subscriber)

    assert found(ACTION, subscribed(AwsService="aws.cloudwatch")) == []
    assert found(ACTION, subscribed(AwsService={"Ref": "Any"})) == []
    assert found(ACTION, subscribed(AwsService="aws.s3")) == ALONE


def test_an_alarm_on_logs_needs_an_action_too() -> None:
    for actions, expected in (({}, ALONE), ({"AlarmActions": ["a"]}, [])):
        assert found(ACTION, template(It=resource("CloudWatch::LogAlarm", Threshold=0, **actions))) == expected


def test_an_alarm_may_be_known_by_its_name() -> None:
    for rule in ('ALARM("orders-late")', "ALARM(orders-late) AND OK(x)"):
        resource_ref = resource("CloudWatch::CompositeAlarm", AlarmRule=rule, AlarmActions=["a"])
        assert found(ACTION, template(It=alarm(AlarmName="orders-late"), ResourceRef=resource_ref)) == []
    arn = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders-late"
    monitored = resource("AppConfig::Environment", Monitors=[{"AlarmArn": arn}])
    assert found(ACTION, template(It=alarm(AlarmName="orders-late"), User=monitored)) == []


def test_an_alarm_that_is_put_out_may_be_acted_on_elsewhere() -> None:
    assert found(ACTION, {**template(It=alarm()), "Outputs": {"Alarm": {"Value": NAMED}}}) == []
    assert found(ACTION, {**template(It=alarm()), "Outputs": {"Other": {"Value": "It"}}}) == ALONE


def test_a_macro_may_add_an_action() -> None:
    assert found(ACTION, {**template(It=alarm()), "Transform": "Company::Alarms"}) == []


@pytest.mark.parametrize("actions", ["AlarmActions", "OKActions", "InsufficientDataActions"])
def test_one_kind_of_action_is_enough(actions: str) -> None:
    policy = resource("AutoScaling::ScalingPolicy", AutoScalingGroupName="web")
    assert found(ACTION, template(It=alarm(**{actions: [{"Ref": "Policy"}]}), Policy=policy)) == []
    assert found(ACTION, template(It=alarm(**{actions: {"Ref": "Some"}}))) == []
    # An empty list is a decision; a rule of another template may react to the alarm.
    empty = ("advice", "AlarmActions") if actions == "AlarmActions" else ("warning", "It")
    assert found(ACTION, template(It=alarm(**{actions: []}))) == [Found(empty[0], "It", empty[1])]
    switched_off = template(It=alarm(**{actions: ["a"]}, ActionsEnabled=False))
    assert found(ACTION, switched_off) == [Found("advice", "It", "ActionsEnabled: false")]


def test_a_composite_alarm_should_tell_somebody_too() -> None:
    part, resource_ref = alarm(), resource("CloudWatch::CompositeAlarm", AlarmRule={"Fn::Sub": "ALARM(${Part})"})
    assert found(ACTION, template(Part=part, It=resource_ref)) == ALONE
    above = resource("CloudWatch::CompositeAlarm", AlarmRule={"Fn::Sub": "ALARM(${It})"}, AlarmActions=["a"])
    assert found(ACTION, template(Part=part, It=resource_ref, Above=above)) == []


def test_a_deployment_preference_of_sam_acts_on_its_alarms() -> None:
    text = """
Transform: AWS::Serverless-2016-10-31
Resources:
  It: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors}}
  Work:
    Type: AWS::Serverless::Function
    Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce, Alarms: [%s]}}
"""
    assert found(ACTION, text % "!Ref It") == []
    assert found(ACTION, text % "another") == ALONE


TERRAFORM_USERS = [
    ("aws_codedeploy_deployment_group", {"alarm_configuration": {"alarms": ["${NAME}"], "enabled": True}}),
    ("aws_cloudwatch_composite_alarm", {"alarm_name": "x", "alarm_rule": "ALARM(${NAME})", "alarm_actions": ["a"]}),
    (
        "aws_cloudwatch_composite_alarm",
        {"alarm_rule": "TRUE", "actions_suppressor": {"alarm": "${NAME}"}, "alarm_actions": ["a"]},
    ),
    ("aws_route53_health_check", {"type": "CLOUDWATCH_METRIC", "cloudwatch_alarm_name": "${NAME}"}),
    ("aws_ecs_service", {"alarms": {"alarm_names": ["${NAME}"], "enable": True}}),
    ("aws_appconfig_environment", {"monitor": [{"alarm_arn": "${ARN}"}]}),
    ("aws_fis_experiment_template", {"stop_condition": {"source": "aws:cloudwatch:alarm", "value": "${ARN}"}}),
    (
        "aws_sagemaker_endpoint",
        {"deployment_config": {"auto_rollback_configuration": {"alarms": [{"alarm_name": "${NAME}"}]}}},
    ),
    (
        "aws_autoscaling_group",
        {"instance_refresh": {"preferences": {"alarm_specification": {"alarms": ["${NAME}"]}}}},
    ),
    ("aws_cloudwatch_event_rule", {"event_pattern": '{"source": ["aws.cloudwatch"]}'}),
    ("aws_ssm_parameter", {"name": "/shop/alarm", "type": "String", "value": "${NAME}"}),
]


@each_case("user", TERRAFORM_USERS, ids=lambda user: str(user[0]))
def test_whoever_acts_on_an_alarm_in_terraform_is_enough(user: tuple[str, dict[str, Any]]) -> None:
    type_, arguments = user
    alarms = {"aws_cloudwatch_metric_alarm": {"it": {"alarm_name": "it-is-late", "metric_name": "Lost"}}}
    alarm_name = "aws_cloudwatch_metric_alarm.it"
    written = json.dumps(arguments).replace("NAME", f"{alarm_name}.alarm_name").replace("ARN", f"{alarm_name}.arn")
    assert found(ACTION, terraform(**alarms, **{type_: {"user": json.loads(written)}})) == []
    others = json.dumps(arguments).replace("${NAME}", "another").replace("${ARN}", "another")
    elsewhere = terraform(**alarms, **{type_: {"user": json.loads(others.replace("aws.cloudwatch", "aws.ec2"))}})
    assert found(ACTION, elsewhere) == [Found("warning", alarm_name, "it")]


COUNTED = {"Statistic": "Sum", "ComparisonOperator": "GreaterThanThreshold"}
RARE = [
    ("AWS/Lambda", "Errors"),
    ("AWS/Lambda", "Throttles"),
    ("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count"),
    ("AWS/Events", "FailedInvocations"),
    ("AWS/States", "ExecutionThrottled"),
]
EVERY_MINUTE = [
    ("AWS/EC2", "StatusCheckFailed"),
    ("AWS/NATGateway", "ErrorPortAllocation"),
    ("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"),
    ("AWS/DynamoDB", "SystemErrors"),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
    ("Shop", "Errors"),
    ({"Ref": "Any"}, "Errors"),
]


@pytest.mark.parametrize(("namespace", "metric"), RARE)
def test_what_is_written_only_with_a_failure_is_no_failure_where_it_is_missing(namespace: str, metric: str) -> None:
    watches = {"Namespace": namespace, "MetricName": metric, **COUNTED}
    assert found(MISSING, template(It=alarm(**watches))) == [Found("advice", "It", "It")]
    for treatment in ("notBreaching", "ignore", {"Ref": "Any"}):
        assert found(MISSING, template(It=alarm(TreatMissingData=treatment, **watches))) == []
    # Such an alarm is in ALARM until something fails; functions also write that nothing failed.
    breaching = found(MISSING, template(It=alarm(TreatMissingData="breaching", **watches)))
    assert [one.level for one in breaching] == ([] if metric == "Errors" else ["warning"])


@each_case(("namespace", "metric"), EVERY_MINUTE)
def test_a_gap_in_what_is_written_every_minute_is_no_sign_of_health(namespace: Any, metric: str) -> None:
    assert found(MISSING, template(It=alarm(Namespace=namespace, MetricName=metric, **COUNTED))) == []


@pytest.mark.parametrize(("statistic", "expected"), [("SampleCount", 1), ("Maximum", 0), ({"Ref": "Any"}, 0)])
def test_only_a_count_of_failures_is_none_where_it_is_missing(statistic: Any, expected: int) -> None:
    counted = {**COUNTED, "Statistic": statistic}
    assert len(found(MISSING, template(It=alarm(Namespace="AWS/Lambda", MetricName="Errors", **counted)))) == expected


def test_a_filter_that_writes_a_default_leaves_nothing_missing() -> None:
    made: dict[str, Any] = {"MetricName": "Lines", "MetricNamespace": "Shop", "MetricValue": "1"}
    watches = alarm(MetricName="Lines", **COUNTED)
    for default, expected in (({"DefaultValue": 0}, 0), ({"DefaultValue": {"Ref": "Any"}}, 0), ({}, 1)):
        logged = resource("Logs::MetricFilter", MetricTransformations=[{**made, **default}])
        assert len(found(MISSING, template(It=watches, Logged=logged))) == expected
    for other in ({"MetricNamespace": "X"}, {"MetricName": "Y"}, {"MetricName": {"Ref": "Any"}}):
        logged = resource("Logs::MetricFilter", MetricTransformations=[{**made, **other}])
        assert found(MISSING, template(It=watches, Logged=logged)) == []
    both = [made, {**made, "MetricName": {"Ref": "Any"}, "DefaultValue": 0}]
    logged = resource("Logs::MetricFilter", MetricTransformations=both)
    assert found(MISSING, template(It=watches, Logged=logged)) == []


def test_only_the_beginning_of_a_namespace_makes_it_awss_own() -> None:
    for namespace, expected in (("AWS/Shop", 1), ("AWS", 0), ("MyAWS/Shop", 0), ("aws/shop", 0), ({"Ref": "Any"}, 0)):
        made = {"MetricName": "Lost", "MetricNamespace": namespace, "MetricValue": "1"}
        assert (
            len(found(RESERVED, template(It=resource("Logs::MetricFilter", MetricTransformations=[made])))) == expected
        )
    begins = {"MetricName": "Lost", "MetricNamespace": {"Fn::Sub": "AWS/${Any}"}, "MetricValue": "1"}
    namespaced = template(It=resource("Logs::MetricFilter", MetricTransformations=[begins]))
    assert found(RESERVED, namespaced) == [Found("warning", "It", "MetricNamespace")]
    (message,) = messages(RESERVED, namespaced)
    assert "begins with AWS/," in message


@each_case(
    ("namespace", "metric", "operator", "threshold", "count"),
    [
        ("AWS/RDS", "FreeStorageSpace", "LessThanThreshold", 20, 1),
        ("AWS/RDS", "FreeableMemory", "LessThanOrEqualToThreshold", 256, 1),
        ("AWS/ElastiCache", "FreeableMemory", "LessThanThreshold", 10, 1),
        ("AWS/RDS", "FreeStorageSpace", "LessThanThreshold", 10_000_000_000, 0),
        ("AWS/RDS", "FreeStorageSpace", "LessThanThreshold", 0, 0),
        ("AWS/RDS", "FreeStorageSpace", "LessThanThreshold", {"Ref": "Any"}, 0),
        ("AWS/RDS", "FreeStorageSpace", "LessThanLowerThreshold", 2, 0),
        ("AWS/RDS", "CPUCreditBalance", "LessThanThreshold", 20, 0),
        ("Shop", "FreeStorageSpace", "LessThanThreshold", 20, 0),
    ],
)
def test_free_space_is_compared_with_bytes(
    namespace: str, metric: str, operator: str, threshold: Any, count: int
) -> None:
    watched = alarm(Namespace=namespace, MetricName=metric, ComparisonOperator=operator, Threshold=threshold)
    assert len(found("alarm-unit", template(It=watched))) == count


@each_case(
    ("source", "replica", "count"),
    [
        ({}, {"SourceDBInstanceIdentifier": {"Ref": "Source"}}, 1),
        ({"SourceDBInstanceIdentifier": "other"}, {"SourceDBInstanceIdentifier": {"Ref": "Source"}}, 0),
        ({}, {}, 0),
        ({}, {"SourceDBInstanceIdentifier": {"Ref": "Any"}}, 0),
    ],
)
def test_the_lag_is_that_of_the_replica(source: dict[str, Any], replica: dict[str, Any], count: int) -> None:
    databases = {"Source": source, "Replica": replica}
    every = {name: resource("RDS::DBInstance", Engine="mysql", **properties) for name, properties in databases.items()}
    watched = watching("AWS/RDS", "DBInstanceIdentifier", {"Ref": "Source"})
    watched["Properties"]["MetricName"] = "ReplicaLag"
    assert len(found(NAMES, template(It=watched, **every))) == count


@each_case(
    ("suppressor", "count"),
    [({"Ref": "Any"}, 2), ({"Fn::GetAtt": ["Other", "Arn"]}, 2), (None, 0), ({"Fn::ImportValue": "quiet"}, 0)],
)
def test_a_suppressor_has_its_periods(suppressor: Any, count: int) -> None:
    its = {} if suppressor is None else {"ActionsSuppressor": suppressor}
    composite = resource("CloudWatch::CompositeAlarm", AlarmRule="ALARM(a)", **its)
    every = found("alarm-refused", template(It=composite, Other=alarm()))
    assert len([one for one in every if one.resource == "It"]) == count


@each_case(
    ("treatment", "threshold", "said"),
    [
        # No page tells whether 0 is written where no job ran.
        ("notBreaching", 1, ["may be missing where no job is, so the alarm may never fire"]),
        ("missing", 5, []),
    ],
)
def test_a_count_of_jobs_is_perhaps_written_as_0(treatment: str, threshold: int, said: list[str]) -> None:
    its = {"Namespace": "AWS/Backup", "MetricName": "NumberOfBackupJobsCompleted", "Statistic": "Sum"}
    compared = {"ComparisonOperator": "LessThanThreshold", "Threshold": threshold, "TreatMissingData": treatment}
    template = stack(Missed=resource("CloudWatch::Alarm", **its, **compared))
    assert [one.level for one in found("alarm-silence", template)] == ["advice"] * len(said)
    assert all(words in message for words, message in zip(said, messages("alarm-silence", template), strict=True))
