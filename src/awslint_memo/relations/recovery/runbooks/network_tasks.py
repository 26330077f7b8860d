"""Tasks for the network where an Availability Zone is lost: the way out of private subnets."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.relations.recovery import regions, timeline_facts
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import stands
from awslint_memo.relations.recovery.runbooks.commands import Unfilled, aws, home_word, variable, waiting
from awslint_memo.relations.recovery.runbooks.tasks import Task
from awslint_memo.relations.recovery.timelines import Step

GATEWAY = "AWS::EC2::NatGateway"


def after_zone(sides: Sides) -> Iterator[Task]:
    """What becomes of a NAT gateway that is the only one of its deployment: what other zones send goes through it."""
    family = sides.family
    for deployment in (family.deployment, *(kin.deployment for kin in family.kin)):
        gateway = _only(deployment, sides.primary)
        if gateway is not None:
            yield _made_anew(gateway, regions.name(gateway))


def _only(deployment: Deployment, primary: str | None) -> Resource | None:
    """The only gateway in the primary Region; a root may have those of another Region too."""
    every = deployment.own_of_type(GATEWAY)
    gateways = [each for each in every if primary is None or regions.name(each) in (primary, None)]
    if len(gateways) != 1 or gateways[0].copies.number != 1:
        return None
    mode = gateways[0].get("AvailabilityMode")
    return (
        gateways[0]
        if mode.is_absent or (mode.is_known and mode.text not in timeline_facts.SPREAD_GATEWAYS.value)
        else None
    )


def _made_anew(gateway: Resource, region: str | None) -> Task:
    title = gateway.title
    what = f"Where {title} was in the zone, make it again in another one, and lead the routes to it"
    subnet = Unfilled(variable(title, "subnet"), "id of a public subnet in a zone that is not lost")
    address = Unfilled(variable(title, "address"), "allocation id of an Elastic IP address")
    table = Unfilled(variable(title, "route table"), "id of the route table of the private subnets; each of them")
    made = Unfilled(variable(title, "new"), "id of the NAT gateway that is made", is_late=True)
    calls = (
        aws("ec2", "create-nat-gateway", home_word(region), "--subnet-id", subnet, "--allocation-id", address),
        waiting("ec2", "nat-gateway-available", home_word(region), "--nat-gateway-ids", made),
        aws(
            *("ec2", "replace-route", home_word(region), "--route-table-id", table),
            *("--destination-cidr-block", "0.0.0.0/0", "--nat-gateway-id", made),
        ),
    )
    step = Step(
        "capacity",
        what,
        by_person=True,
        page=timeline_facts.SPREAD_GATEWAYS.page,
        because=stands(gateway, "the only NAT gateway is in one zone, and other zones send through it too"),
        untold=["how long it takes to make a NAT gateway, of which there is no figure (declare `measured`)"],
    )
    notes = [
        "If no public subnet is left, make one first: its route table leads to the internet gateway.",
        "It has another address than before: what lets in the old one alone has to know that.",
    ]
    return Task("capacity", step, gateway, region, "", calls, notes)
