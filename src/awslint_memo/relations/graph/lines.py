"""What is drawn as a line between others, what is drawn inside of a cluster, and all flows of a type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.record import record
from awslint_memo.relations.cloudwatch.alarms import COMPOSITE, USERS
from awslint_memo.relations.graph.flows import FAILED, FLOWS, READ, SCALED, Flow
from awslint_memo.relations.sqs.dead_letters import FAILURES

_BUCKET = "AWS::S3::Bucket"
_QUEUE = "AWS::SQS::Queue"
_FUNCTION = "AWS::Lambda::Function"
_ALARM = "AWS::CloudWatch::Alarm"
_INSTANCE, _CLUSTER = "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"
_MEMBERS = ("AWS::RDS::DBCluster", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster", "AWS::RDS::DBInstance")


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


LINES: Mapping[str, Line] = {
    "AWS::Lambda::EventSourceMapping": Line(
        Flow("FunctionName", "invokes", types=(_FUNCTION,)),
        (Flow("EventSourceArn", READ, is_back=True, off=("Enabled", "false")),),
        "invokes",
    ),
    "AWS::Lambda::Permission": Line(
        Flow("FunctionName", "", types=(_FUNCTION,)), (Flow("SourceArn", "may call", is_back=True, is_weak=True),)
    ),
    "AWS::Lambda::EventInvokeConfig": Line(
        Flow("FunctionName", "", types=(_FUNCTION,)),
        (Flow("DestinationConfig.OnSuccess.Destination", "sends results to"),),
    ),
    "AWS::ApiGateway::Method": Line(
        Flow("RestApiId", ""), (Flow("Integration", "forwards requests to", is_whole=True),)
    ),
    "AWS::ApiGatewayV2::Integration": Line(
        Flow("ApiId", ""),
        (
            Flow("IntegrationUri", "forwards requests to"),
            Flow("RequestParameters", "forwards requests to", is_whole=True),
            Flow("RequestTemplates", "forwards requests to", is_whole=True),
        ),
    ),
    "AWS::ApiGateway::Authorizer": Line(
        Flow("RestApiId", ""),
        (Flow("AuthorizerUri", "asks for permission"), Flow("ProviderARNs", "asks for permission")),
    ),
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
    "AWS::ElasticLoadBalancingV2::TargetGroupAttachment": Line(
        Flow("TargetGroupArn", ""), (Flow("TargetId", "sends requests to"),)
    ),
    "AWS::S3::BucketLogging": Line(
        Flow("Bucket", "", types=(_BUCKET,)),
        (Flow("DestinationBucketName", "writes access logs to", types=(_BUCKET,)),),
    ),
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
    "AWS::ApplicationAutoScaling::ScalableTarget": Line(Flow("ResourceId", "", types=SCALED), ()),
    "AWS::ApiGateway::Deployment": Line(Flow("RestApiId", ""), ()),
    "AWS::ApiGateway::Stage": Line(Flow("RestApiId", ""), ()),
    "AWS::ApiGatewayV2::Stage": Line(Flow("ApiId", ""), ()),
    "AWS::EFS::AccessPoint": Line(Flow("FileSystemId", ""), ()),
    "AWS::DMS::ReplicationTask": Line(Flow("SourceEndpointArn", ""), (Flow("TargetEndpointArn", "is copied to"),)),
    "AWS::CodeStarNotifications::NotificationRule": Line(
        Flow("Resource", ""), (Flow("Targets.TargetAddress", "notifies"),)
    ),
}
"""Types that are drawn as lines; those without flows are nodes, of which others stand for what flows."""

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
    if type_ not in ("AWS::SSM::Parameter", COMPOSITE):
        found += [Flow(path, "tells", is_back=True, types=(_ALARM,)) for path in USERS.get(type_, ())]
    return found
