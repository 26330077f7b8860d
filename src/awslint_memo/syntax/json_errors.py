"""Explains errors in JSON: one sentence about the author's mistake, and its position."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from awslint_memo.model.lazy import regex
from awslint_memo.syntax.yaml_errors import Lines, of_conflict, of_engine

_TOKEN = regex(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.S)

_ODD = regex(
    r"""(?P<comment>//|/\*|\#)|(?P<single>')|(?P<nan>-?Infinity\b|NaN\b)|(?P<word>(?:True|False|None|undefined|nil)\b)"""
    r"""|(?P<sign>[+.](?=[0-9]))|(?P<quote>[\u201c-\u201e\u2018\u2019])|(?P<tag>![A-Z])|(?P<equals>=)|(?P<semicolon>;)"""
    r"""|(?P<comma>,)|(?P<colon>:)|(?P<space>[^\S \t\r\n])"""
)
"""What is not JSON, where something else is expected."""

_ODD_SENTENCES = {
    "comment": "JSON does not allow comments; remove it",
    "single": "JSON does not allow single quotes; use double quotes",
    "nan": "this value is not a JSON number; write a number, or text in double quotes",
    "word": "JSON does not know {}; write true, false or null, or put text in double quotes",
    "sign": "a number can't begin with {}; write it as JSON does, such as 0.5",
    "quote": 'JSON does not know the quote {}; write "',
    "tag": "JSON has no short functions such as !Ref; write the function as an object",
    "equals": "JSON has a colon between name and value; write : instead of =",
    "semicolon": "JSON separates with a comma; write , instead of ;",
    "comma": "there is a comma too many, or a value is missing before it; remove the comma or add the value",
    "colon": "there is a colon too many, or a name is missing before it; remove the colon or add the name",
    "space": "JSON does not know this kind of space; write a plain space",
}

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
    conflict = of_conflict(text)
    if conflict is not None:
        return conflict
    if not error.msg.startswith("Invalid"):
        at += len(text[at:]) - len(text[at:].lstrip())
    return _mistake(text, at, error.msg)


def _mistake(text: str, at: int, message: str) -> tuple[str, int]:
    if at >= len(text):
        return "this bracket is not closed; add the closing bracket", _left_open(text)[-1]
    before = text[:at].rstrip()
    after = text[at + 1 :].lstrip()[:1]
    if text[at] in "}]" and before.endswith(","):
        return "JSON does not allow a comma before a closing bracket; remove it", len(before) - 1
    if text[at] == "," and after in ("}", "]"):
        return "JSON does not allow a comma before a closing bracket; remove it", at
    if text[at] in "}]" and message.startswith("Extra data"):
        return "this bracket closes nothing; remove it", at
    if text[at] in "}]" and message.startswith("Expecting ','"):
        opened = _left_open(text[:at])[-1]
        line = Lines(text).number(opened)
        right = "]" if text[opened] == "[" else "}"
        return f"{text[at]} can't close the bracket {text[opened]} of line {line}; add {right} before it", at
    if "{{" in text[max(at - 1, 0) : at + 2] or text.startswith(("{%", "{#", "<%"), at):
        return of_engine(text[at : at + 2] if text[at + 1 : at + 2] in ("%", "#") else "{{"), at
    odd = _ODD.match(text, at)
    if odd is not None:
        return next(sentence.format(odd[0]) for group, sentence in _ODD_SENTENCES.items() if odd[group]), at
    if text[at - 1 : at] == "0" and re.match(r"[0-9xXob]", text[at]) and message.startswith("Expecting ','"):
        return "a number can't begin with 0; remove the 0, or put the number in double quotes", at - 1
    return next(
        (sentence for start, sentence in _SENTENCES if message.startswith(start)), f"invalid JSON: {message}"
    ), at


def _left_open(text: str) -> list[int]:
    """The offsets of the brackets that are not closed, innermost last; the end of the text if there are none."""
    opened: list[int] = []
    for bracket, offset in brackets(text):
        if bracket in "{[":
            opened.append(offset)
        elif opened:
            opened.pop()
    return opened or [len(text.rstrip())]


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
