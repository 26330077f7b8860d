"""Finds the secret parts of a line of a file by its text alone, since other findings may stand on the same line.

A part is secret by the name of its key, by a pair of a name and a value, because it looks like a secret, or because its
parameter or variable declares its default so (NoEcho, sensitive). In doubt, a part is hidden.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from awslint_memo.judging.report import Lines
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import is_in_hcl
from awslint_memo.model.secret import is_secret_name, spans_of_keys
from awslint_memo.model.secret_texts import EXPRESSION, Range, may_have_places, named, value_at
from awslint_memo.model.span import Span

_LONGEST = 4_000
"""Characters of a line that are looked at, before and behind a place: an excerpt shows a few of them."""

_LONG = 3 * _LONGEST
"""Characters of a line of which parts are looked at."""

_NEAR = 60
"""Lines above one that are looked at for what it is a part of."""

_FARTHEST = 2_000
"""Lines that are looked at for the first characters from a line on; most are empty, where they are more."""

_BESIDE = 12
"""Lines around a default value that are looked at for what its parameter says of it."""

_NAME_OF_PAIR = regex(
    r"\b(?:Name|Key|ParameterKey|OptionName|name|key)\\*[\"']?\s*[:=]\s*\\*[\"']?(?P<name>[A-Za-z_][\w./-]*)"
)
_VALUE_OF_PAIR = regex(r"\b(?:Value|ParameterValue|value)\\*[\"']?\s*[:=]\s*")
_DEFAULT = regex(r"\b(?:Default|default)\\*[\"']?\s*[:=]\s*")
_MARK = regex(r"\b(?:NoEcho|sensitive|ephemeral)\\*[\"']?\s*[:=]\s*\\*[\"']?(?i:true|yes)\b")
_SENSITIVE = regex(r"(?<![\w.])(?:core::)?sensitive\(\s*")
"""The beginning of a call that makes a value secret."""

_BLOCK = regex(
    r"\s*(?:-\s+)?[\"']?(?P<name>[A-Za-z_][\w.-]*)[\"']?\s*[:=]\s*(?:!\w+\s+)?(?:[|>][-+0-9]*|<<[-~]?\w+)\s*(?:#.*)?"
)
_PEM_BEGINS, _PEM_ENDS = "-----BEGIN", "-----END"

_REF = regex(r"\{\s*[\"']?Ref[\"']?\s*:\s*[\"']?\w+[\"']?\s*\}")


def secrets_of(lines: Sequence[str], index: int, at: int = 0) -> list[Range]:
    """The secret parts of a line, in order; some may overlap.

    index: the line's index in `lines`. at: the character that matters, if the line is a long one.
    """
    if len(lines[index]) > _LONG:
        return _parts.secrets(lines, index, at)
    return _secrets(lines, index, 0, len(lines[index]))


def _secrets(lines: Sequence[str], index: int, first: int, last: int) -> list[Range]:
    line = lines[index][first:last]
    stretches = [*_on(lines, index, line)]
    if _is_inside_secret(lines, index):
        stretches.append((len(line) - len(line.lstrip()), len(line)))
    return sorted((first + stretch[0], first + stretch[1]) for stretch in stretches if stretch[0] < stretch[1])


class _Parts:
    """What was found on parts of long lines of one file: thousands of findings may stand on one line."""

    def __init__(self) -> None:
        self._lines: Sequence[str] = ()
        self._known: dict[tuple[int, int], list[Range]] = {}

    def secrets(self, lines: Sequence[str], index: int, at: int) -> list[Range]:
        """The secrets of the part around a character, with as much as is looked at before and behind each."""
        if lines is not self._lines:
            self._lines, self._known = lines, {}
        part = at // _LONGEST
        if (index, part) not in self._known:
            self._known[index, part] = _secrets(lines, index, max(part - 1, 0) * _LONGEST, (part + 2) * _LONGEST)
        return self._known[index, part]


_parts = _Parts()


def _on(lines: Sequence[str], index: int, line: str) -> Iterator[Range]:
    """The parts of a line that are secret because of the text on it or beside it."""
    yield from spans_of_keys(line)
    yield from named(line)
    yield from _pairs(lines, index, line)
    yield from _defaults(lines, index, line)
    yield from _made_sensitive(line)


class SecretLines:
    """Which lines of a file hold a secret, each looked at once. places: what nobody may see in the file."""

    def __init__(self, lines: Sequence[str], places: Sequence[Span] = ()) -> None:
        self._lines = lines
        self._hidden = {line for place in places for line in range(place.line, place.end_line + 1)}
        self._known: dict[int, bool] = {}
        self._deciding = [number for number, line in enumerate(lines) if _decides(line[:_LONGEST])]
        """The indexes of the lines for which what is below them may be a secret."""

    def begin_at(self, index: int, characters: int = 100) -> bool:
        """Whether a secret is or may be among the characters from the start of a line on, spaces not counted."""
        lines = self._lines
        for number in range(index, min(index + _FARTHEST, len(lines))):
            if characters <= 0:
                return False
            if not lines[number] or lines[number].isspace():
                continue
            if number not in self._known:
                self._known[number] = self._holds(number)
            if self._known[number]:
                return True
            characters -= len("".join(lines[number].split()))
        return len(lines) - index > _FARTHEST

    def _holds(self, number: int) -> bool:
        if number + 1 in self._hidden or is_marked(self._lines[number]):
            return True
        line = self._lines[number][:_LONGEST]
        if any(first < last for first, last in _on(self._lines, number, line)):
            return True
        nearest = bisect_left(self._deciding, number) - 1
        is_near = nearest >= 0 and self._deciding[nearest] > number - _NEAR
        return is_near and bool(line.strip()) and _is_inside_secret(self._lines, number)


def _decides(line: str) -> bool:
    """Whether what stands below a line may be a secret because of it, as `_is_inside_secret` looks for it."""
    if "|" in line or ">" in line or "<<" in line:
        return _BLOCK.fullmatch(line) is not None or _PEM_BEGINS in line
    return _PEM_BEGINS in line


def ranges_on(line: str, number: int, places: Iterable[Span]) -> Iterator[Range]:
    """The parts of a line, the file's `number`, at places that nobody may see; of an expression, its texts."""
    for place in places:
        if place.line <= number <= place.end_line:
            first = place.column - 1 if place.line == number else len(line) - len(line.lstrip())
            last = place.end_column - 1 if place.end_line == number else len(line.rstrip())
            is_expression = place.line == place.end_line and (is_in_hcl(place.path) or line[first] in "!{")
            for start, end in literals(line[first:last]) if is_expression else [(0, last - first)]:
                yield first + start, first + end


