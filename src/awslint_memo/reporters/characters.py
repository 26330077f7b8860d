"""Escapes control characters before text is shown in a terminal, and computes the width of text."""

from __future__ import annotations

from unicodedata import category, combining, east_asian_width

_ESCAPED = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode categories to escape: control, format (bidirectional marks, zero width), surrogate, line and paragraph."""


def visible(text: str) -> str:
    r"""The text with each character that could control the terminal replaced by an escape such as \x1b."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(character) if category(character) in _ESCAPED else character for character in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """The number of terminal columns of a visible text: two for wide East Asian characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if combining(character) or category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
