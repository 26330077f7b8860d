"""What the page begins with: how much was found, what changed, and what was not looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.judging.report import Hidden, Report
from awslint_memo.model.finding import LEVELS
from awslint_memo.model.phrases import counted
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters import Look
from awslint_memo.reporters.comparison import counts, lines
from awslint_memo.reporters.html.element import EMPTY, Markup, element, joined, listed
from awslint_memo.reporters.html.findings import place
from awslint_memo.reporters.html.glyphs import mark
from awslint_memo.reporters.statistics import NAMED
from awslint_memo.reporters.statistics import text as statistics

NOUNS = {"error": "error", "warning": "warning", "advice": "piece of advice"}
_FIRST = 6
"""How many sentences of a kind are not folded."""

_SHOWN = 100
"""How many files that are no templates are named."""

_MOST = 1_000
"""How many suppressed findings are listed."""


def figures(report: Report, resources: int) -> Markup:
    """The numbers of a run, each with its noun."""
    found = report.summary()
    levels = {"error": found.errors, "warning": found.warnings, "advice": found.advice}
    tiles = [
        element("li", mark(level), *_counted(levels[level], NOUNS[level]), class_=level if levels[level] else None)
        for level in LEVELS
        if levels[level] or level != "advice"
    ]
    others = ((found.files, "file"), (resources, "resource"))
    tiles += [element("li", *_counted(number, noun)) for number, noun in others if number]
    return element("ul", *tiles, class_="figures")


def _counted(number: int, noun: str) -> tuple[Markup, str]:
    return element("b", str(number)), f" {counted(number, noun).partition(' ')[2]}"


def changes(report: Report, look: Look) -> Markup:
    """What changed against another landscape, if the run was compared with one."""
    if report.against is None:
        return EMPTY
    rows = [joined(one) for one in lines(report.against, is_verbose=look.verbose)]
    return joined(
        element("h2", "Changes", id="changes"), element("p", counts(report.against)), listed(rows, class_="plain")
    )


def unseen(report: Report, left_out: Sequence[str], shown: int) -> Markup:
    """What was not looked at, or not wholly, and why. shown: how many of the findings the page has."""
    hint = "" if report.baseline is None else report.baseline.hint
    notes = [joined(one) for one in dict.fromkeys([*report.notices, *filter(None, (hint,))])]
    parts = [
        _part("Not read, or not wholly", [_problem(one) for one in report.errors]),
        _part("Notes", notes),
        _part("Not in the pictures", [joined(one) for one in dict.fromkeys(left_out) if not _is_told(one, report)]),
        _passed_over(report.passed_over),
        _unshown(report, shown),
    ]
    return joined(*parts)


def _is_told(sentence: str, report: Report) -> bool:
    """Whether a note tells too what is not in the pictures."""
    return sentence in report.notices or sentence.replace(": not drawn:", ": not checked:") in report.notices


def _part(title: str, items: Sequence[Markup]) -> Markup:
    if not items:
        return EMPTY
    first, rest = listed(list(items[:_FIRST]), class_="plain"), listed(list(items[_FIRST:]), class_="plain")
    more = element("details", element("summary", f"{len(items) - _FIRST} more"), rest) if rest else EMPTY
    return joined(element("h3", title), first, more)


def _problem(problem: Problem) -> Markup:
    span = Span(problem.path, problem.line, problem.column, problem.line, problem.column)
    return joined(mark("error"), " ", place(span), " ", problem.message)


def _passed_over(paths: Sequence[str]) -> Markup:
    if not paths:
        return EMPTY
    title = element("summary", f"{counted(len(paths), 'file')} that {'is' if len(paths) == 1 else 'are'} no template")
    more = [element("p", f"and {len(paths) - _SHOWN} more")] if len(paths) > _SHOWN else []
    names = listed([element("code", one) for one in paths[:_SHOWN]], class_="plain")
    return element("details", title, names, *more)


def _unshown(report: Report, shown: int) -> Markup:
    parts = []
    if shown < len(report.findings):
        more = counted(len(report.findings) - shown, "more finding")
        parts.append(element("p", f"{more}: the page has the {shown} gravest; --select or a folder shows others."))
    if report.advice_hidden:
        parts.append(element("p", f"{counted(report.advice_hidden, 'piece of advice')} not shown (--advice)."))
    if report.baseline is not None and report.baseline.findings:
        known = counted(len(report.baseline.findings), "finding")
        parts.append(element("p", f"{known} in the baseline ", element("code", report.baseline.path), "."))
    if report.suppressed:
        title = element("summary", f"{counted(len(report.suppressed), 'finding')} suppressed")
        rows = [_suppressed(one) for one in report.suppressed[:_MOST]]
        if len(report.suppressed) > _MOST:
            rows.append(element("p", f"and {len(report.suppressed) - _MOST} more"))
        parts.append(element("details", title, listed(rows, class_="plain")))
    return joined(element("h3", "Not shown"), *parts) if parts else EMPTY


def _suppressed(hidden: Hidden) -> Markup:
    finding = hidden.finding
    reason = element("span", f": {hidden.reason}") if hidden.reason else EMPTY
    return joined(place(finding.span), " ", element("code", finding.rule), " on ", finding.resource, reason)


def counted_lines(report: Report, look: Look) -> Iterator[str]:
    """The lines of the statistics, if they are wanted."""
    if look.statistics:
        yield from statistics(report, None if look.verbose else NAMED)
