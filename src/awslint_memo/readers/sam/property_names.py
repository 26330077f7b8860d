"""SAM's words for CloudFormation's, where they are not the same or must be picked out."""

from __future__ import annotations

from collections.abc import Mapping

CARRIED = ("Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy")
"""What stands beside the properties of a resource of SAM and holds for everything that it becomes."""

PROPERTY_NAMES: Mapping[str, Mapping[str, str]] = {
    "AWS::ApiGateway::RestApi": {
        "EndpointConfiguration.Types": "EndpointConfiguration.Type",
        "EndpointConfiguration.VpcEndpointIds": "EndpointConfiguration.VPCEndpointIds",
    },
    "AWS::Lambda::Alias": {"UpdatePolicy.CodeDeployLambdaAliasUpdate": "DeploymentPreference"},
    "AWS::Lambda::Function": {"DeadLetterConfig": "DeadLetterQueue", "TracingConfig.Mode": "Tracing"},
    "AWS::StepFunctions::StateMachine": {"TracingConfiguration.Enabled": "Tracing.Enabled"},
}
"""What a message tells people to write, where SAM has another word for it, by what the resource becomes."""

FUNCTION_OWN = frozenset(
    [
        "AssumeRolePolicyDocument",
        "AutoPublishAlias",
        "AutoPublishAliasAllProperties",
        "AutoPublishCodeSha256",
        "CodeUri",
        "DeadLetterQueue",
        "DeploymentPreference",
        "EventInvokeConfig",
        "Events",
        "FunctionUrlConfig",
        "ImageUri",
        "InlineCode",
        "PermissionsBoundary",
        "Policies",
        "PropagateTags",
        "ProvisionedConcurrencyConfig",
        "Role",
        "RolePath",
        "Tags",
        "Tracing",
        "VersionDeletionPolicy",
        "VersionDescription",
    ]
)
"""A function's properties that are not Lambda's under the same name and in the same shape."""

MAPPING_SOURCES: Mapping[str, str] = {
    "SQS": "Queue",
    "Kinesis": "Stream",
    "DynamoDB": "Stream",
    "MSK": "Stream",
    "MQ": "Broker",
    "DocumentDB": "Cluster",
    "SelfManagedKafka": "",
}
"""Events that are event source mappings, and how each calls its EventSourceArn."""

MAPPING_SAME = [
    "BatchSize",
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "Enabled",
    "FilterCriteria",
    "FunctionResponseTypes",
    "KmsKeyArn",
    "LoggingConfig",
    "MaximumBatchingWindowInSeconds",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "MetricsConfig",
    "ParallelizationFactor",
    "ProvisionedPollerConfig",
    "Queues",
    "ScalingConfig",
    "SourceAccessConfigurations",
    "StartingPosition",
    "StartingPositionTimestamp",
    "Topics",
    "TumblingWindowInSeconds",
]
"""An event's properties that an event source mapping has under the same names."""

MAPPING_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "MSK": ("AmazonManagedKafkaEventSourceConfig", ("ConsumerGroupId", "SchemaRegistryConfig")),
    "SelfManagedKafka": ("SelfManagedKafkaEventSourceConfig", ("ConsumerGroupId", "SchemaRegistryConfig")),
    "DocumentDB": ("DocumentDBEventSourceConfig", ("DatabaseName", "CollectionName", "FullDocument")),
}
"""Properties that a mapping keeps one level down."""

MAPPING_POLICIES: Mapping[str, str] = {
    "SQS": "service-role/AWSLambdaSQSQueueExecutionRole",
    "Kinesis": "service-role/AWSLambdaKinesisExecutionRole",
    "DynamoDB": "service-role/AWSLambdaDynamoDBExecutionRole",
    "MSK": "service-role/AWSLambdaMSKExecutionRole",
}
"""The managed policy that the function's role gets for an event."""

PRINCIPALS: Mapping[str, str] = {
    "SNS": "sns.amazonaws.com",
    "S3": "s3.amazonaws.com",
    "Schedule": "events.amazonaws.com",
    "CloudWatchEvent": "events.amazonaws.com",
    "EventBridgeRule": "events.amazonaws.com",
    "CloudWatchLogs": "logs.amazonaws.com",
    "IoTRule": "iot.amazonaws.com",
    "Cognito": "cognito-idp.amazonaws.com",
    "AlexaSkill": "alexa-appkit.amazon.com",
    "Api": "apigateway.amazonaws.com",
    "HttpApi": "apigateway.amazonaws.com",
}
"""Who may invoke the function for an event."""

SCHEDULE_SAME = [
    "Description",
    "EndDate",
    "FlexibleTimeWindow",
    "GroupName",
    "KmsKeyArn",
    "ScheduleExpression",
    "ScheduleExpressionTimezone",
    "StartDate",
    "State",
]
"""A ScheduleV2 event's properties that a schedule has under the same names."""

DEPLOYMENT_TYPES = frozenset(
    [
        "AllAtOnce",
        "Canary10Percent5Minutes",
        "Canary10Percent10Minutes",
        "Canary10Percent15Minutes",
        "Canary10Percent30Minutes",
        "Linear10PercentEvery1Minute",
        "Linear10PercentEvery2Minutes",
        "Linear10PercentEvery3Minutes",
        "Linear10PercentEvery10Minutes",
    ]
)
"""Deployment types that are CodeDeploy's own configurations without their prefix."""

REST_API_SAME = [
    "ApiKeySourceType",
    "BinaryMediaTypes",
    "Description",
    "DisableExecuteApiEndpoint",
    "FailOnWarnings",
    "MinimumCompressionSize",
    "Mode",
    "Name",
]

REST_STAGE_SAME = [
    "AccessLogSetting",
    "CacheClusterEnabled",
    "CacheClusterSize",
    "CanarySetting",
    "MethodSettings",
    "StageName",
    "TracingEnabled",
    "Variables",
]

HTTP_API_SAME = ("Description", "DisableExecuteApiEndpoint", "FailOnWarnings", "Name", "CorsConfiguration", "Tags")

HTTP_STAGE_SAME = ("AccessLogSettings", "DefaultRouteSettings", "RouteSettings", "StageVariables", "Tags")

STATE_MACHINE: Mapping[str, str] = {
    "Definition": "Definition",
    "DefinitionSubstitutions": "DefinitionSubstitutions",
    "Logging": "LoggingConfiguration",
    "Name": "StateMachineName",
    "Role": "RoleArn",
    "Tracing": "TracingConfiguration",
    "Type": "StateMachineType",
}

TABLE_SAME = ("PointInTimeRecoverySpecification", "ProvisionedThroughput", "SSESpecification", "TableName")

KEY_TYPES: Mapping[str, str] = {"String": "S", "Number": "N", "Binary": "B"}
