"""Explains errors in YAML: one sentence about the author's mistake, and its position."""

from __future__ import annotations

import re

import yaml

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_OTHER_TOOL = re.compile(r"\s*\{[%{#]")

_TAB = "YAML does not allow a tab here; indent with spaces"

_INDENT = "the indentation fits no block above; indent the line like its block, or put the text in quotes"

_AFTER_VALUE = "the value ends before this text; put the whole value in quotes, or remove the text"

_ESCAPE = "YAML does not know this escape after a backslash; write \\\\ or use single quotes"

_AT_CONTEXT = (
    ("found unexpected end of stream", "the closing quote of this text is missing; add it"),
    ("found unexpected document indicator", "the closing quote of this text is missing; add it"),
    ("expected ',' or '}'", "a comma or the closing bracket of this list or mapping is missing; add it"),
    ("expected ',' or ']'", "a comma or the closing bracket of this list or mapping is missing; add it"),
    ("could not find expected ':'", "this line is not 'key: value'; add the colon, or put the text in quotes"),
)
"""Errors that libyaml detects late: we report the position where the broken construct begins."""

_AT_PROBLEM = (
    ("a tab character", _TAB),
    ("another document", "the file has several YAML documents, but a template is one document; split it at '---'"),
    ("document start>", "there is text after the end of the document; remove the line that ends it"),
    ("mapping values are not allowed", "': ' is not allowed here; put the text in quotes, or correct the indentation"),
    ("sequence entries are not allowed", "a list can't begin inside a line; begin it on a line of its own"),
    ("expected key", _INDENT),
    ("expected <block end>", _INDENT),
    ("expected '-'", "a list item ('- ') is expected here; indent the line like the block it belongs to"),
    ("expected node content", "a value is expected here; add it, or put the text in quotes"),
    ("undefined alias", "this alias has no anchor above; add the anchor, or put text that begins with * in quotes"),
    ("unknown escape character", _ESCAPE),
    ("Unicode character escape", "this escape is half of a character; write the character itself"),
    ("hexdecimal number", _ESCAPE),
    ("incompatible YAML document", "this version of YAML is not supported; remove the %YAML line"),
    ("maximum nesting depth", "the nesting is too deep; look for a bracket that is not closed"),
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
    if said == _INDENT and mark is not None and text[_line_start(text, mark) : mark.index].strip():
        said = _AFTER_VALUE
    parsers_words = f"invalid YAML: {problem} {error.context or ''}".rstrip()
    return said or parsers_words, mark or error.context_mark


def _character(text: str, mark: yaml.Mark) -> str:
    if _OTHER_TOOL.match(text, _line_start(text, mark)):
        return "this line is for a template engine ({% or {{); lint the file that it generates"
    character = text[mark.index : mark.index + 1]
    return _TAB if character == "\t" else f"a value can't begin with {character}; put it in quotes"


def _line_start(text: str, mark: yaml.Mark) -> int:
    return max(text.rfind("\n", 0, mark.index), text.rfind("\r", 0, mark.index)) + 1


def control_character(text: str) -> tuple[str, int] | None:
    """The message for the first character that YAML does not allow, and its offset; None if there is none."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    return f"the character U+{ord(found[0]):04X}, which YAML does not allow; remove it", found.start()
