"""Facts about CloudWatch: what the namespaces of AWS services hold, and what names a resource there.

For the services that the memo speaks of. A list of metrics that AWS keeps adding to is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from awslint_memo.model.facts import Fact


class Namespace(NamedTuple):
    """The metrics of one service.

    dimensions: every dimension that they have. metrics: every metric, where that list is short and settled, else none.
    fleet_wide: the metrics that have no dimensions, of a whole account or of all of a service; True where all may have
    none, False where surely none of them has none. elsewhere: metrics that people look for here, and the namespace that
    has them, "" where none does. never: by dimension, the metrics that are never written with it. own:
    the dimensions that no other service has.
    """

    dimensions: frozenset[str]
    metrics: frozenset[str] = frozenset()
    fleet_wide: bool | frozenset[str] = False
    elsewhere: Mapping[str, str] | None = None
    never: Mapping[str, frozenset[str]] | None = None
    own: frozenset[str] = frozenset()


class Identity(NamedTuple):
    """What a dimension calls a resource: CloudFormation's attribute (Ref where it is none) and Terraform's, and what
    other attributes of it are instead. instead: the dimension that such a resource has, where this one is another's."""

    attribute: str
    terraform: str
    wrong: Mapping[str, str]
    instead: str = ""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AGENT_METRICS = Fact(
    _words("disk_used_percent mem_used_percent swap_used_percent"),
    page="AmazonCloudWatch/latest/monitoring/metrics-collected-by-CloudWatch-agent.html",
    read="2026-11-26",
)
"""Metrics of an instance's memory and disks, which only an agent on the instance can measure."""

_AGENTS_BEFORE = _words(
    "DiskSpaceUtilization DiskUtilization MemoryAvailable MemoryUsed MemoryUtilization SwapUtilization"
)
"""The same in the words of the scripts that were there before the agent (mon-scripts.html), and in people's own."""

_OF_AGENTS = sorted(AGENT_METRICS.value | _AGENTS_BEFORE)

_BALANCER = _words("AvailabilityZone LoadBalancer TargetGroup")
_BALANCING = "elasticloadbalancing/latest/{}/load-balancer-cloudwatch-metrics.html"


def _namespace(page: str, dimensions: str | frozenset[str], read: str = "2026-11-26", **more: Any) -> Fact[Namespace]:
    every = _words(dimensions) if isinstance(dimensions, str) else dimensions
    return Fact(Namespace(every, **more), page=page, read=read)


