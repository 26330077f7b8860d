"""What changed, and what a baseline does: the members of the JSON report, and the lines of the text format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from awslint_memo.judging.report import Comparison, Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.phrases import counted, quoted
from awslint_memo.model.record import replace, values
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.shown_findings import NOUNS, merged

Shape: TypeAlias = "dict[str, Any]"

_WHY = {
    "resource": "its resource is gone",
    "template": "its template is gone or not looked at",
    "unread": "its template can't be read",
}

_SHOWN = 20
"""How many of a kind are shown in a line each without --verbose."""


def members(report: Report, shape: Callable[[Finding], Shape]) -> Shape:
    """The members of the JSON report. shape: makes that of a finding."""
    made: Shape = {"suppressed": [{**shape(one.finding), "reason": one.reason} for one in report.suppressed]}
    if report.baseline is not None:
        made["baselined"] = [shape(one) for one in report.baseline.findings]
        unneeded = [values(one) for one in report.baseline.unneeded]
        count = sum(one.count for one in report.baseline.entries)
        made["baseline"] = {"path": report.baseline.path, "findings": count, "unneeded": unneeded}
    if report.against is not None:
        made["against"] = _against(report.against, shape)
    return made


def _against(against: Comparison, shape: Callable[[Finding], Shape]) -> Shape:
    return {
        "revision": against.with_what,
        "new": [shape(one) for one in against.new],
        "graver": [{**shape(one.finding), "was": one.was} for one in against.graver],
        "mended": [shape(one) for one in against.fixed],
        "suppressed": [{**shape(one.finding), "reason": one.reason} for one in against.suppressed],
        "gone": [{**shape(one.finding), "why": one.why} for one in against.gone],
        "unchanged": against.unchanged,
    }


def worse(against: Comparison, most: int) -> list[Finding]:
    """The findings to show in full: what came, and what grew graver, which says so; in the order of the files.

    most: how many places one that is repeated names.
    """
    graver = [
        replace(one.finding, message=f"{one.finding.message} (was {one.was} at {against.with_what})")
        for one in against.graver
    ]
    return sorted(merged([*against.new, *graver], most), key=lambda one: one.order)


def lines(against: Comparison, *, is_verbose: bool) -> Iterator[str]:
    """One line for each finding that is mended, newly suppressed or without a resource."""
    kinds = {
        "mended": [(one, "") for one in against.fixed],
        "newly suppressed": [(one.finding, quoted(one.reason)) for one in against.suppressed],
        "gone": [(one.finding, _WHY[one.why]) for one in against.gone],
    }
    for word, found in kinds.items():
        shown = found if is_verbose or len(found) <= _SHOWN + 1 else found[:_SHOWN]
        for finding, note in shown:
            on = f" on {quoted(finding.resource)}" if finding.resource else ""
            why = f" ({note})" if note else ""
            yield visible(f"{word}: {quoted(finding.path)}:{finding.span.line}: {finding.rule}{on}{why}")
        if len(shown) < len(found):
            yield f"and {len(found) - len(shown)} more {word}; --verbose shows them"


def counts(against: Comparison) -> str:
    """The number of each kind in words, and of what is as it was."""
    came = Counter(one.level or "warning" for one in against.new)
    parts = [counted(came[level], f"new {noun}") for level, noun in NOUNS.items() if came[level]]
    rest = (
        (len(against.graver), "graver"),
        (len(against.fixed), "mended"),
        (len(against.suppressed), "newly suppressed"),
        (len(against.gone), "gone"),
    )
    parts += [f"{number} {word}" for number, word in rest if number]
    changed = ", ".join(parts) or "no change"
    return f"{changed} against {visible(against.with_what)}; {counted(against.unchanged, 'finding')} as before"
