"""Amazon Neptune: clusters, their instances, and global databases."""

from awslint_memo.readers.property_maps import TAGS, PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_neptune_cluster": TypeMap(
        "AWS::Neptune::DBCluster",
        {
            "BackupRetentionPeriod": PropertyMap("backup_retention_period"),
            "DBClusterIdentifier": PropertyMap("cluster_identifier"),
            "GlobalClusterIdentifier": PropertyMap("global_cluster_identifier"),
            "SnapshotIdentifier": PropertyMap("snapshot_identifier"),
            "Tags": TAGS,
        },
        attributes={"cluster_identifier": "Ref", "id": "Ref"},
    ),
    "aws_neptune_cluster_instance": TypeMap(
        "AWS::Neptune::DBInstance",
        {
            "AvailabilityZone": PropertyMap("availability_zone"),
            "DBClusterIdentifier": PropertyMap("cluster_identifier"),
        },
        attributes={"id": "Ref", "identifier": "Ref"},
    ),
    "aws_neptune_global_cluster": TypeMap(
        "AWS::Neptune::GlobalCluster",
        {
            "GlobalClusterIdentifier": PropertyMap("global_cluster_identifier"),
            "SourceDBClusterIdentifier": PropertyMap("source_db_cluster_identifier"),
        },
        attributes={"global_cluster_identifier": "Ref", "id": "Ref"},
    ),
}
