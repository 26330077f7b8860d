"""Terraform's functions on points in time.

https://developer.hashicorp.com/terraform/language/functions/formatdate (read on 2026-11-26)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone

from awslint_memo.model.lazy import regex
from awslint_memo.readers.terraform.collections import Function
from awslint_memo.readers.terraform.exact_numbers import fraction
from awslint_memo.readers.terraform.functions.arguments import plains
from awslint_memo.readers.terraform.values import NotKnownError
from awslint_memo.syntax.hcl.decimals import of_text

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
