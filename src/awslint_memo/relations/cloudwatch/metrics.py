"""What CloudWatch's namespaces of AWS services hold: their dimensions, their metrics, and what names a resource there.

Of AWS's pages on each service's metrics, and for what the memo speaks of. A list that AWS keeps adding to is not here.
"""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.record import record

RESERVED = "AWS/"
"""How the namespaces begin that AWS keeps for its services."""

_BALANCER_TYPE = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_TARGETS_TYPE = "AWS::ElasticLoadBalancingV2::TargetGroup"
_BALANCERS = ("AWS/ApplicationELB", "AWS/GatewayELB", "AWS/NetworkELB")


@record(frozen=True)
class Namespace:
    """The metrics of one service.

    dimensions: every dimension that they have. metrics: every metric, where that list is short and settled, else none.
    fleet_wide: whether metrics of the namespace have no dimensions: of a whole account, or of all of a service.
    elsewhere: metrics that people look for here, and the namespace that has them, "" where none does.
    """

    dimensions: frozenset[str]
    metrics: frozenset[str] = frozenset()
    fleet_wide: bool = False
    elsewhere: Mapping[str, str] | None = None


@record(frozen=True)
class Identity:
    """What a dimension calls a resource: CloudFormation's attribute (Ref where it is none) and Terraform's, and what
    other attributes of it are instead."""

    attribute: str
    terraform: str
    wrong: Mapping[str, str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_AGENT = dict.fromkeys(
    _words(
        "MemoryUtilization MemoryUsed MemoryAvailable mem_used_percent DiskSpaceUtilization DiskUtilization "
        "disk_used_percent SwapUtilization"
    ),
    "CWAgent",
)

NAMESPACES: Mapping[str, Namespace] = {
    "AWS/ApiGateway": Namespace(_words("ApiId ApiName Method Resource Route Stage")),
    "AWS/ApplicationELB": Namespace(_words("AvailabilityZone LoadBalancer TargetGroup")),
    "AWS/AutoScaling": Namespace(_words("AutoScalingGroupName PairIndex PolicyName"), fleet_wide=True),
    "AWS/CodeBuild": Namespace(_words("BuildId BuildNumber ProjectName"), fleet_wide=True),
    "AWS/DAX": Namespace(_words("Account ClusterId NodeId"), fleet_wide=True),
    "AWS/DynamoDB": Namespace(
        _words(
            "DelegatedOperation GlobalSecondaryIndexName Operation OperationType ReceivingRegion StreamLabel TableName "
            "Verb"
        ),
        fleet_wide=True,
    ),
    "AWS/EC2": Namespace(
        _words("AutoScalingGroupName HostId ImageId InstanceId InstanceType"), fleet_wide=True, elsewhere=_AGENT
    ),
    "AWS/ECS": Namespace(
        _words("CapacityProviderName ClusterName DiscoveryName ServiceName TargetDiscoveryName TaskId VolumeName")
    ),
    "AWS/ElastiCache": Namespace(
        _words("CacheClusterId CacheNodeId ClusterId ReplicationGroupId Role Tier clusterId"), fleet_wide=True
    ),
    "AWS/GatewayELB": Namespace(_words("AvailabilityZone LoadBalancer TargetGroup")),
    "AWS/Kinesis": Namespace(
        _words("ConsumerName ShardId StreamName"),
        _words(
            "GetRecords.Bytes GetRecords.IteratorAge GetRecords.IteratorAgeMilliseconds GetRecords.Latency "
            "GetRecords.Records GetRecords.Success IncomingBytes IncomingRecords IteratorAgeMilliseconds OutgoingBytes "
            "OutgoingRecords PutRecord.Bytes PutRecord.Latency PutRecord.Success PutRecords.Bytes "
            "PutRecords.FailedRecords PutRecords.Latency PutRecords.Records PutRecords.Success "
            "PutRecords.SuccessfulRecords PutRecords.ThrottledRecords PutRecords.TotalRecords "
            "ReadProvisionedThroughputExceeded SubscribeToShard.RateExceeded SubscribeToShard.Success "
            "SubscribeToShardEvent.Bytes SubscribeToShardEvent.MillisBehindLatest SubscribeToShardEvent.Records "
            "SubscribeToShardEvent.Success WriteProvisionedThroughputExceeded"
        ),
    ),
    "AWS/Lambda": Namespace(
        _words("CapacityProviderName EventSourceMappingUUID ExecutedVersion FunctionName InstanceType Resource"),
        fleet_wide=True,
    ),
    "AWS/NetworkELB": Namespace(_words("AvailabilityZone LoadBalancer TargetGroup")),
    "AWS/RDS": Namespace(
        _words(
            "DBClusterIdentifier DBInstanceIdentifier DBShardGroupIdentifier DatabaseClass EngineName ProxyName Role "
            "SourceRegion Target TargetGroup TargetRole VolumeName"
        ),
        fleet_wide=True,
        elsewhere=dict.fromkeys(_AGENT, ""),
    ),
    "AWS/Route53": Namespace(_words("HealthCheckId HostedZoneId Region"), fleet_wide=True),
    "AWS/SNS": Namespace(
        _words("Application Country PhoneNumber Platform SMSType TopicName"),
        _words(
            "NumberOfMessagesPublished NumberOfNotificationsDelivered NumberOfNotificationsFailed "
            "NumberOfNotificationsFailedToRedriveToDlq NumberOfNotificationsFilteredOut "
            "NumberOfNotificationsFilteredOut-InvalidAttributes NumberOfNotificationsFilteredOut-InvalidMessageBody "
            "NumberOfNotificationsFilteredOut-MessageAttributes NumberOfNotificationsFilteredOut-MessageBody "
            "NumberOfNotificationsFilteredOut-NoMessageAttributes NumberOfNotificationsRedrivenToDlq PublishSize "
            "SMSMonthToDateSpentUSD SMSSuccessRate"
        ),
        fleet_wide=True,
    ),
    "AWS/SQS": Namespace(
        _words("QueueName"),
        _words(
            "ApproximateAgeOfOldestMessage ApproximateAgeOfOldestMessageInQuietGroups "
            "ApproximateNumberOfGroupsWithInflightMessages ApproximateNumberOfMessagesDelayed "
            "ApproximateNumberOfMessagesDelayedInQuietGroups ApproximateNumberOfMessagesNotVisible "
            "ApproximateNumberOfMessagesNotVisibleInQuietGroups ApproximateNumberOfMessagesVisible "
            "ApproximateNumberOfMessagesVisibleInQuietGroups ApproximateNumberOfNoisyGroups "
            "NumberOfDeduplicatedSentMessages NumberOfEmptyReceives NumberOfMessagesDeleted NumberOfMessagesReceived "
            "NumberOfMessagesSent SentMessageSize"
        ),
    ),
}

_QUALIFIED = Identity("FunctionName", "function_name", {"AliasArn": "ARN", "FunctionArn": "ARN", "Ref": "ARN"})
_DATABASE = {"DbiResourceId": "resource id", "DBInstanceArn": "ARN", "Endpoint.Address": "address"}

IDENTITIES: Mapping[tuple[str, str, str], Identity] = {
    ("AWS/ApiGateway", "ApiName", "AWS::ApiGateway::RestApi"): Identity(
        "", "name", {"Ref": "id", "RestApiId": "id", "RootResourceId": "root resource's id"}
    ),
    ("AWS/DynamoDB", "TableName", "AWS::DynamoDB::Table"): Identity("Ref", "name", {"Arn": "ARN", "StreamArn": "ARN"}),
    ("AWS/EC2", "AutoScalingGroupName", "AWS::AutoScaling::AutoScalingGroup"): Identity(
        "Ref", "name", {"AutoScalingGroupARN": "ARN"}
    ),
    ("AWS/ECS", "ClusterName", "AWS::ECS::Cluster"): Identity("Ref", "name", {"Arn": "ARN"}),
    ("AWS/ECS", "ServiceName", "AWS::ECS::Service"): Identity("Name", "name", {"Ref": "ARN", "ServiceArn": "ARN"}),
    ("AWS/Firehose", "DeliveryStreamName", "AWS::KinesisFirehose::DeliveryStream"): Identity(
        "Ref", "name", {"Arn": "ARN"}
    ),
    ("AWS/Kinesis", "StreamName", "AWS::Kinesis::Stream"): Identity("Ref", "name", {"Arn": "ARN"}),
    ("AWS/Lambda", "FunctionName", "AWS::Lambda::Alias"): _QUALIFIED,
    ("AWS/Lambda", "FunctionName", "AWS::Lambda::Function"): Identity("Ref", "function_name", {"Arn": "ARN"}),
    ("AWS/Lambda", "FunctionName", "AWS::Lambda::Version"): _QUALIFIED,
    ("AWS/RDS", "DBClusterIdentifier", "AWS::RDS::DBCluster"): Identity(
        "Ref", "cluster_identifier", {"DBClusterArn": "ARN", "DBClusterResourceId": "resource id"}
    ),
    ("AWS/RDS", "DBInstanceIdentifier", "AWS::RDS::DBInstance"): Identity("Ref", "identifier", _DATABASE),
    ("AWS/SNS", "TopicName", "AWS::SNS::Topic"): Identity("TopicName", "name", {"Ref": "ARN", "TopicArn": "ARN"}),
    ("AWS/SQS", "QueueName", "AWS::SQS::Queue"): Identity(
        "QueueName", "name", {"Arn": "ARN", "QueueUrl": "URL", "Ref": "URL"}
    ),
    **{
        (namespace, "LoadBalancer", _BALANCER_TYPE): Identity(
            "LoadBalancerFullName",
            "arn_suffix",
            {"DNSName": "DNS name", "LoadBalancerArn": "ARN", "LoadBalancerName": "name", "Ref": "ARN"},
        )
        for namespace in _BALANCERS
    },
    **{
        (namespace, "TargetGroup", _TARGETS_TYPE): Identity(
            "TargetGroupFullName", "arn_suffix", {"Ref": "ARN", "TargetGroupArn": "ARN", "TargetGroupName": "name"}
        )
        for namespace in _BALANCERS
    },
}
"""By namespace, dimension and the resource's type. States wants the ARN of a state machine, so it is not here."""


def instead(namespace: Namespace, metric: str) -> str | None:
    """What to say of a metric that a namespace surely does not have; None where it has it, or may have it."""
    if metric in namespace.metrics:
        return None
    place = (namespace.elsewhere or {}).get(metric)
    if place is not None:
        return f"{place} has it, where its agent runs" if place else "take one that the service writes"
    alike = [known for known in namespace.metrics if known.lower() == metric.lower()]
    if alike:
        return f"it has {alike[0]}"
    return "take one that the service writes" if namespace.metrics else None
