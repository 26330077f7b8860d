"""Amazon EventBridge Pipes."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

_STREAM = {
    "DeadLetterConfig": PropertyMap("dead_letter_config", within={"Arn": PropertyMap("arn")}),
    "MaximumRecordAgeInSeconds": PropertyMap("maximum_record_age_in_seconds"),
    "MaximumRetryAttempts": PropertyMap("maximum_retry_attempts"),
}

TYPE_MAPS = {
    "aws_pipes_pipe": TypeMap(
        "AWS::Pipes::Pipe",
        {
            "DesiredState": PropertyMap("desired_state"),
            "Enrichment": PropertyMap("enrichment"),
            "Name": PropertyMap("name"),
            "Source": PropertyMap("source"),
            "SourceParameters": PropertyMap(
                "source_parameters",
                within={
                    "DynamoDBStreamParameters": PropertyMap("dynamodb_stream_parameters", within=_STREAM),
                    "FilterCriteria": PropertyMap(
                        "filter_criteria",
                        within={
                            "Filters": PropertyMap("filter", many=True, within={"Pattern": PropertyMap("pattern")})
                        },
                    ),
                    "KinesisStreamParameters": PropertyMap("kinesis_stream_parameters", within=_STREAM),
                    "SqsQueueParameters": PropertyMap(
                        "sqs_queue_parameters",
                        within={
                            "BatchSize": PropertyMap("batch_size"),
                            "MaximumBatchingWindowInSeconds": PropertyMap("maximum_batching_window_in_seconds"),
                        },
                    ),
                },
            ),
            "Target": PropertyMap("target"),
            "TargetParameters": PropertyMap(
                "target_parameters",
                within={
                    "LambdaFunctionParameters": PropertyMap(
                        "lambda_function_parameters", within={"InvocationType": PropertyMap("invocation_type")}
                    ),
                    "SqsQueueParameters": PropertyMap(
                        "sqs_queue_parameters",
                        within={"MessageDeduplicationId": PropertyMap("message_deduplication_id")},
                    ),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
