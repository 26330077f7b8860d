"""Where an API forwards its requests: the integrations of its methods, and those in its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.lambda_.functions import FUNCTION, QUALIFIED, function_of, unqualified
from awslint_memo.relations.namers import namers
from awslint_memo.syntax.embedded import parse_embedded

METHOD = "AWS::ApiGateway::Method"
REST_API = "AWS::ApiGateway::RestApi"
HTTP_API = "AWS::ApiGatewayV2::Api"
HTTP_INTEGRATION = "AWS::ApiGatewayV2::Integration"
STATE_MACHINE = "AWS::StepFunctions::StateMachine"

_EXTENSION = "x-amazon-apigateway-integration"


def addresses(resource: Resource) -> Iterator[Value]:
    """The addresses to which a method, an integration or an API's OpenAPI document forwards requests."""
    if resource.type == METHOD:
        yield resource.get("Integration.Uri")
    elif resource.type == HTTP_INTEGRATION:
        yield resource.get("IntegrationUri")
    else:
        yield from (value.get("uri") for value in documented(resource))


_INVOKING = ("invoke_arn", "qualified_invoke_arn", "response_streaming_invoke_arn")
"""Terraform's attributes of a function and an alias by which API Gateway invokes them."""


def is_invocation(method: Resource) -> bool:
    """Whether a method surely forwards requests to a function."""
    address = method.get("Integration.Uri")
    link = address.attribute if isinstance(address, Unknown) else None
    pattern = address.pattern
    is_written = pattern is not None and pattern.contains(":lambda:path/") and pattern.contains("/functions/")
    return is_written or (link is not None and link.attribute in _INVOKING)


def methods(api: Resource) -> Sequence[Resource]:
    """The methods of this deployment that surely are of a REST API."""
    return namers(api, METHOD, "RestApiId")


def backends(api: Resource) -> list[Resource]:
    """The functions and state machines of this deployment to which a REST API surely forwards requests."""
    integrations = [(method.get("Integration"), method.get("Integration.Uri")) for method in methods(api)]
    integrations += [(value, value.get("uri")) for value in documented(api)]
    found = {one.name: one for integration, uri in integrations for one in _named(api.deployment, integration, uri)}
    return list(found.values())


def documented(api: Resource) -> Sequence[Value]:
    """The integrations of an OpenAPI document, once for each path and method."""
    return api.deployment.once(_documented).get(api.name, ())


def _documented(deployment: Deployment) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for api in deployment.of_type(REST_API, HTTP_API):
        for path in parse_embedded(api.get("Body"), is_yaml=True).get("paths").fields.values():
            integrations = (operation.get(_EXTENSION) for operation in path.fields.values())
            found.setdefault(api.name, []).extend(one for one in integrations if not one.is_absent)
    return found


_VERBS = ("delete", "get", "head", "options", "patch", "post", "put", "x-amazon-apigateway-any-method")


def undefined(api: Resource) -> Iterator[tuple[str, str, Value]]:
    """The operations of a REST API's OpenAPI document that surely have no integration: path, method and operation.
    None where the API may get methods elsewhere."""
    paths = parse_embedded(api.get("Body"), is_yaml=True).get("paths").fields
    if api.is_open or not paths or methods(api):
        return
    for path, item in paths.items():
        for verb, operation in item.fields.items():
            if verb in _VERBS and operation.is_known and operation.get(_EXTENSION).is_absent:
                yield path, "ANY" if verb == _VERBS[-1] else verb.upper(), operation


def _named(deployment: Deployment, integration: Value, address: Value) -> Iterator[Resource]:
    """The functions and state machines that an integration names, its mapping templates among what is looked at."""
    function = unqualified(deployment, address)
    if function is not None:
        yield function
    for link in integration.mentions():
        resource = deployment.resource(link.resource)
        if resource is not None and resource.type in (FUNCTION, STATE_MACHINE):
            yield resource
        elif resource is not None and resource.type in QUALIFIED:
            function = function_of(deployment, link)
            if function is not None:
                yield function
