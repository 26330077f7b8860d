"""Whether commands of the AWS CLI are calls that the services have, by botocore's models of them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from typing import Any

import botocore.session
from botocore import xform_name
from botocore.exceptions import UnknownServiceError
from botocore.waiter import WaiterModel

_OWN = {("s3api",): "s3"}
_GLOBAL = {"endpoint-url", "region", "query", "output"}
_LOOP = re.compile(r'while state=\$\((aws [^()]*)\) && \[ "\$state" != \w+ \]; do sleep \d+; done')
_VARIABLE = re.compile(r'"\$\{(\w+):\?[\w ./:,=-]*\}"')


@cache
def _service(name: str) -> Any:
    return botocore.session.get_session().get_service_model("s3" if name == "s3api" else name)


@cache
def _waiters(name: str) -> dict[str, str]:
    loader = botocore.session.get_session().get_component("data_loader")
    model = WaiterModel(loader.load_service_model("s3" if name == "s3api" else name, "waiters-2"))
    return {xform_name(waiter, "-"): model.get_waiter(waiter).operation for waiter in model.waiter_names}


def wrong(line: str) -> Iterator[str]:
    """What of a command is no such call, each in words."""
    plain = _VARIABLE.sub("VALUE", line).partition(" > ")[0]
    loop = _LOOP.fullmatch(plain)
    plain = plain if loop is None else loop[1]
    if re.search(r"[$`\n]", plain):
        yield f"a shell would take something in it for more than it is: {line}"
    words = shlex.split(plain)
    if words[:1] != ["aws"] or words[1:3] in (["cloudformation", "deploy"], ["cloudformation", "package"]):
        return
    service, call, *rest = words[1:]
    try:
        model = _service(service)
    except UnknownServiceError:
        yield f"there is no service {service}"
        return
    operations = {xform_name(name, "-"): name for name in model.operation_names}
    if call == "wait":
        operation, rest = _waiters(service).get(rest[0]), rest[1:]
    else:
        operation = operations.get(call)
    if operation is None:
        yield f"{service} has no {call}"
        return
    shape = model.operation_model(operation).input_shape
    yield from _wrong_options(rest, shape, f"{service} {call}")


def _wrong_options(words: list[str], shape: Any, call: str) -> Iterator[str]:
    names = {xform_name(name, "-"): member for name, member in (shape.members if shape else {}).items()}
    given = {word[2:] for word in words if word.startswith("--")}
    for option in sorted(given - _GLOBAL - {"max-items"}):
        member = names.get(option) or names.get(option.removeprefix("no-"))
        if member is None:
            yield f"{call} has no --{option}"
    required = {xform_name(name, "-") for name in (shape.required_members if shape else ())}
    yield from (f"{call} needs --{option}" for option in sorted(required - given))
    for at, word in enumerate(words):
        member = names.get(word[2:]) if word.startswith("--") else None
        if member is None:
            continue
        has_value = at + 1 < len(words) and not words[at + 1].startswith("--")
        if (member.type_name == "boolean") == has_value:
            yield f"{call} {word} {'takes no' if has_value else 'needs a'} value"
        elif has_value and getattr(member, "enum", None) and words[at + 1] not in member.enum:
            yield f"{call} {word} is one of {member.enum}"
