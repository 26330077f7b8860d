"""Targets of Application Auto Scaling that scale nothing of here: their provider is of another Region or account."""

from __future__ import annotations

from awslint_memo.model.accounts import is_apart
from awslint_memo.model.deployment import Resource

_NAMED = {
    "cluster:": ("AWS::RDS::DBCluster",),
    "replication-group/": ("AWS::ElastiCache::ReplicationGroup",),
    "table/": ("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table"),
}
"""How a ResourceId begins, and the types of which a name follows."""


def is_elsewhere(target: Resource) -> bool:
    """Whether a target surely is elsewhere than what its ResourceId refers to."""
    deployment, scaled = target.deployment, target.get("ResourceId")
    linked = (deployment.resource(link.resource) for link in scaled.mentions())
    pattern, named = scaled.pattern, []
    for begin, types in _NAMED.items() if pattern is not None else ():
        if pattern is not None and pattern.startswith(begin):
            named.append(deployment.named(pattern.removeprefix(begin).partition("/")[0], *types))
    found = [resource for resource in (*linked, *named) if resource is not None]
    return any(is_apart(target, resource) for resource in found)
