"""The nodes of a replication group should be in several Availability Zones.

With MultiAZEnabled, ElastiCache places the replicas of each shard in other zones than its primary and fails over to
them when the zone fails. Without it all nodes may be in one zone and be lost together.

What to do: set MultiAZEnabled and AutomaticFailoverEnabled (Terraform: multi_az_enabled, automatic_failover_enabled) to
true, with a replica in each shard. Secondaries of a global datastore are not checked.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, caches, rule


@rule(
    "elasticache-multi-az",
    level="warning",
    resource="AWS::ElastiCache::ReplicationGroup",
    memo="プライマリキャッシュノードとセカンダリキャッシュノードが異なる可用性ゾーンに配置され",
    aws="AmazonElastiCache/latest/dg/AutoFailover.html",
    core=True,
)
def check(group: Resource) -> Iterator[Finding]:
    multi_az = group.get("MultiAZEnabled", default=False)
    is_ours = caches.engine(group) in caches.REPLICATING and not caches.is_global_secondary(group)
    if multi_az.flag is False and is_ours:
        without = caches.fewest_replicas(group).number == 0
        needs = ", with a replica in each shard" if without else ""
        both = "" if group.get("AutomaticFailoverEnabled").flag is True else " and AutomaticFailoverEnabled"
        message = f"is false{multi_az.note}, so all nodes may fail with one zone; set it{both} to true{needs}"
        yield group.finding(multi_az, message, of="MultiAZEnabled")


BAD = """
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: Sessions, NumCacheClusters: 2, AutomaticFailoverEnabled: true}
---
resource "aws_elasticache_replication_group" "sessions" {
  multi_az_enabled   = false
  num_cache_clusters = 1
}
"""

GOOD = """
Parameters:
  MultiAz: {Type: String}
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: Sessions, MultiAZEnabled: "true"}
  Unknown:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: Sessions, MultiAZEnabled: !Ref MultiAz}
  Secondary:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: Sessions, GlobalReplicationGroupId: ldgnf-sessions}
---
resource "aws_elasticache_replication_group" "sessions" {
  multi_az_enabled   = true
  num_cache_clusters = 2
}
"""
