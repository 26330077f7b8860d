"""The table of recovery, where objectives are declared: what each store loses, and how one gets back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.judging.survey import Entry, Family, Survey
from awslint_memo.relations.recovery.verdicts import Judged
from awslint_memo.reporters.html.element import Markup, element, joined, listed
from awslint_memo.reporters.html.reasons import in_words
from awslint_memo.reporters.recovery_rows import HEAD, Wish, cells, not_told, policies, strategies, summary, wanted

_MARKS: Mapping[str, str] = {
    "met": "✓ met",
    "typically-met": "✓ typically met",
    "typically-missed": "! typically missed",
    "unmet": "✗ unmet",
    "unknown": "? not told",
}


def is_declared(survey: Survey | None) -> bool:
    """Whether somebody wants something of recovery here."""
    if survey is None:
        return False
    has_objectives = any(row.verdicts for row in survey.rows())
    return has_objectives or any(one.declared is not None for family in survey.families for one in family.prepared)


def chapter(survey: Survey) -> Markup:
    """A table for each template."""
    notices = listed([joined(*in_words(one)) for one in survey.notices])
    return joined(element("p", summary(survey)), notices, *map(_family, survey.families))


def _family(family: Family) -> Markup:
    where = f" ({', '.join(family.regions)})" if family.regions else ""
    head = element("h3", element("code", family.name, class_="root"), where)
    said = [element("p", wanted(family))] if wanted(family) else []
    bodies = [_store(entry, list(rows)) for entry, rows in Wish().entries(family)]
    heads = element("thead", element("tr", *(element("th", one, scope="col") for one in HEAD)))
    table = element("table", heads, *bodies)
    wide = element("div", table, class_="wide", tabindex=0, role="region", aria_label=f"Recovery of {family.name}")
    notes = listed([joined(*in_words(one)) for one in _notes(family)])
    return element("section", head, *said, *([wide] if bodies else []), notes, class_="recovery")


def _store(entry: Entry, rows: list[Judged]) -> Markup:
    where = f" ({entry.deployment})" if entry.deployment else ""
    name = [element("code", entry.resource.title), f" {entry.kind}{where}"]
    head = element("th", *name, scope="rowgroup", rowspan=max(len(rows), 1))
    if entry.note:
        made = [element("tr", head, element("td", entry.note, colspan=len(HEAD) - 1))]
    else:
        made = [element("tr", *([head] if at == 0 else []), *_cells(row)) for at, row in enumerate(rows)]
    return element("tbody", *made)


def _cells(row: Judged) -> Iterator[Markup]:
    verdicts = {2: row.rpo_verdict or row.keep_verdict, 4: row.rto_verdict}
    for at, words in enumerate(cells(row, dict(_MARKS))):
        verdict = verdicts.get(at)
        yield element("td", words, class_=None if verdict is None else f"verdict {verdict}")


def _notes(family: Family) -> Iterator[str]:
    for subject, said in strategies(family):
        yield f"{subject.capitalize()}: {said}"
    if family.in_transit:
        yield f"In transit, not judged: {', '.join(family.in_transit)}"
    yield from (f"Policy {one}" for one in policies(family))
    yield from (f"Not told: {one}" for one in not_told(family))
