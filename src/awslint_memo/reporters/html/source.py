"""The line of a file that a finding points at, as it may be shown: escaped, shortened and without secrets.

The lines around it are not shown, as nobody knows of which of them the secrets are: a secret may be a key there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from awslint_memo.judging.report import Report
from awslint_memo.model.span import Span
from awslint_memo.reporters.characters import width
from awslint_memo.reporters.excerpt import excerpt
from awslint_memo.reporters.html.element import EMPTY, LINE_END, Markup, element, joined


class Sources:
    """The files of a report; each is read once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lines: dict[str, Sequence[str]] = {}

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file; none if it can't be read again."""
        if path not in self._lines:
            self._lines[path] = self._report.lines(path)
        return self._lines[path]

    def secrets(self, path: str) -> Sequence[Span]:
        """The places in a file that nobody may see."""
        return self._report.secrets.get(path, ())

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
        words, marks = excerpt(self.lines(span.path), span, is_secret=is_secret, secrets=self.secrets(span.path))
        shown = _marked(words, marks) if "place" in kind else [words]
        return element("span", element("code", *shown), LINE_END, class_=kind, data_no=span.line)


def _marked(words: str, marks: str) -> Iterator[Markup]:
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
    for is_marked, ones in groupby(cells, key=lambda one: one[0]):
        run = "".join(character for _, character in ones)
        yield element("mark", run) if is_marked else joined(run)
