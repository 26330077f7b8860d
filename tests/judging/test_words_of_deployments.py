"""A finding of every deployment whose words hold in some of them says in which."""

from __future__ import annotations

from typing import Any

from tests.linting import Found, found, messages, resource, stack

ZONES = {
    "Mappings": {"Zones": {"us-east-1": {"A": "us-east-1a"}, "ap-northeast-1": {"A": "ap-northeast-1c"}}},
    "Parameters": {"Size": {"Type": "String", "AllowedValues": ["3", "5"]}},
}
ZONE = {"Fn::FindInMap": ["Zones", {"Ref": "AWS::Region"}, "A"]}


def cluster(nodes: Any, zone: Any) -> dict[str, Any]:
    return stack(ZONES, Cache=resource("DAX::Cluster", ReplicationFactor=nodes, AvailabilityZones=[zone] * 3))


def test_a_value_by_region_is_said_with_its_region() -> None:
    template = cluster(3, ZONE)
    assert found("dax-nodes", template) == [Found("warning", "Cache", "AvailabilityZones")]
    [message] = messages("dax-nodes", template)
    assert "only us-east-1a " in message
    assert message.endswith(" (in every deployment; these values in us-east-1)")


def test_a_value_by_parameter_is_said_with_the_parameter() -> None:
    [message] = messages("dax-nodes", cluster({"Ref": "Size"}, "us-east-1a"))
    assert message.endswith(" (in every deployment; these values when Size is 3)")


def test_one_value_everywhere_needs_no_such_words() -> None:
    [message] = messages("dax-nodes", cluster(3, "us-east-1a"))
    assert "every deployment" not in message
