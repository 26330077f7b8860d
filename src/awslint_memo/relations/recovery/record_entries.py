"""How long it takes until the name of a record leads to another Region: detection, change, and what resolvers keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record, replace
from awslint_memo.relations.recovery import capacity, detections, request_records, timeline_facts
from awslint_memo.relations.recovery.capacity import Lead
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.recovery_paths import Reasons, because
from awslint_memo.relations.recovery.timelines import Step, Timeline
from awslint_memo.relations.route53 import records
from awslint_memo.relations.route53.records import Record
from awslint_memo.relations.route53.zones import ZONE, RecordKey

SINGLE = "record"
"""The kind of a record that is alone under its name and type."""

_BALANCERS = ("AWS::ElasticLoadBalancing::LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer")
_BALANCER_NAME = regex(r"\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?\.?$|\.[a-z0-9-]+\.elb\.amazonaws\.com\.?$")
_AWS_NAME = regex(r"\.(?:amazonaws\.com|amazonaws\.com\.cn|awsglobalaccelerator\.com|cloudfront\.net|on\.aws)\.?$")
_DEEPEST = 3


@record(frozen=True)
class _Set:
    """The records of one name and type. away: those that lead to other Regions than the one that is lost."""

    family: Family
    lost: Sequence[Lead]
    away: Sequence[Lead]
    policy: str | None


def of_records(family: Family, holder: Resource, primary: str | None) -> Iterator[Timeline]:
    """The timelines of the names whose first record a resource is or holds, as far as they lead to one Region.

    primary: the Region that is lost; None if it is not known.
    """
    for first in request_records.of_holder(holder):
        together = records.record_set(first)
        if first is not together[0] or first.type is None or _answers_elsewhere(family, first, primary):
            continue
        leads = [capacity.of_record(family, each) for each in (*together, *_elsewhere(family, first))]
        names = _set(family, leads, primary)
        if names is None:
            continue
        # What leads there from another stack is told with that stack.
        own = [(lead, lead.record) for lead in names.lost if lead.record in together]
        ways = [_timeline(names, lead, record) for lead, record in own if record is not None]
        if ways:
            yield max(ways, key=lambda timeline: timeline.least)


def _answers_elsewhere(family: Family, own: Record, primary: str | None) -> bool:
    """Whether the VPCs of another Region surely have a private zone of their own with a record of the same name: then
    none of them asks for this one."""
    mine = own.zone.resource
    if mine is None or not own.zone.is_private or _seen_from(mine, family) != {primary} or own.name.key is None:
        return False
    members = family.members(ZONE)
    zones = {
        id(each.resource) for each in members if each.sure and _is_away(_seen_from(each.resource, family), primary)
    }
    others = (each for member in family.members(*records.HOLDERS) for each in records.records(member.resource))
    same = (each for each in others if (each.name.key, each.type) == (own.name.key, own.type))
    return any(each.zone.is_private and id(each.zone.resource) in zones for each in same)


def _is_away(seen: set[str | None], primary: str | None) -> bool:
    return bool(seen) and seen.isdisjoint((primary, None))


def _seen_from(zone: Resource, family: Family) -> set[str | None]:
    """The Regions of the VPCs that a private zone is for: those written, else that in which it is made."""
    named = (vpc.get("VPCRegion") for vpc in zone.get("VPCs").items)
    return {family.region(zone) if region.is_absent else region.text for region in named}


def _elsewhere(family: Family, own: Record) -> Sequence[Record]:
    """The records of a family's other stacks that surely answer together with a record."""
    key, policy = records.key(own), records.policy(own)
    if key is None or not key.is_written or policy in (None, "simple") or not family.kin:
        return ()
    known = family.deployment.once(_by_application)
    if family.application not in known:
        known[family.application] = _by_key(family)
    same = known[family.application].get(key, ())
    return [
        other
        for other in same
        if other.holder.deployment is not own.holder.deployment and records.policy(other) == policy
    ]


def _by_application(_: Deployment) -> dict[str | None, dict[RecordKey, list[Record]]]:
    return {}


def _by_key(family: Family) -> dict[RecordKey, list[Record]]:
    """The records of a family that surely exist, by what those of other stacks have in common with them."""
    known: dict[RecordKey, list[Record]] = {}
    with noted():  # What is read of others is no question about the deployment at hand.
        for member in family.members(*records.HOLDERS):
            for each in records.records(member.resource) if member.sure else ():
                key = records.key(each)
                if key is not None and key.is_written:
                    known.setdefault(key, []).append(each)
    return known


def _set(family: Family, leads: Sequence[Lead], primary: str | None) -> _Set | None:
    """What of a name is lost, and what is left; None where it is not known to lead to one Region."""
    policy = None if leads[0].record is None else records.policy(leads[0].record)
    if policy == "failover":
        first = [lead for lead in leads if lead.carries]
        if primary is not None and any(lead.region not in (None, primary) for lead in first):
            return None
        return _Set(family, first, [lead for lead in leads if lead.carries is False], policy)
    lost = [lead for lead in leads if lead.region is not None and lead.region == primary]
    if policy not in (None, "simple") and all(lead.region is None and lead.target is None for lead in leads):
        # Nothing tells which of them leads to what is lost; each is left out once its check fails.
        checked = [lead for lead in leads if lead.carries and lead.record and detections.of_record(lead.record)]
        lost = checked[:1] if len(leads) > 1 else []
    away = [lead for lead in leads if lead not in lost and (lead.carries or policy == "weighted")]
    return _Set(family, lost, away, policy)


