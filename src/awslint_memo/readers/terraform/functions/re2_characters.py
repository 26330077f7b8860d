"""Sets of characters in regular expressions of RE2's syntax."""

from __future__ import annotations

import unicodedata

from awslint_memo.model.record import field, record

Range = tuple[int, int]

DIGITS: tuple[Range, ...] = ((0x30, 0x39),)
WORD: tuple[Range, ...] = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
SPACE: tuple[Range, ...] = ((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20))
LAST = 0x10FFFF

NAMED: dict[str, tuple[Range, ...]] = {
    "alnum": ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)),
    "alpha": ((0x41, 0x5A), (0x61, 0x7A)),
    "ascii": ((0x00, 0x7F),),
    "blank": ((0x09, 0x09), (0x20, 0x20)),
    "cntrl": ((0x00, 0x1F), (0x7F, 0x7F)),
    "digit": DIGITS,
    "graph": ((0x21, 0x7E),),
    "lower": ((0x61, 0x7A),),
    "print": ((0x20, 0x7E),),
    "punct": ((0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)),
    "space": ((0x09, 0x0D), (0x20, 0x20)),
    "upper": ((0x41, 0x5A),),
    "word": WORD,
    "xdigit": ((0x30, 0x39), (0x41, 0x46), (0x61, 0x66)),
}
"""The classes `[:alpha:]` and so on. https://github.com/google/re2/wiki/Syntax (read on 2026-11-26)"""


@record
class Characters:
    """A set of characters: ranges of code points, and Unicode's categories ("Lu"), each with whether it is left out."""

    ranges: tuple[Range, ...] = ()
    categories: tuple[tuple[str, bool], ...] = ()
    is_negated: bool = False
    folds: bool = False
    """Whether upper and lower case are the same."""
    _known: dict[str, bool] = field(default_factory=dict)

    def __contains__(self, character: str) -> bool:
        known = self._known.get(character)
        if known is None:
            known = self._known[character] = self._holds(character) != self.is_negated
        return known

    def _holds(self, character: str) -> bool:
        forms = {character, *character.lower(), *character.upper()} if self.folds else {character}
        return any(self._has(form) for form in forms)

    def _has(self, character: str) -> bool:
        code = ord(character)
        if any(low <= code <= high for low, high in self.ranges):
            return True
        category = unicodedata.category(character) if self.categories else ""
        return any(category.startswith(name) != left_out for name, left_out in self.categories)


def others(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """The ranges between these, which must be in order."""
    starts = (0, *(high + 1 for _, high in ranges))
    ends = (*(low - 1 for low, _ in ranges), LAST)
    return tuple((low, high) for low, high in zip(starts, ends, strict=True) if low <= high)
