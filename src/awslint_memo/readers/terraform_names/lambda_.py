"""AWS Lambda."""

from collections.abc import Mapping

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import PropertyMap, TypeMap

_DESTINATIONS = PropertyMap(
    "destination_config",
    within={
        "OnFailure": PropertyMap("on_failure", within={"Destination": PropertyMap("destination")}),
        "OnSuccess": PropertyMap("on_success", within={"Destination": PropertyMap("destination")}),
    },
)


def _weights(value: Value) -> Value:
    """Convert Terraform's map of weights by version to CloudFormation's list."""
    if not isinstance(value, Known) or not isinstance(value.content, Mapping):
        return value
    pairs = [{"FunctionVersion": Known(key, value.place), "FunctionWeight": one} for key, one in value.fields.items()]
    return Known([Known(pair, value.place) for pair in pairs], value.place)


_INVOCATION = TypeMap(
    # Terraform calls the function itself, as CloudFormation calls that of a custom resource.
    "AWS::CloudFormation::CustomResource",
    {
        "Create": PropertyMap("input"),
        "ServiceToken": PropertyMap("function_name"),
        **dict.fromkeys(
            (
                *("BuildProjectName", "CodeBuildProject", "CodeBuildProjectName", "ImagePipelineArn", "Pipeline"),
                *("PipelineArn", "PipelineName", "Project", "ProjectArn", "ProjectName", "Update"),
            ),
            PropertyMap(""),
        ),
    },
)

TYPE_MAPS = {
    "aws_lambda_function": TypeMap(
        "AWS::Lambda::Function",
        {
            # What is in the archive stands elsewhere.
            "Code": PropertyMap(
                "",
                within={
                    "ImageUri": PropertyMap("image_uri"),
                    "S3Bucket": PropertyMap("s3_bucket"),
                    "ZipFile": PropertyMap(""),
                },
            ),
            "DeadLetterConfig": PropertyMap("dead_letter_config", within={"TargetArn": PropertyMap("target_arn")}),
            "DeploymentPreference": PropertyMap(""),
            "DurableConfig": PropertyMap(
                "durable_config", within={"ExecutionTimeout": PropertyMap("execution_timeout")}
            ),
            "Environment": PropertyMap("environment", within={"Variables": PropertyMap("variables")}),
            "FunctionName": PropertyMap("function_name"),
            "KmsKeyArn": PropertyMap("kms_key_arn"),
            "Layers": PropertyMap("layers"),
            "PackageType": PropertyMap("package_type"),
            "Role": PropertyMap("role"),
            "Runtime": PropertyMap("runtime"),
            "Timeout": PropertyMap("timeout"),
            "TracingConfig": PropertyMap("tracing_config", within={"Mode": PropertyMap("mode")}),
            "VpcConfig": PropertyMap("vpc_config", within={"SubnetIds": PropertyMap("subnet_ids")}),
        },
        attributes={"arn": "Arn", "function_name": "Ref", "id": "Ref"},
        # In CloudFormation, publishing a version is a resource of its own.
        settings={"publish": PropertyMap("publish", default=False)},
    ),
    "aws_lambda_alias": TypeMap(
        "AWS::Lambda::Alias",
        {
            "FunctionName": PropertyMap("function_name"),
            "FunctionVersion": PropertyMap("function_version"),
            "Name": PropertyMap("name"),
            "RoutingConfig": PropertyMap(
                "routing_config",
                within={"AdditionalVersionWeights": PropertyMap("additional_version_weights", read=_weights)},
            ),
        },
        attributes={"arn": "Ref", "id": "Ref"},
    ),
    "aws_lambda_event_source_mapping": TypeMap(
        "AWS::Lambda::EventSourceMapping",
        {
            "BatchSize": PropertyMap("batch_size"),
            "DestinationConfig": PropertyMap(
                "destination_config",
                within={"OnFailure": PropertyMap("on_failure", within={"Destination": PropertyMap("destination_arn")})},
            ),
            "Enabled": PropertyMap("enabled"),
            "DocumentDBEventSourceConfig": PropertyMap("document_db_event_source_config"),
            "EventSourceArn": PropertyMap("event_source_arn"),
            "FilterCriteria": PropertyMap(
                "filter_criteria",
                within={"Filters": PropertyMap("filter", many=True, within={"Pattern": PropertyMap("pattern")})},
            ),
            "FunctionName": PropertyMap("function_name"),
            "FunctionResponseTypes": PropertyMap("function_response_types"),
            "MaximumBatchingWindowInSeconds": PropertyMap("maximum_batching_window_in_seconds"),
            "MaximumRecordAgeInSeconds": PropertyMap("maximum_record_age_in_seconds"),
            "MaximumRetryAttempts": PropertyMap("maximum_retry_attempts"),
            "Queues": PropertyMap("queues"),
            "Topics": PropertyMap("topics"),
        },
        attributes={"id": "Ref", "uuid": "Id"},
    ),
    "aws_lambda_function_event_invoke_config": TypeMap(
        "AWS::Lambda::EventInvokeConfig",
        {
            "DestinationConfig": _DESTINATIONS,
            "FunctionName": PropertyMap("function_name"),
            "MaximumRetryAttempts": PropertyMap("maximum_retry_attempts"),
            "Qualifier": PropertyMap("qualifier"),
        },
        attributes={"id": "Ref"},
    ),
    "aws_lambda_layer_version": TypeMap(
        "AWS::Lambda::LayerVersion", {"LayerName": PropertyMap("layer_name")}, attributes={"arn": "Ref", "id": "Ref"}
    ),
    "aws_lambda_permission": TypeMap(
        "AWS::Lambda::Permission",
        {"FunctionName": PropertyMap("function_name"), "Principal": PropertyMap("principal")},
        attributes={"id": "Ref"},
        # In CloudFormation, the qualifier is part of FunctionName.
        settings={"qualifier": PropertyMap("qualifier")},
    ),
    "aws_lambda_invocation": _INVOCATION,
    "data.aws_lambda_invocation": _INVOCATION,
    "aws_lambda_function_url": TypeMap(
        "AWS::Lambda::Url",
        {"Qualifier": PropertyMap("qualifier"), "TargetFunctionArn": PropertyMap("function_name")},
        attributes={"function_arn": "FunctionArn", "function_url": "FunctionUrl"},
    ),
}