@lru_cache(maxsize=4)
def is_marked(line: str) -> bool:
    """Whether a line says of something on it that nobody may see it; a long one is asked for again and again."""
    return "_sensitive" in line or "sensitive_values" in line or _MARK.search(line) is not None


def _pairs(lines: Sequence[str], index: int, line: str) -> Iterator[Range]:
    values = list(_VALUE_OF_PAIR.finditer(line))
    if not values:
        return
    near = [line] if _NAME_OF_PAIR.search(line) else lines[max(index - 2, 0) : index + 3]
    names = (match["name"] for near_line in near for match in _NAME_OF_PAIR.finditer(near_line[:_LONGEST]))
    is_secure = any("SecureString" in near_line for near_line in (line, *_siblings(lines, index)))
    if is_secure or any(map(is_secret_name, names)):
        for match in values:
            yield from value_at(line, match.end())


def _defaults(lines: Sequence[str], index: int, line: str) -> Iterator[Range]:
    matches = list(_DEFAULT.finditer(line))
    if matches and (_MARK.search(line) or any(map(_MARK.search, _siblings(lines, index)))):
        for match in matches:
            yield from value_at(line, match.end())


def _made_sensitive(line: str) -> Iterator[Range]:
    """The arguments of calls of sensitive(), to the end of the line if they are more than one text or number."""
    for match in _SENSITIVE.finditer(line):
        rest = line[match.end() :]
        alone = re.match(r"(?:\"(?:[^\"\\]|\\.)*\"|[\w.\[\]]*)(?=\s*\))", rest)
        written = rest if alone is None else alone[0]
        if alone is None or EXPRESSION.fullmatch(written) is None:
            yield match.end(), match.end() + len(written.rstrip())


