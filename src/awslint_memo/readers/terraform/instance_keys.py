"""Which instances a block of a module has by its `count` or `for_each`, each with the names that are valid in it.

OpenTofu makes none of a block whose `lifecycle` has `enabled = false`; with `true` it has the address of one without
such an argument. Terraform refuses it.
https://opentofu.org/docs/language/meta-arguments/enabled/ (read on 2026-12-01)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.model.budget import leaves, take
from awslint_memo.model.origin import HERE, SECRET, Origin, computed_from
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.terraform.blocks import Block, mapping
from awslint_memo.readers.terraform.loops import elements
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.readers.terraform.values import unknown_of
from awslint_memo.syntax.hcl.expressions import Conditional
from awslint_memo.syntax.node import Node, plain

MAX_INSTANCES = 100
"""If a block has more instances than this, one instance represents all of them, beside those that the block names."""

_MOST = 10_000
"""So many instances are counted."""

_KEPT_FOR_OTHERS = 0.5
"""The share of the budget of comparisons that is not for keys."""

REPEATING = ("count", "for_each")
"""The arguments that decide how many instances a block has."""

ENABLED = "enabled"
"""The argument of `lifecycle` that decides whether there is one."""

IndexKey: TypeAlias = "int | str | None"


@record(frozen=True)
class InstanceKey:
    """One instance of a block: its index or key (None without count and for_each), and the names valid in it.

    copies: the number of instances, if this one represents all of them; None for a single one.
    """

    key: IndexKey = None
    names: Mapping[str, Value] = field(default_factory=dict)
    copies: Value | None = None

    @property
    def suffix(self) -> str:
        """The index or key as in an address; empty if there is none."""
        if not isinstance(self.key, str):
            return "" if self.key is None else f"[{self.key}]"
        quoted = self.key.replace("\\", "\\\\").replace('"', '\\"')
        return f'["{quoted}"]'


@record(frozen=True)
class InstanceKeys:
    """The instances of a block, and the defaults of variables that decide how many there are."""

    keys: Sequence[InstanceKey]
    origin: Origin = HERE
    total: int = 0
    """How many there are, if they are too many for each to be looked at by itself."""
    is_off: bool = False
    """Whether there is none, by the default value of a variable."""

    @property
    def several(self) -> bool:
        """Whether a single one represents an unknown number of instances."""
        return any(key.copies is not None for key in self.keys)


def repeated_by(block: Block) -> tuple[str, Node] | None:
    """What decides how many instances a block has, with its name; None if it always has one."""
    for name in REPEATING:
        if name in block.arguments:
            return name, block.arguments[name]
    lifecycle = block.arguments.get("lifecycle")
    if lifecycle is None:
        return None
    content = lifecycle.content
    bodies = map(mapping, content if isinstance(content, list) else [lifecycle])
    return next(((ENABLED, body[ENABLED]) for body in bodies if ENABLED in body), None)


def instance_keys(block: Block, scope: ModuleScope, address: str) -> InstanceKeys:
    """The instances of a block; a single one with `copies` if their number is unknown or too large."""
    repeated = repeated_by(block)
    if repeated is None:
        return InstanceKeys([InstanceKey()])
    argument, written = repeated
    try:
        over = scope.evaluate(written)
    except RecursionError:
        over = Unknown("nested too deep", block.place)
    if argument != "for_each" and isinstance(over, Absent):
        return InstanceKeys([InstanceKey()])
    if argument == ENABLED:
        return _enabled(block, over, address)
    number = _number(over) if argument == "count" else len(_collection(over) or ())
    if number is not None and MAX_INSTANCES < number <= _MOST:
        named = _named_indexes(block, number) if argument == "count" else _named_keys(block, over)
        if named is not None:
            return InstanceKeys([unknown_instance(block, over, address), *named[:MAX_INSTANCES]], total=number)
    keys = None
    if number is not None and number <= MAX_INSTANCES:
        keys = _indexed(range(number), block.place) if argument == "count" else _keyed(over, block.place)
    if keys is None:
        return InstanceKeys([unknown_instance(block, over, address)])
    # A condition decides whether there is one; any other number may be a larger one.
    is_choice = isinstance(written, Written) and isinstance(written.expression, Conditional)
    origin = HERE if is_choice or not over.origin.defaults else computed_from([over.origin])
    return InstanceKeys(keys, origin, is_off=not keys and bool(over.origin.defaults))


def _enabled(block: Block, over: Value, address: str) -> InstanceKeys:
    """The only instance of a block that is made, or may be."""
    if over.flag is None:
        key = _decided_by(block, address)
        copies = unknown_of("not known whether it is enabled", block.place, over, key=key)
        return InstanceKeys([InstanceKey(copies=copies)])
    keys = [InstanceKey()] if over.flag else []
    return InstanceKeys(keys, is_off=not keys and bool(over.origin.defaults))


def _number(count: Value) -> int | None:
    """How many instances a count makes; None if that is not known."""
    number = count.number
    return None if number is None or number < 0 or number != int(number) else int(number)


def _collection(over: Value) -> Collection[object] | None:
    """What a for_each repeats; None if it is not known."""
    content = over.content if isinstance(over, Known) else None
    return content if isinstance(content, (list, Mapping)) else None


def _indexed(indexes: Iterable[int], place: Place) -> list[InstanceKey]:
    """The instances with these indexes."""
    return [InstanceKey(index, {"count": Known({"index": Known(index, place)}, place)}) for index in indexes]


def _keyed(over: Value, place: Place) -> list[InstanceKey] | None:
    """The instances by their keys; None if these are not known."""
    pairs = _pairs(over, place)
    if pairs is None:
        return None
    keys = []
    for number, (key, (named, value)) in enumerate(pairs.items(), 1):
        origin = SECRET if named.is_secret else HERE
        # Terraform refuses secret keys; where there are some, the addresses are told apart by numbers.
        shown = f"{key} {number}" if named.is_secret else key
        each = Known({"key": Known(str(key), place, origin), "value": value}, place)
        keys.append(InstanceKey(shown, {"each": each}))
    return keys


def _pairs(over: Value, place: Place) -> dict[str, tuple[Value, Value]] | None:
    """The elements that are repeated, as keys and values, by the keys' texts; None if they are not known."""
    pairs = elements(over, place)
    if pairs is None:
        return None
    if isinstance(over, Known) and isinstance(over.content, list):
        pairs = [(item, item) for _, item in pairs]
    keys = [key.text for key, _ in pairs]
    return None if None in keys else {key or "": pair for key, pair in zip(keys, pairs, strict=True)}


