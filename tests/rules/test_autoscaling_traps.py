"""What makes a naive look at a group's zones wrong: lists in one reference, subnets, groups placed together."""

from __future__ import annotations

from typing import Any

import pytest
from tests.linting import Found, found, messages, resource, stack
from tests.linting import terraform as configuration

RULE = "autoscaling-single-az"
PARAMETERS = {
    "Zone": {"Type": "AWS::EC2::AvailabilityZone::Name"},
    "HomeZone": {"Type": "String", "Default": "eu-west-1a"},
    "Subnet": {"Type": "AWS::EC2::Subnet::Id"},
    "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>"},
    "Some": {"Type": "CommaDelimitedList", "Default": "subnet-1, subnet-2"},
    "Size": {"Type": "Number"},
}


def group(**properties: Any) -> dict[str, Any]:
    """A group named Web of 1 to 4 instances, and the subnets and placement groups that it may name."""
    zones = {
        "A": "eu-west-1a",
        "A2": "eu-west-1a",
        "B": "eu-west-1b",
        "First": {"Fn::Select": ["0", {"Fn::GetAZs": ""}]},
        "Chosen": {"Ref": "Zone"},
    }
    subnets = {name: resource("EC2::Subnet", VpcId="vpc-1", AvailabilityZone=zone) for name, zone in zones.items()}
    return stack(
        {"Parameters": PARAMETERS},
        Web=resource("AutoScaling::AutoScalingGroup", **{"MinSize": 1, "MaxSize": 4, **properties}),
        Close=resource("EC2::PlacementGroup", Strategy="cluster"),
        Apart=resource("EC2::PlacementGroup", Strategy="spread"),
        Network=resource("CloudFormation::Stack", TemplateURL="network.yaml"),
        **subnets,
    )


def refs(*names: str) -> list[dict[str, str]]:
    return [{"Ref": name} for name in names]


@pytest.mark.parametrize(
    ("properties", "at", "where"),
    [
        ({"AvailabilityZones": ["eu-west-1a"]}, "eu-west-1a", "zone eu-west-1a"),
        ({"AvailabilityZones": ["eu-west-1a"], "VPCZoneIdentifier": refs("Subnets")}, "eu-west-1a", "zone eu-west-1a"),
        ({"AvailabilityZoneIds": ["euw1-az1"]}, "euw1-az1", "zone euw1-az1"),
        ({"VPCZoneIdentifier": ["subnet-0a1b"]}, "subnet-0a1b", "subnet subnet-0a1b"),
        ({"VPCZoneIdentifier": refs("A")}, "Ref: A", "subnet A"),
        ({"VPCZoneIdentifier": refs("First")}, "Ref: First", "subnet First"),
        ({"VPCZoneIdentifier": [{"Fn::GetAtt": ["A", "SubnetId"]}]}, "Fn::GetAtt", "subnet A"),
        ({"VPCZoneIdentifier": refs("A", "A2")}, "VPCZoneIdentifier", "zone eu-west-1a"),
        ({"VPCZoneIdentifier": refs("A"), "PlacementGroup": {"Ref": "Apart"}}, "Ref: A", "subnet A"),
    ],
    ids=str,
)
def test_one_zone_is_found_however_it_is_said(properties: dict[str, Any], at: str, where: str) -> None:
    assert found(RULE, group(**properties)) == [Found("warning", "Web", at)]
    (message,) = messages(RULE, group(**properties))
    assert f"launch in the {where};" in message
    assert message.startswith("MaxSize of Web is 4, ")
    property_name = next(iter(properties))
    second = "a subnet in a second zone" if property_name == "VPCZoneIdentifier" else "a second zone"
    is_of_both = len(properties) > 1 and property_name != "VPCZoneIdentifier"
    subnet = ", and a subnet there to VPCZoneIdentifier" if is_of_both else ""
    assert message.endswith(f"; add {second} to {property_name}{subnet}")


def test_a_zone_that_is_a_parameters_default_says_so() -> None:
    by_default = group(AvailabilityZones=refs("HomeZone"))
    assert found(RULE, by_default) == [Found("warning", "Web", "Default: eu-west-1a")]
    (message,) = messages(RULE, by_default)
    assert "zone eu-west-1a (default of HomeZone);" in message


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
    assert found(RULE, group(**properties)) == []


def terraform(subnet: dict[str, Any] | None = None, **arguments: Any) -> dict[str, Any]:
    subnets = {} if subnet is None else {"aws_subnet": {"one": {"vpc_id": "vpc-1", **subnet}}}
    return configuration(aws_autoscaling_group={"web": {"min_size": 1, "max_size": 2, **arguments}}, **subnets)


@pytest.mark.parametrize(
    ("template", "at", "where"),
    [
        (terraform(availability_zones=["eu-west-1a"]), "eu-west-1a", "zone eu-west-1a"),
        (
            terraform({}, vpc_zone_identifier=["${aws_subnet.one.id}"]),
            "${aws_subnet.one.id}",
            "subnet aws_subnet.one",
        ),
    ],
    ids=["zone", "subnet"],
)
def test_terraform_groups_in_one_zone_are_found(template: dict[str, Any], at: str, where: str) -> None:
    assert found(RULE, template) == [Found("warning", "aws_autoscaling_group.web", at)]
    (message,) = messages(RULE, template)
    assert f"launch in the {where};" in message
    assert message.startswith("max_size of aws_autoscaling_group.web is 2, ")


@pytest.mark.parametrize("subnet", [{"count": 2}, {"count": "${var.n}"}, {"for_each": "${var.zones}"}], ids=str)
@pytest.mark.parametrize("named", ["${aws_subnet.one[*].id}", ["${aws_subnet.one.id}"], "${var.subnets}"], ids=str)
def test_terraform_subnets_of_several_copies_are_not_one(subnet: dict[str, Any], named: Any) -> None:
    assert found(RULE, terraform(subnet, vpc_zone_identifier=named)) == []


@pytest.mark.parametrize(
    ("argument", "value", "level"),
    [
        ("cooldown", 300, "error"),
        ("scaling_adjustment", 1, "error"),
        # The provider leaves these out of policies of other types.
        ("metric_aggregation_type", "Average", "advice"),
        ("min_adjustment_magnitude", 2, "advice"),
    ],
)
def test_what_terraform_refuses_of_another_type_of_policy(argument: str, value: int | str, level: str) -> None:
    policy = {"autoscaling_group_name": "web", "policy_type": "TargetTrackingScaling", argument: value}
    template = configuration(aws_autoscaling_policy={"cpu": policy})
    assert [one.level for one in found("autoscaling-policy-refused", template)] == [level]
    (message,) = messages("autoscaling-policy-refused", template)
    assert ("refuses it" in message) is (level == "error")
