"""Regions side by side on the page: what stands in each, what is dark, and how data and requests get there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.phrases import listed
from awslint_memo.relations.recovery.runbooks.overviews import Cell, Overview, Row
from awslint_memo.relations.recovery.runbooks.runbooks import Runbook
from awslint_memo.reporters.html.markup import EMPTY, Markup, element, joined

_GROUPS = {"requests": "Requests", "entries": "Entries", "compute": "What computes", "data": "Data"}

_WORDS: Mapping[str, str] = {
    "live": "live",
    "standby": "waits",
    "copy": "backup",
    "dark": "dark",
    "none": "nothing",
    "unknown": "not told",
}
"""What a cell says of its state, so that no color has to."""

_MARKS: Mapping[str, str] = {
    "live": "M8 2.5a5.5 5.5 0 1 0 .01 0zM5.2 8l2 2 3.6-4",
    "standby": "M8 2.5a5.5 5.5 0 1 0 .01 0zM6.4 5.8v4.4M9.6 5.8v4.4",
    "copy": "M3 5.5h7v7H3zM6 5.5v-2h7v7h-3",
    "dark": "M12.6 9.6A5.4 5.4 0 0 1 6.4 3.4 5.4 5.4 0 1 0 12.6 9.6z",
    "none": "M4 8h8",
    "unknown": "M6 6.2c0-2.9 4-2.6 4-.2 0 1.6-2 1.7-2 3.4M8 12v.4",
}


def beside(runbook: Runbook) -> Markup:
    """The Regions of an application; nothing where there is one only."""
    overview = runbook.overview
    if overview is None or not overview.rows:
        return EMPTY
    first, *others = overview.regions
    label = f"{runbook.name}: {first} beside {listed(others)}"
    heads = [
        element("th", element("span", "what", class_="unseen"), scope="col"),
        element("th", element("b", first), " ", element("span", "primary", class_="where"), scope="col"),
        *(element("th", element("b", name), scope="col") for name in others),
    ]
    table = element(
        "table",
        element("caption", label, class_="unseen"),
        element("thead", element("tr", *heads)),
        *_bodies(overview),
        class_="beside",
    )
    left = [element("p", f"Not shown: {listed(overview.left_out)}.")] if overview.left_out else []
    return joined(element("div", table, class_="wide", tabindex=0, role="region", aria_label=label), *left)


def _bodies(overview: Overview) -> Iterator[Markup]:
    for group, title in _GROUPS.items():
        rows = [row for row in overview.rows if row.group == group]
        if rows:
            head = element("tr", element("th", title, colspan=len(overview.regions) + 1, scope="rowgroup"))
            yield element("tbody", head, *(_row(row, overview.regions) for row in rows), class_=f"group {group}")


def _row(row: Row, regions: Sequence[str]) -> Markup:
    kind = element("span", row.kind, class_="where") if row.kind else EMPTY
    head = element("th", element("code", row.title), kind, scope="row")
    return element("tr", head, *(_cell(cell, name) for cell, name in zip(row.cells, regions, strict=True)))


def _cell(cell: Cell, region: str) -> Markup:
    mark = element(
        "svg", _drawing(cell.state), class_="state", viewBox="0 0 16 16", width=16, height=16, aria_hidden="true"
    )
    word = element("b", _WORDS[cell.state])
    words = element("span", cell.words, class_="words") if cell.words else EMPTY
    link = element("span", cell.link, class_="way") if cell.link else EMPTY
    where = element("span", region, class_="in")
    card = element("div", mark, where, word, " ", words, class_=f"card {cell.state}")
    return element("td", element("div", link, " ", card, class_="linked") if cell.link else card)


def _drawing(state: str) -> Markup:
    return element(
        "path", d=_MARKS[state], fill="none", stroke="currentColor", stroke_width=1.5, stroke_linecap="round"
    )
