"""What flows between resources, by the type that says it: where it names the other one, and a verb phrase for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.record import record
from awslint_memo.relations.cloudwatch.alarms import USERS
from awslint_memo.relations.sqs.dead_letters import FAILURES

_QUEUE, _TOPIC, _BUCKET, _FUNCTION = "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::S3::Bucket", "AWS::Lambda::Function"
_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup"
_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"
_INSTANCE, _CLUSTER = "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"
_ALARM = "AWS::CloudWatch::Alarm"
_MEMBERS = ("AWS::RDS::DBCluster", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster", "AWS::RDS::DBInstance")


@record(frozen=True)
class Flow:
    """One way in which a type names others. path: where; the items of lists on the path, and of JSON texts, each.

    label: a verb phrase from source to target. is_back: whether the named one is the source. types: what may be named
    there by a name alone; none if the value has to be a reference, an ARN or a URL. off: where the type says that this
    is switched off, and the word for it. is_whole: whether all that is named anywhere in the value counts.
    """

    path: str
    label: str
    is_back: bool = False
    types: Sequence[str] = ()
    off: tuple[str, str] | None = None
    is_whole: bool = False


@record(frozen=True)
class Line:
    """A type that only joins others, so that it is drawn as a line: for whom it speaks, and what flows.

    alone: from that one to it, where what it leads to is not known, so that it is drawn as a node.
    """

    owner: Flow
    flows: Sequence[Flow]
    alone: str = ""


@record(frozen=True)
class Inside:
    """Where a type names the cluster that it is a part of, the types of that, and a verb phrase from it."""

    path: str
    types: Sequence[str]
    label: str


FAILED = "sends failed messages to"
TOLD = "is told of"
_READ = "is read by"

TELLING = (
    *("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table", "AWS::DAX::Cluster", "AWS::DocDB::DBCluster"),
    *("AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::ServerlessCache"),
    *("AWS::Events::EventBus", "AWS::Kinesis::Stream", "AWS::KinesisFirehose::DeliveryStream", _FUNCTION),
    *("AWS::MemoryDB::Cluster", "AWS::Neptune::DBCluster", "AWS::OpenSearchService::Domain", _CLUSTER, _INSTANCE),
    *("AWS::RDS::DBProxy", "AWS::Redshift::Cluster", _BUCKET, _TOPIC, _QUEUE, "AWS::StepFunctions::StateMachine"),
    *("AWS::AppSync::GraphQLApi", "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::CodePipeline::Pipeline"),
    *("AWS::SSM::Parameter", "AWS::SecretsManager::Secret", "AWS::EFS::FileSystem", "AWS::Cognito::UserPool"),
)
"""What a program uses if it is told of it."""

_SWITCHED = ("State", "DISABLED")

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
        Flow("Source", _READ, is_back=True, off=("DesiredState", "STOPPED")),
        Flow("Enrichment", "asks"),
        Flow("Target", "sends events to", off=("DesiredState", "STOPPED")),
    ),
    _FUNCTION: (Flow("Environment.Variables", TOLD, types=TELLING, is_whole=True),),
    "AWS::Lambda::Url": (Flow("TargetFunctionArn", "forwards requests to", types=(_FUNCTION,)),),
    "AWS::Cognito::UserPool": (Flow("LambdaConfig", "calls", is_whole=True),),
    "AWS::StepFunctions::StateMachine": (
        Flow("Definition", "calls", is_whole=True),
        Flow("DefinitionString", "calls", is_whole=True),
        Flow("DefinitionSubstitutions", "calls", is_whole=True),
    ),
    "AWS::Kinesis::StreamConsumer": (Flow("StreamARN", _READ, is_back=True),),
    "AWS::DynamoDB::Table": (Flow("KinesisStreamSpecification.StreamArn", "sends changes to"),),
    "AWS::IoT::TopicRule": (Flow("TopicRulePayload.Actions", "sends messages to", is_whole=True),),
    "AWS::RDS::DBInstance": (
        Flow("SourceDBInstanceIdentifier", "is replicated to", is_back=True, types=(_INSTANCE,)),
        Flow("SourceDBClusterIdentifier", "is replicated to", is_back=True, types=(_CLUSTER,)),
    ),
    _CLUSTER: (
        Flow("ReplicationSourceIdentifier", "is replicated to", is_back=True, types=(_CLUSTER, _INSTANCE)),
        Flow("SourceDBClusterIdentifier", "is the source of", is_back=True, types=(_CLUSTER,)),
        Flow("GlobalClusterIdentifier", "replicates between", is_back=True, types=("AWS::RDS::GlobalCluster",)),
    ),
    "AWS::RDS::GlobalCluster": (Flow("SourceDBClusterIdentifier", "replicates between", types=(_CLUSTER,)),),
    "AWS::DocDB::DBCluster": (
        Flow("GlobalClusterIdentifier", "replicates between", is_back=True, types=("AWS::DocDB::GlobalCluster",)),
    ),
    "AWS::Neptune::DBCluster": (Flow("GlobalClusterIdentifier", "replicates between", is_back=True),),
    "AWS::ElastiCache::GlobalReplicationGroup": (
        Flow("Members.ReplicationGroupId", "replicates between", types=("AWS::ElastiCache::ReplicationGroup",)),
    ),
    "AWS::ElastiCache::ReplicationGroup": (Flow("GlobalReplicationGroupId", "replicates between", is_back=True),),
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
    "AWS::ApplicationAutoScaling::ScalableTarget": (Flow("ResourceId", "scales"),),
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
    "AWS::CodeBuild::Project": (Flow("Artifacts.Location", "writes artifacts to", types=(_BUCKET,)),),
    "AWS::CodeDeploy::DeploymentGroup": (
        Flow("AutoScalingGroups", "deploys to", types=(_GROUP,)),
        Flow("ECSServices.ServiceName", "deploys to", types=("AWS::ECS::Service",)),
        Flow("LoadBalancerInfo.TargetGroupInfoList.Name", "moves the traffic of", types=(_TARGETS,)),
        Flow("LoadBalancerInfo.TargetGroupPairInfoList.TargetGroups.Name", "moves the traffic of", types=(_TARGETS,)),
    ),
    "AWS::CodeCommit::Repository": (Flow("Triggers.DestinationArn", "notifies"),),
    "AWS::CloudFormation::CustomResource": (Flow("ServiceToken", "calls"),),
    "AWS::ECS::TaskDefinition": (
        Flow("Volumes.EFSVolumeConfiguration.FilesystemId", "mounts"),
        Flow("ContainerDefinitions", TOLD, types=TELLING, is_whole=True),
    ),
}
"""The flows of each type that is drawn as a node. Dead letters, alarms and pipelines have modules of their own."""

LINES: Mapping[str, Line] = {
    "AWS::Lambda::EventSourceMapping": Line(
        Flow("FunctionName", "invokes", types=(_FUNCTION,)),
        (Flow("EventSourceArn", _READ, is_back=True, off=("Enabled", "false")),),
        "invokes",
    ),
    "AWS::Lambda::EventInvokeConfig": Line(
        Flow("FunctionName", "", types=(_FUNCTION,)),
        (Flow("DestinationConfig.OnSuccess.Destination", "sends results to"),),
    ),
    "AWS::ApiGateway::Method": Line(Flow("RestApiId", ""), (Flow("Integration.Uri", "forwards requests to"),)),
    "AWS::ApiGatewayV2::Integration": Line(Flow("ApiId", ""), (Flow("IntegrationUri", "forwards requests to"),)),
    "AWS::ApiGateway::Authorizer": Line(Flow("RestApiId", ""), (Flow("AuthorizerUri", "asks for permission"),)),
    "AWS::ApiGatewayV2::Authorizer": Line(Flow("ApiId", ""), (Flow("AuthorizerUri", "asks for permission"),)),
    "AWS::ApiGateway::BasePathMapping": Line(
        Flow("DomainName", "", types=("AWS::ApiGateway::DomainName",)), (Flow("RestApiId", "leads to"),)
    ),
    "AWS::ApiGatewayV2::ApiMapping": Line(
        Flow("DomainName", "", types=("AWS::ApiGatewayV2::DomainName",)), (Flow("ApiId", "leads to"),)
    ),
    "AWS::AppSync::DataSource": Line(
        Flow("ApiId", ""),
        (
            Flow("LambdaConfig.LambdaFunctionArn", "asks"),
            Flow("DynamoDBConfig.TableName", "reads and writes", types=("AWS::DynamoDB::Table",)),
        ),
    ),
    "AWS::Logs::SubscriptionFilter": Line(
        Flow("LogGroupName", "", types=("AWS::Logs::LogGroup",)), (Flow("DestinationArn", "sends lines to"),)
    ),
    "AWS::ElasticLoadBalancingV2::Listener": Line(
        Flow("LoadBalancerArn", ""),
        (
            Flow("DefaultActions.TargetGroupArn", "forwards requests to"),
            Flow("DefaultActions.ForwardConfig.TargetGroups.TargetGroupArn", "forwards requests to"),
        ),
    ),
    "AWS::ElasticLoadBalancingV2::ListenerRule": Line(
        Flow("ListenerArn", ""),
        (
            Flow("Actions.TargetGroupArn", "forwards requests to"),
            Flow("Actions.ForwardConfig.TargetGroups.TargetGroupArn", "forwards requests to"),
        ),
    ),
    "AWS::GlobalAccelerator::Listener": Line(Flow("AcceleratorArn", ""), ()),
    "AWS::GlobalAccelerator::EndpointGroup": Line(
        Flow("ListenerArn", ""), (Flow("EndpointConfigurations.EndpointId", "sends requests to"),)
    ),
    "AWS::WAFv2::WebACLAssociation": Line(Flow("WebACLArn", ""), (Flow("ResourceArn", "protects"),)),
    "AWS::SecretsManager::SecretTargetAttachment": Line(
        Flow("SecretId", ""), (Flow("TargetId", "holds the credentials of", types=_MEMBERS),)
    ),
    "AWS::SecretsManager::RotationSchedule": Line(Flow("SecretId", ""), (Flow("RotationLambdaARN", "is rotated by"),)),
    "AWS::EC2::VolumeAttachment": Line(Flow("InstanceId", ""), (Flow("VolumeId", "uses"),)),
    "AWS::RDS::DBProxyTargetGroup": Line(
        Flow("DBProxyName", ""),
        (
            Flow("DBClusterIdentifiers", "connects to", types=(_CLUSTER,)),
            Flow("DBInstanceIdentifiers", "connects to", types=(_INSTANCE,)),
        ),
    ),
    "AWS::ECS::ClusterCapacityProviderAssociations": Line(
        Flow("Cluster", "", types=("AWS::ECS::Cluster",)), (Flow("CapacityProviders", "takes instances from"),)
    ),
    "AWS::ApplicationAutoScaling::ScalingPolicy": Line(Flow("ScalingTargetId", ""), ()),
    "AWS::DMS::ReplicationTask": Line(Flow("SourceEndpointArn", ""), (Flow("TargetEndpointArn", "is copied to"),)),
    "AWS::CodeStarNotifications::NotificationRule": Line(
        Flow("Resource", ""), (Flow("Targets.TargetAddress", "notifies"),)
    ),
}
"""Types that are drawn as lines."""

INSIDE: Mapping[str, Inside] = {
    _INSTANCE: Inside("DBClusterIdentifier", (_CLUSTER,), "has the instance"),
    "AWS::DocDB::DBInstance": Inside("DBClusterIdentifier", ("AWS::DocDB::DBCluster",), "has the instance"),
    "AWS::Neptune::DBInstance": Inside("DBClusterIdentifier", ("AWS::Neptune::DBCluster",), "has the instance"),
    "AWS::ECS::Service": Inside("Cluster", ("AWS::ECS::Cluster",), "runs"),
    "AWS::EKS::Nodegroup": Inside("ClusterName", ("AWS::EKS::Cluster",), "has the nodes of"),
    "AWS::EKS::FargateProfile": Inside("ClusterName", ("AWS::EKS::Cluster",), "runs pods by"),
    "AWS::EKS::Addon": Inside("ClusterName", ("AWS::EKS::Cluster",), "has the add-on"),
}
"""Where a type names the cluster that it is a part of, and how that is joined to it."""


def flows(type_: str) -> list[Flow]:
    """All flows of a type: its own, its dead letters, and the alarms on which it acts."""
    found = [*FLOWS.get("AWS::CloudFormation::CustomResource" if type_.startswith("Custom::") else type_, ())]
    found += LINES[type_].flows if type_ in LINES else ()
    found += [Flow(path, FAILED, types=(_QUEUE,)) for path in FAILURES.get(type_, ())]
    if type_ != "AWS::SSM::Parameter":
        found += [Flow(path, "tells", is_back=True, types=(_ALARM,)) for path in USERS.get(type_, ())]
    return found
