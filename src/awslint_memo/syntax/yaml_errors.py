"""Explains errors in YAML: one sentence about the author's mistake, and its place, often before that of the parser."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from awslint_memo.model.lazy import regex
from awslint_memo.syntax.yaml_values import yaml

Cause = tuple[str, int]
"""A sentence and the offset of the mistake."""

_LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_ENGINE = regex(r"\{[%{#]|<%")
_ENGINE_LINE = regex(r"[ \t]*(?:- )?(?:\{[%{#]|<%)")
_KEY = r"""(?:"[^"]*"|'[^']*'|[A-Za-z][\w.-]*(?:::[\w.-]+)*)"""
_NO_DASH_SPACE = regex(r"(?:- +)*-(?=[A-Za-z\"'{\[!])")
_PAIR = regex(rf"(?:- +)*{_KEY}:(?:\s|$)")
_LONGEST_KEY = 1024

_NO_SPACE = "a space is missing after the colon; write 'key: value'"
_MISSING_COLON = "this line is not 'key: value'; add the colon, or put the text in quotes"
_OPEN_QUOTE = "the closing quote of this text is missing; add it"
_TOO_DEEP = "this line is indented like a part of the value above; correct the indentation"
_TAB = "YAML does not allow a tab here; indent with spaces"
_INDENT = "the indentation fits no block above; indent the line like its block, or put the text in quotes"
_NO_COMMENT = "a comment begins with # in YAML; write # here"

_OF_LINE = (
    # The mistake begins with the group, or is the last character of what matches.
    (_NO_DASH_SPACE, "a space is missing after the dash; add it"),
    (regex(rf"(?:- +)*{_KEY}:(?![\s:]|$)"), _NO_SPACE),
    (regex(r"(?:.*\s)?(//|/\*)"), _NO_COMMENT),
    (regex(r"[^:]*\uff1a"), "\uff1a is not the colon that YAML knows; write ':' and a space"),
    (regex(rf"(?:- +)*{_KEY} *(=)(?!=)"), "YAML has a colon between key and value; write ': ' instead of ="),
)

_NO_TAG = "CloudFormation has no such tag; write a function such as !Ref, or put the text in quotes"
_ESCAPE = "YAML does not know this escape after a backslash; write \\\\ or use single quotes"

_SENTENCES = (
    ("found unexpected (?:end of stream|document indicator)", _OPEN_QUOTE),
    ("a tab character", _TAB),
    ("another document", "the file has several YAML documents, but a template is one document; split it at '---'"),
    ("directive name|unknown directive", "a line can't begin with %; indent it, or put it in quotes"),
    ("URI escaped|tag handle|expected '>'", _NO_TAG),
    ("expected whitespace", "a space is missing after the function; add it"),
    ("expected comment or line break", "a text can't begin on the line of | or >; begin it on the next line"),
    ("indentation indicator", "this is no indentation of a text; write | or > alone, and the text on the next line"),
    ("document start>", "there is text after the end of the document; remove the line that ends it"),
    ("mapping values are not allowed", "': ' is not allowed here; put the text in quotes, or correct the indentation"),
    ("alphabetic or numeric", "a text that begins with * or & must be in quotes; add them"),
    ("sequence entries are not allowed", "a list can't begin inside a line; begin it on a line of its own"),
    ("expected key|expected <block end>", _INDENT),
    ("expected '-'", "a list item ('- ') is expected here; indent the line like the block it belongs to"),
    ("expected node content", "a value is expected here; add it, or put the text in quotes"),
    ("undefined alias", "this alias has no anchor above; add the anchor, or put text that begins with * in quotes"),
    ("unknown escape character|hexdecimal number", _ESCAPE),
    ("Unicode character escape", "this escape is half of a character; write the character itself"),
    ("incompatible YAML document", "this version of YAML is not supported; remove the %YAML line"),
    ("maximum nesting depth", "the nesting is too deep; look for a bracket that is not closed"),
)
"""Patterns of the errors of libyaml that need no closer look, and how we say them."""


