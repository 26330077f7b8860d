"""Tasks that lead requests to another Region by the endpoint groups of an accelerator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.relations.recovery import capacity, service_types
from awslint_memo.relations.recovery.capacity import Lead
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import because, stands
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    region_word,
    tabled,
    unknown,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import Question, Task
from awslint_memo.relations.recovery.timelines import Step, Timeline

ACCELERATORS = "us-west-2"
"""The Region in which Global Accelerator takes calls."""


def endpoints(sides: Sides, lead: Lead) -> Iterator[Task | Question]:
    """An accelerator takes endpoints that fail out by itself; a dial of 0 leads nothing there, nor do no endpoints."""
    if sides.region is None or lead.region != sides.region or lead.carries is True:
        return
    if lead.place.number is None or lead.place.number == 0:
        # Where the group of the lost Region has no healthy endpoint, the accelerator ignores the dial of this one.
        if not (capacity.takes_over(lead.holder) and _is_beside_home(sides, lead.holder)):
            yield _dialled(sides, lead)
    elif lead.holder.get("EndpointConfigurations").is_absent:
        look = tabled(_of_group("describe-endpoint-group", lead.holder), "EndpointGroup.EndpointDescriptions")
        words = "which no template gives endpoints"
        task = _given(sides, lead, f"Give {lead.holder.title} endpoints", words)
        what = f"whether {lead.holder.title} has endpoints"
        yield Question(what, lead.holder, (look,), task.step.because, then=task, answer="not")
    else:
        what = f"Give the endpoints of {lead.holder.title} weights above 0"
        yield _given(sides, lead, what, "of which all endpoints have a weight of 0")


def alone(sides: Sides, timelines: Sequence[Timeline]) -> Iterator[Task]:
    """Endpoint groups of the lost Region to whose listener no group of the other Region belongs: one is added."""
    groups = [member.resource for member in sides.family.members(service_types.ENDPOINTS)]
    for timeline in timelines:
        group = timeline.holder
        if group.type != service_types.ENDPOINTS or not timeline.by_person or timeline.is_elsewhere:
            continue
        named = group.get("ListenerArn")
        same = [each for each in groups if each is not group and each.get("ListenerArn").is_same_as(named) is not False]
        if not any(capacity.region_of_endpoints(each) in (sides.region, None) for each in same):
            yield _added(sides, group)


def _added(sides: Sides, group: Resource) -> Task:
    listener = group.deployment.find(group.get("ListenerArn"), "AWS::GlobalAccelerator::Listener")
    arn = Unfilled(variable(group.title, "listener"), f"ARN of the listener of {group.title}")
    words: tuple[Word, ...] = (
        *("--listener-arn", arn if listener is None else unknown(listener, ACCELERATORS, "identifier")),
        *("--endpoint-group-region", region_word(sides.region)),
        *("--endpoint-configurations", _endpoints(group)),
    )
    what = f"Add an endpoint group of {sides.there} to the listener of {group.title}, so that requests are led there"
    reasons = stands(group, f"{group.title}, beside which no group of its listener takes requests")
    step = Step("switch", what, by_person=True, because=reasons, untold=[f"what takes requests in {sides.there}"])
    call = aws("globalaccelerator", "create-endpoint-group", ACCELERATORS, *words)
    return Task("requests", step, group, sides.region, "", (call,))


def _endpoints(group: Resource) -> Unfilled:
    entry = "EndpointId=,Weight= with what takes requests there and its weight"
    return Unfilled(variable(group.title, "endpoints"), entry)


def _is_beside_home(sides: Sides, group: Resource) -> bool:
    """Whether an endpoint group in the Region that is lost is of the same listener, and has endpoints."""
    named = group.get("ListenerArn")
    groups = (member.resource for member in sides.family.members(group.type))
    same = [each for each in groups if each is not group and each.get("ListenerArn").is_same_as(named) is True]
    return any(capacity.region_of_endpoints(each) == sides.primary and capacity.takes_over(each) for each in same)


def _of_group(call: str, group: Resource, *words: Word) -> Command:
    """A call for an endpoint group of an accelerator."""
    arn = unknown(group, ACCELERATORS, "identifier")
    return aws("globalaccelerator", call, ACCELERATORS, "--endpoint-group-arn", arn, *words)


def _dialled(sides: Sides, lead: Lead) -> Task:
    """The dial of an endpoint group is turned."""
    group = lead.holder
    call = _of_group("update-endpoint-group", group, "--traffic-dial-percentage", "100")
    what = f"Turn the dial of {group.title} to 100, so that requests are led to {sides.there}"
    step = Step("switch", what, by_person=True, because=because(group, "TrafficDialPercentage", lead.place))
    return Task("requests", step, group, sides.region, "", (call,))


def _given(sides: Sides, lead: Lead, what: str, why: str) -> Task:
    """An endpoint group is given endpoints that take requests. what: that, in words. why: in words behind
    the name of the group."""
    group = lead.holder
    call = _of_group("update-endpoint-group", group, "--endpoint-configurations", _endpoints(group))
    step = Step(
        "switch",
        f"{what}, so that requests are led to {sides.there}",
        by_person=True,
        because=stands(group, f"{group.title}, {why}"),
    )
    return Task("requests", step, group, sides.region, "", (call,))
