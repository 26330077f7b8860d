"""Finds the suppressions that may cover a finding without a look at all the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from awslint_memo.judging.directives import Suppression
from awslint_memo.model.finding import Finding


class SuppressionIndex:
    """The suppressions of a template by what they cover; a template may have as many of them as lines."""

    def __init__(self, suppressions: Sequence[Suppression], names: Callable[[str, str], bool]) -> None:
        """names: whether a suppression's pattern names the rule of an id."""
        self._all = suppressions
        self._names = names
        self._of_name: dict[str, list[int]] = {}
        self._of_line: dict[tuple[str, int], list[list[int]]] = {}
        self._of_file: dict[str, list[int]] = {}
        self._of_file_and_rule: dict[tuple[str, str], list[int]] = {}
        # Many comments may speak of the same lines.
        of_lines: dict[tuple[str, range], list[int]] = {}
        for number, one in enumerate(suppressions):
            if one.cover.is_file:
                self._of_file.setdefault(one.cover.path, []).append(number)
            for name in one.cover.names:
                self._of_name.setdefault(name, []).append(number)
            within = (range(part.line, part.end_line + 1) for part in one.cover.within)
            for lines in (*one.cover.lines, *within):
                of_lines.setdefault((one.cover.path, lines), []).append(number)
        for (path, lines), numbers in of_lines.items():
            for line in lines:
                self._of_line.setdefault((path, line), []).append(numbers)

    def near(self, finding: Finding) -> list[int]:
        """The numbers of all suppressions that cover a finding, and perhaps of some others, in order."""
        if not self._all:
            return []
        found = {
            *self._of_name.get(finding.resource, ()),
            *self._of_name.get(finding.name, ()),
            *self._in_file(finding.path, finding.rule),
            *self._in_file(finding.home_path, finding.rule),
        }
        for span in (finding.span, *finding.places):
            found.update(number for numbers in self._of_line.get((span.path, span.line), ()) for number in numbers)
        return sorted(found)

    def _in_file(self, path: str, rule: str) -> Sequence[int]:
        everything = self._of_file.get(path)
        if everything is None:
            return ()
        if (path, rule) not in self._of_file_and_rule:
            meant = ((number, self._all[number].directive.rules) for number in everything)
            its = [number for number, patterns in meant if any(self._names(one, rule) for one in patterns)]
            self._of_file_and_rule[path, rule] = its
        return self._of_file_and_rule[path, rule]
