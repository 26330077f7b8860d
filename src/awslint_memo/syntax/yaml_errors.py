"""Explains errors in YAML: one sentence about the author's mistake, and its position."""

from __future__ import annotations

from awslint_memo.model.lazy import regex
from awslint_memo.syntax.pyyaml import yaml
from awslint_memo.syntax.yaml_causes import (
    Lines,
    of_no_colon,
    of_open_bracket,
    of_other_tools,
    of_second_colon,
    of_text_after_end,
    of_text_after_value,
)

_CONTROL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_TAB = "YAML does not allow a tab here; indent with spaces"

_INDENT = "the indentation fits no block above; indent the line like its block, or put the text in quotes"

_AFTER_VALUE = "the value ends before this text; put the whole value in quotes, or remove the text"

_ESCAPE = "YAML does not know this escape after a backslash; write \\\\ or use single quotes"

_AT_CONTEXT = (
    ("found unexpected end of stream", "the closing quote of this text is missing; add it"),
    ("found unexpected document indicator", "the closing quote of this text is missing; add it"),
)
"""Errors that libyaml detects late: we report the position where the broken construct begins."""

_AT_PROBLEM = (
    ("a tab character", _TAB),
    ("another document", "the file has several YAML documents, but a template is one document; split it at '---'"),
    ("directive name", "a line can't begin with %; indent it, or put it in quotes"),
    ("URI escaped", "CloudFormation has no such tag; write a function such as !Ref, or put the text in quotes"),
    ("unknown directive", "a line can't begin with %; indent it, or put it in quotes"),
    ("tag handle", "CloudFormation has no such tag; write a function such as !Ref, or put the text in quotes"),
    ("expected '>'", "CloudFormation has no such tag; write a function such as !Ref, or put the text in quotes"),
    ("expected whitespace", "a space is missing after the function; add it"),
    ("expected comment or line break", "a text can't begin on the line of | or >; begin it on the next line"),
    ("indentation indicator", "this is no indentation of a text; write | or > alone, and the text on the next line"),
    ("document start>", "there is text after the end of the document; remove the line that ends it"),
    ("mapping values are not allowed", "': ' is not allowed here; put the text in quotes, or correct the indentation"),
    ("alphabetic or numeric", "a text that begins with * or & must be in quotes; add them"),
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


def explain(error: yaml.YAMLError, text: str) -> tuple[str, int | None]:
    """The message for an error of the parser, and its offset; None if the parser gives no position."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return str(error).splitlines()[0], None
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return f"invalid YAML: {error.problem}", None
    lines, at = Lines(text), min(mark.index, len(text))
    context = min(error.context_mark.index, len(text)) if error.context_mark is not None else at
    return of_other_tools(lines, at) or _cause(error, lines, context, at) or _said(error, lines, context, at)


def _cause(error: yaml.MarkedYAMLError, lines: Lines, context: int, at: int) -> tuple[str, int] | None:
    """The mistake that the parser detected only at the offset `at`, if it is known."""
    problem = error.problem or ""
    if "expected ':'" in problem:
        return of_no_colon(lines, context)
    if "mapping values are not allowed" in problem:
        return of_second_colon(lines, at)
    if "expected ',' or" in problem:
        return of_open_bracket(lines, context, at)
    if "duplicate anchor" in (error.context or ""):
        return f"this anchor is there twice (first on line {lines.number(context)}); give this one another name", at
    if "document start>" in problem:
        return of_text_after_end(lines, at)
    if "expected '-'" in problem and lines.text.startswith("- ", at):
        return _INDENT, at
    if "expected key" in problem or "<block end>" in problem:
        return _in_block(lines, at)
    return None


def _in_block(lines: Lines, at: int) -> tuple[str, int] | None:
    """The mistake where the parser expects a key."""
    if lines.text[lines.start(at) : at].strip():
        return of_text_after_value(lines, at) or (_AFTER_VALUE, at)
    line, start = lines.content(lines.start(at))
    above = next(lines.above(lines.start(at)), ("", 0))[0]
    if line.startswith("- ") and not above.startswith("- "):
        return "a list item can't stand among keys; indent the list below its key, or remove the dash", start
    if line.startswith(": "):
        return "a key is missing before the colon; add it", start
    return None


def _said(error: yaml.MarkedYAMLError, lines: Lines, context: int, at: int) -> tuple[str, int]:
    """What the parser says, in our words."""
    problem = error.problem or ""
    said = next((sentence for part, sentence in _AT_CONTEXT if part in problem), None)
    if said is not None:
        return said, context
    if "cannot start any token" in problem:
        character = lines.text[at : at + 1]
        return (_TAB if character == "\t" else f"a value can't begin with {character}; put it in quotes"), at
    said = next((sentence for part, sentence in _AT_PROBLEM if part in problem), None)
    return said or f"invalid YAML: {problem} {error.context or ''}".rstrip(), at


def control_character(text: str) -> tuple[str, int] | None:
    """The message for the first character that YAML does not allow, and its offset; None if there is none."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    return f"the character U+{ord(found[0]):04X}, which YAML does not allow; remove it", found.start()
