"""What a terminal may be shown: text from files without its power over the terminal, and how wide that is."""

from __future__ import annotations

from unicodedata import category, combining, east_asian_width

_POWERFUL = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Controls, formats (bidirectional marks, zero-width characters), lone surrogates, line and paragraph separators."""


def visible(text: str) -> str:
    r"""A text in which each character that a terminal would obey instead of show is an escape such as \x1b."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(character) if category(character) in _POWERFUL else character for character in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """How many columns of a terminal a visible text takes: East Asian characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if combining(character) or category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
