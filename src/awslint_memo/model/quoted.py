"""Words of a linted file in our own sentences: what is no plain word is quoted and cut, so nobody takes it for ours.

A name or value may read like an instruction, and what reads our sentences may be a program that follows instructions.
"""

from __future__ import annotations

import json

LONGEST = 200
"""Characters of a word that stands in a sentence as it is."""
_CUT = 100
"""Characters of another text that a sentence quotes."""


def is_plain(text: str) -> bool:
    """Whether a text is one word, which no reader takes for a sentence."""
    return len(text) <= LONGEST and " " not in text and text.isprintable()


def quoted(text: str) -> str:
    """A text of a file as it stands in a sentence: a plain word as it is, another one in quotes and cut."""
    if is_plain(text):
        return text
    return json.dumps(text if len(text) <= _CUT else f"{text[: _CUT - 1]}…", ensure_ascii=False)


class FileText(str):
    """A text that is no plain word: it is quoted where an f-string puts it into a sentence, else it is as any other."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return quoted(str(self))
