"""What makes a naive reading of a record's target wrong: what has no health, how long answers live, aliases."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, Found, found, messages, resource, second_places
from tests.rules.records import BALANCER, CLOUDFRONT, HERE, SECONDARY, ZONE, group, records, terraform, www

HEALTH = "route53-health"
TTL = "route53-ttl"
APEX = "route53-apex-cname"
TARGET = "route53-cloudfront-target-health"
WEIGHTED_TTL = "route53-weighted-ttl"


# Health

WEIGHTED = {"SetIdentifier": "a", "Weight": 1}
UNCHECKED = Found("advice", "R0", "Weight: 1")


@pytest.mark.parametrize(
    ("target", "is_balanced"),
    [({}, False), ({"AliasTarget": CLOUDFRONT}, False), ({"AliasTarget": BALANCER}, True)],
    ids=["address", "CloudFront", "balancer"],
)
def test_what_to_set_depends_on_the_target(target: dict[str, Any], is_balanced: bool) -> None:
    template = records(www(**WEIGHTED, **target))
    assert found(HEALTH, template) == [UNCHECKED]
    [message] = messages(HEALTH, template)
    assert "HealthCheckId" in message
    assert ("AliasTarget.EvaluateTargetHealth" in message) is is_balanced


@pytest.mark.parametrize(
    "properties",
    [
        {**WEIGHTED, "AliasTarget": {**BALANCER, "EvaluateTargetHealth": True}},
        {**WEIGHTED, "Type": "TXT"},
        {"SetIdentifier": "a", "MultiValueAnswer": True},
    ],
    ids=str,
)
def test_a_record_that_is_checked_or_needs_no_check(properties: dict[str, Any]) -> None:
    assert found(HEALTH, records(www(**properties))) == []


def test_every_one_of_several_records_wants_a_check_and_one_alone_does_not() -> None:
    both = [www(HostedZoneId=HERE, SetIdentifier=name, Weight=1) for name in ("a", "b")]
    unchecked = [UNCHECKED, Found("advice", "R1", "Weight: 1")]
    assert found(HEALTH, records(*both, others=ZONE)) == unchecked
    assert found(HEALTH, records(both[0], others=ZONE)) == []
    assert found(HEALTH, records(both[0])) == [UNCHECKED]
    perhaps = www(HostedZoneId=HERE, Name=IMPORTED, SetIdentifier="c", Weight=1)
    assert found(HEALTH, records(both[0], perhaps, others=ZONE)) == unchecked


@pytest.mark.parametrize(
    "target", [CLOUDFRONT, {"DNSName": {"Fn::GetAtt": ["Site", "DomainName"]}, "HostedZoneId": IMPORTED}]
)
def test_cloudfront_has_no_health(target: dict[str, Any]) -> None:
    site = {"Site": resource("CloudFront::Distribution")}
    asking = records(www(AliasTarget={**target, "EvaluateTargetHealth": "true"}), others=site)
    assert found(TARGET, asking) == [Found("advice", "R0", "EvaluateTargetHealth: true")]
    assert found(TARGET, records(www(AliasTarget=target), others=site)) == []


# Time to live


def test_an_alias_has_no_ttl() -> None:
    template = records(www(TTL="60", AliasTarget=CLOUDFRONT))
    assert found(TTL, template) == [Found("error", "R0", "TTL: 60")]
    assert second_places(TTL, template) == ["AliasTarget"]


@each_case(
    "properties",
    [
        {**SECONDARY, "TTL": "60"},
        {**SECONDARY, "TTL": IMPORTED},
        {"TTL": "86400"},
        {"SetIdentifier": "a", "Weight": 1, "TTL": "300"},
        {"TTL": "300", "HealthCheckId": IMPORTED},
        {"TTL": "300", "HealthCheckId": ""},
    ],
    ids=str,
)
def test_a_ttl_that_is_short_or_may_be_long(properties: dict[str, Any]) -> None:
    assert found(TTL, records(www(**properties))) == []


def test_a_long_ttl_beside_a_health_check() -> None:
    template = records(www(TTL=61, HealthCheckId="abc", SetIdentifier="a", Weight=1))
    assert found(TTL, template) == [Found("warning", "R0", "TTL: 61")]
    assert second_places(TTL, template) == ["HealthCheckId: abc"]
    [message] = messages(TTL, template)
    assert "61 s" in message
    assert "60 or less" in message


def test_different_ttls_in_a_weighted_set() -> None:
    template = records(*(www(SetIdentifier=str(ttl), Weight=1, TTL=ttl) for ttl in ("60", 60, "300", "90")))
    assert found(WEIGHTED_TTL, template) == [Found("advice", "R2", "TTL: 300")]
    assert second_places(WEIGHTED_TTL, template) == ["TTL: 60"]
    [message] = messages(WEIGHTED_TTL, template)
    assert re.search(r"is 300 s, .* record 60 has 60 s,", message)


# CNAMEs


def cname(target: Any = "www.example.org", **properties: Any) -> dict[str, Any]:
    return www(**{"Type": "CNAME", "ResourceRecords": [target], **properties})


def test_the_apex_of_a_zone() -> None:
    here = records(cname(Name="Example.com.", HostedZoneId=HERE), others=ZONE)
    assert found(APEX, here) == [Found("error", "R0", "Type: CNAME")]
    assert second_places(APEX, here) == ["Zone"]
    in_terraform, in_any_zone = terraform(cname(Name=""), zone="example.com"), terraform(cname(Name=""))
    for template in (in_terraform, in_any_zone):
        assert found(APEX, template) == [Found("error", "aws_route53_record.r0", "type: CNAME")]
    for template in (here, in_terraform):
        assert " apex of its zone (example.com), " in messages(APEX, template)[0]
    assert " apex of its zone, " in messages(APEX, in_any_zone)[0]


def test_the_apex_in_a_group_is_named_once() -> None:
    in_group = group(cname(Name="example.com", HostedZoneId=HERE), others=ZONE)
    assert found(APEX, in_group) == [Found("error", "Group", "Type: CNAME")]
    [message] = messages(APEX, in_group)
    assert message.count("example.com") == 1


def test_a_name_that_is_not_the_apex_or_may_not_be() -> None:
    assert found(APEX, records(cname(HostedZoneId=HERE), others=ZONE)) == []
    assert found(APEX, records(cname(Name=IMPORTED, HostedZoneId=HERE), others=ZONE)) == []
    assert found(APEX, terraform(cname(Name="${var.name}"), zone="example.com")) == []


@each_case(
    ("target", "name"),
    [
        ("d1.CloudFront.net.", "d1.CloudFront.net."),
        ("web-1.eu-west-1.elb.amazonaws.com", "web-1.eu-west-1.elb.amazonaws.com"),
        ("web-1.elb.eu-west-1.amazonaws.com", "web-1.elb.eu-west-1.amazonaws.com"),
        ({"Fn::GetAtt": ["Balancer", "DNSName"]}, "Balancer"),
        ({"Fn::Sub": "web.${AWS::Region}.elasticbeanstalk.com"}, "web.${AWS::Region}.elasticbeanstalk.com"),
    ],
    ids=str,
)
def test_a_cname_to_what_takes_an_alias(target: Any, name: str) -> None:
    template = records(cname(target), others={"Balancer": resource("ElasticLoadBalancingV2::LoadBalancer")})
    [finding] = found(APEX, template)
    assert (finding.level, finding.resource) == ("advice", "R0")
    assert finding.at == target if isinstance(target, str) else finding.at.startswith(next(iter(target)))
    [message] = messages(APEX, template)
    assert name in message


@each_case(
    "target",
    [
        "_1.acm-validations.aws",
        "bucket.s3.amazonaws.com",
        # Environments of before 2016 have no Region in their name and take no alias.
        "web.elasticbeanstalk.com",
        {"Fn::Sub": "${AWS::StackName}.elasticbeanstalk.com"},
        IMPORTED,
    ],
    ids=str,
)
def test_a_cname_to_what_takes_none(target: Any) -> None:
    assert found(APEX, records(cname(target))) == []


def test_no_alias_of_a_private_zone_leads_to_cloudfront() -> None:
    private = {"Zone": resource("Route53::HostedZone", Name="example.com", VPCs=[{"VPCId": "vpc-1"}])}
    for zone, target, count in ((ZONE, "d1.cloudfront.net", 1), (private, "d1.cloudfront.net", 0)):
        assert len(found(APEX, records(cname(target, HostedZoneId=HERE), others=zone))) == count
    # Nor is the cost of queries within a VPC worth a finding.
    balancer = cname("x.eu-west-1.elb.amazonaws.com", HostedZoneId=HERE)
    assert [len(found(APEX, records(balancer, others=zone))) for zone in (ZONE, private)] == [1, 0]


@pytest.mark.parametrize(
    ("target", "remedy"),
    [
        ("www.example.org", "an A record with the target's addresses"),
        ("x.eu-west-1.elb.amazonaws.com", "alias records of types A and AAAA"),
        (IMPORTED, "an alias record or an A record with addresses"),
    ],
    ids=str,
)
def test_only_what_takes_an_alias_is_to_get_one_at_the_apex(target: Any, remedy: str) -> None:
    [message] = messages(APEX, records(cname(target, Name="example.com", HostedZoneId=HERE), others=ZONE))
    assert message.endswith(f"; replace it with {remedy}")
