"""AWS Lambda."""

from collections.abc import Mapping

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import Translation, Word

_DESTINATIONS = Word(
    "destination_config",
    within={
        "OnFailure": Word("on_failure", within={"Destination": Word("destination")}),
        "OnSuccess": Word("on_success", within={"Destination": Word("destination")}),
    },
)


def _weights(value: Value) -> Value:
    """Terraform's map of weights by version as CloudFormation's list."""
    if not isinstance(value, Known) or not isinstance(value.content, Mapping):
        return value
    pairs = [{"FunctionVersion": Known(key, value.place), "FunctionWeight": one} for key, one in value.fields.items()]
    return Known([Known(pair, value.place) for pair in pairs], value.place)


TRANSLATIONS = {
    "aws_lambda_function": Translation(
        "AWS::Lambda::Function",
        {
            "DeadLetterConfig": Word("dead_letter_config", within={"TargetArn": Word("target_arn")}),
            "DeploymentPreference": Word(""),
            "Environment": Word("environment", within={"Variables": Word("variables")}),
            "FunctionName": Word("function_name"),
            "Layers": Word("layers"),
            "Role": Word("role"),
            "Timeout": Word("timeout"),
            "TracingConfig": Word("tracing_config", within={"Mode": Word("mode")}),
        },
        attributes={"arn": "Arn", "function_name": "Ref", "id": "Ref"},
        # CloudFormation publishes a version by a resource of its own.
        beside={"Publish": Word("publish", default=False)},
    ),
    "aws_lambda_alias": Translation(
        "AWS::Lambda::Alias",
        {
            "FunctionName": Word("function_name"),
            "FunctionVersion": Word("function_version"),
            "Name": Word("name"),
            "RoutingConfig": Word(
                "routing_config",
                within={"AdditionalVersionWeights": Word("additional_version_weights", read=_weights)},
            ),
        },
        attributes={"arn": "Ref", "id": "Ref"},
        beside={"IgnoreChanges": Word("lifecycle.ignore_changes")},
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
            "DocumentDBEventSourceConfig": Word("document_db_event_source_config"),
            "EventSourceArn": Word("event_source_arn"),
            "FilterCriteria": Word(
                "filter_criteria", within={"Filters": Word("filter", many=True, within={"Pattern": Word("pattern")})}
            ),
            "FunctionName": Word("function_name"),
            "FunctionResponseTypes": Word("function_response_types"),
            "MaximumBatchingWindowInSeconds": Word("maximum_batching_window_in_seconds"),
            "MaximumRecordAgeInSeconds": Word("maximum_record_age_in_seconds"),
            "MaximumRetryAttempts": Word("maximum_retry_attempts"),
            "Queues": Word("queues"),
            "Topics": Word("topics"),
        },
        attributes={"id": "Ref", "uuid": "Id"},
    ),
    "aws_lambda_function_event_invoke_config": Translation(
        "AWS::Lambda::EventInvokeConfig",
        {
            "DestinationConfig": _DESTINATIONS,
            "FunctionName": Word("function_name"),
            "MaximumRetryAttempts": Word("maximum_retry_attempts"),
            "Qualifier": Word("qualifier"),
        },
        attributes={"id": "Ref"},
    ),
    "aws_lambda_layer_version": Translation(
        "AWS::Lambda::LayerVersion", {"LayerName": Word("layer_name")}, attributes={"arn": "Ref", "id": "Ref"}
    ),
    "aws_lambda_permission": Translation(
        "AWS::Lambda::Permission",
        {"FunctionName": Word("function_name"), "Principal": Word("principal")},
        attributes={"id": "Ref"},
        # CloudFormation's FunctionName holds it.
        beside={"Qualifier": Word("qualifier")},
    ),
    "aws_lambda_function_url": Translation(
        "AWS::Lambda::Url",
        {"Qualifier": Word("qualifier"), "TargetFunctionArn": Word("function_name")},
        attributes={"function_arn": "FunctionArn", "function_url": "FunctionUrl"},
    ),
}
