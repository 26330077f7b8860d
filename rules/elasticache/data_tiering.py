"""Data tiering should be on for r6gd nodes, and off for others.

r6gd nodes keep part of the data on disks of their own. ElastiCache refuses them without DataTieringEnabled, and refuses
DataTieringEnabled with any other class.

What to do: set DataTieringEnabled (Terraform: data_tiering_enabled) to true with cache.r6gd classes, and leave it out
otherwise.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElastiCache::ReplicationGroup",
    memo="キャッシュデータを複数のシャードに分割することで、水平方向のスケーリングを可能にします。",
    aws="AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
    fix="unsafe",
)
def check(group: Resource) -> Findings:
    node, tiering = group.get("CacheNodeType"), group.get("DataTieringEnabled", default=False)
    is_tiered, is_on = node.starts_with("cache.r6gd"), tiering.flag
    if is_tiered and is_on is False:
        message = f"so ElastiCache refuses {node.text}{node.note}, which needs it"
        fix = group.set("DataTieringEnabled", True, unsafe="replaces the group if it exists")
        yield group.finding(tiering, message, do="set it to true", related=[(node, "the class")], fix=fix)
    if is_on and is_tiered is False:
        message = f"but {node.text}{node.note} has no data tiering, so ElastiCache refuses it"
        fix = group.unset("DataTieringEnabled", unsafe="replaces the group if it exists")
        yield group.finding(tiering, message, do="remove it", related=[(node, "the class")], fix=fix)


BAD = """
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      CacheNodeType: cache.r6gd.xlarge
---
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      CacheNodeType: cache.r7g.large
      DataTieringEnabled: "true"
---
resource "aws_elasticache_replication_group" "sessions" {
  node_type            = "cache.r6gd.xlarge"
  data_tiering_enabled = false
}
"""

GOOD = """
Parameters: {Class: {Type: String}, Tiered: {Type: String}}
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.r6gd.xlarge, DataTieringEnabled: true}}
  Plain: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.r7g.large}}
  AnyClass: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: !Ref Class, DataTieringEnabled: true}}
  AnyTiering: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.r6gd.xlarge, DataTieringEnabled: !Ref Tiered}}
  AnyTieringOfOther: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.r7g.large, DataTieringEnabled: !Ref Tiered}}
  OfItsDatastore: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {GlobalReplicationGroupId: everywhere, DataTieringEnabled: true}}
---
resource "aws_elasticache_replication_group" "sessions" {
  node_type            = "cache.r6gd.xlarge"
  data_tiering_enabled = true
}
"""

FIXED = """
       CacheNodeType: cache.r6gd.xlarge
+      DataTieringEnabled: true
---
-      DataTieringEnabled: "true"
---
-  data_tiering_enabled = false
+  data_tiering_enabled = true
"""
