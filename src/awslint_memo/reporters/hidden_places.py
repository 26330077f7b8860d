"""The places in files that nobody may see: those that the run knows, and those that a file tells by its parse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from awslint_memo.judging.report import Lines, Report
from awslint_memo.model.span import Span
from awslint_memo.syntax.secret_places import secret_places


class HiddenPlaces:
    """Those of the files of a report; each file is looked at once.

    lines: gives the lines of a file. known: what the run knows, by path.
    """

    def __init__(self, lines: Lines, known: Mapping[str, Sequence[Span]]) -> None:
        self._lines, self._known = lines, known
        self._places: dict[str, Sequence[Span]] = {}
        self._by_line: dict[str, Mapping[int, Sequence[Span]]] = {}

    @staticmethod
    def of_report(report: Report) -> HiddenPlaces:
        """Those of a report, whose files are read again."""
        return HiddenPlaces(report.lines, report.secrets)

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
        self._path, self._places = "", list[Span]()
        self._lines: Sequence[str] = ()

    def places(self, path: str, lines: Sequence[str]) -> Sequence[Span]:
        if lines is not self._lines or path != self._path:
            self._path, self._lines, self._places = path, lines, secret_places(path, lines)
        return self._places


_last = _Last()


def by_line(places: Iterable[Span]) -> dict[int, list[Span]]:
    """Places by each line that they have a part of."""
    found: dict[int, list[Span]] = {}
    for place in places:
        for line in range(place.line, place.end_line + 1):
            found.setdefault(line, []).append(place)
    return found
