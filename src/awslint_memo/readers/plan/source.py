"""The configuration of a plan: where planned resources and arguments stand, and what it says of them itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Text, Value
from awslint_memo.readers.plan.changes import Planned
from awslint_memo.readers.plan.completion import IsThere, completed
from awslint_memo.readers.plan.expressions import is_argument, is_constant
from awslint_memo.readers.plan.texts import known
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.blocks import Block, literal
from awslint_memo.readers.terraform.directories import Directory
from awslint_memo.readers.terraform.instances import Instance
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.root_module import forgotten, root_module
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.variables import Given, Variable
from awslint_memo.syntax.node import Node


@record
class PlanSource:
    """A plan's configuration: the root module's directory. files: its files and those of its local modules.

    given: the values of variables in the files that Terraform reads by itself, and in those that the user named.
    variables: those in the plan, as it has them, which count more. is_same: whether it has the plan's resources,
    so that it may say what the plan leaves open.
    """

    directory: Directory
    files: Sequence[Template]
    given: Mapping[str, Given] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    is_same: bool = True
    _known: dict[str, Instance] = field(default_factory=dict)

    @cached_property
    def module(self) -> Module:
        """The root module, with the plan's variables."""
        given = dict(self.given)
        with forgotten(root_module(self.directory, given)) as module:
            for name, block in self.directory.sections.variables.items():
                said = self.variables.get(name)
                if not isinstance(said, dict):
                    continue
                own = Variable(name, block).value(module.scope, given.get(name))
                data = said.get("value")
                if own.is_unknown or own.plain != data:
                    given[name] = partial(_planned, data, block)
        return root_module(self.directory, given)

    def forget(self) -> None:
        """Let go of the module, once nobody asks any more."""
        module = vars(self).pop("module", None)
        if module is not None:
            module.forget()
        self._known.clear()

    def instance(self, address: str) -> Instance | None:
        """An instance as the configuration itself makes it; None where it makes none of that address."""
        if not self._known:
            self._known.update((one.address, one) for one in self.module.instances())
        return self._known.get(address)

    def output(self, name: str) -> Value | None:
        """The value of an output as the configuration itself makes it; None where it has none of that name."""
        block = self.directory.sections.outputs.get(name)
        return None if block is None else self.module.output(name, block.place)

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
        managed = {key for key in sections.resources if not key[0].startswith("data.")}
        return planned == managed and called == set(sections.modules) and bool(planned or called)

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


def reading(
    read: Callable[[str], Value], block: Block, written: Instance | None, is_there: IsThere
) -> Callable[[str], Value]:
    """Wrap `read` so that its values have the positions of the block's arguments.

    What it leaves open is taken from the instance that the configuration makes (`written`), which also says where a
    value was decided that both come to. is_there: whether the plan has a resource with an address.
    """

    def read_there(name: str) -> Value:
        value = _placed(read(name), block.place, block.arguments.get(name))
        return value if written is None else completed(value, written.read(name), is_there)

    return read_there


def agrees(block: Block, expressions: Mapping[str, Any]) -> bool:
    """Whether a block has the literals that it had when the plan was made.

    expressions: those of its arguments as the plan has them.
    """
    for name, node in block.arguments.items():
        said = expressions.get(name)
        if not isinstance(said, dict) or not is_argument(said) or isinstance(node.content, (list, Mapping)):
            continue
        is_code = isinstance(node.content, str) and ("${" in node.content or "%{" in node.content)
        if not is_code and is_constant(said) and said["constant_value"] != node.content:
            return False
    return True


def _planned(data: Any, block: Block, _: ModuleScope) -> Value:
    return known(data, block.place)


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
