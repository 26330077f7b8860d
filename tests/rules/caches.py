"""Templates of one cache, as the tests of the rules on ElastiCache write them."""

from __future__ import annotations

from typing import Any

from tests.linting import IMPORTED, resource, stack
from tests.linting import terraform as configuration


def group(*, others: dict[str, Any] | None = None, **properties: Any) -> dict[str, Any]:
    """A replication group called Orders, and other resources beside it."""
    return stack(Orders=resource("ElastiCache::ReplicationGroup", **properties), **(others or {}))


def node(*, others: dict[str, Any] | None = None, **properties: Any) -> dict[str, Any]:
    """A cache cluster called Pages, and other resources beside it."""
    return stack(Pages=resource("ElastiCache::CacheCluster", **properties), **(others or {}))


def terraform(type_: str = "replication_group", **arguments: Any) -> dict[str, Any]:
    """The same in Terraform, called orders."""
    return configuration(**{f"aws_elasticache_{type_}": {"orders": arguments}})


GLOBAL = [
    {"GlobalReplicationGroupId": "ldgnf-orders"},
    {"GlobalReplicationGroupId": IMPORTED},
]
"""How a replication group says that it belongs to a global datastore."""
