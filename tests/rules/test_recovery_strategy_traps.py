"""Strategies of recovery: what the rules about them must not report, and at which level they report what."""

from __future__ import annotations

import pytest
from tests.cases import each_case
from tests.linting import lint_with

from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.registry import rules
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Finding
from awslint_memo.model.objectives import Layer, Recovery
from awslint_memo.readers.recognition import template as read

NAMED = {"first": {"AWS::Region": "eu-west-1"}, "second": {"AWS::Region": "eu-central-1"}}

HEAD = """\
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Parameters: {Any: {Type: String}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
"""
GROUP = """\
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: !If [IsFirst, "2", %s], MaxSize: "4", VPCZoneIdentifier: [subnet-1, subnet-2]}
"""
ZONE = "  Zone: {Type: AWS::Route53::HostedZone, Condition: IsFirst, Properties: {Name: example.com}}\n"
RECORD = """\
  Www:
    Type: AWS::Route53::RecordSet
    Properties: {%s, Name: www.example.com, Type: A, SetIdentifier: !Ref AWS::Region, %s}
"""
ALIAS = "AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: Z1, EvaluateTargetHealth: %s}"
ELSEWHERE = "HostedZoneId: Z0123456789"


def findings(rule: str, text: str, strategy: str | None = "warm-standby", *, complete: bool = False) -> list[Finding]:
    """The findings of a rule in a template that is deployed in two Regions."""
    made = read(Source("shop.yaml", text.encode()))
    assert made is not None
    layer = Layer({"strategy": strategy} if strategy else {"software.rpo": 60.0}, "conf:1")
    declared = Declared(recovery=Recovery(layer, regions=("eu-west-1", "eu-central-1"), complete=complete))
    chosen = rules()[rule]
    found, _ = check_template(made, CheckOptions([chosen], named=NAMED, declared=declared))
    assert [one.message for one in found if one.rule == INTERNAL_ERROR] == []
    return found


def levels(rule: str, text: str, strategy: str | None = "warm-standby", *, complete: bool = False) -> list[str | None]:
    return [one.level for one in findings(rule, text, strategy, complete=complete)]


DARK = "recovery-traffic-to-dark-region"


@pytest.mark.parametrize(
    ("size", "record", "expected"),
    [
        ('"0"', RECORD % (ELSEWHERE, f"Weight: 10, {ALIAS % 'false'}"), ["error"]),
        ('"0"', RECORD % (ELSEWHERE, f"Region: !Ref AWS::Region, {ALIAS % 'false'}"), ["error"]),
        ('"0"', RECORD % (ELSEWHERE, f"MultiValueAnswer: true, {ALIAS % 'false'}"), ["error"]),
        ('"0"', RECORD % (ELSEWHERE, f"Weight: 10, {ALIAS % 'true'}"), ["advice"]),
        ('"0"', RECORD % (ELSEWHERE, f"Weight: 0, {ALIAS % 'false'}"), []),
        ('"0"', RECORD % (ELSEWHERE, f"Weight: !Ref Any, {ALIAS % 'false'}"), []),
        ('"0"', RECORD % (ELSEWHERE, f"Failover: SECONDARY, {ALIAS % 'false'}"), []),
        ('"0"', RECORD % (ELSEWHERE, "Weight: 10, AliasTarget: {DNSName: d1.cloudfront.net, HostedZoneId: Z2}"), []),
        ('"0"', RECORD % (ELSEWHERE, "Weight: 10, AliasTarget: {DNSName: !Ref Any, HostedZoneId: Z2}"), []),
        ('"1"', RECORD % (ELSEWHERE, f"Weight: 10, {ALIAS % 'false'}"), []),
        ("!Ref Any", RECORD % (ELSEWHERE, f"Weight: 10, {ALIAS % 'false'}"), []),
    ],
)
def test_traffic_to_a_region_in_which_nothing_runs(size: str, record: str, expected: list[str]) -> None:
    assert levels(DARK, HEAD + GROUP % size + record, "pilot-light") == expected


def test_that_nothing_is_there_is_sure_only_where_nothing_is_elsewhere() -> None:
    record = RECORD % (ELSEWHERE, f"Weight: 10, {ALIAS % 'false'}")
    text = HEAD + (GROUP % '"0"').replace("    Properties", "    Condition: IsFirst\n    Properties") + record
    assert levels(DARK, text, "pilot-light", complete=True) == ["error"]
    assert levels(DARK, text, "pilot-light") == []


