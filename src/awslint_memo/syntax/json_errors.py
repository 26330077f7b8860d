"""Explains errors in JSON: one sentence about the author's mistake, and its position."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.S)

_SENTENCES = (
    ("Extra data", "something stands after the end of the JSON; a template is one JSON object, so remove the rest"),
    ("Invalid control", "a text in quotes runs over the end of its line or holds a tab; write \\n or \\t, or close it"),
    ("Invalid \\", "a backslash with a letter that JSON does not know; write \\\\ for a backslash itself"),
    ("Unterminated string", "the quote that closes this text is missing; add it"),
    ("Expecting ','", "a comma or a closing bracket is missing before this; add it"),
    ("Expecting ':'", "a colon is missing between a name and its value; add it"),
    ("Expecting property name", "a name in double quotes must stand here; put it in quotes"),
    ("Expecting value", "a value must stand here; put text in double quotes"),
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
        return "the bracket that closes this one is missing; add it", _left_open(text)
    before = text[:at].rstrip()
    after = text[at + 1 :].lstrip()[:1]
    if text[at] in "}]" and before.endswith(","):
        return "a comma before a closing bracket; remove it", len(before) - 1
    if text[at] == "," and after in ("}", "]"):
        return "a comma before a closing bracket; remove it", at
    if text.startswith(("//", "/*", "#"), at):
        return "a comment, which JSON has not; remove it", at
    if text[at] == "'":
        return "single quotes; JSON's names and texts stand in double quotes", at
    if text.startswith(("NaN", "Infinity", "-Infinity"), at):
        return "a value that is no number; write a number, or text in double quotes", at
    return next((sentence for start, sentence in _SENTENCES if message.startswith(start)), f"not JSON: {message}"), at


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
