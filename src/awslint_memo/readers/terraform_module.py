"""A Terraform module: its variables, locals, data and resources, each worked out when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from awslint_memo.readers.node import Node, plain, text
from awslint_memo.readers.terraform import Instance, argument, attribute, is_translated
from awslint_memo.readers.terraform_blocks import COMMENT, Block, blocks
from awslint_memo.readers.terraform_dependencies import DEPENDS_ON, dependencies
from awslint_memo.readers.terraform_expressions import Way, elements
from awslint_memo.readers.terraform_scope import ModuleScope, dynamic_labels
from awslint_memo.readers.terraform_values import Wrong, bounded, mixture, moved, whole, without_nulls
from awslint_memo.readers.terraform_variables import Variable
from awslint_memo.span import Place, Problem
from awslint_memo.value import Absent, Known, Link, Unknown, Value

MAX_INSTANCES = 100
"""More copies than this are one resource of which there are many: they are all alike."""

_MAX_ROUNDS = 100_000


@dataclass
class Expansion:
    """The instances of one resource block, by `count` index or `for_each` key; None for the one without either."""

    instances: dict[int | str | None, Instance]
    several: bool = False
    """One instance stands for we don't know which."""


@dataclass
class Module:
    """The blocks of one module. Raises Problem where they have no shape that Terraform would take."""

    sections: Mapping[str, Node]
    fixed: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.resources: dict[tuple[str, str], Block] = {}
        for block in blocks(self.sections.get("resource"), "resource", 2):
            key = (block.labels[0], block.labels[1])
            if key in self.resources:
                span, first = block.place.span, self.resources[key].place.span.line
                message = f"the resource {block.name} stands here and in line {first}; keep one of them"
                raise Problem(message, span.path, span.line, span.column)
            self.resources[key] = block
        self._data = {one.name: one for one in blocks(self.sections.get("data"), "data", 2)}
        self._modules = {one.name: one for one in blocks(self.sections.get("module"), "module", 1)}
        self._variables = {one.name: one for one in blocks(self.sections.get("variable"), "variable", 1)}
        locals_ = [one.arguments for one in blocks(self.sections.get("locals"), "locals", 0)]
        self._locals = {name: node for arguments in locals_ for name, node in arguments.items()}
        self._scope = ModuleScope(self)
        self._known: dict[tuple[str, str], Value] = {}
        self._expansions: dict[tuple[str, str], Expansion] = {}
        self._by_address: dict[str, Instance] = {}
        self._open: set[tuple[str, str]] = set()
        self._rounds = 0

    @property
    def calls_modules(self) -> bool:
        """Whether there are resources in modules that are not looked into."""
        return bool(self._modules)

    def instances(self) -> Iterator[Instance]:
        """Every instance of every resource, in the order of the file."""
        for key in self.resources:
            yield from self._expansion(key).instances.values()

    def outputs(self) -> tuple[Value, ...]:
        """The values that the module gives to others."""
        found = (one.arguments.get("value") for one in blocks(self.sections.get("output"), "output", 1))
        return tuple(without_nulls(bounded(self._scope.evaluate(node))) for node in found if node is not None)

    def spend(self, rounds: int) -> bool:
        """Whether that many more rounds of loops are within bounds."""
        self._rounds += rounds
        return self._rounds <= _MAX_ROUNDS

    def named(self, root: str, way: Way, place: Place) -> tuple[Value, int]:
        """What a name stands for, and how many of the steps after it say which one is meant."""
        names = [key.text for _, key in way]
        first, second = [*names, "", ""][:2]
        first = first or ""
        if root == "var" and first:
            return moved(self._once(("var", first), place, partial(self._variable, first)), place), 1
        if root == "local" and first in self._locals:
            return moved(self._once(("local", first), place, partial(self._local, first)), place), 1
        if (root, first) in self.resources:
            return self._resource((root, first), place), 1
        key = ".".join([root, *(name or "" for name in names)]) if None not in names else ""
        block = self._data.get(f"{first}.{second}") if root == "data" else self._modules.get(first)
        if root in ("data", "module") and block is not None:
            known = self._once((root, block.name), place, partial(self._given, block))
            return mixture(f"{root}.{block.name} is not known before it is applied", place, known, key=key), len(way)
        return Unknown(f"{key or root} is not in this file", place, key=key), len(way)

    def _plain(self, name: str) -> Any:
        """The plain data of a resource, data source or local."""
        root, _, rest = name.partition(".")
        block = self._data.get(rest) if root == "data" else self.resources.get((root, rest))
        node = self._locals.get(rest) if root == "local" else block.body if block is not None else None
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
        block = self._variables.get(name)
        return Variable(name, block).value(self._scope, self.fixed.get(name))

    def _local(self, name: str) -> Value:
        return self._scope.evaluate(self._locals[name])

    def _given(self, block: Block) -> Value:
        """The arguments of a data source or module, which what it answers may come from."""
        return Known([self._scope.evaluate(node) for node in block.arguments.values()], block.place)

    def _resource(self, key: tuple[str, str], place: Place) -> Value:
        expansion = self._expansion(key)
        wholes = {
            index: whole(one.address, place, several=expansion.several) for index, one in expansion.instances.items()
        }
        if None in wholes:
            return wholes[None]
        if all(isinstance(index, int) for index in wholes) and "for_each" not in self.resources[key].arguments:
            return Known(list(wholes.values()), place)
        return Known({str(index): one for index, one in wholes.items()}, place)

    def attribute(self, address: str, name: str, place: Place) -> Value:
        """An attribute of a resource: a link in CloudFormation's words, else what is written there, else Unknown."""
        instance = self._by_address.get(address)
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
        instance = self._by_address.get(link.resource)
        name = argument(instance.type, link.attribute) if instance is not None else None
        value = instance.read(name) if instance is not None and name is not None else link
        return value if value.text is not None else link

    def _expansion(self, key: tuple[str, str]) -> Expansion:
        if key in self._expansions:
            return self._expansions[key]
        block = self.resources[key]
        if ("resource", block.name) in self._open:
            # Its own count asks for it.
            return Expansion({None: Instance(block.name, key[0], block.place, partial(_nothing, block.place))}, True)
        self._open.add(("resource", block.name))
        try:
            made = self._expanded(block)
        except RecursionError:
            made = self._unexpanded(block, Unknown("nested too deep", block.place))
        finally:
            self._open.discard(("resource", block.name))
        self._expansions[key] = made
        self._by_address.update({one.address: one for one in made.instances.values()})
        return made

    def _expanded(self, block: Block) -> Expansion:
        arguments = block.arguments
        if "count" in arguments:
            count = self._scope.evaluate(arguments["count"])
            number = count.number
            if isinstance(count, Absent):
                return Expansion({None: self._instance(block, block.name, self._scope)})
            if number is None or not 0 <= number <= MAX_INSTANCES or number != int(number):
                return self._unexpanded(block, count)
            return Expansion({i: self._numbered(block, i) for i in range(int(number))})
        if "for_each" in arguments:
            over = self._scope.evaluate(arguments["for_each"])
            pairs = self._pairs(over, block.place)
            if pairs is None:
                return self._unexpanded(block, over)
            return Expansion({key: self._keyed(block, key, value) for key, value in pairs.items()})
        return Expansion({None: self._instance(block, block.name, self._scope)})

    def _pairs(self, over: Value, place: Place) -> dict[str, Value] | None:
        pairs = elements(over, place)
        if pairs is None or len(pairs) > MAX_INSTANCES:
            return None
        if isinstance(over, Known) and isinstance(over.content, list):
            pairs = [(item, item) for _, item in pairs]
        keys = [key.text for key, _ in pairs]
        return None if None in keys else {key or "": value for key, (_, value) in zip(keys, pairs, strict=True)}

    def _numbered(self, block: Block, index: int) -> Instance:
        names = {"count": Known({"index": Known(index, block.place)}, block.place)}
        return self._instance(block, f"{block.name}[{index}]", self._scope.within(names))

    def _keyed(self, block: Block, key: str, value: Value) -> Instance:
        names = {"each": Known({"key": Known(key, block.place), "value": value}, block.place)}
        quoted = key.replace("\\", "\\\\").replace('"', '\\"')
        return self._instance(block, f'{block.name}["{quoted}"]', self._scope.within(names))

    def _unexpanded(self, block: Block, over: Value) -> Expansion:
        place = block.place
        is_counted = "count" in block.arguments
        is_number = is_counted and isinstance(over.number, int) and over.number > 0
        why = over.why if isinstance(over, Unknown) else "not known how many"
        copies = over if is_number else mixture(why, place, over)
        each = {name: mixture(why, place, over, key=f"{block.name}.each.{name}") for name in ("key", "value")}
        index = Unknown("count.index", place, key=f"{block.name}.count.index")
        names = {"count": Known({"index": index}, place), "each": Known(each, place)}
        return Expansion({None: self._instance(block, block.name, self._scope.within(names), copies)}, True)

    def _instance(self, block: Block, address: str, scope: ModuleScope, copies: Value | None = None) -> Instance:
        content = block.body.content
        comment = content.get(COMMENT) if isinstance(content, Mapping) else None
        note = Known(text(comment), comment) if comment is not None and text(comment) is not None else None
        read = partial(self._read, block, address, scope)
        return Instance(address, block.labels[0], block.place, read, copies, note)

    def _read(self, block: Block, address: str, scope: ModuleScope, name: str) -> Value:
        """An argument of a resource; what is null or not written is absent from the resource."""
        try:
            return self._once((address, name), block.place, partial(self._argument, block, scope, name))
        except RecursionError:
            return Unknown(f"{name} of {address} is nested too deep", block.place, anything=True)

    def _argument(self, block: Block, scope: ModuleScope, name: str) -> Value:
        if name == DEPENDS_ON:
            return dependencies(plain(block.body), self._plain, block.place)
        arguments = block.arguments
        value = scope.evaluate(arguments[name]) if name in arguments else Absent(block.place)
        if name in dynamic_labels(arguments):
            value = scope.with_dynamic(name, value, arguments)
        value = without_nulls(bounded(value))
        if isinstance(value, Wrong):
            value = Unknown(value.why, value.place, value.parts, value.key, value.anything)
        return Absent(block.place) if isinstance(value, Absent) else value


def _nothing(place: Place, name: str) -> Value:
    return Unknown(f"{name} of a resource whose count asks for itself", place)
