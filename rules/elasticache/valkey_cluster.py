"""A Valkey cache should be a replication group, even with one node.

Single cache clusters run Redis or Memcached only: ElastiCache creates none with Valkey. A replication group of
one node costs the same, and can get replicas and failover later.

What to do: replace AWS::ElastiCache::CacheCluster with AWS::ElastiCache::ReplicationGroup with NumCacheClusters and
TransitEncryptionEnabled (Terraform: aws_elasticache_replication_group with num_cache_clusters). A Terraform cluster that joins a replication
group by replication_group_id is a replica of that group and is not checked.
"""

from awslint_memo import Findings, Resource, caches, rule


@rule(
    level="error",
    resource="AWS::ElastiCache::CacheCluster",
    memo="Amazon ElastiCache for Redis は、レプリケーションとシャーディングによりスケーラビリティを実現しています",
    aws="AmazonElastiCache/latest/dg/Replication.CreatingRepGroup.html",
)
def check(cluster: Resource) -> Findings:
    if caches.engine(cluster) == "valkey" and not caches.is_group_member(cluster):
        yield cluster.finding(
            cluster.get("Engine"),
            "is a cache cluster with the engine valkey, which ElastiCache rejects",
            do="make it a replication group with TransitEncryptionEnabled",
        )


BAD = """
Resources:
  Sessions: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: valkey, NumCacheNodes: 1}}
---
resource "aws_elasticache_cluster" "sessions" {
  engine          = "valkey"
  num_cache_nodes = 1
}
"""

GOOD = """
Parameters:
  Engine: {Type: String}
Resources:
  Unknown: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: !Ref Engine}}
  Redis: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: redis}}
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: valkey, NumCacheClusters: 1}}
---
resource "aws_elasticache_replication_group" "sessions" {
  engine             = "valkey"
  num_cache_clusters = 1
}

resource "aws_elasticache_cluster" "replica" {
  engine               = "valkey"
  replication_group_id = aws_elasticache_replication_group.sessions.id
}
"""
