"""Terraform's functions that format values.

https://developer.hashicorp.com/terraform/language/functions/format (read on 2026-11-26)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Text, Value
from awslint_memo.readers.terraform.collections import Function, is_wholly_known, lists, unknown
from awslint_memo.readers.terraform.encoded import Encoded, json_text
from awslint_memo.readers.terraform.exact_numbers import MOST, number_in
from awslint_memo.readers.terraform.functions.arguments import text_of
from awslint_memo.readers.terraform.values import (
    MAX_TEXT,
    EvalError,
    NotKnownError,
    condition,
    join_texts,
    too_large,
    unknown_of,
)

_VERB = regex(
    r"%(?P<flags>[-+ #0]*)(?P<width>[1-9]\d{0,2})?(?:\.(?P<precision>\d{0,2}))?(?:\[(?P<index>\d{1,3})\])?"
    r"(?P<letter>[a-zA-Z%])",
    re.ASCII,
)


_EXPONENT_FROM = 10**6
"""From this number on `%v` gives one with an exponent."""


def _format(values: Sequence[Value], place: Place) -> Value:
    template = values[0].text if values else None
    if template is None:
        return unknown("format", values, place)
    parts: list[Value] = []
    rest = values[1:]
    at, number, used = 0, 0, 0
    while at < len(template):
        start = template.find("%", at)
        if start < 0:
            break
        verb = _VERB.match(template, start)
        if verb is None:
            return EvalError("format() with what is no verb", place)
        parts.append(Known(template[at:start], place))
        at = verb.end()
        if verb["letter"] == "%" and verb[0] != "%%":
            return EvalError("format() with what is no verb", place)
        if verb["letter"] == "%":
            parts.append(Known("%", place))
            continue
        number = int(verb["index"]) if verb["index"] else number + 1
        used = max(used, number)
        if not 1 <= number <= len(rest):
            return EvalError("format() with too few arguments", place)
        parts.append(_formatted(verb, rest[number - 1], place))
    if used < len(rest):
        return EvalError("format() with too many arguments", place)
    failed = next((part for part in parts if isinstance(part, EvalError)), None)
    return join_texts([*parts, Known(template[at:], place)], place) if failed is None else failed


def _formatted(verb: re.Match[str], value: Value, place: Place) -> Value:
    is_plain = not (verb["flags"] or verb["width"] or verb["precision"] is not None)
    if not (isinstance(value, (Known, Absent)) and is_wholly_known(value)):
        is_itself = is_plain and verb["letter"] in "svd"
        return value if is_itself else unknown_of(f"format() with {verb[0]}", place, value)
    if _is_odd(verb):
        return unknown_of(f"format() with {verb[0]}", place, value)
    try:
        return Known(_text(verb, value), place)
    except NotKnownError:
        return unknown_of(f"format() with {verb[0]}", place, value)
    except (TypeError, ValueError, OverflowError):
        return EvalError(f"format() with {verb[0]} of what it does not take", place)


def _text(verb: re.Match[str], value: Value) -> str:
    letter, plain = verb["letter"], value.plain
    if isinstance(value, Encoded):
        plain = value.written
        if plain is None:
            raise NotKnownError
    if letter == "v":
        if isinstance(plain, (list, dict)) or plain is None or "#" in verb["flags"]:
            return _padded(verb, json_text(plain))
        if isinstance(plain, (int, float)) and abs(plain) >= _EXPONENT_FROM:
            raise NotKnownError
        letter = "s"
    if letter in "sq":
        text = text_of(plain)
        if verb["precision"] is not None:
            text = text[: int(verb["precision"] or 0)]
        return _padded(verb, json_text(text) if letter == "q" else text)
    if letter == "t":
        flag = condition(value)
        if flag is None:
            raise ValueError("neither true nor false")
        return _padded(verb, text_of(flag))
    return _padded_number(verb, _number_text(verb, letter, value))


def _is_odd(verb: re.Match[str]) -> bool:
    """Whether Terraform takes flags, width or precision of a verb otherwise than Go does, or Go than Python."""
    letter, precision = verb["letter"], verb["precision"]
    return (
        (letter == "t" and verb["width"] is not None)
        or (letter == "o" and "#" in verb["flags"])
        or (precision is not None and (letter not in "sqf" or len(precision) > 1))
    )


def _number_text(verb: re.Match[str], letter: str, value: Value) -> str:
    number = number_in(value)
    if number is None:
        raise NotKnownError
    sign = "+" if "+" in verb["flags"] else " " if " " in verb["flags"] else ""
    if letter in "bdoxX":
        if number != int(number):
            raise ValueError("no whole number")
        return f"{int(number):{sign}{'#' if '#' in verb['flags'] else ''}{letter}}"
    if letter not in "efgEG":
        raise ValueError("no verb")
    precision = int(verb["precision"] or 0) if verb["precision"] is not None else 6
    # Terraform's numbers have other last digits than a float.
    if letter != "f" or abs(number) > MOST or number != round(number, precision):
        raise NotKnownError
    return f"{number:{sign}.{precision}f}"


def _padded(verb: re.Match[str], text: str) -> str:
    width = int(verb["width"] or 0)
    if "-" in verb["flags"]:
        return text.ljust(width)
    return text.rjust(width, "0" if "0" in verb["flags"] else " ")


def _padded_number(verb: re.Match[str], text: str) -> str:
    is_filled = "0" in verb["flags"] and "-" not in verb["flags"]
    return text.zfill(int(verb["width"] or 0)) if is_filled else _padded(verb, text)


def _formatlist(values: Sequence[Value], place: Place) -> Value:
    if not values:
        return EvalError("formatlist() without a format", place)
    if values[0].is_known and values[0].text is None:
        return EvalError("formatlist() with a format that is no text", place)
    columns: list[Any] = [found[0] if found is not None else value for value in values for found in [lists([value])]]
    lengths = {len(column) for column in columns if isinstance(column, list)}
    if len(lengths) > 1:
        return EvalError("formatlist() of lists that differ in length", place)
    if any(not isinstance(column, list) and column.is_unknown and not isinstance(column, Text) for column in columns):
        return unknown("formatlist", values, place)
    rows = [
        [column[number] if isinstance(column, list) else column for column in columns]
        for number in range(lengths.pop() if lengths else 1)
    ]
    if len(rows) * len(values[0].text or "") > MAX_TEXT:
        return too_large(place)
    made = [_format(row, place) for row in rows]
    failed = next((one for one in made if isinstance(one, EvalError)), None)
    return Known(made, place) if failed is None else failed


FORMATTING: dict[str, Function] = {"format": _format, "formatlist": _formatlist}
"""The implementation of each function by name."""
