"""CloudWatch's metrics of AWS services: which a namespace has, what a dimension calls a resource, whose they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from awslint_memo.model.facts import fact
from awslint_memo.model.name_words import name_words
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.relations.cloudwatch import facts
from awslint_memo.relations.cloudwatch.alarms import Metric
from awslint_memo.relations.cloudwatch.namespaces import Namespace, names, namespace, with_metric

RESERVED = fact("AWS/", page="AmazonCloudWatch/latest/APIReference/API_PutMetricData.html", read="2026-11-25")
"""How the namespaces begin that AWS keeps for its services."""

_ALARMS = "AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"

LONGEST_RANGE = fact(604_800, page=_ALARMS, read="2026-11-29")
"""Seconds: the longest time over which an alarm can look back, its Period times its EvaluationPeriods."""

LONGEST_SHORT_RANGE = fact(86_400, page=_ALARMS, read="2026-11-29")
"""The same of an alarm whose Period is below HOUR."""

HOUR = fact(3_600, page=_ALARMS, read="2026-11-29")
"""Seconds: the shortest Period of an alarm that can look back for more than a day."""

HIGH_RESOLUTION = fact((10, 20, 30), page=_ALARMS, read="2026-11-29")
"""Seconds: the periods that only metrics of high resolution have, which no service writes."""

_STAT = "AWSCloudFormation/latest/TemplateReference/aws-properties-cloudwatch-alarm-metricstat.html"
HIGHEST_RESOLUTION = fact((1, 5), page=_STAT, read="2026-11-30")
"""The same of those that only metrics of metric math may have beside them."""

RESOLUTION = fact(60, page="AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html", read="2026-11-29")
"""Seconds from one value to the next of the metrics of AWS services."""

Identity = facts.Identity

IDENTITIES: Mapping[tuple[str, str, str], Identity] = {key: fact.value for key, fact in facts.IDENTITIES.items()}
"""What a dimension calls a resource, by namespace, dimension and the resource's type."""

_ANOTHER = "use a metric that the service publishes"

MOST_FILTERED = fact(
    3, page="AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html", read="2026-11-29"
)
"""How many dimensions a metric filter gives its metric at most."""

UNFILTERED = fact(
    ("DELIVERY", "INFREQUENT_ACCESS"),
    page="AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html",
    read="2026-12-01",
)
"""The classes of log groups that have no metric filters."""

BANDS = fact(
    ("GreaterThanUpperThreshold", "LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold"),
    page="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
    read="2026-11-29",
)
"""The operators that compare with the band of an anomaly detector."""

MOST_ACTIONS = fact(5, page="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html", read="2026-11-29")
"""How many actions an alarm has for one state at most."""


@record(frozen=True)
class Lacking:
    """A name that a namespace does not have: the advice, and whether that is surely so.

    A list of names to which AWS adds does not tell it surely, unless the name is one of another namespace, or differs
    from a known one in case only.
    """

    remedy: str
    is_sure: bool


def lacking_dimension(where: str, dimension: str, beside: Collection[str] = ()) -> Lacking | None:
    """What to write instead of a dimension that a known namespace does not have; None where it has it, or may.

    beside: the other dimensions of the alarm's metric.
    """
    known = namespace(where)
    if known is None or dimension in known.dimensions | known.spared:
        return None
    others = (of for name in names() if name != where and (of := namespace(name)) is not None)
    is_sure = "dimensions" in known.settled or any(dimension in other.dimensions for other in others)
    alike = any(name.lower() == dimension.lower() for name in known.dimensions)
    is_extra = not alike and not known.dimensions.isdisjoint(beside)
    return Lacking("remove it" if is_extra else f"use {_choices(dimension, known.dimensions)}", is_sure or alike)


def lacking_metric(where: str, metric: str) -> Lacking | None:
    """What to do about a metric that a known namespace does not have; None where it has it. metric: "" if not known."""
    known = namespace(where)
    if known is None or not metric or metric in known.metrics:
        return None
    place = known.elsewhere.get(metric)
    if place is not None:
        agent = "use the CloudWatch agent's metric in the namespace " if place == "CWAgent" else "set Namespace to "
        return Lacking(f"{agent}{place}" if place else _ANOTHER, is_sure=True)
    alike = sorted(name for name in known.metrics if name.lower() == metric.lower())
    if alike:
        return Lacking(f"write {alike[0]}", is_sure=True)
    if "metrics" in known.settled:
        return Lacking(f"{_ANOTHER}{_near(metric, known)}", is_sure=True)
    near = _near(metric, known)
    homes = with_metric(metric)
    if len(homes) == 1:
        whose = "" if near else f"it is a metric of {homes[0]}; "
        return Lacking(f"{whose}{_ANOTHER}{near}", is_sure=True)
    return Lacking(f"compare it with AWS's list; {_ANOTHER}{near}", is_sure=False)


def _near(metric: str, known: Namespace) -> str:
    """The metric of a namespace that is called most like one, at the end of a remedy; empty if none is like it."""
    from difflib import get_close_matches

    near = get_close_matches(metric, sorted(known.metrics), 1, 0.75)  # chosen: words in another order are alike
    return f", such as {near[0]}" if near else ""


