"""Makes a Function of a computation on plain data: converts its arguments as Terraform does, and its result back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awslint_memo.model.partial import kept_by_name, kept_secret
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.readers.terraform.collections import Function, is_wholly_known, unknown
from awslint_memo.readers.terraform.encoded import Encoded
from awslint_memo.readers.terraform.unification import in_order
from awslint_memo.readers.terraform.values import MAX_TEXT, EvalError, bounded, origin_of, unknown_of


class NotKnownError(Exception):
    """Raised by a computation whose result is not known although its arguments are."""


class WholeSet(list[Any]):
    """A result that is a set: its items become different from each other and in Terraform's order."""


_FAILURES = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)


def made(data: Any, place: Place) -> Value:
    """Convert plain data to a value."""
    if data is None:
        return Absent(place)
    if isinstance(data, Value):
        return data
    if isinstance(data, Mapping):
        return Known({str(key): kept_by_name(str(key), made(child, place)) for key, child in data.items()}, place)
    if isinstance(data, WholeSet):
        return Known(in_order([made(child, place) for child in data]), place)
    if isinstance(data, (list, tuple)):
        return Known([made(child, place) for child in data], place)
    if isinstance(data, float) and data.is_integer() and abs(data) < 1e15:
        return Known(int(data), place)
    return Known(data, place)


def plain(name: str, parameters: str, compute: Callable[..., Any]) -> Function:
    """A Function that is Unknown unless all of its arguments are known, and an EvalError for those it does not take.

    parameters: the kind of each, one of `_KINDS`; the last one may be repeated ("*") or left out ("?").
    """
    *first, last = parameters.split() or [""]
    is_repeated, is_optional = last.endswith("*"), last.endswith("?")
    kinds = [*first, last.rstrip("*?")] if last else []
    least = len(kinds) - (is_repeated or is_optional)

    def call(values: Sequence[Value], place: Place) -> Value:
        if not all(is_wholly_known(value) for value in values):
            return unknown(name, values, place)
        if len(values) < least or (len(values) > len(kinds) and not is_repeated):
            return EvalError(f"{name}() with a wrong number of arguments", place)
        padded = [*kinds, *kinds[-1:] * (len(values) - len(kinds))]
        try:
            arguments = [_KINDS[kind](value) for kind, value in zip(padded, values, strict=False)]
            result = bounded(made(compute(*arguments), place))
        except NotKnownError as error:
            return unknown_of(f"{name}() of {error}", place, *values)
        except _FAILURES:
            return EvalError(f"{name}() of what it does not take", place)
        return kept_secret(result) if origin_of(values).is_sensitive else result

    return call


def plains(functions: Mapping[str, tuple[str, Callable[..., Any]]]) -> dict[str, Function]:
    """The Function of each name, of its parameters and its computation."""
    return {name: plain(name, parameters, compute) for name, (parameters, compute) in functions.items()}


def limited(length: int) -> None:
    """Raise NotKnownError if a text would be longer than the limit, before it is made."""
    if length > MAX_TEXT:
        raise NotKnownError("a text too long to follow")


def text_of(data: Any) -> str:
    """A scalar as text. Raises ValueError for anything else, NotKnownError for a number with too many digits."""
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, float):
        from decimal import Decimal

        # Terraform computes with more digits than a float has.
        short = Decimal(f"{data:.15g}")
        if len(short.normalize().as_tuple().digits) == 15:
            raise NotKnownError("a number with many digits")
        return f"{short.normalize():f}"
    if isinstance(data, (str, int)):
        return str(data)
    raise ValueError("no text")


def _text(value: Value) -> str:
    if isinstance(value, Encoded):
        written = value.written
        if written is None:
            raise NotKnownError("a text that is not written out")
        return written
    return text_of(value.plain)


def _number(value: Value) -> int | float:
    # "inf" and "1_0" are numbers in Python, not in Terraform.
    found = None if isinstance(value.plain, bool) else value.number
    if found is None:
        raise ValueError("no number")
    return found


def _whole(value: Value) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError("no whole number")
    return int(number)


def _flag(value: Value) -> bool:
    found = {"true": True, "1": True, "false": False, "0": False}.get(str(value.text))
    if found is None or isinstance(value.plain, (int, float)) != isinstance(value.plain, bool):
        raise ValueError("neither true nor false")
    return found


def _list(value: Value) -> list[Any]:
    content = value.content if isinstance(value, Known) and not isinstance(value, Encoded) else None
    if not isinstance(content, list):
        raise ValueError("no list")
    return [item.plain for item in content]


def _each(kind: Callable[[Value], Any]) -> Callable[[Value], list[Any]]:
    def convert(value: Value) -> list[Any]:
        _list(value)
        return [None if isinstance(item, Absent) else kind(item) for item in value.items]

    return convert


def _map(value: Value) -> dict[str, Any]:
    if not isinstance(value.plain, dict) or isinstance(value, Encoded):
        raise ValueError("no map")
    return dict(value.plain)


def _any(value: Value) -> Any:
    return value.plain


def _written(value: Value) -> Any:
    """A text of `jsonencode` as what it is; anything else as it is."""
    return _text(value) if isinstance(value, Encoded) else value.plain


_KINDS: Mapping[str, Callable[[Value], Any]] = {
    "text": _text,
    "number": _number,
    "whole": _whole,
    "flag": _flag,
    "list": _list,
    "texts": _each(_text),
    "numbers": _each(_number),
    "flags": _each(_flag),
    "map": _map,
    "any": _any,
    "written": _written,
}
"""Converts an argument to the type of the parameter. Each raises ValueError for what can't be converted."""


def comparable(data: Any) -> str:
    """A text that is the same for plain values that are equal in Terraform, where neither true nor "1" is 1."""
    whole = int(data) if isinstance(data, float) and data.is_integer() else data
    return json.dumps(whole, sort_keys=True)
