"""Amazon Cognito: what it refuses of the clients of a user pool, and triggers that no client calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.value import Value

CLIENT = "AWS::Cognito::UserPoolClient"
POOL = "AWS::Cognito::UserPool"

_CREATE = "cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html"
_UNITS_PAGE = "cognito-user-identity-pools/latest/APIReference/API_TokenValidityUnitsType.html"

UNITS: Mapping[str, int] = fact(
    {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}, page=_UNITS_PAGE, read="2026-12-02"
)
"""How many seconds a unit of the validity of a token has."""

DEFAULT_UNITS: Mapping[str, str] = fact(
    {"AccessToken": "hours", "IdToken": "hours", "RefreshToken": "days"}, page=_UNITS_PAGE, read="2026-12-02"
)
"""In which unit the validity of a token is that has none."""

RANGES: Mapping[str, tuple[int, int]] = fact(
    {"AccessToken": (300, 86_400), "IdToken": (300, 86_400), "RefreshToken": (3_600, 315_360_000)},
    page=_UNITS_PAGE,
    read="2026-12-02",
)
"""For how many seconds a token is valid at least and at most. Refresh tokens of 0 are valid for 30 days."""

LEGACY = fact(("ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"), page=_CREATE, read="2026-12-02")
"""The flows that no client has beside one whose name begins with ALLOW_."""

_CUSTOM = ("ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY")
"""The flows that ask the triggers of challenges; a client without any flow has the first of them."""

SESSIONS = fact((3, 15), page=_CREATE, read="2026-12-02")
"""For how many minutes the session of a sign-in is valid at least and at most."""

_PLAIN = fact(r"http://(?!localhost|127\.0\.0\.1|\[::1\])", page=_CREATE, read="2026-12-02")
"""How a callback URL begins that is refused: HTTP is for the own machine alone."""

_INSECURE = regex(_PLAIN)
TRIGGERS = fact(
    ("CreateAuthChallenge", "DefineAuthChallenge", "VerifyAuthChallengeResponse"),
    page="cognito/latest/developerguide/user-pool-lambda-challenge.html",
    read="2026-12-02",
)
"""The triggers that Cognito calls in the flow CUSTOM_AUTH alone."""


@record(frozen=True, eq=False)
class Refused:
    """What Cognito refuses of a client: the value, the name of its property, a message, what to do, and what stands
    beside it. is_idle: whether it is taken, and has no effect."""

    value: Value
    of: str
    message: str
    remedy: str
    beside: Value | None = None
    is_idle: bool = False


def refused(client: Resource) -> Iterator[Refused]:
    """What Cognito surely refuses of a client, or takes without effect."""
    yield from _tokens(client)
    yield from _flows(client)
    yield from _grants(client)
    yield from _redirects(client)
    minutes, data = client.get("AuthSessionValidity"), client.get("EnablePropagateAdditionalUserContextData")
    least, most = SESSIONS
    if minutes.below(least) or minutes.above(most):
        message = f"but a session is valid for {least} to {most} minutes"
        yield Refused(minutes, "AuthSessionValidity", message, "set it to one of these")
    if data.flag is True and _is_off(client.get("GenerateSecret")):
        message = "but a client without a secret can't send it"
        yield Refused(
            data, "EnablePropagateAdditionalUserContextData", message, "set GenerateSecret to true, or remove it"
        )


def uncalled(pool: Resource) -> tuple[Value, list[Resource]] | None:
    """A trigger of challenges that no client of a user pool can call, as none allows such a flow, and these clients;
    None where one may."""
    triggers = [value for name in TRIGGERS if not (value := pool.get(f"LambdaConfig.{name}")).is_absent]
    is_open = pool.get("LambdaConfig").is_unknown or pool.may_be_completed() or pool.is_exposed()
    if not triggers or is_open:
        return None
    clients = pool.deployment.of_type(CLIENT)
    own = [client for client in clients if client.follow("UserPoolId", POOL) == pool]
    if not own or any(client.follow("UserPoolId", POOL) is None for client in clients):
        return None
    return None if any(map(_may_be_challenged, own)) else (triggers[0], own)


def _may_be_challenged(client: Resource) -> bool:
    flows = client.get("ExplicitAuthFlows")
    items = flows.items
    return not items or any(item.text is None or item.text in _CUSTOM for item in items)


def _seconds(client: Resource, token: str) -> int | float | None:
    """For how long a token of a client surely is valid; None where nobody says it, or it is not known."""
    number = client.get(f"{token}Validity").number
    unit = client.get(f"TokenValidityUnits.{token}", default=DEFAULT_UNITS[token]).text
    return number * UNITS[unit] if number and unit is not None and unit in UNITS else None


def _words(seconds: int) -> str:
    """A time in the words of AWS's page: 5 minutes, 60 minutes, 1 day, 3650 days."""
    days, minutes = seconds // UNITS["days"], seconds // UNITS["minutes"]
    return f"{days} day{'s' * (days > 1)}" if days else f"{minutes} minutes"


