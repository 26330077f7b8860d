"""What SAM has today: the properties of each type and of events, and CloudFormation's names for them."""

from __future__ import annotations

from collections.abc import Mapping

PROPERTIES: Mapping[str, str] = {
    "Api": """
        AccessLogSetting AlwaysDeploy ApiKeySourceType Auth BinaryMediaTypes CacheClusterEnabled CacheClusterSize
        CanarySetting Cors DefinitionBody DefinitionUri Description DisableExecuteApiEndpoint Domain
        EndpointAccessMode EndpointConfiguration FailOnWarnings GatewayResponses MergeDefinitions MethodSettings
        MinimumCompressionSize Mode Models Name OpenApiVersion Policy PropagateTags SecurityPolicy StageName Tags
        TracingEnabled Variables
    """,
    "Application": "Location NotificationARNs Parameters Tags TimeoutInMinutes",
    "CapacityProvider": """
        CapacityProviderName InstanceRequirements KmsKeyArn LoggingConfig ManagedResourceTags OperatorRole
        PropagateTags ScalingConfig Tags VpcConfig
    """,
    "Connector": """
        Destination Permissions Source
    """,
    "Function": """
        Architectures AssumeRolePolicyDocument AutoPublishAlias AutoPublishAliasAllProperties
        AutoPublishCodeSha256 CapacityProviderConfig CodeSigningConfigArn CodeUri DeadLetterQueue
        DeploymentPreference Description DurableConfig Environment EphemeralStorage EventInvokeConfig Events
        FileSystemConfigs FunctionName FunctionScalingConfig FunctionUrlConfig Handler ImageConfig ImageUri
        InlineCode KmsKeyArn Layers LoggingConfig MemorySize PackageType PermissionsBoundary Policies
        PropagateTags ProvisionedConcurrencyConfig PublishToLatestPublished RecursiveLoop
        ReservedConcurrentExecutions Role RolePath Runtime RuntimeManagementConfig SnapStart SourceKMSKeyArn Tags
        TenancyConfig Timeout Tracing VersionDeletionPolicy VersionDescription VpcConfig
    """,
    "GraphQLApi": """
        ApiKeys Auth Cache DataSources DomainName Functions IntrospectionConfig Logging Name OwnerContact
        QueryDepthLimit ResolverCountLimit Resolvers SchemaInline SchemaUri Tags Visibility XrayEnabled
    """,
    "HttpApi": """
        AccessLogSettings Auth CorsConfiguration DefaultRouteSettings DefinitionBody DefinitionUri Description
        DisableExecuteApiEndpoint Domain FailOnWarnings Name PropagateTags RouteSettings StageName StageVariables
        Tags
    """,
    "LayerVersion": """
        CompatibleArchitectures CompatibleRuntimes ContentUri Description LayerName LicenseInfo
        PublishLambdaVersion RetentionPolicy
    """,
    "MicrovmImage": """
        AdditionalOsCapabilities BaseImageArn BaseImageVersion BuildRoleArn CodeUri CpuConfigurations Description
        EgressNetworkConnectors EnvironmentVariables Hooks Logging Name PropagateTags Resources Tags
    """,
    "NetworkConnector": """
        ComputeTypes Name OperatorRole PropagateTags Tags VpcConfig
    """,
    "SimpleTable": """
        PointInTimeRecoverySpecification PrimaryKey ProvisionedThroughput SSESpecification TableName Tags
    """,
    "StateMachine": """
        AutoPublishAlias Definition DefinitionSubstitutions DefinitionUri DeploymentPreference Events Logging
        Name PermissionsBoundary Policies PropagateTags Role RolePath Tags Tracing Type UseAliasAsEventTarget
    """,
    "WebFunction": """
        AuthType AutoDeploymentMode CodeUri EgressNetworkConnectorArn EndpointDescription EndpointName
        EndpointType EntryPoint EnvironmentVariables ExecutionRoleArn FunctionName InlineCode KmsKeyArn
        LoggingConfig MaxConcurrencyPerEnvironment ReplicaRegions RevisionDescription RevisionWeights Runtime
        ScalingConfig Tags ThrottleConfig Timeout
    """,
    "WebSocketApi": """
        AccessLogSettings ApiKeySelectionExpression Auth DefaultRouteSettings Description
        DisableExecuteApiEndpoint DisableSchemaValidation Domain IpAddressType Name PropagateTags
        RouteSelectionExpression RouteSettings Routes StageName StageVariables Tags
    """,
}
"""The properties of each type, by its name without `AWS::Serverless::`. Read 2026-11-26 in the schema of AWS's
translator, https://github.com/aws/serverless-application-model."""

EVENTS = """
    ApiId Auth AwsIotSqlVersion BatchSize BisectBatchOnFunctionError Broker Bucket Cluster CollectionName
    ConsumerGroupId DatabaseName DeadLetterConfig Description DestinationConfig DynamicPolicyName Enabled EndDate
    EventBusName Events Filter FilterCriteria FilterPattern FilterPolicy FilterPolicyScope FlexibleTimeWindow
    FullDocument FunctionResponseTypes GroupName Input InputPath InputTransformer KafkaBootstrapServers KmsKeyArn
    LogGroupName LoggingConfig MaximumBatchingWindowInSeconds MaximumRecordAgeInSeconds MaximumRetryAttempts
    Method MetricsConfig Name OmitName ParallelizationFactor Path Pattern PayloadFormatVersion PermissionsBoundary
    ProvisionedPollerConfig Queue Queues RedrivePolicy Region RequestModel RequestParameters ResponseTransferMode
    RestApiId RetryPolicy RoleArn RouteSettings RuleName ScalingConfig Schedule ScheduleExpression
    ScheduleExpressionTimezone SchemaRegistryConfig SecretsManagerKmsKeyId SkillId SourceAccessConfigurations Sql
    SqsSubscription Stage StartDate StartingPosition StartingPositionTimestamp State Stream Target TimeoutInMillis
    Topic Topics Trigger TumblingWindowInSeconds UnescapeMappingTemplate UserPool
"""
"""The properties of all events of functions and state machines, from the same schema. SAM allows those of one event in
others too, and Stage and RedrivePolicy, which the schema lacks."""


BY_PACKAGING = "__MANAGE_SWAGGER"
"""A property that SAM's own commands write into APIs: the definition that stands there is generated from events."""


def are_known(names: str, written: Mapping[str, object]) -> bool:
    """Whether all properties that are written are among these names."""
    known = {*names.split(), BY_PACKAGING}
    return known.issuperset(name for name in written if not name.startswith("Fn::"))


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
    "AWS::Events::Rule": {"Targets[0].DeadLetterConfig": "DeadLetterConfig"},
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
