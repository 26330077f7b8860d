"""Translates AWS::Serverless::Api and HttpApi, the events that are their routes, and the implicit APIs of events."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.readers.sam.domains import add_domain
from awslint_memo.readers.sam.nodes import (
    Sayable,
    function_of,
    given,
    is_false,
    is_true,
    make,
    ref,
    tags,
    through_if,
    unknown,
)
from awslint_memo.readers.sam.property_names import (
    BY_PACKAGING,
    HTTP_API_SAME,
    HTTP_STAGE_SAME,
    PRINCIPALS,
    REST_API_SAME,
    REST_STAGE_SAME,
)
from awslint_memo.readers.sam.roles import add_event_role
from awslint_memo.readers.sam.translated import EXISTS, Route, Translated
from awslint_memo.readers.sam.translation import Event, Macro, under_condition
from awslint_memo.syntax.node import Made, Node, fields, text

REST_API, HTTP_API = "ServerlessRestApi", "ServerlessHttpApi"
"""The logical ids of the implicit APIs."""


def api_event(event: Event) -> None:
    """Translate an event for a path and method of an explicit or implicit API."""
    is_rest = event.type == "Api"
    implicit = REST_API if is_rest else HTTP_API
    named = event.given("RestApiId" if is_rest else "ApiId")
    api = implicit if named is None else text(named) or text(fields(named).get("Ref")) or ""
    method = (text(event.said.get("Method")) or "any").lower()
    path = text(event.said.get("Path")) or "/$default"
    stage = "*"
    source = f"arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{Api}}/{stage}/"
    source += f"{'*' if method == 'any' else method.upper()}{path}"
    suffix = _stage_suffix(event, api) if is_rest else ""
    names: Sayable = {"Api": ref(api, event.place) if api else named}
    event.permit(suffix, SourceArn=make({"Fn::Sub": [source, names]}, event.place))
    route = Route(event.target.macro.node, event.place, event.said, _integration(event))
    event.target.macro.translation.routes.setdefault(api, []).append(route)


def _stage_suffix(event: Event, api: str) -> str:
    if api == REST_API:
        return "Prod"
    properties = fields(event.target.macro.translation.written.get(api)).get("Properties")
    stage = text(fields(properties).get("StageName"))
    return "Stage" if stage is None else stage if stage.isalnum() else ""


def _integration(event: Event) -> Mapping[str, Sayable]:
    to = "arn:${AWS::Partition}:apigateway:${AWS::Region}:"
    if event.target.is_function:
        streams = text(event.said.get("ResponseTransferMode")) == "RESPONSE_STREAM"
        version, how = ("2021-11-15", "response-streaming-invocations") if streams else ("2015-03-31", "invocations")
        to += f"lambda:path/{version}/functions/{event.target.in_text}/{how}"
        more = {"timeoutInMillis": event.given("TimeoutInMillis")}
        more["payloadFormatVersion"] = event.given("PayloadFormatVersion")
        return {"type": "aws_proxy", "httpMethod": "POST", "uri": make({"Fn::Sub": to}, event.place), **more}
    body = '{"input": "$util.escapeJavaScript($input.json(\'$\'))", "stateMachineArn": "' + event.target.in_text + '"}'
    templates: Sayable = {"application/json": make({"Fn::Sub": body}, event.place)}
    uri = make({"Fn::Sub": to + "states:action/StartExecution"}, event.place)
    role = add_event_role(event, "apigateway.amazonaws.com")
    return {"type": "aws", "httpMethod": "POST", "uri": uri, "credentials": role, "requestTemplates": templates}


_INTEGRATION = "x-amazon-apigateway-integration"

IMPLICIT: Mapping[str, str] = {REST_API: "Api", HTTP_API: "HttpApi"}
"""The kind of each implicit API, by logical id."""


def translate_rest(macro: Macro) -> None:
    """Create the REST API, its deployment and its stage."""
    endpoint = macro.given("EndpointConfiguration")
    properties: dict[str, Sayable] = {
        **macro.same(*REST_API_SAME),
        **_definition(macro, is_rest=True),
        "EndpointConfiguration": None if endpoint is None else through_if(endpoint, _endpoint, _endpoint_of_call),
        "Policy": _policy(macro),
        # Of these, rules ask as they are written.
        "Auth": macro.given("Auth"),
        "Cors": macro.given("Cors"),
        "Tags": tags(macro.given("Tags")),
    }
    macro.become("AWS::ApiGateway::RestApi", properties)
    api = ref(macro.name, macro.place)
    deployment = macro.add(
        f"{macro.name}Deployment", "AWS::ApiGateway::Deployment", {"RestApiId": api}, macro.place, "deployment"
    )
    stage: dict[str, Sayable] = {**macro.same(*REST_STAGE_SAME), "Tags": tags(macro.given("Tags"))}
    stage.update({"RestApiId": api, "DeploymentId": ref(deployment, macro.place)})
    name = macro.add(
        f"{macro.name}{_plain(macro)}Stage", "AWS::ApiGateway::Stage", stage, macro.place, _stage_part(macro), ""
    )
    macro.translation.aliases.update({f"{macro.name}.Stage": name, f"{macro.name}.Deployment": deployment})
    _permit_authorizers(macro)
    add_domain(macro, is_rest=True)


_AUTHORIZERS = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*"


def _permit_authorizers(macro: Macro, wanted: str = "") -> None:
    """Create the permissions for the API to invoke its authorizer functions.

    wanted: the property of an authorizer that asks for the permission; without it, they have one unless they refuse.
    """
    for name, authorizer in fields(fields(macro.said.get("Auth")).get("Authorizers")).items():
        said = fields(authorizer)
        function = given(said, "FunctionArn")
        is_wanted = is_true(said.get(wanted)) if wanted else not is_true(said.get("DisableFunctionDefaultPermissions"))
        if function is not None and is_wanted:
            source = make({"Fn::Sub": [_AUTHORIZERS, {"__ApiId__": {"Ref": macro.name}}]}, authorizer)
            permission, part = f"{macro.name}{name}AuthorizerPermission", f"permission of authorizer {name}"
            macro.permit(permission, function, PRINCIPALS["Api"], authorizer, part, SourceArn=source)


def translate_http(macro: Macro) -> None:
    """Create the HTTP API and its stage."""
    macro.become(
        "AWS::ApiGatewayV2::Api",
        {**macro.same(*HTTP_API_SAME), **_definition(macro, is_rest=False), "ProtocolType": "HTTP"},
    )
    named = macro.given("StageName")
    stage: dict[str, Sayable] = {**macro.same(*HTTP_STAGE_SAME), "ApiId": ref(macro.name, macro.place)}
    stage.update({"StageName": "$default" if named is None else named, "AutoDeploy": True})
    is_default = named is None or text(named) == "$default"
    spelled = "ApiGatewayDefault" if is_default else _plain(macro)
    name = macro.add(
        f"{macro.name}{spelled}Stage", "AWS::ApiGatewayV2::Stage", stage, macro.place, _stage_part(macro), ""
    )
    macro.translation.aliases[f"{macro.name}.Stage"] = name
    _permit_authorizers(macro, "EnableFunctionDefaultPermissions")
    add_domain(macro, is_rest=False)


def implicit(translation: Translated, name: str, said: Node | None) -> Macro | None:
    """The implicit API for events that name no API; None if there are no such events. said: its section of Globals.

    It exists if one of the functions with these events exists. It is no part of any of them, since it has the events of
    them all: SAM's users know it by its own logical id, which they refer to.
    """
    routes = translation.routes.get(name)
    if not routes or name in translation.written:
        return None
    place = routes[0].place
    node = make({"Type": f"AWS::Serverless::{IMPLICIT[name]}", EXISTS: _any_exists(routes)}, place)
    stage = {"StageName": Made("Prod", place)} if name == REST_API else {}
    shared = translation.opened(IMPLICIT[name], fields(said), place)
    return Macro(name, place, node, {**shared, **stage}, translation)


def _any_exists(routes: list[Route]) -> Node | None:
    conditions = [fields(route.owner).get("Condition") for route in routes]
    node: Node = ref("AWS::NoValue", routes[0].place)
    for condition in conditions:
        if condition is None:
            return None
        node = make({"Fn::If": [condition, True, node]}, routes[0].place)
    return node


def _stage_part(macro: Macro) -> str:
    """The stage in words, with its name if that is literal."""
    return f"stage {text(macro.given('StageName')) or ''}".rstrip()


def _plain(macro: Macro) -> str:
    """The stage name for a logical id; empty if it is not literal or has characters for which SAM would use a hash."""
    stage = text(macro.given("StageName")) or ""
    return stage if stage.isalnum() else ""


def _definition(macro: Macro, *, is_rest: bool) -> dict[str, Sayable]:
    """The API's definition: as written, or generated from the paths of its events, or both.

    SAM adds the events of an HTTP API to its definition where that has no integration for a method. Those of a REST API
    are added only with MergeDefinitions; they then win over what is written for the same method.
    """
    written, elsewhere = macro.given("DefinitionBody"), macro.given("DefinitionUri")
    if elsewhere is not None:
        said = fields(elsewhere)
        return {"BodyS3Location": elsewhere if "Bucket" in said else unknown(elsewhere)}
    paths = _paths(macro)
    if written is None:
        return {"Body": make({"openapi": "3.0.1", "paths": paths}, macro.place)} if paths else {}
    is_managed = is_true(macro.said.get(BY_PACKAGING))
    if is_rest and not is_managed and not _merges(macro):
        return {"Body": written}
    if function_of(written) is not None:
        return {"Body": unknown(written)}
    for path, node in fields(fields(written).get("paths")).items():
        generated = paths.get(path, {})
        methods: dict[str, Sayable] = {**fields(node), **generated}
        for method in generated:
            if not _merges(macro) and _INTEGRATION in fields(fields(node).get(method)):
                methods[method] = fields(node)[method]
        paths[path] = methods
    return {"Body": make({**fields(written), "paths": paths}, written)}


def _merges(macro: Macro) -> bool:
    """Whether the events of a REST API are added to the definition that is written."""
    merges = macro.given("MergeDefinitions")
    return merges is not None and not is_false(merges)


def _paths(macro: Macro) -> dict[str, dict[str, Sayable]]:
    """What the API's events say of its paths and methods."""
    paths: dict[str, dict[str, Sayable]] = {}
    for route in macro.translation.routes.get(macro.name, []):
        method = (text(route.said.get("Method")) or "any").lower()
        method = "x-amazon-apigateway-any-method" if method == "any" else method
        # Who is let in is judged nowhere; that something of it is said, is.
        operation = make({_INTEGRATION: route.integration, "security": route.said.get("Auth")}, route.place)
        path = text(route.said.get("Path")) or "/$default"
        paths.setdefault(path, {})[method] = under_condition(route.owner, operation)
    return paths


