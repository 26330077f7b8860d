"""CloudWatch's metrics of AWS services: which a namespace has, what a dimension calls a resource, whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.apigateway.integrations import HTTP_API, REST_API
from awslint_memo.relations.cloudwatch import facts
from awslint_memo.relations.cloudwatch.alarms import Dimension, Metric
from awslint_memo.relations.rds import databases

RESERVED = fact("AWS/", page="AmazonCloudWatch/latest/APIReference/API_PutMetricData.html", read="2026-11-25")
"""How the namespaces begin that AWS keeps for its services."""

Namespace = facts.Namespace
Identity = facts.Identity


PIPES = fact(
    Namespace(
        frozenset(("AwsAccountId", "PipeName")),
        metrics=frozenset(
            (
                *("Concurrency", "Duration", "EnrichmentStageDuration", "EnrichmentStageFailed", "EventCount"),
                *("EventSize", "ExecutionFailed", "ExecutionPartiallyFailed", "ExecutionThrottled"),
                *("ExecutionTimeout", "Invocations", "TargetStageDuration", "TargetStageFailed"),
                *("TargetStagePartiallyFailed", "TargetStageSkipped"),
            )
        ),
        fleet_wide=True,
        own=frozenset(("PipeName",)),
    ),
    page="eventbridge/latest/userguide/eb-pipes-monitoring.html",
    read="2026-11-29",
)
"""The metrics of EventBridge Pipes."""

NAMESPACES: Mapping[str, Namespace] = {
    **{name: fact.value for name, fact in facts.NAMESPACES.items()},
    "AWS/EventBridge/Pipes": PIPES,
}
"""What the namespaces of the services hold of which the memo speaks, by name."""

IDENTITIES: Mapping[tuple[str, str, str], Identity] = {key: fact.value for key, fact in facts.IDENTITIES.items()}
"""What a dimension calls a resource, by namespace, dimension and the resource's type."""

RARE: Mapping[str, frozenset[str]] = {name: fact.value for name, fact in facts.WRITTEN_WHEN_IT_HAPPENS.items()}
"""Metrics of failures that are written only when something happens, by namespace."""

REQUESTED: Mapping[str, frozenset[str]] = {name: fact.value for name, fact in facts.WRITTEN_WITH_REQUESTS.items()}
"""Metrics of failures that are written with each request, by namespace."""

_ANOTHER = "use a metric that the service publishes"

_SPARED: Mapping[str, frozenset[str]] = {
    "AWS/CodeBuild": frozenset(("BuildId", "BuildNumber")),
    "AWS/ECS": frozenset(("CapacityProviderName", "TaskId", "VolumeName")),
    "AWS/ElastiCache": frozenset(("ClusterId", "clusterId")),
    "AWS/Lambda": frozenset(("CapacityProviderName", "InstanceType")),
    "AWS/RDS": frozenset(("DBShardGroupIdentifier", "DbClusterIdentifier", "VolumeName")),
}
"""Dimensions of newer features and of single builds that the page about the namespace does not list, and what Aurora's
page calls a cluster beside EngineName: nothing is said against them."""


def has_dimension(namespace: str, dimension: str) -> bool:
    """Whether the metrics of a known namespace have a dimension, or may."""
    return dimension in NAMESPACES[namespace].dimensions or dimension in _SPARED.get(namespace, frozenset())


def without_dimensions(namespace: Namespace, metric: str | None) -> bool | None:
    """Whether a metric has a series without dimensions, or may (True), or surely has none (False); None where AWS's
    page lists those that have one and this one is not among them."""
    if isinstance(namespace.fleet_wide, bool):
        return namespace.fleet_wide
    return True if metric is None or metric in namespace.fleet_wide else None


def never_with(namespace: Namespace, metric: str, dimensions: Iterable[str]) -> str | None:
    """The dimension with which a metric is never written, of those that an alarm gives it; None where there is none."""
    never = namespace.never or {}
    return next((name for name in dimensions if metric in never.get(name, frozenset())), None)


def instead(namespace: Namespace, metric: str) -> str | None:
    """The advice for a metric that a namespace surely does not have; None where it has the metric, or may have it."""
    if metric in namespace.metrics:
        return None
    place = (namespace.elsewhere or {}).get(metric)
    if place is not None:
        return f"use the CloudWatch agent's metric in the namespace {place}" if place else _ANOTHER
    alike = [known for known in namespace.metrics if known.lower() == metric.lower()]
    if alike:
        return f"write {alike[0]}"
    return _ANOTHER if namespace.metrics else None


def fitting_namespace(metric: Metric) -> tuple[str, str] | None:
    """The only known namespace that has a metric with its dimensions, and the dimension that the written namespace
    surely does not have; None where there is no such namespace."""
    where, name = metric.namespace.text or "", metric.name.text
    names = [dimension.name.text or "" for dimension in metric.dimensions]
    fitting = [
        (called, namespace)
        for called, namespace in NAMESPACES.items()
        if name in namespace.metrics and all(one in namespace.dimensions for one in names)
    ]
    if len(fitting) != 1 or fitting[0][0] == where or not where.startswith(RESERVED):
        return None
    called, namespace = fitting[0]
    lacking = (one for one in names if one in namespace.own or (where in NAMESPACES and not has_dimension(where, one)))
    dimension = next(lacking, None)
    return None if dimension is None else (called, dimension)


