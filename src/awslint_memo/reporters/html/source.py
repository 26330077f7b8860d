"""The line of a file that a finding points at, and the lines that its fix changes, as they may be shown.

They are escaped, shortened and without secrets. The lines around them are not shown, as nobody knows of which of them
the secrets are: a secret may be a key there.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from awslint_memo.fixes.edit import Edit, applied
from awslint_memo.fixes.suggestion import Suggestion, TextEdit
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.phrases import counted
from awslint_memo.model.span import Span
from awslint_memo.reporters.characters import visible, width
from awslint_memo.reporters.difference import ShownLines, hunks
from awslint_memo.reporters.excerpt import excerpt
from awslint_memo.reporters.html.markup import EMPTY, LINE_END, Markup, element, joined
from awslint_memo.reporters.line_secrets import HiddenPlaces

_ABOVE, _BELOW = 64, 16
"""Lines around an edit by which it is judged what of it nobody may see."""

_LONGEST = 4_000
"""Characters of a line of which a change is shown."""

_MOST = 500
"""Lines of a part of a difference that are compared; a fix may align thousands."""

_NEAR = _ABOVE + _BELOW
"""Lines between two edits that make them one part of the difference."""


class Sources:
    """The files of a report; each is read once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lines: dict[str, Sequence[str]] = {}
        self._places = HiddenPlaces(self.lines, report.secrets)

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file; none if it can't be read again."""
        if path not in self._lines:
            self._lines[path] = self._report.lines(path)
        return self._lines[path]

    def secrets(self, path: str) -> Sequence[Span]:
        """The places in a file that nobody may see."""
        return self._places.of(path)

    def excerpt(self, span: Span, *, is_secret: bool, home: Span | None = None) -> Markup:
        """The line on which a span begins, with the place marked; nothing if the file has no such line.

        home: where the name of its resource stands, whose line is shown above it.
        """
        if span.line > len(self.lines(span.path)):
            return EMPTY
        rows = [self._line(span, is_secret=is_secret, kind="row place")]
        if home is not None and home.path == span.path and home.line < span.line:
            kind = "row" if home.line == span.line - 1 else "row far"
            rows = [self._line(home, is_secret=False, kind=kind), *rows]
        return element("pre", *rows, class_="source")

    def _line(self, span: Span, *, is_secret: bool, kind: str) -> Markup:
        words, marks = excerpt(
            self.lines(span.path), span, is_secret=is_secret, secrets=self._places.on(span.path, span.line)
        )
        shown = _marked_cells(words, marks) if "place" in kind else [words]
        return element("span", element("code", *shown), LINE_END, class_=kind, data_no=span.line)


def _marked_cells(words: str, marks: str) -> Iterator[Markup]:
    """The words of an excerpt, with an element around what is marked below them."""
    cells: list[tuple[bool, str]] = []
    column = 0
    for character in words:
        columns = width(character)
        is_marked = "^" in marks[column : column + columns] if columns else bool(cells) and cells[-1][0]
        cells.append((is_marked, character))
        column += columns
    if len(marks) > column:
        cells += [(False, " ")] * (len(marks) - column - 1) + [(True, " ")]
    for is_marked, ones in groupby(cells, key=lambda cell: cell[0]):
        run = "".join(character for _, character in ones)
        yield element("mark", run) if is_marked else joined(run)


def repair(report: Report, finding: Finding, sources: Sources) -> Markup:
    """The fix of a finding, folded, with its difference; nothing if it has none."""
    suggestion: Suggestion | None = report.suggest(finding)
    if suggestion is None or (finding.construct is not None and finding.construct.is_generated):
        return EMPTY  # What an app makes would be made again by its next synthesis.
    if suggestion.refused:
        return element("p", f"No fix is made here: {suggestion.refused}", class_="refused")
    badge = element("span", "unsafe" if suggestion.unsafe else "safe", class_="tag")
    title = element("summary", "Fix (", badge, f"): {suggestion.title}")
    option = "--fix --unsafe-fixes" if suggestion.unsafe else "--fix"
    why = f"A person should decide, as this {suggestion.unsafe}. " if suggestion.unsafe else ""
    how = element("p", why, "It is made with ", element("code", f"awslint-memo lint {option}"), ".")
    return element("details", title, how, _difference(suggestion.edits, sources), class_="fix")


