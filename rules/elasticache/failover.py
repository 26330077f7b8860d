"""A replication group should fail over automatically, and be configured so that it can.

Without AutomaticFailoverEnabled, no replica takes over from a failed primary until somebody promotes one. ElastiCache
rejects cluster mode with AutomaticFailoverEnabled false, which Terraform's provider sends where nothing is written,
while it turns it on by itself in CloudFormation. It also rejects MultiAZEnabled without it or with a shard that has no
replica, and failover of a single node with cluster mode off.

What to do: set AutomaticFailoverEnabled (Terraform: automatic_failover_enabled) to true and give each shard a replica.
Secondaries of a global datastore are not checked.
"""

from awslint_memo import Findings, Resource, Value, caches, rule

FAILOVER = "AutomaticFailoverEnabled"


@rule(
    level="error",
    resource="AWS::ElastiCache::ReplicationGroup",
    memo="プライマリに障害が発生した場合に自動的にセカンダリにフェイルオーバーします",
    aws="AmazonElastiCache/latest/dg/AutoFailover.html",
    fix="safe",
)
def check(group: Resource) -> Findings:
    if not caches.may_replicate(group) or caches.is_global_secondary(group):
        return
    failover = caches.failover(group)
    multi_az = group.get("MultiAZEnabled", default=False)
    mode, replicas = caches.is_cluster_mode(group), caches.fewest_replicas(group)
    spread, rejected = [(multi_az, "MultiAZEnabled")], "which ElastiCache rejects"
    if failover.flag is False and multi_az.flag is True:
        also = f" and {caches.second_node(group)}" if replicas.number == 0 else ""
        message = off(failover, f"{rejected} with MultiAZEnabled")
        fix = None if also or replicas.number is None else group.set(FAILOVER, True)
        yield group.finding(failover, message + also, of=FAILOVER, related=spread, fix=fix)
    elif failover.flag is False and mode is True:
        message, fix = off(failover, f"{rejected} with cluster mode on"), group.set(FAILOVER, True)
        yield group.finding(failover, message, of=FAILOVER, fix=fix)
    elif failover.flag is False and (replicas.number or 0) > 0:
        count = f"{replicas.number} replica{'' if replicas.number == 1 else 's'}"
        message = off(failover, f"so the group with {count} does not fail over when its primary fails")
        yield group.finding(failover, message, of=FAILOVER, level="warning", fix=group.set(FAILOVER, True))
    elif failover.flag is True and replicas.number == 0 and (mode is False or caches.is_too_small_to_fail_over(group)):
        yield group.finding(
            replicas, f"has one node{replicas.note}, {rejected} with {FAILOVER}", do=caches.second_node(group)
        )
    elif multi_az.flag is True and replicas.number == 0:
        message = f"has a shard without a replica{replicas.note}, {rejected} with MultiAZEnabled; add one to each shard"
        yield group.finding(replicas, message, related=spread)


def off(failover: Value, result: str) -> str:
    """The message about a failover that is off, with what follows from it."""
    return f"is false{failover.note}, {result}; set it to true"


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
    Properties: {AutomaticFailoverEnabled: true, ReplicasPerNodeGroup: 0, CacheParameterGroupName: !Ref Group}
  Sharded:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {NumNodeGroups: 3, ReplicasPerNodeGroup: 0, AutomaticFailoverEnabled: true}
  LeftToElastiCache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {NumNodeGroups: 3, ReplicasPerNodeGroup: 1}
---
resource "aws_elasticache_replication_group" "sessions" {
  multi_az_enabled           = true
  automatic_failover_enabled = true
  num_cache_clusters         = 2
}
"""

FIXED = """
-    Properties: {ReplicationGroupDescription: Sessions, NumNodeGroups: 2, AutomaticFailoverEnabled: "false"}
+    Properties: {ReplicationGroupDescription: Sessions, NumNodeGroups: 2, AutomaticFailoverEnabled: "true"}
---
-  multi_az_enabled   = true
-  num_cache_clusters = 2
+  multi_az_enabled           = true
+  num_cache_clusters         = 2
+  automatic_failover_enabled = true
---
-  num_cache_clusters = 3
+  num_cache_clusters         = 3
+  automatic_failover_enabled = true
"""
