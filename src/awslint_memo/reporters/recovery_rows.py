"""What the reports of recovery have in common: the words of each row, its marks, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from awslint_memo.judging.survey import Entry, Family, Prepared, Survey
from awslint_memo.model.durations import compact
from awslint_memo.model.objectives import in_words
from awslint_memo.model.record import record
from awslint_memo.relations.recovery.verdicts import Judged, back

HEAD = ("store", "when", "loses at most", "wanted", "back by", "wanted", "because")
"""The columns of the table."""

MARKS = {"met": "✓", "typically-met": "✓", "typically-missed": "!", "unmet": "✗", "unknown": "?"}
ASCII = {"met": "ok", "typically-met": "ok", "typically-missed": "typ", "unmet": "NO", "unknown": "?"}
"""The marks where a terminal shows ASCII only."""

FAILING = {
    "unmet": ("unmet",),
    "missed": ("unmet", "typically-missed"),
    "unknown": ("unmet", "typically-missed", "unknown"),
    "never": (),
}
"""The verdicts that fail a run, by the value of the option."""


@record(frozen=True)
class Wish:
    """What is shown. disruptions: empty for all. unmet: only what is surely unmet. ascii: no other characters."""

    disruptions: Sequence[str] = ()
    unmet: bool = False
    ascii: bool = False

    @property
    def shows_strategies(self) -> bool:
        """Whether the strategies are shown: they are for the loss of a Region."""
        return not self.unmet and (not self.disruptions or "region" in self.disruptions)

    def rows(self, entry: Entry) -> list[Judged]:
        """The rows of a store that are shown."""
        return [
            row
            for row in entry.rows
            if (not self.disruptions or row.disruption in self.disruptions)
            and (not self.unmet or "unmet" in row.verdicts)
        ]

    def entries(self, family: Family) -> list[tuple[Entry, list[Judged]]]:
        """The stores that are shown, each with its rows."""
        found = [(entry, self.rows(entry)) for entry in family.entries]
        return [(entry, rows) for entry, rows in found if rows or (entry.note and not self.unmet)]

    def shown(self, survey: Survey) -> list[Family]:
        """The families of which something is shown."""
        if not self.unmet:
            return survey.families
        return [one for one in survey.families if self.entries(one)]


def cells(row: Judged, marks: dict[str, str]) -> tuple[str, ...]:
    """The disruption, what is lost and how one gets back, each with what is wanted, and because of what."""
    loss = row.loss
    if row.disruption == "software" and row.bound.reach is not None:
        reach = "for ever" if row.bound.reach == float("inf") else compact(row.bound.reach)
        loss = f"{loss}, {reach} back"
    took = "" if row.drill is None else f", took {compact(row.drill.took)} on {row.drill.on}"
    rpo = _wanted(row.rpo, row.rpo_verdict, marks)
    if row.keep_verdict is not None:
        keep = f"keep {_wanted(row.objectives.keep, row.keep_verdict, marks)}"
        rpo = keep if row.rpo is None else f"{rpo}, {keep}"
    return (
        row.disruption,
        loss,
        rpo,
        f"{back(row.bound)}{took}",
        _wanted(row.rto, row.rto_verdict, marks),
        because(row),
    )


def _wanted(seconds: float | None, verdict: str | None, marks: dict[str, str]) -> str:
    return "-" if seconds is None or verdict is None else f"{compact(seconds)} {marks[verdict]}"


def because(row: Judged) -> str:
    """The place that decides a row, and what stands there."""
    way = row.bound.way or row.bound.best
    if way is None:
        return "nothing in what was read"
    return "; ".join(f"{place.span.path}:{place.span.line} {words}" for place, words in way.because[:2])


def wanted(family: Family) -> str:
    """What all stores of a family want, in words; empty if they do not want the same."""
    objectives = family.objectives
    if objectives is None:
        return ""
    places = dict.fromkeys(layer.place for layer in objectives.layers if layer.entries)
    return f"wanted: {in_words(objectives)}   {', '.join(places)}"


def policies(family: Family) -> Iterator[str]:
    """The policies of a family, each with what it is meant for."""
    for one in family.policies:
        span = one.resource.place.span
        yield f"{one.resource.title} ({span.path}:{span.line}): {one.said}"


def strategies(family: Family) -> Iterator[tuple[str, str]]:
    """What each family here is prepared for: "strategy", or "strategy of shop", and what is said of it."""
    for one in family.prepared:
        subject = "strategy" if one.application is None else f"strategy of {one.application}"
        yield subject, "; ".join(_strategy(one))


def _strategy(one: Prepared) -> Iterator[str]:
    wished = None if one.declared is None else one.declared.strategy
    if wished is not None and one.declared is not None:
        yield f"declared {wished} ({one.declared.place('strategy')})"
    if one.least.untold:
        yield f"not told, as is {one.least.untold}"
        return
    yield f"surely {one.least.surely}"
    yield f"at most {one.best.at_most}" if one.is_complete else f"by what was read at most {one.best.at_most}"
    lacking = one.least.next
    if lacking is not None:
        yield f"for {lacking.strategy}: {', '.join(link.words for link in lacking.missing)}"


def not_told(family: Family) -> Iterator[str]:
    """What of a family no template tells, each with what to do about it."""
    if family.not_judged:
        names = ", ".join(f"{name} ({type_})" for name, type_ in family.not_judged)
        yield f"these stores, which are not judged yet: {names}"
    rows = [row for entry in family.entries for row in entry.rows]
    if any(_is_open(row) for row in rows):
        yield "what other stacks and programs back up (declare `complete: true`, or `elsewhere`)"
    if any(row.bound.back in ("restore", "promote") and row.drill is None for row in rows):
        yield "how long a restore or a promotion takes (declare `measured`)"
    if any(entry.region is None and not entry.note for entry in family.entries):
        yield "the Region (give AWS::Region as a parameter, or declare `regions`)"
    if family.unseen:
        yield f"what was not read: {', '.join(family.unseen)}"
    if not family.is_complete:
        yield "some of the deployments, which are too many"


def _is_open(row: Judged) -> bool:
    """Whether what is made elsewhere may decide a row."""
    is_undecided = row.bound.way is None or "unknown" in (row.rpo_verdict, row.keep_verdict)
    return is_undecided and any(not way.seen for way in row.bound.ways)


def counts(survey: Survey) -> Counter[str]:
    """How many objectives have each verdict."""
    return Counter(verdict for row in survey.rows() for verdict in row.verdicts)


def summary(survey: Survey) -> str:
    """The counts in words."""
    # In deployments that differ, it is the same store.
    stores = sum(len({entry.resource.name for entry in one.entries if entry.rows}) for one in survey.families)
    found = counts(survey)
    number = found.total()
    said = f"{stores} {'store' if stores == 1 else 'stores'}"
    if not number:
        prepared = (one for family in survey.families for one in family.prepared)
        what = "no RPO or RTO" if any(one.declared is not None for one in prepared) else "no objective"
        return f"{said}, {what}; declare them under `recovery` in the configuration"
    parts = (
        ("met", found["met"] + found["typically-met"]),
        ("typically missed", found["typically-missed"]),
        ("unmet", found["unmet"]),
        ("not told", found["unknown"]),
    )
    words = ", ".join(f"{count} {word}" for word, count in parts if count)
    return f"{said}, {number} {'objective' if number == 1 else 'objectives'}: {words}"
