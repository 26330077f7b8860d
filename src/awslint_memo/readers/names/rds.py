"""Amazon RDS and Aurora."""

from awslint_memo.readers.words import Translation, Word

_NOTHING = Word("")

TRANSLATIONS = {
    "aws_db_instance": Translation(
        "AWS::RDS::DBInstance",
        {
            "AvailabilityZone": Word("availability_zone"),
            "BackupRetentionPeriod": Word("backup_retention_period", default=0),
            "DBClusterIdentifier": _NOTHING,
            "DBClusterSnapshotIdentifier": _NOTHING,
            "DBInstanceIdentifier": Word("identifier"),
            "DBSnapshotIdentifier": Word("snapshot_identifier"),
            "Engine": Word("engine"),
            "MultiAZ": Word("multi_az"),
            "RestoreTime": Word("restore_to_point_in_time.restore_time"),
            "SourceDBClusterIdentifier": _NOTHING,
            "SourceDBInstanceAutomatedBackupsArn": Word(
                "restore_to_point_in_time.source_db_instance_automated_backups_arn"
            ),
            "SourceDBInstanceIdentifier": Word("replicate_source_db"),
            "SourceDbiResourceId": Word("restore_to_point_in_time.source_dbi_resource_id"),
            "UseLatestRestorableTime": Word("restore_to_point_in_time.use_latest_restorable_time"),
        },
        attributes={
            "address": "Endpoint.Address",
            "arn": "DBInstanceArn",
            # The id was the identifier before version 5 of the provider.
            "id": "DbiResourceId",
            "identifier": "Ref",
            "resource_id": "DbiResourceId",
        },
    ),
    "aws_rds_cluster_instance": Translation(
        "AWS::RDS::DBInstance",
        {
            "AvailabilityZone": Word("availability_zone"),
            "BackupRetentionPeriod": _NOTHING,
            "DBClusterIdentifier": Word("cluster_identifier"),
            "DBClusterSnapshotIdentifier": _NOTHING,
            "DBInstanceIdentifier": Word("identifier"),
            "DBSnapshotIdentifier": _NOTHING,
            "Engine": Word("engine"),
            "MultiAZ": _NOTHING,
            "RestoreTime": _NOTHING,
            "SourceDBClusterIdentifier": _NOTHING,
            "SourceDBInstanceAutomatedBackupsArn": _NOTHING,
            "SourceDBInstanceIdentifier": _NOTHING,
            "SourceDbiResourceId": _NOTHING,
            "UseLatestRestorableTime": _NOTHING,
        },
        attributes={"arn": "DBInstanceArn", "id": "Ref", "identifier": "Ref", "dbi_resource_id": "DbiResourceId"},
    ),
    "aws_rds_cluster": Translation(
        "AWS::RDS::DBCluster",
        {
            "BackupRetentionPeriod": Word("backup_retention_period"),
            "ClusterScalabilityType": Word("cluster_scalability_type"),
            "DBClusterIdentifier": Word("cluster_identifier"),
            "DBClusterInstanceClass": Word("db_cluster_instance_class"),
            "Engine": Word("engine"),
            "EngineMode": Word("engine_mode"),
            "GlobalClusterIdentifier": Word("global_cluster_identifier"),
            "ManageMasterUserPassword": Word("manage_master_user_password"),
            "MasterUsername": Word("master_username"),
            "ReplicationSourceIdentifier": Word("replication_source_identifier"),
            "RestoreToTime": Word("restore_to_point_in_time.restore_to_time"),
            "SnapshotIdentifier": Word("snapshot_identifier"),
            "SourceDBClusterIdentifier": Word("restore_to_point_in_time.source_cluster_identifier"),
            "SourceDbClusterResourceId": Word("restore_to_point_in_time.source_cluster_resource_id"),
            "UseLatestRestorableTime": Word("restore_to_point_in_time.use_latest_restorable_time"),
        },
        attributes={
            "arn": "DBClusterArn",
            "cluster_identifier": "Ref",
            "cluster_resource_id": "DBClusterResourceId",
            "endpoint": "Endpoint.Address",
            "id": "Ref",
            "reader_endpoint": "ReadEndpoint.Address",
        },
    ),
    "aws_rds_global_cluster": Translation(
        "AWS::RDS::GlobalCluster",
        {
            "GlobalClusterIdentifier": Word("global_cluster_identifier"),
            "SourceDBClusterIdentifier": Word("source_db_cluster_identifier"),
        },
        attributes={"global_cluster_identifier": "Ref", "id": "Ref"},
    ),
    "aws_rds_shard_group": Translation(
        "AWS::RDS::DBShardGroup",
        {"DBClusterIdentifier": Word("db_cluster_identifier")},
    ),
}
