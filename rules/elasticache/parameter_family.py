"""A group of parameters should be of the engine and version of its cache.

Each group is of a family, such as redis7, valkey8, memcached1.6 or, in MemoryDB, memorydb_redis7. ElastiCache and MemoryDB refuse a
cache of another engine, or of a version that belongs to another family.

What to do: make a group of the family of EngineVersion and name that.
"""

from awslint_memo import Findings, Resource, engine_families, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup", "AWS::MemoryDB::Cluster"),
    memo="Amazon ElastiCache for Redis は、レプリケーションとシャーディングによりスケーラビリティを実現しています",
    aws="AmazonElastiCache/latest/dg/ParameterGroups.Engine.html",
)
def check(cache: Resource) -> Findings:
    service = cache.type.split("::")[1]
    for misfit in engine_families.misfits(cache):
        yield cache.finding(
            misfit.named,
            f"{misfit.message}, so {service} refuses it",
            of=misfit.path,
            do=f"name a group of {misfit.wanted}",
            related=misfit.related,
        )


BAD = """
Resources:
  Rates: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: memcached, EngineVersion: 1.6.22, CacheParameterGroupName: default.redis7}}
---
resource "aws_elasticache_parameter_group" "sessions" {
  name   = "sessions"
  family = "redis6.x"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  engine_version       = "7.1"
  parameter_group_name = aws_elasticache_parameter_group.sessions.name
}
---
Resources:
  Parameters: {Type: AWS::MemoryDB::ParameterGroup, Properties: {ParameterGroupName: ledger, Family: memorydb_redis6}}
  Ledger: {Type: AWS::MemoryDB::Cluster, Properties: {ACLName: ledger, NodeType: db.r7g.large, Engine: redis, EngineVersion: "7.1", ParameterGroupName: !Ref Parameters}}
---
resource "aws_memorydb_parameter_group" "ledger" {
  name   = "ledger"
  family = "memorydb_redis7"
}

resource "aws_memorydb_cluster" "ledger" {
  acl_name             = "ledger"
  engine               = "valkey"
  engine_version       = "7.2"
  name                 = "ledger"
  node_type            = "db.r7g.large"
  parameter_group_name = aws_memorydb_parameter_group.ledger.name
}
"""

GOOD = """
Parameters: {Version: {Type: String}}
Resources:
  Old: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis, EngineVersion: "6.x", CacheParameterGroupName: default.redis6.x.cluster.on}}
  Older: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: redis, EngineVersion: 5.0.6, CacheParameterGroupName: default.redis5.0}}
  Unknown: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: redis, EngineVersion: !Ref Version, CacheParameterGroupName: default.redis5.0}}
  Ledger: {Type: AWS::MemoryDB::Cluster, Properties: {ACLName: ledger, NodeType: db.r7g.large, Engine: valkey, EngineVersion: "7.3", ParameterGroupName: default.memorydb-valkey7.search}}
  Any: {Type: AWS::MemoryDB::Cluster, Properties: {ACLName: ledger, NodeType: db.r7g.large, EngineVersion: "7.1", ParameterGroupName: default.memorydb-redis6}}
---
variable "family" {}

resource "aws_elasticache_parameter_group" "sessions" {
  name   = "sessions"
  family = var.family
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  engine_version       = "7.1"
  parameter_group_name = aws_elasticache_parameter_group.sessions.name
}
"""
