"""Chapters of the page: figures, what changed, what was not looked at, recovery, and the form that chooses findings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from awslint_memo.judging.report import Hidden, Report
from awslint_memo.judging.survey import Family, Survey
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.phrases import counted
from awslint_memo.model.span import Problem
from awslint_memo.relations.recovery.runbooks.runbooks import Runbook
from awslint_memo.reporters import Look, runbook_groups
from awslint_memo.reporters import runbook_words as words
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.comparison import counts, lines
from awslint_memo.reporters.html import regions, timeline
from awslint_memo.reporters.html.findings import in_words, place
from awslint_memo.reporters.html.markup import EMPTY, Markup, element, joined, level_word, listed, mark
from awslint_memo.reporters.recovery import Wish, notes, objectives_of, summary, table
from awslint_memo.reporters.shown_findings import NOUNS, graver_unshown, level_of
from awslint_memo.reporters.statistics import NAMED, statistics_text
from awslint_memo.reporters.tables import Group, Table

KEYS = (
    ("/", "search"),
    ("j", "next finding"),
    ("k", "previous finding"),
    ("f", "open or close the fix of a finding"),
    ("p", "next picture; arrow keys move between its resources, Enter follows one"),
    ("x", "show all findings again"),
    ("t", "light or dark"),
    ("?", "these keys"),
)
"""The keys of the page, and what they do."""


def filters(report: Report, service: Callable[[Finding], str]) -> Markup:
    """The form that chooses findings by level, rule, service, file, root and words."""
    findings = report.findings
    if not findings:
        return EMPTY
    levels = [_level_box(level, findings) for level in LEVELS if any(level_of(each) == level for each in findings)]
    rows = [
        element("fieldset", element("legend", "Level"), *levels),
        _choice_of("rule", "Rule", (finding.rule for finding in findings)),
        _choice_of("service", "Service", map(service, findings)),
        _choice_of("file", "File", (finding.path for finding in findings)),
        _choice_of("root", "Template or root", _roots(findings)),
    ]
    if report.against is not None:
        rows.append(_changed())
    words = element(
        "input", type="search", id="words", name="words", autocomplete="off", placeholder="names, rules, words"
    )
    search = element("p", element("label", "Search", for_="words"), words)
    number = element("output", "", id="shown", for_="filters")
    reset = element("button", "Show all", type="reset")
    end = element("p", number, " ", reset, class_="end")
    return element("form", search, *rows, end, id="filters", class_="scripted", role="search")


def _roots(findings: Sequence[Finding]) -> list[str]:
    """The roots of the findings; none where the files tell the same."""
    is_same = all(os.path.splitext(finding.path)[0].replace(os.sep, "/").endswith(finding.root) for finding in findings)
    return [] if is_same else [finding.root for finding in findings]


def _level_box(level: str, findings: Sequence[Finding]) -> Markup:
    number = sum(level_of(finding) == level for finding in findings)
    box = element("input", type="checkbox", name="level", value=level, checked=True)
    return element("label", box, level_word(level), " ", element("span", str(number), class_="count"))


def _choice_of(name: str, title: str, values: Iterable[str]) -> Markup:
    numbers = Counter(values)
    if len(numbers) < 2:
        return EMPTY
    options = [element("option", f"{value or '(none)'} ({numbers[value]})", value=value) for value in sorted(numbers)]
    every = element("option", "all", value="", selected=True)
    select = element("select", every, *options, id=f"choose-{name}", name=name)
    return element("p", element("label", title, for_=f"choose-{name}"), select)


def _changed() -> Markup:
    box = element("input", type="checkbox", name="changed", id="changed")
    return element("p", element("label", box, "new or graver only", for_="changed"))


def keys() -> Markup:
    """The keys of the page; they can be turned off, since screen readers and speech input have keys of their own."""
    rows = [joined(element("dt", element("kbd", key)), element("dd", words)) for key, words in KEYS]
    box = element("input", type="checkbox", id="single", checked=True)
    off = element("p", element("label", box, "Single keys do this", for_="single"))
    plain = element("p", "Tab and Shift+Tab move between links, pictures and lists; Enter follows a link.")
    return joined(plain, element("div", off, element("dl", *rows), class_="scripted"))


_FIRST = 6
"""How many sentences of a kind are not folded."""

_SHOWN = 100
"""How many files that are no templates are named."""

_MOST = 1_000
"""How many suppressed findings are listed."""


def figures(report: Report) -> Markup:
    """The numbers of a run, each with its noun, as the summary counts them."""
    totals = report.summary()
    levels = {"error": totals.errors, "warning": totals.warnings, "advice": totals.advice}
    tiles = [
        element("li", mark(level), *_counted(levels[level], NOUNS[level]), class_=level if levels[level] else None)
        for level in LEVELS
        if levels[level] or level != "advice"
    ]
    others = ((totals.files, "file"), (totals.resources_written, "resource"))
    tiles += [element("li", *_counted(number, noun)) for number, noun in others if number]
    if report.errors:
        link = element("a", "not read, or not wholly", href="#unseen")
        tiles.append(element("li", mark("error"), element("b", str(len(report.errors))), " ", link, class_="error"))
    return element("ul", *tiles, class_="figures")


def _counted(number: int, noun: str) -> tuple[Markup, str]:
    return element("b", str(number)), f" {counted(number, noun).partition(' ')[2]}"


def changes(report: Report, look: Look) -> Markup:
    """What changed against another landscape, if the run was compared with one."""
    if report.against is None:
        return EMPTY
    rows = [joined(line) for line in lines(report.against, is_verbose=look.verbose)]
    return joined(
        element("h2", "Changes", id="changes"),
        element("p", counts(report.against, report.errors)),
        listed(rows, class_="plain"),
    )


def unseen(report: Report, left_out: Sequence[str], shown: int) -> Markup:
    """What was not looked at, or not wholly, and why. shown: how many of the findings the page has."""
    hint = "" if report.baseline is None else report.baseline.hint
    notes = [joined(notice) for notice in dict.fromkeys([*report.notices, *filter(None, (hint,))])]
    parts = [
        _part("Not read, or not wholly", [_problem(problem) for problem in report.errors]),
        _part("Notes", notes),
        _part(
            "Not in the pictures",
            [joined(sentence) for sentence in dict.fromkeys(left_out) if not _is_told(sentence, report)],
        ),
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
    return joined(mark("error"), " ", place(problem.span), " ", problem.message)


def _passed_over(paths: Sequence[str]) -> Markup:
    if not paths:
        return EMPTY
    title = element("summary", f"{counted(len(paths), 'file')} that {'is' if len(paths) == 1 else 'are'} no template")
    more = [element("p", f"and {len(paths) - _SHOWN} more")] if len(paths) > _SHOWN else []
    names = listed([element("code", path) for path in paths[:_SHOWN]], class_="plain")
    return element("details", title, names, *more)


def _unshown(report: Report, shown: int) -> Markup:
    parts = []
    if shown < len(report.findings):
        more = counted(len(report.findings) - shown, "more finding")
        parts.append(element("p", f"{more}: the page has the {shown} gravest; --select or a folder shows others."))
    if report.advice_hidden:
        hidden = f"{counted(report.advice_hidden, 'piece of advice')} not shown (--advice){graver_unshown(report)}."
        parts.append(element("p", hidden))
    if report.baseline is not None and report.baseline.findings:
        known = counted(len(report.baseline.findings), "finding")
        parts.append(element("p", f"{known} in the baseline ", element("code", report.baseline.path), "."))
    if report.suppressed:
        title = element("summary", f"{counted(len(report.suppressed), 'finding')} suppressed")
        rows = [_suppressed(hidden) for hidden in report.suppressed[:_MOST]]
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
        yield from statistics_text(report, None if look.verbose else NAMED)


_MARKS: Mapping[str, str] = {
    "met": "✓ met",
    "typically-met": "~ typically met",
    "expected-met": "= expected to be met",
    "typically-missed": "! typically missed",
    "expected-missed": "≠ expected to be missed",
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


def recovery(survey: Survey) -> Markup:
    """A table for each template."""
    notices = listed([joined(*in_words(notice)) for notice in survey.notices])
    after = [_after_loss(runbook, others) for runbook, _, others in runbook_groups.once(survey)]
    return joined(element("p", summary(survey)), notices, *after, *map(_recovery_of, survey.families))


def _after_loss(runbook: Runbook, others: Sequence[str]) -> Markup:
    """The Regions of an application side by side, and the time after the loss of one. others: the names of other
    deployments that have the same steps."""
    parts = [regions.beside(runbook), timeline.timeline(runbook)]
    also = (element("p", visible(sentence)) for sentence in runbook_groups.also(runbook, others))
    head = joined(element("h3", words.title(runbook)), *also)
    return element("section", head, *parts, class_="recovery") if any(parts) else EMPTY


def _recovery_of(family: Family) -> Markup:
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
    bodies = [_store(group, len(table.head)) for group in table.groups]
    return element("div", element("table", heads, *bodies), class_="wide", tabindex=0, role="region", aria_label=label)


def _store(group: Group, columns: int) -> Markup:
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
