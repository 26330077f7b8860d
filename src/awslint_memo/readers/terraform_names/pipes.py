"""Amazon EventBridge Pipes."""

from awslint_memo.readers.property_maps import Translation, Word

_STREAM = {
    "DeadLetterConfig": Word("dead_letter_config", within={"Arn": Word("arn")}),
    "MaximumRecordAgeInSeconds": Word("maximum_record_age_in_seconds"),
    "MaximumRetryAttempts": Word("maximum_retry_attempts"),
}

TRANSLATIONS = {
    "aws_pipes_pipe": Translation(
        "AWS::Pipes::Pipe",
        {
            "DesiredState": Word("desired_state"),
            "Enrichment": Word("enrichment"),
            "Name": Word("name"),
            "Source": Word("source"),
            "SourceParameters": Word(
                "source_parameters",
                within={
                    "DynamoDBStreamParameters": Word("dynamodb_stream_parameters", within=_STREAM),
                    "FilterCriteria": Word(
                        "filter_criteria",
                        within={"Filters": Word("filter", many=True, within={"Pattern": Word("pattern")})},
                    ),
                    "KinesisStreamParameters": Word("kinesis_stream_parameters", within=_STREAM),
                    "SqsQueueParameters": Word(
                        "sqs_queue_parameters",
                        within={
                            "BatchSize": Word("batch_size"),
                            "MaximumBatchingWindowInSeconds": Word("maximum_batching_window_in_seconds"),
                        },
                    ),
                },
            ),
            "Target": Word("target"),
            "TargetParameters": Word(
                "target_parameters",
                within={
                    "LambdaFunctionParameters": Word(
                        "lambda_function_parameters", within={"InvocationType": Word("invocation_type")}
                    ),
                    "SqsQueueParameters": Word(
                        "sqs_queue_parameters",
                        within={"MessageDeduplicationId": Word("message_deduplication_id")},
                    ),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
