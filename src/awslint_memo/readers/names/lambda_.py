"""AWS Lambda."""

from awslint_memo.readers.words import Translation, Word

_DESTINATIONS = Word(
    "destination_config",
    within={
        "OnFailure": Word("on_failure", within={"Destination": Word("destination")}),
        "OnSuccess": Word("on_success", within={"Destination": Word("destination")}),
    },
)

TRANSLATIONS = {
    "aws_lambda_function": Translation(
        "AWS::Lambda::Function",
        {
            "DeadLetterConfig": Word("dead_letter_config", within={"TargetArn": Word("target_arn")}),
            "Environment": Word("environment", within={"Variables": Word("variables")}),
            "FunctionName": Word("function_name"),
            "Timeout": Word("timeout"),
        },
        attributes={"arn": "Arn", "function_name": "Ref", "id": "Ref"},
    ),
    "aws_lambda_alias": Translation(
        "AWS::Lambda::Alias",
        {
            "FunctionName": Word("function_name"),
            "FunctionVersion": Word("function_version"),
            "Name": Word("name"),
        },
        attributes={"arn": "Ref", "id": "Ref"},
    ),
    "aws_lambda_event_source_mapping": Translation(
        "AWS::Lambda::EventSourceMapping",
        {
            "BatchSize": Word("batch_size"),
            "DestinationConfig": Word(
                "destination_config",
                within={"OnFailure": Word("on_failure", within={"Destination": Word("destination_arn")})},
            ),
            "Enabled": Word("enabled"),
            "EventSourceArn": Word("event_source_arn"),
            "FilterCriteria": Word(
                "filter_criteria", within={"Filters": Word("filter", many=True, within={"Pattern": Word("pattern")})}
            ),
            "FunctionName": Word("function_name"),
            "FunctionResponseTypes": Word("function_response_types"),
            "MaximumBatchingWindowInSeconds": Word("maximum_batching_window_in_seconds"),
            "MaximumRecordAgeInSeconds": Word("maximum_record_age_in_seconds"),
            "MaximumRetryAttempts": Word("maximum_retry_attempts"),
        },
        attributes={"id": "Ref", "uuid": "Id"},
    ),
    "aws_lambda_function_event_invoke_config": Translation(
        "AWS::Lambda::EventInvokeConfig",
        {
            "DestinationConfig": _DESTINATIONS,
            "FunctionName": Word("function_name"),
            "Qualifier": Word("qualifier"),
        },
        attributes={"id": "Ref"},
    ),
}
