"""Amazon RDS and Aurora."""

from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.property_maps import TAGS, Companion, PropertyMap, TypeMap

_NOTHING = PropertyMap("")

_FINAL_SNAPSHOT = {
    # An empty text is not sent, but it is there: nobody adds the argument to it.
    "final_snapshot_identifier": PropertyMap("final_snapshot_identifier", is_sent_empty=True),
    "skip_final_snapshot": PropertyMap("skip_final_snapshot", default=False),
}
"""Terraform's arguments for the deletion of a database; CloudFormation has DeletionPolicy instead."""

TYPE_MAPS = {
    "aws_db_instance": TypeMap(
        "AWS::RDS::DBInstance",
        {
            "AllocatedStorage": PropertyMap("allocated_storage"),
            # A resource of its own replicates the backups, in the Region of its provider.
            "AutomaticBackupReplicationRegion": _NOTHING,
            "AutomaticBackupReplicationRetentionPeriod": _NOTHING,
            "AvailabilityZone": PropertyMap("availability_zone"),
            "BackupRetentionPeriod": PropertyMap("backup_retention_period", default=0),
            "CustomIAMInstanceProfile": PropertyMap("custom_iam_instance_profile"),
            "DBClusterIdentifier": _NOTHING,
            "DBClusterSnapshotIdentifier": _NOTHING,
            "DBInstanceClass": PropertyMap("instance_class"),
            "DBInstanceIdentifier": PropertyMap("identifier"),
            "DBParameterGroupName": PropertyMap("parameter_group_name"),
            "DBSnapshotIdentifier": PropertyMap("snapshot_identifier"),
            "DBSubnetGroupName": PropertyMap("db_subnet_group_name"),
            "DeleteAutomatedBackups": PropertyMap("delete_automated_backups"),
            "EnablePerformanceInsights": PropertyMap("performance_insights_enabled"),
            "Engine": PropertyMap("engine"),
            "EngineVersion": PropertyMap("engine_version"),
            "MaxAllocatedStorage": PropertyMap("max_allocated_storage"),
            "MultiAZ": PropertyMap("multi_az"),
            "PreferredBackupWindow": PropertyMap("backup_window"),
            "PreferredMaintenanceWindow": PropertyMap("maintenance_window"),
            "PromotionTier": _NOTHING,
            "PubliclyAccessible": PropertyMap("publicly_accessible"),
            "RestoreTime": PropertyMap("restore_to_point_in_time.restore_time"),
            "SourceDBClusterIdentifier": _NOTHING,
            "SourceDBInstanceAutomatedBackupsArn": PropertyMap(
                "restore_to_point_in_time.source_db_instance_automated_backups_arn"
            ),
            "SourceDBInstanceIdentifier": PropertyMap("replicate_source_db"),
            "SourceDbiResourceId": PropertyMap("restore_to_point_in_time.source_dbi_resource_id"),
            "StorageType": PropertyMap("storage_type"),
            "Tags": TAGS,
            "UseLatestRestorableTime": PropertyMap("restore_to_point_in_time.use_latest_restorable_time"),
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
        settings=_FINAL_SNAPSHOT,
    ),
    "aws_rds_cluster_instance": TypeMap(
        "AWS::RDS::DBInstance",
        {
            "AllocatedStorage": _NOTHING,
            "AutomaticBackupReplicationRegion": _NOTHING,
            "AutomaticBackupReplicationRetentionPeriod": _NOTHING,
            "AvailabilityZone": PropertyMap("availability_zone"),
            "BackupRetentionPeriod": _NOTHING,
            "CustomIAMInstanceProfile": PropertyMap("custom_iam_instance_profile"),
            "DBClusterIdentifier": PropertyMap("cluster_identifier"),
            "DBClusterSnapshotIdentifier": _NOTHING,
            "DBInstanceClass": PropertyMap("instance_class"),
            "DBInstanceIdentifier": PropertyMap("identifier"),
            "DBParameterGroupName": PropertyMap("db_parameter_group_name"),
            "DBSnapshotIdentifier": _NOTHING,
            "DBSubnetGroupName": PropertyMap("db_subnet_group_name"),
            "DeleteAutomatedBackups": _NOTHING,
            "EnablePerformanceInsights": PropertyMap("performance_insights_enabled"),
            "Engine": PropertyMap("engine"),
            "EngineVersion": PropertyMap("engine_version"),
            "MaxAllocatedStorage": _NOTHING,
            "MultiAZ": _NOTHING,
            "PreferredBackupWindow": PropertyMap("preferred_backup_window"),
            "PreferredMaintenanceWindow": PropertyMap("preferred_maintenance_window"),
            "PromotionTier": PropertyMap("promotion_tier", default=0),
            "PubliclyAccessible": PropertyMap("publicly_accessible"),
            "RestoreTime": _NOTHING,
            "SourceDBClusterIdentifier": _NOTHING,
            "SourceDBInstanceAutomatedBackupsArn": _NOTHING,
            "SourceDBInstanceIdentifier": _NOTHING,
            "SourceDbiResourceId": _NOTHING,
            "StorageType": _NOTHING,
            "Tags": TAGS,
            "UseLatestRestorableTime": _NOTHING,
        },
        attributes={"arn": "DBInstanceArn", "id": "Ref", "identifier": "Ref", "dbi_resource_id": "DbiResourceId"},
    ),
    "aws_rds_cluster": TypeMap(
        "AWS::RDS::DBCluster",
        {
            "BacktrackWindow": PropertyMap("backtrack_window"),
            "BackupRetentionPeriod": PropertyMap("backup_retention_period"),
            "ClusterScalabilityType": PropertyMap("cluster_scalability_type"),
            "DBClusterIdentifier": PropertyMap("cluster_identifier"),
            "DBClusterInstanceClass": PropertyMap("db_cluster_instance_class"),
            "DBClusterParameterGroupName": PropertyMap("db_cluster_parameter_group_name"),
            "DeleteAutomatedBackups": PropertyMap("delete_automated_backups", default=True),
            "Engine": PropertyMap("engine"),
            "EngineVersion": PropertyMap("engine_version"),
            "EngineMode": PropertyMap("engine_mode"),
            "GlobalClusterIdentifier": PropertyMap("global_cluster_identifier"),
            "ManageMasterUserPassword": PropertyMap("manage_master_user_password"),
            "MasterUserPassword": PropertyMap("master_password"),
            "MasterUsername": PropertyMap("master_username"),
            "PreferredBackupWindow": PropertyMap("preferred_backup_window"),
            "PreferredMaintenanceWindow": PropertyMap("preferred_maintenance_window"),
            "ReplicationSourceIdentifier": PropertyMap("replication_source_identifier"),
            "RestoreToTime": PropertyMap("restore_to_point_in_time.restore_to_time"),
            "ServerlessV2ScalingConfiguration": PropertyMap("serverlessv2_scaling_configuration"),
            "SnapshotIdentifier": PropertyMap("snapshot_identifier"),
            "SourceDBClusterIdentifier": PropertyMap("restore_to_point_in_time.source_cluster_identifier"),
            "SourceDbClusterResourceId": PropertyMap("restore_to_point_in_time.source_cluster_resource_id"),
            "SourceRegion": PropertyMap("source_region"),
            "Tags": TAGS,
            "UseLatestRestorableTime": PropertyMap("restore_to_point_in_time.use_latest_restorable_time"),
        },
        attributes={
            "arn": "DBClusterArn",
            "cluster_identifier": "Ref",
            "cluster_resource_id": "DBClusterResourceId",
            "endpoint": "Endpoint.Address",
            "id": "Ref",
            "reader_endpoint": "ReadEndpoint.Address",
        },
        settings=_FINAL_SNAPSHOT,
    ),
    "aws_rds_global_cluster": TypeMap(
        "AWS::RDS::GlobalCluster",
        {
            "GlobalClusterIdentifier": PropertyMap("global_cluster_identifier"),
            "SourceDBClusterIdentifier": PropertyMap("source_db_cluster_identifier"),
        },
        attributes={"global_cluster_identifier": "Ref", "id": "Ref"},
    ),
    "aws_rds_shard_group": TypeMap(
        "AWS::RDS::DBShardGroup",
        {"DBClusterIdentifier": PropertyMap("db_cluster_identifier")},
    ),
}


def _parameters(value: Value) -> Value:
    """Convert blocks with a name and a value to a mapping."""
    named: dict[str, Value] = {}
    for block in value.items:
        name = block.get("name").text
        if name is None:
            return Unknown("a parameter whose name is not known", value.place)
        named[name] = block.get("value")
    return Known(named, value.place)


TYPE_MAPS["aws_rds_cluster_parameter_group"] = TypeMap(
    "AWS::RDS::DBClusterParameterGroup",
    {"DBClusterParameterGroupName": PropertyMap("name"), "Parameters": PropertyMap("parameter", read=_parameters)},
    attributes={"id": "Ref", "name": "Ref"},
)

COMPANIONS = {
    "aws_db_instance_automated_backups_replication": Companion(
        "AWS::RDS::DBInstance",
        "source_db_instance_arn",
        {"AutomaticBackupReplicationRetentionPeriod": PropertyMap("retention_period", default=7)},
    ),
}
