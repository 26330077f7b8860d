"""The format html: one page that needs nothing else, with the findings, the resources and how they hang together.

Everything can be read without JavaScript, which only chooses and moves. The page loads nothing.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import TypeAlias

from awslint_memo.files.rule_files import packaged
from awslint_memo.judging.report import Report
from awslint_memo.model.phrases import counted
from awslint_memo.model.record import replace
from awslint_memo.relations.graph.graph import Graph
from awslint_memo.reporters import Look, tool
from awslint_memo.reporters.graph_choice import Chosen
from awslint_memo.reporters.graph_folding import resource_count
from awslint_memo.reporters.html import chapters
from awslint_memo.reporters.html.families import Drawn
from awslint_memo.reporters.html.findings import Findings
from awslint_memo.reporters.html.markup import EMPTY, LINE_END, Markup, element, joined, symbols
from awslint_memo.reporters.html.resources import Resources
from awslint_memo.reporters.html.ties import Ties
from awslint_memo.reporters.rank import ranked
from awslint_memo.reporters.shown_findings import NAMED, once
from awslint_memo.reporters.text import summary as counts

_Chapter: TypeAlias = "tuple[str, str, Markup]"
"""The id of a chapter, its title and the chapter."""

MOST = 1_000
"""Findings on a page; one with more takes seconds to write and to open."""


def report(report: Report, look: Look) -> str:
    """The page. Raises ImportError if the report has a graph and what lays it out is not installed."""
    whole = once(report, len(report.findings) if look.verbose else NAMED)
    report = _gravest(whole)
    drawn = Drawn(report.graph or Graph())
    ties = Ties(report, drawn)
    findings = Findings(report, ties, is_verbose=look.verbose)
    parts = [
        _chapter("findings", "Findings", chapters.filters(report, findings.service), findings.chapter()),
        _chapter("resources", "Resources", Resources(drawn, ties).chapter()),
        _chapter("recovery", "Recovery", _recovery(report)),
        _chapter(
            "unseen", "Not looked at, not shown", chapters.unseen(whole, drawn.graph.left_out, len(report.findings))
        ),
        _chapter("statistics", "Statistics", _statistics(report, look)),
        _chapter("keys", "Keyboard", chapters.keys()),
    ]
    sentence = counts(whole)
    top = element("section", element("h1", "What awslint-memo found"), element("p", sentence, class_="sentence"))
    return _page(sentence, parts, top, chapters.figures(whole), chapters.changes(whole, look))


def drawing_page(chosen: Chosen) -> str:
    """The page of a graph alone: its pictures and lists, and what is not in them."""
    graph = chosen.graph
    report = Report(graph=graph, errors=graph.errors)
    drawn = Drawn(graph)
    resources = Resources(drawn, Ties(report, drawn)).chapter()
    parts = [
        _chapter("resources", "Resources", resources or element("p", "There is nothing to draw.")),
        _chapter("unseen", "Not looked at, not shown", chapters.unseen(report, [*chosen.counts(), *graph.left_out], 0)),
        _chapter("keys", "Keyboard", chapters.keys()),
    ]
    joints = counted(len(graph.edges), "connection")
    sentence = f"{counted(resource_count(graph.nodes), 'resource')} with {joints}"
    top = element("section", element("h1", "What the templates make"), element("p", sentence, class_="sentence"))
    return _page(sentence, parts, top)


def _page(title: str, parts: Sequence[_Chapter | None], *top: Markup) -> str:
    """The whole page with its chapters below what is at its top."""
    shown = [part for part in parts if part is not None]
    main = element("main", *top, *(body for _, _, body in shown), id="main")
    first = shown[0]
    skip = element("a", f"Skip to the {first[1].lower()}", href=f"#{first[0]}", class_="skip")
    body = element("body", skip, symbols(), _header(shown), main, _footer(), _script())
    # Other characters are written as references, so that the page is right in whatever encoding it is kept.
    page = f"<!DOCTYPE html>\n{element('html', _head(title), body, lang='en')}"
    return page.encode("ascii", "xmlcharrefreplace").decode()


def _gravest(report: Report) -> Report:
    """The report with as many findings as a page has, in their order."""
    if len(report.findings) <= MOST:
        return report
    kept = {id(finding) for finding in ranked(report, report.findings)[:MOST]}
    return replace(report, findings=[finding for finding in report.findings if id(finding) in kept])


def _chapter(name: str, title: str, *parts: Markup) -> _Chapter | None:
    content = joined(*parts)
    if not content:
        return None
    head = element("h2", title, id=f"{name}-title")
    return name, title, element("section", head, content, id=name, aria_labelledby=f"{name}-title", tabindex=-1)


def _recovery(report: Report) -> Markup:
    survey = report.survey
    return chapters.recovery(survey) if survey is not None and chapters.is_declared(survey) else EMPTY


def _statistics(report: Report, look: Look) -> Markup:
    rows = list(chapters.counted_lines(report, look))
    return element("pre", *(element("code", row, LINE_END) for row in rows), class_="listing") if rows else EMPTY


def _header(parts: Sequence[_Chapter]) -> Markup:
    links = [element("a", title, href=f"#{name}") for name, title, _ in parts]
    theme = element("button", "Light or dark", type="button", id="theme", class_="scripted")
    return element("header", element("strong", "awslint-memo"), element("nav", *links, aria_label="Chapters"), theme)


def _footer() -> Markup:
    program = " ".join(tool().values())
    return element("footer", element("p", f"Made by {program}. This page loads nothing and sends nothing."))


def _head(title: str) -> Markup:
    style, script = _packaged("page.css"), _packaged("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"awslint-memo: {title}"),
        element("style", style),
    )


def _script() -> Markup:
    return element("script", _packaged("page.js"))


def _packaged(name: str) -> Markup:
    return Markup(packaged(f"reporters/html/{name}").text)


def _hash(code: str) -> str:
    return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"
