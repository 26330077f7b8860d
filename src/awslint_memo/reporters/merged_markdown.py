"""A merged report in Markdown, for a page or a job's summary."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.comparing.merged import Merged
from awslint_memo.reporters.markdown import plain
from awslint_memo.reporters.merged_rows import Part, parts, sentences, summary


def report(merged: Merged, most: int) -> str:
    """The totals, and tables with at most so many rows each."""
    blocks = [f"### awslint-memo: {plain(summary(merged))}", *(f"{plain(one)}." for one in sentences(merged))]
    blocks += ["\n".join(_lines(one)) for one in parts(merged, most)]
    return "\n\n".join(blocks) + "\n"


def _lines(part: Part) -> Iterator[str]:
    yield f"**{part.title[0].upper()}{part.title[1:]}**\n"
    if part.head:
        yield f"| {' | '.join(part.head)} |\n|{' ---: |' * (len(part.head) - 1)} --- |"
        yield from (f"| {' | '.join(map(plain, row))} |" for row in part.rows)
    else:
        yield from (f"- {plain(row[0])}" for row in part.rows)
    if part.others:
        yield f"\nand {part.others} more (`--top`)"
