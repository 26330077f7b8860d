"""Lists and numbers in sentences."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str], most: int | None = None, last: str = "and") -> str:
    """Names as in a sentence, "a, b and c"; of more than `most` only the first, "a, b and 48 others".

    most: how many are named (None: all). last: the word before the last one.
    """
    if most is not None and len(names) > most + 1:
        names = [*names[:most], f"{len(names) - most} others"]
    names = [f"{name}" for name in names]  # A secret doesn't print itself, but joins as it is.
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 file", "2 pieces of advice"."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun.replace('piece', 'pieces') if 'piece' in noun else noun + 's'}"
