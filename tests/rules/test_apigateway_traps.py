"""What makes a naive reading of REST APIs wrong: where a policy stands, who chose a name, what is made first."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, found, messages, resource, stack, terraform
from tests.plan_from_configuration import plan

TYPE = "apigateway-endpoint-type"
PRIVATE = "apigateway-private-access"
CANARY = "apigateway-canary"
SETTINGS = "apigateway-canary-settings"
ORDER = "apigateway-deployment-order"

IMPORTED = {"Fn::ImportValue": "something"}
POLICY = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "*"}]}
CLOSED = {"Types": ["PRIVATE"], "VpcEndpointIds": ["vpce-1"]}


def of(type_: str, **properties: Any) -> dict[str, Any]:
    return resource(f"ApiGateway::{type_}", **properties)


def api(others: dict[str, Any] | None = None, **properties: Any) -> dict[str, Any]:
    """A REST API named Api, and other resources."""
    return stack(Api=of("RestApi", Name="shop", **properties), **(others or {}))


def sam(**properties: Any) -> dict[str, Any]:
    serverless = {"Transform": "AWS::Serverless-2016-10-31"}
    return stack(serverless, Api=resource("Serverless::Api", **{"StageName": "v1", **properties}))


# The endpoint type

REF = {"Ref": "Api"}


def test_an_endpoint_type_that_nobody_chose() -> None:
    expected = [Found("advice", "Api", "Api")]
    assert found(TYPE, api()) == found(TYPE, sam()) == expected
    assert found(TYPE, api(EndpointConfiguration={"Types": []})) == [Found("advice", "Api", "Types")]
    assert ["has no EndpointConfiguration.Types, " in one for one in messages(TYPE, api())] == [True]
    assert ["has no EndpointConfiguration.Type, " in one for one in messages(TYPE, sam())] == [True]


@each_case(
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
    assert found(TYPE, api(**properties)) == []


def test_sams_words_for_the_endpoint_type() -> None:
    assert found(TYPE, sam(EndpointConfiguration="REGIONAL")) == []
    assert found(TYPE, sam(EndpointConfiguration={"Type": "REGIONAL"})) == []


def distribution(domain: Any) -> dict[str, Any]:
    config = {"Enabled": True, "Origins": [{"Id": "api", "DomainName": domain}]}
    return {"Site": resource("CloudFront::Distribution", DistributionConfig=config)}


def test_a_distribution_in_front() -> None:
    domain = {"Fn::Sub": "${Api}.execute-api.${AWS::Region}.amazonaws.com"}
    assert found(TYPE, api(distribution(domain))) == [Found("warning", "Api", "Api")]
    assert ["Site" in one for one in messages(TYPE, api(distribution(domain)))] == [True]
    assert found(TYPE, api(distribution("www.example.org"))) == [Found("advice", "Api", "Api")]
    assert found(TYPE, api(distribution(domain), EndpointConfiguration={"Types": ["EDGE"]})) == []


def latency(target: Any, **properties: Any) -> dict[str, Any]:
    record = {"HostedZoneId": "Z1", "Name": "api.example.com", "Type": "A", "SetIdentifier": "a", **properties}
    alias = {"DNSName": target, "HostedZoneId": "Z2"}
    return {"Record": resource("Route53::RecordSet", **record, AliasTarget=alias)}


def test_latency_records_in_front() -> None:
    domain = {"Fn::GetAtt": ["Domain", "RegionalDomainName"]}
    mapped = {
        "Domain": of("DomainName", DomainName="api.example.com"),
        "Mapping": of("BasePathMapping", DomainName="api.example.com", RestApiId=REF),
    }
    in_front = api({**mapped, **latency(domain, Region="eu-west-1")})
    assert found(TYPE, in_front) == [Found("warning", "Api", "Api")]
    assert ["Record" in one for one in messages(TYPE, in_front)] == [True]
    assert found(TYPE, api({**mapped, **latency(domain, Weight=1)})) == [Found("advice", "Api", "Api")]
    unmapped = {"Domain": mapped["Domain"]}
    assert found(TYPE, api({**unmapped, **latency(domain, Region="eu-west-1")})) == [Found("advice", "Api", "Api")]


# Private APIs


@each_case(
    ("properties", "at"),
    [
        ({"EndpointConfiguration": CLOSED}, "Types"),
        ({"EndpointConfiguration": CLOSED, "Policy": {}}, "Types"),
        ({"EndpointConfiguration": CLOSED, "Body": {"openapi": "3.0.1", "paths": {}}}, "Types"),
        ({"EndpointConfiguration": CLOSED, "Body": "openapi: 3.0.1\npaths: {}"}, "Types"),
        ({"Parameters": {"endpointConfigurationTypes": "PRIVATE"}}, "endpointConfigurationTypes: PRIVATE"),
    ],
    ids=str,
)
def test_a_private_api_without_a_policy(properties: dict[str, Any], at: str) -> None:
    assert found(PRIVATE, api(**properties)) == [Found("error", "Api", at)]


@each_case(
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
    assert found(PRIVATE, api(EndpointConfiguration=CLOSED, **properties)) == []


def test_sams_resource_policy() -> None:
    closed = {"Type": "PRIVATE", "VPCEndpointIds": ["vpce-1"]}
    assert found(PRIVATE, sam(EndpointConfiguration=closed)) == [Found("error", "Api", "EndpointConfiguration")]
    assert found(PRIVATE, sam(EndpointConfiguration="PRIVATE")) == [
        Found("error", "Api", "EndpointConfiguration: PRIVATE")
    ]
    for policy in ({"CustomStatements": POLICY["Statement"]}, {"SourceVpcWhitelist": ["vpce-1"]}):
        assert found(PRIVATE, sam(EndpointConfiguration=closed, Auth={"ResourcePolicy": policy})) == []
    assert found(PRIVATE, sam(EndpointConfiguration=closed, DefinitionUri="s3://b/k")) == []


def test_a_private_api_without_endpoints() -> None:
    """Callers reach it by the private DNS of an endpoint that its policy admits."""
    assert found(PRIVATE, api(EndpointConfiguration={"Types": ["PRIVATE"]}, Policy=POLICY)) == []


@pytest.mark.parametrize(("types", "kind"), [({"Types": ["REGIONAL"]}, "REGIONAL"), ({}, "EDGE (default)")], ids=str)
def test_endpoints_of_an_api_that_is_not_private(types: dict[str, Any], kind: str) -> None:
    named = api(EndpointConfiguration={**types, "VpcEndpointIds": ["vpce-1"]})
    assert found(PRIVATE, named) == [Found("error", "Api", "VpcEndpointIds")]
    assert [f"type is {kind}, " in one for one in messages(PRIVATE, named)] == [True]
    assert found(PRIVATE, api(EndpointConfiguration={"Types": IMPORTED, "VpcEndpointIds": ["vpce-1"]})) == []
    assert found(PRIVATE, api(EndpointConfiguration=types)) == []


# Canaries


def test_a_stage_of_production_by_its_name() -> None:
    for name in ("prod", "live", "orders-production"):
        stage = {"Stage": of("Stage", RestApiId=REF, StageName=name)}
        assert found(CANARY, api(stage)) == [Found("advice", "Stage", f"StageName: {name}")]
        assert ["DeploymentCanarySettings" in one for one in messages(CANARY, api(stage))] == [False]
    for unnamed in ("test", "products", IMPORTED):
        assert found(CANARY, api({"Stage": of("Stage", RestApiId=REF, StageName=unnamed)})) == []


def test_a_canary_of_the_deployment() -> None:
    stage = of("Stage", RestApiId=REF, StageName="prod", DeploymentId={"Ref": "Deployment"})
    for settings in ({"PercentTraffic": 10}, IMPORTED):
        deployment = of("Deployment", RestApiId=REF, DeploymentCanarySettings=settings)
        assert found(CANARY, api({"Stage": stage, "Deployment": deployment})) == []
    by_name = of("Deployment", RestApiId=REF, StageName="prod", DeploymentCanarySettings={"PercentTraffic": 10})
    assert found(CANARY, api({"Stage": of("Stage", RestApiId=REF, StageName="prod"), "Next": by_name})) == []
    described = {"StageName": "prod", "StageDescription": {"CanarySetting": {"PercentTraffic": 10}}}
    assert found(CANARY, api({"Deployment": of("Deployment", RestApiId=REF, **described)})) == []
    unshifted = api({"Deployment": of("Deployment", RestApiId=REF, StageName="prod")})
    assert found(CANARY, unshifted) == [Found("advice", "Deployment", "StageName: prod")]
    # API Gateway refuses a canary in a deployment that makes its stage.
    [message] = messages(CANARY, unshifted)
    assert message.endswith("make the stage an AWS::ApiGateway::Stage with CanarySetting")


def test_a_stage_and_the_deployment_that_names_it_are_one() -> None:
    both = api({"Stage": of("Stage", RestApiId=REF, StageName="prod"), "Next": of("Deployment", RestApiId=REF)})
    assert [one.resource for one in found(CANARY, both)] == ["Stage"]
    both["Resources"]["Next"]["Properties"]["StageName"] = "prod"
    assert [one.resource for one in found(CANARY, both)] == ["Stage"]


def test_a_name_that_nobody_chose() -> None:
    events = {"Get": {"Type": "Api", "Properties": {"Path": "/", "Method": "get"}}}
    function = {"Type": "AWS::Serverless::Function", "Properties": {"Events": events}}
    assert found(CANARY, {"Transform": "AWS::Serverless-2016-10-31", "Resources": {"Function": function}}) == []
    # SAM always points the stage at the newest deployment.
    assert found(CANARY, sam(StageName="Prod")) == []
    assert found(CANARY, sam(StageName="Prod", CanarySetting={"PercentTraffic": 10})) == []


def test_an_http_api_has_no_canaries() -> None:
    http = resource("ApiGatewayV2::Stage", ApiId="abc", StageName="prod")
    assert found(CANARY, {"Resources": {"Stage": http}}) == []


ALL = [Found("warning", "Stage", "PercentTraffic: 100")]
MOST = [Found("advice", "Stage", "PercentTraffic: 51")]
NONE = [Found("advice", "Stage", "PercentTraffic: 0")]
UNSAID = [Found("advice", "Stage", "CanarySetting")]
OWN = [Found("advice", "Stage", "DeploymentId: old")]


@each_case(
    ("canary", "expected"),
    [
        ({"PercentTraffic": 100}, ALL),
        ({"PercentTraffic": "51"}, MOST),
        ({"PercentTraffic": 50, "DeploymentId": "new"}, []),
        ({"PercentTraffic": 10, "DeploymentId": "old"}, OWN),
        ({"PercentTraffic": 0, "DeploymentId": "new"}, NONE),
        ({"DeploymentId": "new"}, UNSAID),
        ({"PercentTraffic": 0, "DeploymentId": "old"}, []),
        ({"PercentTraffic": 0}, []),
        ({"PercentTraffic": IMPORTED, "DeploymentId": "new"}, []),
        ({"PercentTraffic": 10, "DeploymentId": IMPORTED}, []),
        (IMPORTED, []),
    ],
    ids=str,
)
def test_the_settings_of_a_canary(canary: dict[str, Any], expected: list[Found]) -> None:
    stage = of("Stage", RestApiId="abc", StageName="v1", DeploymentId="old", CanarySetting=canary)
    assert found(SETTINGS, {"Resources": {"Stage": stage}}) == expected
    is_default = ["PercentTraffic of Stage is 0 (default), " in one for one in messages(SETTINGS, stack(Stage=stage))]
    assert is_default == [expected is UNSAID] * len(expected)


def test_deployments_that_are_resources() -> None:
    resources = {name: of("Deployment", RestApiId=REF) for name in ("Old", "New")}
    for name, expected in (("Old", [Found("advice", "Stage", "DeploymentId")]), ("New", [])):
        canary = {"PercentTraffic": 10, "DeploymentId": {"Ref": name}}
        stage = of("Stage", RestApiId=REF, StageName="v1", DeploymentId={"Ref": "Old"}, CanarySetting=canary)
        assert found(SETTINGS, api({**resources, "Stage": stage})) == expected


# The order of a deployment

REST = {"name": "shop", "endpoint_configuration": {"types": ["PRIVATE"]}}
ATTACHED = {"rest_api_id": "${aws_api_gateway_rest_api.shop.id}", "policy": "{}"}
ID = {"rest_api_id": "${aws_api_gateway_rest_api.shop.id}"}


def order(deployment: dict[str, Any], rest: dict[str, Any] = REST, **sections: Any) -> dict[str, Any]:
    types: dict[str, Any] = {
        "aws_api_gateway_rest_api": {"shop": rest},
        "aws_api_gateway_rest_api_policy": {"only": ATTACHED},
        "aws_api_gateway_deployment": {"shop": {**ID, **deployment}},
        **sections.pop("resource", {}),
    }
    return terraform(sections, **types)


UNORDERED = [Found("warning", "aws_api_gateway_deployment.shop", "shop")]
AFTER = "aws_api_gateway_rest_api_policy.only"


def test_a_deployment_that_does_not_wait() -> None:
    assert found(ORDER, order({})) == UNORDERED
    assert [AFTER in one for one in messages(ORDER, order({}))] == [True]
    assert found(ORDER, order({"depends_on": ["aws_api_gateway_rest_api_policy.other"]})) == UNORDERED
    assert found(ORDER, order({"description": AFTER})) == UNORDERED
    assert found(ORDER, order({}, {"name": "shop", "endpoint_configuration": {"types": ["REGIONAL"]}})) == []


@each_case(
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
    assert found(ORDER, order(deployment, **sections)) == []


def test_a_plan_shows_what_a_deployment_waits_for() -> None:
    def planned(deployment: dict[str, Any]) -> list[str]:
        text = plan(json.dumps(order(deployment)), is_native=True)
        return [one.resource for one in found(ORDER, text)]

    assert planned({}) == ["aws_api_gateway_deployment.shop"]
    assert planned({"depends_on": [AFTER]}) == []
    assert planned({"rest_api_id": f"${{{AFTER}.rest_api_id}}"}) == []


def test_what_an_openapi_body_asks_of_browsers_has_its_own_name() -> None:
    cors = {"allowOrigins": ["*", "*"], "allowCredentials": True}
    body = {"openapi": "3.0.1", "info": {}, "paths": {}, "x-amazon-apigateway-cors": cors}
    [message] = messages("apigateway-cors-refused", stack(Shop=resource("ApiGatewayV2::Api", Body=body)))
    assert message.startswith("x-amazon-apigateway-cors.allowCredentials of Shop is true, but allowOrigins has")
