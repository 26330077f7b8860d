"""Whether a permission of a function is for the methods of a REST API that invoke it: the path behind the API's ARN."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.relations.apigateway.integrations import REST_API

METHOD = "AWS::ApiGateway::Method"

_VERBS = fact(
    ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"),
    page="apigateway/latest/developerguide/arn-format-reference.html",
    read="2026-11-29",
)
"""What stands for a method behind the stage in its ARN: API/stage/GET/path. Of ANY, and of *, nothing is told."""

_UNKNOWN = "\0"


def is_of_another(permission: Resource, method: Resource) -> bool:
    """Whether the source of a permission surely is another API than that of a method, or surely another method."""
    api, parts = None, ""
    for piece in permission.get("SourceArn").pieces:
        links = (permission.deployment.resource(link.resource) for link in piece.mentions())
        named = next((one for one in links if one is not None and one.type == REST_API), None)
        if api is None:
            api, parts = named, ""
        else:
            parts += _UNKNOWN if piece.text is None else piece.text
    own, verb = method.follow("RestApiId", REST_API), method.get("HttpMethod").text
    if api is None or own is None:
        return False
    segments = parts.split("/")
    is_other = len(segments) > 2 and segments[2] in _VERBS and verb in _VERBS and segments[2] != verb
    return api is not own or is_other
