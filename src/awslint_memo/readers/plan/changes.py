"""What a Terraform plan will leave standing: the instances in its `resource_changes`, by module, block and key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from awslint_memo.model.record import record
from awslint_memo.syntax.json_nodes import JsonNode
from awslint_memo.syntax.node import Node, fields

IndexKey: TypeAlias = "int | str | None"
"""What count (a number) or for_each (a text) calls an instance; None where there is only one."""

Steps: TypeAlias = "tuple[tuple[str, IndexKey], ...]"
"""The way from the root to an instance of a module: the calls' names, each with its key."""

GONE = frozenset(("delete", "forget", "read"))
"""A change of nothing but these leaves no managed resource behind."""

_TOKEN = re.compile(r'\.?([\w*-]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')


@record(frozen=True, slots=True)
class IndexStep:
    """A step of an address in brackets."""

    value: int | str


@record(frozen=True, slots=True, eq=False)
class Planned:
    """One instance: where it is in the tree of modules, and its entry in the plan."""

    address: str
    type: str
    name: str
    key: IndexKey
    module: Steps
    entry: Node

    @property
    def change(self) -> Mapping[str, Node]:
        """The nodes of `after`, `after_unknown` and so on."""
        return fields(fields(self.entry).get("change"))

    @property
    def is_new(self) -> bool:
        """Whether applying the plan creates the resource, also in place of an older one."""
        return "create" in plain(self.entry).get("change", {}).get("actions", ())

    def after(self, attribute: str) -> Any:
        """The plain value that an attribute will have; None where that is not known yet or nothing."""
        return plain(self.change.get("after")).get(attribute)


def planned(changes: Node | None) -> Iterator[Planned]:
    """The managed resources that stand when the plan is applied; what is deleted or forgotten is left out."""
    content = changes.content if changes is not None else None
    for entry in content if isinstance(content, list) else ():
        data = plain(entry)
        change = data.get("change")
        if data.get("mode") != "managed" or "deposed" in data or not isinstance(change, dict):
            continue
        if GONE.issuperset(change.get("actions") or GONE) or not isinstance(change.get("after"), dict):
            continue
        address = str(data.get("address"))
        yield Planned(address, str(data.get("type")), str(data.get("name")), data.get("index"), _module(address), entry)


def steps(address: str) -> list[str | IndexStep]:
    """An address or reference taken apart: `module.a["x"].aws_sqs_queue.b[0].arn`."""
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
    # Terraform doubles the sign that would begin a template.
    return decoded.replace("$${", "${").replace("%%{", "%{")


def plain(node: Node | None) -> dict[str, Any]:
    """The plain object at a node; an empty one where there is none."""
    data = node.data if isinstance(node, JsonNode) else None
    return data if isinstance(data, dict) else {}
