"""What makes a naive look at a group's zones wrong: lists in one reference, subnets, groups placed together."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

RULE = "autoscaling-single-az"
PARAMETERS = {
    "Zone": {"Type": "AWS::EC2::AvailabilityZone::Name"},
    "HomeZone": {"Type": "String", "Default": "eu-west-1a"},
    "Subnet": {"Type": "AWS::EC2::Subnet::Id"},
    "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>"},
    "Some": {"Type": "CommaDelimitedList", "Default": "subnet-1, subnet-2"},
    "Size": {"Type": "Number"},
}


def said(document: dict[str, Any]) -> list[tuple[str | None, str]]:
    findings = Example(rules()[RULE], json.dumps(document, indent=1)).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def group(**properties: Any) -> list[tuple[str | None, str]]:
    web = {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": {"MinSize": 1, "MaxSize": 4, **properties}}
    subnets = {
        name: {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": "vpc-1", "AvailabilityZone": zone}}
        for name, zone in {
            "A": "eu-west-1a",
            "A2": "eu-west-1a",
            "B": "eu-west-1b",
            "First": {"Fn::Select": ["0", {"Fn::GetAZs": ""}]},
            "Chosen": {"Ref": "Zone"},
        }.items()
    }
    placements = {
        "Close": {"Type": "AWS::EC2::PlacementGroup", "Properties": {"Strategy": "cluster"}},
        "Apart": {"Type": "AWS::EC2::PlacementGroup", "Properties": {"Strategy": "spread"}},
        "Network": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "network.yaml"}},
    }
    return said({"Parameters": PARAMETERS, "Resources": {"Web": web, **subnets, **placements}})


def refs(*names: str) -> list[dict[str, str]]:
    return [{"Ref": name} for name in names]


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({"AvailabilityZones": ["eu-west-1a"]}, "the zone eu-west-1a"),
        ({"AvailabilityZones": ["eu-west-1a"], "VPCZoneIdentifier": refs("Subnets")}, "the zone eu-west-1a"),
        ({"AvailabilityZoneIds": ["euw1-az1"]}, "the zone euw1-az1"),
        ({"VPCZoneIdentifier": ["subnet-0a1b"]}, "the subnet subnet-0a1b"),
        ({"VPCZoneIdentifier": refs("A")}, "the subnet A"),
        ({"VPCZoneIdentifier": refs("First")}, "the subnet First"),
        ({"VPCZoneIdentifier": [{"Fn::GetAtt": ["A", "SubnetId"]}]}, "the subnet A"),
        ({"VPCZoneIdentifier": refs("A", "A2")}, "the zone eu-west-1a"),
        ({"VPCZoneIdentifier": refs("A"), "PlacementGroup": {"Ref": "Apart"}}, "the subnet A"),
    ],
    ids=str,
)
def test_one_zone_is_found_however_it_is_said(properties: dict[str, Any], where: str) -> None:
    expected = f"launches up to 4 instances, all in {where}; give it a second zone"
    assert group(**properties) == [("warning", expected)]


def test_a_zone_that_is_a_parameters_default_says_so() -> None:
    [(level, message)] = group(AvailabilityZones=refs("HomeZone"))
    assert level == "warning"
    assert message.endswith("all in the zone eu-west-1a; give it a second zone (HomeZone by default)")


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"AvailabilityZones": {"Fn::GetAZs": ""}},
        {"AvailabilityZones": ["eu-west-1a", "eu-west-1b"]},
        {"AvailabilityZones": refs("Zone")},
        {"AvailabilityZones": ["eu-west-1a", {"Ref": "Zone"}]},
        {"VPCZoneIdentifier": {"Ref": "Subnets"}},
        {"VPCZoneIdentifier": refs("Subnets")},
        {"VPCZoneIdentifier": refs("Subnet")},
        {"VPCZoneIdentifier": {"Ref": "Some"}},
        {"VPCZoneIdentifier": refs("Some")},
        {"VPCZoneIdentifier": ["subnet-1,subnet-2"]},
        {"VPCZoneIdentifier": ["subnet-1", {"Ref": "Subnet"}]},
        {"VPCZoneIdentifier": [{"Fn::GetAtt": ["Network", "Outputs.Subnets"]}]},
        {"VPCZoneIdentifier": [{"Fn::ImportValue": "subnet"}]},
        {"VPCZoneIdentifier": refs("A", "B")},
        {"VPCZoneIdentifier": refs("A", "Subnet")},
        {"VPCZoneIdentifier": refs("A", "First")},
        {"VPCZoneIdentifier": refs("First", "Chosen")},
        {"VPCZoneIdentifier": refs("A"), "MaxSize": 1},
        {"VPCZoneIdentifier": refs("A"), "MaxSize": {"Ref": "Size"}},
        {"VPCZoneIdentifier": refs("A"), "PlacementGroup": {"Ref": "Close"}},
        {"VPCZoneIdentifier": refs("A"), "PlacementGroup": "close"},
    ],
    ids=str,
)
def test_several_zones_and_unknown_ones_are_not(properties: dict[str, Any]) -> None:
    assert group(**properties) == []


def terraform(subnet: dict[str, Any] | None = None, **arguments: Any) -> list[tuple[str | None, str]]:
    resource: dict[str, Any] = {"aws_autoscaling_group": {"web": {"min_size": 1, "max_size": 2, **arguments}}}
    if subnet is not None:
        resource["aws_subnet"] = {"one": {"vpc_id": "vpc-1", **subnet}}
    return said({"resource": resource})


def test_terraform_groups_in_one_zone_are_found() -> None:
    assert terraform(availability_zones=["eu-west-1a"]) == [
        ("warning", "launches up to 2 instances, all in the zone eu-west-1a; give it a second zone")
    ]
    assert terraform({}, vpc_zone_identifier=["${aws_subnet.one.id}"]) == [
        ("warning", "launches up to 2 instances, all in the subnet aws_subnet.one; give it a second zone")
    ]


@pytest.mark.parametrize("subnet", [{"count": 2}, {"count": "${var.n}"}, {"for_each": "${var.zones}"}], ids=str)
@pytest.mark.parametrize("named", ["${aws_subnet.one[*].id}", ["${aws_subnet.one.id}"], "${var.subnets}"], ids=str)
def test_terraform_subnets_of_several_copies_are_not_one(subnet: dict[str, Any], named: Any) -> None:
    assert terraform(subnet, vpc_zone_identifier=named) == []