NAMESPACES: Mapping[str, Fact[Namespace]] = {
    # ApiId is that of HTTP and WebSocket APIs: apigateway/latest/developerguide/http-api-metrics.html.
    "AWS/ApiGateway": _namespace(
        "apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
        "ApiId ApiName Method Resource Route Stage",
    ),
    "AWS/ApplicationELB": _namespace(_BALANCING.format("application"), _BALANCER),
    "AWS/AutoScaling": _namespace(
        "autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html",
        "AutoScalingGroupName PairIndex PolicyName",
        "2026-11-25",
        fleet_wide=True,
    ),
    "AWS/CodeBuild": _namespace("codebuild/latest/userguide/monitoring-builds.html", "ProjectName", fleet_wide=True),
    "AWS/DAX": _namespace(
        "amazondynamodb/latest/developerguide/dax-metrics-dimensions-dax.html",
        "Account ClusterId NodeId",
        "2026-11-25",
        fleet_wide=True,
    ),
    # Source is that of writes of Time to Live and of imports.
    "AWS/DynamoDB": _namespace(
        "amazondynamodb/latest/developerguide/metrics-dimensions.html",
        "DelegatedOperation GlobalSecondaryIndexName Operation OperationType ReceivingRegion Source StreamLabel "
        "TableName Verb",
        fleet_wide=_words(
            "AccountMaxReads AccountMaxTableLevelReads AccountMaxTableLevelWrites AccountMaxWrites "
            "AccountProvisionedReadCapacityUtilization AccountProvisionedWriteCapacityUtilization "
            "MaxProvisionedTableReadCapacityUtilization MaxProvisionedTableWriteCapacityUtilization UserErrors"
        ),
        never={"TableName": _words("UserErrors")},
    ),
    # Per-VPC Metrics: vpc/latest/userguide/vpc-cloudwatch.html.
    "AWS/EC2": _namespace(
        "AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html",
        _words("AutoScalingGroupName HostId ImageId InstanceId InstanceType") | {"Per-VPC Metrics"},
        fleet_wide=True,
        elsewhere=dict.fromkeys(_OF_AGENTS, "CWAgent"),
    ),
    "AWS/ECS": _namespace(
        "AmazonECS/latest/developerguide/available-metrics.html",
        "ClusterName DiscoveryName ServiceName TargetDiscoveryName",
    ),
    # All but the first two: AmazonCloudWatch/latest/monitoring/UsingResourceTagsForTelemetry.html.
    "AWS/ElastiCache": _namespace(
        "AmazonElastiCache/latest/dg/CacheMetrics.html",
        "CacheClusterId CacheNodeId NodeGroupId ReplicationGroupId Role Tier",
        fleet_wide=True,
    ),
    "AWS/GatewayELB": _namespace("elasticloadbalancing/latest/gateway/cloudwatch-metrics.html", _BALANCER),
    "AWS/Kinesis": _namespace(
        "streams/latest/dev/monitoring-with-cloudwatch.html",
        "ConsumerName ShardId StreamName",
        "2026-11-25",
        metrics=_words(
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
    "AWS/Lambda": _namespace(
        "lambda/latest/dg/monitoring-metrics-view.html",
        "EventSourceMappingUUID ExecutedVersion FunctionName Resource",
        fleet_wide=True,
    ),
    "AWS/NetworkELB": _namespace(_BALANCING.format("network"), _BALANCER, "2026-11-25"),
    # Of Aurora: AmazonRDS/latest/AuroraUserGuide/dimensions.html. Of proxies: AmazonRDS/latest/UserGuide/
    # rds-proxy.monitoring.html.
    "AWS/RDS": _namespace(
        "AmazonRDS/latest/UserGuide/dimensions.html",
        "DBClusterIdentifier DBInstanceIdentifier DatabaseClass EndpointName EngineName ProxyName "
        "Role SourceRegion Target TargetGroup TargetRole",
        fleet_wide=True,
        elsewhere=dict.fromkeys(_OF_AGENTS, ""),
    ),
    # HostedZoneId is that of queries: Route53/latest/DeveloperGuide/hosted-zone-public-viewing-query-metrics.html
    "AWS/Route53": _namespace(
        "Route53/latest/DeveloperGuide/monitoring-cloudwatch.html",
        "HealthCheckId HostedZoneId Region",
        "2026-11-25",
        fleet_wide=True,
    ),
    "AWS/SNS": _namespace(
        "sns/latest/dg/sns-monitoring-using-cloudwatch.html",
        "Application Country PhoneNumber Platform SMSType TopicName",
        metrics=_words(
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
    "AWS/SQS": _namespace(
        "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
        "QueueName",
        "2026-11-25",
        metrics=_words(
            "ApproximateAgeOfOldestMessage ApproximateAgeOfOldestMessageInQuietGroups "
            "ApproximateNumberOfGroupsWithInflightMessages ApproximateNumberOfMessagesDelayed "
            "ApproximateNumberOfMessagesDelayedInQuietGroups ApproximateNumberOfMessagesNotVisible "
            "ApproximateNumberOfMessagesNotVisibleInQuietGroups ApproximateNumberOfMessagesVisible "
            "ApproximateNumberOfMessagesVisibleInQuietGroups ApproximateNumberOfNoisyGroups "
            "NumberOfDeduplicatedSentMessages NumberOfEmptyReceives NumberOfMessagesDeleted "
            "NumberOfMessagesReceived NumberOfMessagesSent SentMessageSize"
        ),
    ),
}
"""What the namespace of a service holds, by the namespace's name."""

WRITTEN_WITH_REQUESTS: Mapping[str, Fact[frozenset[str]]] = {
    "AWS/ApiGateway": Fact(
        _words("4XXError 4xx 5XXError 5xx"),
        page="apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
        read="2026-11-29",
    ),
    "AWS/Lambda": Fact(_words("Errors"), page="lambda/latest/dg/monitoring-metrics-types.html", read="2026-11-26"),
}
"""Metrics of failures that a service writes with each request, as 0 or 1, by namespace."""

WRITTEN_WHEN_IT_HAPPENS: Mapping[str, Fact[frozenset[str]]] = {
    "AWS/ApplicationELB": Fact(
        _words(
            "ClientTLSNegotiationErrorCount HTTPCode_ELB_4XX_Count HTTPCode_ELB_500_Count HTTPCode_ELB_502_Count "
            "HTTPCode_ELB_503_Count HTTPCode_ELB_504_Count HTTPCode_ELB_5XX_Count LambdaInternalError "
            "TargetConnectionErrorCount TargetTLSNegotiationErrorCount"
        ),
        page=_BALANCING.format("application"),
        read="2026-11-26",
    ),
    "AWS/Events": Fact(
        _words("EventBusEncryptionFailed FailedInvocations InvocationsFailedToBeSentToDlq InvocationsSentToDlq"),
        page="eventbridge/latest/userguide/eb-monitoring.html",
        read="2026-11-26",
    ),
    "AWS/Lambda": Fact(
        _words("AsyncEventsDropped DeadLetterErrors DestinationDeliveryFailures Throttles"),
        page="lambda/latest/dg/monitoring-metrics-types.html",
        read="2026-11-26",
    ),
    "AWS/States": Fact(
        _words("ExecutionThrottled"), page="step-functions/latest/dg/procedure-cw-metrics.html", read="2026-11-26"
    ),
}
"""Metrics of failures that a service writes only where there was a failure or an invocation, by namespace. What is
written every minute is not here."""


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
    ("AWS/ApiGateway", "ApiName", "AWS::ApiGatewayV2::Api"): Fact(
        Identity("Ref", "id", {"ApiId": "id", "Ref": "id"}, "ApiId"),
        page="apigateway/latest/developerguide/http-api-metrics.html",
        read="2026-11-26",
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
