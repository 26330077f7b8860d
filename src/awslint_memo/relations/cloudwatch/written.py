"""The metrics that metric filters of a deployment write, and which of them an alarm nearly names."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record, replace
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch import alarms, namespaces
from awslint_memo.relations.cloudwatch.metrics import RESERVED
from awslint_memo.relations.iam.roles import allowed_resources

_VARIABLES = {"AWS::ECS::TaskDefinition": "ContainerDefinitions", "AWS::Lambda::Function": "Environment.Variables"}
"""Where programs are told the namespace of the metrics that they write."""

_LIKE = 0.85  # chosen: TransferRejected and TransferRejects are alike, Errors4xx and Errors are not


@record(frozen=True)
class Written:
    """A metric that a metric filter writes. is_other_name: whether an alarm has another name of it, not namespace."""

    metric_filter: Resource
    namespace: Value
    name: Value
    is_other_name: bool = True

    @property
    def texts(self) -> tuple[str, str]:
        """The namespace and the name; empty where they are not known."""
        return self.namespace.text or "", self.name.text or ""


def meant(metric: alarms.Metric, deployment: Deployment) -> Written | None:
    """The metric of a filter that an alarm surely means: nothing here writes the alarm's own, a name of this one is
    nearly the same, and no alarm watches it. None where that is not so, or where not all is known that filters write.

    A program may still write the alarm's metric (see `programs_may_write`).
    """
    where, called = metric.namespace.text, metric.name.text
    every = deployment.once(_written)
    if every is None or where is None or called is None or where.startswith(RESERVED) or where in namespaces.names():
        return None
    watched = deployment.once(_watched)
    if watched is None or any(pair.texts == (where, called) for pair in every):
        return None
    for pair in every:
        space, name = pair.texts
        if pair.texts in watched:
            continue
        if space == where and _is_like(name, called):
            return pair
        if name == called and _is_like(space, where):
            return replace(pair, is_other_name=False)
    return None


def programs_may_write(metric: alarms.Metric, deployment: Deployment) -> bool:
    """Whether a program of this deployment may write metrics of a namespace: a policy lets one do so, or a variable of
    a function or a container has its name."""
    if deployment.is_open or allowed_resources(deployment, "cloudwatch:PutMetricData"):
        return True
    programs = deployment.of_type(*_VARIABLES)
    values = (value for program in programs for value in _scalars(program.get(_VARIABLES[program.type])))
    return any(value.text == metric.namespace.text for value in values)


def _scalars(value: Value) -> Iterator[Value]:
    inner = [*value.fields.values()] or [item for item in value.items if item is not value]
    if not inner:
        yield value
    for item in inner:
        yield from _scalars(item)


def _is_like(written: str, named: str) -> bool:
    """Whether two names differ as by a slip: they hold the same digits, and nearly the same letters."""
    from difflib import SequenceMatcher

    digits = [[character for character in text if character.isdigit()] for text in (written, named)]
    return digits[0] == digits[1] and SequenceMatcher(None, written.lower(), named.lower()).ratio() >= _LIKE


def _written(deployment: Deployment) -> list[Written] | None:
    """What the filters of a deployment write; None where that is not known of all."""
    written = [
        Written(resource, item.get("MetricNamespace"), item.get("MetricName"))
        for resource in deployment.of_type(alarms.FILTER)
        for item in resource.get("MetricTransformations").items
    ]
    return None if any("" in pair.texts for pair in written) else written


def _watched(deployment: Deployment) -> set[tuple[str, str]] | None:
    """The metrics that alarms watch, by namespace and name; None where one is not known."""
    watched = [metric for alarm in deployment.of_type(alarms.ALARM) for metric in alarms.metrics(alarm)]
    named = {(metric.namespace.text or "", metric.name.text or "") for metric in watched}
    return None if any("" in pair for pair in named) else named
