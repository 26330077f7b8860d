"""Between which numbers AWS accepts settings, by type and path; what is outside is refused when it is deployed."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.finding import Finding, Findings
from awslint_memo.model.phrases import listed
from awslint_memo.model.value import Value
from awslint_memo.relations.lambda_.functions import FUNCTION
from awslint_memo.syntax.embedded import each

_OF_STREAMS: Mapping[str, tuple[int, int]] = fact(
    {
        "BatchSize": (1, 10_000),
        "MaximumBatchingWindowInSeconds": (0, 300),
        "MaximumRecordAgeInSeconds": (-1, 604_800),
        "MaximumRetryAttempts": (-1, 10_000),
        "ParallelizationFactor": (1, 10),
    },
    page="lambda/latest/api/API_CreateEventSourceMapping.html",
    read="2026-11-29",
)
"""By property, the least and the greatest number of a mapping of a stream; those of a pipe are the same
(eventbridge/latest/pipes-reference/API_PipeSourceKinesisStreamParameters.html)."""

_OF_QUEUE_MAPPINGS: Mapping[str, tuple[int, int]] = fact(
    {
        "ProvisionedPollerConfig.MaximumPollers": (1, 10_000),
        "ProvisionedPollerConfig.MinimumPollers": (1, 200),
        "ScalingConfig.MaximumConcurrency": (2, 1_000),
        "TumblingWindowInSeconds": (0, 900),
    },
    page="lambda/latest/api/API_ScalingConfig.html",
    read="2026-11-29",
)
"""The same of what only mappings have; of pollers: lambda/latest/api/API_ProvisionedPollerConfig.html."""

_OF_EVENTS: Mapping[str, tuple[int, int]] = fact(
    {"MaximumEventAgeInSeconds": (60, 21_600), "MaximumRetryAttempts": (0, 2)},
    page="lambda/latest/api/API_PutFunctionEventInvokeConfig.html",
    read="2026-11-29",
)
"""The same of asynchronous invocations."""

_OF_FUNCTIONS: Mapping[str, tuple[int, int]] = fact(
    {"EphemeralStorage.Size": (512, 32_768), "MemorySize": (128, 32_768), "Timeout": (1, 5_400)},
    page="lambda/latest/api/API_CreateFunction.html",
    read="2026-11-30",
)
"""The same of functions, of whatever kind."""

_ON_DEMAND: Mapping[str, int] = fact(
    {"EphemeralStorage.Size": 10_240, "MemorySize": 10_240, "Timeout": 1_800},
    page="lambda/latest/api/API_CreateFunction.html",
    read="2026-12-03",
)
"""The greatest numbers of functions without a capacity provider, that of memory by the page of quotas
(lambda/latest/dg/gettingstarted-limits.html). Of the timeout, that page says 900, and the newest text of the API
1,800."""

_OF_QUEUES: Mapping[str, tuple[int, int]] = fact(
    {
        "DelaySeconds": (0, 900),
        "KmsDataKeyReusePeriodSeconds": (60, 86_400),
        "MaximumMessageSize": (1_024, 1_048_576),
        "MessageRetentionPeriod": (60, 1_209_600),
        "ReceiveMessageWaitTimeSeconds": (0, 20),
        "VisibilityTimeout": (0, 43_200),
    },
    page="AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
    read="2026-11-30",
)
"""The same of queues."""

_OF_REDRIVE: Mapping[str, tuple[int, int]] = fact(
    {"RedrivePolicy.maxReceiveCount": (1, 1_000)},
    page="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue.html",
    read="2026-11-30",
)
"""The same of what leads to a dead-letter queue."""

_OF_RETRIES: Mapping[str, tuple[int, int]] = fact(
    {"RetryPolicy.MaximumEventAgeInSeconds": (60, 86_400), "RetryPolicy.MaximumRetryAttempts": (0, 185)},
    page="eventbridge/latest/APIReference/API_RetryPolicy.html",
    read="2026-11-30",
)
"""The same of a target of a rule; those of a schedule are the same
(scheduler/latest/APIReference/API_RetryPolicy.html)."""

_OF_WINDOWS: Mapping[str, tuple[int, int]] = fact(
    {"FlexibleTimeWindow.MaximumWindowInMinutes": (1, 1_440)},
    page="scheduler/latest/APIReference/API_FlexibleTimeWindow.html",
    read="2026-11-30",
)
"""The same of a schedule itself."""

_OF_TARGET_GROUPS: Mapping[str, tuple[int, int]] = fact(
    {
        "HealthCheckIntervalSeconds": (5, 300),
        "HealthCheckTimeoutSeconds": (2, 120),
        "HealthyThresholdCount": (2, 10),
        "UnhealthyThresholdCount": (2, 10),
    },
    page="elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
    read="2026-11-30",
)
"""The same of the health checks of a target group."""

_OF_CONTAINERS: Mapping[str, tuple[int, int]] = fact(
    {
        "HealthCheck.Interval": (5, 300),
        "HealthCheck.Retries": (1, 10),
        "HealthCheck.StartPeriod": (0, 300),
        "HealthCheck.Timeout": (2, 60),
    },
    page="AmazonECS/latest/APIReference/API_HealthCheck.html",
    read="2026-11-30",
)
"""The same of the health check of a container."""

_OF_SNAPSHOTS: Mapping[str, tuple[int, int]] = fact(
    {"SnapshotRetentionLimit": (0, 35)}, page="AmazonElastiCache/latest/dg/backups-automatic.html", read="2026-11-30"
)
"""The same of the snapshots of a cache, in days."""

_OF_DATABASES: Mapping[str, tuple[int, ...]] = fact(
    {"MonitoringInterval": (0, 1, 5, 10, 15, 30, 60)},
    page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    read="2026-11-30",
)
"""The numbers that a database may have there, in seconds."""

_PIPED = (("DynamoDBStreamParameters", _OF_STREAMS), ("KinesisStreamParameters", _OF_STREAMS))


def _within(path: str, limits: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    return {f"{path}.{name}": ends for name, ends in limits.items()}


CHOICES: Mapping[str, Mapping[str, tuple[int, ...]]] = {
    "AWS::RDS::DBCluster": _OF_DATABASES,
    "AWS::RDS::DBInstance": _OF_DATABASES,
}
"""By type and path, the only numbers that are accepted."""

LIMITS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "AWS::ECS::TaskDefinition": _within("ContainerDefinitions", _OF_CONTAINERS),
    "AWS::ElastiCache::CacheCluster": _OF_SNAPSHOTS,
    "AWS::ElastiCache::ReplicationGroup": _OF_SNAPSHOTS,
    "AWS::ElasticLoadBalancingV2::TargetGroup": _OF_TARGET_GROUPS,
    "AWS::Events::Rule": _within("Targets", _OF_RETRIES),
    "AWS::Lambda::EventInvokeConfig": _OF_EVENTS,
    "AWS::Lambda::EventSourceMapping": {**_OF_STREAMS, **_OF_QUEUE_MAPPINGS},
    FUNCTION: _OF_FUNCTIONS,
    "AWS::Pipes::Pipe": {f"SourceParameters.{key}.{name}": ends for key, of in _PIPED for name, ends in of.items()},
    "AWS::SQS::Queue": {**_OF_QUEUES, **_OF_REDRIVE},
    "AWS::Scheduler::Schedule": {**_within("Target", _OF_RETRIES), **_OF_WINDOWS},
}
"""By type and path, the least and the greatest number that is accepted; a path may lead through lists."""

_POOL = "ConnectionPoolConfigurationInfo"

_OF_POOLS: Mapping[str, str] = fact(
    {f"{_POOL}.MaxIdleConnectionsPercent": f"{_POOL}.MaxConnectionsPercent"},
    page="AmazonRDS/latest/APIReference/API_ConnectionPoolConfiguration.html",
    read="2026-12-02",
)
"""Of the connections of a database proxy: what may not be above what."""

AT_MOST: Mapping[str, Mapping[str, str]] = {
    "AWS::RDS::DBProxyDefaultTargetGroup": _OF_POOLS,
    "AWS::RDS::DBProxyTargetGroup": _OF_POOLS,
}
"""By type and path, the path of the number above which it is refused."""

LEAST_AGE = fact(60, page="lambda/latest/api/API_CreateEventSourceMapping.html", read="2026-11-29")
"""Seconds: the least MaximumRecordAgeInSeconds but -1, which means no limit."""


def refused(resource: Resource) -> Findings:
    """The findings about settings of a resource whose numbers AWS surely refuses: what is accepted, and what to set."""
    for path, allowed in CHOICES.get(resource.type, {}).items():
        value = resource.get(path)
        if value.number is not None and value.number not in allowed:
            nearest = min(allowed, key=lambda one: abs(one - (value.number or 0)))
            yield _refused(resource, value, listed([str(one) for one in allowed], last="or"), nearest)
    for path, (least, most) in _limits(resource).items():
        for value in each(resource, path):
            number = value.number
            if number is None:
                continue
            if not least <= number <= most:
                yield _refused(resource, value, f"{least:,} to {most:,}", least if number < least else most)
            elif path.endswith("RecordAgeInSeconds") and -1 < number < LEAST_AGE:
                yield _refused(resource, value, f"-1, or {LEAST_AGE} to {most:,}", LEAST_AGE)

    for path, other in AT_MOST.get(resource.type, {}).items():
        value, limit = resource.get(path), resource.get(other)
        if limit.number is not None and value.above(limit.number):
            name = resource.in_file_words(other)
            why = f"but {name} is {limit.number:g}{limit.note}, and AWS refuses more than that"
            do = f"set it to at most {limit.number:g}"
            yield resource.finding(value, why, do=do, related=[(limit, "the most")])


def _limits(resource: Resource) -> Mapping[str, tuple[int, int]]:
    """The least and the greatest number of settings of a resource, by path."""
    limits = LIMITS.get(resource.type, {})
    if resource.type != FUNCTION or not resource.get("CapacityProviderConfig").is_absent:
        return limits
    return {path: (least, _ON_DEMAND.get(path, most)) for path, (least, most) in limits.items()}


def _refused(resource: Resource, value: Value, accepted: str, nearest: int) -> Finding:
    why = f"but AWS accepts {accepted}, and refuses it"
    return resource.finding(value, why, do=f"set it to {nearest}", about=[value])
