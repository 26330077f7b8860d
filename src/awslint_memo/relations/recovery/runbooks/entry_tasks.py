"""Tasks that lead requests to another Region: plans of a Region switch, records, accelerators, distributions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.relations.recovery import capacity
from awslint_memo.relations.recovery.capacity import Lead
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import because, stands
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    plain,
    region_word,
    text_of,
    unknown,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import Task
from awslint_memo.relations.recovery.timelines import Step, Timeline
from awslint_memo.relations.route53 import records

_CONTROL = "us-east-1"
"""Where records of Route 53 are changed, and distributions of CloudFront."""

_ACCELERATORS = "us-west-2"
"""The Region in which Global Accelerator takes calls."""

PROPAGATED = "how long it takes until the name points there: see the TTL"


def plans(sides: Sides) -> Iterator[Task]:
    """The plans of a Region switch, which do by themselves what they have steps for."""
    for member in sides.family.members(capacity.SWITCH):
        plan = member.resource
        regions = [item.text for item in plan.get("Regions").items]
        if sides.region is not None and regions and None not in regions and sides.region not in regions:
            continue
        is_active = plan.get("RecoveryApproach").text == "activeActive"
        target = sides.primary if is_active else sides.region
        arn = unknown(plan, sides.region, "identifier")
        action = "deactivate" if is_active else "activate"
        call = aws(
            *("arc-region-switch", "start-plan-execution", region_word(sides.region), "--plan-arn", arn),
            *("--target-region", region_word(target), "--action", action, "--mode", "ungraceful"),
        )
        what = (
            f"Execute the Region switch plan {plan.title} ({action} {target or 'the Region'}), then what it does not do"
        )
        notes = ["Ungraceful is for a Region that does not answer: databases lose what was not replicated."]
        step = Step(
            "switch", what, by_person=True, because=because(plan, "RecoveryApproach", plan.get("RecoveryApproach"))
        )
        yield Task("decide", step, plan, sides.region, "", (call,), notes, is_sure=member.sure)


def after_region(sides: Sides) -> Iterator[Task]:
    """What leads requests to the other Region."""
    every = [lead for lead in sides.leads if lead.holder.type != capacity.SWITCH]
    of_records = [lead for lead in every if lead.record is not None]
    done: set[int] = set()
    for lead in of_records:
        if lead.record is None or id(lead) in done:
            continue
        together = [other for other in of_records if key(other) == key(lead)]
        done |= {id(other) for other in together}
        yield from _records(sides, lead, together)
    for lead in every:
        if lead.record is None and lead.holder.type == capacity.ENDPOINTS:
            yield from _endpoints(sides, lead)


def key(lead: Lead) -> tuple[object, ...]:
    """What is the same for all that leads requests by one name; two stacks of a family may each have a record of it."""
    record = lead.record
    if record is None:
        return (lead.holder.type,)
    name, zone = record.name.shown, record.zone.key
    if name and "$" not in name:
        # A zone that a stack makes is another one than that of the next stack.
        stack = None if record.zone.resource is None else record.holder.deployment
        return name.lower().rstrip("."), record.type, stack, zone
    return (id(records.record_set(record)[0]),)


def _records(sides: Sides, first: Lead, together: Sequence[Lead]) -> Iterator[Task]:
    """What the records of one name need so that they lead to the other Region."""
    record = first.record
    if record is None or record.zone.is_private or not any(_is_home(sides, lead) for lead in together):
        return  # A zone for VPCs is of use in the Regions of these.
    name = f"{record.name.shown or 'the name'} {record.type or ''}".strip()
    away = [lead for lead in together if lead.region is not None and lead.region == sides.region]
    is_failover = all(lead.record is not None and not lead.record.get("Failover").is_absent for lead in together)
    checked = any(lead.record is not None and records.is_checked(lead.record) is not False for lead in together)
    if len(together) > 1 and is_failover and checked and away:
        step = Step("detection", "its health check fails", because=stands(record.holder, name), untold=[PROPAGATED])
        yield _awaited(Timeline(record.holder, name, "failover record", (step,)), sides)
        return
    what = f"Change {name} so that it leads to {sides.there}{_aim(away) if away else ', where nothing of it leads yet'}"
    notes = (
        [f"Route 53 takes changes of records in {_CONTROL}, the Region that is lost: they may fail."]
        if sides.primary == _CONTROL
        else []
    )
    step = Step(
        "switch", what, by_person=True, because=stands(record.holder, name), untold=[PROPAGATED, *_target(sides, away)]
    )
    yield Task("requests", step, record.holder, None, "", tuple(_changed(record)), notes)


def _awaited(timeline: Timeline, sides: Sides) -> Task:
    """What leads requests elsewhere by itself, once it is seen that nothing answers."""
    reasons = tuple(reason for step in timeline.each() for reason in step.because)
    step = Step(
        "detection",
        f"Wait: {timeline.name} fails over to {sides.there} ({timeline.kind})",
        timeline.least,
        most=timeline.most,
        by_person=timeline.by_person,
        page=next((each.page for each in timeline.steps if each.page), ""),
        because=reasons,
        untold=timeline.untold,
    )
    return Task("requests", step, timeline.holder, sides.region)


def _aim(away: Sequence[Lead]) -> str:
    """What the records of the other Region need, in words behind what is changed."""
    labels = listed([lead.record.label for lead in away if lead.record is not None], 4)
    has_weights = any(lead.record is not None and not lead.record.get("Weight").is_absent for lead in away)
    return f": all weight to {labels}" if has_weights else f" only, by {labels}"


def _target(sides: Sides, away: Sequence[Lead]) -> list[str]:
    return [] if away else [f"the name of what takes requests in {sides.there}"]


def _is_home(sides: Sides, lead: Lead) -> bool:
    """Whether a record leads to what takes requests in the primary Region; what leads nowhere known is no entry."""
    if lead.region is not None:
        return lead.region == sides.primary
    return lead.target is not None


def _changed(record: records.Record) -> Iterator[Command]:
    """What writes the records of a name to a file, and sends the changed file back."""
    named = record.holder.get("HostedZoneId") if record.item is None else record.get("HostedZoneId")
    zone_text = text_of(named if not named.is_absent else record.holder.get("HostedZoneId"))
    holder = record.holder
    zone: Word = zone_text or Unfilled(variable(holder.title, "zone"), "id of the hosted zone", _ZONES)
    name = plain(record.name.shown or "") if "$" not in (record.name.shown or "$") else None
    start: Word = name or Unfilled(variable(holder.title, "name"), "the name of the record")
    file = f"{variable(name or holder.title).lower()}.json"
    look = aws("route53", "list-resource-record-sets", _CONTROL, "--hosted-zone-id", zone, "--start-record-name", start)
    yield Command((*look.words, "--max-items", "10"))
    change = aws("route53", "change-resource-record-sets", _CONTROL, "--hosted-zone-id", zone)
    yield Command((*change.words, "--change-batch", f"file://{file}"))


_ZONES = Command(("aws", "route53", "list-hosted-zones", "--query", "HostedZones[].[Id,Name]", "--output", "table"))


def _endpoints(sides: Sides, lead: Lead) -> Iterator[Task]:
    """An accelerator takes endpoints that fail out by itself; a dial of 0 leads nothing there."""
    if sides.region is None or lead.region != sides.region or lead.carries is True:
        return
    group: Resource = lead.holder
    arn = unknown(group, _CONTROL, "identifier")
    call = aws(
        *("globalaccelerator", "update-endpoint-group", _ACCELERATORS, "--endpoint-group-arn", arn),
        *("--traffic-dial-percentage", "100"),
    )
    what = f"Turn the dial of {group.title} to 100, so that requests are led to {sides.there}"
    reasons = because(group, "TrafficDialPercentage", group.get("TrafficDialPercentage"))
    yield Task("requests", Step("switch", what, by_person=True, because=reasons), group, sides.region, "", (call,))