ONLY_AURORA = fact(
    frozenset(
        (
            *("ACUUtilization", "AuroraBinlogReplicaLag", "AuroraReplicaLag", "AuroraReplicaLagMaximum"),
            *("AuroraReplicaLagMinimum", "AuroraVolumeBytesLeftTotal", "ServerlessDatabaseCapacity"),
            *("StorageNetworkReceiveThroughput", "StorageNetworkThroughput", "StorageNetworkTransmitThroughput"),
            *("VolumeBytesUsed", "VolumeReadIOPs", "VolumeWriteIOPs"),
        )
    ),
    page="AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html",
    read="2026-11-26",
)
"""Metrics of Aurora's storage, replicas and capacity, which no other engine has."""

NOT_AURORA = fact(
    frozenset(("BurstBalance", "FreeStorageSpace", "FreeStorageSpaceLogVolume", "ReplicaLag")),
    page="AmazonRDS/latest/UserGuide/rds-metrics.html",
    read="2026-11-26",
)
"""Metrics of a database's own volume and of its read replicas, which Aurora does not have."""

REST_METRICS = fact(
    frozenset(("4XXError", "5XXError", "CacheHitCount", "CacheMissCount", "Count", "IntegrationLatency", "Latency")),
    page="apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
    read="2026-11-26",
)
"""The metrics of REST APIs, which have the dimension ApiName."""

HTTP_METRICS = fact(
    frozenset(("4xx", "5xx", "Count", "DataProcessed", "IntegrationLatency", "Latency")),
    page="apigateway/latest/developerguide/http-api-metrics.html",
    read="2026-11-26",
)
"""The metrics of HTTP APIs, which have the dimension ApiId."""

WEBSOCKET_METRICS = fact(
    frozenset(
        ("ClientError", "ConnectCount", "ExecutionError", "IntegrationError", "IntegrationLatency", "MessageCount")
    ),
    page="apigateway/latest/developerguide/apigateway-websocket-api-logging.html",
    read="2026-11-26",
)
"""The metrics of WebSocket APIs, which have the dimension ApiId."""

_DATABASES = {"DBClusterIdentifier": databases.CLUSTER, "DBInstanceIdentifier": databases.INSTANCE}


@record(frozen=True)
class Misplaced:
    """A metric that the resource does not have which a dimension names: the dimension, words for the resource, and the
    metric to use instead."""

    dimension: Dimension
    owner: str
    instead: str


def misplaced(metric: Metric, deployment: Deployment) -> Misplaced | None:
    """What is wrong with a metric that the resource of its dimension surely never has; None where nothing surely is."""
    find = {"AWS/ApiGateway": _of_api, "AWS/RDS": _of_database}.get(metric.namespace.text or "")
    name = metric.name.text
    if find is None or name is None:
        return None
    found = (find(name, dimension, deployment) for dimension in metric.dimensions)
    return next((one for one in found if one is not None), None)


def http_api_behind(value: Value, deployment: Deployment) -> Resource | None:
    """The HTTP or WebSocket API whose name surely is a value, which no REST API of this deployment may have; None where
    there is none. Its metrics have the dimension ApiId, whatever its name is."""
    if any(api.get("Name").is_same_as(value) is not False for api in deployment.of_type(REST_API)):
        return None
    apis = deployment.of_type(HTTP_API)
    return next((api for api in apis if api.get("Name").is_same_as(value) is True), None)


def _of_api(name: str, dimension: Dimension, deployment: Deployment) -> Misplaced | None:
    if dimension.name.text == "ApiName":
        # The dimension alone says that it is a REST API.
        is_other = name in (HTTP_METRICS | WEBSOCKET_METRICS) - REST_METRICS
        error = f"use {name.upper()}Error, or the dimension ApiId for an HTTP API"
        instead = error if name in ("4xx", "5xx") else "use the dimension ApiId"
        return Misplaced(dimension, "the dimension ApiName", instead) if is_other else None
    api = deployment.find(dimension.value, HTTP_API) if dimension.name.text == "ApiId" else None
    if api is None or name not in REST_METRICS - HTTP_METRICS - WEBSOCKET_METRICS:
        return None
    if api.get("ProtocolType").text == "WEBSOCKET":
        better = {"4XXError": "use ClientError", "5XXError": "use ExecutionError"}
        return Misplaced(dimension, f"the WebSocket API {api.title}", better.get(name, "use MessageCount"))
    better = {"4XXError": "use 4xx", "5XXError": "use 5xx"}
    return Misplaced(dimension, f"the HTTP API {api.title}", better.get(name, "use Count"))


def _of_database(name: str, dimension: Dimension, deployment: Deployment) -> Misplaced | None:
    type_ = _DATABASES.get(dimension.name.text or "")
    database = deployment.find(dimension.value, type_) if type_ else None
    if database is None:
        return None
    is_aurora = databases.is_aurora(database)
    if is_aurora is True and name in NOT_AURORA:
        better = {"FreeStorageSpace": "use FreeLocalStorage, or VolumeBytesUsed of the cluster"}
        better["ReplicaLag"] = "use AuroraReplicaLag"
        return Misplaced(dimension, f"Aurora ({database.title})", better.get(name, "remove the alarm"))
    if is_aurora is False and name in ONLY_AURORA:
        is_lag = "ReplicaLag" in name
        better_one = "ReplicaLag" if is_lag else "FreeStorageSpace" if name.startswith(("Aurora", "Volume")) else ""
        instead = f"use {better_one}" if better_one else "use a metric that RDS publishes"
        return Misplaced(dimension, f"an engine other than Aurora ({database.title})", instead)
    return None
