"""Amazon MemoryDB."""

from awslint_memo.readers.property_maps import TAGS, PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_memorydb_cluster": TypeMap(
        "AWS::MemoryDB::Cluster",
        {
            "MultiRegionClusterName": PropertyMap("multi_region_cluster_name"),
            "NumReplicasPerShard": PropertyMap("num_replicas_per_shard"),
            "SnapshotRetentionLimit": PropertyMap("snapshot_retention_limit", default=0),
            "Tags": TAGS,
        },
        attributes={"arn": "ARN", "id": "Ref", "name": "Ref"},
    ),
    "aws_memorydb_multi_region_cluster": TypeMap(
        "AWS::MemoryDB::MultiRegionCluster",
        {},
        attributes={"arn": "ARN", "multi_region_cluster_name": "Ref"},
    ),
}