def test_without_an_objective_for_regions_nothing_is_said_of_traffic() -> None:
    record = RECORD % (ELSEWHERE, f"Weight: 10, {ALIAS % 'false'}")
    assert levels(DARK, HEAD + GROUP % '"0"' + record, None) == []


ENDPOINTS = """\
  Group:
    Type: AWS::GlobalAccelerator::EndpointGroup
    Condition: IsFirst
    Properties:
      ListenerArn: arn
      EndpointGroupRegion: %s
      TrafficDialPercentage: %s
      EndpointConfigurations: [{EndpointId: a}]
"""


@each_case(
    ("region", "dial", "expected"),
    [
        ("eu-central-1", 10, ["advice"]),
        ("eu-central-1", 0, []),
        ("eu-west-1", 100, []),
        ("us-east-1", 10, []),
        ("!Ref Any", 10, []),
    ],
)
def test_an_accelerator_checks_what_it_leads_to(region: str, dial: int, expected: list[str]) -> None:
    assert levels(DARK, HEAD + GROUP % '"0"' + ENDPOINTS % (region, dial), "pilot-light") == expected


FUNCTION = """\
  Api:
    Type: AWS::Lambda::Function
    Condition: %s
    Properties:
      Role: arn:aws:iam::123456789012:role/api
      Code: {S3Bucket: code, S3Key: a}
      Environment: {Variables: {X: %s}}
"""
SECOND = HEAD.replace("Parameters", "  IsSecond: !Not [!Condition IsFirst]\nParameters", 1)


