"""Numbers of things in words."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 file", "2 pieces of advice"."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun.replace('piece', 'pieces') if 'piece' in noun else noun + 's'}"
