"""Only a replication group with cluster mode on and large nodes can be scaled automatically.

Application Auto Scaling changes the number of shards, or of replicas in each shard, and ElastiCache supports both only
with cluster mode on, and not for nodes of a t class. A scalable target for another group is rejected.

What to do: turn cluster mode on, with a parameter group such as default.valkey8.cluster.on, or remove the target.
elasticache:cache-cluster:Nodes, which scales the nodes of Memcached, is not checked, nor is a group whose mode is not
known.
"""

from awslint_memo import Findings, Resource, caches, rule

SMALL = "cache.t"


@rule(
    level="error",
    widened={"0.2": "nodes of a t class"},
    resource="AWS::ApplicationAutoScaling::ScalableTarget",
    memo="クラスターモードで使う場合のみオートスケーリングも利用可能です",
    aws="AmazonElastiCache/latest/dg/AutoScaling.html",
)
def check(target: Resource) -> Findings:
    group = caches.scaled_group(target)
    if group is None:
        return
    dimension, nodes = target.get("ScalableDimension"), group.get("CacheNodeType")
    if (nodes.text or "").startswith(SMALL):
        yield target.finding(
            dimension,
            f"but {group.title} has nodes of {nodes.text}, which can't be scaled automatically",
            do="choose nodes of size large or above of an m, r or c class, or remove the target",
            related=[(nodes, "the nodes")],
            since="0.2",
        )
    elif caches.is_cluster_mode(group) is False:
        kind = "shards" if (dimension.text or "").endswith("NodeGroups") else "replicas"
        yield target.finding(
            dimension,
            f"but cluster mode of {group.title} is off, so its {kind} can't be scaled",
            do="give the group a parameter group with cluster mode on, or remove the target",
            related=[(group, "cluster mode is off")],
        )


BAD = """
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2, AutomaticFailoverEnabled: true}}
  Scaling:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "replication-group/${Sessions}", ScalableDimension: elasticache:replication-group:Replicas}
---
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumNodeGroups: 2, ReplicasPerNodeGroup: 1, CacheNodeType: cache.t4g.medium}}
  Scaling:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "replication-group/${Sessions}", ScalableDimension: elasticache:replication-group:NodeGroups}
---
resource "aws_elasticache_replication_group" "sessions" {
  num_cache_clusters   = 2
  parameter_group_name = "default.redis7"
}

resource "aws_appautoscaling_target" "sessions" {
  resource_id        = "replication-group/${aws_elasticache_replication_group.sessions.id}"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
}
"""

GOOD = """
Parameters:
  Group: {Type: String}
Resources:
  Sharded: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumNodeGroups: 3, ReplicasPerNodeGroup: 1}}
  ShardedScaling:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "replication-group/${Sharded}", ScalableDimension: elasticache:replication-group:NodeGroups}
  Unknown: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2, CacheParameterGroupName: !Ref Group}}
  UnknownScaling:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "replication-group/${Unknown}", ScalableDimension: elasticache:replication-group:Replicas}
---
resource "aws_elasticache_cluster" "pages" {
  engine          = "memcached"
  num_cache_nodes = 2
}

resource "aws_appautoscaling_target" "pages" {
  resource_id        = "cache-cluster/${aws_elasticache_cluster.pages.cluster_id}"
  scalable_dimension = "elasticache:cache-cluster:Nodes"
}
"""
