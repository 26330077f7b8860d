"""The actions that IAM policies may allow: by a list of AWS's services, and of the actions of some of them.

Reads actions.txt, which `python -m bench.iam_actions` writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from os.path import dirname, join
from typing import Any, cast

from awslint_memo.model.deployment import Resource
from awslint_memo.model.patterns import matches
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import attributes
from awslint_memo.relations.iam.statements import allowing

PAGE = "service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"

_SERVICES = "services"

_PLACEHOLDERS = ("dummy", "none", "noop", "nothing", "null", "placeholder")
"""Services that nobody means: a policy must have a statement, and `none:null` is one that permits nothing."""

_SHORT = 4
"""Up to so many letters, another service's name is alike by chance."""


@record(frozen=True, eq=False)
class Unknown:
    """An action in a policy that permits nothing, as there is none of this name. says: why; remedy: what to do; meant:
    the actions to write instead, none if nobody can tell. is_sure: whether it surely is another action's name; else AWS
    may have added it after the list was read. is_of_none: whether the service is none."""

    value: Value
    says: str
    remedy: str
    meant: tuple[str, ...] = ()
    is_sure: bool = False
    is_of_none: bool = False


def unknown(holder: Resource) -> Iterator[Unknown]:
    """The actions that a role or policy allows and that are none, as far as that is known, of what is no service the
    first. One beside the action that is meant changes nothing, and is left out."""
    documents = attributes.documents(holder)
    values = [value for each in documents for part in allowing(each) for value in part.get("Action").items]
    allowed = [value.text.lower() for value in values if value.text is not None]
    told = set[str]()
    for value in values:
        found = _judged(value)
        if found is None or found.says in told:
            continue
        if not any(matches(each, one.lower()) for each in allowed for one in found.meant):
            told.update({found.says} if found.is_of_none else ())
            yield found


def _judged(value: Value) -> Unknown | None:
    text = value.text
    if text is None or text.strip("*?") == "" or not text.isascii():
        return None
    service, colon, action = text.partition(":")
    if not colon:
        says = "has no service before it, so IAM refuses the policy"
        return None if "*" in text or not text.isalpha() else Unknown(value, says, "write one", is_sure=True)
    service = service.lower()
    if not service.replace("-", "").isalnum() or service in _PLACEHOLDERS:
        return None
    if service not in _names()[_SERVICES]:
        return _of_no_service(value, service, action)
    own = _names().get(service)
    if own is None or _is_in(action, own):
        return None
    from awslint_memo.relations.iam.operations import taken  # which few policies need

    actions = taken(service, action)
    if actions:
        says = f"is an operation of {service} and no action, so it permits nothing"
        return Unknown(value, says, f"write {listed(actions)}", actions)  # Another policy of the role may have it.
    homes = [] if _begins_like(action, own) else _homes(action)
    if len(homes) == 1:
        meant = f"{homes[0]}:{action}"
        says = f"is no action of {service}, so it permits nothing"
        return Unknown(value, says, f"write {meant} if that is meant", (meant,), is_sure=True)
    says = f"is no action of {service} by AWS's list, so it permits nothing"
    one = _of_one(action, own)
    if one is None:
        return Unknown(value, says, "compare it with AWS's list")
    return Unknown(value, says, f"write {service}:{one}", (f"{service}:{one}",))


def _of_no_service(value: Value, service: str, action: str) -> Unknown:
    homes = _homes(action)
    near = _close(service, _names()[_SERVICES])
    close = [name for name in near if name in homes or (name not in _names() and len(service) > _SHORT)]
    meant = next(iter(close), homes[0] if len(homes) == 1 else None)
    if meant is None:
        says = f"is of {service}, which is by AWS's list no service in policies, so it permits nothing"
        return Unknown(value, says, "compare it with that", is_of_none=True)
    says = f"is of {service}, which is no service in policies, so it permits nothing"
    written = f"{meant}:{action}"
    is_one = meant in homes or action == "*"
    # Names of actions may be others: those of apigateway are methods of HTTP.
    remedy = f"write {written}" if is_one else f"take the actions of {meant} from AWS's list"
    return Unknown(value, says, remedy, (written,), is_sure=True, is_of_none=True)


def _homes(action: str) -> list[str]:
    """The listed services that have an action of this name, without wildcards."""
    if "*" in action or "?" in action:
        return []
    return [service for service, names in _names().items() if service != _SERVICES and action.lower() in names]


def _is_in(action: str, names: Mapping[str, str]) -> bool:
    """Whether a service has an action, or one that fits its wildcards."""
    low = action.lower()
    return low in names or (("*" in low or "?" in low) and any(matches(low, name) for name in names))


def _begins_like(action: str, names: Mapping[str, str]) -> bool:
    """Whether an action of the service begins with this name, which is then hardly that of another service."""
    return any(name.startswith(action.lower()) for name in names)


def _of_one(action: str, names: Mapping[str, str]) -> str | None:
    """The only action that does to one thing what a name says of several, such as StopTask; None if none does. Names
    that are alike otherwise tell nothing: CreateMultipartUpload takes PutObject, and not AbortMultipartUpload."""
    found = [name for low, name in names.items() if _single(low) == _single(action.lower())]
    return found[0] if len(found) == 1 else None


def _single(action: str) -> str:
    return action.removesuffix("batch").removesuffix("s")


def _close(name: str, names: Mapping[str, str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, names, 4, 0.8)  # chosen: words in another order or number are alike


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    """By service, its actions as AWS writes them, by their small letters; the services themselves by `_SERVICES`."""
    # As data of the package, which may be in an archive.
    data = cast("Any", __spec__).loader.get_data(join(dirname(__file__), "actions.txt"))
    found: dict[str, dict[str, str]] = {}
    for line in cast("bytes", data).decode().splitlines():
        if line.startswith("#"):
            continue
        if not line.startswith(" "):
            key, _, line = line.partition(": ")
            names = found[key] = {}
        names.update((name.lower(), name) for name in line.split())
    return found
