"""A replication group should fail over by itself, and be built so that it can.

Without AutomaticFailoverEnabled, a replica stays a replica when its primary fails, until somebody promotes it.
ElastiCache refuses cluster mode and MultiAZEnabled without it, refuses it for a single node with cluster mode off, and
refuses MultiAZEnabled where a shard has no replica.

What to do: set AutomaticFailoverEnabled (Terraform: automatic_failover_enabled) to true and give each shard a replica.
Secondaries of a global datastore are not judged.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Known, Resource, Value, caches, rule


@rule(
    "elasticache-failover",
    level="error",
    resource="AWS::ElastiCache::ReplicationGroup",
    memo="プライマリに障害が発生した場合に自動的にセカンダリにフェイルオーバーします",
    aws="AmazonElastiCache/latest/dg/AutoFailover.html",
)
def check(group: Resource) -> Iterator[Finding]:
    if caches.engine(group) not in caches.REPLICATING or caches.is_global_secondary(group):
        return
    failover = group.get("AutomaticFailoverEnabled", default=False)
    multi_az = group.get("MultiAZEnabled", default=False)
    mode, replicas = caches.is_cluster_mode(group), caches.fewest_replicas(group)
    spread = [(multi_az, "MultiAZEnabled")]
    if failover.flag is False and multi_az.flag is True:
        yield group.finding(
            failover, f"has MultiAZEnabled but {off(failover)}, which it needs; set it to true", related=spread
        )
    elif failover.flag is False and mode is True:
        yield group.finding(failover, f"has cluster mode on but {off(failover)}, which it needs; set it to true")
    elif failover.flag is False and (replicas.number or 0) > 0:
        what = f"has {replicas.number} replica{'s' if replicas.number != 1 else ''} but {off(failover)}"
        yield group.finding(
            failover, f"{what}, so none takes over from a failed primary; set it to true", level="warning"
        )
    elif failover.flag is True and mode is False and replicas.number == 0:
        yield group.finding(replicas, "has AutomaticFailoverEnabled but one node; give it two or more")
    elif multi_az.flag is True and replicas.number == 0:
        yield group.finding(replicas, "has MultiAZEnabled but a shard without a replica; give each one", related=spread)


def off(failover: Value) -> str:
    """How a failover that is off was said."""
    is_left_out = isinstance(failover, Known) and failover.defaulted
    return (
        "leaves AutomaticFailoverEnabled out (documented default: false)"
        if is_left_out
        else "AutomaticFailoverEnabled off"
    )


BAD = """
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: Sessions, NumNodeGroups: 2, AutomaticFailoverEnabled: "false"}
---
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: Sessions, NumCacheClusters: 1, AutomaticFailoverEnabled: true}
---
resource "aws_elasticache_replication_group" "sessions" {
  multi_az_enabled   = true
  num_cache_clusters = 2
}
---
resource "aws_elasticache_replication_group" "sessions" {
  num_cache_clusters = 3
}
"""

GOOD = """
Parameters:
  Group: {Type: String}
Resources:
  Unknown:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {AutomaticFailoverEnabled: true, NumCacheClusters: 1, CacheParameterGroupName: !Ref Group}
  Sharded:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {NumNodeGroups: 3, ReplicasPerNodeGroup: 0, AutomaticFailoverEnabled: true}
---
resource "aws_elasticache_replication_group" "sessions" {
  multi_az_enabled           = true
  automatic_failover_enabled = true
  num_cache_clusters         = 2
}
"""
