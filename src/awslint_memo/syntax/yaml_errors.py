"""Explains errors in YAML: one sentence about the author's mistake, and its position."""

from __future__ import annotations

import re

import yaml

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_OTHER_TOOL = re.compile(r"\s*\{[%{#]")

_TAB = "a tab where YAML wants spaces; indent with spaces"

_AT_CONTEXT = (
    ("found unexpected end of stream", "the quote that closes this text is missing; add it"),
    ("found unexpected document indicator", "the quote that closes this text is missing; add it"),
    ("expected ',' or '}'", "a comma or the bracket that closes this one is missing; add it"),
    ("expected ',' or ']'", "a comma or the bracket that closes this one is missing; add it"),
    ("could not find expected ':'", "a line without 'key: value' between others; add the colon, or quote the text"),
)
"""Errors that libyaml detects late: we report the position where the broken construct begins."""

_AT_PROBLEM = (
    ("a tab character", _TAB),
    ("another document", "several YAML documents in one file; a template is one document, so split it at '---'"),
    ("document start>", "something stands after the end of the document; remove the line that ends it"),
    ("mapping values are not allowed", "a second colon in one line, or a wrong indent; put text with ': ' in quotes"),
    ("sequence entries are not allowed", "a list begins inside of a line; begin it on a line of its own"),
    ("expected key", "this fits no line above; indent it like the block it belongs to, or put the text in quotes"),
    (
        "expected <block end>",
        "this fits no line above; indent it like the block it belongs to, or put the text in quotes",
    ),
    ("expected '-'", "this stands where the next '- ' of a list must; indent it like the block it belongs to"),
    ("expected node content", "a value must stand here; add it, or put the text in quotes"),
    ("undefined alias", "an alias of an anchor that stands nowhere above; add the anchor, or quote a text with *"),
    ("unknown escape character", "a backslash with a letter that YAML does not know; write \\\\ or use single quotes"),
    ("Unicode character escape", "an escape of half a character; write the character itself"),
    ("hexdecimal number", "a backslash with a letter that YAML does not know; write \\\\ or use single quotes"),
    ("incompatible YAML document", "a version of YAML that nobody can read; remove the %YAML line"),
    ("maximum nesting depth", "nested deeper than any template; look for a bracket left open"),
)


def explain(error: yaml.YAMLError, text: str) -> tuple[str, yaml.Mark | None]:
    """The message for an error of the parser, and its position; None if the parser gives no position."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return str(error).splitlines()[0], None
    problem, mark = error.problem or "", error.problem_mark
    said = next((sentence for part, sentence in _AT_CONTEXT if part in problem), None)
    if said is not None:
        return said, error.context_mark or mark
    if "cannot start any token" in problem and mark is not None:
        return _character(text, mark), mark
    said = next((sentence for part, sentence in _AT_PROBLEM if part in problem), None)
    parsers_words = f"not YAML: {problem} {error.context or ''}".rstrip()
    return said or parsers_words, mark or error.context_mark


def _character(text: str, mark: yaml.Mark) -> str:
    line_start = max(text.rfind("\n", 0, mark.index), text.rfind("\r", 0, mark.index)) + 1
    if _OTHER_TOOL.match(text, line_start):
        return "a line for another tool ({% or {{); lint what that tool makes of this file"
    character = text[mark.index : mark.index + 1]
    return _TAB if character == "\t" else f"a value can't begin with {character}; put it in quotes"


def control_character(text: str) -> tuple[str, int] | None:
    """The message for the first character that YAML does not allow, and its offset; None if there is none."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    return f"the character U+{ord(found[0]):04X}, which shows nothing; remove it", found.start()
