"""ElastiCache should accept the nodes of a cache.

A shard has five replicas at most, so a group without cluster mode has six nodes. As many zones are preferred as there are
nodes. Several shards need a parameter group with cluster mode on. A serverless cache has minimums up to its maximums.
AuthToken and UserGroupIds need encryption in transit. A cluster of Redis or Valkey has one node, a group several.

What to do: set the number, or the group of parameters (Terraform: parameter_group_name), that the message names.
"""

from awslint_memo import Findings, Resource, Value, autoscaling_zones, caches, rule, secret_values

CLUSTERED = ".cluster.on"


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElastiCache::ReplicationGroup",
    memo="ElastiCache はプライマリキャッシュノードに対して複数のリードレプリカを作成できます",
    aws="AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
)
def check(group: Resource) -> Findings:
    nodes, shards, zones = (
        group.get(name) for name in ("NumCacheClusters", "NumNodeGroups", "PreferredCacheClusterAZs")
    )
    yield from many(group, group.get("ReplicasPerNodeGroup"), caches.MOST_REPLICAS)
    yield from many(group, nodes, caches.MOST_REPLICAS + 1)
    for shard in group.get("NodeGroupConfiguration").items:
        yield from many(group, shard.get("ReplicaCount"), caches.MOST_REPLICAS)
    listed = zones.items if all(autoscaling_zones.is_one_zone(zone) for zone in zones.items) else []
    if listed and nodes.number and len(listed) != nodes.number:
        message = f"names {len(listed)} zones, but NumCacheClusters is {nodes.number}, so ElastiCache refuses it"
        yield group.finding(
            zones, message, of="PreferredCacheClusterAZs", do="name a zone for each node", related=[(nodes, "nodes")]
        )
    yield from unencrypted(group)
    parameters = group.get("CacheParameterGroupName")
    name = parameters.text or ""
    if shards.above(1) and name.startswith("default.") and not name.endswith(CLUSTERED):
        message = f"but cluster mode is off in it, so ElastiCache refuses {shards.number} shards"
        yield group.finding(parameters, message, do=f"set it to {name}{CLUSTERED}", related=[(shards, "the shards")])


def unencrypted(group: Resource) -> Findings:
    encrypted = group.get("TransitEncryptionEnabled")
    # Terraform's provider encrypts the connections of Valkey where nothing is said.
    is_off = encrypted.flag is False or (encrypted.is_absent and group.get("Engine").text == "redis")
    # "User group based access control requires encryption-in-transit to be enabled on the replication group":
    # https://github.com/hashicorp/terraform-provider-aws/issues/42966 (read on 2026-11-29)
    for name in ("AuthToken", "UserGroupIds") if is_off else ():
        value = group.get(name)
        if secret_values.is_some(value):
            state = "absent" if encrypted.is_absent else f"false{encrypted.note}"
            message = (
                f"needs encryption in transit for {name}, but TransitEncryptionEnabled is {state}, so it is refused"
            )
            yield group.finding(encrypted, message, do="set TransitEncryptionEnabled to true", related=[(value, name)])
            return


@check.on("AWS::ElastiCache::CacheCluster")
def cluster(cluster: Resource) -> Findings:
    engine, nodes = cluster.get("Engine"), cluster.get("NumCacheNodes")
    if engine.is_one_of("redis", "valkey") and nodes.above(1):
        message = f"but a cluster of {engine.text} has one node, so ElastiCache refuses it"
        yield cluster.finding(nodes, message, do="set it to 1, or make it a replication group with as many nodes")


@check.on("AWS::ElastiCache::ServerlessCache")
def serverless(cache: Resource) -> Findings:
    for name in ("DataStorage", "ECPUPerSecond"):
        least, most = (cache.get(f"CacheUsageLimits.{name}.{bound}imum") for bound in ("Min", "Max"))
        if most.number is not None and least.above(most.number):
            message = f"but Maximum is {most.number}, so ElastiCache refuses it"
            yield cache.finding(least, message, do=f"set it to at most {most.number}", related=[(most, "the maximum")])


def many(group: Resource, count: Value, most: int) -> Findings:
    if count.above(most):
        yield group.finding(count, f"but ElastiCache accepts {most} at most", do=f"set it to at most {most}")


