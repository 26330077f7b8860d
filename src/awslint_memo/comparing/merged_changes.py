"""What grew and what fell since an earlier merged report: by rule, root, owner and repository."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from awslint_memo.comparing.merged import Merged
from awslint_memo.files.source import Source, read
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem

Counts: TypeAlias = "Mapping[tuple[str, ...], int]"
"""How many findings there are, by what names the row."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "rules": ("rule",),
    "owners": ("owner",),
    "roots": ("repository", "root"),
    "repositories": ("repository",),
}
"""The lists of a merged report that are compared, each with the members that name a row."""


@record(frozen=True)
class Change:
    """A row whose number of findings is another one. names: as `KINDS` has them."""

    names: tuple[str, ...]
    was: int
    now: int

    @property
    def difference(self) -> int:
        """How many more there are; below 0 if there are fewer."""
        return self.now - self.was


@record(frozen=True)
class MergedChanges:
    """What changed since an earlier merged report. path: that report. was, now: the numbers of all findings.

    changes: by kind, those that grew most first. left_out: the kinds that the earlier report does not tell.
    came, went: the repositories of which only one of the two has a report, whose findings count all the same.
    """

    path: str
    was: int
    now: int
    changes: Mapping[str, Sequence[Change]]
    left_out: Sequence[str]
    came: Sequence[str]
    went: Sequence[str]


def changes(path: str, merged: Merged) -> MergedChanges:
    """What changed since the merged report at a path. Raises Problem if that is none of version 1."""
    source = read(path)
    earlier = _loaded(source)
    then = {kind: _counted(earlier, kind, names, source) for kind, names in KINDS.items() if kind in earlier}
    now = numbers(merged)
    repositories = {names[0] for names in then["repositories"]}
    called = {report.name for report in merged.reports}
    return MergedChanges(
        path,
        sum(then["repositories"].values()),
        sum(now["repositories"].values()),
        {kind: _changed(counts, now[kind]) for kind, counts in then.items()},
        [kind for kind in KINDS if kind not in then],
        sorted(called - repositories),
        sorted(repositories - called),
    )


def numbers(merged: Merged) -> dict[str, Counter[tuple[str, ...]]]:
    """How many findings there are of each rule, owner, root and repository."""
    counts: dict[str, Counter[tuple[str, ...]]] = {kind: Counter() for kind in KINDS}
    for report in merged.reports:
        counts["repositories"][report.name,] += sum(report.numbers.values())
        for (rule, _), number in report.numbers.items():
            counts["rules"][rule,] += number
        for (owner, _), number in report.owners.items():
            counts["owners"][owner,] += number
        for (root, _), number in report.roots.items():
            counts["roots"][report.name, root] += number
    return counts


def _changed(then: Counts, now: Counts) -> list[Change]:
    rows = (Change(names, then.get(names, 0), now.get(names, 0)) for names in {**then, **now})
    return sorted((row for row in rows if row.difference), key=lambda row: (-row.difference, row.names))


def _loaded(source: Source) -> dict[str, Any]:
    try:
        data = json.loads(source.text)
    except (ValueError, RecursionError) as error:
        raise Problem(f"this is no merged report; {_AGAIN}", source.path) from error
    if not isinstance(data, dict) or not {"repositories", "rules", "totals"} <= data.keys():
        raise Problem(f"this is no merged report; {_AGAIN}", source.path)
    if data.get("version") != 1:
        raise Problem(f"the merged report has another version than 1; {_AGAIN}", source.path)
    return data


_AGAIN = "make one with awslint-memo merge --format json"


def _counted(data: Mapping[str, Any], kind: str, names: Sequence[str], source: Source) -> Counter[tuple[str, ...]]:
    """How many findings an earlier merged report has in each row of a list."""
    counts: Counter[tuple[str, ...]] = Counter()
    for row in _rows(data[kind], kind, source):
        number = row.get("findings")
        if not isinstance(number, int) or not all(isinstance(row.get(name), str) for name in names):
            raise Problem(f"{kind} has a row without {', '.join((*names, 'findings'))}; {_AGAIN}", source.path)
        counts[tuple(row[name] for name in names)] += number
    return counts


def _rows(rows: Any, kind: str, source: Source) -> Iterator[Mapping[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Problem(f"{kind} is no list of rows; {_AGAIN}", source.path)
    yield from rows
