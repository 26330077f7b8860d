"""Terraform's functions that format values and times.

https://developer.hashicorp.com/terraform/language/functions/format (read on 2026-11-26)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Text, Value
from awslint_memo.readers.terraform.collections import Function, is_wholly_known, lists, unknown
from awslint_memo.readers.terraform.encoded import Encoded, json_text
from awslint_memo.readers.terraform.exact_numbers import MOST, fraction, number_in
from awslint_memo.readers.terraform.functions.arguments import plains, text_of
from awslint_memo.readers.terraform.values import (
    MAX_TEXT,
    EvalError,
    NotKnownError,
    condition,
    join_texts,
    too_large,
    unknown_of,
)
from awslint_memo.syntax.hcl.decimals import of_text

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


_TIME = regex(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:(Z)|([+-])(\d\d):(\d\d))", re.ASCII)
_PART = regex(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)", re.ASCII)
_MICROSECONDS = {"us": 1, "µs": 1, "μs": 1, "ms": 1_000, "s": 10**6, "m": 60 * 10**6, "h": 3_600 * 10**6}
_DIGITS = 15
_LONGEST = timedelta(days=365 * 290)
"""Longer durations are errors from some length on."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PIECE = regex(r"'((?:[^']|'')*)'|(?P<letters>([a-zA-Z])\3*)|(?P<other>[^a-zA-Z']+)", re.ASCII)


def _time(text: str) -> datetime:
    """A point in time as RFC 3339 writes it. Raises ValueError for anything else."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError("no point in time")
    if match[1] == "0000" or (match[7] or "")[6:].strip("0"):
        raise NotKnownError("a year or a fraction that is not followed")
    year, month, day, hour, minute, second = (int(match[number]) for number in range(1, 7))
    sign = -1 if match[9] == "-" else 1
    zone = timezone(sign * timedelta(hours=int(match[10] or 0), minutes=int(match[11] or 0)))
    return datetime(year, month, day, hour, minute, second, int((match[7] or "0").ljust(6, "0")[:6]), zone)


def _duration(text: str) -> timedelta:
    """A duration as Go writes it: "1h30m". Raises ValueError for anything else."""
    rest = text[1:] if text[:1] in ("-", "+") else text
    if rest == "0":
        return timedelta()
    parts = list(_PART.finditer(rest))
    if not parts or "".join(part[0] for part in parts) != rest:
        raise ValueError("no duration")
    if any(part[2] not in _MICROSECONDS or len(part[1]) > _DIGITS for part in parts):
        raise NotKnownError("a duration in nanoseconds")
    microseconds = sum(fraction(of_text(part[1]) or 0) * _MICROSECONDS[part[2]] for part in parts)
    if microseconds % 1:
        raise NotKnownError("a duration in nanoseconds")
    duration = timedelta(microseconds=int(-microseconds if text[0] == "-" else microseconds))
    if abs(duration) > _LONGEST:
        raise NotKnownError("a long duration")
    return duration


def _later(written: str, duration: str) -> str:
    try:
        time = _time(written) + _duration(duration)
    except OverflowError as error:
        raise NotKnownError("a year of more digits") from error
    return f"{time:%Y-%m-%dT%H:%M:%S}{_zone(time, 'Z')}"


def _zone(time: datetime, utc: str, colon: str = ":") -> str:
    minutes = int((time.utcoffset() or timedelta()).total_seconds() // 60)
    if minutes == 0 and utc:
        return utc
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{colon}{abs(minutes) % 60:02d}"


_LETTERS: Mapping[str, Callable[[datetime], str]] = {
    "YYYY": lambda time: f"{time.year:04d}",
    "YY": lambda time: f"{time.year % 100:02d}",
    "MMMM": lambda time: _MONTHS[time.month - 1],
    "MMM": lambda time: _MONTHS[time.month - 1][:3],
    "MM": lambda time: f"{time.month:02d}",
    "M": lambda time: str(time.month),
    "DD": lambda time: f"{time.day:02d}",
    "D": lambda time: str(time.day),
    "EEEE": lambda time: _DAYS[time.weekday()],
    "EEE": lambda time: _DAYS[time.weekday()][:3],
    "hh": lambda time: f"{time.hour:02d}",
    "h": lambda time: str(time.hour),
    "HH": lambda time: f"{(time.hour + 11) % 12 + 1:02d}",
    "H": lambda time: str((time.hour + 11) % 12 + 1),
    "AA": lambda time: "AM" if time.hour < 12 else "PM",
    "aa": lambda time: "am" if time.hour < 12 else "pm",
    "mm": lambda time: f"{time.minute:02d}",
    "m": lambda time: str(time.minute),
    "ss": lambda time: f"{time.second:02d}",
    "s": lambda time: str(time.second),
    "ZZZZZ": lambda time: _zone(time, ""),
    "ZZZZ": lambda time: _zone(time, "", ""),
    "ZZZ": lambda time: _zone(time, "UTC", ""),
    "Z": lambda time: _zone(time, "Z"),
}
"""What each sequence of letters in a format stands for.

https://developer.hashicorp.com/terraform/language/functions/formatdate (read on 2026-11-26)
"""


def _formatted_time(form: str, written: str) -> str:
    time = _time(written)
    if "''" in form:
        raise NotKnownError("a format with two quotes")
    made, at = [], 0
    while at < len(form):
        piece = _PIECE.match(form, at)
        if piece is None:
            raise ValueError("a quote that does not end")
        letters = piece["letters"]
        quoted = piece[1]
        made.append(_LETTERS[letters](time) if letters else piece["other"] if quoted is None else quoted)
        at = piece.end()
    return "".join(made)


def _compared(one: str, other: str) -> int:
    first, second = _time(one), _time(other)
    return (first > second) - (first < second)


TIMES: dict[str, Function] = plains(
    {
        "formatdate": ("text text", _formatted_time),
        "timeadd": ("text text", _later),
        "timecmp": ("text text", _compared),
    }
)
"""The implementation of each function by name."""
