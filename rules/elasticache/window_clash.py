"""The snapshot window and the maintenance window of a cache should not overlap.

ElastiCache rejects a cache whose daily snapshot window and weekly maintenance window have a minute in common, even if
a window passes midnight, and even while snapshots are off; so it does with a window of less than an hour. Both are in UTC.

What to do: move one window, so that it ends before the other begins (Terraform: snapshot_window and
maintenance_window). If only one of the two is written, ElastiCache chooses the other and nothing is reported.
"""

from awslint_memo import Findings, Resource, caches, rule, windows


@rule(
    level="error",
    widened={"0.2": "a window of less than an hour"},
    resource=("AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster"),
    memo="定期的にスナップショットを作成し、データを Amazon S3 に保存します",
    aws="AmazonElastiCache/latest/dg/maintenance-window.html",
)
def check(cache: Resource) -> Findings:
    # Memcached has no snapshots, and the nodes of a group have the group's.
    is_node = cache.type == caches.NODE_CLUSTER
    if not caches.may_replicate(cache) or (is_node and caches.is_group_member(cache)):
        return
    snapshot, maintenance = cache.get("SnapshotWindow"), cache.get("PreferredMaintenanceWindow")
    for window in (snapshot, maintenance):
        length = windows.minutes(window)
        if length is not None and length < caches.SHORTEST_WINDOW:
            message = f"which is {length} minutes long, but ElastiCache accepts {caches.SHORTEST_WINDOW} at least"
            yield cache.finding(window, message, do="let it end later", since="0.2")
    if windows.overlap(snapshot, maintenance):
        yield cache.finding(
            snapshot,
            f"and overlaps PreferredMaintenanceWindow {maintenance.text}{maintenance.note}, which ElastiCache rejects",
            do="move one window",
            related=[(maintenance, "the maintenance window")],
        )


BAD = """
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {SnapshotWindow: "05:00-09:00", PreferredMaintenanceWindow: "sun:08:00-sun:09:00"}
---
Resources:
  Sessions:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: redis, SnapshotWindow: "23:00-01:00", PreferredMaintenanceWindow: "sun:00:30-sun:01:30"}
---
Resources:
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {SnapshotWindow: "05:00-05:30"}}
---
resource "aws_elasticache_replication_group" "sessions" {
  snapshot_window    = "00:00-01:00"
  maintenance_window = "sun:23:00-mon:01:30"
}
"""

GOOD = """
Parameters:
  Window: {Type: String}
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {SnapshotWindow: "05:00-09:00", PreferredMaintenanceWindow: "sun:09:00-sun:10:00"}
  Unknown:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {SnapshotWindow: !Ref Window, PreferredMaintenanceWindow: "sun:09:00-sun:10:00"}
  LeftToAws: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {SnapshotWindow: "05:00-09:00"}}
---
resource "aws_elasticache_replication_group" "sessions" {
  snapshot_window    = "23:00-00:30"
  maintenance_window = "mon:00:30-mon:01:30"
}
"""
