"""Reads metrics.txt, whose first lines describe its notation: what the namespaces of AWS services hold.

A namespace is read when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from os.path import dirname, join
from typing import Any, cast

from awslint_memo.model.facts import fact
from awslint_memo.model.record import record

NO_UNIT = "no unit"
"""The key of metrics.txt for metrics of which nobody has read the unit."""

GLOBAL = fact(
    frozenset(("AWS/Billing", "AWS/CloudFront", "AWS/Route53")),
    page="Route53/latest/DeveloperGuide/monitoring-health-checks.html",
    read="2026-11-29",
)
"""The namespaces whose metrics are written in one Region alone. Of CloudFront: AmazonCloudFront/latest/DeveloperGuide/
monitoring-using-cloudwatch.html; of billing: AmazonCloudWatch/latest/monitoring/
monitor_estimated_charges_with_cloudwatch.html."""

GLOBAL_REGION = "us-east-1"
"""The Region in which the metrics of global services are."""

OTHER_PARTITIONS = ("cn-", "us-gov-", "us-iso", "eusc-")
"""How the Regions of partitions begin that have Regions of their own for such metrics."""

_UNITS = ("Bytes", "Bytes/Second", "Count", "Count/Second", "Microseconds", "Milliseconds", "Percent", "Seconds")
_ALL = "all"


@record(frozen=True)
class Namespace:
    """The metrics of one service.

    dimensions: those of its metrics. spared: dimensions of newer features and of other services, against which nothing
    is said. own: the dimensions that no other service has. metrics: every metric that is known. settled: "dimensions"
    or "metrics", where a page lists all of them. units: by metric. percent_bursts: metrics in percent that exceed 100.
    at_most_one: metrics that are 0 or 1; each_one: those of which every value is 1; average_at_most_one: those whose
    Average is a share of all requests. levels: metrics that are measured and not counted, so that their Sum grows with
    the number of measurements. requested: metrics of failures that are written with each request, as 0 or 1; rare:
    those that are written only when something happens. never_zero: counts that are written only where they are not 0;
    of_jobs: counts of jobs, which may be written only where there are some. fleet_wide: the metrics that have no
    dimensions, of a whole account or of all of a service; True where all may have none, False where surely none of them
    has none. never: by dimension, the metrics that are never written with it; needs: those that are never written
    without it ("A or B": without one of these). apart: dimensions that stand beside none of these. elsewhere: metrics
    that people look for here, and the namespace that has them, "" where none does. kinds: by kind of resource, the
    metrics that it has.
    """

    dimensions: frozenset[str]
    spared: frozenset[str]
    own: frozenset[str]
    metrics: frozenset[str]
    settled: frozenset[str]
    units: Mapping[str, str]
    percent_bursts: frozenset[str]
    at_most_one: frozenset[str]
    each_one: frozenset[str]
    average_at_most_one: frozenset[str]
    levels: frozenset[str]
    requested: frozenset[str]
    rare: frozenset[str]
    never_zero: frozenset[str]
    of_jobs: frozenset[str]
    fleet_wide: bool | frozenset[str]
    never: Mapping[str, frozenset[str]]
    needs: Mapping[str, frozenset[str]]
    apart: frozenset[str]
    elsewhere: Mapping[str, str]
    kinds: Mapping[str, frozenset[str]]


@cache
def namespace(name: str) -> Namespace | None:
    """What the namespace of a service holds; None for a namespace of which the memo does not speak."""
    lines = _sections().get(name)
    return None if lines is None else _of(dict(entries(lines)))


def names() -> Iterable[str]:
    """The names of the known namespaces."""
    return _sections()


@cache
def with_metric(metric: str) -> tuple[str, ...]:
    """The names of the known namespaces that have a metric."""
    held = (name for name, lines in _sections().items() if any(metric in line for line in lines))
    return tuple(name for name in held if (known := namespace(name)) is not None and metric in known.metrics)


def lines(name: str) -> list[str]:
    """The lines of metrics.txt below the name of a namespace."""
    return _sections()[name]


def entries(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The entries of a section of metrics.txt: a key and its names. Lines that are indented further go on."""
    texts: list[str] = []
    for line in lines:
        if line.startswith("    "):
            texts[-1] += " " + line.strip()
        else:
            texts.append(line.strip())
    for text in texts:
        key, _, names = text.partition(": ")
        yield key, names.split(", ")


@cache
def _sections() -> Mapping[str, list[str]]:
    """The lines of metrics.txt below each name of a namespace."""
    # As data of the package, which may be in an archive.
    data = cast("Any", __spec__).loader.get_data(join(dirname(__file__), "metrics.txt"))
    lines = [line for line in cast("bytes", data).decode().splitlines() if line and not line.startswith("#")]
    sections: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if line.startswith(" "):
            sections[name].append(line)
        else:
            name = line
            sections[name] = []
    return sections


def _of(keys: Mapping[str, list[str]]) -> Namespace:
    units = {name: unit for unit in _UNITS for name in keys.get(unit, ())}

    def names(key: str) -> frozenset[str]:
        return frozenset(keys.get(key, ()))

    def by(start: str) -> dict[str, frozenset[str]]:
        return {key.removeprefix(start): names(key) for key in keys if key.startswith(start)}

    levels = names("levels") | {name for name, unit in units.items() if unit == "Percent"}
    alone = keys.get("without dimensions", [])
    elsewhere = {name: place for place, held in by("in ").items() for name in held}
    elsewhere.update(dict.fromkeys(keys.get("nowhere", ()), ""))
    return Namespace(
        dimensions=names("dimensions"),
        spared=names("spared dimensions"),
        own=names("own dimensions"),
        metrics=frozenset(units) | names(NO_UNIT),
        settled=names("settled"),
        units=units,
        percent_bursts=names("above 100 too"),
        at_most_one=names("at most 1"),
        each_one=names("each 1"),
        average_at_most_one=names("average at most 1"),
        levels=levels,
        requested=names("with requests"),
        rare=names("when it happens"),
        never_zero=names("never 0"),
        of_jobs=names("with jobs"),
        fleet_wide=alone == [_ALL] or frozenset(alone) or False,
        never=by("never with "),
        needs=by("needs "),
        apart=names("apart"),
        elsewhere=elsewhere,
        kinds=by("kind "),
    )
