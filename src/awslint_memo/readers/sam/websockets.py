"""Translates AWS::Serverless::WebSocketApi: the API, its stage, and a route to a function for each kind of message."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.readers.sam.domains import add_domain
from awslint_memo.readers.sam.nodes import Sayable, given, make, ref
from awslint_memo.readers.sam.property_names import HTTP_STAGE_SAME, PRINCIPALS, WEBSOCKET_API_SAME, WEBSOCKET_ROUTE
from awslint_memo.readers.sam.translation import Macro
from awslint_memo.syntax.node import Node, fields, text

_SERVICE = PRINCIPALS["HttpApi"]
_URI = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function}/invocations"


def translate_websocket(macro: Macro) -> None:
    """Create all resources for the API."""
    macro.become("AWS::ApiGatewayV2::Api", {**macro.same(*WEBSOCKET_API_SAME), "ProtocolType": "WEBSOCKET"})
    api = ref(macro.name, macro.place)
    for key, route in fields(macro.said.get("Routes")).items():
        _add_route(macro, api, key, route)
    named = macro.given("StageName")
    stage: dict[str, Sayable] = {**macro.same(*HTTP_STAGE_SAME), "ApiId": api, "AutoDeploy": True}
    stage["StageName"] = "default" if named is None else named
    word = "Default" if named is None or text(named) == "default" else text(named) or ""
    part = f"stage {text(named) or ''}".rstrip()
    name = macro.add(f"{macro.name}{word}Stage", "AWS::ApiGatewayV2::Stage", stage, macro.place, part, "")
    macro.translation.aliases[f"{macro.name}.Stage"] = name
    _add_authorizer(macro, api)
    add_domain(macro, is_rest=False)


def _add_route(macro: Macro, api: Node, key: str, route: Node) -> None:
    said = fields(route)
    base = f"{macro.name}{key.removeprefix('$').capitalize()}"
    way = f"Routes.{key}"
    function = given(said, "FunctionArn")
    integration: dict[str, Sayable] = {
        "ApiId": api,
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": None if function is None else make({"Fn::Sub": [_URI, {"Function": function}]}, route),
        "TimeoutInMillis": given(said, "IntegrationTimeout"),
    }
    made = f"{base}Integration"
    macro.add(made, "AWS::ApiGatewayV2::Integration", integration, route, f"route {key}", way)
    target = make({"Fn::Sub": f"integrations/${{{made}}}"}, route)
    properties: dict[str, Sayable] = {name: given(said, name) for name in WEBSOCKET_ROUTE}
    properties.update({"ApiId": api, "RouteKey": key, "Target": target})
    if key == "$connect":
        kind = given(fields(macro.said.get("Auth")), "AuthType")
        is_own = text(kind) == "CUSTOM"
        properties["AuthorizationType"] = kind
        properties["AuthorizerId"] = ref(f"{macro.name}ConnectAuthorizer", route) if is_own else None
    macro.add(f"{base}Route", "AWS::ApiGatewayV2::Route", properties, route, f"key of route {key}")
    if function is not None:
        macro.permit(f"{base}Permission", function, _SERVICE, function, f"permission of route {key}")


def _add_authorizer(macro: Macro, api: Node) -> None:
    node = macro.given("Auth")
    said: Mapping[str, Node] = fields(node)
    function = given(said, "AuthArn")
    if node is None or function is None:
        return
    name = f"{macro.name}ConnectAuthorizer"
    properties: dict[str, Sayable] = {
        "ApiId": api,
        "AuthorizerCredentialsArn": given(said, "InvokeRole"),
        "AuthorizerType": "REQUEST",
        "AuthorizerUri": make({"Fn::Sub": [_URI, {"Function": function}]}, node),
        "IdentitySource": given(said, "IdentitySource"),
        "Name": given(said, "Name") or name,
    }
    macro.add(name, "AWS::ApiGatewayV2::Authorizer", properties, node, "authorizer", "Auth")
    if given(said, "InvokeRole") is None:
        macro.permit(f"{macro.name}AuthorizerPermission", function, _SERVICE, function, "permission of the authorizer")
