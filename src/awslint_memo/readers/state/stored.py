"""Reads the managed resources in a state, in both of its forms."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.model.record import record
from awslint_memo.readers.plan.changes import IndexKey, Steps, is_sound, module_of, plain
from awslint_memo.readers.state.kinds import is_shown
from awslint_memo.readers.state.sensitive import marked
from awslint_memo.readers.terraform.sections import ACTING
from awslint_memo.syntax.node import Flaws, Node, fields

_AGAIN = "make the file again with terraform state pull or terraform show -json"
_FLAT = "some resources stand here as Terraform before 0.12 wrote them; name what terraform show -json prints"


@record(frozen=True, slots=True, eq=False)
class Stored:
    """An instance of a resource in a state.

    place: what stands for it in the file. values: its arguments and attributes by name. sensitive: which of these
    nobody may see, as a tree. dependencies: the addresses of the blocks that it refers to, without keys. provider: the
    name of the provider's configuration where it is not the usual one.
    """

    address: str
    type: str
    name: str
    key: IndexKey
    module: Steps
    place: Node
    values: Mapping[str, Node]
    sensitive: Any
    dependencies: frozenset[str]
    provider: str = ""

    @property
    def block(self) -> str:
        """The address of its block: without keys."""
        calls = (f"module.{name}" for name, _ in self.module)
        return ".".join((*calls, self.type, self.name))

    def text(self, name: str) -> str:
        """An argument or attribute that is a text; empty if it is none."""
        content = self.values[name].content if name in self.values else None
        return content if isinstance(content, str) else ""


def stored(root: Node, flaws: Flaws) -> Iterator[Stored]:
    """The managed resources in a state, each once. flaws: receives the entries of another form than Terraform's."""
    seen: set[str] = set()
    entries = _of_modules(fields(root)["values"], flaws) if is_shown(root) else _of_blocks(root, flaws)
    for resource in entries:
        if resource.address in seen:
            _note(f"{resource.address}, which is there twice,", resource.place, flaws)
        else:
            seen.add(resource.address)
            yield resource


def _of_modules(values: Node, flaws: Flaws) -> Iterator[Stored]:
    """The resources that `terraform show -json` prints, by module."""
    waiting = [fields(values)["root_module"]] if "root_module" in fields(values) else []
    while waiting:
        module = fields(waiting.pop())
        for entry in _list("resources", module, flaws):
            data = plain(entry)
            if not _is_there(data) or "deposed_key" in data:
                continue
            values_node = fields(entry).get("values")
            if is_sound(data) and values_node is not None and isinstance(values_node.content, Mapping):
                depends = data.get("depends_on")
                yield _stored(data, fields(entry)["address"], values_node, data.get("sensitive_values"), depends, "")
            else:
                _note("a resource", entry, flaws)
        waiting += reversed(_list("child_modules", module, flaws))


def _of_blocks(root: Node, flaws: Flaws) -> Iterator[Stored]:
    """The resources of a state as it is stored: by block, with the instances of each."""
    for block in _list("resources", fields(root), flaws):
        data = plain(block)
        if not _is_there(data):
            continue
        if not all(isinstance(data.get(part), str) and data[part] for part in ("type", "name")):
            _note("a resource", block, flaws)
            continue
        for instance in _list("instances", fields(block), flaws):
            yield from _instance(data, fields(block)["name"], instance, flaws)


def _instance(block: Mapping[str, Any], name: Node, entry: Node, flaws: Flaws) -> Iterator[Stored]:
    data, below = plain(entry), fields(entry)
    if "deposed" in data:
        return
    values, key = below.get("attributes"), data.get("index_key")
    module = block.get("module") or ""
    if values is None and "attributes_flat" in data:
        if all(problem.message != _FLAT for problem in flaws.problems):
            flaws.add(_FLAT, entry.span.path, (entry.span.line, entry.span.column))
        return
    if values is None or not isinstance(values.content, Mapping) or not isinstance(module, str):
        _note("an instance", entry, flaws)
        return
    written = {**block, "index": key, "address": f"{module}{'.' * bool(module)}{_address(block)}{_key(key)}"}
    if not is_sound(written):
        _note("an instance", entry, flaws)
        return
    place = below["index_key"] if key is not None else name
    secret = marked(data.get("sensitive_attributes", []))
    provider = block.get("provider")
    alias = provider.rpartition("]")[2].lstrip(".") if isinstance(provider, str) and "]" in provider else ""
    yield _stored(written, place, values, secret, data.get("dependencies"), alias)


def _stored(data: Mapping[str, Any], place: Node, values: Node, sensitive: Any, depends: Any, provider: str) -> Stored:
    """data: names the resource as `terraform show -json` does."""
    address = data["address"]
    type_ = f"{'data.' * (data['mode'] == 'data')}{data['type']}"
    listed = frozenset(each for each in depends if isinstance(each, str)) if isinstance(depends, list) else frozenset()
    key, module = data.get("index"), module_of(address)
    return Stored(address, type_, data["name"], key, module, place, fields(values), sensitive, listed, provider)


def _is_there(data: Mapping[str, Any]) -> bool:
    """Whether an entry is a resource that exists, or a data source that does something."""
    return data.get("mode") == "managed" or (data.get("mode") == "data" and data.get("type") in ACTING)


def _address(block: Mapping[str, Any]) -> str:
    return f"{'data.' * (block['mode'] == 'data')}{block['type']}.{block['name']}"


def _key(key: Any) -> str:
    if key is None:
        return ""
    # Terraform escapes `${` and `%{` by doubling the sign.
    quoted = json.dumps(key, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
    return f"[{quoted}]"


def _list(name: str, parent: Mapping[str, Node], flaws: Flaws) -> Sequence[Node]:
    node = parent.get(name)
    content = node.content if node is not None else None
    if node is not None and content is not None and not isinstance(content, list):
        _note(name, node, flaws)
    return content if isinstance(content, list) else []


def _note(what: str, node: Node, flaws: Flaws) -> None:
    span = node.span
    message = f"{what} of the state has another form than Terraform's; {_AGAIN}"
    flaws.add(message, span.path, (span.line, span.column))
