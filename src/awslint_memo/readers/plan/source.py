"""Finds the position of planned resources and arguments in the plan's configuration files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Text, Value
from awslint_memo.readers.plan.changes import Planned
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.blocks import Block, literal
from awslint_memo.readers.terraform.instances import Instance
from awslint_memo.readers.terraform.module import root_module
from awslint_memo.readers.terraform.sections import Directory
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import Node


@record(frozen=True)
class PlanSource:
    """A plan's configuration: the root module's directory. files: its files and those of its local modules."""

    directory: Directory
    files: Sequence[Template]
    given: Mapping[str, Given] = field(default_factory=dict)
    """The values of variables in the files that Terraform reads by itself, and in those that the user named."""
    _known: dict[str, Instance] = field(default_factory=dict)

    def instance(self, address: str) -> Instance | None:
        """An instance as the configuration itself makes it; None where it makes none of that address."""
        if not self._known:
            made = root_module(self.directory, self.given).instances()
            self._known.update((one.address, one) for one in made)
        return self._known.get(address)

    def fits(self, configuration: Mapping[str, Any]) -> bool:
        """Whether the root module in the plan has the same resources as this one."""
        listed, calls = configuration.get("resources"), configuration.get("module_calls")
        planned = {
            (str(one.get("type")), str(one.get("name")))
            for one in (listed if isinstance(listed, list) else ())
            if isinstance(one, dict) and one.get("mode") == "managed"
        }
        called = set(calls if isinstance(calls, dict) else ())
        sections = self.directory.sections
        return planned == set(sections.resources) and called == set(sections.modules) and bool(planned or called)

    def block(self, planned: Planned) -> Block | None:
        """The block of an instance; None if it is not found."""
        directory: Directory | None = self.directory
        folders = self.directory.installed().folders
        names = [name for name, _ in planned.module]
        for depth, name in enumerate(names, 1):
            call = directory.sections.modules.get(name) if directory is not None else None
            if directory is None or call is None:
                return None
            source = literal(call.arguments.get("source")) or ""
            directory = directory.find(source, folders.get(".".join(names[:depth])))
        return directory.sections.resources.get((planned.type, planned.name)) if directory is not None else None


def reading(read: Callable[[str], Value], block: Block, written: Instance | None) -> Callable[[str], Value]:
    """Wrap `read` so that its values have the positions of the block's arguments.

    Where the configuration (`written`) comes to the value that the plan has, it also says where that was decided.
    """

    def read_there(name: str) -> Value:
        value = _placed(read(name), block.place, block.arguments.get(name))
        if written is None or not isinstance(value, Known) or value.defaulted:
            return value
        own = written.read(name)
        is_same = isinstance(own, Known) and own.plain == value.plain and not value.origin.is_sensitive
        return own if is_same else value

    return read_there


def _placed(value: Value, above: Place, node: Node | None) -> Value:
    place = above if node is None else node
    content = value.content if isinstance(value, Known) else None
    written = node.content if node is not None else None
    if isinstance(value, Known) and isinstance(content, list):
        is_same = isinstance(written, list) and len(written) == len(content)
        nodes = written if is_same and isinstance(written, list) else [node] * len(content)
        items = [_placed(item, place, one) for item, one in zip(content, nodes, strict=True)]
        return Known(items, place, value.origin, defaulted=value.defaulted)
    if isinstance(value, Known) and isinstance(content, Mapping):
        # A single block is an object, or a list with one item.
        if isinstance(written, list) and len(written) == 1:
            written = written[0].content
        below = written if isinstance(written, Mapping) else {}
        fields = {key: _placed(child, place, below.get(key)) for key, child in content.items()}
        return Known(fields, place, value.origin, defaulted=value.defaulted)
    if isinstance(value, Text):
        return Text(tuple(_placed(part, place, None) for part in value.parts), place, value.origin)
    return value.moved(place)
