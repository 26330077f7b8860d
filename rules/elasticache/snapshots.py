"""A cache whose content is worth keeping should be snapshotted every day.

ElastiCache keeps no automatic snapshot unless SnapshotRetentionLimit is set: after a deletion, a failed resharding or
the loss of every node the cache starts empty, and what only lived there is gone. Redis, Valkey and serverless caches of
every engine have snapshots; Memcached nodes and cache.t1.micro have none.

What to do: set SnapshotRetentionLimit (Terraform: snapshot_retention_limit) to at least 1. Nodes of a replication
group and secondaries of a global datastore are not judged: the group or the primary has the snapshots.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, caches, rule


@rule(
    "elasticache-snapshots",
    level="warning",
    resource=(
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ServerlessCache",
    ),
    memo="スナップショットの定期取得とマルチ-AZ デプロイメントがベストプラクティスです",
    aws="AmazonElastiCache/latest/dg/backups-automatic.html",
    core=True,
)
def check(cache: Resource) -> Iterator[Finding]:
    limit = cache.get("SnapshotRetentionLimit", default=0)
    if limit.number == 0 and can_have_snapshots(cache):
        kept = "1" if cache.type == caches.SERVERLESS else "1 day"
        yield cache.finding(limit, f"keeps no snapshot; set SnapshotRetentionLimit to at least {kept}")


def can_have_snapshots(cache: Resource) -> bool:
    """Whether a cache surely may have snapshots, and has to have its own."""
    if cache.type == caches.SERVERLESS:
        return True
    if cache.get("CacheNodeType").text in caches.WITHOUT_SNAPSHOTS:
        return False
    if cache.type == caches.GROUP:
        return caches.engine(cache) in caches.REPLICATING and not caches.is_global_secondary(cache)
    return caches.engine(cache) == "redis" and not caches.is_group_member(cache)


BAD = """
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: Sessions, NumCacheClusters: 2}
---
Resources:
  Sessions:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: redis, CacheNodeType: cache.t4g.small, NumCacheNodes: 1, SnapshotRetentionLimit: "0"}
---
resource "aws_elasticache_serverless_cache" "sessions" {
  engine = "memcached"
  name   = "sessions"
}
"""

GOOD = """
Parameters:
  Engine: {Type: String}
Resources:
  Unknown:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: !Ref Engine, CacheNodeType: cache.t4g.small, NumCacheNodes: 1}
  Memcached:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: memcached, CacheNodeType: cache.t4g.small, NumCacheNodes: 2, AZMode: cross-az}
  Secondary:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: Sessions, GlobalReplicationGroupId: ldgnf-sessions}
---
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id     = "sessions"
  snapshot_retention_limit = 7
}

resource "aws_elasticache_cluster" "replica" {
  cluster_id           = "replica"
  replication_group_id = aws_elasticache_replication_group.sessions.id
}
"""
