"""A merged report for people."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.comparing.merged import Merged
from awslint_memo.reporters.characters import visible, width
from awslint_memo.reporters.merged_rows import Part, parts, sentences, summary


def report(merged: Merged, most: int) -> str:
    """The totals, and tables with at most so many rows each."""
    blocks = ["\n".join([summary(merged), *map(visible, sentences(merged))])]
    blocks += ["\n".join(_lines(one)) for one in parts(merged, most)]
    return "\n\n".join(blocks) + "\n"


def _lines(part: Part) -> Iterator[str]:
    rows = [[visible(cell) for cell in row] for row in ([part.head] if part.head else []) + [*part.rows]]
    # The last column is a name of any length.
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)][:-1]
    yield f"{part.title}:"
    for row in rows:
        numbers = (" " * (size - width(cell)) + cell for cell, size in zip(row, widths, strict=False))
        yield "  " + "  ".join([*numbers, row[-1]])
    if part.others:
        yield f"  and {part.others} more (--top)"
