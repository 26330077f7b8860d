"""Translates API events to permissions and routes; the API is created when all routes are known."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.readers.sam.nodes import Sayable, make, ref
from awslint_memo.readers.sam.roles import add_event_role
from awslint_memo.readers.sam.targets import Event
from awslint_memo.readers.sam.translated import Route
from awslint_memo.syntax.node import fields, text

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
