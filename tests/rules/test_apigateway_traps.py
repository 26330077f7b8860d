"""What makes a naive reading of REST APIs wrong: where a policy stands, who chose a name, what is made first."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import pytest
from tests.plan_from_configuration import plan

from awslint_memo.files.source import Source
from awslint_memo.judging.examples import Example
from awslint_memo.judging.judge import LintOptions, lint
from awslint_memo.judging.registry import rules
from awslint_memo.readers.recognition import template
from awslint_memo.readers.terraform_names import LOOKED_AT

TYPE = "apigateway-endpoint-type"
PRIVATE = "apigateway-private-access"
CANARY = "apigateway-canary"
SETTINGS = "apigateway-canary-settings"
ORDER = "apigateway-deployment-order"

IMPORTED = {"Fn::ImportValue": "something"}
POLICY = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "*"}]}
CLOSED = {"Types": ["PRIVATE"], "VpcEndpointIds": ["vpce-1"]}

Said: TypeAlias = "list[tuple[str | None, str]]"


def said(rule: str, document: dict[str, Any]) -> Said:
    findings = Example(rules()[rule], json.dumps(document, indent=1)).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def of(type_: str, **properties: Any) -> dict[str, Any]:
    return {"Type": type_ if "::" in type_ else f"AWS::ApiGateway::{type_}", "Properties": properties}


def api(rule: str, others: dict[str, Any] | None = None, **properties: Any) -> Said:
    return said(rule, {"Resources": {"Api": of("RestApi", Name="shop", **properties), **(others or {})}})


def sam(rule: str, **properties: Any) -> Said:
    resource = {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "v1", **properties}}
    return said(rule, {"Transform": "AWS::Serverless-2016-10-31", "Resources": {"Api": resource}})


# The endpoint type

NOBODY = "is edge-optimized because nobody chose its endpoint type"
REF = {"Ref": "Api"}


def test_an_endpoint_type_that_nobody_chose() -> None:
    expected = [("advice", f"{NOBODY}; set EndpointConfiguration.Types")]
    assert api(TYPE) == api(TYPE, EndpointConfiguration={"Types": []}) == expected
    assert sam(TYPE) == [("advice", f"{NOBODY}; set EndpointConfiguration.Type")]


@pytest.mark.parametrize(
    "properties",
    [
        {"EndpointConfiguration": {"Types": ["EDGE"]}},
        {"EndpointConfiguration": {"Types": IMPORTED}},
        {"EndpointConfiguration": IMPORTED},
        {"Parameters": {"endpointConfigurationTypes": "REGIONAL"}},
        {"Parameters": IMPORTED},
        {"CloneFrom": "abc"},
    ],
    ids=str,
)
def test_an_endpoint_type_that_somebody_chose_or_may_have(properties: dict[str, Any]) -> None:
    assert api(TYPE, **properties) == []


def test_sams_words_for_the_endpoint_type() -> None:
    assert sam(TYPE, EndpointConfiguration="REGIONAL") == []
    assert sam(TYPE, EndpointConfiguration={"Type": "REGIONAL"}) == []


def distribution(domain: Any) -> dict[str, Any]:
    config = {"Enabled": True, "Origins": [{"Id": "api", "DomainName": domain}]}
    return {"Site": of("AWS::CloudFront::Distribution", DistributionConfig=config)}


def test_a_distribution_in_front() -> None:
    domain = {"Fn::Sub": "${Api}.execute-api.${AWS::Region}.amazonaws.com"}
    message = (
        f"{NOBODY}, although Site, a CloudFront distribution, already stands in front of it; "
        "set EndpointConfiguration.Types to REGIONAL"
    )
    assert api(TYPE, distribution(domain)) == [("warning", message)]
    assert api(TYPE, distribution("www.example.org"))[0][0] == "advice"
    assert api(TYPE, distribution(domain), EndpointConfiguration={"Types": ["EDGE"]}) == []


def latency(target: Any, **properties: Any) -> dict[str, Any]:
    record = {"HostedZoneId": "Z1", "Name": "api.example.com", "Type": "A", "SetIdentifier": "a", **properties}
    alias = {"DNSName": target, "HostedZoneId": "Z2"}
    return {"Record": of("AWS::Route53::RecordSet", **record, AliasTarget=alias)}


def test_latency_records_in_front() -> None:
    domain = {"Fn::GetAtt": ["Domain", "RegionalDomainName"]}
    mapped = {
        "Domain": of("DomainName", DomainName="api.example.com"),
        "Mapping": of("BasePathMapping", DomainName="api.example.com", RestApiId=REF),
    }
    message = (
        f"{NOBODY}, although Record, a latency record, already stands in front of it; "
        "set EndpointConfiguration.Types to REGIONAL"
    )
    assert api(TYPE, {**mapped, **latency(domain, Region="eu-west-1")}) == [("warning", message)]
    assert api(TYPE, {**mapped, **latency(domain, Weight=1)})[0][0] == "advice"
    unmapped = {"Domain": mapped["Domain"]}
    assert api(TYPE, {**unmapped, **latency(domain, Region="eu-west-1")})[0][0] == "advice"


# Private APIs

NO_POLICY = [("error", "is private but has no resource policy, so it can't be deployed; give it a Policy")]
NO_ENDPOINTS = [
    (
        "advice",
        "is private but names no VPC endpoint, so API Gateway makes no name for it in Route 53; "
        "set EndpointConfiguration.VpcEndpointIds",
    )
]


@pytest.mark.parametrize(
    "properties",
    [
        {"EndpointConfiguration": CLOSED},
        {"EndpointConfiguration": CLOSED, "Policy": {}},
        {"EndpointConfiguration": CLOSED, "Body": {"openapi": "3.0.1", "paths": {}}},
        {"EndpointConfiguration": CLOSED, "Body": "openapi: 3.0.1\npaths: {}"},
        {"Parameters": {"endpointConfigurationTypes": "PRIVATE"}},
    ],
    ids=str,
)
def test_a_private_api_without_a_policy(properties: dict[str, Any]) -> None:
    assert api(PRIVATE, **properties) == NO_POLICY


@pytest.mark.parametrize(
    "properties",
    [
        {"Policy": POLICY},
        {"Policy": IMPORTED},
        {"Body": {"x-amazon-apigateway-policy": POLICY}},
        {"Body": json.dumps({"x-amazon-apigateway-policy": POLICY})},
        {"Body": "x-amazon-apigateway-policy:\n  Statement: []"},
        {"Body": {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://b/k"}}}},
        {"BodyS3Location": {"Bucket": "b", "Key": "k"}},
        {"CloneFrom": "abc"},
    ],
    ids=str,
)
def test_a_private_api_with_a_policy_or_perhaps(properties: dict[str, Any]) -> None:
    assert api(PRIVATE, EndpointConfiguration=CLOSED, **properties) == []


def test_sams_resource_policy() -> None:
    closed = {"Type": "PRIVATE", "VPCEndpointIds": ["vpce-1"]}
    assert sam(PRIVATE, EndpointConfiguration=closed) == NO_POLICY
    assert sam(PRIVATE, EndpointConfiguration="PRIVATE") == NO_POLICY
    for policy in ({"CustomStatements": POLICY["Statement"]}, {"SourceVpcWhitelist": ["vpce-1"]}):
        assert sam(PRIVATE, EndpointConfiguration=closed, Auth={"ResourcePolicy": policy}) == []
    assert sam(PRIVATE, EndpointConfiguration=closed, DefinitionUri="s3://b/k") == []


def test_a_private_api_without_endpoints() -> None:
    private = {"EndpointConfiguration": {"Types": ["PRIVATE"]}}
    assert api(PRIVATE, **private, Policy=POLICY) == NO_ENDPOINTS
    in_body = {"x-amazon-apigateway-endpoint-configuration": {"vpcEndpointIds": ["vpce-1"]}}
    for body in (in_body, {"servers": [in_body]}, IMPORTED):
        assert api(PRIVATE, **private, Policy=POLICY, Body=body) == []


@pytest.mark.parametrize(("types", "kind"), [({"Types": ["REGIONAL"]}, "REGIONAL"), ({}, "EDGE, the default")], ids=str)
def test_endpoints_of_an_api_that_is_not_private(types: dict[str, Any], kind: str) -> None:
    message = f"names VPC endpoints but is {kind}, and only a private API has them; leave them out or make it PRIVATE"
    assert api(PRIVATE, EndpointConfiguration={**types, "VpcEndpointIds": ["vpce-1"]}) == [("error", message)]
    assert api(PRIVATE, EndpointConfiguration={"Types": IMPORTED, "VpcEndpointIds": ["vpce-1"]}) == []
    assert api(PRIVATE, EndpointConfiguration=types) == []


# Canaries


def test_a_stage_of_production_by_its_name() -> None:
    message = "is the stage {}, which takes each new version with all of its traffic at once; give it a CanarySetting"
    for name in ("prod", "live", "orders-production"):
        stage = {"Stage": of("Stage", RestApiId=REF, StageName=name)}
        assert api(CANARY, stage) == [("advice", message.format(name))]
    for unnamed in ("test", "products", IMPORTED):
        assert api(CANARY, {"Stage": of("Stage", RestApiId=REF, StageName=unnamed)}) == []


def test_a_canary_of_the_deployment() -> None:
    stage = of("Stage", RestApiId=REF, StageName="prod", DeploymentId={"Ref": "Deployment"})
    for settings in ({"PercentTraffic": 10}, IMPORTED):
        deployment = of("Deployment", RestApiId=REF, DeploymentCanarySettings=settings)
        assert api(CANARY, {"Stage": stage, "Deployment": deployment}) == []
    by_name = of("Deployment", RestApiId=REF, StageName="prod", DeploymentCanarySettings={"PercentTraffic": 10})
    assert api(CANARY, {"Stage": of("Stage", RestApiId=REF, StageName="prod"), "Next": by_name}) == []
    described = {"StageName": "prod", "StageDescription": {"CanarySetting": {"PercentTraffic": 10}}}
    assert api(CANARY, {"Deployment": of("Deployment", RestApiId=REF, **described)}) == []
    assert len(api(CANARY, {"Deployment": of("Deployment", RestApiId=REF, StageName="prod")})) == 1


def test_a_name_that_nobody_chose() -> None:
    events = {"Get": {"Type": "Api", "Properties": {"Path": "/", "Method": "get"}}}
    function = {"Type": "AWS::Serverless::Function", "Properties": {"Events": events}}
    assert said(CANARY, {"Transform": "AWS::Serverless-2016-10-31", "Resources": {"Function": function}}) == []
    assert len(sam(CANARY, StageName="Prod")) == 1
    assert sam(CANARY, StageName="Prod", CanarySetting={"PercentTraffic": 10}) == []


def test_an_http_api_has_no_canaries() -> None:
    http = of("AWS::ApiGatewayV2::Stage", ApiId="abc", StageName="prod")
    assert said(CANARY, {"Resources": {"Stage": http}}) == []


ALL = [("warning", "gives its canary all of the traffic; give it 50 % or less")]
MOST = [
    ("advice", "gives its canary 51 % of the traffic, more than the stage itself keeps; give it 50 % or less"),
]
NONE = [("advice", "has a canary that gets no traffic, so nobody tries its version; give it some or delete it")]
OWN = [
    ("advice", "sends 10 % of the traffic to a canary of the deployment that it has itself; point it to the new one")
]


@pytest.mark.parametrize(
    ("canary", "expected"),
    [
        ({"PercentTraffic": 100}, ALL),
        ({"PercentTraffic": "51"}, MOST),
        ({"PercentTraffic": 50, "DeploymentId": "new"}, []),
        ({"PercentTraffic": 10, "DeploymentId": "old"}, OWN),
        ({"PercentTraffic": 0, "DeploymentId": "new"}, NONE),
        ({"DeploymentId": "new"}, NONE),
        ({"PercentTraffic": 0, "DeploymentId": "old"}, []),
        ({"PercentTraffic": 0}, []),
        ({"PercentTraffic": IMPORTED, "DeploymentId": "new"}, []),
        ({"PercentTraffic": 10, "DeploymentId": IMPORTED}, []),
        (IMPORTED, []),
    ],
    ids=str,
)
def test_the_settings_of_a_canary(canary: dict[str, Any], expected: Said) -> None:
    stage = of("Stage", RestApiId="abc", StageName="v1", DeploymentId="old", CanarySetting=canary)
    assert said(SETTINGS, {"Resources": {"Stage": stage}}) == expected


def test_deployments_that_are_resources() -> None:
    resources = {name: of("Deployment", RestApiId=REF) for name in ("Old", "New")}
    for name, expected in (("Old", OWN), ("New", [])):
        canary = {"PercentTraffic": 10, "DeploymentId": {"Ref": name}}
        stage = of("Stage", RestApiId=REF, StageName="v1", DeploymentId={"Ref": "Old"}, CanarySetting=canary)
        assert api(SETTINGS, {**resources, "Stage": stage}) == expected


# The order of a deployment

REST = {"name": "shop", "endpoint_configuration": {"types": ["PRIVATE"]}}
ATTACHED = {"rest_api_id": "${aws_api_gateway_rest_api.shop.id}", "policy": "{}"}
ID = {"rest_api_id": "${aws_api_gateway_rest_api.shop.id}"}


def order(deployment: dict[str, Any], rest: dict[str, Any] = REST, **sections: Any) -> Said:
    resources: dict[str, Any] = {
        "aws_api_gateway_rest_api": {"shop": rest},
        "aws_api_gateway_rest_api_policy": {"only": ATTACHED},
        "aws_api_gateway_deployment": {"shop": {**ID, **deployment}},
        **sections.pop("resource", {}),
    }
    return said(ORDER, {"resource": resources, **sections})


UNORDERED = [
    (
        "warning",
        "may be made before aws_api_gateway_rest_api_policy.only, without which the private API "
        "aws_api_gateway_rest_api.shop can't be deployed; name it in depends_on or triggers",
    )
]
AFTER = "aws_api_gateway_rest_api_policy.only"


def test_a_deployment_that_does_not_wait() -> None:
    assert order({}) == UNORDERED
    assert order({"depends_on": ["aws_api_gateway_rest_api_policy.other"]}) == UNORDERED
    assert order({"description": AFTER}) == UNORDERED
    assert order({}, {"name": "shop", "endpoint_configuration": {"types": ["REGIONAL"]}}) == []


@pytest.mark.parametrize(
    "deployment",
    [
        {"depends_on": [AFTER]},
        {"triggers": {"policy": f"${{sha1({AFTER}.policy)}}"}},
        {"rest_api_id": f"${{{AFTER}.rest_api_id}}"},
        {"triggers": {"all": "${local.hash}"}},
        {"depends_on": ["time_sleep.wait"]},
        {"depends_on": ["module.elsewhere"]},
    ],
    ids=str,
)
def test_a_deployment_that_waits_or_may(deployment: dict[str, Any]) -> None:
    sections: dict[str, Any] = {
        "locals": {"hash": f"${{sha1({AFTER}.policy)}}"},
        "resource": {"time_sleep": {"wait": {"create_duration": "10s", "depends_on": [AFTER]}}},
    }
    assert order(deployment, **sections) == []


def test_a_plan_shows_what_a_deployment_waits_for() -> None:
    def planned(deployment: dict[str, Any]) -> list[str]:
        resources = {
            "aws_api_gateway_rest_api": {"shop": REST},
            "aws_api_gateway_rest_api_policy": {"only": ATTACHED},
            "aws_api_gateway_deployment": {"shop": {**ID, **deployment}},
        }
        made = template(Source("plan.json", plan(json.dumps({"resource": resources}), is_native=True).encode()))
        assert made is not None
        return [one.rule for one in lint(made, LintOptions([rules()[ORDER]], LOOKED_AT))[0]]

    assert planned({}) == [ORDER]
    assert planned({"depends_on": [AFTER]}) == []
    assert planned({"rest_api_id": f"${{{AFTER}.rest_api_id}}"}) == []