def _siblings(lines: Sequence[str], index: int) -> Iterator[str]:
    """The lines around one, up to those that are less indented: the rest of the block that it stands in."""
    indent = _indent(lines[index])
    for numbers in (range(index - 1, max(index - _BESIDE, -1), -1), range(index + 1, min(index + _BESIDE, len(lines)))):
        for number in numbers:
            if lines[number].strip() and _indent(lines[number]) < indent:
                break
            yield lines[number][:_LONGEST]


def _is_inside_secret(lines: Sequence[str], index: int) -> bool:
    """Whether a line is one of a private key, or of a text of several lines under a secret's name."""
    near = "\n".join(lines[max(index - _NEAR + 1, 0) : index])
    if "|" not in near and ">" not in near and "<<" not in near and _PEM_BEGINS not in near:
        return False
    line, least = lines[index], _indent(lines[index])
    for above in range(index - 1, max(index - _NEAR, -1), -1):
        upper = lines[above][:_LONGEST]
        if _PEM_ENDS in upper:
            return False
        if _PEM_BEGINS in upper and "PRIVATE KEY" in upper:
            return bool(line.strip())
        if upper.strip() and _indent(upper) < least:
            block = _BLOCK.fullmatch(upper)
            if block is not None:
                return is_secret_name(block["name"])
            least = _indent(upper)
    return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def literals(written: str) -> list[Range]:
    """The parts of a sensitive value's text that may be the secret: all of it, or what is literal in an expression."""
    if written.startswith("!") or _REF.fullmatch(written):
        return [*value_at(written, 0)]
    if EXPRESSION.match(written) or re.match(r"\"\$\{[^\"]*\}\"$", written):
        return [match.span() for match in re.finditer(r"\"[^\"$]*\"|(?<![\w.])\d[\w.]*", written)]
    return [(0, len(written))]


class HiddenPlaces:
    """Those of the files of a report; each file is looked at once.

    lines: gives the lines of a file. known: what the run knows, by path.
    """

    def __init__(self, lines: Lines, known: Mapping[str, Sequence[Span]]) -> None:
        self._lines, self._known = lines, known
        self._places: dict[str, Sequence[Span]] = {}
        self._by_line: dict[str, Mapping[int, Sequence[Span]]] = {}

    def of(self, path: str) -> Sequence[Span]:
        """All of a file."""
        if path not in self._places:
            self._places[path] = hidden_in(path, self._lines(path), self._known.get(path, ()))
        return self._places[path]

    def on(self, path: str, line: int) -> Sequence[Span]:
        """Those that a line of a file has a part of."""
        if path not in self._by_line:
            self._by_line[path] = by_line(self.of(path))
        return self._by_line[path].get(line, ())


def hidden_in(path: str, lines: Sequence[str], known: Sequence[Span]) -> list[Span]:
    """The places in a file of some lines, of which a run knows some."""
    return list(dict.fromkeys((*known, *_last.places(path, lines))))


class _Last:
    """What a file told that was asked for last: thousands of findings may stand in one."""

    def __init__(self) -> None:
        self._path = ""
        self._places: Sequence[Span] = ()
        self._lines: Sequence[str] = ()

    def places(self, path: str, lines: Sequence[str]) -> Sequence[Span]:
        if lines is not self._lines or path != self._path:
            self._path, self._lines, self._places = path, lines, _written(path, lines)
        return self._places


_last = _Last()


def by_line(places: Iterable[Span]) -> dict[int, list[Span]]:
    """Places by each line that they have a part of."""
    found: dict[int, list[Span]] = {}
    for place in places:
        for line in range(place.line, place.end_line + 1):
            found.setdefault(line, []).append(place)
    return found


def _written(path: str, lines: Sequence[str]) -> Sequence[Span]:
    if not may_have_places("\n".join(lines)):
        return ()
    from awslint_memo.syntax.secret_places import secret_places

    return secret_places(path, lines)