def _words(block: Block) -> frozenset[str]:
    """The words in what a block says, but in how often it is repeated."""
    written = [plain(node) for name, node in block.arguments.items() if name not in REPEATING]
    return frozenset(re.findall(r"[\w./:@-]+", repr(written)))


def _named_indexes(block: Block, number: int) -> list[InstanceKey]:
    """Those of many instances that the block may treat otherwise: it names their index, or one beside it."""
    numbers = [int(word) for word in _words(block) if word.isdecimal() and len(word) <= len(str(_MOST))]
    indexes = {index for each in numbers for index in (each - 1, each, each + 1) if 0 <= index < number}
    return _indexed(sorted(indexes), block.place)


def _named_keys(block: Block, over: Value) -> list[InstanceKey] | None:
    """The same by their keys, with those of which the value is one that no former key has; None if the keys are not
    known. After many such comparisons none is named."""
    if not leaves("comparisons", _KEPT_FOR_OTHERS):
        return []
    take("comparisons", len(_collection(over) or ()))
    keys = _keyed(over, block.place)
    if keys is None:
        return None
    words, found, values = _words(block), [], set[str]()
    for each in keys:
        value = repr(each.names["each"].get("value").plain)
        if each.key in words or (value not in values and value != repr(each.key)):
            found.append(each)
        values.add(value)
    return found


def _decided_by(block: Block, address: str) -> str:
    """What decides how many instances a block has: the module and the expression."""
    argument, written = repeated_by(block) or ("", block.body)
    return f"{address.removesuffix(block.name)} {argument} = {plain(written)!r}"


def unknown_instance(block: Block, over: Value, address: str) -> InstanceKey:
    """The instance that represents all instances for the unknown `count` or `for_each` value `over`."""
    place = block.place
    is_number = "count" in block.arguments and isinstance(over.number, int) and over.number > 0
    why = over.why or "not known how many"
    # Of a collection with something in it only the keys are not known.
    decided_by = "" if _collection(over) else _decided_by(block, address)
    copies = over if is_number else unknown_of(why, place, over, key=decided_by)
    # What the collection refers to is looked for once, as it may be large.
    each = {name: unknown_of(why, place, copies, key=f"{address}.each.{name}") for name in ("key", "value")}
    index = Unknown("count.index", place, key=f"{address}.count.index")
    return InstanceKey(None, {"count": Known({"index": index}, place), "each": Known(each, place)}, copies)
