"""Metrics that the resource does not have which an alarm's dimension names, of those that its namespace has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import events
from awslint_memo.relations.apigateway.integrations import HTTP_API, REST_API
from awslint_memo.relations.cloudwatch.alarms import ALARM, Dimension, Metric, metrics
from awslint_memo.relations.cloudwatch.namespaces import namespace
from awslint_memo.relations.rds import databases

_RULE = "AWS::Events::Rule"
_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"

_BALANCERS: Mapping[str, tuple[str, str]] = fact(
    {
        "AWS/ApplicationELB": ("application", "app/"),
        "AWS/GatewayELB": ("gateway", "gwy/"),
        "AWS/NetworkELB": ("network", "net/"),
    },
    page="elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html",
    read="2026-11-30",
)
"""The type of the load balancers that a namespace is of, and how the final part of their ARNs begins. Of the others:
elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html, …/gateway/cloudwatch-metrics.html."""

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
    where, name = metric.namespace.text or "", metric.name.text
    if where in _BALANCERS:
        return _of_balancer(metric, where, deployment)
    if where == "AWS/Events":
        return _of_rule(metric, deployment)
    find = {"AWS/ApiGateway": _of_api, "AWS/RDS": _of_database}.get(where)
    if find is None or name is None:
        return None
    found = (find(name, dimension, deployment) for dimension in metric.dimensions)
    return next((one for one in found if one is not None), None)


def _kind(name: str) -> frozenset[str]:
    """The metrics that a kind of API or database has, by its name in metrics.txt."""
    every = (known for where in ("AWS/ApiGateway", "AWS/RDS") if (known := namespace(where)) is not None)
    return next((known.kinds[name] for known in every if name in known.kinds), frozenset())


def _of_api(name: str, dimension: Dimension, deployment: Deployment) -> Misplaced | None:
    if dimension.name.text == "ApiName":
        # The dimension alone says that it is a REST API.
        is_other = name in (_kind("HTTP") | _kind("WEBSOCKET")) - _kind("REST")
        error = f"use {name.upper()}Error, or the dimension ApiId for an HTTP API"
        instead = error if name in ("4xx", "5xx") else "use the dimension ApiId"
        return Misplaced(dimension, "the dimension ApiName", instead) if is_other else None
    api = deployment.find(dimension.value, HTTP_API) if dimension.name.text == "ApiId" else None
    return None if api is None else _at(dimension, _for_api(name, api))


def _for_api(name: str, api: Resource) -> tuple[str, str] | None:
    """Words for an API that does not have a metric, and the metric to use instead; None if it may have it."""
    if api.type == REST_API:
        return (f"the REST API {api.title}", f"use {name.upper()}Error") if name in ("4xx", "5xx") else None
    if name not in _kind("REST") - _kind("HTTP") - _kind("WEBSOCKET"):
        return None
    if api.get("ProtocolType").text == "WEBSOCKET":
        better = {"4XXError": "use ClientError", "5XXError": "use ExecutionError"}
        return f"the WebSocket API {api.title}", better.get(name, "use MessageCount")
    better = {"4XXError": "use 4xx", "5XXError": "use 5xx"}
    return f"the HTTP API {api.title}", better.get(name, "use Count")


def _at(dimension: Dimension, found: tuple[str, str] | None) -> Misplaced | None:
    return None if found is None else Misplaced(dimension, *found)


def instead(metric: Metric, resource: Resource) -> str:
    """The metric to use instead of one that an API or a database surely does not have; empty where there is none."""
    name, find = metric.name.text, _FOR.get(resource.type)
    found = None if name is None or find is None else find(name, resource)
    return "" if found is None or not found[1].startswith("use ") else found[1].removeprefix("use ")


def _of_database(name: str, dimension: Dimension, deployment: Deployment) -> Misplaced | None:
    type_ = _DATABASES.get(dimension.name.text or "")
    database = deployment.find(dimension.value, type_) if type_ else None
    return None if database is None else _at(dimension, _for_database(name, database))


def _for_database(name: str, database: Resource) -> tuple[str, str] | None:
    """The same of a database."""
    if name == "ReplicaLag" and (replica := _replica_of(database)) is not None:
        return f"{database.title}, the source of {replica.title},", f"watch that of {replica.title}"
    is_aurora = databases.is_aurora(database)
    if is_aurora is True and name in _kind("not Aurora"):
        better = {"FreeStorageSpace": "use FreeLocalStorage, or VolumeBytesUsed of the cluster"}
        better["ReplicaLag"] = "use AuroraReplicaLag"
        return f"Aurora ({database.title})", better.get(name, "remove the alarm")
    if is_aurora is False and name in _kind("only Aurora"):
        is_lag = "ReplicaLag" in name
        better_one = "ReplicaLag" if is_lag else "FreeStorageSpace" if name.startswith(("Aurora", "Volume")) else ""
        use = f"use {better_one}" if better_one else "use a metric that RDS publishes"
        return f"an engine other than Aurora ({database.title})", use
    return None


_FOR: Mapping[str, Callable[[str, Resource], tuple[str, str] | None]] = {
    HTTP_API: _for_api,
    REST_API: _for_api,
    **dict.fromkeys(_DATABASES.values(), _for_database),
}
"""What finds the metrics that a resource does not have, by its type."""


def _replica_of(database: Resource) -> Resource | None:
    """A read replica of a database that surely is none itself: the lag is written for the replica."""
    if database.type != databases.INSTANCE or databases.is_read_replica(database):
        return None
    instances = database.deployment.of_type(databases.INSTANCE)
    return next((one for one in instances if databases.replica_source(one) is database), None)


def _of_balancer(metric: Metric, where: str, deployment: Deployment) -> Misplaced | None:
    """A load balancer of another kind than its namespace is of, by its resource, its name, or the other alarms."""
    named = next((dimension for dimension in metric.dimensions if dimension.name.text == "LoadBalancer"), None)
    if named is None:
        return None
    balancer = deployment.find(named.value, _BALANCER)
    type_ = None if balancer is None else balancer.get("Type", default="application").text
    starts = ((one, named.value.starts_with(start)) for one, (_, start) in _BALANCERS.items())
    home = next((one for one, (kind, _) in _BALANCERS.items() if kind == type_), None)
    home = home or next((one for one, is_so in starts if is_so is True), None) or _usual(named.value, where, deployment)
    if home is None or home == where:
        return None
    owner = f"in {where} this load balancer"
    return Misplaced(named, owner, f"set Namespace to {home}, where its metrics are")


def _usual(balancer: Value, where: str, deployment: Deployment) -> str | None:
    """The namespace in which most alarms of a deployment watch one load balancer, which is of one kind."""
    watched = deployment.once(_balancers)
    counts = {one: sum(other.is_same_as(balancer) is True for other in values) for one, values in watched.items()}
    most = max(counts, key=lambda one: counts[one], default=where)
    return most if counts.get(most, 0) > counts.get(where, 0) else None


def _balancers(deployment: Deployment) -> Mapping[str, list[Value]]:
    """The load balancers that alarms of a deployment watch, by namespace."""
    found: dict[str, list[Value]] = {}
    for metric in (metric for alarm in deployment.of_type(ALARM) for metric in metrics(alarm)):
        value, where = metric.dimension("LoadBalancer"), metric.namespace.text or ""
        if value is not None and where in _BALANCERS:
            found.setdefault(where, []).append(value)
    return found


def _rule_of(value: Value, deployment: Deployment) -> Resource | None:
    """The rule that a value surely names, also by a part of its ARN."""
    named = {link.resource: link for link in value.mentions()}
    return deployment.find(next(iter(named.values())) if len(named) == 1 else value, _RULE)


def _of_rule(metric: Metric, deployment: Deployment) -> Misplaced | None:
    """A rule on a bus of its own: its metrics have the dimension EventBusName beside RuleName."""
    names = {dimension.name.text for dimension in metric.dimensions}
    named = next((dimension for dimension in metric.dimensions if dimension.name.text == "RuleName"), None)
    if named is None or None in names or "EventBusName" in names:
        return None
    rule = _rule_of(named.value, deployment)
    if rule is None or events.is_on_default_bus(rule) is not False:
        return None
    return Misplaced(named, f"{rule.title} on a custom event bus", "add the dimension EventBusName")