BAD = """
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumNodeGroups: 2, ReplicasPerNodeGroup: 6}}
---
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NodeGroupConfiguration: [{ReplicaCount: 2}, {ReplicaCount: 7}]}}
---
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 3, PreferredCacheClusterAZs: [eu-west-1a, eu-west-1b]}}
---
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumNodeGroups: 2, ReplicasPerNodeGroup: 1, CacheParameterGroupName: default.redis7}}
---
Resources:
  Token: {Type: AWS::SecretsManager::Secret}
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: valkey, NumCacheClusters: 2, TransitEncryptionEnabled: false, AuthToken: !Sub "{{resolve:secretsmanager:${Token}}}"}}
---
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 3, PreferredCacheClusterAZs: [!Select [0, !GetAZs ""], !Select [1, !GetAZs ""]]}}
---
resource "aws_elasticache_replication_group" "sessions" {
  engine             = "redis"
  num_cache_clusters = 2
  user_group_ids     = ["sessions"]
}
---
Resources:
  Sessions: {Type: AWS::ElastiCache::ServerlessCache, Properties: {Engine: valkey, CacheUsageLimits: {DataStorage: {Minimum: 20, Maximum: 10, Unit: GB}}}}
---
resource "random_password" "token" {
  length = 32
}

resource "aws_elasticache_replication_group" "sessions" {
  engine                     = "redis"
  transit_encryption_enabled = false
  auth_token                 = random_password.token.result
}
---
resource "aws_elasticache_replication_group" "sessions" {
  num_cache_clusters = 8
}
---
Resources:
  Sessions: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: redis, CacheNodeType: cache.t4g.small, NumCacheNodes: 2}}
---
resource "aws_elasticache_cluster" "sessions" {
  cluster_id      = "sessions"
  engine          = "redis"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 3
}
"""

GOOD = """
Parameters: {Nodes: {Type: Number}, Zones: {Type: CommaDelimitedList}, Group: {Type: String}}
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 6, CacheParameterGroupName: default.redis7}}
  Shards: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumNodeGroups: 2, ReplicasPerNodeGroup: 5, CacheParameterGroupName: default.redis7.cluster.on}}
  Encrypted: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2, TransitEncryptionEnabled: true, AuthToken: "{{resolve:secretsmanager:token}}"}}
  EmptyToken: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2, TransitEncryptionEnabled: false, AuthToken: "", UserGroupIds: []}}
  NoToken: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2, TransitEncryptionEnabled: false, AuthToken: !Ref Group}}
  Own: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumNodeGroups: 2, CacheParameterGroupName: !Ref Group}}
  Unknown: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: !Ref Nodes, PreferredCacheClusterAZs: [eu-west-1a]}}
  OneZone: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 3, PreferredCacheClusterAZs: [eu-west-1a, !Select [0, !Ref Zones]]}}
  AnyZones: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 3, PreferredCacheClusterAZs: !Ref Zones}}
  Pages: {Type: AWS::ElastiCache::ServerlessCache, Properties: {Engine: valkey, CacheUsageLimits: {ECPUPerSecond: {Minimum: 1000, Maximum: 5000}}}}
---
resource "aws_elasticache_replication_group" "sessions" {
  num_cache_clusters          = 2
  preferred_cache_cluster_azs = ["eu-west-1a", "eu-west-1b"]
}
---
variable "token" {}

resource "aws_elasticache_replication_group" "sessions" {
  engine             = "valkey"
  num_cache_clusters = 2
  auth_token         = "0123456789abcdef"
}

resource "aws_elasticache_replication_group" "pages" {
  engine     = "redis"
  auth_token = var.token
}
---
Parameters: {Engine: {Type: String}}
Resources:
  Pages: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: memcached, CacheNodeType: cache.t4g.small, NumCacheNodes: 2}}
  Either: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: !Ref Engine, CacheNodeType: cache.t4g.small, NumCacheNodes: 2}}
  One: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: redis, CacheNodeType: cache.t4g.small, NumCacheNodes: 1, SnapshotRetentionLimit: 35}}
---
data "aws_availability_zones" "all" {}

# As many as the Region has.
resource "aws_elasticache_replication_group" "sessions" {
  num_cache_clusters          = 3
  preferred_cache_cluster_azs = data.aws_availability_zones.all.names
}
"""
