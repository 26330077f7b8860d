"""Parses and formats durations: 45, "45s", "2m", "1h", "500ms", "1h30m"."""

from __future__ import annotations

import math

from awslint_memo.model.regex import regex

_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
_PIECE = regex(r"(\d+(?:\.\d+)?)\s*(ms|[smhd])\s*")
_NUMBER = regex(r"\d+(?:\.\d+)?")


def seconds(written: object) -> float | None:
    """A duration in seconds; a number without unit is in seconds. None for anything else.

    Zero, negative and infinite durations give None too, since no declared duration can be any of these.
    """
    if isinstance(written, bool) or not isinstance(written, (int, float, str)):
        return None
    length = float(written) if isinstance(written, (int, float)) else _parsed(written.strip().lower())
    return length if length is not None and 0 < length < math.inf else None


def _parsed(written: str) -> float | None:
    if _NUMBER.fullmatch(written):
        return float(written)
    pieces = [(match.span(), float(match[1]) * _SECONDS[match[2]]) for match in _PIECE.finditer(written)]
    covered = sum(end - start for (start, end), _ in pieces)
    return sum(length for _, length in pieces) if pieces and covered == len(written) else None


def format_duration(length: float) -> str:
    """Format seconds for a message: 30 s, 1 day, 4 days."""
    number = length / 86400
    return f"{length:g} s" if number < 1 else f"{number:g} day" if number == 1 else f"{number:g} days"


spelled = format_duration
"""Deprecated: the former name of format_duration, for rules written before it."""
