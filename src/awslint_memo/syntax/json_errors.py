"""Explains errors in JSON: one sentence about the author's mistake, and its position."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.S)

_SENTENCES = (
    ("Extra data", "there is text after the end of the JSON object; remove it"),
    ("Invalid control", "this string contains a line break or a tab; write \\n or \\t, or add the closing quote"),
    ("Invalid \\", "JSON does not know this escape after a backslash; write \\\\ for a backslash"),
    ("Unterminated string", "the closing quote of this string is missing; add it"),
    ("Expecting ','", "a comma or a closing bracket is missing before this; add it"),
    ("Expecting ':'", "a colon is missing between a name and its value; add it"),
    ("Expecting property name", "a name in double quotes is expected here; add the quotes"),
    ("Expecting value", "a value is expected here; add it, with text in double quotes"),
)


def explain(error: json.JSONDecodeError) -> tuple[str, int]:
    """The message for an error of Python's parser, and the offset that it refers to."""
    text, at = error.doc, error.pos
    if not text.strip():
        return "the file is empty", 0
    if not error.msg.startswith("Invalid"):
        at += len(text[at:]) - len(text[at:].lstrip())
    return _mistake(text, at, error.msg)


def _mistake(text: str, at: int, message: str) -> tuple[str, int]:
    if at >= len(text):
        return "this bracket is not closed; add the closing bracket", _left_open(text)
    before = text[:at].rstrip()
    after = text[at + 1 :].lstrip()[:1]
    if text[at] in "}]" and before.endswith(","):
        return "JSON does not allow a comma before a closing bracket; remove it", len(before) - 1
    if text[at] == "," and after in ("}", "]"):
        return "JSON does not allow a comma before a closing bracket; remove it", at
    if text.startswith(("//", "/*", "#"), at):
        return "JSON does not allow comments; remove it", at
    if text[at] == "'":
        return "JSON does not allow single quotes; use double quotes", at
    if text.startswith(("NaN", "Infinity", "-Infinity"), at):
        return "this value is not a JSON number; write a number, or text in double quotes", at
    return next(
        (sentence for start, sentence in _SENTENCES if message.startswith(start)), f"invalid JSON: {message}"
    ), at


def _left_open(text: str) -> int:
    """The offset of the innermost bracket that is never closed."""
    opened: list[int] = []
    for bracket, offset in brackets(text):
        if bracket in "{[":
            opened.append(offset)
        elif opened:
            opened.pop()
    return opened[-1] if opened else len(text.rstrip())


def brackets(text: str) -> Iterator[tuple[str, int]]:
    """The brackets of a text and their offsets, except for those in strings."""
    return ((match[0], match.start()) for match in _TOKEN.finditer(text) if match[0][0] != '"')


def too_deep(text: str, bound: int) -> int | None:
    """The offset of the first bracket that is nested deeper than `bound` levels; None if there is none."""
    depth = 0
    for bracket, offset in brackets(text):
        depth += 1 if bracket in "{[" else -1
        if depth > bound:
            return offset
    return None
