"""The table of recovery for a terminal and in Markdown, and the words that its other formats share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.judging.store_entries import Entry
from awslint_memo.judging.survey import Family, Survey
from awslint_memo.model.durations import compact
from awslint_memo.model.objectives import Objectives, in_words
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.secret import without_keys
from awslint_memo.relations.recovery import entries, figures, losses, untold
from awslint_memo.relations.recovery.timelines import Timeline
from awslint_memo.relations.recovery.verdicts import Judged, back
from awslint_memo.reporters import recovery_drills, recovery_entries, recovery_pages, recovery_strategies
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.markdown import plain
from awslint_memo.reporters.recovery_marks import ASCII, LEGEND, MARKS, WORDS
from awslint_memo.reporters.recovery_untold import OPEN, UNMEASURED, not_told
from awslint_memo.reporters.tables import Group, Table, markdown_lines, text_lines

HEAD = ("store", "when", "loses", "wanted", "back by", "wanted", "because")
"""The columns of the table."""


@record(frozen=True)
class Wish:
    """The rows to show. disruptions: only these; empty for all. unmet: only objectives that are surely unmet.

    ascii: whether other characters are replaced, for a terminal that has none.
    """

    disruptions: Sequence[str] = ()
    unmet: bool = False
    ascii: bool = False

    @property
    def shows_entries(self) -> bool:
        """Whether entries and strategies are shown: they are for the loss of a Region."""
        return not self.disruptions or "region" in self.disruptions

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
        entries = [(entry, self.rows(entry)) for entry in family.entries]
        return [(entry, rows) for entry, rows in entries if rows or (entry.note and not self.unmet)]

    def shown(self, survey: Survey) -> list[Family]:
        """The families of which something is shown."""
        if not self.unmet:
            return survey.families
        return [family for family in survey.families if self.entries(family) or self.timelines(family)]

    def timelines(self, family: Family) -> list[Timeline]:
        """The entries of a family that are shown."""
        every = family.timelines if self.shows_entries else ()
        return [timeline for timeline in every if not self.unmet or _is_late(timeline)]


def _is_late(timeline: Timeline) -> bool:
    return entries.verdict(timeline) == "unmet"


def text(survey: Survey, wish: Wish) -> str:
    """The table for a terminal, with a line feed at the end."""
    marks = ASCII if wish.ascii else MARKS
    blocks = ["\n".join(_text_lines(family, wish, marks)) for family in wish.shown(survey)]
    known = counts(survey)
    legend = "   ".join(f"{marks[verdict]} {words}" for verdict, words in LEGEND.items() if known[verdict])
    blocks.append("\n".join([*([legend] if legend else []), summary(survey)]))
    text = "\n\n".join(blocks) + "\n"
    return text.encode("ascii", "replace").decode() if wish.ascii else text


def _text_lines(family: Family, wish: Wish, marks: Mapping[str, str]) -> Iterator[str]:
    yield visible("   ".join(filter(None, (family.name, ", ".join(family.regions), objectives_of(family)))))
    stores = table(family, wish, marks)
    if stores.groups:
        yield from text_lines(stores)
    yield from map(visible, notes(family, wish))


def markdown(survey: Survey, wish: Wish) -> str:
    """A chapter for each template, for a page or the comment of a pull request."""
    parts = [f"### Recovery: {plain(summary(survey))}"]
    parts += ["\n".join(_markdown_lines(family, wish)) for family in wish.shown(survey)]
    return "\n\n".join(parts) + "\n"


def _markdown_lines(family: Family, wish: Wish) -> Iterator[str]:
    regions = f" ({plain(', '.join(family.regions))})" if family.regions else ""
    yield f"#### {plain(family.name)}{regions}\n"
    if objectives_of(family):
        yield f"{plain(objectives_of(family))}\n"
    stores = table(family, wish, MARKS)
    if stores.groups:
        yield from markdown_lines(stores)
    yield from (f"\n{plain(note[0].upper() + note[1:])}" for note in notes(family, wish))
    yield from recovery_pages.lines(wish.entries(family), wish.timelines(family))


def table(family: Family, wish: Wish, marks: Mapping[str, str]) -> Table:
    """The stores of a family, with a row for each disruption. marks: how a verdict is shown."""
    return Table(HEAD, [_group(entry, rows, marks) for entry, rows in wish.entries(family)])


def _group(entry: Entry, rows: Sequence[Judged], marks: Mapping[str, str]) -> Group:
    names = [entry.resource.title, entry.kind, *([entry.deployment] if entry.deployment else [])]
    together: dict[tuple[str, ...], list[Judged]] = {}
    for row in rows:
        together.setdefault(_cells(row, marks), []).append(row)
    cells = [(", ".join(row.disruption for row in same), *shown) for shown, same in together.items()]
    verdicts = ({2: same[0].rpo_verdict or same[0].keep_verdict, 4: same[0].rto_verdict} for same in together.values())
    known = [{column: verdict for column, verdict in row.items() if verdict is not None} for row in verdicts]
    return Group(cells, names, entry.note, known)


def _cells(row: Judged, marks: Mapping[str, str]) -> tuple[str, ...]:
    """What is lost and how one gets back, each with what is wanted, and because of what."""
    loss = row.loss if row.disruption != "software" else "; ".join(_by_reach(row))
    took = "" if row.drill is None else f", took {compact(row.drill.took)} on {row.drill.on}"
    rpo = _objective(row.rpo, row.rpo_verdict, marks)
    if row.keep_verdict is not None:
        keep = f"keep {_objective(row.objectives.keep, row.keep_verdict, marks)}"
        keep += f" ({row.kept_loss})" if row.kept_loss else ""
        rpo = keep if row.rpo is None else f"{rpo}, {keep}"
    return (
        loss,
        rpo,
        f"{back(row.bound)}{took}",
        _objective(row.rto, row.rto_verdict, marks),
        _because(row),
    )


def _by_reach(row: Judged) -> Iterator[str]:
    """What is lost, and how far one can go back with no more than that: "5m typically, 7d back"."""
    steps = losses.by_reach(row.bound)
    for number, (figure, reach) in enumerate(steps, 1):
        more = " or more" if row.reaches_differ and number == len(steps) else ""
        known = "for ever" if reach == float("inf") else "" if reach is None else compact(reach)
        words = figure.words if number == 1 else figure.brief
        yield f"{words}, {known}{more} back" if known else words


def _objective(seconds: float | None, verdict: str | None, marks: Mapping[str, str]) -> str:
    return "-" if seconds is None or verdict is None else f"{compact(seconds)} {marks[verdict]}"


def _because(row: Judged) -> str:
    """The place that decides a row, what stands there, and what is not told."""
    way, farthest = row.bound.way or row.bound.best, row.bound.farthest
    reasons = [] if way is None else list(way.because[:2])
    if way is not None and farthest is not None and way.reach != farthest.reach:
        reasons += farthest.because[:1]
    parts = [f"{place.span.path}:{place.span.line} {without_keys(words)}" for place, words in reasons]
    if row.is_entry_late and row.entry is not None:
        parts.insert(0, without_keys(f"{row.entry.name} leads elsewhere after {compact(row.entry.least)} or more"))
    apart = min((way.least() for way in row.bound.ways if not way.seen), default=0)
    if not parts and 0 < apart < float("inf"):
        parts.append(f"nothing in what was read; snapshots that others make are {compact(apart)} apart at least")
    parts += [f"not told: {without_keys(reason.words)}" for reason in untold.reasons(row)]
    less = untold.less(row)
    parts += [] if less is None else [f"or less: {without_keys(less.words)}"]
    farther = untold.farther(row)
    parts += [f"farther back, perhaps, by {without_keys(farther)}"] if farther else []
    return "; ".join(parts) or "nothing in what was read"


def objectives_of(family: Family) -> str:
    """What all stores of a family want, in words; empty if they do not want the same."""
    objectives = family.objectives or _of_computing(family)
    if objectives is None:
        return ""
    places = dict.fromkeys(layer.place for layer in objectives.layers if layer.entries)
    return f"wanted: {in_words(objectives)}   {', '.join(places)}"


def _of_computing(family: Family) -> Objectives | None:
    """What is wanted of a family that has no store."""
    declared = [prepared.declared for prepared in family.prepared if prepared.declared is not None]
    return declared[0] if len(declared) == 1 and not family.entries else None


def _policies(family: Family) -> Iterator[str]:
    """The policies of a family, each with what it is meant for."""
    for policy in family.policies:
        span = policy.resource.place.span
        yield f"policy {policy.resource.title} ({span.path}:{span.line}): {policy.said}"


def notes(family: Family, wish: Wish) -> Iterator[str]:
    """Sentences below the table: strategies, what is in transit, policies, and what is not told."""
    yield from map(without_keys, _notes(family, wish))


_NAMED = 3
"""How many templates of a family are named beside those that do not tell its strategy."""


def _together(family: Family) -> Iterator[str]:
    """With which other templates a template is one family."""
    for names in family.together:
        first, *others = names
        if family.name != first:
            rest = [name for name in others if name != family.name]
            # All of them stand where its strategy does.
            yield f"one family with {listed([first, *rest], _NAMED)}; its strategy is told with {first}"
        elif others:
            yield f"one family with {', '.join(others)}"


def _notes(family: Family, wish: Wish) -> Iterator[str]:
    yield from dict.fromkeys(_together(family))  # Two applications may have the same templates.
    if wish.shows_entries and not wish.unmet:
        yield from recovery_strategies.lines(family)
    if wish.shows_entries:
        marks = ASCII if wish.ascii else MARKS
        yield from recovery_entries.lines(family.timelines, marks, only_unmet=wish.unmet)
    if wish.unmet:
        return
    if family.beside.in_transit:
        yield f"in transit, not judged: {', '.join(family.beside.in_transit)}"
    yield from _policies(family)
    yield from recovery_drills.lines(family)
    # What is asked for is told row by row.
    is_asked = any(row.verdicts for entry in family.entries for row in entry.rows)
    yield from (f"not told: {why}" for why in not_told(family) if not is_asked or why not in (OPEN, UNMEASURED))


def counts(survey: Survey) -> Counter[str]:
    """How many objectives have each verdict."""
    return Counter(verdict for row in survey.rows() for verdict in row.verdicts)


def summary(survey: Survey) -> str:
    """The counts in words."""
    # In deployments that differ, it is the same store.
    stores = sum(len({entry.resource.name for entry in family.entries if entry.rows}) for family in survey.families)
    verdicts = counts(survey)
    number = verdicts.total()
    subject = f"{stores} {'store' if stores == 1 else 'stores'}{_in_what_was_read(survey)}"
    if not number:
        return f"{subject}, {_without_objectives(survey)}"
    words = ", ".join(f"{verdicts[verdict]} {WORDS[verdict]}" for verdict in figures.VERDICTS if verdicts[verdict])
    return f"{subject}, {number} {'objective' if number == 1 else 'objectives'}: {words}"


def _in_what_was_read(survey: Survey) -> str:
    """That there may be more stores, where something was not read or could not be judged."""
    unread = len(survey.unread) + len({problem.path for problem in survey.errors if problem.hides})
    return f" in what was read, but {unread} {'part was' if unread == 1 else 'parts were'} not" if unread else ""


def _without_objectives(survey: Survey) -> str:
    """Why no objective of a store is judged, and what to do."""
    if survey.is_declared and not any(True for _ in survey.rows()):
        return "so none of the declared objectives for data has anything to be judged by"
    prepared = (prepared for family in survey.families for prepared in family.prepared)
    what = "no RPO or RTO" if any(state.declared is not None for state in prepared) else "no objective"
    return f"{what}; declare them under `recovery` in the configuration"
