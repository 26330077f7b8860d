"""Amazon S3."""

from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_s3_bucket": TypeMap(
        "AWS::S3::Bucket",
        {"BucketName": PropertyMap("bucket"), "NotificationConfiguration": PropertyMap("")},
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
}
