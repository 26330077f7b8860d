"""AWS Glue."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

_FAILED = {"DlqEventQueueArn": PropertyMap("dlq_event_queue_arn")}

TYPE_MAPS = {
    "aws_glue_crawler": TypeMap(
        "AWS::Glue::Crawler",
        {
            "Targets": PropertyMap(
                "",
                within={
                    "CatalogTargets": PropertyMap("catalog_target", many=True, within=_FAILED),
                    "S3Targets": PropertyMap("s3_target", many=True, within=_FAILED),
                },
            ),
        },
        attributes={"id": "Ref", "name": "Ref"},
    ),
}
