"""What metric filters make of lines of logs and what alarms watch, by name and namespace: worked out once for a
deployment, as to look through all filters for each alarm takes the square of their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch import alarms

_FILTER = "AWS::Logs::MetricFilter"


@record(frozen=True)
class Written:
    """A metric that a metric filter writes. made: the item that tells what is made of lines of logs. is_other_name:
    whether an alarm has another name of it, not namespace."""

    metric_filter: Resource
    made: Value
    namespace: Value
    name: Value
    is_other_name: bool = True

    @cached_property
    def texts(self) -> tuple[str, str]:
        """The namespace and the name; empty where they are not known."""
        return self.namespace.text or "", self.name.text or ""

    @property
    def shown(self) -> str:
        """The namespace for a message, with names of what is not known in it."""
        return self.namespace.text or str(self.namespace.pattern or "")


_M = TypeVar("_M", alarms.Metric, Written)

_ByName: TypeAlias = Mapping["str | None", Mapping["str | None", Sequence[_M]]]
"""Metrics by the text of their names, then of their namespaces; under None where that is not known."""


def makers(metric: alarms.Metric, deployment: Deployment) -> tuple[list[Written], list[Written]]:
    """What makes a metric of lines of logs: what surely makes this one, and what may make it."""
    surely: list[Written] = []
    perhaps: list[Written] = []
    for pair in named(deployment.once(_transformations), metric):
        answers = (pair.name.is_same_as(metric.name), pair.namespace.is_same_as(metric.namespace))
        if False not in answers:
            (perhaps if None in answers else surely).append(pair)
    return surely, perhaps


def _transformations(deployment: Deployment) -> _ByName[Written]:
    """What metric filters make of lines of logs."""
    return _by_name(deployment.once(written))


def _by_name(every: Iterable[_M]) -> _ByName[_M]:
    """Metrics by their names and namespaces."""
    found: dict[str | None, dict[str | None, list[_M]]] = {}
    for metric in every:
        found.setdefault(metric.name.text, {}).setdefault(metric.namespace.text, []).append(metric)
    return found


def named(by_name: _ByName[_M], like: alarms.Metric | Written) -> Iterator[_M]:
    """Those of some metrics that have, or may have, the name and the namespace of another one."""
    name, namespace = like.name.text, like.namespace.text
    for key in by_name if name is None else (name, None):
        held = by_name.get(key, {})
        for place in held if namespace is None else (namespace, None):
            yield from held.get(place, ())


def written(deployment: Deployment) -> Sequence[Written]:
    """What metric filters make of lines of logs, in order."""
    return [
        Written(resource, item, item.get("MetricNamespace"), item.get("MetricName"))
        for resource in deployment.of_type(_FILTER)
        for item in resource.get("MetricTransformations").items
    ]


def watched_by_name(deployment: Deployment) -> _ByName[alarms.Metric]:
    """What alarms watch."""
    return _by_name(metric for alarm in deployment.of_type(alarms.ALARM) for metric in alarms.metrics(alarm))
