"""Amazon RDS and Aurora."""

from awslint_memo.readers.property_maps import Translation, Word

_NOTHING = Word("")

_LAST_WORDS = {
    "FinalSnapshotIdentifier": Word("final_snapshot_identifier"),
    "SkipFinalSnapshot": Word("skip_final_snapshot", default=False),
}
"""What the provider asks for when it deletes a database; CloudFormation has DeletionPolicy in its place."""

TRANSLATIONS = {
    "aws_db_instance": Translation(
        "AWS::RDS::DBInstance",
        {
            "AllocatedStorage": Word("allocated_storage"),
            "AvailabilityZone": Word("availability_zone"),
            "BackupRetentionPeriod": Word("backup_retention_period", default=0),
            "DBClusterIdentifier": _NOTHING,
            "DBClusterSnapshotIdentifier": _NOTHING,
            "DBInstanceClass": Word("instance_class"),
            "DBInstanceIdentifier": Word("identifier"),
            "DBSnapshotIdentifier": Word("snapshot_identifier"),
            "DeleteAutomatedBackups": Word("delete_automated_backups"),
            "Engine": Word("engine"),
            "MaxAllocatedStorage": Word("max_allocated_storage"),
            "MultiAZ": Word("multi_az"),
            "PreferredBackupWindow": Word("backup_window"),
            "PreferredMaintenanceWindow": Word("maintenance_window"),
            "PromotionTier": _NOTHING,
            "RestoreTime": Word("restore_to_point_in_time.restore_time"),
            "SourceDBClusterIdentifier": _NOTHING,
            "SourceDBInstanceAutomatedBackupsArn": Word(
                "restore_to_point_in_time.source_db_instance_automated_backups_arn"
            ),
            "SourceDBInstanceIdentifier": Word("replicate_source_db"),
            "SourceDbiResourceId": Word("restore_to_point_in_time.source_dbi_resource_id"),
            "StorageType": Word("storage_type"),
            "UseLatestRestorableTime": Word("restore_to_point_in_time.use_latest_restorable_time"),
        },
        attributes={
            "address": "Endpoint.Address",
            "arn": "DBInstanceArn",
            "availability_zone": "AvailabilityZone",
            # The id was the identifier before version 5 of the provider.
            "id": "DbiResourceId",
            "identifier": "Ref",
            "resource_id": "DbiResourceId",
        },
        beside=_LAST_WORDS,
    ),
    "aws_rds_cluster_instance": Translation(
        "AWS::RDS::DBInstance",
        {
            "AllocatedStorage": _NOTHING,
            "AvailabilityZone": Word("availability_zone"),
            "BackupRetentionPeriod": _NOTHING,
            "DBClusterIdentifier": Word("cluster_identifier"),
            "DBClusterSnapshotIdentifier": _NOTHING,
            "DBInstanceClass": Word("instance_class"),
            "DBInstanceIdentifier": Word("identifier"),
            "DBSnapshotIdentifier": _NOTHING,
            "DeleteAutomatedBackups": _NOTHING,
            "Engine": Word("engine"),
            "MaxAllocatedStorage": _NOTHING,
            "MultiAZ": _NOTHING,
            "PreferredBackupWindow": Word("preferred_backup_window"),
            "PreferredMaintenanceWindow": Word("preferred_maintenance_window"),
            "PromotionTier": Word("promotion_tier", default=0),
            "RestoreTime": _NOTHING,
            "SourceDBClusterIdentifier": _NOTHING,
            "SourceDBInstanceAutomatedBackupsArn": _NOTHING,
            "SourceDBInstanceIdentifier": _NOTHING,
            "SourceDbiResourceId": _NOTHING,
            "StorageType": _NOTHING,
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
            "DeleteAutomatedBackups": Word("delete_automated_backups", default=True),
            "Engine": Word("engine"),
            "EngineMode": Word("engine_mode"),
            "GlobalClusterIdentifier": Word("global_cluster_identifier"),
            "ManageMasterUserPassword": Word("manage_master_user_password"),
            "MasterUsername": Word("master_username"),
            "PreferredBackupWindow": Word("preferred_backup_window"),
            "PreferredMaintenanceWindow": Word("preferred_maintenance_window"),
            "ReplicationSourceIdentifier": Word("replication_source_identifier"),
            "RestoreToTime": Word("restore_to_point_in_time.restore_to_time"),
            "SnapshotIdentifier": Word("snapshot_identifier"),
            "SourceDBClusterIdentifier": Word("restore_to_point_in_time.source_cluster_identifier"),
            "SourceDbClusterResourceId": Word("restore_to_point_in_time.source_cluster_resource_id"),
            "SourceRegion": Word("source_region"),
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
        beside=_LAST_WORDS,
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
