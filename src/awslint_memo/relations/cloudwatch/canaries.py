"""CloudWatch Synthetics: how long a canary makes runs, and who learns of those that fail."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.relations import events
from awslint_memo.relations.cloudwatch import alarms

NAMESPACE = fact(
    "CloudWatchSynthetics",
    page="AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html",
    read="2026-11-30",
)
"""The namespace of the metrics of canaries."""

METRICS = fact(
    (
        *("2xx", "4xx", "5xx", "Duration", "Failed", "Failed requests", "SuccessPercent", "SuccessPercentWithRetries"),
        *("VisualMonitoringSuccessPercent", "VisualMonitoringTotalComparisons"),
    ),
    page="AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html",
    read="2026-11-30",
)
"""The metrics of a canary."""

_SOURCE = fact(
    "aws.synthetics",
    page="AmazonCloudWatch/latest/monitoring/monitoring-events-eventbridge.html",
    read="2026-11-30",
)
"""The source of the events of canaries."""


def may_be_watched(canary: Resource) -> bool:
    """Whether anything here tells of the failures of a canary, or may: an alarm on its metrics or on those of all, a
    rule for its events, or who gets to know of it."""
    deployment = canary.deployment
    watched = (metric for alarm in deployment.of_type(alarms.ALARM) for metric in alarms.metrics(alarm))
    is_of_all = any(metric.namespace.text == NAMESPACE and metric.has_no_dimensions for metric in watched)
    is_told = any(events.waits_for(rule, _SOURCE) for rule in deployment.of_type("AWS::Events::Rule"))
    return is_of_all or is_told or canary.is_open or alarms.may_be_watched(canary, "CanaryName", METRICS)
