"""A Terraform module: its variables, locals, data, resources and modules, each worked out when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from awslint_memo.readers.node import Node, plain, text
from awslint_memo.readers.terraform import Instance, argument, attribute, is_translated
from awslint_memo.readers.terraform_blocks import COMMENT, Block, word
from awslint_memo.readers.terraform_dependencies import DEPENDS_ON, dependencies
from awslint_memo.readers.terraform_expressions import Way
from awslint_memo.readers.terraform_repetition import Expansion, Turn, any_turn, times, turns
from awslint_memo.readers.terraform_scope import ModuleScope, dynamic_labels
from awslint_memo.readers.terraform_sections import Directory
from awslint_memo.readers.terraform_values import Wrong, bounded, mixture, moved, whole, without_nulls
from awslint_memo.readers.terraform_variables import Given, Variable
from awslint_memo.span import Place
from awslint_memo.value import Absent, Known, Link, Unknown, Value

_MAX_ROUNDS = 100_000

_MAX_MODULES = 500
"""More modules than this are not looked into."""


@dataclass
class Tree:
    """What the modules of one deployment have in common."""

    instances: dict[str, Instance] = field(default_factory=dict)
    modules: dict[str, Module] = field(default_factory=dict)
    unseen: dict[str, None] = field(default_factory=dict)
    """The modules that were not looked into, each with its source."""
    is_whole: bool = True
    rounds: int = 0


@dataclass
class Module:
    """A module as it is called: the root module, or one below it.

    given: what the caller or the user says of its variables. prefix: stands before its addresses. copies: how many of
    it there are where that could not be taken apart. inside: the directories that it is called from.
    """

    directory: Directory
    given: Mapping[str, Given] = field(default_factory=dict)
    prefix: str = ""
    tree: Tree = field(default_factory=Tree)
    copies: Value | None = None
    inside: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._blocks = self.directory.sections
        self._scope = ModuleScope(self)
        self._known: dict[tuple[str, str], Value] = {}
        self._resources: dict[tuple[str, str], Expansion[Instance]] = {}
        self._calls: dict[str, Expansion[Module] | None] = {}
        self._open: set[tuple[str, str]] = set()
        self.tree.is_whole = self.tree.is_whole and self.directory.is_whole

    @property
    def is_open(self) -> bool:
        """Whether there may be resources that were not looked at. Ask when the instances are known."""
        return bool(self.tree.unseen) or not self.tree.is_whole

    def instances(self) -> Iterator[Instance]:
        """Every instance of every resource, in the order of the files, those of called modules after its own."""
        for key in self._blocks.resources:
            yield from self._resource(key).instances.values()
        for name in self._blocks.modules:
            called = self._call(name)
            for module in called.instances.values() if called is not None else ():
                yield from module.instances()

    def outputs(self) -> tuple[Value, ...]:
        """The values that the module gives to others."""
        return tuple(self._output(name, block.place) for name, block in self._blocks.outputs.items())

    def spend(self, rounds: int) -> bool:
        """Whether that many more rounds of loops are within bounds."""
        self.tree.rounds += rounds
        return self.tree.rounds <= _MAX_ROUNDS

    def named(self, root: str, way: Way, place: Place) -> tuple[Value, int]:
        """What a name stands for, and how many of the steps after it say which one is meant."""
        names = [key.text for _, key in way]
        first, second = [*names, "", ""][:2]
        first = first or ""
        if root == "var" and first:
            return moved(self._once(("var", first), place, partial(self._variable, first)), place), 1
        if root == "local" and first in self._blocks.locals:
            return moved(self._once(("local", first), place, partial(self._local, first)), place), 1
        if (root, first) in self._blocks.resources:
            return self._whole((root, first), place), 1
        called = self._call(first) if root == "module" and first in self._blocks.modules else None
        if called is not None:
            return self._whole_module(first, called, place), 1
        key = self.prefix + ".".join([root, *(name or "" for name in names)]) if None not in names else ""
        block = self._blocks.data.get(f"{first}.{second}") if root == "data" else self._blocks.modules.get(first)
        if root in ("data", "module") and block is not None:
            known = self._once((root, block.name), place, partial(self._given, block))
            return mixture(f"{root}.{block.name} is not known before it is applied", place, known, key=key), len(way)
        # A local or module of a file beside this one may be made of any resource here.
        is_beside = root in ("data", "local", "module")
        return Unknown(f"{key or root} is not in this file", place, key=key, anything=is_beside), len(way)

    def _plain(self, name: str) -> Any:
        """The plain data of a resource, data source or local."""
        root, _, rest = name.partition(".")
        block = self._blocks.data.get(rest) if root == "data" else self._blocks.resources.get((root, rest))
        node = self._blocks.locals.get(rest) if root == "local" else block.body if block is not None else None
        return None if node is None else plain(node)

    def _once(self, key: tuple[str, str], place: Place, work: Callable[[], Value]) -> Value:
        """What `work` makes, kept; a value that takes itself to make is Unknown."""
        if key in self._open:
            return Unknown(f"{'.'.join(key)} refers to itself", place)
        if key not in self._known:
            self._open.add(key)
            try:
                self._known[key] = bounded(work())
            finally:
                self._open.discard(key)
        return self._known[key]

    def _variable(self, name: str) -> Value:
        block = self._blocks.variables.get(name)
        return Variable(name, block, self.prefix).value(self._scope, self.given.get(name))

    def _local(self, name: str) -> Value:
        return self._scope.evaluate(self._blocks.locals[name])

    def _given(self, block: Block) -> Value:
        """The arguments of a data source or module, which what it answers may come from."""
        return Known([self._scope.evaluate(node) for node in block.arguments.values()], block.place)

    def _output(self, name: str, place: Place) -> Value:
        block = self._blocks.outputs.get(name)
        node = block.arguments.get("value") if block is not None else None
        if node is None:
            return Wrong(f"{self.prefix}{name} is no output", place)
        try:
            value = self._once(("output", name), place, partial(self._scope.evaluate, node))
        except RecursionError:
            return Unknown(f"the output {self.prefix}{name} is nested too deep", place, anything=True)
        return without_nulls(value)

    def _whole(self, key: tuple[str, str], place: Place) -> Value:
        expansion = self._resource(key)
        wholes = {
            index: whole(one.address, place, several=expansion.several) for index, one in expansion.instances.items()
        }
        return expansion.shape(wholes, self._blocks.resources[key], place)

    def _whole_module(self, name: str, called: Expansion[Module], place: Place) -> Value:
        wholes = {
            key: whole(one.prefix.removesuffix("."), place, several=called.several)
            for key, one in called.instances.items()
        }
        return called.shape(wholes, self._blocks.modules[name], place)

    def attribute(self, address: str, name: str, place: Place) -> Value:
        """An attribute of a resource: a link in CloudFormation's words, else what is written there, else Unknown.

        Of a module: its output.
        """
        module = self.tree.modules.get(address)
        if module is not None:
            return moved(module._output(name, place), place)
        instance = self.tree.instances.get(address)
        if instance is None:
            return Unknown(f"{address}.{name} takes itself to work out", place)
        word = attribute(instance.type, name)
        if word is not None:
            return Link(address, word, place)
        value = instance.read(name)
        if not isinstance(value, Absent):
            return moved(value, place)
        links = (Link(address, "Ref", place),) if is_translated(instance.type) else ()
        return mixture(f"{address}.{name} is known after apply", place, *links, key=f"{address}.{name}")

    def said(self, link: Link) -> Value:
        """The text that an attribute surely is because it is written there; else the link."""
        instance = self.tree.instances.get(link.resource)
        name = argument(instance.type, link.attribute) if instance is not None else None
        value = instance.read(name) if instance is not None and name is not None else link
        return value if value.text is not None else link

    def _turns(self, block: Block, kind: str) -> list[Turn]:
        """Every time that a block stands; its own count may not ask for it."""
        address = f"{self.prefix}{block.name}"
        if (kind, block.name) in self._open:
            return [any_turn(block, Unknown(f"the count of {address} asks for itself", block.place), address)]
        self._open.add((kind, block.name))
        try:
            return turns(block, self._scope, address)
        except RecursionError:
            return [any_turn(block, Unknown("nested too deep", block.place), address)]
        finally:
            self._open.discard((kind, block.name))

    def _resource(self, key: tuple[str, str]) -> Expansion[Instance]:
        if key in self._resources:
            return self._resources[key]
        block = self._blocks.resources[key]
        if ("resource", block.name) in self._open:
            place = block.place
            return Expansion({None: Instance(f"{self.prefix}{block.name}", key[0], place, partial(_nothing, place))}, True)
        found = self._turns(block, "resource")
        made = Expansion({turn.key: self._instance(block, turn) for turn in found}, any(turn.copies for turn in found))
        self._resources[key] = made
        self.tree.instances.update({one.address: one for one in made.instances.values()})
        return made

    def _call(self, name: str) -> Expansion[Module] | None:
        """The modules that a call makes; None where its directory can't be looked into."""
        if name not in self._calls:
            self._calls[name] = None
        return self._calls[name]
