"""Tables for the translation of SAM: names of properties, events and policies that differ from CloudFormation's."""

from __future__ import annotations

from collections.abc import Mapping

CARRIED = ("Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy")
"""Attributes of a SAM resource that apply to all resources generated from it."""

PROPERTY_NAMES: Mapping[str, Mapping[str, str]] = {
    "AWS::ApiGateway::RestApi": {
        "EndpointConfiguration.Types": "EndpointConfiguration.Type",
        "EndpointConfiguration.VpcEndpointIds": "EndpointConfiguration.VPCEndpointIds",
    },
    "AWS::ApiGateway::DomainName": {
        "EndpointConfiguration.Types": "EndpointConfiguration",
        "RegionalCertificateArn": "CertificateArn",
    },
    "AWS::CodeDeploy::DeploymentGroup": {
        "AlarmConfiguration": "DeploymentPreference.Alarms",
        "DeploymentConfigName": "DeploymentPreference.Type",
    },
    "AWS::Lambda::Alias": {"UpdatePolicy.CodeDeployLambdaAliasUpdate": "DeploymentPreference"},
    "AWS::Lambda::Function": {"DeadLetterConfig": "DeadLetterQueue", "TracingConfig.Mode": "Tracing"},
    "AWS::Route53::RecordSetGroup": {"AliasTarget.EvaluateTargetHealth": "EvaluateTargetHealth"},
    "AWS::StepFunctions::StateMachine": {"TracingConfiguration.Enabled": "Tracing.Enabled"},
}
"""SAM's names of properties for messages, by generated type, where they differ from CloudFormation's."""

FUNCTION_OWN = frozenset(
    [
        "AssumeRolePolicyDocument",
        "AutoPublishAlias",
        "AutoPublishAliasAllProperties",
        "AutoPublishCodeSha256",
        "CapacityProviderConfig",
        "CodeUri",
        "DeadLetterQueue",
        "DeploymentPreference",
        "EventInvokeConfig",
        "Events",
        "FunctionScalingConfig",
        "FunctionUrlConfig",
        "ImageUri",
        "InlineCode",
        "PermissionsBoundary",
        "Policies",
        "PropagateTags",
        "ProvisionedConcurrencyConfig",
        "Role",
        "RolePath",
        "SourceKMSKeyArn",
        "Tags",
        "Tracing",
        "VersionDeletionPolicy",
        "VersionDescription",
    ]
)
"""Properties of a SAM function that differ in name or structure from those of AWS::Lambda::Function."""

MAPPING_SOURCES: Mapping[str, str] = {
    "SQS": "Queue",
    "Kinesis": "Stream",
    "DynamoDB": "Stream",
    "MSK": "Stream",
    "MQ": "Broker",
    "DocumentDB": "Cluster",
    "SelfManagedKafka": "",
}
"""Event types that are event source mappings, with the name of the property for EventSourceArn."""

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
"""Properties of an event that an event source mapping has under the same name."""

MAPPING_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "MSK": ("AmazonManagedKafkaEventSourceConfig", ("ConsumerGroupId", "SchemaRegistryConfig")),
    "SelfManagedKafka": ("SelfManagedKafkaEventSourceConfig", ("ConsumerGroupId", "SchemaRegistryConfig")),
    "DocumentDB": ("DocumentDBEventSourceConfig", ("DatabaseName", "CollectionName", "FullDocument")),
}
"""Properties that are nested one level deeper in an event source mapping."""

MAPPING_POLICIES: Mapping[str, str] = {
    "SQS": "service-role/AWSLambdaSQSQueueExecutionRole",
    "Kinesis": "service-role/AWSLambdaKinesisExecutionRole",
    "DynamoDB": "service-role/AWSLambdaDynamoDBExecutionRole",
    "MSK": "service-role/AWSLambdaMSKExecutionRole",
}
"""The managed policy that SAM attaches to the function's role for an event type."""

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
"""The principal that invokes the function for an event type."""

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
"""Properties of a ScheduleV2 event that AWS::Scheduler::Schedule has under the same name."""

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
"""Deployment types that are names of CodeDeploy's predefined configurations without prefix."""

REST_API_SAME = [
    "ApiKeySourceType",
    "BinaryMediaTypes",
    "Description",
    "DisableExecuteApiEndpoint",
    "EndpointAccessMode",
    "FailOnWarnings",
    "MinimumCompressionSize",
    "Mode",
    "Name",
    "SecurityPolicy",
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

WEBSOCKET_API_SAME = (
    *("ApiKeySelectionExpression", "Description", "DisableExecuteApiEndpoint", "DisableSchemaValidation"),
    *("IpAddressType", "Name", "RouteSelectionExpression", "Tags"),
)

WEBSOCKET_ROUTE = (
    *("ApiKeyRequired", "ModelSelectionExpression", "OperationName", "RequestModels", "RequestParameters"),
    "RouteResponseSelectionExpression",
)
"""Properties of a route of a WebSocket API that AWS::ApiGatewayV2::Route has under the same name."""

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
