"""Reads the instances in a plan's `resource_changes` that exist after the plan is applied.

`prior` makes a plan of what existed before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.spelled import whole
from awslint_memo.readers.terraform.sections import ACTING
from awslint_memo.syntax.json_nodes import JsonNode
from awslint_memo.syntax.node import Flaws, Node, fields

IndexKey: TypeAlias = "int | str | None"
"""The index (`count`) or key (`for_each`) of an instance; None without both."""

Steps: TypeAlias = "tuple[tuple[str, IndexKey], ...]"
"""The path from the root module to an instance of a module: the names of the calls, each with its key."""

GONE = frozenset(("delete", "forget", "read"))
"""After a change with only these actions, there is no managed resource."""

_TOKEN = regex(r'\.?([\w*-]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')


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
    def place(self) -> Node:
        """What stands for it in the plan: its address."""
        return fields(self.entry).get("address") or self.entry

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


def _actions(change: Any) -> list[str]:
    """The actions of a change; empty if they are not given as Terraform gives them."""
    actions = change.get("actions") if isinstance(change, dict) else None
    if isinstance(actions, list) and all(isinstance(action, str) and action for action in actions):
        return actions
    return []


def planned(root: Mapping[str, Node], flaws: Flaws) -> Iterator[Planned]:
    """The managed resources that exist after the plan is applied, those that a further plan makes (deferred) included.

    root: the plan's top level. flaws: receives the changes that are none.
    """
    changes = _list("resource_changes", root, flaws)
    problems = len(flaws.problems)
    for entry in changes:
        yield from _planned(entry, flaws)
    missing = _without_change(plain(root.get("planned_values")).get("root_module"), changes)
    if missing and len(flaws.problems) == problems:
        _note(
            f"the list resource_changes, which has less than planned_values (no {listed(missing, 2)}),",
            root.get("resource_changes") or root["planned_values"],
            flaws,
        )
    for entry in _list("deferred_changes", root, flaws):
        change = fields(entry).get("resource_change")
        if change is None:
            _note("a deferred change", entry, flaws)
        else:
            yield from _planned(change, flaws, plain(entry).get("reason") == "instance_count_unknown")


def _without_change(module: Any, changes: Sequence[Node]) -> list[str]:
    """The addresses of the managed resources in `planned_values` that have no change, though Terraform makes that list
    out of the changes."""
    changed = {str(plain(entry).get("address")) for entry in changes}
    missing: dict[str, None] = {}
    waiting = [module]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, dict):
            continue
        resources, called = part.get("resources"), part.get("child_modules")
        for each in resources if isinstance(resources, list) else ():
            if isinstance(each, dict) and each.get("mode") == "managed" and str(each.get("address")) not in changed:
                missing[str(each.get("address"))] = None
        waiting += called if isinstance(called, list) else []
    return list(missing)


def _planned(entry: Node, flaws: Flaws, is_one_of_several: bool = False) -> Iterator[Planned]:
    data = plain(entry)
    change = data.get("change")
    acts = data.get("mode") == "data" and data.get("type") in ACTING
    if (data.get("mode") in ("data", "ephemeral") and not acts) or "deposed" in data:
        return
    actions = _actions(change)
    if not isinstance(change, dict) or not actions or data.get("mode") not in ("data", "managed"):
        _note("a resource change", entry, flaws)
    elif acts or not GONE.issuperset(actions):
        if is_sound(data) and isinstance(change.get("after"), dict):
            address, type_, name = data["address"], f"{'data.' * acts}{data['type']}", data["name"]
            yield Planned(address, type_, name, data.get("index"), module_of(address), entry, is_one_of_several)
        else:
            _note("a resource change", entry, flaws)


def is_sound(data: Mapping[str, Any]) -> bool:
    """Whether an entry names a resource as Terraform does."""
    is_named = all(isinstance(data.get(part), str) and data[part] for part in ("address", "type", "name"))
    if not is_named or f"{data['type']}.{data['name']}" not in data["address"]:
        return False
    index = data.get("index")
    return index is None or (isinstance(index, (int, str)) and not isinstance(index, bool))


def _note(what: str, node: Node | None, flaws: Flaws) -> None:
    span = node.span if node is not None else None
    if span is not None:
        message = f"{what} of the plan has another form than Terraform's; make the file again with terraform show -json"
        flaws.add(message, span.path, (span.line, span.column))


def invoked(root: Mapping[str, Node]) -> Iterator[tuple[Node, Any, Any]]:
    """The actions of providers that run with the plan: each with what it is told that is known, and what is not."""
    for entry in _list("action_invocations", root, None):
        yield entry, plain(entry).get("config_values"), plain(entry).get("config_unknown")
    for entry in _list("deferred_action_invocations", root, None):
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


def _list(name: str, root: Mapping[str, Node], flaws: Flaws | None) -> list[Node]:
    node = root.get(name)
    content = node.content if node is not None else []
    if isinstance(content, list):
        return content
    if flaws is not None:
        _note(name, node, flaws)
    return []


def steps(address: str) -> list[str | IndexStep]:
    """Split an address or reference such as `module.a["x"].aws_sqs_queue.b[0].arn` into its steps."""
    return [
        name if name else IndexStep(whole(number)) if number else IndexStep(_unquoted(quoted))
        for name, number, quoted in _TOKEN.findall(address)
    ]


def module_of(address: str) -> Steps:
    """The path from the root module to the module of a resource with this address."""
    calls: list[tuple[str, IndexKey]] = []
    rest = steps(address) if address.startswith("module.") else []
    while len(rest) > 1 and rest[0] == "module":
        key = rest[2].value if len(rest) > 2 and isinstance(rest[2], IndexStep) else None
        calls.append((str(rest[1]), key))
        rest = rest[2 if key is None else 3 :]
    return tuple(calls)


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


_OF_CHANGES = ("deferred_changes", "action_invocations", "deferred_action_invocations", "output_changes", "errored")
_NAMES = ("address", "type", "name", "index", "provider_name")


def prior(source: Source) -> Source:
    """The plan in a file as if nothing were to change. The file must be one that the reader has read.

    https://developer.hashicorp.com/terraform/internals/json-format (read on 2026-11-27)
    """
    plan = json.loads(source.text, strict=False)
    values = _object(_object(plan.get("prior_state")).get("values"))
    kept = {name: value for name, value in plan.items() if name not in _OF_CHANGES}
    resources = list(_resources(values.get("root_module")))
    changes = [_unchanged(resource) for resource in resources]
    planned = {**values, "root_module": {"resources": resources}}
    # What a part of the resources was planned for does not matter to the state, which has all.
    before = {**kept, "planned_values": planned, "resource_changes": changes, "complete": True}
    return Source(source.path, json.dumps(before).encode())


def _resources(module: Any) -> Iterator[dict[str, Any]]:
    """The managed resources of a module of a state and of those below it; no deposed ones, which are to be deleted."""
    waiting = [module]
    while waiting:
        part = _object(waiting.pop())
        listed, below = part.get("resources"), part.get("child_modules")
        for resource in listed if isinstance(listed, list) else ():
            data = _object(resource)
            if data.get("mode") == "managed" and "deposed_key" not in data:
                yield data
        waiting += below if isinstance(below, list) else []


def _unchanged(resource: dict[str, Any]) -> dict[str, Any]:
    values, marks = resource.get("values"), resource.get("sensitive_values", {})
    change = {
        "actions": ["no-op"],
        "before": values,
        "after": values,
        "after_unknown": {},
        "before_sensitive": marks,
        "after_sensitive": marks,
    }
    names = {name: resource[name] for name in _NAMES if name in resource}
    return {**names, "mode": "managed", "change": change}


def _object(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}
