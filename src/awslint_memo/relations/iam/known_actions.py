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
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import attributes
from awslint_memo.relations.iam.statements import allowing

PAGE = "service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"

_SERVICES = "services"


@record(frozen=True, eq=False)
class Unknown:
    """An action in a policy that permits nothing, as there is none of this name. says: why; remedy: what to write.
    is_sure: whether it surely is another action's name; else AWS may have added it after the list was read."""

    value: Value
    says: str
    remedy: str
    is_sure: bool


def unknown(holder: Resource) -> Iterator[Unknown]:
    """The actions that a role or policy allows and that are none, as far as that is known."""
    for document in attributes.documents(holder):
        for statement in allowing(document):
            for value in statement.get("Action").items:
                found = _judged(value)
                if found is not None:
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
    if not service.replace("-", "").isalnum():
        return None
    if service not in _names()[_SERVICES]:
        return _of_no_service(value, service, action)
    own = _names().get(service)
    if own is None or _is_in(action, own):
        return None
    homes = _homes(action)
    if len(homes) == 1:
        says = f"is no action of {service}, so it permits nothing"
        return Unknown(value, says, f"write {homes[0]}:{action}", is_sure=True)
    near = _near(action, own)
    remedy = f"write {service}:{near}" if near else "compare it with AWS's list"
    return Unknown(value, f"is no action of {service} by AWS's list, so it permits nothing", remedy, is_sure=False)


def _of_no_service(value: Value, service: str, action: str) -> Unknown:
    homes = _homes(action)
    close = [name for name in _close(service, _names()[_SERVICES]) if name not in _names() or name in homes]
    meant = next(iter(close), homes[0] if len(homes) == 1 else None)
    says = f"is of {service}, which is no service in policies, so it permits nothing"
    if meant is None:
        return Unknown(value, says.replace("is no", "is by AWS's list no"), "compare it with that", is_sure=False)
    return Unknown(value, says, f"write {meant}:{action}", is_sure=True)


def _homes(action: str) -> list[str]:
    """The listed services that have an action of this name, without wildcards."""
    if "*" in action or "?" in action:
        return []
    return [service for service, names in _names().items() if service != _SERVICES and action.lower() in names]


def _is_in(action: str, names: Mapping[str, str]) -> bool:
    """Whether a service has an action, or one that fits its wildcards."""
    low = action.lower()
    return low in names or (("*" in low or "?" in low) and any(matches(low, name) for name in names))


def _near(action: str, names: Mapping[str, str]) -> str | None:
    """The action that is called most like one; None if none is."""
    return next((names[name] for name in _close(action.lower(), names)), None)


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
