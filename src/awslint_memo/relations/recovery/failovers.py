"""Where requests go when a Region is lost: to one whose servers are off, or nowhere but to the lost one."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.relations.recovery import families, strategies, traffic, wanted
from awslint_memo.relations.recovery.computing import Computing, computing
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.traffic import Lead
from awslint_memo.relations.route53 import records

_DISTRIBUTION = "AWS::CloudFront::Distribution"


@record(frozen=True)
class Dark:
    """Requests that are led to a Region in which nothing runs. off: what is off there; empty if nothing is there."""

    lead: Lead
    region: str
    off: list[Computing]
    is_checked: bool


def dark(holder: Resource) -> Iterator[Dark]:
    """What a record, a group of records or of endpoints leads to a Region in which surely nothing runs."""
    family, reached = _family(holder)
    if reached is None or reached.primary is None:
        return
    for lead in _of(holder, family):
        region = lead.region
        if region is None or region == reached.primary or lead.carries is not True:
            continue
        found = computing(family)
        near = [one for one in found if one.region in (region, None)]
        if any(one.size.runs is not False or one.region is None for one in near):
            continue
        # That nothing is there is sure only where nothing is elsewhere.
        is_whole = lead.target is not None and wanted.is_complete(holder.deployment)
        if near or (is_whole and _runs(found, reached.primary)):
            yield Dark(lead, region, near, _is_checked(lead))


def _runs(found: list[Computing], region: str) -> bool:
    return any(one.region == region and one.size.runs for one in found)


def _is_checked(lead: Lead) -> bool:
    """Whether a failing health check takes the Region out, or may. An accelerator always checks."""
    return lead.record is None or records.is_checked(lead.record) is not False


def _family(holder: Resource) -> tuple[Family, strategies.Reached | None]:
    name = families.application(holder)
    return families.family(holder.deployment, name), strategies.reached(holder)


def _of(holder: Resource, family: Family) -> list[Lead]:
    if holder.type == traffic.ENDPOINTS:
        return [traffic.of_endpoints(holder)]
    # A target that is not of the family may be of anybody.
    found = [traffic.of_record(family, one) for one in records.records(holder)]
    return [one for one in found if one.target is not None]


@record(frozen=True)
class OneWay:
    """Records that lead to one Region only. pair: whether they are to take over from each other."""

    lead: Lead
    region: str
    pair: bool


def one_way(holder: Resource) -> Iterator[OneWay]:
    """The records that surely lead to the primary Region alone, while nothing leads elsewhere; and pairs in one."""
    family, reached = _family(holder)
    if reached is None or reached.primary is None:
        return
    every = traffic.leads(family)
    leads_away = any(one.region != reached.primary for one in every) or bool(family.members(_DISTRIBUTION))
    for one in records.records(holder):
        together = records.record_set(one)
        if one is not together[0] or not records.has_own_zone(one) or not records.is_whole(one):
            continue
        found = [traffic.of_record(family, each) for each in together]
        targets = {each.region for each in found}
        if any(each.target is None for each in found) or len(targets) != 1 or None in targets:
            continue
        if len(found) > 1 and all(not each.get("Failover").is_absent for each in together):
            yield OneWay(found[-1], found[0].region or "", pair=True)
        elif targets == {reached.primary} and not leads_away:
            yield OneWay(found[0], reached.primary, pair=False)
