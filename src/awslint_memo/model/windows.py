"""Maintenance and backup windows: daily (hh24:mi-hh24:mi) and weekly (ddd:hh24:mi-ddd:hh24:mi)."""

from __future__ import annotations

from typing import TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = 24 * 60
_WEEK = len(_DAYS) * _DAY
_TIME = r"([01]\d|2[0-3]):([0-5]\d)"
_DAILY = regex(f"{_TIME}-{_TIME}")
_WEEKLY = regex(f"({'|'.join(_DAYS)}):{_TIME}-({'|'.join(_DAYS)}):{_TIME}")

_Span: TypeAlias = "tuple[int, int]"
"""The start in minutes after Monday 00:00 UTC, and the length in minutes; it may end in the next week."""


def overlap(daily: Value, weekly: Value) -> bool:
    """Whether a daily and a weekly window, both in UTC, certainly overlap.

    A window that ends when the other begins does not overlap. False if a window is unknown, absent or malformed.
    """
    maintenance = _weekly(weekly.text or "")
    if maintenance is None:
        return False
    return any(_overlap(span, maintenance) for span in _daily(daily.text or ""))


def minutes(window: Value) -> int | None:
    """How long a daily or a weekly window is; None if it is unknown, absent or malformed."""
    written = window.text or ""
    spans = [*_daily(written), *filter(None, [_weekly(written)])]
    return spans[0][1] if spans else None


def _daily(written: str) -> list[_Span]:
    match = _DAILY.fullmatch(written.strip())
    if match is None:
        return []
    first, last = _minute(match[1], match[2]), _minute(match[3], match[4])
    length = (last - first) % _DAY
    return [(day * _DAY + first, length) for day in range(len(_DAYS))] if length else []


def _weekly(written: str) -> _Span | None:
    match = _WEEKLY.fullmatch(written.strip().lower())
    if match is None:
        return None
    first = _DAYS.index(match[1]) * _DAY + _minute(match[2], match[3])
    last = _DAYS.index(match[4]) * _DAY + _minute(match[5], match[6])
    length = (last - first) % _WEEK
    return (first, length) if length else None


def _minute(hours: str, minutes: str) -> int:
    return int(hours) * 60 + int(minutes)


def _overlap(one: _Span, other: _Span) -> bool:
    (first, length), (second, lasting) = one, other
    return (second - first) % _WEEK < length or (first - second) % _WEEK < lasting
