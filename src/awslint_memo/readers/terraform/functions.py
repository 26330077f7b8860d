"""Terraform's functions. Those that are missing here, and those with unknown arguments, have an unknown result."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.readers.terraform.collections import COLLECTIONS, Function, is_wholly_known, lists, sole, unknown
from awslint_memo.readers.terraform.values import (
    MAX_TEXT,
    EvalError,
    every,
    join_texts,
    kept_secret,
    origin_of,
    unknown_of,
)


def made(data: Any, place: Place) -> Value:
    """Convert plain data to a value."""
    if data is None:
        return Absent(place)
    if isinstance(data, Mapping):
        return Known({str(key): made(child, place) for key, child in data.items()}, place)
    if isinstance(data, (list, tuple)):
        return Known([made(child, place) for child in data], place)
    if isinstance(data, float) and data.is_integer() and abs(data) < 1e15:
        return Known(int(data), place)
    return Known(data, place)


def _on_plain_data(name: str, compute: Callable[..., Any]) -> Function:
    """Make a Function of one on plain data; its result is Unknown unless all arguments are known."""

    def call(values: Sequence[Value], place: Place) -> Value:
        if not all(is_wholly_known(value) for value in values):
            return unknown(name, values, place)
        try:
            result = made(compute(*(value.plain for value in values)), place)
        except (TypeError, ValueError, IndexError, KeyError, AttributeError, OverflowError, RecursionError):
            return EvalError(f"{name}() of what it does not take", place)
        return kept_secret(result) if origin_of(values).is_sensitive else result

    return call


def _sensitive(values: Sequence[Value], place: Place) -> Value:
    return kept_secret(sole(values, place))


def _failed(value: Value) -> bool:
    return any(isinstance(part, EvalError) for part in every(value))


def _try(values: Sequence[Value], place: Place) -> Value:
    for number, value in enumerate(values):
        if _failed(value):
            continue
        if value.is_unknown:
            return unknown_of(value.why, place, *values[number:])
        return value
    return EvalError("try() without anything that works", place)


def _can(values: Sequence[Value], place: Place) -> Value:
    if any(_failed(value) for value in values):
        return Known(False, place)
    return unknown("can", values, place) if any(value.is_unknown for value in values) else Known(True, place)


def _tostring(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    if isinstance(value, Known):
        text = value.text
        return EvalError("tostring() of a list or map", place) if text is None else Known(text, place)
    return value


def _tonumber(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    if isinstance(value, Known):
        return EvalError("tonumber() of no number", place) if value.number is None else Known(value.number, place)
    return value


def _tobool(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    if isinstance(value, Known):
        return (
            EvalError("tobool() of neither true nor false", place) if value.flag is None else Known(value.flag, place)
        )
    return value


def _join(values: Sequence[Value], place: Place) -> Value:
    separator = values[0].text if values else None
    found = lists(values[1:])
    if separator is None or found is None:
        return unknown("join", values, place)
    items = [item for part in found for item in part]
    spaced = [part for item in items for part in (Known(separator, place), item)]
    return join_texts(spaced[1:], place)


_VERB = re.compile(r"%(%|[-+ #0-9.]*[a-zA-Z])")


def _format(values: Sequence[Value], place: Place) -> Value:
    template = values[0].text if values else None
    if template is None:
        return unknown("format", values, place)
    parts: list[Value] = []
    rest, at = list(values[1:]), 0
    for verb in _VERB.finditer(template):
        parts.append(Known(template[at : verb.start()], place))
        at = verb.end()
        if verb[1] == "%":
            parts.append(Known("%", place))
        elif not rest:
            return EvalError("format() with too few arguments", place)
        else:
            parts.append(_formatted(verb[0], rest.pop(0), place))
    return join_texts([*parts, Known(template[at:], place)], place)


def _formatted(verb: str, value: Value, place: Place) -> Value:
    if verb in ("%s", "%v") or (verb == "%d" and not isinstance(value.number, float)):
        return value
    number = value.number
    if number is not None and math.isfinite(number) and re.fullmatch(r"%0?[0-9]{0,2}(\.[0-9]{1,2}f|d|f)", verb):
        return Known(verb % number, place)
    return unknown_of(f"format() with {verb}", place, value)


def _jsonencode(values: Sequence[Value], place: Place) -> Value:
    """The result is the structure and not its JSON text, since rules look at policies as structures."""
    value = sole(values, place)
    if isinstance(value, Known) and not isinstance(value.content, (list, Mapping)):
        return Known(json.dumps(value.content), place)
    return Known("null", place) if isinstance(value, Absent) else value


def _yamlencode(values: Sequence[Value], place: Place) -> Value:
    """The result is the structure and not its YAML text, since rules look at buildspecs as structures."""
    value = sole(values, place)
    is_structure = isinstance(value, Known) and isinstance(value.content, (list, Mapping))
    return value if is_structure or value.is_unknown else unknown("yamlencode", values, place)


def _jsondecode(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    if isinstance(value, Known) and isinstance(value.content, (list, Mapping)):
        return value
    return _on_plain_data("jsondecode", json.loads)(values, place)


def _range(*bounds: int) -> list[int]:
    numbers = range(*bounds)
    if len(numbers) > 1024:
        raise ValueError("more than Terraform allows")
    return list(numbers)


def _truth(item: Any) -> bool:
    found = {"true": True, "false": False}.get(str(item).lower())
    if found is None:
        raise ValueError("neither true nor false")
    return found


def _replace(text: str, old: str, new: str) -> str:
    if old.startswith("/") and old.endswith("/") and len(old) > 1:
        raise ValueError("a regular expression, which may run forever")
    result = str(text).replace(str(old), str(new))
    if len(result) > MAX_TEXT:
        raise ValueError("too long")
    return result


FUNCTIONS: dict[str, Function] = {
    **COLLECTIONS,
    "can": _can,
    "format": _format,
    "join": _join,
    "jsondecode": _jsondecode,
    "jsonencode": _jsonencode,
    "nonsensitive": sole,
    "sensitive": _sensitive,
    "tobool": _tobool,
    "tonumber": _tonumber,
    "tostring": _tostring,
    "try": _try,
    "yamlencode": _yamlencode,
}
"""The implementation of each function by name."""

_PLAIN: dict[str, Callable[..., Any]] = {
    "abs": abs,
    "alltrue": lambda items: all(_truth(item) for item in items),
    "anytrue": lambda items: any(_truth(item) for item in items),
    "ceil": math.ceil,
    "chomp": lambda text: text.rstrip("\r\n"),
    "compact": lambda items: [item for item in items if item not in (None, "")],
    "contains": lambda items, item: item in items,
    "distinct": lambda items: [item for at, item in enumerate(items) if item not in items[:at]],
    "endswith": lambda text, suffix: text.endswith(suffix),
    "floor": math.floor,
    "index": lambda items, item: items.index(item),
    "lower": lambda text: str(text).lower(),
    "max": lambda *numbers: max(numbers),
    "min": lambda *numbers: min(numbers),
    "parseint": lambda text, base: int(str(text), base),
    "pow": math.pow,
    "range": lambda *bounds: _range(*bounds),
    "replace": _replace,
    "setunion": lambda *sets: list(dict.fromkeys(item for items in sets for item in items)),
    "sort": lambda items: sorted(str(item) for item in items),
    "split": lambda separator, text: text.split(separator) if separator else list(text),
    "startswith": lambda text, prefix: text.startswith(prefix),
    "strcontains": lambda text, part: str(part) in text,
    "substr": lambda text, start, length: text[start:] if length == -1 else text[start:][:length],
    "sum": lambda numbers: sum(numbers) if numbers else max(numbers),
    "trim": lambda text, characters: text.strip(characters),
    "trimprefix": lambda text, prefix: text.removeprefix(prefix),
    "trimspace": lambda text: text.strip(),
    "trimsuffix": lambda text, suffix: text.removesuffix(suffix),
    "upper": lambda text: str(text).upper(),
    "zipmap": lambda keys, values: dict(zip(keys, values, strict=True)),
}

FUNCTIONS.update({name: _on_plain_data(name, compute) for name, compute in _PLAIN.items()})
