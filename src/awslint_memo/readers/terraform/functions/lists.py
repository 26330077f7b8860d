"""Terraform's functions on lists, sets and maps that need to know what is in them, or only how many there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any, TypeAlias

from awslint_memo.model.budget import spend
from awslint_memo.model.partial import OpenFields, kept_by_name
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Link, Text, Value
from awslint_memo.readers.terraform.collections import Function, is_wholly_known, lists, refused, sole, unknown
from awslint_memo.readers.terraform.encoded import content_of
from awslint_memo.readers.terraform.exact_numbers import number_in
from awslint_memo.readers.terraform.functions.arguments import WholeSet, comparable, plain, plains, text_of
from awslint_memo.readers.terraform.functions.texts import characters
from awslint_memo.readers.terraform.loops import origin_by_keys
from awslint_memo.readers.terraform.operators import equal, is_filled
from awslint_memo.readers.terraform.unification import is_in_order, unified
from awslint_memo.readers.terraform.values import MAX_VALUES, EvalError, at_least, condition, too_large


def _contains(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values[:1])
    if len(values) != 2 or isinstance(values[1], Absent):
        return EvalError("contains() takes a list and a value", place)
    if contents is None:
        return refused("contains", values[:1], place)
    if not spend("comparisons", len(contents[0])):
        return unknown("contains", values, place)
    answers = [equal(item, values[1]) for item in contents[0]]
    if True in answers:
        return Known(True, place)
    return unknown("contains", values, place) if None in answers else Known(False, place)


def _index(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values[:1])
    if len(values) != 2:
        return EvalError("index() takes a list and a value", place)
    if contents is not None and not spend("comparisons", len(contents[0])):
        return unknown("index", values, place)
    for number, item in enumerate(contents[0] if contents is not None else ()):
        answer = equal(item, values[1])
        if answer is not False:
            return Known(number, place) if answer else unknown("index", values, place)
    return refused("index", values[:1], place) if contents is None else EvalError("index() of no item", place)


def _compact(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values)
    if contents is None or len(contents) != 1:
        return refused("compact", values, place)
    kept = [item for item in contents[0] if not isinstance(item, Absent) and item.text != ""]
    if any(item.is_unknown or (isinstance(item, Link) and equal(item, Known("", place)) is None) for item in kept):
        return unknown("compact", values, place)
    if any(item.is_known and item.text is None for item in kept):
        return EvalError("compact() of what are no texts", place)
    return Known([Known(item.text, item.place, item.origin) if item.text is not None else item for item in kept], place)


def _distinct(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values)
    if contents is None or len(contents) != 1:
        return refused("distinct", values, place)
    alike = unified(contents[0])
    if all(type(item) is Known and not isinstance(item.content, (list, Mapping)) for item in alike):
        # All are of one type, so that what is the same in Python is so in Terraform.
        first = dict[Any, Value]()
        for item in alike:
            first.setdefault(item.plain, item)
        return Known([*first.values()], place)
    kept: list[Value] = []
    for item in alike:
        if len(kept) > 500 or not spend("comparisons", len(kept)):
            return too_large(place)
        answers = [equal(item, other, is_of_one_type=True) for other in kept]
        if None in answers and True not in answers:
            return unknown("distinct", values, place)
        kept += [] if True in answers else [item]
    return Known(kept, place)


def _chunklist(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values[:1])
    size = number_in(values[1]) if len(values) == 2 else None
    if not contents or size is None:
        return unknown("chunklist", values, place)
    if size < 0 or size != int(size):
        return EvalError("chunklist() with pieces of no size", place)
    items = unified(contents[0])
    each = int(size) or max(len(items), 1)
    return Known([Known(items[at : at + each], place) for at in range(0, len(items), each)], place)


def _zipmap(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values)
    if contents is None or len(contents) != 2:
        return refused("zipmap", values, place)
    keys = [key.text for key in contents[0]]
    if len(keys) != len(contents[1]):
        return EvalError("zipmap() of lists that differ in length", place)
    if None in keys:
        return unknown("zipmap", values, place)
    pairs = zip(keys, contents[1], strict=True)
    fields = {key or "": kept_by_name(key or "", value) for key, value in pairs}
    return Known(fields, place, origin_by_keys((*values, *contents[0])))


def _matchkeys(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values)
    if contents is None or len(contents) != 3:
        return refused("matchkeys", values, place)
    items, keys, wanted = contents
    if len(items) != len(keys):
        return EvalError("matchkeys() of lists that differ in length", place)
    if len(keys) * len(wanted) > MAX_VALUES:
        return too_large(place)
    kept: list[Value] = []
    alike = unified([*keys, *wanted])
    keys, wanted = alike[: len(keys)], alike[len(keys) :]
    for item, key in zip(unified(items), keys, strict=True):
        answers = [equal(key, value, is_of_one_type=True) for value in wanted]
        if None in answers and True not in answers:
            return unknown("matchkeys", values, place)
        kept += [item] if True in answers else []
    return Known(kept, place)


def combined(values: Sequence[Value]) -> int:
    """How many combinations `setproduct` makes, which are compared with each other where they may be those of sets."""
    contents = lists(values) or []
    made = prod(map(len, contents))
    return made if made * len(contents) <= MAX_VALUES else 0


def setproduct(values: Sequence[Value], place: Place, *, has_sets: bool = True) -> Value:
    """The combinations of elements of several collections. has_sets: whether one of them may be a set."""
    contents = lists(values)
    if contents is None:
        return refused("setproduct", values, place)
    if len(contents) < 2:
        return EvalError("setproduct() of less than two sets", place)
    rows: list[list[Value]] = [[]]
    for items in contents:
        if len(rows) * len(items) * len(contents) > MAX_VALUES:
            return too_large(place)
        alike = unified(items)
        rows = [[*row, item] for row in rows for item in alike]
    made: list[Value] = [Known(row, place) for row in rows]
    if has_sets and all(map(is_wholly_known, made)):
        may_be_sets = [is_in_order(items) for items in contents]
        # If one of them is a set it is a set, without doubles and with an order of its own.
        if any(may_be_sets) and not (all(may_be_sets) and is_in_order(made)):
            return unknown("setproduct", values, place)
    return Known([*made], place)


def _every(name: str, *, deciding: bool) -> Function:
    """`anytrue` (deciding: one that is true) and `alltrue` (one that is not): the others need not be known."""
    whole = plain(name, "flags", any if deciding else lambda items: all(item is True for item in items))

    def call(values: Sequence[Value], place: Place) -> Value:
        contents = lists(values)
        flags = [(item, condition(item)) for item in contents[0]] if contents is not None and len(contents) == 1 else []
        # What is no boolean is an error beside any other.
        is_certain = all(flag is not None or not isinstance(item, Known) for item, flag in flags)
        if is_certain and any(flag is deciding for _, flag in flags):
            return Known(deciding, place)
        return whole(values, place)

    return call


def _length(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    if isinstance(value, (Text, Link)):
        return at_least(_least(value), place, value)
    content = content_of(value)
    if isinstance(content, OpenFields):
        return at_least(len(content), place, value)
    return Known(len(content), place) if isinstance(content, (list, Mapping)) else _characters(values, place)


def _least(value: Value) -> int:
    """The least length of a text that is not wholly known."""
    if isinstance(value, Link):
        return int(is_filled(value))
    texts = [part.text or "" for part in value.pieces]
    # A character may need several code points.
    return sum(len(text) if text.isascii() else 1 for text in texts)


def _characters_of(text: Any) -> int:
    if not isinstance(text, str):
        raise ValueError("neither a text nor a list")
    return len(characters(text))


_characters = plain("length", "written", _characters_of)


Keys: TypeAlias = "dict[str, Any]"
"""The items of a set, by what makes them equal. What combines two may change the first."""


def _sets(combine: Callable[[Keys, Keys], Keys]) -> Callable[..., WholeSet]:
    def compute(*sets: list[Any]) -> WholeSet:
        alike = iter(unified([item for items in sets for item in items]))
        made = [{comparable(one.plain): one for one in (next(alike) for _ in items)} for items in sets]
        result = made[0]
        for other in made[1:]:
            result = combine(result, other)
        return WholeSet(result.values())

    return compute


def _common(first: Keys, other: Keys) -> Keys:
    return {key: item for key, item in first.items() if key in other}


def _difference(first: Keys, other: Keys) -> Keys:
    return {key: item for key, item in first.items() if key not in other}


def _union(first: Keys, other: Keys) -> Keys:
    first.update(other)
    return first


def _transpose(data: dict[str, Any]) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for key in sorted(data):
        if not isinstance(data[key], list):
            raise ValueError("no list of texts")
        for item in data[key]:
            keys = made.setdefault(text_of(item), [])
            if keys[-1:] != [key]:
                keys.append(key)
    return made


LISTS: dict[str, Function] = {
    "alltrue": _every("alltrue", deciding=False),
    "anytrue": _every("anytrue", deciding=True),
    "chunklist": _chunklist,
    "compact": _compact,
    "contains": _contains,
    "distinct": _distinct,
    "index": _index,
    "length": _length,
    "matchkeys": _matchkeys,
    "setproduct": setproduct,
    "zipmap": _zipmap,
    **plains(
        {
            "setintersection": ("items items*", _sets(_common)),
            "setsubtract": ("items items", _sets(_difference)),
            "setunion": ("items items*", _sets(_union)),
            "sort": ("texts", sorted),
            "transpose": ("map", _transpose),
        }
    ),
}
"""The implementation of each function by name."""
