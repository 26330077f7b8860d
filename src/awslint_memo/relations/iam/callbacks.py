"""Permissions that roles lack although what stands beside them says that they need them: for tokens, and for clients of
WebSocket APIs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import attributes
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.attachments import attached_roles
from awslint_memo.relations.iam.statements import statements

COMPANIONS: Mapping[str, Fact[str]] = {
    "codeartifact:GetAuthorizationToken": Fact(
        "sts:GetServiceBearerToken",
        page="codeartifact/latest/ug/get-set-up-provision-user.html",
        read="2026-11-30",
    ),
}
"""By action, another one that it takes too, which must stand in a policy of the role itself."""

ANSWERS = fact(
    "execute-api:ManageConnections",
    page="apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html",
    read="2026-11-30",
)
"""What it takes to send to the clients of a WebSocket API."""

_API = "AWS::ApiGatewayV2::Api"
_TAKES = "sts:AssumeRole"


@record(frozen=True, eq=False)
class Alone:
    """An action that a policy allows a role, for which it lacks another one. value: where it is written."""

    role: Resource
    value: Value
    companion: str


def alone(holder: Resource) -> Iterator[Alone]:
    """The actions in the policies of a role, or in a policy, that surely are denied for want of another permission."""
    written = (one for document in attributes.documents(holder) for one in statements(document))
    allowed = [action for one in written if one.get("Effect").text == "Allow" for action in one.get("Action").items]
    for action in allowed:
        needed = COMPANIONS.get(action.text or "")
        users = ([holder] if holder.type == roles.ROLE else attached_roles(holder)) if needed else []
        lacking = (role for role in users if needed and roles.may(role, needed.value) is False)
        role = next((role for role in lacking if not role.is_exposed()), None)
        if role is not None and needed is not None:
            yield Alone(role, action, needed.value)


@record(frozen=True, eq=False)
class Mute:
    """A function that is told where to send to the clients of a WebSocket API, and surely may not. value: where."""

    role: Resource
    api: Resource
    value: Value


def mute(function: Resource) -> Mute | None:
    """The address of a WebSocket API among the variables of a function whose role surely may not use it, nor take
    another role that may; else None."""
    role = function.follow("Role", roles.ROLE)
    if role is None or role.is_exposed() or any(roles.may(role, one) is not False for one in (ANSWERS, _TAKES)):
        return None
    for value in function.get("Environment.Variables").fields.values():
        # Clients connect by wss; only to send to them there is an address of https.
        begin, *rest = value.pieces
        api = function.deployment.find(rest[0], _API) if rest and begin.text == "https://" else None
        if api is not None and api.get("ProtocolType").text == "WEBSOCKET":
            return Mute(role, api, value)
    return None