def _endpoint(said: Node) -> Node:
    inner = fields(said)
    kind = inner.get("Type")
    if not isinstance(said.content, Mapping):
        return make({"Types": [said]}, said)
    endpoints = inner.get("VPCEndpointIds") or inner.get("VpcEndpointIds")
    address = inner.get("IpAddressType")
    types: Sayable = None if kind is None else [kind]
    return make({"Types": types, "VpcEndpointIds": endpoints, "IpAddressType": address}, said)


def _endpoint_of_call(said: Node) -> Node:
    return make({"Types": [said]}, said)


def _policy(macro: Macro) -> Sayable:
    """The resource policy: that of the resource, or the statements of Auth and of the events for single paths.

    SAM writes these into the definition. Statements that it generates from lists of IP ranges, accounts and VPCs are
    unknown; so is what applies if both policies are written.
    """
    written = macro.given("Policy")
    whole = _statements_of(macro.said.get("Auth"))
    auths = [route.said.get("Auth") for route in macro.translation.routes.get(macro.name, [])]
    is_managed = is_true(macro.said.get(BY_PACKAGING))
    if macro.given("DefinitionBody") is not None and not is_managed and not _merges(macro):
        # SAM writes what events say into a definition that it does not generate only if they ask for it.
        auths = [auth for auth in auths if is_true(fields(auth).get("OverrideApiAuth"))]
    generated = [node for node in (whole, *map(_statements_of, auths)) if node]
    if not generated:
        return written
    if written is not None:
        return unknown(written)
    statements = given(fields(whole), "CustomStatements")
    is_plain = generated == [whole] and len(fields(whole)) == 1 and statements is not None
    made: Sayable = statements if is_plain else unknown(generated[0])
    return make({"Version": "2012-10-17", "Statement": made}, generated[0])


def _statements_of(auth: Node | None) -> Node | None:
    """The ResourcePolicy in Auth; None if there is none or it has no statements."""
    node = given(fields(auth), "ResourcePolicy")
    return None if node is None or node.content == {} else node
