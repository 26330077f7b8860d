"""A durable cache should have what ElastiCache asks of one.

With Durability sync or async, a log in several Availability Zones keeps what is written to a Valkey cache. ElastiCache
creates such a replication group only with Valkey 9.0 or later, cluster mode, Multi-AZ, a replica in each shard and
encryption in transit.

What to do: add what the finding names, or remove Durability (Terraform: durability). A group whose engine or version is
not known is not checked.
"""

from collections.abc import Iterator

from awslint_memo import Findings, Fix, Resource, Value, caches, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElastiCache::ReplicationGroup",
    memo="データの永続性を確保し、障害やデータ損失の際にはスナップショットからデータを復元できます",
    aws="AmazonElastiCache/latest/dg/Durability.Limitations.html",
    fix="both",
)
def check(group: Resource) -> Findings:
    mode, is_known_to_it = group.get("Durability"), caches.can_be_durable(group)
    if caches.is_durable(group) is not True or is_known_to_it is None or caches.is_global_secondary(group):
        return
    if is_known_to_it is False:
        remedy = "set Engine to valkey and EngineVersion to 9.0 or later, or remove it"
        yield group.finding(mode, "which ElastiCache rejects before Valkey 9.0", do=remedy)
    elif missing := dict(lacking(group)):
        flags = [name for name in FLAGS if name in missing]
        if "MultiAZEnabled" in missing and caches.failover(group).flag is False:
            flags.insert(1, "AutomaticFailoverEnabled")
        steps = [f"set {listed(flags)} to true"] if flags else []
        steps += [step for what, step in OTHERS.items() if what in missing]
        unsafe = {"TransitEncryptionEnabled": "lets only clients with TLS connect"}
        fixes = [group.set(name, True, unsafe=unsafe.get(name, "")) for name in flags]
        yield group.finding(
            mode,
            f"which ElastiCache rejects without {listed(list(missing))}",
            do=listed(steps),
            related=[(value, f"without {what}") for what, value in missing.items()],
            about=missing.values(),
            fix=Fix.of_all(fixes) if len(steps) == 1 else None,
        )


FLAGS = ("MultiAZEnabled", "TransitEncryptionEnabled")
OTHERS = {"cluster mode": "turn cluster mode on", "a replica in each shard": "give each shard a replica"}


def lacking(group: Resource) -> Iterator[tuple[str, Value]]:
    """What a durable group surely lacks, each with the value that shows it."""
    if caches.is_cluster_mode(group) is False:
        yield "cluster mode", group.get("ClusterMode")
    for name in FLAGS:
        value = group.get(name, default=False)
        if value.flag is False:
            yield name, value
    replicas = caches.fewest_replicas(group)
    if replicas.number == 0:
        yield "a replica in each shard", replicas


BAD = """
Resources:
  Agents:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      Engine: valkey
      EngineVersion: "9.0"
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      Durability: sync
---
Resources:
  Agents: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis, EngineVersion: "7.1", Durability: sync}}
---
resource "aws_elasticache_replication_group" "agents" {
  engine                     = "valkey"
  engine_version             = "9.0"
  num_cache_clusters         = 2
  transit_encryption_enabled = true
  durability                 = "async"
}
---
Resources:
  Agents:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      Engine: valkey
      EngineVersion: "9.0"
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      TransitEncryptionEnabled: true
      Durability: sync
"""

GOOD = """
Parameters:
  Version: {Type: String}
Resources:
  Agents:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      Engine: valkey
      EngineVersion: "9.0"
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      TransitEncryptionEnabled: true
      Durability: sync
  Unknown:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {Engine: valkey, EngineVersion: !Ref Version, NumCacheClusters: 1, Durability: sync}
---
resource "aws_elasticache_replication_group" "as_always" {
  engine             = "valkey"
  engine_version     = "9.0"
  num_cache_clusters = 2
  durability         = "default"
}
"""

FIXED = """
       Durability: sync
+      TransitEncryptionEnabled: true
---
       Durability: sync
+      MultiAZEnabled: true
"""
