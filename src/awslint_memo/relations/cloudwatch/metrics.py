"""The metrics of AWS services in CloudWatch: which a namespace has, and what a dimension calls a resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from awslint_memo.relations.cloudwatch import facts

Namespace = facts.Namespace
Identity = facts.Identity

RESERVED = facts.RESERVED.value
"""How the namespaces begin that AWS keeps for its services."""

NAMESPACES: Mapping[str, Namespace] = {name: fact.value for name, fact in facts.NAMESPACES.items()}
"""What the namespaces of the services hold of which the memo speaks, by name."""

IDENTITIES: Mapping[tuple[str, str, str], Identity] = {key: fact.value for key, fact in facts.IDENTITIES.items()}
"""What a dimension calls a resource, by namespace, dimension and the resource's type."""

RARE: Mapping[str, frozenset[str]] = {name: fact.value for name, fact in facts.WRITTEN_WHEN_IT_HAPPENS.items()}
"""Metrics of failures that are written only when something happens, by namespace."""

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
