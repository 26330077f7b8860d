"""Metrics that programs and metric filters of a deployment write themselves, whatever their namespaces are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch import filtered
from awslint_memo.relations.cloudwatch.alarms import Metric, metrics
from awslint_memo.relations.lambda_ import handlers

_WRITES = regex(r"put[_-]?metric[_-]?data|\bCloudWatchMetrics\b", 2)
"""What a program has that writes metrics (re.I): a call of the SDK, a command, or the embedded metric format."""

_NAMESPACE = regex(r"namespace\W{0,3}[:=]\s*[\x22\x27]", 2)
"""A namespace that is written (re.I)."""

_FUNCTION = "AWS::Lambda::Function"


def of_others(alarm: Resource) -> Iterator[Metric]:
    """The metrics of an alarm that services of AWS or others write: not those of programs and filters here."""
    return (metric for metric in metrics(alarm) if not _is_written_here(metric, alarm.deployment))


def _is_written_here(metric: Metric, deployment: Deployment) -> bool:
    """Whether a program of this deployment writes metrics and has the name of this one in its code, or a metric filter
    makes it of lines of logs, or may."""
    name = metric.name.text
    if name is None:
        return False
    if any(filtered.makers(metric, deployment)):
        return True
    return any(_names(text, name) and _may_be_in(text, metric.namespace.text) for text in deployment.once(_writers))


def _names(text: str, name: str) -> bool:
    return f"'{name}'" in text or f'"{name}"' in text


def _may_be_in(text: str, namespace: str | None) -> bool:
    """Whether a program writes to a namespace, or may: it takes that from elsewhere."""
    return namespace is None or _names(text, namespace) or not _NAMESPACE.search(text)


def _writers(deployment: Deployment) -> Sequence[str]:
    """The programs that write metrics, as text."""
    return [text for one in deployment.of_type(_FUNCTION) for text in _programs(one) if _WRITES.search(text)]


def _programs(function: Resource) -> Iterator[str]:
    """The code of a function: what stands in the template, and the file with its handler beside it."""
    inline = function.get("Code.ZipFile")
    yield _text(inline)
    source = handlers.module(function) if inline.is_absent else None
    if source is not None:
        yield source.text


def _text(value: Value) -> str:
    return "".join(piece.text or " " for piece in value.pieces)
