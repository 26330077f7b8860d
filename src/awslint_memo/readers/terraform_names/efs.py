"""Amazon EFS: file systems, their backups and their replication."""

from awslint_memo.readers.property_maps import TAGS, Companion, PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_efs_file_system": TypeMap(
        "AWS::EFS::FileSystem",
        {
            "AvailabilityZoneName": PropertyMap("availability_zone_name"),
            "BackupPolicy": PropertyMap(""),
            "FileSystemTags": TAGS,
            "ReplicationConfiguration": PropertyMap(""),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
}

COMPANIONS = {
    "aws_efs_backup_policy": Companion(
        "AWS::EFS::FileSystem",
        "file_system_id",
        {"BackupPolicy": PropertyMap("backup_policy", within={"Status": PropertyMap("status")})},
    ),
    "aws_efs_replication_configuration": Companion(
        "AWS::EFS::FileSystem",
        "source_file_system_id",
        {
            "ReplicationConfiguration": PropertyMap(
                "",
                within={
                    "Destinations": PropertyMap(
                        "destination",
                        many=True,
                        within={
                            "AvailabilityZoneName": PropertyMap("availability_zone_name"),
                            "FileSystemId": PropertyMap("file_system_id"),
                            "Region": PropertyMap("region"),
                        },
                    )
                },
            )
        },
    ),
}
