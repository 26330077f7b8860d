"""AWS's pages for the figures of a family that are shown, each with the day on which it was read, for Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.judging.store_entries import Entry
from awslint_memo.model.facts import DOCUMENTATION
from awslint_memo.relations.recovery import figures, losses
from awslint_memo.relations.recovery.timelines import Timeline
from awslint_memo.relations.recovery.verdicts import Judged


def lines(stores: Iterable[tuple[Entry, Sequence[Judged]]], timelines: Sequence[Timeline]) -> Iterator[str]:
    """A paragraph with the pages, in the order of the rows and of the entries' steps; nothing if there is none.

    stores: those that are shown, each with its rows. timelines: the entries that are shown.
    """
    pages = [*_of_rows(row for _, rows in stores for row in rows), *_of_timelines(timelines)]
    shown = [linked(page) for page in dict.fromkeys(pages) if page]
    if shown:
        yield f"\nPages of AWS: {', '.join(shown)}"


def linked(page: str) -> str:
    """A page of AWS as a link of Markdown, with the day on which a figure was read there."""
    address = f"<{page if '://' in page else DOCUMENTATION + page}>"
    day = figures.day_read(page)
    return address if day is None else f"{address} (read on {day})"


def _of_rows(rows: Iterable[Judged]) -> Iterator[str]:
    """The pages of what is lost, and of how one gets back."""
    for row in rows:
        yield losses.figure(row.bound).page
        way = row.bound.way
        if way is not None:
            yield way.source


def _of_timelines(timelines: Sequence[Timeline]) -> Iterator[str]:
    for timeline in timelines:
        yield from (step.page for step in timeline.each())
