"""Which resource the literal dimension of an alarm nearly names."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch.alarms import Dimension, Metric
from awslint_memo.relations.cloudwatch.metrics import IDENTITIES

NAMES: Mapping[str, tuple[str, str]] = {
    "ApiName": ("AWS::ApiGateway::RestApi", "Name"),
    "AutoScalingGroupName": ("AWS::AutoScaling::AutoScalingGroup", "AutoScalingGroupName"),
    "ClusterName": ("AWS::ECS::Cluster", "ClusterName"),
    "DBClusterIdentifier": ("AWS::RDS::DBCluster", "DBClusterIdentifier"),
    "DBInstanceIdentifier": ("AWS::RDS::DBInstance", "DBInstanceIdentifier"),
    "DeliveryStreamName": ("AWS::KinesisFirehose::DeliveryStream", "DeliveryStreamName"),
    "FunctionName": ("AWS::Lambda::Function", "FunctionName"),
    "QueueName": ("AWS::SQS::Queue", "QueueName"),
    "ServiceName": ("AWS::ECS::Service", "ServiceName"),
    "StreamName": ("AWS::Kinesis::Stream", "Name"),
    "TableName": ("AWS::DynamoDB::Table", "TableName"),
    "TopicName": ("AWS::SNS::Topic", "TopicName"),
}
"""By dimension, the type whose name it is, and the property that holds the name."""

_SEPARATORS = ("-", "_")


@record(frozen=True)
class Near:
    """A resource that a dimension nearly names, its name, and the name for a message."""

    resource: Resource
    name: Value
    shown: str


def meant(metric: Metric, dimension: Dimension, deployment: Deployment) -> Near | None:
    """The one resource of its kind whose name differs from a literal dimension in case or by an environment only; None
    where there is none, or where what is not seen may have that name."""
    written, called = dimension.value.text, dimension.name.text or ""
    type_, path = NAMES.get(called, ("", ""))
    is_its = (metric.namespace.text or "", called, type_) in IDENTITIES
    if written is None or deployment.is_open or not dimension.value.is_literal or not is_its:
        return None
    every = deployment.of_type(type_)
    if len(every) != 1 or every[0].copies.number != 1:
        return None
    name = every[0].get(path)
    pattern = name.pattern
    if pattern is None or not _is_near(written, pattern, deployment):
        return None
    return Near(every[0], name, pattern.shown)


def _is_near(written: str, name: TextPattern, deployment: Deployment) -> bool:
    whole = name.literal
    if whole is None:
        return any(name.startswith(start := written + one) and _is_gap(name, start) for one in _SEPARATORS)
    if whole == written:
        return False
    short, long = sorted((whole, written), key=len)
    rest = long[len(short) :].lower() if long.startswith(short) else ""
    words = (*deployment.declared.production, *deployment.declared.development)
    return whole.lower() == written.lower() or (rest[:1] in _SEPARATORS and rest[1:] in words)


def _is_gap(name: TextPattern, start: str) -> bool:
    """Whether what follows a beginning is one part that is not known."""
    return name.removeprefix(start).gap is not None
