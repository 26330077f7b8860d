"""Facts about CloudWatch: what the namespaces of AWS services hold, and what names a resource there.

For the services that the memo speaks of. A list of metrics that AWS keeps adding to is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from awslint_memo.model.fact import Fact

RESERVED = Fact("AWS/", page="AmazonCloudWatch/latest/APIReference/API_PutMetricData.html", read="2026-11-25")
"""How the namespaces begin that AWS keeps for its services."""

ALARM_EVENT: Fact[Mapping[str, str]] = Fact(
    {"source": "aws.cloudwatch", "detail-type": "CloudWatch Alarm State Change"},
    page="AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html",
    read="2026-11-25",
)
"""What the event of an alarm's change of state holds, of what an event pattern can ask for."""


class Namespace(NamedTuple):
    """The metrics of one service.

    dimensions: every dimension that they have. metrics: every metric, where that list is short and settled, else none.
    fleet_wide: whether metrics of the namespace have no dimensions: of a whole account, or of all of a service.
    elsewhere: metrics that people look for here, and the namespace that has them, "" where none does.
    """

    dimensions: frozenset[str]
    metrics: frozenset[str] = frozenset()
    fleet_wide: bool = False
    elsewhere: Mapping[str, str] | None = None


class Identity(NamedTuple):
    """What a dimension calls a resource: CloudFormation's attribute (Ref where it is none) and Terraform's, and what
    other attributes of it are instead."""

    attribute: str
    terraform: str
    wrong: Mapping[str, str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AGENT_METRICS = Fact(
    _words(
        "MemoryUtilization MemoryUsed MemoryAvailable mem_used_percent DiskSpaceUtilization DiskUtilization "
        "disk_used_percent SwapUtilization"
    ),
    page="AmazonCloudWatch/latest/monitoring/metrics-collected-by-CloudWatch-agent.html",
    read=None,
)
"""Metrics of an instance's memory and disks, which only an agent on the instance can measure."""

_BALANCER = _words("AvailabilityZone LoadBalancer TargetGroup")

NAMESPACES: Mapping[str, Fact[Namespace]] = {
    # ApiId and Route are those of HTTP APIs: apigateway/latest/developerguide/http-api-metrics.html
    "AWS/ApiGateway": Fact(
        Namespace(_words("ApiId ApiName Method Resource Route Stage")),
        page="apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
        read="2026-11-25",
    ),
    "AWS/ApplicationELB": Fact(
        Namespace(_BALANCER),
        page="elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html",
        read="2026-11-25",
    ),
    "AWS/AutoScaling": Fact(
        Namespace(_words("AutoScalingGroupName PairIndex PolicyName"), fleet_wide=True),
        page="autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html",
        read="2026-11-25",
    ),
    "AWS/CodeBuild": Fact(
        Namespace(_words("BuildId BuildNumber ProjectName"), fleet_wide=True),
        page="codebuild/latest/userguide/monitoring-builds.html",
        read="2026-11-25",
    ),
    "AWS/DAX": Fact(
        Namespace(_words("Account ClusterId NodeId"), fleet_wide=True),
        page="amazondynamodb/latest/developerguide/dax-metrics-dimensions-dax.html",
        read="2026-11-25",
    ),
    "AWS/DynamoDB": Fact(
        Namespace(
            _words(
                "DelegatedOperation GlobalSecondaryIndexName Operation OperationType ReceivingRegion StreamLabel "
                "TableName Verb"
            ),
            fleet_wide=True,
        ),
        page="amazondynamodb/latest/developerguide/metrics-dimensions.html",
        read="2026-11-25",
    ),
    "AWS/EC2": Fact(
        Namespace(
            _words("AutoScalingGroupName HostId ImageId InstanceId InstanceType"),
            fleet_wide=True,
            elsewhere=dict.fromkeys(sorted(AGENT_METRICS.value), "CWAgent"),
        ),
        page="AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html",
        read=None,
    ),
    "AWS/ECS": Fact(
        Namespace(
            _words("CapacityProviderName ClusterName DiscoveryName ServiceName TargetDiscoveryName TaskId VolumeName")
        ),
        page="AmazonECS/latest/developerguide/available-metrics.html",
        read=None,
    ),
    "AWS/ElastiCache": Fact(
        Namespace(
            _words("CacheClusterId CacheNodeId ClusterId ReplicationGroupId Role Tier clusterId"), fleet_wide=True
        ),
        page="AmazonElastiCache/latest/dg/CacheMetrics.html",
        read=None,
    ),
    "AWS/GatewayELB": Fact(
        Namespace(_BALANCER), page="elasticloadbalancing/latest/gateway/cloudwatch-metrics.html", read=None
    ),
    "AWS/Kinesis": Fact(
        Namespace(
            _words("ConsumerName ShardId StreamName"),
            _words(
                "GetRecords.Bytes GetRecords.IteratorAge GetRecords.IteratorAgeMilliseconds GetRecords.Latency "
                "GetRecords.Records GetRecords.Success IncomingBytes IncomingRecords IteratorAgeMilliseconds "
                "OutgoingBytes OutgoingRecords PutRecord.Bytes PutRecord.Latency PutRecord.Success PutRecords.Bytes "
                "PutRecords.FailedRecords PutRecords.Latency PutRecords.Records PutRecords.Success "
                "PutRecords.SuccessfulRecords PutRecords.ThrottledRecords PutRecords.TotalRecords "
                "ReadProvisionedThroughputExceeded SubscribeToShard.RateExceeded SubscribeToShard.Success "
                "SubscribeToShardEvent.Bytes SubscribeToShardEvent.MillisBehindLatest SubscribeToShardEvent.Records "
                "SubscribeToShardEvent.Success WriteProvisionedThroughputExceeded"
            ),
        ),
        page="streams/latest/dev/monitoring-with-cloudwatch.html",
        read="2026-11-25",
    ),
    "AWS/Lambda": Fact(
        Namespace(
            _words("CapacityProviderName EventSourceMappingUUID ExecutedVersion FunctionName InstanceType Resource"),
            fleet_wide=True,
        ),
        page="lambda/latest/dg/monitoring-metrics-view.html",
        read=None,
    ),
    "AWS/NetworkELB": Fact(
        Namespace(_BALANCER),
        page="elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html",
        read="2026-11-25",
    ),
    "AWS/RDS": Fact(
        Namespace(
            _words(
                "DBClusterIdentifier DBInstanceIdentifier DBShardGroupIdentifier DatabaseClass EngineName ProxyName "
                "Role SourceRegion Target TargetGroup TargetRole VolumeName"
            ),
            fleet_wide=True,
            elsewhere=dict.fromkeys(sorted(AGENT_METRICS.value), ""),
        ),
        page="AmazonRDS/latest/UserGuide/dimensions.html",
        read=None,
    ),
    # HostedZoneId is that of queries: Route53/latest/DeveloperGuide/hosted-zone-public-viewing-query-metrics.html
    "AWS/Route53": Fact(
        Namespace(_words("HealthCheckId HostedZoneId Region"), fleet_wide=True),
        page="Route53/latest/DeveloperGuide/monitoring-cloudwatch.html",
        read="2026-11-25",
    ),
    "AWS/SNS": Fact(
        Namespace(
            _words("Application Country PhoneNumber Platform SMSType TopicName"),
            _words(
                "NumberOfMessagesPublished NumberOfNotificationsDelivered NumberOfNotificationsFailed "
                "NumberOfNotificationsFailedToRedriveToDlq NumberOfNotificationsFilteredOut "
                "NumberOfNotificationsFilteredOut-InvalidAttributes "
                "NumberOfNotificationsFilteredOut-InvalidMessageBody "
                "NumberOfNotificationsFilteredOut-MessageAttributes NumberOfNotificationsFilteredOut-MessageBody "
                "NumberOfNotificationsFilteredOut-NoMessageAttributes NumberOfNotificationsRedrivenToDlq PublishSize "
                "SMSMonthToDateSpentUSD SMSSuccessRate"
            ),
            fleet_wide=True,
        ),
        page="sns/latest/dg/sns-monitoring-using-cloudwatch.html",
        read="2026-11-25",
    ),
    "AWS/SQS": Fact(
        Namespace(
            _words("QueueName"),
            _words(
                "ApproximateAgeOfOldestMessage ApproximateAgeOfOldestMessageInQuietGroups "
                "ApproximateNumberOfGroupsWithInflightMessages ApproximateNumberOfMessagesDelayed "
                "ApproximateNumberOfMessagesDelayedInQuietGroups ApproximateNumberOfMessagesNotVisible "
                "ApproximateNumberOfMessagesNotVisibleInQuietGroups ApproximateNumberOfMessagesVisible "
                "ApproximateNumberOfMessagesVisibleInQuietGroups ApproximateNumberOfNoisyGroups "
                "NumberOfDeduplicatedSentMessages NumberOfEmptyReceives NumberOfMessagesDeleted "
                "NumberOfMessagesReceived NumberOfMessagesSent SentMessageSize"
            ),
        ),
        page="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
        read="2026-11-25",
    ),
}
"""What the namespace of a service holds, by the namespace's name."""


def _identity(page: str, attribute: str, terraform: str, wrong: Mapping[str, str]) -> Fact[Identity]:
    """What the reference of CloudFormation says of a resource's return values. Terraform's attribute is its own."""
    path = f"AWSCloudFormation/latest/TemplateReference/aws-resource-{page}.html"
    return Fact(Identity(attribute, terraform, wrong), page=path, read="2026-11-25")


def _qualified(page: str, arn: str) -> Fact[Identity]:
    return _identity(page, "FunctionName", "function_name", {arn: "ARN", "Ref": "ARN"})


_BALANCERS = ("AWS/ApplicationELB", "AWS/GatewayELB", "AWS/NetworkELB")

IDENTITIES: Mapping[tuple[str, str, str], Fact[Identity]] = {
    ("AWS/ApiGateway", "ApiName", "AWS::ApiGateway::RestApi"): _identity(
        "apigateway-restapi", "", "name", {"Ref": "id", "RestApiId": "id", "RootResourceId": "root resource's id"}
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
