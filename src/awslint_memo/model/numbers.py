"""Numbers as templates write them."""

from __future__ import annotations

from math import isfinite

_MOST_BITS = 1_023
"""Of a whole number that can be compared with others and printed like them; nothing that AWS counts is larger."""


def number_of(content: object) -> int | float | None:
    """The number that a scalar is, "600" included; None for text that is none, for booleans, lists and mappings."""
    if isinstance(content, bool):
        return None
    if isinstance(content, int):
        return content if content.bit_length() <= _MOST_BITS else None
    if isinstance(content, float):
        return content if isfinite(content) else None
    if isinstance(content, str) and content.strip()[:1] in tuple("+-.0123456789"):
        try:
            return number_of(int(content))
        except ValueError:
            pass
        try:
            number = float(content)
        except ValueError:
            return None
        return number if isfinite(number) else None
    return None