def _difference(edits: Sequence[TextEdit], sources: Sources) -> Markup:
    by_path: dict[str, list[TextEdit]] = {}
    for edit in edits:
        by_path.setdefault(edit.span.path, []).append(edit)
    rows = [line for path, ones in by_path.items() for line in difference(path, ones, sources)]
    kinds = {"+": "add", "-": "del", "@": "at"}
    lines = []
    for line in rows:
        kind = "at" if line.startswith(("--- ", "+++ ")) else kinds.get(line[:1], "same")
        name = {"add": "ins", "del": "del"}.get(kind, "span")
        lines.append(element(name, line, LINE_END, class_=f"row {kind}"))
    return element("pre", *lines, class_="diff") if lines else EMPTY


def difference(path: str, edits: Sequence[TextEdit], sources: Sources) -> Iterator[str]:
    """The lines of a unified diff of a file for some edits."""
    lines, secrets = sources.lines(path), sources.secrets(path)
    name = visible(os.path.normpath(path).replace(os.sep, "/")).lstrip("/")
    yield from (f"--- a/{name}", f"+++ b/{name}")
    grown = 0
    for part in _parts(edits):
        # A line is judged by those around it.
        first = max(part[0].span.line - 1 - _ABOVE, 0)
        last = min(max(edit.span.end_line for edit in part) + _BELOW, len(lines))
        known = [_up(place, first) for place in secrets if place.line <= last and place.end_line > first]
        is_large = last - first > _MOST
        if is_large or any(len(line) > _LONGEST for line in lines[first:last]):
            what = "there are too many" if is_large else "the lines are too long"
            yield f"@@ not shown, as {what}: {counted(len(part), 'change')} @@"
            continue
        text = "\n".join(lines[first:last]) + ("\n" if last < len(lines) else "")
        edited = _Edited(text, [TextEdit(_up(edit.span, first), edit.text) for edit in part])
        old, new = ShownLines(text, known), ShownLines(edited.text, [edited.moved(place) for place in known])
        whole = (0, len(old.lines)), (0, len(new.lines))
        yield from hunks(old, new, *whole, (first, first + grown), context=0)
        grown += len(new.lines) - len(old.lines)


def _parts(edits: Sequence[TextEdit]) -> list[list[TextEdit]]:
    """The edits in their order; those that are near each other are one part."""
    parts: list[list[TextEdit]] = []
    last = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if parts and edit.span.line <= last + _NEAR:
            parts[-1].append(edit)
        else:
            parts.append([edit])
        last = max(last, edit.span.end_line)
    return parts


def _up(span: Span, lines: int) -> Span:
    """A place in a text that begins so many lines later."""
    if span.line <= lines:
        return Span(span.path, 1, 1, span.end_line - lines, span.end_column)
    return Span(span.path, span.line - lines, span.column, span.end_line - lines, span.end_column)


class _Edited:
    """A text with edits made, and where its places are then."""

    def __init__(self, text: str, edits: Sequence[TextEdit]) -> None:
        self._starts = _starts(text)
        self._edits = [Edit(*self._offsets(edit.span), edit.text) for edit in edits]
        self.text = applied(text, self._edits)
        self._new_starts = _starts(self.text)

    def moved(self, span: Span) -> Span:
        """Where a place is after the edits."""
        start, end = (self._place(self._after(offset)) for offset in self._offsets(span))
        return Span(span.path, *start, *end)

    def _offsets(self, span: Span) -> tuple[int, int]:
        return self._offset(span.line, span.column), self._offset(span.end_line, span.end_column)

    def _offset(self, line: int, column: int) -> int:
        return self._starts[min(line, len(self._starts) - 1) - 1] + column - 1

    def _after(self, offset: int) -> int:
        return offset + sum(len(edit.text) - (edit.end - edit.start) for edit in self._edits if edit.end <= offset)

    def _place(self, offset: int) -> tuple[int, int]:
        line = max(bisect_right(self._new_starts, max(offset, 0)), 1)
        return line, offset - self._new_starts[line - 1] + 1


def _starts(text: str) -> list[int]:
    """Where each line begins, and where another one would."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
