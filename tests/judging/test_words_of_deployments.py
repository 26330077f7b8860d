"""A finding of every deployment whose words hold in some of them says in which."""

from __future__ import annotations

from typing import Any

import pytest
from tests.linting import Found, found, messages, resource, stack

from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.registry import rules
from awslint_memo.readers.recognition import template as read

ZONES = {
    "Mappings": {"Zones": {"us-east-1": {"A": "us-east-1a"}, "ap-northeast-1": {"A": "ap-northeast-1c"}}},
    "Parameters": {"Place": {"Type": "String", "AllowedValues": ["us-east-1", "ap-northeast-1"]}},
}


def zone(place: str) -> dict[str, Any]:
    return {"Fn::FindInMap": ["Zones", {"Ref": place}, "A"]}


def cluster(nodes: Any, zone: Any) -> dict[str, Any]:
    return stack(ZONES, Cache=resource("DAX::Cluster", ReplicationFactor=nodes, AvailabilityZones=[zone] * 3))


def test_a_value_by_region_is_said_with_its_region() -> None:
    template = cluster(3, zone("AWS::Region"))
    assert found("dax-nodes", template) == [Found("warning", "Cache", "AvailabilityZones")]
    [message] = messages("dax-nodes", template)
    assert "only us-east-1a " in message
    assert message.endswith(" (in every deployment; these values in us-east-1)")


def test_a_value_by_parameter_is_said_with_the_parameter() -> None:
    [message] = messages("dax-nodes", cluster(3, zone("Place")))
    assert message.endswith(" (in every deployment; these values when Place is us-east-1)")


def test_one_value_everywhere_needs_no_such_words() -> None:
    [message] = messages("dax-nodes", cluster(3, "us-east-1a"))
    assert "every deployment" not in message


TABLE = """
Parameters: {Parameter: {Type: String, Default: ""}}
Conditions: {Is: !Not [!Equals [!Ref Parameter, ""]]}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: 50}}
Outputs:
  Orders: {Condition: Is, Value: !Ref Orders}
"""


@pytest.mark.parametrize(
    ("named", "levels"),
    [({}, {"advice"}), ({"a": {"Parameter": ""}, "b": {"Parameter": "b"}}, {"advice", "warning"})],
)
def test_what_is_told_everywhere_at_two_levels_is_one_finding(
    named: dict[str, dict[str, str]], levels: set[str]
) -> None:
    made = read(Source("a.yaml", TABLE.encode()))
    assert made is not None
    every, _ = check_template(made, CheckOptions([rules()["dynamodb-capacity-scaling"]], named=named))
    # Deployments that people name are told one by one.
    assert len(every) == len(levels)
    assert {one.level for one in every} == levels
    assert all((one.deployment is None) is (not named) for one in every)