@pytest.mark.parametrize(
    ("where", "value", "count"),
    [
        ("IsSecond", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db", 1),
        ("IsSecond", "https://sqs.eu-west-1.amazonaws.com/123456789012/work", 1),
        ("IsSecond", "db.abc.eu-west-1.rds.amazonaws.com", 1),
        ("IsSecond", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db", 0),
        ("IsSecond", "!Sub 'arn:aws:ssm:${AWS::Region}:123456789012:parameter/x'", 0),
        ("IsSecond", "arn:aws:iam::123456789012:role/eu-west-1", 0),
        ("IsSecond", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders", 0),
        ("IsSecond", "arn:aws:acm:us-east-1:123456789012:certificate/x", 0),
        ("IsSecond", "!Ref Any", 0),
        ("IsFirst", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db", 0),
    ],
)
def test_what_runs_in_the_second_region_needs_nothing_of_the_first(where: str, value: str, count: int) -> None:
    found = findings("recovery-region-dependency", SECOND + FUNCTION % (where, value))
    assert [one.level for one in found] == ["warning"] * count
    assert levels("recovery-region-dependency", SECOND + FUNCTION % (where, value), None) == []


def test_each_need_of_the_first_region_is_shown() -> None:
    queue, secret = "https://sqs.eu-west-1.amazonaws.com/1/work", "arn:aws:secretsmanager:eu-west-1:1:secret:db"
    [found] = findings("recovery-region-dependency", SECOND + FUNCTION % ("IsSecond", f"{queue}, Y: '{secret}'"))
    assert found.message.count(" and ") == len(found.related) == 1


def test_a_stack_that_only_computes_has_objectives_too() -> None:
    orders = SECOND[SECOND.index("  Orders:") : SECOND.index("  Balancer:")]
    text = SECOND.replace(orders, "") + FUNCTION % ("IsSecond", "https://sqs.eu-west-1.amazonaws.com/123456789012/work")
    assert levels("recovery-region-dependency", text) == ["warning"]
    assert levels("recovery-region-dependency", text, None) == []


PATH = "recovery-failover-path"
PLAIN = """\
  Www:
    Type: AWS::Route53::RecordSet
    Condition: IsFirst
    Properties: {%s, Name: www.example.com, Type: A, AliasTarget: {DNSName: %s, HostedZoneId: Z1}}
"""
OWN = "HostedZoneId: !Ref Zone"
TARGET = "!GetAtt Balancer.DNSName"


@each_case(
    ("text", "strategy", "expected"),
    [
        (ZONE + PLAIN % (OWN, TARGET), "warm-standby", ["warning"]),
        (ZONE + PLAIN % (OWN, TARGET), "multi-site", ["warning"]),
        (ZONE + PLAIN % (OWN, TARGET), "pilot-light", []),
        (PLAIN % (ELSEWHERE, TARGET), "warm-standby", []),
        (ZONE + PLAIN % (OWN, "!Ref Any"), "warm-standby", []),
        (ZONE + PLAIN % (OWN, "a.eu-central-1.elb.amazonaws.com"), "warm-standby", []),
        (ZONE + PLAIN % (OWN, TARGET) + ENDPOINTS % ("eu-central-1", 0), "warm-standby", []),
        (ZONE + PLAIN % (OWN, TARGET) + "  Cdn: {Type: AWS::CloudFront::Distribution}\n", "warm-standby", []),
    ],
)
def test_a_name_leads_somewhere_when_a_region_is_lost(text: str, strategy: str, expected: list[str]) -> None:
    assert levels(PATH, HEAD + text, strategy) == expected


def test_a_zone_that_others_know_may_have_more_records() -> None:
    text = HEAD + ZONE + PLAIN % (OWN, TARGET)
    assert levels(PATH, text) == ["warning"]
    assert levels(PATH, f"Outputs: {{Z: {{Value: !Ref Zone}}}}\n{text}") == []


MISMATCH = "recovery-strategy-mismatch"


@each_case(
    ("size", "strategy", "complete", "expected"),
    [
        ('"0"', "warm-standby", True, ["warning"]),
        ('"0"', "warm-standby", False, ["advice"]),
        ('"0"', "pilot-light", True, []),
        ("!Ref Any", "warm-standby", True, []),
        ('"1"', "warm-standby", True, []),
        ('"1"', "hot-standby", True, ["warning"]),
        ('"1"', "pilot-light", True, ["advice"]),
    ],
)
def test_a_strategy_is_compared_with_what_is_there(
    size: str, strategy: str, complete: bool, expected: list[str]
) -> None:
    assert levels(MISMATCH, HEAD + GROUP % size, strategy, complete=complete) == expected


def test_what_does_not_run_is_shown_where_it_stands() -> None:
    text = HEAD + GROUP % '"0"'
    [one] = findings(MISMATCH, text)
    [related] = one.related
    assert text.splitlines()[related.span.line - 1] == "  Web:"
    assert related.message == "Web runs nothing in eu-central-1"
    # What is not there at all stands nowhere.
    [one] = findings(
        MISMATCH, text.replace("    Properties: {MinSize", "    Condition: IsFirst\n    Properties: {MinSize")
    )
    assert "no Auto Scaling groups run in eu-central-1" in one.message
    assert one.related == ()


def test_without_an_objective_nothing_is_said() -> None:
    text = HEAD + GROUP % '"0"' + RECORD % (ELSEWHERE, f"Weight: 10, {ALIAS % 'false'}")
    for rule in (DARK, PATH, MISMATCH, "recovery-region-dependency"):
        assert lint_with(rule, text) == []


def test_what_was_not_read_may_hold_a_live_copy() -> None:
    text = "Resources:\n  Orders: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}\n"
    assert set(levels("recovery-strategy-mismatch", text, "pilot-light")) == {"advice"}
    assert levels("recovery-strategy-mismatch", f"Transform: Own\n{text}", "pilot-light") == []


def test_each_store_is_told_what_it_lacks_itself() -> None:
    tables = (f"  {name}: {{Type: AWS::DynamoDB::Table, Properties: {{TableName: {name}}}}}\n" for name in ("A", "B"))
    said = {
        one.message for one in findings("recovery-strategy-mismatch", f"Resources:\n{''.join(tables)}", "pilot-light")
    }
    assert len(said) > 1
    assert all("but it has no live copy" in one for one in said)


def test_what_does_not_run_is_told_once_for_several_stores() -> None:
    table = HEAD[HEAD.index("  Orders:") : HEAD.index("  Balancer:")]
    text = HEAD + table.replace("Orders", "Carts").replace("orders", "carts") + GROUP % '"0"'
    [one] = findings(MISMATCH, text, complete=True)
    assert one.resource == "Orders"


def test_a_record_of_a_group_is_named_with_what_runs_nothing() -> None:
    own = f"{{Name: www.example.com, Type: A, SetIdentifier: !Ref AWS::Region, Weight: 10, {ALIAS % 'false'}}}"
    group = f"  All:\n    Type: AWS::Route53::RecordSetGroup\n    Properties: {{{ELSEWHERE}, RecordSets: [{own}]}}\n"
    [one] = findings(DARK, HEAD + GROUP % '"0"' + group, "pilot-light")
    assert one.message.startswith("All holds www.example.com A, which leads requests to eu-central-1")
    assert "Web runs nothing there" in one.message
    absent = (GROUP % '"0"').replace("    Properties", "    Condition: IsFirst\n    Properties")
    [one] = findings(DARK, HEAD + absent + group, "pilot-light", complete=True)
    assert "but nothing runs there" in one.message
