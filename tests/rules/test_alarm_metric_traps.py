"""Alarms: what is not known of the Region, the name and the values of their metrics."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import found, messages, resource, stack

PROVIDERS = """
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "dublin"
  region = "eu-west-1"
}
"""


def in_dublin(namespace: str, dimension: str, value: str) -> str:
    """An alarm of eu-west-1 on the resource of an expression."""
    return f"""
resource "aws_cloudwatch_metric_alarm" "it" {{
  provider    = aws.dublin
  alarm_name  = "it"
  namespace   = "{namespace}"
  metric_name = "any"
  dimensions  = {{ {dimension} = {value} }}
}}
"""


def table(replica: str) -> str:
    return f"""
resource "aws_dynamodb_table" "orders" {{
  name             = "orders"
  hash_key         = "id"
  billing_mode     = "PAY_PER_REQUEST"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  {replica}
}}
"""


def queues(*names: str) -> str:
    """A queue of us-east-1, and one of eu-west-1 with each of these expressions for a name."""
    its = "".join(
        f'resource "aws_sqs_queue" "n{number}" {{\n  provider = aws.dublin\n  name = {name}\n}}\n'
        for number, name in enumerate(names)
    )
    return f'variable "any" {{}}\nresource "aws_sqs_queue" "failed" {{\n  name = "failed"\n}}\n{its}'


@each_case(
    ("resources", "named", "count"),
    [
        (table(""), ("AWS/DynamoDB", "TableName", "aws_dynamodb_table.orders.name"), 1),
        (
            table('replica {\n region_name = "eu-west-1"\n }'),
            ("AWS/DynamoDB", "TableName", "aws_dynamodb_table.orders.name"),
            0,
        ),
        (queues(), ("AWS/SQS", "QueueName", "aws_sqs_queue.failed.name"), 1),
        (queues('"other"'), ("AWS/SQS", "QueueName", "aws_sqs_queue.failed.name"), 1),
        (queues('"failed"'), ("AWS/SQS", "QueueName", "aws_sqs_queue.failed.name"), 0),
        (queues("var.any"), ("AWS/SQS", "QueueName", "aws_sqs_queue.failed.name"), 0),
        # A queue of that name may be in each Region.
        (queues(), ("AWS/SQS", "QueueName", '"failed"'), 0),
        (
            'resource "aws_lb" "web" {\n  name = "web"\n}\n',
            ("AWS/ApplicationELB", "LoadBalancer", "aws_lb.web.arn_suffix"),
            1,
        ),
    ],
)
def test_the_region_of_a_metric_is_that_of_whatever_has_its_name(
    resources: str, named: tuple[str, str, str], count: int
) -> None:
    assert len(found("alarm-global-region", PROVIDERS + resources + in_dublin(*named))) == count


@each_case(
    ("name", "levels"),
    [
        ("TopicArn", ["advice"]),
        ("TopicARN", ["advice"]),
        ("SNSArn", ["advice"]),
        ("Arn", ["advice"]),
        ("Yarn", []),
        ("YARN", []),
        ("Learn", []),
        ("ArnOfNothing", []),
    ],
)
def test_a_word_that_ends_like_arn_is_none(name: str, levels: list[str]) -> None:
    dimensions = [{"Name": "TopicName", "Value": {"Ref": name}}]
    watched = resource("CloudWatch::Alarm", Namespace="AWS/SNS", MetricName="PublishSize", Dimensions=dimensions)
    template = stack({"Parameters": {name: {"Type": "String"}}}, It=watched)
    assert [one.level for one in found("alarm-dimension-value", template)] == levels
    # A name does not tell for sure what a parameter holds.
    assert all("may never get data" in message for message in messages("alarm-dimension-value", template))


def test_the_arn_of_something_that_is_looked_up_is_named_whole() -> None:
    looked_up = 'data "aws_lb" "main" {\n  name = "main"\n}\n'
    alarm = in_dublin("AWS/ApplicationELB", "LoadBalancer", "data.aws_lb.main.arn")
    [message] = messages("alarm-dimension-value", PROVIDERS + looked_up + alarm)
    assert "to data.aws_lb.main.arn, by its name an ARN" in message
    assert message.endswith("use the name, which is a part of the ARN")


@each_case(
    ("value", "threshold", "level"),
    [
        ("$.balance", -5, None),
        ("$.balance", 0, None),
        ("-10", -5, None),
        ("0", 0, "warning"),
        ("1", 1, "warning"),
        ("2.5", 2, "warning"),
    ],
)
def test_a_line_may_tell_a_number_below_0(value: str, threshold: float, level: str | None) -> None:
    written = {"MetricName": "Balance", "MetricNamespace": "Shop", "MetricValue": value}
    its = {"Namespace": "Shop", "MetricName": "Balance", "Statistic": "Sum", "TreatMissingData": "notBreaching"}
    compared = {"ComparisonOperator": "LessThanThreshold", "Threshold": threshold}
    every = {
        "Filter": resource("Logs::MetricFilter", FilterPattern="{ $.balance = * }", MetricTransformations=[written]),
        "It": resource("CloudWatch::Alarm", **its, **compared),
    }
    assert [one.level for one in found("alarm-silence", stack({}, **every))] == ([] if level is None else [level])


@each_case(
    ("statistic", "count"),
    [
        ({"Statistic": "Minimum"}, 1),
        ({"ExtendedStatistic": "p10"}, 1),
        ({"Statistic": "SampleCount"}, 0),
        ({"ExtendedStatistic": "PR(:1000)"}, 0),
        ({"ExtendedStatistic": "TC(:1000)"}, 0),
    ],
)
def test_how_many_values_there_are_is_no_space(statistic: dict[str, Any], count: int) -> None:
    its = {"Namespace": "AWS/RDS", "MetricName": "FreeStorageSpace", "ComparisonOperator": "LessThanThreshold"}
    watched = resource("CloudWatch::Alarm", **its, **statistic, Threshold=5)
    assert len(found("alarm-unit", stack({}, It=watched))) == count


@each_case(
    ("name", "meant"),
    [
        ("orders-ReadLatency", "ReadLatency"),
        ("orders-read-latency", "ReadLatency"),
        # A threshold that is no number of bytes does not fit it either.
        ("orders-FreeableMemory", None),
        # It is called after its own metric, in words, and a database may be called as a metric is.
        ("read-latency-free-storage-space", None),
        ("queries-disk", None),
    ],
)
def test_an_alarm_about_space_may_be_called_after_another_metric(name: str, meant: str | None) -> None:
    its = {"Namespace": "AWS/RDS", "MetricName": "FreeStorageSpace", "ComparisonOperator": "LessThanThreshold"}
    watched = resource("CloudWatch::Alarm", **its, Statistic="Average", Threshold=5, AlarmName=name)
    [message] = messages("alarm-unit", stack({}, It=watched))
    assert (f"set MetricName to {meant}, after which it is called, or write bytes" in message) == bool(meant)
    assert ("after which it is called" in message) == bool(meant)


def watched(dimension: str, value: dict[str, str], metric: str, namespace: str = "AWS/ApiGateway") -> dict[str, Any]:
    """An alarm on a metric of the resource of a value."""
    dimensions = [{"Name": dimension, "Value": value}]
    return resource("AWS::CloudWatch::Alarm", Namespace=namespace, MetricName=metric, Dimensions=dimensions)


@each_case(
    ("kind", "protocol", "dimension", "metric", "remedy"),
    [
        ("ApiGatewayV2::Api", "HTTP", "ApiName", "5XXError", "use ApiId, set to !Ref It, and 5xx instead of 5XXError"),
        ("ApiGatewayV2::Api", "HTTP", "ApiName", "4XXError", "use ApiId, set to !Ref It, and 4xx instead of 4XXError"),
        ("ApiGatewayV2::Api", "HTTP", "ApiName", "Latency", "use ApiId, set to !Ref It"),
        ("ApiGatewayV2::Api", "WEBSOCKET", "ApiName", "5XXError", "!Ref It, and ExecutionError instead of 5XXError"),
        ("ApiGateway::RestApi", "", "ApiId", "5xx", "use ApiName, set to its name, and 5XXError instead of 5xx"),
        ("ApiGateway::RestApi", "", "ApiId", "Count", "use ApiName, set to its name"),
    ],
)
def test_the_remedy_names_the_metric_that_the_api_has(
    kind: str, protocol: str, dimension: str, metric: str, remedy: str
) -> None:
    api = resource(f"AWS::{kind}", Name="shop", **({"ProtocolType": protocol} if protocol else {}))
    [message] = messages("alarm-dimension-value", stack(It=api, Alarm=watched(dimension, {"Ref": "It"}, metric)))
    assert message.endswith(remedy)
