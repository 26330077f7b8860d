"""Facts about CloudWatch: what names a resource there. What the namespaces of AWS services hold is in metrics.txt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from awslint_memo.model.facts import Fact, fact


class Identity(NamedTuple):
    """What a dimension calls a resource: CloudFormation's attribute (Ref where it is none) and Terraform's, and what
    other attributes of it are instead. instead: the dimension that such a resource has, where this one is another's."""

    attribute: str
    terraform: str
    wrong: Mapping[str, str]
    instead: str = ""


MEMBER = "the id of a member, such as that of the group with -001 behind it"
"""What names a node of a replication group, which no attribute of the group is."""


EVERYWHERE = fact(
    "Global", page="AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html", read="2026-12-03"
)
"""What the dimension Region of CloudFront's metrics is, wherever requests come from."""


def _identity(page: str, attribute: str, terraform: str, wrong: Mapping[str, str]) -> Fact[Identity]:
    """What the reference of CloudFormation says of a resource's return values. Terraform's attribute is its own."""
    path = f"AWSCloudFormation/latest/TemplateReference/aws-resource-{page}.html"
    return Fact(Identity(attribute, terraform, wrong), page=path, read="2026-11-25")


def _qualified(page: str, arn: str) -> Fact[Identity]:
    return _identity(page, "FunctionName", "function_name", {arn: "ARN", "Ref": "ARN"})


MISNAMED: Mapping[str, str] = fact(
    {
        "ACM": "AWS/CertificateManager",
        "ALB": "AWS/ApplicationELB",
        "Aurora": "AWS/RDS",
        "CWAgent": "CWAgent",
        "CloudWatchLogs": "AWS/Logs",
        "CloudWatchSynthetics": "CloudWatchSynthetics",
        "ContainerInsights": "ContainerInsights, or ECS/ContainerInsights",
        "ELBV2": "AWS/ApplicationELB, or AWS/NetworkELB",
        "Elasticsearch": "AWS/ES",
        "DocumentDB": "AWS/DocDB",
        "EventBridge": "AWS/Events",
        "EventBridge/Scheduler": "AWS/Scheduler",
        "KinesisDataFirehose": "AWS/Firehose",
        "KinesisFirehose": "AWS/Firehose",
        "LambdaInsights": "LambdaInsights",
        "MSK": "AWS/Kafka",
        "NATGateways": "AWS/NATGateway",
        "NLB": "AWS/NetworkELB",
        "OpenSearch": "AWS/ES",
        "OpenSearchService": "AWS/ES",
        "Pipes": "AWS/EventBridge/Pipes",
        "StepFunctions": "AWS/States",
        "Synthetics": "CloudWatchSynthetics",
    },
    page="AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html",
    read="2026-11-29",
)
"""What people write behind AWS/ for the namespace of a service, and its name."""

_BALANCERS = ("AWS/ApplicationELB", "AWS/GatewayELB", "AWS/NetworkELB")

