"""Memcached has neither snapshots nor replicas, and should be told to spread over zones.

ElastiCache rejects snapshots of Memcached nodes, replication groups of Memcached, and AZMode cross-az with one node.
Without AZMode cross-az, all nodes are in one Availability Zone and the whole cache is lost with it.

What to do: remove the snapshot properties, use Redis or Valkey if data must survive, and set AZMode (Terraform:
az_mode) to cross-az for several nodes. A serverless cache for Memcached does have snapshots.
"""

from awslint_memo import Findings, Link, Resource, Value, caches, rule


@rule(
    level="error",
    resource="AWS::ElastiCache::CacheCluster",
    memo="どちらも Amazon ElastiCache for Redis でしか利用できず、Amazon ElastiCache for Memcached では使えない",
    aws="AmazonElastiCache/latest/dg/SelectEngine.html",
    fix="both",
)
def check(cache: Resource) -> Findings:
    if caches.engine(cache) != "memcached":
        return
    limit = cache.get("SnapshotRetentionLimit")
    if limit.above(0):
        refused = "but Memcached has no snapshots, so ElastiCache rejects it"
        yield cache.finding(limit, refused, do="remove it", fix=cache.unset("SnapshotRetentionLimit"))
    for name in ("SnapshotArns", "SnapshotName"):
        if is_something(cache.get(name)):
            refused = "names a snapshot, but Memcached can't be restored from one, so ElastiCache rejects it"
            yield cache.finding(cache.get(name), refused, of=name, do="remove it", fix=cache.unset(name))
    yield from zones(cache)


@check.on("AWS::ElastiCache::ReplicationGroup")
def group(group: Resource) -> Findings:
    if caches.engine(group) == "memcached":
        yield group.finding(
            group.get("Engine"),
            "is a replication group with the engine memcached, which ElastiCache rejects",
            do="use valkey, with TransitEncryptionEnabled",
        )


def is_something(value: Value) -> bool:
    """Whether a text or a list is surely there and not empty."""
    return any(isinstance(item, Link) or bool(item.text) for item in value.items)


def zones(cache: Resource) -> Findings:
    """How the nodes are spread."""
    nodes, mode = cache.get("NumCacheNodes"), cache.get("AZMode", default="single-az")
    if nodes.number == 1 and mode.text == "cross-az":
        remedy = "set NumCacheNodes to at least 2, or remove AZMode"
        yield cache.finding(mode, "which ElastiCache rejects for 1 node", do=remedy, related=[(nodes, "1 node")])
    named = cache.get("PreferredAvailabilityZones")
    texts = {item.text for item in named.items}
    is_one_zone = named.is_absent or (len(texts) == 1 and None not in texts)
    if nodes.above(1) and mode.text == "single-az" and is_one_zone:
        also = "" if named.is_absent else f" and list {nodes.number} zones that are not all the same"
        if not cache.get("PreferredAvailabilityZone").is_absent:
            also += " and remove PreferredAvailabilityZone"
        result = f"so all {nodes.number} nodes fail with their zone"
        fix = None if also else cache.set("AZMode", "cross-az", unsafe="leaves nodes that exist in their zone")
        yield cache.finding(mode, result, do=f"set it to cross-az{also}", level="warning", decided_by=[nodes], fix=fix)


BAD = """
Resources:
  Pages: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: memcached, SnapshotRetentionLimit: 5}}
---
Resources:
  Pages: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: memcached, NumCacheNodes: "3"}}
---
resource "aws_elasticache_cluster" "pages" {
  engine          = "memcached"
  num_cache_nodes = 1
  az_mode         = "cross-az"
}
"""

GOOD = """
Parameters:
  Nodes: {Type: Number}
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: valkey}}
  Pages:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: memcached, NumCacheNodes: 2, PreferredAvailabilityZones: [eu-west-1a, eu-west-1b]}
  Unknown: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: memcached, NumCacheNodes: !Ref Nodes}}
---
resource "aws_elasticache_cluster" "pages" {
  engine          = "memcached"
  num_cache_nodes = 2
  az_mode         = "cross-az"
}
"""

FIXED = """
-  Pages: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: memcached, SnapshotRetentionLimit: 5}}
+  Pages: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: memcached}}
---
-  Pages: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: memcached, NumCacheNodes: "3"}}
+  Pages: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: memcached, NumCacheNodes: "3", AZMode: cross-az}}
"""
