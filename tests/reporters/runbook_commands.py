"""Whether commands of the AWS CLI are calls that the services have, by botocore's models of them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

import botocore.session
from botocore import xform_name
from botocore.exceptions import UnknownServiceError
from botocore.waiter import WaiterModel

_OWN = {("s3api",): "s3"}
_GLOBAL = {"endpoint-url", "region", "query", "output"}
_IN_A_FILE = "cli-input-json"
_LOOP = re.compile(r'while state=\$\((aws [^()]*)\) && \[ "\$state" != \w+ \]; do sleep \d+; done')
_VARIABLE = re.compile(r'"\$\{(\w+):\?[\w ./:,=()\[\];-]*\}"')


@cache
def _service(name: str) -> Any:
    return botocore.session.get_session().get_service_model("s3" if name == "s3api" else name)


@cache
def _waiters(name: str) -> dict[str, str]:
    loader = botocore.session.get_session().get_component("data_loader")
    model = WaiterModel(loader.load_service_model("s3" if name == "s3api" else name, "waiters-2"))
    return {xform_name(waiter, "-"): model.get_waiter(waiter).operation for waiter in model.waiter_names}


def lines(runbook: dict[str, Any]) -> Iterator[str]:
    """Every command of a runbook in JSON, also those that answer a question or find what is filled in."""
    for each in (*runbook["questions"], *runbook["tasks"]):
        yield from each["commands"]
        if each.get("then") is not None:
            yield from each["then"]["commands"]
    yield from (word["find"] for word in runbook["fill_in"] if word["find"] is not None)


def wrong_in(runbook: dict[str, Any]) -> Iterator[str]:
    """What of the commands of a runbook is no such call, or is used before it is there, each in words."""
    for line in lines(runbook):
        yield from wrong(line)
    yield from _unordered(runbook)


def _unordered(runbook: dict[str, Any]) -> Iterator[str]:
    """What is used before it is there: a variable that nothing says how to fill in, a file that no command writes
    before it is read, a command that finds a value by one which is found after it."""
    names = [word["name"] for word in runbook["fill_in"]]
    for number, word in enumerate(runbook["fill_in"]):
        later = set(names[number:]) & set(_USED.findall(word["find"] or ""))
        yield from (f"{word['name']} is found by {name}, which is found later" for name in sorted(later))
    for line in lines(runbook):
        yield from (f"nothing says what {name} is: {line}" for name in _USED.findall(line) if name not in names)
    for each in (*runbook["tasks"], *(one["then"] for one in runbook["questions"] if one["then"] is not None)):
        written: set[str] = set()
        for line in each["commands"]:
            read = set(_READ.findall(line))
            yield from (f"{name} is read, and not written before: {line}" for name in sorted(read - written))
            written |= set(_WRITTEN.findall(line))


_USED = re.compile(r"\$\{(\w+):\?")
_READ = re.compile(r"file://(\S+)")
_WRITTEN = re.compile(r"(?:> |--output-template-file )(\S+)")


def wrong(line: str) -> Iterator[str]:
    """What of a command is no such call, each in words."""
    plain = _VARIABLE.sub("VALUE", line).partition(" > ")[0]
    loop = _LOOP.fullmatch(plain)
    plain = plain if loop is None else loop[1]
    if re.search(r"[$`\n]", plain):
        yield f"a shell would take something in it for more than it is: {line}"
    words = shlex.split(plain)
    if words[:2] == ["terraform", "state"]:
        return
    if words[:1] != ["aws"]:
        yield f"this is no call of the AWS CLI: {line}"
        return
    if tuple(words[1:3]) in _OF_CLI:
        yield from _wrong_of_cli(words[1:3], words[3:])
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
    known = model.operation_model(operation)
    yield from _wrong_options(rest, known.input_shape, f"{service} {call}")
    query = rest[rest.index("--query") + 1] if "--query" in rest else ""
    # What a query chooses by a value is in no answer that is made up.
    if query and "?" not in query and _is_none(import_module("jmespath").search(query, _answer(known.output_shape))):
        yield f"the answer of {service} {call} has nothing at {query}"


def _answer(shape: Any, above: tuple[str, ...] = ()) -> Any:
    """An answer of a shape, with one item in each list."""
    if shape.name in above:
        return {}
    inner = (*above, shape.name)
    if shape.type_name == "structure":
        return {name: _answer(member, inner) for name, member in shape.members.items()}
    if shape.type_name == "list":
        return [_answer(shape.member, inner)]
    return {} if shape.type_name == "map" else "x"


def _is_none(found: Any) -> bool:
    """Whether something that is asked for is not in the answer."""
    if isinstance(found, list):
        return not found or any(map(_is_none, found))
    return found is None


_OF_CLI = {
    ("cloudformation", "deploy"): (
        {"template-file", "stack-name"},
        {"capabilities", "parameter-overrides", "region", "s3-bucket"},
    ),
    ("eks", "update-kubeconfig"): ({"name"}, {"region"}),
    ("cloudformation", "package"): ({"template-file", "s3-bucket"}, {"output-template-file", "region"}),
}
"""Calls that the AWS CLI itself makes of several, of which no model tells: the options that they need, and others."""


def _wrong_of_cli(call: list[str], words: list[str]) -> Iterator[str]:
    needed, others = _OF_CLI[call[0], call[1]]
    given = {word[2:] for word in words if word.startswith("--")}
    yield from (f"{' '.join(call)} has no --{option}" for option in sorted(given - needed - others))
    yield from (f"{' '.join(call)} needs --{option}" for option in sorted(needed - given))


def _wrong_options(words: list[str], shape: Any, call: str) -> Iterator[str]:
    names = {xform_name(name, "-"): member for name, member in (shape.members if shape else {}).items()}
    given = {word[2:] for word in words if word.startswith("--")}
    if _IN_A_FILE in given:
        return  # All of the input is in the file.
    for option in sorted(given - _GLOBAL - {"max-items"}):
        member = names.get(option) or names.get(option.removeprefix("no-"))
        if member is None:
            yield f"{call} has no --{option}"
    needed = shape.required_members if shape else ()
    # The AWS CLI makes tokens by which a call is known again.
    own = (name for name in needed if not shape.members[name].metadata.get("idempotencyToken"))
    required = {xform_name(name, "-") for name in own}
    yield from (f"{call} needs --{option}" for option in sorted(required - given))
    for at, word in enumerate(words):
        member = names.get(word[2:]) if word.startswith("--") else None
        if member is None:
            continue
        has_value = at + 1 < len(words) and not words[at + 1].startswith("--")
        if (member.type_name == "boolean") == has_value:
            yield f"{call} {word} {'takes no' if has_value else 'needs a'} value"
        elif has_value and getattr(member, "enum", None) and words[at + 1] not in (*member.enum, "VALUE"):
            yield f"{call} {word} is one of {member.enum}"
        elif has_value:
            yield from _wrong_parts(words[at + 1], member, f"{call} {word}")


def _wrong_parts(value: str, member: Any, call: str) -> Iterator[str]:
    """What of a value in short form, as Name=a,Values=b, is no member of the structure."""
    shape = member.member if member.type_name == "list" else member
    if shape.type_name != "structure" or value == "VALUE" or value.startswith("file://"):
        return
    for part in re.findall(r"(?:^|,)(\w+)=", value):
        if part not in shape.members:
            yield f"{call} has no {part}, only {', '.join(shape.members)}"
