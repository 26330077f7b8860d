"""The clusters of ElastiCache that are nodes of a replication group, and whose own endpoints programs are told."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value

NODE_CLUSTER = "AWS::ElastiCache::CacheCluster"

_ENDPOINT = fact(
    "RedisEndpoint", page="AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-cachecluster.html",
    read="2026-12-01",
)  # fmt: skip
"""How the attributes of a cluster with one node begin that lead to this node, whatever its role is."""


def told_primary(group: Resource) -> Resource | None:
    """The cluster that becomes the primary of a group, where its own endpoint is told to something here or put out: it
    leads to this node after a failover too. None where nothing is told."""
    primary = group.follow("PrimaryClusterId", NODE_CLUSTER)
    if primary is None:
        return None
    links = (link for value in _told(group.deployment) for link in value.mentions())
    is_told = any(link.resource == primary.name and link.attribute.startswith(_ENDPOINT) for link in links)
    return primary if is_told else None


def _told(deployment: Deployment) -> Iterator[Value]:
    """All values of a deployment that may be told to programs: properties and outputs."""
    for resource in deployment.resources.values():
        yield from (value for _, value in resource.everything())
    yield from deployment.outputs
