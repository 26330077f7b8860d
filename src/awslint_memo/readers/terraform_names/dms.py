"""AWS DMS and DataSync: what copies data from a store to another. Only that it is there is asked for."""

from awslint_memo.readers.property_maps import TypeMap

TYPE_MAPS = {
    "aws_datasync_task": TypeMap("AWS::DataSync::Task", {}),
    "aws_dms_replication_config": TypeMap("AWS::DMS::ReplicationConfig", {}),
    "aws_dms_replication_task": TypeMap("AWS::DMS::ReplicationTask", {}),
}
