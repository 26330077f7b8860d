"""Alarms on a share that metric math works out, as of failures in all requests: how much it can be at most."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch import alarms, metrics

_COUNTED = ("Sum", "SampleCount")
"""The statistics by which metrics count."""

_WHOLES: Mapping[tuple[str, str], str] = fact(
    {
        ("AWS/ApiGateway", "4XXError"): "Count",
        ("AWS/ApiGateway", "4xx"): "Count",
        ("AWS/ApiGateway", "5XXError"): "Count",
        ("AWS/ApiGateway", "5xx"): "Count",
        ("AWS/Lambda", "Errors"): "Invocations",
    },
    page="lambda/latest/dg/monitoring-metrics-types.html",
    read="2026-12-01",
)
"""By namespace and metric, the metric that counts each of its cases too, at the same time."""

_IF = regex(r"IF\([a-z]\w*(?:>0|!=0|>=1)?,(.*),0\)")
_HUNDRED = regex(r"100(?:\.0)?\*(.*)|(.*)\*100(?:\.0)?")
_RATIO = regex(r"([a-z]\w*)/(?:\(([\w+]+)\)|(?:SUM|MAX)\(\[([\w,]+)\]\)|([a-z]\w*))")


@record(frozen=True, eq=False)
class Share:
    """A share that an alarm compares. expression: what works it out. most: the greatest value. is_sure: whether its
    metrics surely have no value below 0."""

    expression: Value
    most: int
    is_sure: bool


def share(alarm: Resource) -> Share | None:
    """The share that an alarm surely compares with its threshold; None where it is something else, or not known."""
    queries = [query for query in alarm.get("Metrics").items if alarms.returns_data(query) is not False]
    if len(queries) != 1 or not alarm.get("ThresholdMetricId").is_absent:
        return None
    expression = queries[0].get("Expression")
    text, most = (expression.text or "").replace(" ", ""), 1
    match = _IF.fullmatch(text)
    text = _unwrapped(text if match is None else match[1])
    match = _HUNDRED.fullmatch(text)
    if match is not None:
        text, most = _unwrapped(match[1] or match[2]), 100
    ratio = _RATIO.fullmatch(text)
    if ratio is None:
        return None
    part, whole = ratio[1], (ratio[2] or ratio[3] or ratio[4]).replace("+", ",").split(",")
    counted = {alarms.id_of(query): _counted(query) for query in alarm.get("Metrics").items}
    named = [counted.get(one) for one in (part, *whole)]
    if None in named or not (part in whole or _is_whole(counted[part], counted[whole[0]])):
        return None
    every = [metric for metric in named if metric is not None]
    return Share(expression, most, all(map(metrics.is_never_negative, every)))


def _unwrapped(text: str) -> str:
    """An expression without parentheses around all of it."""
    inner = text[1:-1]
    is_whole = text.startswith("(") and text.endswith(")") and inner.find(")") >= inner.find("(")
    return inner if is_whole and inner.count("(") == inner.count(")") else text


def _counted(query: Value) -> alarms.Metric | None:
    """The metric of a query that counts; None for another one."""
    metric = alarms.queried(query)
    return metric if metric is not None and metric.statistic.text in _COUNTED else None


def _is_whole(part: alarms.Metric | None, whole: alarms.Metric | None) -> bool:
    """Whether a metric surely counts each case of another one too, of the same resource."""
    if part is None or whole is None or len(part.dimensions) != len(whole.dimensions):
        return False
    named = (part.namespace.text or "", part.name.text or "")
    is_known = named in _WHOLES and (whole.namespace.text, whole.name.text) == (named[0], _WHOLES[named])
    others = [(one.value, whole.dimension(one.name.text or "")) for one in part.dimensions]
    return is_known and all(other is not None and value.is_same_as(other) is True for value, other in others)
