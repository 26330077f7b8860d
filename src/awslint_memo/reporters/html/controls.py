"""What chooses among the findings, and moves on the page, for who has JavaScript."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.reporters.gravity import level_of
from awslint_memo.reporters.html.element import EMPTY, Markup, element, joined
from awslint_memo.reporters.html.glyphs import level_word

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
    levels = [_level(one, findings) for one in LEVELS if any(level_of(each) == one for each in findings)]
    rows = [
        element("fieldset", element("legend", "Level"), *levels),
        _choice("rule", "Rule", (one.rule for one in findings)),
        _choice("service", "Service", map(service, findings)),
        _choice("file", "File", (one.path for one in findings)),
        _choice("root", "Template or root", _roots(findings)),
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
    is_same = all(os.path.splitext(one.path)[0].replace(os.sep, "/").endswith(one.root) for one in findings)
    return [] if is_same else [one.root for one in findings]


def _level(level: str, findings: Sequence[Finding]) -> Markup:
    number = sum(level_of(one) == level for one in findings)
    box = element("input", type="checkbox", name="level", value=level, checked=True)
    return element("label", box, level_word(level), " ", element("span", str(number), class_="count"))


def _choice(name: str, title: str, values: Iterable[str]) -> Markup:
    found = Counter(values)
    if len(found) < 2:
        return EMPTY
    options = [element("option", f"{one or '(none)'} ({found[one]})", value=one) for one in sorted(found)]
    every = element("option", "all", value="", selected=True)
    select = element("select", every, *options, id=f"choose-{name}", name=name)
    return element("p", element("label", title, for_=f"choose-{name}"), select)


def _changed() -> Markup:
    box = element("input", type="checkbox", name="changed", id="changed")
    return element("p", element("label", box, "new or graver only", for_="changed"))


def keys() -> Markup:
    """The keys of the page, which can be turned off, as a program that reads a screen or hears words has its own."""
    rows = [joined(element("dt", element("kbd", key)), element("dd", words)) for key, words in KEYS]
    box = element("input", type="checkbox", id="single", checked=True)
    off = element("p", element("label", box, "Single keys do this", for_="single"))
    plain = element("p", "Tab and Shift+Tab move between links, pictures and lists; Enter follows a link.")
    return joined(plain, element("div", off, element("dl", *rows), class_="scripted"))
