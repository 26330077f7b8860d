"""Amazon S3."""

from awslint_memo.readers.property_maps import Companion, Translation, Word

TRANSLATIONS = {
    "aws_s3_bucket": Translation(
        "AWS::S3::Bucket",
        {"BucketName": Word("bucket"), "NotificationConfiguration": Word("")},
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
            "NotificationConfiguration": Word(
                "",
                within={
                    "LambdaConfigurations": Word(
                        "lambda_function", many=True, within={"Function": Word("lambda_function_arn")}
                    ),
                    "QueueConfigurations": Word("queue", many=True, within={"Queue": Word("queue_arn")}),
                    "TopicConfigurations": Word("topic", many=True, within={"Topic": Word("topic_arn")}),
                },
            )
        },
    ),
}
