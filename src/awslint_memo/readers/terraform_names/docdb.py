"""Amazon DocumentDB: clusters, their instances, and global clusters."""

from awslint_memo.readers.property_maps import TAGS, PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_docdb_cluster": TypeMap(
        "AWS::DocDB::DBCluster",
        {
            "BackupRetentionPeriod": PropertyMap("backup_retention_period"),
            "DBClusterIdentifier": PropertyMap("cluster_identifier"),
            "GlobalClusterIdentifier": PropertyMap("global_cluster_identifier"),
            "ManageMasterUserPassword": PropertyMap("manage_master_user_password"),
            "MasterUsername": PropertyMap("master_username"),
            "SnapshotIdentifier": PropertyMap("snapshot_identifier"),
            "Tags": TAGS,
        },
        attributes={"cluster_identifier": "Ref", "id": "Ref"},
    ),
    "aws_docdb_cluster_instance": TypeMap(
        "AWS::DocDB::DBInstance",
        {
            "AvailabilityZone": PropertyMap("availability_zone"),
            "DBClusterIdentifier": PropertyMap("cluster_identifier"),
        },
        attributes={"id": "Ref", "identifier": "Ref"},
    ),
    "aws_docdb_global_cluster": TypeMap(
        "AWS::DocDB::GlobalCluster",
        {
            "GlobalClusterIdentifier": PropertyMap("global_cluster_identifier"),
            "SourceDBClusterIdentifier": PropertyMap("source_db_cluster_identifier"),
        },
        attributes={"global_cluster_identifier": "Ref", "id": "Ref"},
    ),
}
