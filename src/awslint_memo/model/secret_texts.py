"""Secrets inside of a text: a line of a file, a script, a build specification. By names of keys, and by looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from awslint_memo.model.regex import regex
from awslint_memo.model.secret import WORDS, is_reference, is_secret_name, keys, without_keys

Range: TypeAlias = "tuple[int, int]"
"""Characters of a line: the index of the first, and that behind the last."""

_LONGEST = 100_000
"""Characters of a text that are looked at."""

_NAMED = regex(r"(?<![\w.-])(?P<name>[A-Za-z_][\w.-]{0,120})\\*[\"']?\s*(?P<sign>:=|=>|[:=])\s*")
_OPTION = regex(r"(?<![\w-])--(?P<name>[A-Za-z][\w-]*)[ \t]+(?=[^-\s])")

EXPRESSION = regex(
    r"(?:(?:var|local|module|data|each|path|self|aws_\w+|random_\w+)[.\[].*|[a-z]\w*\(.*"
    r"|(?:null|None|~|(?i:true|false|yes|no))\s*)"
)
"""A value without quotes that is no text of its own: Terraform's references and calls, booleans and null."""


def hidden_in(text: str) -> Iterator[str]:
    """The secrets that a text of one or several lines holds under the names of secrets."""
    for line in text[:_LONGEST].split("\n"):
        yield from (line[first:last] for first, last in named(line))


def without_named(text: str) -> str:
    """A text without what it holds under the names of secrets, and without what looks like one."""
    shown = []
    for line in text.split("\n"):
        at = 0
        for first, last in sorted([*named(line), *(match.span() for match in keys().finditer(line))]):
            if first >= at:
                shown += [line[at:first], WORDS]
            at = max(at, last)
        shown += [line[at:], "\n"]
    return without_keys("".join(shown[:-1]))


def named(line: str) -> Iterator[Range]:
    """The values in a line that stand under the names of secrets."""
    for pattern in (_NAMED, _OPTION):
        for match in pattern.finditer(line):
            if is_secret_name(match["name"]):
                is_shell = pattern is _OPTION or (match["sign"] == "=" and line[match.end() - 1] == "=")
                yield from value_at(line, match.end(), is_shell=is_shell)


def value_at(line: str, start: int, *, is_shell: bool = False) -> Iterator[Range]:
    """The characters of the value that begins at an index; none if it is a reference, a mapping or a switch."""
    quote = re.compile(r"\\*[\"']").match(line, start)
    if quote is not None:
        end = line.find(quote[0], quote.end())
        while end > 0 and len(quote[0]) == 1 and line[end - 1] == "\\":
            end = line.find(quote[0], end + 1)
        end = len(line) if end < 0 else end
        if not is_reference(line[quote.end() : end]):
            yield quote.end(), end
        return
    if line[start : start + 1] in ("!", "{", "[", "|", ">", "*", "&", "<", ""):
        return
    is_flow = line.count("{", 0, start) > line.count("}", 0, start)
    stop = r"[\s;&\"'`,)]" if is_shell else r"[,}\]]|\s#" if is_flow else r"\s#|$"
    found = re.compile(stop).search(line, start)
    end = len(line.rstrip()) if found is None else found.start()
    written = line[start:end]
    if not is_reference(written) and EXPRESSION.fullmatch(written) is None:
        yield start, end
