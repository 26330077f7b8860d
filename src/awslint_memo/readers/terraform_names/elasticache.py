"""Amazon ElastiCache."""

from collections.abc import Mapping

from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.property_maps import TAGS, PropertyMap, TypeMap, only


def _mode(value: Value) -> Value:
    """The cluster mode; Absent for older versions of the provider, which have a block with this name."""
    block = only(value)
    return Absent(value.place) if isinstance(block, Known) and isinstance(block.content, Mapping) else block


def _parameters(value: Value) -> Value:
    """Convert blocks with a name and a value to a mapping."""
    named: dict[str, Value] = {}
    for block in value.items:
        name = block.get("name").text
        if name is None:
            return Unknown("a parameter whose name is not known", value.place)
        named[name] = block.get("value")
    return Known(named, value.place)


def _primary(value: Value) -> Value:
    """Convert the primary replication group of a global datastore to CloudFormation's list of members."""
    return Known(
        [Known({"ReplicationGroupId": value, "Role": Known("PRIMARY", value.place)}, value.place)], value.place
    )


TYPE_MAPS = {
    "aws_elasticache_replication_group": TypeMap(
        "AWS::ElastiCache::ReplicationGroup",
        {
            # The provider sends false and redis where nothing is written.
            "AutomaticFailoverEnabled": PropertyMap("automatic_failover_enabled", default=False),
            "CacheNodeType": PropertyMap("node_type"),
            "CacheParameterGroupName": PropertyMap("parameter_group_name"),
            "ClusterMode": PropertyMap("cluster_mode", read=_mode),
            "Durability": PropertyMap("durability"),
            "Engine": PropertyMap("engine", default="redis"),
            "EngineVersion": PropertyMap("engine_version"),
            "GlobalReplicationGroupId": PropertyMap("global_replication_group_id"),
            "MultiAZEnabled": PropertyMap("multi_az_enabled"),
            "NodeGroupConfiguration": PropertyMap(
                "node_group_configuration",
                many=True,
                within={
                    "NodeGroupId": PropertyMap("node_group_id"),
                    "PrimaryAvailabilityZone": PropertyMap("primary_availability_zone"),
                    "ReplicaAvailabilityZones": PropertyMap("replica_availability_zones"),
                    "ReplicaCount": PropertyMap("replica_count"),
                },
            ),
            "NumCacheClusters": PropertyMap("num_cache_clusters", older="number_cache_clusters"),
            "NumNodeGroups": PropertyMap("num_node_groups", older="cluster_mode.num_node_groups"),
            "PreferredCacheClusterAZs": PropertyMap("preferred_cache_cluster_azs", older="availability_zones"),
            "PreferredMaintenanceWindow": PropertyMap("maintenance_window"),
            "PrimaryClusterId": PropertyMap(""),
            "ReplicasPerNodeGroup": PropertyMap(
                "replicas_per_node_group", older="cluster_mode.replicas_per_node_group"
            ),
            "ReplicationGroupId": PropertyMap("replication_group_id"),
            "SnapshotArns": PropertyMap("snapshot_arns"),
            "SnapshotName": PropertyMap("snapshot_name"),
            "SnapshotRetentionLimit": PropertyMap("snapshot_retention_limit"),
            "SnapshotWindow": PropertyMap("snapshot_window"),
            "Tags": TAGS,
            "TransitEncryptionEnabled": PropertyMap("transit_encryption_enabled"),
        },
        attributes={"id": "Ref", "replication_group_id": "Ref"},
    ),
    "aws_elasticache_cluster": TypeMap(
        "AWS::ElastiCache::CacheCluster",
        {
            "AZMode": PropertyMap("az_mode"),
            "CacheNodeType": PropertyMap("node_type"),
            "ClusterName": PropertyMap("cluster_id"),
            "Engine": PropertyMap("engine"),
            "NumCacheNodes": PropertyMap("num_cache_nodes"),
            "PreferredAvailabilityZone": PropertyMap("availability_zone"),
            "PreferredAvailabilityZones": PropertyMap("preferred_availability_zones", older="availability_zones"),
            "PreferredMaintenanceWindow": PropertyMap("maintenance_window"),
            "SnapshotArns": PropertyMap("snapshot_arns"),
            "SnapshotName": PropertyMap("snapshot_name"),
            "SnapshotRetentionLimit": PropertyMap("snapshot_retention_limit"),
            "SnapshotWindow": PropertyMap("snapshot_window"),
            "Tags": TAGS,
            "TransitEncryptionEnabled": PropertyMap("transit_encryption_enabled"),
        },
        attributes={"cluster_id": "Ref", "id": "Ref"},
        # In Terraform a cluster can join a replication group as a replica; CloudFormation has no equivalent.
        settings={"replication_group": PropertyMap("replication_group_id")},
    ),
    "aws_elasticache_serverless_cache": TypeMap(
        "AWS::ElastiCache::ServerlessCache",
        {
            "Engine": PropertyMap("engine"),
            "ServerlessCacheName": PropertyMap("name"),
            "SnapshotRetentionLimit": PropertyMap("snapshot_retention_limit"),
            "Tags": TAGS,
        },
        attributes={"arn": "ARN", "id": "Ref", "name": "Ref"},
    ),
    "aws_elasticache_parameter_group": TypeMap(
        "AWS::ElastiCache::ParameterGroup",
        {
            "CacheParameterGroupFamily": PropertyMap("family"),
            "CacheParameterGroupName": PropertyMap("name"),
            "Properties": PropertyMap("parameter", read=_parameters),
        },
        attributes={"id": "Ref", "name": "Ref"},
    ),
    "aws_elasticache_global_replication_group": TypeMap(
        "AWS::ElastiCache::GlobalReplicationGroup",
        {"Members": PropertyMap("primary_replication_group_id", read=_primary)},
        attributes={"arn": "Arn", "global_replication_group_id": "GlobalReplicationGroupId", "id": "Ref"},
    ),
}
