"""Where an Auto Scaling group launches: the one zone where that is sure, else None."""

from __future__ import annotations

from typing import Any

from tests.linting import resource, resources, stack

from awslint_memo import Resource, instances


def group(**properties: Any) -> Resource:
    made = stack(
        {"Parameters": {"Zones": {"Type": "CommaDelimitedList", "Default": "eu-west-1a"}}},
        Web=resource("AutoScaling::AutoScalingGroup", MaxSize=2, **properties),
        One=resource("EC2::Subnet", AvailabilityZoneId="euw1-az1"),
        Two=resource("EC2::Subnet", AvailabilityZoneId="euw1-az1"),
    )
    return resources(made)["Web"]


def test_a_list_of_one_by_default_is_one_zone_and_names_its_parameter() -> None:
    zone = instances.single_zone(group(AvailabilityZones={"Ref": "Zones"}))
    assert zone is not None
    assert zone.name == "the zone eu-west-1a"
    assert zone.place.origin.defaults == ("Zones",)


def test_two_subnets_of_one_zone_by_its_id() -> None:
    web = group(VPCZoneIdentifier=[{"Ref": "One"}, {"Ref": "Two"}])
    zone = instances.single_zone(web)
    assert zone is not None
    assert zone.name == "the zone euw1-az1"
    assert [subnet.name for subnet in zone.subnets] == ["One", "Two"]


def test_nothing_said_is_nothing_sure() -> None:
    assert instances.single_zone(group()) is None


def test_a_placement_group_elsewhere_may_keep_instances_together() -> None:
    assert instances.is_placed_together(group(PlacementGroup="close")) is True
    assert instances.is_placed_together(group()) is False
