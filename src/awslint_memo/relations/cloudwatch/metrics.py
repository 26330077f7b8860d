"""The metrics of AWS services in CloudWatch: which a namespace has, and what a dimension calls a resource."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.relations.cloudwatch import facts

Namespace = facts.Namespace
Identity = facts.Identity

RESERVED = facts.RESERVED.value
"""How the namespaces begin that AWS keeps for its services."""

NAMESPACES: Mapping[str, Namespace] = {name: fact.value for name, fact in facts.NAMESPACES.items()}
"""What the namespaces of the services hold of which the memo speaks, by name."""

IDENTITIES: Mapping[tuple[str, str, str], Identity] = {key: fact.value for key, fact in facts.IDENTITIES.items()}
"""What a dimension calls a resource, by namespace, dimension and the resource's type."""

_ANOTHER = "use a metric that the service publishes"


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
