"""Facts about ElastiCache."""

from __future__ import annotations

from awslint_memo.model.fact import Fact

REPLICATING_ENGINES = Fact(
    frozenset(("redis", "valkey")),
    page="AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
    read="2026-11-25",
)
"""The engines of replication groups; with nodes of their own only they have replicas, failover and snapshots."""

SCALED_DIMENSIONS = Fact(
    ("elasticache:replication-group:NodeGroups", "elasticache:replication-group:Replicas"),
    page="autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    read="2026-11-25",
)
"""What Application Auto Scaling can change of a replication group."""

NODES_WITHOUT_SNAPSHOTS = Fact(
    frozenset(("cache.t1.micro",)), page="AmazonElastiCache/latest/dg/backups.html", read="2026-11-25"
)
"""Types of nodes that can't be backed up."""

DURABLE_MODES = Fact(
    frozenset(("async", "sync")), page="AmazonElastiCache/latest/dg/Durability.Configuring.html", read="2026-11-26"
)
"""The words of Durability with which a log in several zones keeps each write; "default" is none of them so far."""

DURABLE_SINCE = Fact(9, page="AmazonElastiCache/latest/dg/Durability.Limitations.html", read="2026-11-26")
"""The first version of Valkey that can keep its writes in such a log."""

FEWEST_NODES_WITH_FAILOVER = Fact(
    2, page="AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html", read="2026-11-26"
)
"""ElastiCache rejects a smaller NumCacheClusters with AutomaticFailoverEnabled."""