def without_dimensions(known: Namespace, metric: str | None) -> bool | None:
    """Whether a metric has a series without dimensions, or may (True), or surely has none (False); None where AWS's
    page lists those that have one and this one is not among them."""
    if isinstance(known.fleet_wide, bool):
        return known.fleet_wide
    return True if metric is None or metric in known.fleet_wide else None


def fitting_namespace(metric: Metric) -> tuple[str, str] | None:
    """What to do about a metric that only another known namespace has with its dimensions, and the dimension that the
    written namespace surely does not have; None where there is no such namespace."""
    where, name = metric.namespace.text or "", metric.name.text
    if name is None or not where.startswith(RESERVED):
        return None
    dimensions = [dimension.name.text or "" for dimension in metric.dimensions]
    homes = ((called, namespace(called)) for called in with_metric(name))
    spelled = {name.lower() for name in dimensions}
    fitting = [(called, known) for called, known in homes if known and spelled <= set(_by_case(known.dimensions))]
    if len(fitting) != 1 or fitting[0][0] == where:
        return None
    called, known = fitting[0]
    meant = [_by_case(known.dimensions)[name.lower()] for name in dimensions if name not in known.dimensions]
    lacking = (name for name in dimensions if name in known.own or lacking_dimension(where, name) is not None)
    dimension = next(lacking, None)
    own = namespace(where)
    dimensions_of = f"use the dimensions of {where}, or " if own is not None and name in own.metrics else ""
    and_spell = f" and the dimension to {meant[0]}" if meant else ""
    return None if dimension is None else (f"{dimensions_of}set it to {called}{and_spell}", dimension)


def _by_case(names: Iterable[str]) -> dict[str, str]:
    """Names by how they are without case."""
    return {name.lower(): name for name in names}


def alike_namespace(where: str) -> str | None:
    """The namespace that is surely meant by one that no service has: it differs in case only, or is what people call
    the service; None where that is not sure."""
    meant = _meant().get(where.lower())
    return None if meant == where else meant


@cache
def _meant() -> Mapping[str, str]:
    """What is meant by a namespace, by its name without case."""
    known = {name.lower(): name for name in (*facts.MISNAMED.values(), *names())}
    return known | {(RESERVED + name).lower(): instead for name, instead in facts.MISNAMED.items()}


def unit(metric: Metric) -> str | None:
    """The unit with which a service writes a metric; None where that is not known."""
    known = namespace(metric.namespace.text or "")
    return None if known is None else known.units.get(metric.name.text or "")


def called_after(name: str, metric: Metric) -> str | None:
    """The other metric of the same namespace, in another unit, whose name of several words stands in that of an alarm,
    and not the metric's own: somebody copied an alarm and forgot to change one of both. None where there is none."""
    known, called = namespace(metric.namespace.text or ""), "".join(filter(str.isalnum, name)).lower()
    if known is None or (metric.name.text or "").lower() in called:
        return None
    others = (other for other, written_in in known.units.items() if written_in != unit(metric))
    found = (other for other in others if other.lower() in called and len(name_words(other)) > 1)
    return max(found, key=len, default=None)


def greatest(metric: Metric, statistic: str) -> int | None:
    """The greatest value that a statistic of a metric can have; None where there is none, or it is not known."""
    known, name = namespace(metric.namespace.text or ""), metric.name.text or ""
    if known is None or statistic in ("Sum", "SampleCount"):
        return None
    if name in known.at_most_one | known.each_one or (statistic == "Average" and name in known.average_at_most_one):
        return 1
    is_percent = known.units.get(name) == "Percent" and name not in known.percent_bursts
    return 100 if is_percent else None


def counts_ones(metric: Metric) -> bool:
    """Whether every value of a metric surely is 1, so that no statistic but the Sum tells how many there were."""
    known = namespace(metric.namespace.text or "")
    return known is not None and (metric.name.text or "") in known.each_one


def is_never_negative(metric: Metric) -> bool:
    """Whether a metric surely has no value below 0: it counts. Some lags are -1 where nothing is replicated."""
    return metric.statistic.text == "SampleCount" or unit(metric) in ("Bytes", "Count", "Percent")


def is_free_space(metric: Metric) -> bool:
    """Whether a metric surely is how many bytes of a disk or a memory are free."""
    return unit(metric) == "Bytes" and (metric.name.text or "").startswith("Free")


def is_level(metric: Metric) -> bool:
    """Whether a metric is surely measured and not counted, so that its Sum grows with the number of measurements."""
    known = namespace(metric.namespace.text or "")
    return known is not None and (metric.name.text or "") in known.levels


def _choices(wrong: str, known: Iterable[str]) -> str:
    """The dimensions that differ only in case, else those of which one name begins the other, else all that there
    are."""
    every, low = sorted(known), wrong.lower()
    begun = [name for name in every if name.lower().startswith(low) or low.startswith(name.lower())]
    alike = [name for name in every if name.lower() == low] or begun or every
    return listed(alike, last="or")
