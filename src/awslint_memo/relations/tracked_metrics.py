"""The metrics that target tracking follows, of EC2 Auto Scaling and of Application Auto Scaling alike."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value

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

TABLE_METRICS = (
    *("CassandraReadCapacityUtilization", "CassandraWriteCapacityUtilization"),
    *("DynamoDBReadCapacityUtilization", "DynamoDBWriteCapacityUtilization"),
)
"""The predefined metrics of tables, of DynamoDB and of Keyspaces."""

TABLE_TARGETS = fact((20, 90), page="amazondynamodb/latest/developerguide/AutoScaling.html", read="2026-11-29")
"""The least and the most per cent that a policy may track of such a metric."""

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