IDENTITIES: Mapping[tuple[str, str, str], Fact[Identity]] = {
    ("AWS/ApiGateway", "ApiName", "AWS::ApiGateway::RestApi"): _identity(
        "apigateway-restapi", "", "name", {"Ref": "id", "RestApiId": "id", "RootResourceId": "root resource's id"}
    ),
    ("AWS/ApiGateway", "ApiName", "AWS::ApiGatewayV2::Api"): Fact(
        Identity("Ref", "id", {"ApiId": "id", "Ref": "id"}, "ApiId"),
        page="apigateway/latest/developerguide/http-api-metrics.html",
        read="2026-11-26",
    ),
    ("AWS/ApiGateway", "ApiId", "AWS::ApiGateway::RestApi"): Fact(
        Identity("", "name", {"Ref": "id", "RestApiId": "id"}, "ApiName"),
        page="apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
        read="2026-11-30",
    ),
    ("AWS/DynamoDB", "TableName", "AWS::DynamoDB::Table"): _identity(
        "dynamodb-table", "Ref", "name", {"Arn": "ARN", "StreamArn": "ARN"}
    ),
    ("AWS/EC2", "AutoScalingGroupName", "AWS::AutoScaling::AutoScalingGroup"): _identity(
        "autoscaling-autoscalinggroup", "Ref", "name", {"AutoScalingGroupARN": "ARN"}
    ),
    ("AWS/ECS", "ClusterName", "AWS::ECS::Cluster"): _identity("ecs-cluster", "Ref", "name", {"Arn": "ARN"}),
    ("AWS/ECS", "ServiceName", "AWS::ECS::Service"): _identity(
        "ecs-service", "Name", "name", {"Ref": "ARN", "ServiceArn": "ARN"}
    ),
    ("AWS/ElastiCache", "CacheClusterId", "AWS::ElastiCache::ReplicationGroup"): Fact(
        Identity(MEMBER, MEMBER, {"Ref": "replication group id"}),
        page="AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html",
        read="2026-11-30",
    ),
    ("AWS/Firehose", "DeliveryStreamName", "AWS::KinesisFirehose::DeliveryStream"): _identity(
        "kinesisfirehose-deliverystream", "Ref", "name", {"Arn": "ARN"}
    ),
    ("AWS/Kinesis", "StreamName", "AWS::Kinesis::Stream"): _identity("kinesis-stream", "Ref", "name", {"Arn": "ARN"}),
    ("AWS/Lambda", "FunctionName", "AWS::Lambda::Alias"): _qualified("lambda-alias", "AliasArn"),
    ("AWS/Lambda", "FunctionName", "AWS::Lambda::Function"): _identity(
        "lambda-function", "Ref", "function_name", {"Arn": "ARN"}
    ),
    ("AWS/Lambda", "FunctionName", "AWS::Lambda::Version"): _qualified("lambda-version", "FunctionArn"),
    ("AWS/RDS", "DBClusterIdentifier", "AWS::RDS::DBCluster"): _identity(
        "rds-dbcluster", "Ref", "cluster_identifier", {"DBClusterArn": "ARN", "DBClusterResourceId": "resource id"}
    ),
    ("AWS/RDS", "DBClusterIdentifier", "AWS::RDS::DBInstance"): Fact(
        Identity("Ref", "identifier", {"Ref": "instance identifier"}, "DBInstanceIdentifier"),
        page="AmazonRDS/latest/AuroraUserGuide/dimensions.html",
        read="2026-11-29",
    ),
    ("AWS/RDS", "DBInstanceIdentifier", "AWS::RDS::DBCluster"): Fact(
        Identity("Ref", "cluster_identifier", {"Ref": "cluster identifier"}, "DBClusterIdentifier"),
        page="AmazonRDS/latest/AuroraUserGuide/dimensions.html",
        read="2026-11-29",
    ),
    ("AWS/RDS", "DBInstanceIdentifier", "AWS::RDS::DBInstance"): _identity(
        "rds-dbinstance",
        "Ref",
        "identifier",
        {"DbiResourceId": "resource id", "DBInstanceArn": "ARN", "Endpoint.Address": "address"},
    ),
    ("AWS/SNS", "TopicName", "AWS::SNS::Topic"): _identity(
        "sns-topic", "TopicName", "name", {"Ref": "ARN", "TopicArn": "ARN"}
    ),
    ("AWS/SQS", "QueueName", "AWS::SQS::Queue"): _identity(
        "sqs-queue", "QueueName", "name", {"Arn": "ARN", "QueueUrl": "URL", "Ref": "URL"}
    ),
    **{
        (namespace, "LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer"): _identity(
            "elasticloadbalancingv2-loadbalancer",
            "LoadBalancerFullName",
            "arn_suffix",
            {"DNSName": "DNS name", "LoadBalancerArn": "ARN", "LoadBalancerName": "name", "Ref": "ARN"},
        )
        for namespace in _BALANCERS
    },
    **{
        (namespace, "TargetGroup", "AWS::ElasticLoadBalancingV2::TargetGroup"): _identity(
            "elasticloadbalancingv2-targetgroup",
            "TargetGroupFullName",
            "arn_suffix",
            {"Ref": "ARN", "TargetGroupArn": "ARN", "TargetGroupName": "name"},
        )
        for namespace in _BALANCERS
    },
}
"""What a dimension calls a resource, by namespace, dimension and the resource's type. States wants the ARN of a state
machine, so it is not here."""
