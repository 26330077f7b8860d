"""Memcached has neither snapshots nor replicas, and spreads over zones only when told to.

ElastiCache refuses snapshots of Memcached nodes, replication groups of Memcached, and AZMode cross-az with one node.
Several nodes without AZMode stand in one zone, and the whole cache is lost with it.

What to do: remove the snapshot properties, use Redis or Valkey where data must survive, and set AZMode (Terraform:
az_mode) to cross-az for several nodes. A serverless cache for Memcached does have snapshots.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Link, Resource, Value, caches, rule


@rule(
    "elasticache-memcached-limits",
    level="error",
    resource="AWS::ElastiCache::CacheCluster",
    memo="どちらも Amazon ElastiCache for Redis でしか利用できず、Amazon ElastiCache for Memcached では使えない",
    aws="AmazonElastiCache/latest/dg/SelectEngine.html",
)
def check(cache: Resource) -> Iterator[Finding]:
    if caches.engine(cache) != "memcached":
        return
    limit = cache.get("SnapshotRetentionLimit")
    if (limit.number or 0) > 0:
        yield cache.finding(limit, f"asks for {limit.number} days of snapshots, which Memcached has not; remove it")
    for name in ("SnapshotArns", "SnapshotName"):
        if is_something(cache.get(name)):
            yield cache.finding(cache.get(name), f"starts from a snapshot, which Memcached can't; remove {name}")
    yield from zones(cache)


@check.on("AWS::ElastiCache::ReplicationGroup")
def group(group: Resource) -> Iterator[Finding]:
    if caches.engine(group) == "memcached":
        yield group.finding(group.get("Engine"), "is a replication group of Memcached, which has none; use valkey")


def is_something(value: Value) -> bool:
    """Whether a text or a list is surely there and not empty."""
    return any(isinstance(item, Link) or bool(item.text) for item in value.items)


def zones(cache: Resource) -> Iterator[Finding]:
    """How the nodes are spread."""
    nodes, mode = cache.get("NumCacheNodes"), cache.get("AZMode", default="single-az")
    if nodes.number == 1 and mode.text == "cross-az":
        yield cache.finding(
            mode, "is cross-az with 1 node; give it two or more, or leave AZMode out", related=[(nodes, "1 node")]
        )
    named = cache.get("PreferredAvailabilityZones")
    texts = {item.text for item in named.items}
    is_one_zone = named.is_absent or (len(texts) == 1 and None not in texts)
    if (nodes.number or 0) > 1 and mode.text == "single-az" and is_one_zone:
        yield cache.finding(mode, f"has its {nodes.number} nodes in one zone; set AZMode to cross-az", level="warning")


BAD = """
Resources:
  Pages:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: memcached, NumCacheNodes: 1, SnapshotRetentionLimit: 5}
---
Resources:
  Pages:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: memcached, NumCacheNodes: "3"}
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
  Pages:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: memcached, NumCacheNodes: 2, PreferredAvailabilityZones: [eu-west-1a, eu-west-1b]}
  Unknown:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: memcached, NumCacheNodes: !Ref Nodes}
---
resource "aws_elasticache_cluster" "pages" {
  engine          = "memcached"
  num_cache_nodes = 2
  az_mode         = "cross-az"
}
"""
