"""Evaluates the nodes of a Terraform configuration in the scope of a module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from awslint_memo.model.partial import ENCRYPTED, OpenFields, is_encrypted, kept_by_name
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Place, Problem
from awslint_memo.model.spelled import Spelled
from awslint_memo.model.value import Absent, Known, Link, Unknown, Value
from awslint_memo.readers.terraform.blocks import COMMENT, Block, blocks, mapping, word
from awslint_memo.readers.terraform.choices import OtherThan
from awslint_memo.readers.terraform.directories import Directory
from awslint_memo.readers.terraform.encoded import Encoded, written_pieces
from awslint_memo.readers.terraform.expressions import evaluate
from awslint_memo.readers.terraform.local_files import LocalFiles
from awslint_memo.readers.terraform.local_functions import call
from awslint_memo.readers.terraform.loops import elements, in_order, origin_by_keys, rounds_of, rounds_of_body
from awslint_memo.readers.terraform.scopes import Way, affords, too_costly
from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.readers.terraform.steps import step
from awslint_memo.readers.terraform.templates import evaluate_template
from awslint_memo.readers.terraform.tree import Tree
from awslint_memo.readers.terraform.values import (
    EvalError,
    OneOfSeveral,
    ResourceRef,
    bounded,
    condition,
    join_texts,
    number_of,
    opened,
    origin_of,
    unknown_of,
    without_nulls,
)
from awslint_memo.syntax.hcl.decimals import of_text
from awslint_memo.syntax.node import Node
from awslint_memo.syntax.node import fields as fields_of


class Names(Protocol):
    """The part of a module's interface that resolves names."""

    @property
    def tree(self) -> Tree:
        """The state that all modules of the deployment share."""

    @property
    def directory(self) -> Directory:
        """Where its files are."""

    @property
    def prefix(self) -> str:
        """What stands before the addresses of what it has; empty for a root module."""

    def named(self, root: str, way: Way, place: Place) -> tuple[Value, int]:
        """The object that a name and the first of the steps refer to, and the number of these steps."""


