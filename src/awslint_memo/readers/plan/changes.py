"""Reads the instances in a plan's `resource_changes` that exist after the plan is applied."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from awslint_memo.model.record import record
from awslint_memo.syntax.json_nodes import JsonNode
from awslint_memo.syntax.node import Node, fields

IndexKey: TypeAlias = "int | str | None"
"""The index (`count`) or key (`for_each`) of an instance; None without both."""

Steps: TypeAlias = "tuple[tuple[str, IndexKey], ...]"
"""The path from the root module to an instance of a module: the names of the calls, each with its key."""

GONE = frozenset(("delete", "forget", "read"))
"""After a change with only these actions, there is no managed resource."""

_TOKEN = re.compile(r'\.?([\w*-]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')


@record(frozen=True, slots=True)
class IndexStep:
    """An index or key in an address, in brackets."""

    value: int | str


@record(frozen=True, slots=True, eq=False)
class Planned:
    """An instance of a resource: its module, type, name and key, and its entry in the plan."""

    address: str
    type: str
    name: str
    key: IndexKey
    module: Steps
    entry: Node
    is_one_of_several: bool = False
    """Whether it stands for all instances of a block whose number is not known yet."""

    @property
    def change(self) -> Mapping[str, Node]:
        """The children of `change`: `after`, `after_unknown` and so on."""
        return fields(fields(self.entry).get("change"))

    @property
    def is_new(self) -> bool:
        """Whether applying the plan creates the resource (or replaces it)."""
        return "create" in _actions(plain(fields(self.entry).get("change")))

    def after(self, attribute: str) -> Any:
        """The plain value of an attribute after the plan is applied; None if it is unknown or null."""
        return plain(self.change.get("after")).get(attribute)


def _actions(change: Mapping[str, Any]) -> list[str]:
    actions = change.get("actions")
    return [one for one in actions if isinstance(one, str)] if isinstance(actions, list) else []


def planned(root: Mapping[str, Node]) -> Iterator[Planned]:
    """The managed resources that exist after the plan is applied, those that a further plan makes (deferred) included.

    root: the plan's top level.
    """
    for entry in _list(root.get("resource_changes")):
        yield from _planned(entry)
    for entry in _list(root.get("deferred_changes")):
        change = fields(entry).get("resource_change")
        if change is not None:
            yield from _planned(change, plain(entry).get("reason") == "instance_count_unknown")


def _planned(entry: Node, is_one_of_several: bool = False) -> Iterator[Planned]:
    data = plain(entry)
    change = data.get("change")
    if data.get("mode") != "managed" or "deposed" in data or not isinstance(change, dict):
        return
    if GONE.issuperset(_actions(change) or GONE) or not isinstance(change.get("after"), dict):
        return
    address, type_, name = (str(data.get(part)) for part in ("address", "type", "name"))
    yield Planned(address, type_, name, data.get("index"), _module(address), entry, is_one_of_several)


def invoked(root: Mapping[str, Node]) -> Iterator[tuple[Node, Any, Any]]:
    """The actions of providers that run with the plan: each with what it is told that is known, and what is not."""
    for entry in _list(root.get("action_invocations")):
        yield entry, plain(entry).get("config_values"), plain(entry).get("config_unknown")
    for entry in _list(root.get("deferred_action_invocations")):
        below = plain(fields(entry).get("action_invocation"))
        yield entry, below.get("config_values"), below.get("config_unknown")


def gaps(root: Mapping[str, Node]) -> Iterator[str]:
    """Why a plan does not have all that its configuration makes; nothing of a whole one.

    Before Terraform 1.8 a plan does not say whether it is whole.
    """
    if root.get("errored") is not None and root["errored"].content is True:
        yield "planning ended in an error, so there may be more resources than the plan has"
    elif root.get("complete") is not None and root["complete"].content is False:
        yield "the plan is not complete (-target, or changes put off), so there may be more resources than it has"


def _list(node: Node | None) -> list[Node]:
    content = node.content if node is not None else None
    return content if isinstance(content, list) else []


def steps(address: str) -> list[str | IndexStep]:
    """Split an address or reference such as `module.a["x"].aws_sqs_queue.b[0].arn` into its steps."""
    return [
        name if name else IndexStep(int(number)) if number else IndexStep(_unquoted(quoted))
        for name, number, quoted in _TOKEN.findall(address)
    ]


def _module(address: str) -> Steps:
    found: list[tuple[str, IndexKey]] = []
    rest = steps(address) if address.startswith("module.") else []
    while len(rest) > 1 and rest[0] == "module":
        key = rest[2].value if len(rest) > 2 and isinstance(rest[2], IndexStep) else None
        found.append((str(rest[1]), key))
        rest = rest[2 if key is None else 3 :]
    return tuple(found)


def _unquoted(text: str) -> str:
    try:
        decoded = str(json.loads(f'"{text}"'))
    except ValueError:
        return text
    # Terraform escapes `${` and `%{` by doubling the sign.
    return decoded.replace("$${", "${").replace("%%{", "%{")


def plain(node: Node | None) -> dict[str, Any]:
    """The plain object at a node; empty if there is none."""
    data = node.data if isinstance(node, JsonNode) else None
    return data if isinstance(data, dict) else {}