def _timeline(names: _Set, lead: Lead, own: Record) -> Timeline:
    """The steps until a name leads elsewhere than a record of it does."""
    name = f"{own.name.shown or own.holder.title} {own.type}"
    same = [other for other in names.away if other.region is not None and other.region == lead.region]
    others = [other for other in names.away if other not in same]
    is_whole = records.is_whole(own) and records.has_own_zone(own)
    is_open = names.policy not in (None, "simple") and not is_whole
    noticed = detections.of_record(own) if others or is_open else None
    if noticed is not None and not others:
        # Whether anything of this name leads elsewhere is known to another stack, if it is.
        reason = f"where {own.name.shown or own.holder.title} leads then: no other record of it is in this run"
        noticed = replace(noticed, least=0, untold=[*noticed.untold, reason])
    dark = [other for other in others if other.carries is False and names.policy == "weighted"]
    if noticed is None or (others and len(dark) == len(others)):
        steps = [*_by_hand(own, lead), caching(own)]
    else:
        steps = [noticed, caching(own)]
    to = next((other.region for other in others if other.region is not None), None)
    kind = SINGLE if names.policy in (None, "simple") else f"{names.policy} record"
    is_dark = names.policy == "weighted" and all(other.carries is False for other in names.lost)
    if is_dark and others and all(other.carries for other in others):
        path = "Weight" if own.item is None else "RecordSets.Weight"
        step = elsewhere_already(lead.region, because(own.holder, path, own.get("Weight")))
        return Timeline(own.holder, name, kind, [step], lead.region, to, own, is_elsewhere=True)
    return Timeline(own.holder, name, kind, steps, lead.region, to, own)


def elsewhere_already(region: str | None, reasons: Reasons) -> Step:
    """What stands for the steps of what leads nothing to the Region that is lost."""
    return Step("switch", f"no requests are led to {region}", because=reasons)


def _by_hand(own: Record, lead: Lead) -> Iterator[Step]:
    """Somebody changes a record; for that Route 53's control plane is needed, which stands in one Region."""
    reason = f"when somebody changes the record of {own.name.shown or own.holder.title}: nothing fails over by itself"
    yield Step("decision", "somebody decides to change the record", by_person=True, untold=[reason])
    home = timeline_facts.CONTROL_PLANE
    if lead.region != home.value:
        takes = timeline_facts.PROPAGATION
        yield Step("switch", "all name servers get the change", typical=takes.value, by_person=True, page=takes.page)
        return
    zone = own.zone.resource
    fact = timeline_facts.ACCELERATED
    if zone is not None and is_accelerated(zone):
        what = f"records can be changed again without {home.value} (accelerated recovery), and are"
        yield Step("switch", what, typical=fact.value, by_person=True, page=fact.page)
        return
    reason = f"how long records can't be changed without {home.value}, where Route 53's control plane is"
    remedy = "accelerated recovery of the zone is designed for 60 minutes"
    yield Step("switch", "the record is changed", by_person=True, page=home.page, untold=[f"{reason} ({remedy})"])


def is_accelerated(zone: Resource) -> bool | None:
    """Whether records of a zone can be changed while us-east-1 is lost; None if that is not known."""
    written = zone.get("HostedZoneFeatures.EnableAcceleratedRecovery", default=False)
    return written.flag


def caching(own: Record, depth: int = 0) -> Step:
    """What resolvers keep: the TTL of a record, and of an alias that of what it leads to."""
    if own.get("AliasTarget").is_absent:
        ttl = own.get("TTL")
        path = "TTL" if own.item is None else "RecordSets.TTL"
        reasons = because(own.holder, path, ttl)
        if ttl.number is None:
            return Step(
                "caching", "resolvers keep the answer", because=reasons, untold=["the TTL (give its parameter)"]
            )
        return Step(
            "caching", "resolvers keep the answer", least=ttl.number, page=timeline_facts.KEPT.page, because=reasons
        )
    target, value = detections.targets(own), own.get("AliasTarget.DNSName")
    if target and depth < _DEEPEST:
        return min((caching(other, depth + 1) for other in target), key=lambda step: step.least)
    resource = own.holder.deployment.find(value)
    reasons = because(own.holder, "AliasTarget.DNSName", value)
    is_balancer = resource.type in _BALANCERS if resource is not None else bool(_BALANCER_NAME.search(value.text or ""))
    if is_balancer:
        fact = timeline_facts.BALANCER_TTL
        what = "resolvers keep the answer of the load balancer"
        return Step("caching", what, least=fact.value, page=fact.page, because=reasons)
    name = value.text if resource is None else resource.title
    if name is not None and resource is None and not _AWS_NAME.search(name):
        reason = f"the TTL of {name}, which is not in this run"
        return Step(
            "caching", "resolvers keep the answer", page=timeline_facts.KEPT.page, because=reasons, untold=[reason]
        )
    reason = f"the TTL of {name}: AWS has no figure (ask a resolver)"
    if name is None:
        reason = (
            f"the TTL of what the alias leads to, which is not known ({compact(timeline_facts.BALANCER_TTL.value)} "
        )
        reason += "for a load balancer)"
    page = timeline_facts.ALIAS_TTL.page
    return Step("caching", "resolvers keep the answer", page=page, because=reasons, untold=[reason])
