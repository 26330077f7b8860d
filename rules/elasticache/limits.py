"""Snapshots of a cache should be kept for a time that ElastiCache accepts.

Automatic snapshots are kept for 35 days at most; ElastiCache refuses a greater SnapshotRetentionLimit when it is deployed.

What to do: set SnapshotRetentionLimit (Terraform: snapshot_retention_limit) to 35 or less, and copy what is kept longer.
"""

from awslint_memo import Findings, Resource, number_limits, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup"),
    memo="定期的なバックアップを取得して起き",
    aws="AmazonElastiCache/latest/dg/backups-automatic.html",
)
def check(cache: Resource) -> Findings:
    return number_limits.refused(cache)


BAD = """
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: valkey, NumCacheClusters: 2, SnapshotRetentionLimit: 40}}
---
resource "aws_elasticache_cluster" "sessions" {
  cluster_id               = "sessions"
  engine                   = "redis"
  node_type                = "cache.t4g.small"
  num_cache_nodes          = 1
  snapshot_retention_limit = 90
}
"""

GOOD = """
Parameters: {Days: {Type: Number}}
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: valkey, NumCacheClusters: 2, SnapshotRetentionLimit: 35}}
  Other: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: redis, NumCacheNodes: 1, SnapshotRetentionLimit: !Ref Days}}
---
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id     = "sessions"
  description              = "sessions"
  num_cache_clusters       = 2
  snapshot_retention_limit = 0
}
"""
