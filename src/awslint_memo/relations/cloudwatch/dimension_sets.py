"""Which dimensions a metric of a service has beside each other: those that it needs, and those that it never has."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.relations.cloudwatch import facts
from awslint_memo.relations.cloudwatch.alarms import Metric
from awslint_memo.relations.cloudwatch.namespaces import namespace


@record(frozen=True)
class Unpublished:
    """Why a metric is not published with the dimensions that an alarm gives it, behind "which", and what to do."""

    reason: str
    remedy: str


def unpublished(metric: Metric, alarm: Resource) -> Unpublished | None:
    """Why a service surely never writes a metric with an alarm's dimensions; None where it does, or may.

    A metric without any dimension is not judged here (see `metrics.without_dimensions`).
    """
    where, name = metric.namespace.text or "", metric.name.text or ""
    known = namespace(where)
    dimensions = [dimension.name.text for dimension in metric.dimensions]
    if known is None or not name or not dimensions or not set(dimensions) <= {None, *known.dimensions, *known.spared}:
        return None  # A dimension that the namespace does not have is another mistake.
    never = next((one for one in dimensions if one is not None and name in known.never.get(one, frozenset())), None)
    needs = [needed for needed, names in known.needs.items() if name in names]
    if never is not None and known.fleet_wide is not True and name in (known.fleet_wide or ()):
        return Unpublished(f"{where} has only without dimensions, so with {never}", _instead_of_all(where, alarm))
    alternatives = [needed.split(" or ") for needed in needs]
    missing = [names[0] for names in alternatives if not set(names) & set(dimensions)]
    if never is not None:
        use = f"use {missing[0]}" if missing else "remove it"
        return Unpublished(f"{where} never has with the dimension {never}, so", use)
    if not missing or None in dimensions:
        return None
    written = listed(sorted(one for one in dimensions if one is not None))
    is_apart = not known.apart.isdisjoint(dimensions)
    what = f"{missing[0]}: {facts.EVERYWHERE}" if where == "AWS/CloudFront" else missing[0]
    remedy = f"use {missing[0]} instead, with an alarm for each" if is_apart else f"add the dimension {what}"
    return Unpublished(f"{where} has only with {listed(missing)}, so with {written} alone", remedy)


def _instead_of_all(where: str, alarm: Resource) -> str:
    """What to do about an alarm with a dimension on a metric that is counted for a whole account and Region alone."""
    texts = (alarm.name, alarm.get("AlarmName").text, alarm.get("AlarmDescription").text)
    if where == "AWS/DynamoDB" and any("throttl" in (text or "").lower() for text in texts):
        return "use ReadThrottleEvents and WriteThrottleEvents; UserErrors does not count throttled requests"
    return "remove the dimensions; it then counts all of the account and Region"
