"""What makes a naive reading of DNS records wrong: three ways to write one, names, zones, aliases, unknown partners."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

PAIR = "route53-failover-pair"
FAILOVER_HEALTH = "route53-failover-health"
POLICY = "route53-routing-policy"
SET = "route53-weighted-set"
HEALTH = "route53-health"
TTL = "route53-ttl"
APEX = "route53-apex-cname"
TARGET = "route53-cloudfront-target-health"
WEIGHTED_TTL = "route53-weighted-ttl"
TRAFFIC = "route53-traffic-policy"

IMPORTED = {"Fn::ImportValue": "something"}
HERE = {"Ref": "Zone"}
ZONE = {"Zone": {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "example.com"}}}
CLOUDFRONT = {"DNSName": "d1.cloudfront.net", "HostedZoneId": "Z2FDTNDATAQYW2"}

Said: TypeAlias = "list[tuple[str | None, str]]"


def said(rule: str, document: dict[str, Any]) -> Said:
    findings = Example(rules()[rule], json.dumps(document, indent=1)).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def www(**properties: Any) -> dict[str, Any]:
    return {"HostedZoneId": "Z1", "Name": "www.example.com", "Type": "A", **properties}


def records(rule: str, *given: dict[str, Any], others: dict[str, Any] | None = None) -> Said:
    """What a rule says of records that are resources of their own."""
    made = {f"R{n}": {"Type": "AWS::Route53::RecordSet", "Properties": one} for n, one in enumerate(given)}
    return said(rule, {"Resources": {**made, **(others or {})}})


def group(rule: str, *given: dict[str, Any], others: dict[str, Any] | None = None, **properties: Any) -> Said:
    """The same of records in one group."""
    made = {"Type": "AWS::Route53::RecordSetGroup", "Properties": {**properties, "RecordSets": list(given)}}
    return said(rule, {"Resources": {"Group": made, **(others or {})}})


BLOCKS = {
    "Failover": ("failover_routing_policy", "type"),
    "Region": ("latency_routing_policy", "region"),
    "Weight": ("weighted_routing_policy", "weight"),
}
WORDS = {
    "HealthCheckId": "health_check_id",
    "HostedZoneId": "zone_id",
    "Name": "name",
    "ResourceRecords": "records",
    "SetIdentifier": "set_identifier",
    "TTL": "ttl",
    "Type": "type",
}


def terraform(rule: str, *given: dict[str, Any], zone: str = "", **more: Any) -> Said:
    """The same of records in Terraform; `more` are arguments of each."""
    made = {}
    for number, one in enumerate(given):
        arguments = {WORDS[key]: value for key, value in one.items() if key in WORDS}
        arguments.update({BLOCKS[key][0]: {BLOCKS[key][1]: value} for key, value in one.items() if key in BLOCKS})
        if zone:
            arguments["zone_id"] = "${aws_route53_zone.main.zone_id}"
        made[f"r{number}"] = {**arguments, **more}
    zones = {"aws_route53_zone": {"main": {"name": zone}}} if zone else {}
    return said(rule, {"resource": {"aws_route53_record": made, **zones}})


PRIMARY = {"SetIdentifier": "one", "Failover": "PRIMARY"}
SECONDARY = {"SetIdentifier": "two", "Failover": "SECONDARY"}


# One record in three shapes


@pytest.mark.parametrize(
    ("rule", "properties", "message"),
    [
        (PAIR, PRIMARY, "is PRIMARY for www.example.com A, which has no SECONDARY in this template"),
        (FAILOVER_HEALTH, PRIMARY, "is PRIMARY for www.example.com A with no HealthCheckId"),
        (POLICY, {"Weight": 1}, "is a weighted record of www.example.com A without SetIdentifier"),
        (SET, {"SetIdentifier": "a", "Weight": 1}, "is the only weighted record of www.example.com A"),
        (
            HEALTH,
            {"SetIdentifier": "a", "Region": "eu-west-1"},
            "is a latency record of www.example.com A whose health",
        ),
        (TTL, {**SECONDARY, "TTL": "300"}, "may be answered from a cache for 300 s after its target has failed"),
    ],
    ids=str,
)
def test_a_record_is_judged_alike_however_it_is_written(rule: str, properties: dict[str, Any], message: str) -> None:
    alone, grouped, terraformed = (form(rule, www(**properties)) for form in (records, group, terraform))
    assert [len(one) for one in (alone, grouped, terraformed)] == [1, 1, 1]
    assert alone[0][1].startswith(message)
    of_group = alone[0][1].replace("www.example.com A", "that name")
    assert grouped[0] == (alone[0][0], f"holds www.example.com A, which {of_group}")
    assert terraformed[0][0] == alone[0][0]
    assert terraformed[0][1].startswith(
        message.replace("HealthCheckId", "health_check_id").replace("SetIdentifier", "set_identifier")
    )


def test_a_group_says_the_zone_for_its_records() -> None:
    record = {"Name": "www.example.com", "Type": "A", **PRIMARY}
    advice = "; if no other stack adds one, add a SECONDARY record that answers when this one fails"
    message = "holds www.example.com A, which is PRIMARY for that name, which has no SECONDARY in this template"
    assert group(PAIR, record, HostedZoneName="example.com.") == [("advice", message + advice)]
    assert [level for level, _ in group(PAIR, record, HostedZoneName="EXAMPLE.com.", others=ZONE)] == ["warning"]
    assert [level for level, _ in group(PAIR, record, HostedZoneId=HERE, others=ZONE)] == ["warning"]


# Failover


@pytest.mark.parametrize(
    "other",
    [
        www(**SECONDARY, Name="WWW.Example.COM."),
        www(**{**SECONDARY, "Failover": IMPORTED}),
        www(**SECONDARY, Name=IMPORTED),
        www(**SECONDARY, Type=IMPORTED),
        www(**SECONDARY, HostedZoneId=IMPORTED),
        {"HostedZoneName": "example.com.", "Name": "www.example.com", "Type": "A", **SECONDARY},
    ],
    ids=str,
)
def test_a_partner_that_is_there_or_may_be(other: dict[str, Any]) -> None:
    assert records(PAIR, www(**PRIMARY), other) == []


@pytest.mark.parametrize("other", [www(**SECONDARY, Type="AAAA"), www(**SECONDARY, HostedZoneId="Z2")], ids=str)
def test_another_type_or_zone_is_no_partner(other: dict[str, Any]) -> None:
    assert len(records(PAIR, www(**PRIMARY), other)) == 2


def test_only_a_secondary() -> None:
    expected = [
        (
            "warning",
            "is SECONDARY for www.example.com A, which has no PRIMARY in this template; "
            "add the PRIMARY record that this one stands in for",
        )
    ]
    assert records(PAIR, www(**SECONDARY, HostedZoneId=HERE), others=ZONE) == expected


def test_terraform_may_leave_the_zone_out_of_a_name() -> None:
    one, two = www(**PRIMARY, Name="www"), www(**SECONDARY, Name="www.example.com")
    assert terraform(PAIR, one, two, zone="example.com") == []
    assert terraform(PAIR, one, two) == []
    assert len(terraform(PAIR, one, www(**SECONDARY, Name="api"), zone="example.com")) == 2


def test_a_number_of_records_that_is_not_known_may_hold_the_partner() -> None:
    assert terraform(PAIR, www(**PRIMARY), count="${var.number}") == []


def test_resources_that_are_not_seen_may_hold_the_partner() -> None:
    document = {
        "Transform": "Unknown",
        "Resources": {"R": {"Type": "AWS::Route53::RecordSet", "Properties": www(**PRIMARY)}},
    }
    assert said(PAIR, document) == []


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({}, "no HealthCheckId, so Route 53 takes it for healthy and never fails over; set it"),
        (
            {"AliasTarget": {"DNSName": "x.elb.amazonaws.com", "HostedZoneId": "Z3"}},
            "neither HealthCheckId nor AliasTarget.EvaluateTargetHealth, so Route 53 takes it for healthy and never "
            "fails over; set one of them",
        ),
        (
            {"AliasTarget": {**CLOUDFRONT, "EvaluateTargetHealth": True}},
            "an alias to CloudFront, whose health Route 53 never evaluates, and no HealthCheckId, so Route 53 takes it "
            "for healthy and never fails over; set HealthCheckId",
        ),
    ],
    ids=str,
)
def test_a_primary_that_nobody_checks(properties: dict[str, Any], message: str) -> None:
    expected = [("error", f"is PRIMARY for www.example.com A with {message}")]
    assert records(FAILOVER_HEALTH, www(**PRIMARY, **properties)) == expected


@pytest.mark.parametrize(
    "properties",
    [
        {"HealthCheckId": "abc"},
        {"HealthCheckId": IMPORTED},
        {"AliasTarget": {"DNSName": "x.elb.amazonaws.com", "HostedZoneId": "Z3", "EvaluateTargetHealth": "true"}},
        {"AliasTarget": {"DNSName": IMPORTED, "HostedZoneId": IMPORTED, "EvaluateTargetHealth": True}},
        {"AliasTarget": IMPORTED},
        {"AliasTarget": CLOUDFRONT, "HealthCheckId": "abc"},
    ],
    ids=str,
)
def test_a_primary_that_is_checked_or_may_be(properties: dict[str, Any]) -> None:
    assert records(FAILOVER_HEALTH, www(**PRIMARY, **properties)) == []


def test_a_secondary_needs_no_check() -> None:
    assert records(FAILOVER_HEALTH, www(**SECONDARY)) == []


# Routing policies


def clash(what: str) -> Said:
    return [("error", f"has {what}, and Route 53 takes only one such record; change one")]


def test_a_policy_beside_another() -> None:
    message = (
        "is a {} record of www.example.com A beside the record a, which is a weighted one; give both the same policy"
    )
    one, two = www(SetIdentifier="a", Weight=1), www(SetIdentifier="b", Region="eu-west-1")
    assert records(POLICY, one, two) == [("error", message.format("latency"))]
    assert records(POLICY, one, www()) == [("error", message.format("simple"))]


def test_two_policies_on_one_record() -> None:
    expected = [("error", "mixes weighted and latency routing for www.example.com A; keep one")]
    assert records(POLICY, www(SetIdentifier="a", Weight=1, Region="eu-west-1")) == expected


def test_what_only_one_record_may_have() -> None:
    one, same = (www(SetIdentifier=name, Region="eu-west-1") for name in "ab")
    assert records(POLICY, one, same) == clash("the Region eu-west-1 for www.example.com A like the record a")
    one, same = (www(SetIdentifier="a", Weight=weight) for weight in (1, 2))
    assert records(POLICY, one, same) == clash("the SetIdentifier a for www.example.com A like the record a")
    one, same = (www(SetIdentifier=name, Failover="PRIMARY") for name in "ab")
    assert records(POLICY, one, same) == clash("the Failover PRIMARY for www.example.com A like the record a")
    one, same = (www(SetIdentifier=name, GeoLocation={"CountryCode": "JP"}) for name in "ab")
    assert records(POLICY, one, same) == clash("the GeoLocation JP for www.example.com A like the record a")
    assert records(POLICY, www(), www()) == clash("simple routing for www.example.com A like the record R0")


def test_what_is_not_known_may_still_be_the_same() -> None:
    one, same = (www(SetIdentifier=name, Region={"Ref": "AWS::Region"}) for name in "ab")
    assert records(POLICY, one, same) == clash("the Region ${AWS::Region} for www.example.com A like the record a")


@pytest.mark.parametrize(
    "other",
    [
        www(SetIdentifier="b", GeoLocation={"CountryCode": "US", "SubdivisionCode": "CA"}),
        www(SetIdentifier="b", GeoLocation={"CountryCode": "US"}, HostedZoneId=IMPORTED),
        www(SetIdentifier="b", GeoLocation={"CountryCode": IMPORTED}),
        www(SetIdentifier="b", Weight=IMPORTED),
        www(SetIdentifier="b", Weight=1, Type="AAAA"),
        www(SetIdentifier="b", Weight=1, HostedZoneId="Z2"),
    ],
    ids=str,
)
def test_records_that_go_together_or_may(other: dict[str, Any]) -> None:
    assert records(POLICY, www(SetIdentifier="a", GeoLocation={"CountryCode": "US"}), other) == []


def test_no_multivalue_answer_is_simple_routing() -> None:
    assert records(POLICY, www(MultiValueAnswer=False)) == []
    message = "is a multivalue record of www.example.com A without SetIdentifier, which Route 53 refuses; set it"
    assert records(POLICY, www(MultiValueAnswer="true")) == [("error", message)]


def test_terraform_may_overwrite_a_record() -> None:
    assert terraform(POLICY, www(), www(), allow_overwrite=True) == []
    assert len(terraform(POLICY, www(), www(), allow_overwrite=False)) == 1


# Weighted sets


def test_all_weights_are_zero() -> None:
    given = [www(SetIdentifier=name, Weight=0, HostedZoneId=HERE) for name in "abc"]
    message = "has the weight 0 like all 3 records of www.example.com A, which therefore answer equally; "
    assert records(SET, *given, others=ZONE) == [("warning", f"{message}give a weight to those that shall answer")]
    elsewhere = [www(SetIdentifier=name, Weight="0") for name in "abc"]
    advice = "if no other stack holds the others, give a weight to those that shall answer"
    assert records(SET, *elsewhere) == [("advice", message + advice)]


@pytest.mark.parametrize("weight", [1, IMPORTED], ids=str)
def test_zero_beside_others_is_legal(weight: Any) -> None:
    given = [www(SetIdentifier=name, Weight=one, HostedZoneId=HERE) for name, one in (("a", 0), ("b", weight))]
    assert records(SET, *given, others=ZONE) == []


def test_one_weighted_record() -> None:
    message = "is the only weighted record of www.example.com A, so its weight decides nothing; "
    alone = www(SetIdentifier="a", Weight=1)
    assert records(SET, www(SetIdentifier="a", Weight=1, HostedZoneId=HERE), others=ZONE) == [
        ("warning", f"{message}add a second one or leave Weight out")
    ]
    advice = "if no other stack holds the others, add a second one or leave Weight out"
    assert records(SET, alone) == [("advice", message + advice)]
    assert terraform(SET, alone, count="${var.number}") == []


# Health


def test_what_to_set_depends_on_the_target() -> None:
    weighted = {"SetIdentifier": "a", "Weight": 1}
    message = "is a weighted record of www.example.com A whose health nobody checks, "
    message += "so Route 53 answers with it also when it is down; set "
    balancer = {"DNSName": "x.elb.amazonaws.com", "HostedZoneId": "Z3"}
    assert records(HEALTH, www(**weighted)) == [("advice", f"{message}HealthCheckId")]
    assert records(HEALTH, www(**weighted, AliasTarget=CLOUDFRONT)) == [("advice", f"{message}HealthCheckId")]
    assert records(HEALTH, www(**weighted, AliasTarget=balancer)) == [
        ("advice", f"{message}HealthCheckId or AliasTarget.EvaluateTargetHealth")
    ]
    assert records(HEALTH, www(**weighted, AliasTarget={**balancer, "EvaluateTargetHealth": True})) == []
    assert records(HEALTH, www(**weighted, Type="TXT")) == []
    assert records(HEALTH, www(SetIdentifier="a", MultiValueAnswer=True)) == []


def test_every_one_of_several_records_wants_a_check_and_one_alone_does_not() -> None:
    both = [www(HostedZoneId=HERE, SetIdentifier=name, Weight=1) for name in ("a", "b")]
    assert len(records(HEALTH, *both, others=ZONE)) == 2
    assert records(HEALTH, both[0], others=ZONE) == []
    assert len(records(HEALTH, both[0])) == 1
    perhaps = www(HostedZoneId=HERE, Name=IMPORTED, SetIdentifier="c", Weight=1)
    assert len(records(HEALTH, both[0], perhaps, others=ZONE)) == 2


@pytest.mark.parametrize(
    "target", [CLOUDFRONT, {"DNSName": {"Fn::GetAtt": ["Site", "DomainName"]}, "HostedZoneId": IMPORTED}]
)
def test_cloudfront_has_no_health(target: dict[str, Any]) -> None:
    site = {"Site": {"Type": "AWS::CloudFront::Distribution", "Properties": {}}}
    message = (
        "asks for the health of CloudFront for www.example.com A, which Route 53 can't evaluate; "
        "set AliasTarget.EvaluateTargetHealth to false"
    )
    asking = www(AliasTarget={**target, "EvaluateTargetHealth": "true"})
    assert records(TARGET, asking, others=site) == [("warning", message)]
    assert records(TARGET, www(AliasTarget=target), others=site) == []


# Time to live


def test_an_alias_has_no_ttl() -> None:
    expected = [("error", "is an alias with a TTL of 60 s, which Route 53 refuses; leave it out")]
    assert records(TTL, www(TTL="60", AliasTarget=CLOUDFRONT)) == expected


@pytest.mark.parametrize(
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
    assert records(TTL, www(**properties)) == []


def test_a_long_ttl_beside_a_health_check() -> None:
    message = "may be answered from a cache for 61 s after its target has failed; set TTL to 60 or less"
    assert records(TTL, www(TTL=61, HealthCheckId="abc", SetIdentifier="a", Weight=1)) == [("warning", message)]


def test_different_ttls_in_a_weighted_set() -> None:
    given = [www(SetIdentifier=str(ttl), Weight=1, TTL=ttl) for ttl in ("60", 60, "300", "90")]
    message = (
        "has a TTL of 300 s and the record 60 one of 60 s, but Route 53 keeps one for all weighted records of "
        "www.example.com A; give them the same"
    )
    assert records(WEIGHTED_TTL, *given) == [("advice", message)]


# CNAMEs


def test_the_apex_of_a_zone() -> None:
    message = "is a CNAME at the apex of its zone, example.com, which Route 53 refuses; make it an alias of type A"
    cname = {"Type": "CNAME", "ResourceRecords": ["www.example.org"]}
    assert records(APEX, www(**cname, Name="Example.com.", HostedZoneId=HERE), others=ZONE) == [("error", message)]
    assert terraform(APEX, www(**cname, Name=""), zone="example.com") == [("error", message)]
    assert terraform(APEX, www(**cname, Name=""))[0][0] == "error"
    assert records(APEX, www(**cname, HostedZoneId=HERE), others=ZONE) == []
    assert records(APEX, www(**cname, Name=IMPORTED, HostedZoneId=HERE), others=ZONE) == []
    assert terraform(APEX, www(**cname, Name="${var.name}"), zone="example.com") == []


@pytest.mark.parametrize(
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
    others = {"Balancer": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer"}}
    message = f"is a CNAME to {name}, which takes an alias; make it an alias of type A, which costs no queries"
    found = records(APEX, www(Type="CNAME", ResourceRecords=[target]), others=others)
    assert found == [("advice", message)]


@pytest.mark.parametrize("target", ["_1.acm-validations.aws", "bucket.s3.amazonaws.com", IMPORTED], ids=str)
def test_a_cname_to_what_takes_none(target: Any) -> None:
    assert records(APEX, www(Type="CNAME", ResourceRecords=[target])) == []


# Traffic policies


def traffic(document: Any) -> Said:
    text = document if isinstance(document, str) or "Ref" in document else json.dumps(document)
    resource = {"Type": "AWS::Route53::TrafficPolicy", "Properties": {"Name": "shop", "Document": text}}
    return said(TRAFFIC, {"Parameters": {"Text": {"Type": "String"}}, "Resources": {"Policy": resource}})


def failover(endpoint: str = "value", **primary: Any) -> dict[str, Any]:
    return {
        "StartRule": "web",
        "Endpoints": {"a": {"Type": endpoint}, "b": {"Type": "value"}},
        "Rules": {
            "web": {
                "RuleType": "failover",
                "Primary": {"EndpointReference": "a", **primary},
                "Secondary": {"EndpointReference": "b"},
            }
        },
    }


def test_a_document_that_route_53_refuses() -> None:
    no_object = [("error", "has a document that is no JSON object, which Route 53 refuses; mend it")]
    assert traffic("{not json}") == traffic("[]") == no_object
    no_start = "has neither StartRule nor StartEndpoint in its document; say where it starts"
    assert traffic({"Endpoints": {"a": {"Type": "value"}}}) == [("error", no_start)]
    loose = "refers to {} by {}, which is not among its {}; define it"
    assert traffic({"StartEndpoint": "a"}) == [("error", loose.format("a", "StartEndpoint", "Endpoints"))]
    nested = {
        "StartRule": "web",
        "Rules": {"web": {"RuleType": "weighted", "Items": [{"RuleReference": "x"}, {"EndpointReference": "y"}]}},
    }
    assert traffic(nested) == [
        ("error", loose.format("x", "RuleReference", "Rules")),
        ("error", loose.format("y", "EndpointReference", "Endpoints")),
    ]


def test_a_failover_rule_that_never_fails_over() -> None:
    unchecked = "has the failover rule web, whose Primary nobody checks, so it never fails over; give it a HealthCheck"
    for document in (failover(), failover("cloudfront", EvaluateTargetHealth=True)):
        assert traffic(document) == [("warning", unchecked)]
    assert traffic(failover("elastic-load-balancer", EvaluateTargetHealth=False)) == [("warning", unchecked)]
    alone = failover(HealthCheck="abc")
    del alone["Rules"]["web"]["Secondary"]
    message = "has the failover rule web without a Secondary, so nothing takes over; add one"
    assert traffic(alone) == [("warning", message)]


@pytest.mark.parametrize(
    "document",
    [
        {"Ref": "Text"},
        failover(HealthCheck="abc"),
        failover("elastic-load-balancer", EvaluateTargetHealth=True),
        failover("elastic-load-balancer"),
        {"StartEndpoint": "a", "Endpoints": {"a": {"Type": "value", "Value": "192.0.2.1"}}},
    ],
    ids=str,
)
def test_a_document_that_holds_together_or_may(document: Any) -> None:
    assert traffic(document) == []
