"""The table of recovery, where objectives are declared: what each store loses, and how one gets back."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.judging.survey import Family, Survey
from awslint_memo.reporters.html.findings import in_words
from awslint_memo.reporters.html.markup import EMPTY, Markup, element, joined, listed
from awslint_memo.reporters.recovery import Wish, notes, objectives_of, summary, table
from awslint_memo.reporters.tables import Group, Table

_MARKS: Mapping[str, str] = {
    "met": "✓ met",
    "typically-met": "✓ typically met",
    "typically-missed": "! typically missed",
    "unmet": "✗ unmet",
    "unknown": "? not told",
}


def is_declared(survey: Survey | None) -> bool:
    """Whether objectives, or a strategy, are declared for what the survey has."""
    if survey is None:
        return False
    has_objectives = any(row.verdicts for row in survey.rows())
    return has_objectives or any(
        prepared.declared is not None for family in survey.families for prepared in family.prepared
    )


def chapter(survey: Survey) -> Markup:
    """A table for each template."""
    notices = listed([joined(*in_words(notice)) for notice in survey.notices])
    return joined(element("p", summary(survey)), notices, *map(_family, survey.families))


def _family(family: Family) -> Markup:
    where = f" ({', '.join(family.regions)})" if family.regions else ""
    head = element("h3", element("code", family.name, class_="root"), where)
    objectives = [element("p", objectives_of(family))] if objectives_of(family) else []
    stores = _table(table(family, Wish(), _MARKS), f"Recovery of {family.name}")
    sentences = listed([joined(*in_words(note[0].upper() + note[1:])) for note in notes(family, Wish())])
    return element("section", head, *objectives, stores, sentences, class_="recovery")


def _table(table: Table, label: str) -> Markup:
    if not table.groups:
        return EMPTY
    heads = element("thead", element("tr", *(element("th", name, scope="col") for name in table.head)))
    bodies = [_group(group, len(table.head)) for group in table.groups]
    return element("div", element("table", heads, *bodies), class_="wide", tabindex=0, role="region", aria_label=label)


def _group(group: Group, columns: int) -> Markup:
    name, *kinds = group.names
    kind = "".join(f" {words}" if number == 0 else f" ({words})" for number, words in enumerate(kinds))
    head = element("th", element("code", name), kind, scope="rowgroup", rowspan=max(len(group.rows), 1))
    if group.note:
        return element("tbody", element("tr", head, element("td", group.note, colspan=columns - 1)))
    rows = []
    for number, (row, verdicts) in enumerate(zip(group.rows, group.verdicts, strict=True)):
        classes = [f"verdict {verdicts[column]}" if column in verdicts else None for column in range(len(row))]
        cells = (element("td", words, class_=class_) for words, class_ in zip(row, classes, strict=True))
        rows.append(element("tr", *([head] if number == 0 else []), *cells))
    return element("tbody", *rows)