@record(frozen=True)
class ModuleScope:
    """A module with local names: `each`, `count`, the iterator of a dynamic block, loop variables."""

    module: Names
    names: Mapping[str, Value] = field(default_factory=dict)

    def within(self, names: Mapping[str, Value]) -> ModuleScope:
        """The same scope with additional names."""
        return replace(self, names={**self.names, **names}) if names else self

    def spend(self, rounds: int) -> bool:
        """Count iterations of loops; returns whether they are within the limit."""
        return self.module.tree.spend(rounds)

    def compared(self, one: Value, others: Iterable[Value]) -> None:
        """Note that a value, which may be chosen at deployment, is compared with others."""
        self.module.tree.choices.compared(one, others, is_inside=bool(self.module.prefix))

    def tested(self, value: Value) -> bool | None:
        """Whether a condition holds; None if it is not known. If it may be chosen at deployment, that is noted."""
        if self.module.tree.choices.is_open(value):
            self.module.tree.choices.tested(value)
        return condition(value)

    def evaluate(self, node: Node) -> Value:
        """Evaluate a node; null gives Absent, also inside of a list or object."""
        if isinstance(node, Written):
            return evaluate(node.expression, self, node).moved(node)
        content = node.content
        if isinstance(content, (Spelled, float)):
            number = of_text(str(content))
            return Unknown("a number of many digits", node) if number is None else Known(number, node)
        if isinstance(content, str):
            return Unknown(ENCRYPTED, node) if is_encrypted(content) else self.template(content, node)
        if content is None:
            return Absent(node)
        if isinstance(content, list):
            return Known([self.evaluate(child) for child in content], node)
        return self._object(node) if isinstance(content, Mapping) else Known(content, node)

    def template(self, written: str, place: Place) -> Value:
        """Evaluate a text with `${…}` and `%{…}`."""
        return evaluate_template(written, self, place)

    def text(self, parts: list[Value], place: Place) -> Value:
        """Concatenate parts of a text. A reference to an attribute that the configuration sets gives its text."""
        return join_texts([self.said(piece) for part in parts for piece in written_pieces(part)], place)

    def said(self, value: Value) -> Value:
        """The text of a reference to an attribute that the configuration sets; any other value as it is."""
        return self.module.tree.said(value) if isinstance(value, Link) else value

    def call(self, name: str, values: Sequence[Value], place: Place) -> Value:
        """Evaluate a function that is none of FUNCTIONS, for example because it reads files."""
        own = self.module.directory.functions.get(name)
        return call(name, values, place, self) if own is None else own(values, place)

    @property
    def local(self) -> LocalFiles | None:
        """The files that functions read; None if none are."""
        return self.module.tree.local

    def _object(self, node: Node) -> Value:
        fields: dict[str, Value] = {}
        rest: Unknown | None = None
        written = mapping(node)
        if COMMENT in fields_of(node):
            # Terraform ignores it in a block, and takes it for a key in an object.
            rest = Unknown(f'the key "{COMMENT}" in JSON', node)
        kept = {key: child for key, child in written.items() if key != "dynamic" or not _dynamic(child)}
        keys = [self.template(key, node) for key in kept]
        for key, child in zip(keys, kept.values(), strict=True):
            if key.text is None:
                rest = unknown_of("a field whose name is not known", node, self.evaluate(child))
            else:
                fields[key.text] = kept_by_name(key.text, self.evaluate(child))
        for label in dynamic_labels(written):
            fields[label] = self.with_dynamic(label, fields.get(label, Absent(node)), written)
        return opened(fields, rest, node, origin_by_keys(keys))

    def with_dynamic(self, label: str, value: Value, written: Mapping[str, Node]) -> Value:
        """All blocks with this label: those that are written, and those that `dynamic` blocks generate.

        Those of a `dynamic` block that repeats what is not known are one unknown item, as long as others are known.
        """
        values = [(block.place, block) for block in value.items]
        unsure: list[Value] = []
        overs: list[Value] = []
        for block in blocks(written["dynamic"], "dynamic", 1):
            if block.labels[0] != label:
                continue
            over = self.evaluate(block.arguments["for_each"])
            overs.append(over)
            generated = self._generated(block, over)
            if generated is None:
                unknown = self._generated_unknown(block, over)
                unsure.append(unknown)
                values.append((block.place, unknown))
            else:
                values += [(block.place, one) for one in generated]
        if len(values) == len(unsure) and unsure:
            return unknown_of(f"the dynamic block {label} repeats what is not known", unsure[0].place, *unsure)
        found = [one for _, one in in_order(values)]
        return Known(found, found[0].place) if found else _without(value, overs)

    def _generated(self, block: Block, over: Value) -> list[Value] | None:
        """What a `dynamic` block generates; None if it repeats what is not known, or too much. over: its for_each."""
        pairs = elements(over, block.place) if self.spend(0) else None
        iterator, content = _iterator(block), block.arguments["content"]
        if pairs is None or not self.spend(len(pairs) * rounds_of_body(content)):
            return None
        names = ({iterator: Known({"key": key, "value": item}, block.place)} for key, item in pairs)
        return [generated for named in names for generated in self.within(named).evaluate(content).items]

    def _generated_unknown(self, block: Block, over: Value) -> Unknown:
        """What stands for the blocks that a `dynamic` block generates of what is not known."""
        label = block.labels[0]
        any_one = {_iterator(block): unknown_of(f"an element of what {label} repeats", block.place, over)}
        generated = self.within(any_one).evaluate(block.arguments["content"]).items
        return unknown_of(f"the dynamic block {label} repeats what is not known", generated[0].place, *generated)

    def argument(self, block: Block, name: str) -> Value:
        """An argument or the nested blocks of a block, as a provider gets it; Absent if it is null or missing."""
        arguments = block.arguments
        value = self.evaluate(arguments[name]) if name in arguments else Absent(block.place)
        if name in dynamic_labels(arguments):
            value = self.with_dynamic(name, value, arguments)
        value = without_nulls(bounded(value))
        if isinstance(value, EvalError):
            value = unknown_of(value.why, value.place, value, key=value.key)
        return Absent(block.place, value.origin) if isinstance(value, Absent) else value

    def refer(self, root: str, way: Way, place: Place) -> Value:
        """Evaluate a name with the steps after it."""
        if root in self.names:
            words = ".".join([root, *(f"{key.text or '…'}" for _, key in way)])
            return self.select(self.names[root], way, place).behind(words)
        if root == "path" and way:
            return self.select(self._path(way[0][1].text or "", place), way[1:], place)
        if root == "terraform" and way:
            return self.module.tree.told(f"terraform.{way[0][1].text}", place)
        # What a stack calls a component is the call of a module.
        value, taken = self.module.named("module" if root == "component" else root, way, place)
        return self.select(value, way[taken:], place)

    def _path(self, name: str, place: Place) -> Value:
        """`path.module`, `path.root` or `path.cwd`."""
        here, local = self.module.directory.local, self.module.tree.local
        if name == "cwd" or here is None or local is None:
            return Unknown("the folder where Terraform runs", place, key=f"path.{name}")
        return Known(local.relative(here) if name == "module" else ".", place)

    def select(self, value: Value, way: Way, place: Place) -> Value:
        """Apply steps to a value."""
        taken = ""
        for number, (kind, key) in enumerate(way):
            if kind == "all":
                rest = way[number + 1 :]
                end = next((at for at, (one, _) in enumerate(rest) if one == "end"), len(rest))
                return self.select(self._all(value, rest[:end], place), rest[end + 1 :], place)
            if isinstance(value, ResourceRef):
                is_instance = value.several and kind == "index"
                taken = "" if is_instance or key.text is None else f"{value.address}.{key.text}"
                value = value.single() if is_instance else self._attribute(value, key, place)
            else:
                found = self._step(value, key, place, way[number + 1 :])
                # What a block of a resource doesn't set is no error: it has a default, or is made with the resource.
                last = way[number - 1 : number + 1]
                is_error = isinstance(found, EvalError) and not isinstance(value, EvalError)
                is_unset = is_error and taken and [one for one, _ in last] == ["index", "attribute"]
                value = self.module.tree.unset(taken, last, found) if is_unset else found
        return value

    def _step(self, value: Value, key: Value, place: Place, following: Way) -> Value:
        content = value.content if isinstance(value, Known) and self.module.tree.choices.is_open(key) else None
        if isinstance(content, Mapping) and not isinstance(content, OpenFields):
            others = [Known(name, place) for name in content]
            self.compared(key, others)
            if isinstance(key, OtherThan) and all(map(key.is_not, others)):
                return EvalError("no element of this key", place)
        return step(value, key, place, following)

    def _attribute(self, value: ResourceRef, key: Value, place: Place) -> Value:
        name = key.text
        if name is None:
            return unknown_of(value.why, place, value)
        found = self.module.tree.attribute(value.address, name, place)
        if value.is_chosen and isinstance(found, Link):
            return OneOfSeveral(found.resource, found.attribute, place, found.origin)
        return found

    def _all(self, value: Value, way: Way, place: Place) -> Value:
        if isinstance(value, (Absent, EvalError)):
            return value if isinstance(value, EvalError) else Known([], place)
        if not affords(self, rounds_of([value])):
            return too_costly(place)
        if isinstance(value, ResourceRef):
            one = self.select(value.single(), way, place)
            return unknown_of(f"all of {value.address}", place, one) if value.several else Known([one], place)
        if isinstance(value, Encoded):
            return Known([self.select(value, way, place)], place)
        if isinstance(value, Known):
            return Known([self.select(item, way, place) for item in value.items], place, number_of(value))
        return unknown_of("all of what is not known", place, value)


def _iterator(block: Block) -> str:
    return word(block.arguments.get("iterator")) or block.labels[0]


def from_outside(scope: ModuleScope, node: Node, _inner: ModuleScope) -> Value:
    """A node evaluated in a scope of its own, whichever scope asks."""
    return scope.evaluate(node)


def _without(value: Value, overs: list[Value]) -> Value:
    """What is there without any dynamic block; nothing, because of what these repeat."""
    return Absent(value.place, origin_of(overs)) if isinstance(value, Absent) and overs else value


def dynamic_labels(written: Mapping[str, Node]) -> list[str]:
    """The labels of the `dynamic` blocks among these arguments."""
    node = written.get("dynamic")
    return [] if node is None else list(dict.fromkeys(block.labels[0] for block in _dynamic(node)))


def _dynamic(node: Node) -> Sequence[Block]:
    """The `dynamic` blocks; none where an argument that is a map has this key."""
    try:
        made = list(blocks(node, "dynamic", 1))
    except Problem:
        return ()
    return made if all(block.arguments.keys() >= _OF_DYNAMIC for block in made) else ()


_OF_DYNAMIC = frozenset(("content", "for_each"))
