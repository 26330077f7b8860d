"""What flows between resources, by the type that says it: where it names the other one, and a verb phrase for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.record import record

_BUCKET = "AWS::S3::Bucket"
_FUNCTION = "AWS::Lambda::Function"
_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup"
_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"
_INSTANCE, _CLUSTER = "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"


@record(frozen=True)
class Flow:
    """One way in which a type names others. path: where; the items of lists on the path, and of JSON texts, each.

    label: a verb phrase from source to target. is_back: whether the named one is the source. types: what may be named
    there by a name alone; none if the value has to be a reference, an ARN or a URL. off: where the type says that this
    is switched off, and the word for it. is_whole: whether all that is named anywhere in the value counts. is_weak: see
    `Relation`.
    """

    path: str
    label: str
    is_back: bool = False
    types: Sequence[str] = ()
    off: tuple[str, str] | None = None
    is_whole: bool = False
    is_weak: bool = False


FAILED = "sends failed messages to"
TOLD = "is told of"
READ = "is read by"


_SWITCHED = ("State", "DISABLED")

SCALED = (
    *("AWS::AppStream::Fleet", "AWS::Cassandra::Table", "AWS::Comprehend::Endpoint", "AWS::DynamoDB::GlobalTable"),
    *("AWS::DynamoDB::Table", "AWS::EC2::SpotFleet", "AWS::ECS::Service", "AWS::ElastiCache::ReplicationGroup"),
    *("AWS::EMR::Cluster", _FUNCTION, "AWS::Lambda::Alias", "AWS::MSK::Cluster", "AWS::Neptune::DBCluster", _CLUSTER),
    *("AWS::SageMaker::Endpoint", "AWS::SageMaker::InferenceComponent"),
)
"""What Application Auto Scaling scales."""

FLOWS: Mapping[str, Sequence[Flow]] = {
    _BUCKET: (
        Flow("NotificationConfiguration.LambdaConfigurations.Function", "sends events to", types=(_FUNCTION,)),
        Flow("NotificationConfiguration.QueueConfigurations.Queue", "sends events to"),
        Flow("NotificationConfiguration.TopicConfigurations.Topic", "sends events to"),
        Flow("ReplicationConfiguration.Rules.Destination.Bucket", "is replicated to"),
        Flow("LoggingConfiguration.DestinationBucketName", "writes access logs to", types=(_BUCKET,)),
    ),
    "AWS::Events::Rule": (
        Flow("EventBusName", "passes events to", is_back=True, types=("AWS::Events::EventBus",)),
        Flow("EventPattern", "is watched by", is_back=True, is_whole=True),
        Flow("Targets.Arn", "sends events to", off=_SWITCHED),
        Flow("Targets.EcsParameters.TaskDefinitionArn", "starts tasks of", off=_SWITCHED),
    ),
    "AWS::EventsV2::Subscriber": (
        Flow("EventBusArn", "passes events to", is_back=True),
        Flow("InvokeConfiguration.TargetArn", "sends events to"),
    ),
    "AWS::EventsV2::EventSource": (Flow("EventBusArn", "sends events to"),),
    "AWS::Scheduler::Schedule": (
        Flow("Target.Arn", "starts", off=_SWITCHED),
        Flow("Target.EcsParameters.TaskDefinitionArn", "starts tasks of", off=_SWITCHED),
        Flow("Target.Input", "calls AWS for", off=_SWITCHED, is_whole=True),
    ),
    "AWS::Pipes::Pipe": (
        Flow("Source", READ, is_back=True, off=("DesiredState", "STOPPED")),
        Flow("Enrichment", "asks"),
        Flow("Target", "sends events to", off=("DesiredState", "STOPPED")),
    ),
    _FUNCTION: (
        Flow("Environment.Variables", TOLD, is_whole=True),
        Flow("FileSystemConfigs.Arn", "mounts"),
    ),
    "AWS::KinesisFirehose::DeliveryStream": (
        Flow("KinesisStreamSourceConfiguration.KinesisStreamARN", READ, is_back=True),
        Flow("MSKSourceConfiguration.MSKClusterARN", READ, is_back=True),
    ),
    "AWS::CloudFormation::Macro": (Flow("FunctionName", "calls", types=(_FUNCTION,)),),
    "AWS::ApiGatewayV2::Api": (Flow("Target", "forwards requests to"),),
    "AWS::Lambda::Url": (Flow("TargetFunctionArn", "forwards requests to", types=(_FUNCTION,)),),
    "AWS::Cognito::UserPool": (Flow("LambdaConfig", "calls", is_whole=True),),
    "AWS::StepFunctions::StateMachine": (
        Flow("Definition", "calls", is_whole=True),
        Flow("DefinitionString", "calls", is_whole=True),
        Flow("DefinitionSubstitutions", "calls", is_whole=True),
    ),
    "AWS::Kinesis::StreamConsumer": (Flow("StreamARN", READ, is_back=True),),
    "AWS::DynamoDB::Table": (Flow("KinesisStreamSpecification.StreamArn", "sends changes to"),),
    "AWS::IoT::TopicRule": (Flow("TopicRulePayload.Actions", "sends messages to", is_whole=True),),
    "AWS::RDS::DBInstance": (
        Flow("SourceDBInstanceIdentifier", "is replicated to", is_back=True, types=(_INSTANCE,)),
        Flow("SourceDBClusterIdentifier", "is replicated to", is_back=True, types=(_CLUSTER,)),
    ),
    _CLUSTER: (
        Flow("ReplicationSourceIdentifier", "is replicated to", is_back=True, types=(_CLUSTER, _INSTANCE)),
        Flow("SourceDBClusterIdentifier", "is the source of", is_back=True, types=(_CLUSTER,)),
        Flow("GlobalClusterIdentifier", "has the member", is_back=True, types=("AWS::RDS::GlobalCluster",)),
    ),
    "AWS::RDS::GlobalCluster": (Flow("SourceDBClusterIdentifier", "has the member", types=(_CLUSTER,)),),
    "AWS::DocDB::DBCluster": (
        Flow("GlobalClusterIdentifier", "has the member", is_back=True, types=("AWS::DocDB::GlobalCluster",)),
    ),
    "AWS::Neptune::DBCluster": (Flow("GlobalClusterIdentifier", "has the member", is_back=True),),
    "AWS::ElastiCache::GlobalReplicationGroup": (
        Flow("Members.ReplicationGroupId", "has the member", types=("AWS::ElastiCache::ReplicationGroup",)),
    ),
    "AWS::ElastiCache::ReplicationGroup": (Flow("GlobalReplicationGroupId", "has the member", is_back=True),),
    _GROUP: (
        Flow("TargetGroupARNs", "sends requests to", is_back=True),
        Flow("LoadBalancerNames", "sends requests to", is_back=True, types=(_CLASSIC,)),
        Flow("TrafficSources.Identifier", "sends requests to", is_back=True),
        Flow("LifecycleHookSpecificationList.NotificationTargetARN", "notifies"),
        Flow("NotificationConfigurations.TopicARN", "notifies"),
    ),
    "AWS::AutoScaling::LifecycleHook": (
        Flow("AutoScalingGroupName", "waits for", is_back=True, types=(_GROUP,)),
        Flow("NotificationTargetARN", "notifies"),
    ),
    "AWS::AutoScaling::ScalingPolicy": (Flow("AutoScalingGroupName", "scales", types=(_GROUP,)),),
    "AWS::AutoScaling::ScheduledAction": (Flow("AutoScalingGroupName", "scales", types=(_GROUP,)),),
    "AWS::ApplicationAutoScaling::ScalingPolicy": (
        Flow("ScalingTargetId", "scales"),
        Flow("ResourceId", "scales", types=SCALED),
    ),
    _TARGETS: (Flow("Targets.Id", "sends requests to"),),
    _CLASSIC: (Flow("Instances", "sends requests to"),),
    "AWS::ECS::Service": (
        Flow("LoadBalancers.TargetGroupArn", "sends requests to", is_back=True),
        Flow("LoadBalancers.LoadBalancerName", "sends requests to", is_back=True, types=(_CLASSIC,)),
        Flow("TaskDefinition", "runs"),
    ),
    "AWS::ECS::CapacityProvider": (Flow("AutoScalingGroupProvider.AutoScalingGroupArn", "scales", types=(_GROUP,)),),
    "AWS::CloudFront::Distribution": (
        Flow("DistributionConfig.Origins.DomainName", "forwards requests to"),
        Flow("DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations.LambdaFunctionARN", "runs"),
        Flow("DistributionConfig.CacheBehaviors.LambdaFunctionAssociations.LambdaFunctionARN", "runs"),
        Flow("DistributionConfig.Logging.Bucket", "writes access logs to"),
        Flow("DistributionConfig.WebACLId", "protects", is_back=True),
    ),
    "AWS::Backup::BackupPlan": (
        Flow("BackupPlan.BackupPlanRule.TargetBackupVault", "keeps backups in", types=("AWS::Backup::BackupVault",)),
        Flow(
            "BackupPlan.BackupPlanRule.CopyActions.DestinationBackupVaultArn",
            "copies backups to",
            types=("AWS::Backup::BackupVault",),
        ),
    ),
    "AWS::CodeBuild::Project": (
        Flow("Artifacts.Location", "writes artifacts to", types=(_BUCKET,)),
        Flow("Environment.EnvironmentVariables", TOLD, is_whole=True),
        Flow("Source.Location", "is built by", is_back=True),
    ),
    "AWS::RDS::EventSubscription": (
        Flow("SourceIds", "is watched by", is_back=True, types=(_INSTANCE, _CLUSTER)),
        Flow("SnsTopicArn", "notifies"),
    ),
    "AWS::SES::ReceiptRule": (Flow("Rule.Actions", "sends mail to", is_whole=True),),
    "AWS::Synthetics::Canary": (
        Flow("ArtifactS3Location", "writes to"),
        Flow("RunConfig.EnvironmentVariables", TOLD, is_whole=True),
    ),
    "AWS::KinesisAnalyticsV2::Application": (Flow("ApplicationConfiguration", "is told of", is_whole=True),),
    "AWS::Glue::Job": (Flow("DefaultArguments", TOLD, is_whole=True),),
    "AWS::CodeDeploy::DeploymentGroup": (
        Flow("AutoScalingGroups", "deploys to", types=(_GROUP,)),
        Flow("ECSServices.ServiceName", "deploys to", types=("AWS::ECS::Service",)),
        Flow("LoadBalancerInfo.TargetGroupInfoList.Name", "moves the traffic of", types=(_TARGETS,)),
        Flow("LoadBalancerInfo.TargetGroupPairInfoList.TargetGroups.Name", "moves the traffic of", types=(_TARGETS,)),
    ),
    "AWS::EC2::FlowLog": (Flow("LogDestination", "writes to"),),
    "AWS::CodeCommit::Repository": (Flow("Triggers.DestinationArn", "notifies"),),
    "AWS::CloudFormation::CustomResource": (Flow("ServiceToken", "calls"),),
    "AWS::ECS::TaskDefinition": (
        Flow("Volumes.EFSVolumeConfiguration.FilesystemId", "mounts"),
        Flow("ContainerDefinitions", TOLD, is_whole=True),
    ),
}
"""The flows of each type that is drawn as a node. Dead letters, alarms and pipelines have modules of their own."""

UNTOLD = ("AWS::EC2::", "AWS::IAM::", "AWS::KMS::", "AWS::Lambda::LayerVersion", "AWS::Logs::")
"""How the types begin that only stand beside what flows, wherever they are named."""
