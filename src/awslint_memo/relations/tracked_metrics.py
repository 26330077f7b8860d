"""The metrics that target tracking follows, of EC2 Auto Scaling and of Application Auto Scaling alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations import elasticache

MEASURED: Mapping[str, tuple[str, ...]] = fact(
    {
        "appstream:fleet:DesiredCapacity": ("AppStreamAverageCapacityUtilization",),
        "cassandra:table:ReadCapacityUnits": ("CassandraReadCapacityUtilization",),
        "cassandra:table:WriteCapacityUnits": ("CassandraWriteCapacityUtilization",),
        "comprehend:document-classifier-endpoint:DesiredInferenceUnits": ("ComprehendInferenceUtilization",),
        "comprehend:entity-recognizer-endpoint:DesiredInferenceUnits": ("ComprehendInferenceUtilization",),
        "dynamodb:index:ReadCapacityUnits": ("DynamoDBReadCapacityUtilization",),
        "dynamodb:index:WriteCapacityUnits": ("DynamoDBWriteCapacityUtilization",),
        "dynamodb:table:ReadCapacityUnits": ("DynamoDBReadCapacityUtilization",),
        "dynamodb:table:WriteCapacityUnits": ("DynamoDBWriteCapacityUtilization",),
        "ec2:spot-fleet-request:TargetCapacity": (
            *("EC2SpotFleetRequestAverageCPUUtilization", "EC2SpotFleetRequestAverageNetworkIn"),
            *("EC2SpotFleetRequestAverageNetworkOut", "ALBRequestCountPerTarget"),
        ),
        "ecs:service:DesiredCount": (
            *("ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization", "ALBRequestCountPerTarget"),
            *("ECSServiceAverageCPUUtilizationHighResolution", "ECSServiceAverageMemoryUtilizationHighResolution"),
        ),
        "elasticache:replication-group:NodeGroups": (
            *("ElastiCachePrimaryEngineCPUUtilization", "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage"),
            "ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage",
        ),
        "elasticache:replication-group:Replicas": ("ElastiCacheReplicaEngineCPUUtilization",),
        "kafka:broker-storage:VolumeSize": ("KafkaBrokerStorageUtilization",),
        "lambda:function:ProvisionedConcurrency": ("LambdaProvisionedConcurrencyUtilization",),
        "neptune:cluster:ReadReplicaCount": ("NeptuneReaderAverageCPUUtilization",),
        "rds:cluster:ReadReplicaCount": ("RDSReaderAverageCPUUtilization", "RDSReaderAverageDatabaseConnections"),
        "sagemaker:inference-component:DesiredCopyCount": (
            "SageMakerInferenceComponentInvocationsPerCopy",
            "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution",
        ),
        "sagemaker:variant:DesiredInstanceCount": (
            "SageMakerVariantInvocationsPerInstance",
            "SageMakerVariantConcurrentRequestsPerModelHighResolution",
        ),
        "sagemaker:variant:DesiredProvisionedConcurrency": ("SageMakerVariantProvisionedConcurrencyUtilization",),
        "workspaces:workspacespool:DesiredUserSessions": ("WorkSpacesAverageUserSessionsCapacityUtilization",),
    },
    page="autoscaling/application/userguide/application-auto-scaling-target-tracking.html",
    read="2026-11-29",
)
"""The predefined metrics of each ScalableDimension. Those of Memcached's nodes are left out: no page names them."""

TABLE_METRICS = fact(
    (
        *("CassandraReadCapacityUtilization", "CassandraWriteCapacityUtilization"),
        *("DynamoDBReadCapacityUtilization", "DynamoDBWriteCapacityUtilization"),
    ),
    page="autoscaling/application/APIReference/API_PredefinedMetricSpecification.html",
    read="2026-11-29",
)
"""The predefined metrics of tables, of DynamoDB and of Keyspaces."""

TABLE_TARGETS = fact((20, 90), page="amazondynamodb/latest/developerguide/AutoScaling.html", read="2026-11-29")
"""The least and the most per cent that a policy may track of such a metric."""

MOST_READERS = fact(15, page="AmazonRDS/latest/AuroraUserGuide/aurora-replicas-adding.html", read="2026-11-29")
"""How many readers an Aurora cluster has at most."""

MOST_SCALED: Mapping[str, int] = {
    elasticache.REPLICAS: elasticache.MOST_REPLICAS,
    "rds:cluster:ReadReplicaCount": MOST_READERS,
}
"""By ScalableDimension, the most that the service has of it."""

CPU_METRICS: Mapping[str, bool] = fact(
    {
        "ASGAverageCPUUtilization": True,
        "EC2SpotFleetRequestAverageCPUUtilization": True,
        "ElastiCacheEngineCPUUtilization": True,
        "ElastiCachePrimaryEngineCPUUtilization": True,
        "ElastiCacheReplicaEngineCPUUtilization": True,
        "NeptuneReaderAverageCPUUtilization": True,
        "RDSReaderAverageCPUUtilization": True,
        "AWS/EC2": True,
        "AWS/RDS": True,
        "ECSServiceAverageCPUUtilization": False,
        "ECSServiceAverageCPUUtilizationHighResolution": False,
        "AWS/ECS": False,
    },
    page="autoscaling/application/APIReference/API_PredefinedMetricSpecification.html",
    read="2026-11-29",
)
"""The predefined metrics of CPU utilization, and the namespaces that have CPUUtilization, each with whether it is
never above 100 %: services of ECS can use more CPU than they reserve."""

