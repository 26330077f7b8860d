"""Finds the mistake behind an error of the YAML parser, which often detects it some words or lines later."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from awslint_memo.model.lazy import regex

Cause = tuple[str, int]
"""A sentence and the offset of the mistake."""

_LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_CONFLICT = regex(r"^(?:<{7}|>{7})(?= |$|\r)", re.M)
_ENGINE = regex(r"\{[%{#]|<%")
_ENGINE_LINE = regex(r"[ \t]*(?:- )?(?:\{[%{#]|<%)")
_RESOLVE = regex(r"\{\{[ \t]*resolve:")
_FENCE = regex(r"```")
_KEY = r"""(?:"[^"]*"|'[^']*'|[A-Za-z][\w.-]*(?:::[\w.-]+)*)"""
_NO_SPACE = regex(rf"((?:- +)*{_KEY}):(?![\s:]|$)")
_NO_DASH_SPACE = regex(r"(?:- +)*-(?=[A-Za-z\"'{\[!])")
_COMMENT = regex(r"(?:.*\s)?(//|/\*)")
_EQUALS = regex(rf"(?:- +)*{_KEY} *(=)(?!=)")
_WIDE_COLON = regex(r"[^:]*\uff1a")
_PAIR = regex(rf"(?:- +)*{_KEY}:(?:\s|$)")
_SMART_QUOTE = regex("[\u201c\u201d\u201e\u2018\u2019]")
_LONGEST_KEY = 1024

_MISSING_COLON = "this line is not 'key: value'; add the colon, or put the text in quotes"
_OPEN_QUOTE = "the closing quote of this text is missing; add it"
_NEEDS_QUOTES = "a text with ': ' in it must be in quotes; add them"
_TOO_DEEP = "this line is indented like a part of the value above; correct the indentation"


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
        found = _LINE.match(self.text, start)
        line = found[0] if found else ""
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
    if _FENCE.match(line):
        return "this line belongs to Markdown; remove it", start
    resolve = _RESOLVE.search(line)
    if resolve is not None and not _is_quoted(line, resolve.start()):
        return "a dynamic reference {{resolve:…}} must be in quotes; add them", start + resolve.start()
    found = _ENGINE.search(line)
    if found is not None and not _is_quoted(line, found.start()):
        return of_engine(found[0]), start + found.start()
    # Farther above, such a line is probably part of a text.
    for above, place in islice(lines.above(lines.start(at)), 2):
        if _ENGINE_LINE.match(above):
            return of_engine(above.removeprefix("- ")[:2]), place
    return None


def of_conflict(text: str) -> Cause | None:
    """The first marker of a merge conflict in a file of any kind; None if there is none."""
    found = _CONFLICT.search(text)
    sentence = "this is a marker of a merge conflict; resolve the conflict and remove the markers"
    return None if found is None else (sentence, found.start())


def _is_quoted(line: str, at: int) -> bool:
    return line.count('"', 0, at) % 2 == 1 or line.count("'", 0, at) % 2 == 1


def of_engine(opening: str) -> str:
    """The sentence about an expression of a template engine."""
    return f"{opening} is for a template engine; lint the file that it generates, or put the text in quotes"


def of_line(line: str, start: int) -> Cause | None:
    """The mistake in a line that has no key with a colon and a space: the line without indentation, and its offset."""
    for pattern, sentence in (
        (_NO_DASH_SPACE, "a space is missing after the dash; add it"),
        (_NO_SPACE, "a space is missing after the colon; write 'key: value'"),
    ):
        found = pattern.match(line)
        if found is not None:
            return sentence, start + found.end() - 1
    for pattern, sentence in (
        (_COMMENT, "a comment begins with # in YAML; write # here"),
        (_WIDE_COLON, "\uff1a is not the colon that YAML knows; write ':' and a space"),
        (_EQUALS, "YAML has a colon between key and value; write ': ' instead of ="),
    ):
        found = pattern.match(line)
        if found is not None:
            at = found.start(1) if found.re.groups else found.end() - 1
            return sentence, start + at
    return None


def of_no_colon(lines: Lines, at: int) -> Cause:
    """The mistake where a key without a colon begins."""
    line, start = lines.content(lines.start(at))
    return of_line(line, start) or (_MISSING_COLON, at)


def of_second_colon(lines: Lines, at: int) -> Cause | None:
    """The mistake behind a colon where none is allowed: in this line, or in the one before its key."""
    _, start = lines.content(lines.start(at))
    before = lines.text[start:at]
    if len(before) > _LONGEST_KEY:
        return f"a key can have {_LONGEST_KEY} characters at most; shorten it", start
    smart = _SMART_QUOTE.search(before)
    if smart is not None:
        return f"{smart[0]} is not a quote in YAML; write \" or '", start + smart.start()
    comment = re.search(r"\s(//)", before)
    if comment is not None and _PAIR.match(before):
        return "a comment begins with # in YAML; write # here", start + comment.start(1)
    if _PAIR.match(before):
        return _NEEDS_QUOTES, at
    bare = _bare_above(lines, start)
    if bare is None:
        return None
    above, place = bare
    cause = of_line(above, place) if not _PAIR.match(above) else None
    if cause is None and _NO_DASH_SPACE.match(above):
        cause = of_line(above, place)
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
    wrong = {"[": "}", "{": "]"}.get(text[opened], "")
    if text[at : at + 1] == wrong:
        right = {"[": "]", "{": "}"}[text[opened]]
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
    if quote in ("'", '"') and quote:
        if before.count(quote) % 2:
            for above, start in lines.above(line):
                if above.count(quote) % 2:
                    return _OPEN_QUOTE, start + above.rindex(quote)
        is_key = re.fullmatch(rf"[ \t]*(?:- +)*{_KEY}\s*", before) is not None
        if is_key and here == ":":
            return "a space is missing after the colon; write 'key: value'", at
        if is_key:
            return _MISSING_COLON, line + len(before) - len(before.lstrip())
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
