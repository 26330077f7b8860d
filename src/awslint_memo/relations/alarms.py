"""Which alarms watch a resource's metrics."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from awslint_memo.template import Deployment, Resource
from awslint_memo.value import Value

ALARM = "AWS::CloudWatch::Alarm"


def may_be_watched(resource: Resource, dimension: str, metrics: Collection[str]) -> bool:
    """Whether an alarm of this deployment watches one of these metrics of a resource, or could do so.

    dimension: the name under which CloudWatch knows such a resource. Metric math that searches for metrics counts, and
    so does an alarm that names the resource by a wrong attribute: it means to watch it.
    """
    deployment = resource.deployment
    if deployment.is_open:
        return True
    return any(_watches(deployment, metric, resource, dimension, metrics) for metric in deployment.once(_metrics))


def _metrics(deployment: Deployment) -> list[Value | Resource]:
    """Everything that says what an alarm watches: the alarm itself, or each metric of its metric math."""
    return [metric for alarm in deployment.of_type(ALARM) for metric in _watched(alarm)]


def _watched(alarm: Resource) -> Iterator[Value | Resource]:
    if not alarm.get("MetricName").is_absent:
        yield alarm
    yield from alarm.get("Metrics").items


def _watches(
    deployment: Deployment, metric: Value | Resource, resource: Resource, dimension: str, metrics: Collection[str]
) -> bool:
    if isinstance(metric, Value):
        if metric.is_unknown:
            return True
        expression = metric.get("Expression")
        if not expression.is_absent:
            words = (expression.text or "SEARCH").upper()
            return "SEARCH" in words or "SELECT" in words
        metric = metric.get("MetricStat.Metric")
    name = metric.get("MetricName")
    if not name.may_be(lambda written: written in metrics):
        return False
    return any(_is_of(deployment, item, resource, dimension) for item in metric.get("Dimensions").items)


def _is_of(deployment: Deployment, item: Value, resource: Resource, dimension: str) -> bool:
    if item.get("Name").surely(lambda name: name != dimension):
        return False
    value = item.get("Value")
    found = deployment.find(value, resource.type)
    return found is resource if found is not None else value.is_unknown
