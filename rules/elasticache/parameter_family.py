"""A group of parameters should be of the engine and version of its cache.

Each group is of a family, such as redis7, valkey8 or memcached1.6. ElastiCache refuses a cache of another engine, or of a
version that belongs to another family.

What to do: make a group of the family of EngineVersion and name that.
"""

from awslint_memo import Findings, Resource, engine_families, rule

NAMED = "CacheParameterGroupName"


@rule(
    level="error",
    since="0.2",
    resource=("AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup"),
    memo="Amazon ElastiCache for Redis は、レプリケーションとシャーディングによりスケーラビリティを実現しています",
    aws="AmazonElastiCache/latest/dg/ParameterGroups.Engine.html",
)
def check(cache: Resource) -> Findings:
    misfit = engine_families.misfit(cache, cache.get("Engine"), cache.get("EngineVersion"), NAMED)
    if misfit is not None:
        but = f"but {misfit.of} is {misfit.value.text}, so ElastiCache refuses it"
        yield cache.finding(
            misfit.named,
            f"names {misfit.group} of the family {misfit.family}, {but}",
            of=NAMED,
            do=f"name a group of {misfit.wanted}",
            related=[(misfit.value, misfit.of)],
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
"""

GOOD = """
Parameters: {Version: {Type: String}}
Resources:
  Old: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis, EngineVersion: "6.x", CacheParameterGroupName: default.redis6.x.cluster.on}}
  Older: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: redis, EngineVersion: 5.0.6, CacheParameterGroupName: default.redis5.0}}
  Unknown: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: redis, EngineVersion: !Ref Version, CacheParameterGroupName: default.redis5.0}}
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
