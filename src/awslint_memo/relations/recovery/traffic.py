"""Where requests of a family are led: records of Route 53, accelerators, and plans of a Region switch."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Known, Value
from awslint_memo.relations.recovery import facts
from awslint_memo.relations.recovery.computing import ENTRIES, INSTANCE
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.route53 import records

ENDPOINTS = "AWS::GlobalAccelerator::EndpointGroup"
SWITCH = "AWS::ARCRegionSwitch::Plan"
_TARGETS = (*ENTRIES, INSTANCE, "AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName")
_REGION = regex(r"\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:elb\.amazonaws\.com|amazonaws\.com|on\.aws)\.?$")
"""The Region in the host name of a load balancer, an API or the URL of a function."""


@record(frozen=True)
class Lead:
    """Something that leads requests to a Region.

    holder: the record or the endpoint group. place: what says how much. region: where it leads; None if that is not
    known. carries: whether requests go there while all is well; None if that is not known. sure: whether it surely
    exists. record: the record, if it is one. target: what it leads to, if that is a resource of the family.
    """

    holder: Resource
    place: Value
    region: str | None
    carries: bool | None
    sure: bool
    record: records.Record | None = None
    target: Resource | None = None


def leads(family: Family) -> list[Lead]:
    """All that leads requests somewhere."""
    found: list[Lead] = []
    for member in family.members(*records.HOLDERS):
        found += (of_record(family, one, sure=member.sure) for one in records.records(member.resource))
    for member in family.members(ENDPOINTS):
        found.append(of_endpoints(member.resource, sure=member.sure))
    for member in family.members(SWITCH):
        found += _of_switch(member.resource, sure=member.sure)
    return found


def of_record(family: Family, one: records.Record, *, sure: bool = True) -> Lead:
    """Where a record leads."""
    value, target = _target(one)
    region = _region_in(value) if target is None else family.region(target)
    place, carries = _weight(one)
    return Lead(one.holder, place, region, carries, sure, one, target)


def _target(one: records.Record) -> tuple[Value, Resource | None]:
    alias = one.get("AliasTarget.DNSName")
    listed = one.get("ResourceRecords").items
    value = alias if not alias.is_absent else listed[0] if len(listed) == 1 else one.get("Name")
    if value is not alias and len(listed) != 1:
        return Known("", value.place), None
    found = one.holder.deployment.find(value, *_TARGETS)
    if found is None:
        # An alias to a load balancer may begin with "dualstack.".
        linked = {link.resource for link in value.mentions()}
        mentioned = one.holder.deployment.resource(linked.pop()) if len(linked) == 1 else None
        found = mentioned if mentioned is not None and mentioned.type in _TARGETS else None
    return value, found


def _region_in(value: Value) -> str | None:
    match = _REGION.search(value.text or "")
    return match[1] if match else None


def _weight(one: records.Record) -> tuple[Value, bool | None]:
    """What says whether requests go to the target of a record, and whether they do."""
    kind = records.policy(one)
    if kind is None:
        return one.get("Name"), None
    failover = one.get("Failover")
    if not failover.is_absent:
        text = failover.text
        return failover, None if text is None else text.upper() == "PRIMARY"
    weight = one.get("Weight")
    if not weight.is_absent:
        return weight, None if weight.number is None else weight.number > 0
    return one.get("Name"), True


def of_endpoints(group: Resource, *, sure: bool = True) -> Lead:
    """Where an endpoint group of an accelerator leads."""
    dial = group.get("TrafficDialPercentage", default=facts.TRAFFIC_DIAL.value)
    listed = group.get("EndpointConfigurations")
    weights = [one.get("Weight").number for one in listed.items]
    carries = None if dial.number is None else dial.number > 0
    if listed.is_absent or (weights and all(one == 0 for one in weights)):
        carries = False
    return Lead(group, dial, group.get("EndpointGroupRegion").text, carries, sure)


def _of_switch(plan: Resource, *, sure: bool) -> Iterator[Lead]:
    approach = plan.get("RecoveryApproach")
    if approach.text != "activeActive":
        return
    for one in plan.get("Regions").items:
        yield Lead(plan, approach, one.text, True, sure)
