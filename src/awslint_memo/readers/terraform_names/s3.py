"""Amazon S3."""

from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.property_maps import TAGS, Companion, PropertyMap, TypeMap, only


def _old_block(value: Value) -> Value:
    """What an older version of the provider has in the bucket: that there is something is all that is told."""
    return Unknown("said in the words of an older version of the provider", value.place) if value.items else value


def _old_versioning(value: Value) -> Value:
    """Convert the block `versioning` of an older version of the provider."""
    enabled = only(value).get("enabled")
    status: Value = Unknown("whether it is enabled is not known", value.place)
    if enabled.is_absent or enabled.flag is not None:
        status = Known("Enabled" if enabled.flag else "Suspended", enabled.place, enabled.origin)
    return Known({"Status": status}, value.place) if value.is_unknown or value.items else Absent(value.place)


TYPE_MAPS = {
    "aws_s3_directory_bucket": TypeMap(
        "AWS::S3Express::DirectoryBucket", {"Tags": TAGS}, attributes={"arn": "Arn", "id": "Ref"}
    ),
    "aws_s3_bucket": TypeMap(
        "AWS::S3::Bucket",
        {
            "BucketName": PropertyMap("bucket"),
            # Resources of their own; a bucket's blocks of the same names are of older versions of the provider.
            "LifecycleConfiguration": PropertyMap("lifecycle_rule", read=_old_block),
            "NotificationConfiguration": PropertyMap(""),
            "ReplicationConfiguration": PropertyMap("replication_configuration", read=_old_block),
            "Tags": TAGS,
            "VersioningConfiguration": PropertyMap("versioning", read=_old_versioning),
        },
        attributes={
            "arn": "Arn",
            "bucket": "Ref",
            "bucket_domain_name": "DomainName",
            "bucket_regional_domain_name": "RegionalDomainName",
            "id": "Ref",
        },
    ),
}

COMPANIONS = {
    "aws_s3_bucket_notification": Companion(
        "AWS::S3::Bucket",
        "bucket",
        {
            "NotificationConfiguration": PropertyMap(
                "",
                within={
                    "LambdaConfigurations": PropertyMap(
                        "lambda_function", many=True, within={"Function": PropertyMap("lambda_function_arn")}
                    ),
                    "QueueConfigurations": PropertyMap("queue", many=True, within={"Queue": PropertyMap("queue_arn")}),
                    "TopicConfigurations": PropertyMap("topic", many=True, within={"Topic": PropertyMap("topic_arn")}),
                },
            )
        },
    ),
    "aws_s3_bucket_lifecycle_configuration": Companion(
        "AWS::S3::Bucket",
        "bucket",
        {
            "LifecycleConfiguration": PropertyMap(
                "",
                within={
                    "Rules": PropertyMap(
                        "rule",
                        many=True,
                        within={
                            "NoncurrentVersionExpiration": PropertyMap(
                                "noncurrent_version_expiration",
                                within={"NoncurrentDays": PropertyMap("noncurrent_days")},
                            ),
                            "Status": PropertyMap("status"),
                            "Transitions": PropertyMap(
                                "transition", many=True, within={"StorageClass": PropertyMap("storage_class")}
                            ),
                        },
                    )
                },
            )
        },
    ),
    "aws_s3_bucket_replication_configuration": Companion(
        "AWS::S3::Bucket",
        "bucket",
        {
            "ReplicationConfiguration": PropertyMap(
                "",
                within={
                    "Rules": PropertyMap(
                        "rule",
                        many=True,
                        within={
                            "Destination": PropertyMap(
                                "destination",
                                within={
                                    "Bucket": PropertyMap("bucket"),
                                    "ReplicationTime": PropertyMap(
                                        "replication_time", within={"Status": PropertyMap("status")}
                                    ),
                                },
                            ),
                            "Filter": PropertyMap(
                                "filter",
                                within={
                                    "And": PropertyMap("and"),
                                    "Prefix": PropertyMap("prefix"),
                                    "TagFilter": PropertyMap("tag"),
                                },
                            ),
                            "Prefix": PropertyMap("prefix"),
                            "Status": PropertyMap("status"),
                        },
                    )
                },
            )
        },
    ),
    "aws_s3_bucket_versioning": Companion(
        "AWS::S3::Bucket",
        "bucket",
        {"VersioningConfiguration": PropertyMap("versioning_configuration", within={"Status": PropertyMap("status")})},
    ),
}