def _tokens(client: Resource) -> Iterator[Refused]:
    refresh = _seconds(client, "RefreshToken")
    for token, (least, most) in RANGES.items():
        value, seconds = client.get(f"{token}Validity"), _seconds(client, token)
        if seconds is None:
            continue
        unit = client.get(f"TokenValidityUnits.{token}", default=DEFAULT_UNITS[token])
        given = f"{unit.text}{unit.note}"
        if not least <= seconds <= most:
            message = f"but that is in {given}, and the token is valid for {_words(least)} to {_words(most)}"
            do = f"set TokenValidityUnits.{token}" if unit.note else "set it to a time between these"
            yield Refused(value, f"{token}Validity", message, do)
        elif refresh is not None and seconds > refresh:
            message = f"but that is in {given}, and the refresh token, which is valid for less time, has to outlast it"
            beside = client.get("RefreshTokenValidity")
            yield Refused(value, f"{token}Validity", message, "raise RefreshTokenValidity", beside)


def _flows(client: Resource) -> Iterator[Refused]:
    flows = client.get("ExplicitAuthFlows").items
    legacy = next((flow for flow in flows if flow.text in LEGACY), None)
    newer = next((flow for flow in flows if (flow.text or "").startswith("ALLOW_")), None)
    if legacy is not None and newer is not None:
        message = f"but no client has it beside {newer.text}"
        yield Refused(legacy, "ExplicitAuthFlows", message, "write flows that begin with ALLOW_ alone", newer)


def _grants(client: Resource) -> Iterator[Refused]:
    grants, enabled = client.get("AllowedOAuthFlows"), client.get("AllowedOAuthFlowsUserPoolClient")
    alone = next((item for item in grants.items if item.text == "client_credentials"), None)
    if alone is not None and len(grants.items) > 1:
        message = "but a client with client_credentials has no other grant"
        yield Refused(alone, "AllowedOAuthFlows", message, "make a client for each")
    elif alone is not None and _is_off(client.get("GenerateSecret")):
        yield Refused(alone, "AllowedOAuthFlows", "but the client has no secret", "set GenerateSecret to true")
    missing = [name for name in ("AllowedOAuthFlows", "AllowedOAuthScopes") if client.get(name).is_absent]
    if enabled.flag is True and missing:
        message = f"but Cognito refuses it without {listed(missing)}"
        yield Refused(enabled, "AllowedOAuthFlowsUserPoolClient", message, f"write {listed(missing)}")
    if _is_off(enabled) and grants.items:
        message = "is written, but AllowedOAuthFlowsUserPoolClient is not true, so only the SDK signs in"
        do, beside = "set that to true", None if enabled.is_absent else enabled
        yield Refused(grants, "AllowedOAuthFlows", message, do, beside, is_idle=True)


def _redirects(client: Resource) -> Iterator[Refused]:
    urls, first = client.get("CallbackURLs").items, client.get("DefaultRedirectURI")
    for url in urls:
        if _INSECURE.match(url.text or ""):
            yield Refused(url, "CallbackURLs", "but only localhost is called back by HTTP", "write https://")
    known = [url.text for url in urls]
    if urls and first.text and None not in known and first.text not in known:
        message = "but Cognito takes one of CallbackURLs alone"
        yield Refused(first, "DefaultRedirectURI", message, "add it there", client.get("CallbackURLs"))


def _is_off(flag: Value) -> bool:
    return flag.is_absent or flag.flag is False
