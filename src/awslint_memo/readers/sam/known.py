"""What SAM has today: the properties of each type and of events. Others are of a newer SAM, and may do anything."""

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
    "Application": """
        Location NotificationARNs Parameters Tags TimeoutInMinutes
    """,
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