class Lines:
    """The lines of a text, by offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [match.start() for match in _LINE.finditer(text)]

    def number(self, offset: int) -> int:
        """The number of the line of an offset, from 1."""
        return bisect_right(self._starts, offset)

    def start(self, offset: int) -> int:
        """The offset at which the line of an offset begins."""
        return self._starts[self.number(offset) - 1]

    def content(self, start: int) -> tuple[str, int]:
        """The line that begins at an offset, without indentation and end, and the offset of its first character."""
        match = _LINE.match(self.text, start)
        line = match[0] if match else ""
        return line.strip(), start + len(line) - len(line.lstrip(" \t"))

    def above(self, start: int) -> Iterator[tuple[str, int]]:
        """The lines above, nearest first, as in `content`; without blank lines and comments."""
        for number in range(self.number(start) - 2, -1, -1):
            line, at = self.content(self._starts[number])
            if line and not line.startswith("#"):
                yield line, at

    def indent(self, at: int) -> int:
        """The column of an offset."""
        return at - self.start(at)


def of_other_tools(lines: Lines, at: int) -> Cause | None:
    """What another program has written or would replace: conflict markers, or lines of a template engine."""
    conflict = of_conflict(lines.text)
    if conflict is not None:
        return conflict
    line, start = lines.content(lines.start(at))
    if line.startswith("```"):
        return "this line belongs to Markdown; remove it", start
    resolve = re.search(r"\{\{[ \t]*resolve:", line)
    if resolve is not None and not _is_quoted(line, resolve.start()):
        return "a dynamic reference {{resolve:…}} must be in quotes; add them", start + resolve.start()
    match = _ENGINE.search(line)
    if match is not None and not _is_quoted(line, match.start()):
        return of_engine(match[0]), start + match.start()
    # Farther above, such a line is probably part of a text.
    for above, place in islice(lines.above(lines.start(at)), 2):
        if _ENGINE_LINE.match(above):
            return of_engine(above.removeprefix("- ")[:2]), place
    return None


def of_conflict(text: str) -> Cause | None:
    """The first marker of a merge conflict in a file of any kind; None if there is none."""
    match = re.search(r"^(?:<{7}|>{7})(?= |$|\r)", text, re.M)
    sentence = "this is a marker of a merge conflict; resolve the conflict and remove the markers"
    return None if match is None else (sentence, match.start())


def _is_quoted(line: str, at: int) -> bool:
    return line.count('"', 0, at) % 2 == 1 or line.count("'", 0, at) % 2 == 1


def of_engine(opening: str) -> str:
    """The sentence about an expression of a template engine."""
    return f"{opening} is for a template engine; lint the file that it generates, or put the text in quotes"


def of_line(line: str, start: int) -> Cause | None:
    """The mistake in a line that has no key with a colon and a space: the line without indentation, and its offset."""
    for pattern, sentence in _OF_LINE:
        match = pattern.match(line)
        if match is not None:
            return sentence, start + (match.start(1) if match.re.groups else match.end() - 1)
    return None


def of_second_colon(lines: Lines, at: int) -> Cause | None:
    """The mistake behind a colon where none is allowed: in this line, or in the one before its key."""
    _, start = lines.content(lines.start(at))
    before = lines.text[start:at]
    if len(before) > _LONGEST_KEY:
        return f"a key can have {_LONGEST_KEY} characters at most; shorten it", start
    smart = re.search("[\u201c\u201d\u201e\u2018\u2019]", before)
    if smart is not None:
        return f"{smart[0]} is not a quote in YAML; write \" or '", start + smart.start()
    if _PAIR.match(before):
        comment = re.search(r"\s(//)", before)
        needs_quotes = "a text with ': ' in it must be in quotes; add them"
        return (_NO_COMMENT, start + comment.start(1)) if comment is not None else (needs_quotes, at)
    bare = _bare_above(lines, start)
    if bare is None:
        return None
    above, place = bare
    cause = of_line(above, place) if not _PAIR.match(above) or _NO_DASH_SPACE.match(above) else None
    if cause is not None:
        return cause
    if _PAIR.match(above) or above.endswith(":"):
        return _TOO_DEEP, start
    return (_MISSING_COLON, place) if lines.indent(place) <= lines.indent(start) else (_TOO_DEEP, start)


def _bare_above(lines: Lines, start: int) -> tuple[str, int] | None:
    """The first of the lines without a key above a line; if there are none, the line above."""
    found = None
    for above in lines.above(lines.start(start)):
        if found is not None and (_PAIR.match(above[0]) or above[0].startswith("- ")):
            return found
        found = above
        if _PAIR.match(above[0]) or of_line(*above) is not None:
            return found
    return found


def of_open_bracket(lines: Lines, opened: int, at: int) -> Cause:
    """The mistake in a list or mapping in brackets, which begins at `opened`; `at`: where the parser gives up."""
    text = lines.text
    wrong, right = {"[": ("}", "]"), "{": ("]", "}")}.get(text[opened], ("", ""))
    if text[at : at + 1] == wrong:
        return f"{wrong} can't close the bracket {text[opened]}; write {right}", at
    if _is_closed(text, opened, at):
        return "a comma is missing before this in the list or mapping; add it", at
    return "a comma or the closing bracket of this list or mapping is missing; add it", opened


def _is_closed(text: str, opened: int, at: int) -> bool:
    """Whether a bracket is closed on the line of `at`, or by a line that begins with its closing bracket."""
    if re.match(r"[ \t]*(?:\r|\n|$)", text[at:]) is None and text.find("\n", opened, at) == -1:
        depth = 0
        for bracket in re.findall(r"[\[\]{}]", re.sub(r"\"[^\"]*\"|'[^']*'", "", text[opened:].splitlines()[0])):
            depth += 1 if bracket in "[{" else -1
            if depth == 0:
                return True
    closing = "]" if text[opened] == "[" else "}"
    between = re.search(rf"^[ \t]*(?:([\w-]+:(?:[ \t]|$)(?!.*[,{{\[]$).*)|(\{closing}))", text[at:], re.M)
    return between is not None and between[2] is not None


def of_text_after_value(lines: Lines, at: int) -> Cause | None:
    """The mistake behind text that stands after the end of a value; None if it is the text itself."""
    text, line = lines.text, lines.start(at)
    before, here = text[line:at], text[at : at + 1]
    quote = before.rstrip()[-1:]
    if here in ("]", "}"):
        return "this bracket closes nothing; remove it", at
    if here == "!" and re.search(r"![\w:]+[ \t]+$", before):
        return "a short function can't follow another; write the first one in full, such as Fn::Base64:", at
    if quote in ("'", '"'):
        for above, start in lines.above(line) if before.count(quote) % 2 else ():
            if above.count(quote) % 2:
                return _OPEN_QUOTE, start + above.rindex(quote)
        if re.fullmatch(rf"[ \t]*(?:- +)*{_KEY}\s*", before):
            return (_NO_SPACE, at) if here == ":" else (_MISSING_COLON, line + len(before) - len(before.lstrip()))
        if before.endswith(quote):
            written = "''" if quote == "'" else '\\"'
            return f"the text ends at the quote before this; write {written} for a quote inside of a text", at
    return None


def of_text_after_end(lines: Lines, at: int) -> Cause | None:
    """The mistake behind text after the end of the document; None if a line ends it."""
    above = list(lines.above(lines.start(at)))
    if above and not any(line.startswith("...") for line, _ in above) and lines.indent(above[-1][1]):
        return "the first line is indented, but others are not; remove the spaces before it", above[-1][1]
    return None


def explain(error: yaml.YAMLError, text: str) -> tuple[str, int | None]:
    """The message for an error of the parser, and its offset; None if the parser gives no position."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return str(error).splitlines()[0], None
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return f"invalid YAML: {error.problem}", None
    lines, at = Lines(text), min(mark.index, len(text))
    context = min(error.context_mark.index, len(text)) if error.context_mark is not None else at
    return of_other_tools(lines, at) or _cause(error, lines, context, at) or _in_our_words(error, lines, context, at)


