"""Terraform's functions on lists and maps, with support for unknown elements."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.model.origin import HERE, SECRET, computed_from
from awslint_memo.model.partial import OpenFields, chosen_by_secret
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Link, Unknown, Value
from awslint_memo.readers.terraform.choices import element_of
from awslint_memo.readers.terraform.encoded import content_of
from awslint_memo.readers.terraform.exact_numbers import number_in
from awslint_memo.readers.terraform.loops import origin_by_keys
from awslint_memo.readers.terraform.steps import step
from awslint_memo.readers.terraform.unification import in_order, type_of, unified, untyped
from awslint_memo.readers.terraform.untyped import SetOf
from awslint_memo.readers.terraform.values import (
    MAX_VALUES,
    EvalError,
    NoCommonTypeError,
    every,
    is_small,
    number_of,
    opened,
    too_large,
    unknown_of,
)

_MOST_OPEN = 100
"""How many items of a list that is not known `slice` takes."""

Function: TypeAlias = "Callable[[Sequence[Value], Place], Value]"


def unknown(name: str, values: Sequence[Value], place: Place) -> Unknown:
    """The unknown result of the function `name` for these arguments."""
    return unknown_of(f"{name}() of what is not known", place, *values)


def is_wholly_known(value: Value) -> bool:
    """Whether the value contains nothing unknown and no references."""
    return is_small(value) and all(
        isinstance(part, (Known, Absent)) and not (isinstance(part, Known) and isinstance(part.content, OpenFields))
        for part in every(value)
    )


def lists(values: Sequence[Value]) -> list[list[Value]] | None:
    """The items of each value if all values are known lists; else None."""
    contents = [content_of(value) for value in values]
    found = [content for content in contents if isinstance(content, list)]
    return found if len(found) == len(values) else None


def refused(name: str, values: Sequence[Value], place: Place, kind: type = list) -> Value:
    """The result for arguments that are not all known lists (or maps): an error if one is something else."""
    for value in values:
        is_other = isinstance(value, Known) and not isinstance(content_of(value), kind)
        if is_other or isinstance(value, Absent):
            return EvalError(f"{name}() of what it does not take", place)
    return unknown(name, values, place)


def sole(values: Sequence[Value], place: Place) -> Value:
    """The argument of a function that takes exactly one."""
    return values[0] if len(values) == 1 else EvalError("one argument wanted", place)


def _concat(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values)
    if not values or any(isinstance(value, SetOf) for value in values):
        return EvalError("concat() of what is no list", place)
    if contents is None:
        return refused("concat", values, place)
    if sum(len(items) for items in contents) > MAX_VALUES:
        return too_large(place)
    items = [item for items in contents for item in items]
    return Known(_perhaps_of_one_type(contents, items), place, computed_from([value.origin for value in values]))


def _perhaps_of_one_type(lists_: Sequence[list[Value]], items: list[Value]) -> list[Value]:
    """The items of several lists, which get one type if all of them are lists and none is a tuple."""
    if any(len(set(map(type_of, one))) > 1 for one in lists_):
        return items
    try:
        alike = unified(items)
    except NoCommonTypeError:
        return items
    is_certain = all(map(operator.is_, alike, items))
    return items if is_certain else [untyped(item) for item in items]


def _flatten(values: Sequence[Value], place: Place) -> Value:
    if lists(values) is None:
        return refused("flatten", values, place)
    found: list[Value] = []
    stack = list(values[::-1])
    while stack:
        value = stack.pop()
        if value.is_unknown:
            return unknown("flatten", values, place)
        content = content_of(value)
        if isinstance(content, list):
            stack.extend(content[::-1])
        else:
            found.append(value)
        if len(found) + len(stack) > MAX_VALUES:
            return too_large(place)
    return Known(found, place)


def _merge(values: Sequence[Value], place: Place) -> Value:
    fields: dict[str, Value] = {}
    rest: Unknown | None = None
    for value in values:
        content = content_of(value)
        if isinstance(content, Mapping):
            fields.update(content)
            rest = content.rest if isinstance(content, OpenFields) else rest
        elif isinstance(value, Known):
            return EvalError("merge() of what is no map", place)
        elif not isinstance(value, Absent):
            # An unknown argument may override all fields of earlier arguments.
            rest = unknown_of("merge() with what is not known", place, value, *fields.values())
            fields = {}
    return opened(fields, rest, place, origin_by_keys(values))


def _lookup(values: Sequence[Value], place: Place) -> Value:
    if len(values) not in (2, 3):
        return EvalError("lookup() takes a map, a key and a default", place)
    content = content_of(values[0])
    key = values[1].text
    if not isinstance(content, Mapping) or key is None:
        other = refused("lookup", values[:1], place, Mapping)
        is_open = isinstance(other, Unknown) and not isinstance(other, EvalError)
        return element_of(other, values[0], *values[2:]) if is_open else other
    value = content.get(key)
    if value is not None:
        return chosen_by_secret(value, place) if values[1].is_secret else value
    if isinstance(content, OpenFields):
        return unknown("lookup", values, place)
    return _default(values, content) if len(values) == 3 else EvalError(f"no element {key}", place)


def _default(values: Sequence[Value], content: Mapping[str, Value]) -> Value:
    """The default of lookup(), which gets the type of the elements if these are those of a map and not of an object."""
    default, types = values[2], set(map(type_of, content.values()))
    if types == {type_of(default)} or len(types) > 1:
        return default
    if types <= {"text", "unknown"}:
        return untyped(default, with_texts="unknown" in types)
    return unknown_of("lookup() with a default of another type", default.place, *values)


def _coalesce(values: Sequence[Value], place: Place) -> Value:
    for number, value in enumerate(values):
        if value.is_unknown:
            return unknown_of(value.why, place, *values[number:])
        if not isinstance(value, Absent) and not (isinstance(value, Known) and value.content == ""):
            return unified(values)[number]
    return EvalError("coalesce() of nothing", place)


def _coalescelist(values: Sequence[Value], place: Place) -> Value:
    for number, value in enumerate(values):
        if value.is_unknown or isinstance(value, Link):
            return unknown_of("coalescelist() of what is not known", place, *values[number:])
        if not isinstance(content_of(value), (list, Mapping)):
            return EvalError("coalescelist() of what is no list", place)
        if isinstance(value, Known) and value.content:
            return value
    return EvalError("coalescelist() of nothing", place)


def _toset(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    content = content_of(value)
    if not isinstance(content, list):
        return EvalError("toset() of what is no list", place) if isinstance(value, Known) else value
    if not all(is_wholly_known(item) for item in content):
        # Two unknown items may be equal.
        return value if len(content) == 1 else unknown_of("a set of what is not known", place, *content)
    return SetOf(in_order(content), place, value.origin)


def _tolist(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    content = content_of(value)
    if isinstance(content, list):
        return Known(unified(content), place, value.origin)
    return EvalError("tolist() of what is no list", place) if isinstance(value, Known) else value


def _tomap(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    content = content_of(value)
    if isinstance(content, OpenFields) or not isinstance(value, Known):
        return value
    if not isinstance(content, Mapping):
        return EvalError("tomap() of what is no map", place)
    return Known(dict(zip(content, unified(list(content.values())), strict=True)), place, value.origin)


def _element(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values[:1])
    if len(values) != 2 or isinstance(values[0], SetOf):
        return EvalError("element() takes a list and an index", place)
    index = number_in(values[1])
    if not contents or index is None:
        return _kept(refused("element", values[:1], place), values)
    if not isinstance(index, int):
        return EvalError("element() at no whole number", place)
    return contents[0][index % len(contents[0])] if contents[0] else EvalError("element() of an empty list", place)


def _kept(part: Value, values: Sequence[Value]) -> Value:
    """A part of an unknown list as one that is the same wherever the same part of it is taken."""
    whole, bounds = next(iter(values), part), [value.text for value in values[1:]]
    key = whole.key if isinstance(whole, Unknown) else ""
    if isinstance(part, Unknown) and not isinstance(part, EvalError) and key and None not in bounds:
        part.key = f"{key}({', '.join(map(str, bounds))})"
    return part


def _one(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values)
    if contents is None or len(contents) != 1:
        return refused("one", values, place)
    if len(contents[0]) > 1:
        return EvalError("one() of several", place)
    return contents[0][0] if contents[0] else Absent(place)


def _reverse(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values)
    return Known(contents[0][::-1], place) if contents else refused("reverse", values, place)


def _slice(values: Sequence[Value], place: Place) -> Value:
    contents = lists(values[:1])
    if isinstance(next(iter(values), None), SetOf):
        return EvalError("slice() of a set", place)
    bounds = [number_in(value) for value in values[1:]]
    whole = [bound for bound in bounds if isinstance(bound, int) and bound >= 0]
    is_open = contents is None and len(bounds) == len(whole) == 2 and isinstance(values[0], Unknown)
    if is_open and not isinstance(values[0], EvalError) and 0 <= whole[1] - whole[0] <= _MOST_OPEN:
        # Which items these are is not known, but how many: of a shorter list, it would be an error.
        return Known([step(values[0], Known(at, place), place) for at in range(*whole)], place)
    if not contents or len(bounds) != 2 or len(whole) != 2:
        return _kept(refused("slice", values[:1], place), values)
    if not whole[0] <= whole[1] <= len(contents[0]):
        return EvalError("slice() outside of the list", place)
    return Known(contents[0][whole[0] : whole[1]], place)


def _keys(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    content = content_of(value)
    if isinstance(content, OpenFields) or not isinstance(content, Mapping):
        return refused("keys", values, place, Mapping)
    origin = SECRET if value.is_secret else HERE
    return Known([Known(key, place, origin) for key in sorted(content)], place, origin)


def _values(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    content = content_of(value)
    if isinstance(content, OpenFields) or not isinstance(content, Mapping):
        return refused("values", values, place, Mapping)
    return Known([content[key] for key in sorted(content)], place, number_of(value))


COLLECTIONS: dict[str, Function] = {
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "concat": _concat,
    "element": _element,
    "flatten": _flatten,
    "keys": _keys,
    "lookup": _lookup,
    "merge": _merge,
    "one": _one,
    "reverse": _reverse,
    "slice": _slice,
    "tolist": _tolist,
    "tomap": _tomap,
    "toset": _toset,
    "values": _values,
}
