"""Whether a permission of a function is for the requests of an API that invoke it: what stands behind the API's ARN."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Link, Unknown
from awslint_memo.relations.apigateway.integrations import REST_API

METHOD = "AWS::ApiGateway::Method"
_INTEGRATION = "AWS::ApiGatewayV2::Integration"
_APIS = {METHOD: ("RestApiId", REST_API), _INTEGRATION: ("ApiId", "AWS::ApiGatewayV2::Api")}
"""By what invokes a function, where it names its API, and of which type that is."""

_VERBS = fact(
    ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"),
    page="apigateway/latest/developerguide/arn-format-reference.html",
    read="2026-11-29",
)
"""What stands for a method behind the stage in its ARN: API/stage/GET/path. Of ANY, and of *, nothing is told."""

_UNKNOWN = "\0"


def is_of_another(permission: Resource, invoker: Resource) -> bool:
    """Whether the source of a permission surely is another API than that of a method or integration, surely another
    method, or surely no request at all."""
    if invoker.type not in _APIS:
        return False
    api, segments = _source(permission)
    own = invoker.follow(*_APIS[invoker.type])
    if api is None or own is None:
        return False
    # An integration of an HTTP API has the methods of its routes.
    verb = invoker.get("HttpMethod").text if invoker.type == METHOD else None
    is_other = len(segments) > 2 and segments[2] in _VERBS and verb in _VERBS and segments[2] != verb
    return api is not own or is_other or _is_stageless(segments)


def is_stageless(permission: Resource) -> bool:
    """Whether a permission surely is for no request, as the ARN of its API ends without a stage, or a method stands
    where the stage belongs."""
    api, segments = _source(permission)
    return api is not None and _is_stageless(segments)


def _is_stageless(segments: list[str]) -> bool:
    is_method = len(segments) > 1 and segments[1] in (*_VERBS, "ANY")
    return not segments[0] and (is_method or not any(segments))


def _source(permission: Resource) -> tuple[Resource | None, list[str]]:
    """The API in the source of a permission, and what stands behind it, parted at slashes."""
    api, parts = None, ""
    types = [type_ for _, type_ in _APIS.values()]
    for piece in permission.get("SourceArn").pieces:
        links = (permission.deployment.resource(link.resource) for link in piece.mentions())
        named = next((one for one in links if one is not None and one.type in types), None)
        if api is None:
            # A function, such as format(), may put more behind the API, and a plan does not show what stands there.
            is_itself = isinstance(piece, Link) or (isinstance(piece, Unknown) and piece.attribute is not None)
            api, parts = named, "" if is_itself and not permission.terraform.note.is_unknown else _UNKNOWN
        else:
            parts += _UNKNOWN if piece.text is None else piece.text
    return api, parts.split("/")
