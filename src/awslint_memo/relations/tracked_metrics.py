"""The metrics that target tracking follows, of EC2 Auto Scaling and of Application Auto Scaling alike."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value

CPU_METRICS: Mapping[str, bool] = fact(
    {
        "ASGAverageCPUUtilization": True,
        "EC2SpotFleetRequestAverageCPUUtilization": True,
        "ElastiCacheEngineCPUUtilization": True,
        "ElastiCachePrimaryEngineCPUUtilization": True,
        "RDSReaderAverageCPUUtilization": True,
        "AWS/EC2": True,
        "AWS/RDS": True,
        "ECSServiceAverageCPUUtilization": False,
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
