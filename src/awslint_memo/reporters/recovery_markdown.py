"""The table of recovery in Markdown, for a page or the comment of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.judging.survey import Family, Survey
from awslint_memo.reporters.markdown import plain
from awslint_memo.reporters.recovery_rows import HEAD, MARKS, Wish, cells, not_told, strategies, summary, wanted

_HEAD = f"| {' | '.join(HEAD)} |\n{'| --- ' * len(HEAD)}|"


def report(survey: Survey, wish: Wish) -> str:
    """A chapter for each template."""
    parts = [f"### Recovery: {plain(summary(survey))}"]
    parts += ["\n".join(_family(one, wish)) for one in wish.shown(survey)]
    return "\n\n".join(parts) + "\n"


def _family(family: Family, wish: Wish) -> Iterator[str]:
    where = f" ({plain(', '.join(family.regions))})" if family.regions else ""
    yield f"#### {plain(family.name)}{where}\n"
    if wanted(family):
        yield f"{plain(wanted(family))}\n"
    entries = wish.entries(family)
    if entries:
        yield _HEAD
    for entry, rows in entries:
        where = f" ({entry.deployment})" if entry.deployment else ""
        name = plain(f"{entry.resource.title}, {entry.kind}{where}")
        if entry.note:
            yield f"| {name} | - | {plain(entry.note)} | | | | |"
        for number, row in enumerate(rows):
            yield f"| {name if number == 0 else ''} | {' | '.join(map(plain, cells(row, MARKS)))} |"
    if not wish.unmet:
        for subject, said in strategies(family) if wish.shows_strategies else ():
            yield f"\n{plain(subject.capitalize())}: {plain(said)}"
        if family.in_transit:
            yield f"\nIn transit, not judged: {plain(', '.join(family.in_transit))}"
        yield from (f"\nNot told: {plain(one)}" for one in not_told(family))
