"""Amazon ElastiCache."""

from collections.abc import Mapping

from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.property_maps import Translation, Word, only


def _mode(value: Value) -> Value:
    """Cluster mode's word; older versions of the provider had a block of that name, which says it by its numbers."""
    block = only(value)
    return Absent(value.place) if isinstance(block, Known) and isinstance(block.content, Mapping) else block


def _parameters(value: Value) -> Value:
    """Blocks of a name and a value each, as a mapping."""
    named: dict[str, Value] = {}
    for block in value.items:
        name = block.get("name").text
        if name is None:
            return Unknown("a parameter whose name is not known", value.place)
        named[name] = block.get("value")
    return Known(named, value.place)


def _primary(value: Value) -> Value:
    """The one member that Terraform names where it makes a global datastore."""
    return Known(
        [Known({"ReplicationGroupId": value, "Role": Known("PRIMARY", value.place)}, value.place)], value.place
    )


TRANSLATIONS = {
    "aws_elasticache_replication_group": Translation(
        "AWS::ElastiCache::ReplicationGroup",
        {
            "AutomaticFailoverEnabled": Word("automatic_failover_enabled"),
            "CacheNodeType": Word("node_type"),
            "CacheParameterGroupName": Word("parameter_group_name"),
            "ClusterMode": Word("cluster_mode", read=_mode),
            "Engine": Word("engine"),
            "GlobalReplicationGroupId": Word("global_replication_group_id"),
            "MultiAZEnabled": Word("multi_az_enabled"),
            "NodeGroupConfiguration": Word(
                "node_group_configuration",
                many=True,
                within={
                    "NodeGroupId": Word("node_group_id"),
                    "PrimaryAvailabilityZone": Word("primary_availability_zone"),
                    "ReplicaAvailabilityZones": Word("replica_availability_zones"),
                    "ReplicaCount": Word("replica_count"),
                },
            ),
            "NumCacheClusters": Word("num_cache_clusters", older="number_cache_clusters"),
            "NumNodeGroups": Word("num_node_groups", older="cluster_mode.num_node_groups"),
            "PreferredCacheClusterAZs": Word("preferred_cache_cluster_azs", older="availability_zones"),
            "PreferredMaintenanceWindow": Word("maintenance_window"),
            "PrimaryClusterId": Word(""),
            "ReplicasPerNodeGroup": Word("replicas_per_node_group", older="cluster_mode.replicas_per_node_group"),
            "ReplicationGroupId": Word("replication_group_id"),
            "SnapshotArns": Word("snapshot_arns"),
            "SnapshotName": Word("snapshot_name"),
            "SnapshotRetentionLimit": Word("snapshot_retention_limit"),
            "SnapshotWindow": Word("snapshot_window"),
        },
        attributes={"id": "Ref", "replication_group_id": "Ref"},
    ),
    "aws_elasticache_cluster": Translation(
        "AWS::ElastiCache::CacheCluster",
        {
            "AZMode": Word("az_mode"),
            "CacheNodeType": Word("node_type"),
            "ClusterName": Word("cluster_id"),
            "Engine": Word("engine"),
            "NumCacheNodes": Word("num_cache_nodes"),
            "PreferredAvailabilityZones": Word("preferred_availability_zones", older="availability_zones"),
            "PreferredMaintenanceWindow": Word("maintenance_window"),
            "SnapshotArns": Word("snapshot_arns"),
            "SnapshotName": Word("snapshot_name"),
            "SnapshotRetentionLimit": Word("snapshot_retention_limit"),
            "SnapshotWindow": Word("snapshot_window"),
        },
        attributes={"cluster_id": "Ref", "id": "Ref"},
        # CloudFormation knows no cluster that joins a group; Terraform's does, and is then one of its replicas.
        beside={"ReplicationGroup": Word("replication_group_id")},
    ),
    "aws_elasticache_serverless_cache": Translation(
        "AWS::ElastiCache::ServerlessCache",
        {
            "Engine": Word("engine"),
            "ServerlessCacheName": Word("name"),
            "SnapshotRetentionLimit": Word("snapshot_retention_limit"),
        },
        attributes={"arn": "ARN", "id": "Ref", "name": "Ref"},
    ),
    "aws_elasticache_parameter_group": Translation(
        "AWS::ElastiCache::ParameterGroup",
        {
            "CacheParameterGroupFamily": Word("family"),
            "CacheParameterGroupName": Word("name"),
            "Properties": Word("parameter", read=_parameters),
        },
        attributes={"id": "Ref", "name": "Ref"},
    ),
    "aws_elasticache_global_replication_group": Translation(
        "AWS::ElastiCache::GlobalReplicationGroup",
        {"Members": Word("primary_replication_group_id", read=_primary)},
        attributes={"arn": "Arn", "global_replication_group_id": "GlobalReplicationGroupId", "id": "Ref"},
    ),
}
