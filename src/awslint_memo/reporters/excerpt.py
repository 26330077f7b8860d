"""Formats a line of a file for a finding: escaped, shortened, without secrets, with the position marked below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from awslint_memo.model.lazy import regex
from awslint_memo.model.secret_texts import Range
from awslint_memo.model.span import Span
from awslint_memo.reporters.characters import visible_at, width
from awslint_memo.reporters.line_secrets import is_marked, literals, ranges_on, secrets_of

WIDTH = 120
"""The maximum width of an excerpt in columns; plans and minified JSON have lines of megabytes."""
_TAB = 4
_MOST = 5 * WIDTH
"""The maximum number of characters, of which some have no width; secrets are looked for among a few thousand."""

_KEY = regex(r"(?:- +)?\\*[\"']?[\w.$:-]{1,80}\\*[\"']?\s*[:=]\s*$")
"""The key before a value."""

_LABELS = regex(r"\s*\w+(?:\s+\"[^\"]*\")*\s+")
"""What stands before the last label of a block."""

_ONE = regex(r"\s*(?:- +)*(?:\\*[\"']?[\w.$/:-]+\\*[\"']?\s*[:=]\s*)?[^{\[]*[{\[(]?\s*")
"""A line that holds one key and its value, or the beginning of it."""


def excerpt(
    lines: Sequence[str], span: Span, *, is_secret: bool = False, secrets: Sequence[Span] = ()
) -> tuple[str, str]:
    """The line on which `span` starts, formatted, and the line of marks (^) to show below it.

    A span of several lines is marked to the end of its first line. Of a line that is long, or on which something else
    is or may be a secret, only the span is shown, with its key. lines: those of the file. is_secret: whether nobody may
    see what stands there. secrets: the places in the file of which the run knows that nobody may see them.
    """
    line = lines[span.line - 1]
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line.rstrip())
    hidden = [*secrets_of(lines, span.line - 1, start), *ranges_on(line, span.line, secrets)]
    is_crowded = _ONE.fullmatch(line) is None
    is_secret = is_secret and not _is_name(line, start, end)
    if is_secret:
        hidden += [(start + first, start + last) for first, last in literals(line[start:end])]
    is_cut = _is_long(line) or is_secret or (is_crowded and (hidden or is_marked(line)))
    first, last = 0, len(line)
    if is_cut:
        is_open = not (hidden or is_secret or is_marked(line))
        hidden += [] if is_open else _inside(line, start, end)
        first, last = _around(line, start, end)
    return _formatted(line, range(first, last), (start, end), hidden)


@lru_cache(maxsize=4)
def _is_plain(line: str) -> bool:
    """Whether each character of a line is shown as it is, in one column: almost always, and a tenth of the work."""
    return line.isascii() and line.isprintable() and "##" not in line


def _is_long(line: str) -> bool:
    if len(line) > WIDTH or _is_plain(line):
        return len(line) > WIDTH
    return sum(width(_cell(line, index, 0)) for index in range(len(line))) > WIDTH


def _is_name(line: str, start: int, end: int) -> bool:
    """Whether the place is a key or the name of a block, which is no value."""
    return line[end : end + 2].lstrip("\"'").startswith(":") or _LABELS.fullmatch(line[:start]) is not None


def _around(line: str, start: int, end: int) -> Range:
    """The part of a line to show: the place and its key."""
    before = line[max(start - 100, 0) : start]
    key = _KEY.search(before)
    first = start if key is None else start - len(before) + key.start()
    first = 0 if first < 100 and not line[:first].strip() else first
    return first, max(end, start)


def _inside(line: str, start: int, end: int) -> list[Range]:
    """What a mapping or a list holds that begins in a place: nobody knows which of it may be shown."""
    inside = re.compile(r"[{\[]").search(line, start, end)
    return [] if inside is None else [(inside.end(), end)]


def _formatted(line: str, shown: range, place: Range, hidden: Sequence[Range]) -> tuple[str, str]:
    if not hidden and _is_plain(line):
        return _formatted_plain(line, shown, place)
    start, end = place
    text, marks = (["…"], [" "]) if shown.start > 0 else ([], [])
    used = column = 0
    for first, last in _pieces(shown, hidden):
        is_hidden = last - first > 1 or any(stretch[0] <= first < stretch[1] for stretch in hidden)
        cell = "…" if is_hidden else _cell(line, first, column)
        column += width(cell)
        used += width(cell)
        if used > WIDTH or len(text) > _MOST:
            text.append("…")
            break
        text.append(cell)
        marks.append(("^" if first < end and last > start else " ") * width(cell))
    else:
        if line[shown.stop :].strip(" \t\r\n,)") and text[-1:] != ["…"]:
            text.append("…")
    marked = "".join(marks).rstrip()
    if "^" not in marked:
        # An empty value or the end of a line has no character to mark, so one column is marked.
        before = sum(last <= start for _, last in _pieces(range(shown.start, min(start, shown.stop)), hidden))
        marked = "".join(marks[: before + (shown.start > 0)]) + "^"
    return "".join(text).rstrip(), marked


def _formatted_plain(line: str, shown: range, place: Range) -> tuple[str, str]:
    first, last = shown.start, min(shown.stop, shown.start + WIDTH)
    start, end = (min(max(index, first), last) for index in place)
    before = "…" if first > 0 else ""
    has_more = last < shown.stop or (line[last:].strip(" \t\r\n,)") != "" and (first < last or not before))
    text = before + line[first:last] + ("…" if has_more else "")
    return text.rstrip(), " " * (len(before) + start - first) + "^" * max(end - start, 1)


def _pieces(shown: range, hidden: Sequence[Range]) -> Iterator[Range]:
    """The parts of a line that have a cell each: a character that is shown, or all that are hidden in a row."""
    ranges = sorted(hidden)
    index, number = shown.start, 0
    while index < shown.stop:
        end = index
        while number < len(ranges) and ranges[number][0] <= end:
            end = max(end, ranges[number][1])
            number += 1
        end = min(max(end, index + 1), shown.stop)
        yield index, end
        index = end


def _cell(line: str, index: int, column: int) -> str:
    """A character as it is shown; a tab extends to the next tab stop."""
    return " " * (_TAB - column % _TAB) if line[index] == "\t" else visible_at(line, index)
