"""Tables of reports: one model, with printers for a terminal and for Markdown; html/recovery.py prints it as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from awslint_memo.model.record import record
from awslint_memo.reporters.characters import visible, width
from awslint_memo.reporters.markdown import plain


@record(frozen=True)
class Group:
    """Rows about one thing. names: its name, its kind and where it is; empty if the rows have all of it.

    note: a sentence in place of rows. verdicts: for each row the verdict of a cell, by the number of its column.
    """

    rows: Sequence[Sequence[str]]
    names: Sequence[str] = ()
    note: str = ""
    verdicts: Sequence[Mapping[int, str]] = ()


@record(frozen=True)
class Table:
    """A table. head: the names of its columns; empty for a list. others: how many rows are left out.

    has_numbers: whether all columns but the last hold numbers.
    """

    head: Sequence[str]
    groups: Sequence[Group]
    has_numbers: bool = False
    others: int = 0


def text_lines(table: Table) -> Iterator[str]:
    """The rows for a terminal, in columns; the last cell of a row may be of any length.

    The name, the kind and the place of a group stand below each other.
    """
    rows: list[Sequence[str]] = [table.head] if table.head else []
    for group in table.groups:
        cells = [("-", group.note)] if group.note else group.rows
        names = [name if number == 0 else f"  {name}" for number, name in enumerate(group.names)]
        rows += [(name, *row) for name, row in zip_longest(names, cells, fillvalue="")] if names else cells
    shown = [[visible(cell) for cell in row] for row in rows]
    columns = max(map(len, shown))
    widths = [max((width(row[at]) for row in shown if at < len(row) - 1), default=0) for at in range(columns)]
    for row in shown:
        blanks = [" " * (widths[at] - width(cell)) for at, cell in enumerate(row[:-1])]
        padded = (blank + cell if table.has_numbers else cell + blank for blank, cell in zip(blanks, row, strict=False))
        yield "  ".join((*padded, row[-1])).rstrip()


def markdown_lines(table: Table) -> Iterator[str]:
    """The rows in Markdown; the name of a group stands in its first row."""
    columns = len(table.head)
    if not table.head:
        yield from (f"- {plain(row[0])}" for group in table.groups for row in group.rows)
        return
    yield f"| {' | '.join(table.head)} |"
    yield f"|{' ---: |' * (columns - 1)} --- |" if table.has_numbers else f"{'| --- ' * columns}|"
    for group in table.groups:
        name = plain(", ".join(group.names[:2]) + "".join(f" ({where})" for where in group.names[2:]))
        if group.note:
            yield f"| {name} | - | {plain(group.note)} |{' |' * (columns - 3)}"
        for number, row in enumerate(group.rows):
            cells = ([name if number == 0 else ""] if name else []) + [plain(cell) for cell in row]
            yield f"| {' | '.join(cells)} |"