LABELLED = fact(
    ("ALBRequestCount", "ALBRequestCountPerTarget", "ALBTargetGroupRequestCount"),
    page="autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html",
    read="2026-11-29",
)
"""The predefined metrics that need a ResourceLabel; those of predictive scaling:
API_PredictiveScalingPredefinedMetricPair
and its like."""

_LABEL = regex(r"app/[^/]+/[^/]+/targetgroup/[^/]+/[^/]+")
_BALANCER, _TARGETS = "LoadBalancerFullName", "TargetGroupFullName"
_FOUND_ARN = regex(r"(?:^|\.)data\.aws_(?:alb|lb)(?:_target_group)?\.[^.]+\.(?:arn|id)$")
"""What is asked of a load balancer or target group that Terraform looks up."""

_ARNS = {
    "AWS::AutoScaling::AutoScalingGroup": ("TargetGroupARNs",),
    "AWS::ECS::Service": ("LoadBalancers", "TargetGroupArn"),
    "AWS::ElasticLoadBalancingV2::Listener": ("LoadBalancerArn",),
}
"""By type, the way to what names a load balancer or target group by its ARN."""

_PREDICTED = tuple(f"Predefined{kind}Specification" for kind in ("LoadMetric", "MetricPair", "ScalingMetric"))
_TRACKED = {
    "AWS::ApplicationAutoScaling::ScalingPolicy": "TargetTrackingScalingPolicyConfiguration",
    "AWS::AutoScaling::ScalingPolicy": "TargetTrackingConfiguration",
}


def tracks_cpu(tracking: Value) -> bool | None:
    """Whether the configuration of target tracking surely follows a CPU utilization that is never above 100 % (True) or
    one that can be (False); None where it follows another metric, or that is not known."""
    own = tracking.get("CustomizedMetricSpecification")
    is_cpu = own.get("MetricName").text == "CPUUtilization" and own.get("Statistic").text == "Average"
    predefined = tracking.get("PredefinedMetricSpecification.PredefinedMetricType")
    return CPU_METRICS.get((own.get("Namespace") if is_cpu else predefined).text or "")


def scaled_dimension(policy: Resource) -> Value:
    """The ScalableDimension of a policy of Application Auto Scaling, which may stand in its target only."""
    target = policy.follow("ScalingTargetId", "AWS::ApplicationAutoScaling::ScalableTarget")
    return (target or policy).get("ScalableDimension")


def fitting(metric: Value, dimension: Value) -> tuple[str, ...]:
    """The predefined metrics that measure a dimension, if this metric surely measures another one; else none."""
    own = MEASURED.get(dimension.text or "", ())
    is_other = metric.text not in own and any(metric.text in metrics for metrics in MEASURED.values())
    return own if is_other else ()


def tracked(policy: Resource) -> Value:
    """The specification of the predefined metric that target tracking of either service follows."""
    return policy.get(f"{_TRACKED[policy.type]}.PredefinedMetricSpecification")


def forecast(policy: Resource) -> Iterator[Value]:
    """The specifications of predefined metrics by which a policy of EC2 Auto Scaling scales ahead."""
    if policy.type == "AWS::AutoScaling::ScalingPolicy":
        specifications = policy.get("PredictiveScalingConfiguration.MetricSpecifications").items
        yield from (each.get(name) for each in specifications for name in _PREDICTED)


def wrong_label(policy: Resource, label: Value) -> str | None:
    """Why a ResourceLabel of a policy surely is not app/…/…/targetgroup/…/…, as words behind it; None where it may be
    one."""
    if label.text is not None:
        return None if _LABEL.fullmatch(label.text) else "is no pair of a load balancer and a target group"
    # A plan shows of a text what it begins with, and not what stands between and behind.
    made_of = label.made_of if isinstance(label, Unknown) else ()
    parts = [_part(policy, piece) for piece in made_of or label.pieces]
    if "ARN" in parts:
        return "has a whole ARN in it"
    if parts[0] == _TARGETS or label.starts_with("app/") is False:
        return "does not begin with the load balancer"
    if made_of:
        return None
    if parts[-1] == _BALANCER:
        return "names no target group behind the load balancer"
    return "has no slash before the target group" if parts == [_BALANCER, _TARGETS] else None


def _part(policy: Resource, piece: Value) -> str:
    """Which part of a label a piece surely is, or "ARN"; empty where that is not known."""
    if isinstance(piece, Unknown):
        is_arn = _FOUND_ARN.search(piece.key) or piece.key in policy.deployment.once(_used_as_arns)
        return "ARN" if piece.key and is_arn else ""
    named = policy.deployment.resource(piece.resource) if isinstance(piece, Link) else None
    if not isinstance(piece, Link) or named is None or not named.type.startswith("AWS::ElasticLoadBalancingV2::"):
        return "ARN" if (piece.text or "").startswith("arn:") else ""
    if piece.attribute in (_BALANCER, _TARGETS):
        return piece.attribute
    return "ARN" if piece.attribute in ("Ref", "LoadBalancerArn", "TargetGroupArn") else ""


def _used_as_arns(deployment: Deployment) -> frozenset[str]:
    """The keys of values that are not known, as of parameters, by which something names a load balancer or target
    group, so that they are ARNs."""
    given = (
        item if len(way) == 1 else item.get(way[1])
        for resource in deployment.of_type(*_ARNS)
        for way in (_ARNS[resource.type],)
        for item in resource.get(way[0]).items
    )
    return frozenset(value.key for value in given if isinstance(value, Unknown))
