"""What is noted beside a resource in a picture: what its file surely says of zones, copies, engines and backups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.secret import without_keys
from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.relations import dynamodb
from awslint_memo.relations.graph import terraform
from awslint_memo.relations.graph.graph import Note
from awslint_memo.relations.sqs.queues import QUEUE, is_fifo

_INSTANCE, _CLUSTER = "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"

_NOTED: Mapping[str, Sequence[tuple[str, str]]] = {
    _INSTANCE: (
        ("engine", "Engine"),
        ("version", "EngineVersion"),
        ("Multi-AZ", "MultiAZ"),
        ("zone", "AvailabilityZone"),
        ("backups", "BackupRetentionPeriod"),
    ),
    _CLUSTER: (
        ("engine", "Engine"),
        ("version", "EngineVersion"),
        ("zones", "AvailabilityZones"),
        ("backups", "BackupRetentionPeriod"),
    ),
    "AWS::RDS::GlobalCluster": (("engine", "Engine"), ("version", "EngineVersion")),
    "AWS::DocDB::DBCluster": (("zones", "AvailabilityZones"), ("backups", "BackupRetentionPeriod")),
    "AWS::Neptune::DBCluster": (("zones", "AvailabilityZones"), ("backups", "BackupRetentionPeriod")),
    "AWS::ElastiCache::ReplicationGroup": (
        ("engine", "Engine"),
        ("Multi-AZ", "MultiAZEnabled"),
        ("failover", "AutomaticFailoverEnabled"),
        ("shards", "NumNodeGroups"),
        ("replicas", "ReplicasPerNodeGroup"),
        ("nodes", "NumCacheClusters"),
        ("zones", "PreferredCacheClusterAZs"),
        ("snapshots", "SnapshotRetentionLimit"),
    ),
    "AWS::ElastiCache::CacheCluster": (
        ("engine", "Engine"),
        ("nodes", "NumCacheNodes"),
        ("zone", "PreferredAvailabilityZone"),
    ),
    "AWS::AutoScaling::AutoScalingGroup": (
        ("least", "MinSize"),
        ("most", "MaxSize"),
        ("zones", "AvailabilityZones"),
        ("subnets", "VPCZoneIdentifier"),
    ),
    "AWS::ECS::Service": (("tasks", "DesiredCount"), ("launch type", "LaunchType")),
    "AWS::Lambda::Function": (("runtime", "Runtime"),),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": (("type", "Type"), ("scheme", "Scheme")),
    "AWS::SNS::Subscription": (("protocol", "Protocol"),),
    "AWS::Scheduler::Schedule": (("when", "ScheduleExpression"),),
    "AWS::Events::Rule": (("when", "ScheduleExpression"),),
    "AWS::CloudWatch::Alarm": (("metric", "MetricName"),),
    "AWS::Kinesis::Stream": (("shards", "ShardCount"), ("mode", "StreamModeDetails.StreamMode")),
}
"""What is noted of each type, and the property that says it. A number of backups is the days that they are kept."""

_DAYS = frozenset(("backups", "snapshots"))

_LONGEST = 40


def notes(resource: Resource) -> Iterator[Note]:
    """What is noted beside a resource, only what is surely so."""
    copies = resource.copies
    if copies.number is None:
        yield Note("copies", "not known how many")
    elif copies.number != 1:
        yield Note("copies", f"{copies.number:g}")
    for name, path in _NOTED.get(resource.type, ()):
        text = _said(_written(resource, path))
        if text:
            yield Note(name, _days(text) if name in _DAYS else text)
    if resource.type == QUEUE and is_fifo(resource):
        yield Note("order", "FIFO")
    if resource.type in (dynamodb.TABLE, dynamodb.GLOBAL_TABLE):
        yield from _of_table(resource)


def _written(resource: Resource, path: str) -> Value:
    """The value at a path; a list as a whole."""
    values = [*terraform.values(resource, path)] if resource.language == "terraform" else [resource.get(path)]
    if len(values) == 1:
        return values[0]
    return Known(values, resource.place) if values else Absent(resource.place)


def _said(value: Value) -> str:
    """A scalar as it stands, yes or no for a switch, and the items of a list whose texts are known, or their number."""
    if value.is_absent or value.is_unknown or value.is_secret:
        return ""
    if value.text is not None:
        flag = value.flag
        return _short(value.text if flag is None else "yes" if flag else "no")
    items = value.items
    if items == [value] or any(item.is_unknown and item.is_secret for item in items):
        return ""
    texts = [item.text for item in items]
    return _short(", ".join(text or "" for text in texts)) if all(texts) else str(len(items))


def _short(text: str) -> str:
    """A text without what looks like a secret, which would not any more after the cut."""
    text = without_keys(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _days(text: str) -> str:
    return "none" if text == "0" else "1 day" if text == "1" else f"{text} days"


def _of_table(table: Resource) -> Iterator[Note]:
    recovery = table.get("PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled")
    if table.type == dynamodb.TABLE and recovery.flag is not None:
        yield Note("point-in-time recovery", "yes" if recovery.flag else "no")
    regions = [replica.get("Region").text for replica in dynamodb.replicas(table)]
    if regions and all(regions):
        yield Note("replicas", _short(", ".join(region or "" for region in regions)))
