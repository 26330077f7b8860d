"""The metrics of each dimension are names that CloudFormation knows, and each is found where it is of another."""

from __future__ import annotations

from itertools import product
from typing import Any

from bench.known_properties import tables
from tests.linting import Found, found, resource, stack

from awslint_memo.relations.tracked_metrics import MEASURED

RULE = "autoscaling-metric-dimension"
TYPE = "AWS::ApplicationAutoScaling::ScalingPolicy"
TRACKING = "TargetTrackingScalingPolicyConfiguration"
METRIC = f"{TRACKING}.PredefinedMetricSpecification.PredefinedMetricType"
MEMCACHED = {"ElastiCacheDatabaseMemoryUsagePercentage", "ElastiCacheEngineCPUUtilization"}
OTHERS = {
    "custom-resource:ResourceType:Property",
    "elasticache:cache-cluster:Nodes",
    "elasticmapreduce:instancegroup:InstanceCount",
}


def policy(metric: str, **properties: Any) -> dict[str, Any]:
    tracking = {"TargetValue": 50, "PredefinedMetricSpecification": {"PredefinedMetricType": metric}}
    return resource(TYPE, **{TRACKING: tracking}, **properties)


def test_every_metric_and_dimension_is_known() -> None:
    values = tables()[TYPE].values
    assert {metric for metrics in MEASURED.values() for metric in metrics} == set(values[METRIC]) - MEMCACHED
    assert MEASURED.keys() == set(values["ScalableDimension"]) - OTHERS


def test_a_metric_is_found_with_each_dimension_that_it_does_not_measure() -> None:
    for dimension, metric in product(MEASURED, {metric for metrics in MEASURED.values() for metric in metrics}):
        is_other = metric not in MEASURED[dimension]
        expected = [Found("error", "Follow", f"PredefinedMetricType: {metric}")] * is_other
        assert found(RULE, stack(Follow=policy(metric, ScalableDimension=dimension))) == expected


def test_what_no_page_names_is_left_alone() -> None:
    for dimension in OTHERS:
        assert found(RULE, stack(Follow=policy("ECSServiceAverageCPUUtilization", ScalableDimension=dimension))) == []
    for metric in (*MEMCACHED, "ServiceAverageOfTomorrow"):
        assert found(RULE, stack(Follow=policy(metric, ScalableDimension="ecs:service:DesiredCount"))) == []
