"""The replication groups of a global datastore should not be of a t class.

A global datastore takes classes of size large and above, which no t class has: ElastiCache refuses it.

What to do: set CacheNodeType (Terraform: node_type, cache_node_type) to a class such as cache.r7g.large in all groups.
"""

from awslint_memo import Findings, Resource, databases, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElastiCache::GlobalReplicationGroup",
    memo="どちらも Amazon ElastiCache for Redis でしか利用できず、Amazon ElastiCache for Memcached では使えない",
    aws="AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html",
)
def check(datastore: Resource) -> Findings:
    yield from small(datastore, datastore)
    for member in datastore.get("Members").items:
        group = datastore.deployment.find(member.get("ReplicationGroupId"), "AWS::ElastiCache::ReplicationGroup")
        if group is not None and not databases.is_given(group, group.get("GlobalReplicationGroupId")):
            yield from small(group, datastore)


@check.on("AWS::ElastiCache::ReplicationGroup")
def secondary(group: Resource) -> Findings:
    if databases.is_given(group, group.get("GlobalReplicationGroupId")):
        yield from small(group, group)


def small(group: Resource, datastore: Resource) -> Findings:
    node = group.get("CacheNodeType")
    if node.starts_with("cache.t"):
        related = [] if group is datastore else [(datastore, datastore.title)]
        message = "but a global datastore takes classes of size large and above, so ElastiCache refuses it"
        yield group.finding(node, message, do="choose one such as cache.r7g.large", related=related)


BAD = """
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.t4g.medium}}
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties: {Members: [{ReplicationGroupId: !Ref Sessions, Role: PRIMARY}]}
---
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.t3.small, GlobalReplicationGroupId: everywhere}}
---
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.t3.small, GlobalReplicationGroupId: everywhere}}
  Everywhere: {Type: AWS::ElastiCache::GlobalReplicationGroup, Properties: {Members: [{ReplicationGroupId: !Ref Sessions, Role: SECONDARY}]}}
---
Resources:
  Everywhere: {Type: AWS::ElastiCache::GlobalReplicationGroup, Properties: {CacheNodeType: cache.t4g.small}}
---
resource "aws_elasticache_replication_group" "sessions" {
  node_type = "cache.t3.medium"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  primary_replication_group_id = aws_elasticache_replication_group.sessions.id
}
"""

GOOD = """
Parameters: {Class: {Type: String}}
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.r7g.large}}
  Unknown: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: !Ref Class}}
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties: {Members: [{ReplicationGroupId: !Ref Sessions, Role: PRIMARY}, {ReplicationGroupId: !Ref Unknown, Role: SECONDARY}, {ReplicationGroupId: elsewhere, Role: SECONDARY}]}
  Alone: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.t4g.medium}}
---
variable "datastore" {
  type = string
}

resource "aws_elasticache_replication_group" "perhaps" {
  node_type                   = "cache.t3.medium"
  global_replication_group_id = var.datastore
}
"""
