"""The table of recovery for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.judging.survey import Entry, Family, Survey
from awslint_memo.relations.recovery.verdicts import Judged
from awslint_memo.reporters.characters import visible, width
from awslint_memo.reporters.recovery_rows import ASCII, HEAD, MARKS, Wish, cells, not_told, strategies, summary, wanted


def report(survey: Survey, wish: Wish) -> str:
    """The whole table, with a line feed at the end."""
    marks = ASCII if wish.ascii else MARKS
    blocks = ["\n".join(_family(one, wish, marks)) for one in wish.shown(survey)]
    legend = f"{marks['met']} met, or met as AWS documents it   {marks['typically-missed']} typically missed   "
    legend += f"{marks['unmet']} surely unmet   {marks['unknown']} not told"
    has_objectives = any(row.verdicts for row in survey.rows())
    blocks.append("\n".join([*([legend] if has_objectives else []), summary(survey)]))
    text = "\n\n".join(blocks) + "\n"
    return text.encode("ascii", "replace").decode() if wish.ascii else text


def _family(family: Family, wish: Wish, marks: dict[str, str]) -> Iterator[str]:
    parts = (visible(family.name), ", ".join(map(visible, family.regions)), visible(wanted(family)))
    yield "   ".join(filter(None, parts))
    rows = [HEAD, *(row for entry, shown in wish.entries(family) for row in _entry(entry, shown, marks))]
    if len(rows) > 1:
        yield from _table(rows)
    for subject, said in strategies(family) if wish.shows_strategies else ():
        yield f"{visible(subject)}: {visible(said)}"
    if family.in_transit and not wish.unmet:
        yield f"in transit, not judged: {', '.join(map(visible, family.in_transit))}"
    for one in not_told(family) if not wish.unmet else ():
        yield f"not told: {visible(one)}"


def _entry(entry: Entry, rows: Sequence[Judged], marks: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """The rows of a store; its name, its kind and its deployments stand below each other."""
    names = [entry.resource.title, f"  {entry.kind}", *([f"  {entry.deployment}"] if entry.deployment else [])]
    found: list[tuple[str, ...]] = [cells(row, marks) for row in rows]
    if entry.note:
        found = [("-", entry.note)]
    for number in range(max(len(names), len(found))):
        name = names[number] if number < len(names) else ""
        yield (name, *(found[number] if number < len(found) else ()))


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows in columns; the last cell of a row may be of any length."""
    shown = [tuple(visible(cell) for cell in row) for row in rows]
    columns = max(len(row) for row in shown)
    widths = [max((width(row[at]) for row in shown if at < len(row) - 1), default=0) for at in range(columns)]
    for row in shown:
        padded = (cell + " " * (widths[at] - width(cell)) for at, cell in enumerate(row[:-1]))
        yield "  ".join((*padded, row[-1])).rstrip()