def _cause(error: yaml.MarkedYAMLError, lines: Lines, context: int, at: int) -> Cause | None:
    """The mistake that the parser detected only at the offset `at`, if it is known."""
    problem = error.problem or ""
    if "expected ':'" in problem:
        return of_line(*lines.content(lines.start(context))) or (_MISSING_COLON, context)
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


def _in_block(lines: Lines, at: int) -> Cause | None:
    """The mistake where the parser expects a key."""
    if lines.text[lines.start(at) : at].strip():
        sentence = "the value ends before this text; put the whole value in quotes, or remove the text"
        return of_text_after_value(lines, at) or (sentence, at)
    line, start = lines.content(lines.start(at))
    above = next(lines.above(lines.start(at)), ("", 0))[0]
    if line.startswith("- ") and not above.startswith("- "):
        return "a list item can't stand among keys; indent the list below its key, or remove the dash", start
    if line.startswith(": "):
        return "a key is missing before the colon; add it", start
    return None


def _in_our_words(error: yaml.MarkedYAMLError, lines: Lines, context: int, at: int) -> Cause:
    """What the parser says, in our words."""
    problem = error.problem or ""
    if "cannot start any token" in problem:
        character = lines.text[at : at + 1]
        return (_TAB if character == "\t" else f"a value can't begin with {character}; put it in quotes"), at
    sentence = next((sentence for part, sentence in _SENTENCES if re.search(part, problem)), None)
    # What libyaml detects late is reported where it begins.
    place = context if sentence is _OPEN_QUOTE else at
    return sentence or f"invalid YAML: {problem} {error.context or ''}".rstrip(), place


def control_character(text: str) -> Cause | None:
    """The message for the first character that YAML does not allow, and its offset; None if there is none."""
    match = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]", text)
    sentence = "the character U+{:04X}, which YAML does not allow; remove it"
    return None if match is None else (sentence.format(ord(match[0])), match.start())
