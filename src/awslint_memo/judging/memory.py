"""What a process that lints again and again remembers of the last time, so that little is judged anew after an edit.

A check is a function of what it reads: properties of resources, and what decides which resources there are. If an edit
changes one property of one resource and surely nothing else, the findings of all checks that did not read it are the
same, and stand where the text is now. After any other edit, everything is judged again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from awslint_memo.judging.checks import INTERNAL_ERROR, Unit
from awslint_memo.judging.judge import Judging, LintOptions, judge, units
from awslint_memo.model import secret
from awslint_memo.model.budget import is_lacking
from awslint_memo.model.finding import Finding
from awslint_memo.model.fix import Addition, Fix
from awslint_memo.model.reads import Reads
from awslint_memo.model.record import record, replace
from awslint_memo.model.regex import regex
from awslint_memo.model.span import Span
from awslint_memo.readers.cloudformation.edits import Edit, edit_between, is_separable
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.template import Deployments, Template

Property: TypeAlias = "tuple[str, str]"
"""The name of a resource, and that of one of its properties."""

_PLACE = regex(r"\bline \d")
"""A place in a sentence, which an edit may move."""


@record
class Judged:
    """A check of a resource: the properties that it read, and what it found.

    lines: the first and the last line of its file that the findings name in any way.
    """

    unit: Unit
    read: frozenset[Property]
    findings: list[Finding]
    lines: tuple[int, int]


@record
class Remembered:
    """A template as it was judged last. secrets: the secret texts that checks asked for."""

    template: CloudFormationTemplate
    lint_options: LintOptions
    judged: list[Judged]
    secrets: secret.Met


class Memory:
    """What is remembered of the templates that were judged, by path."""

    def __init__(self) -> None:
        self._known: dict[str, Remembered] = {}
        self.kept = 0
        """Of the last template, the checks of resources whose findings were taken over."""

    def findings(self, template: Template, judged: Deployments, lint_options: LintOptions) -> list[Finding]:
        """The findings in the deployments of a template, as `judge` gives them."""
        path = template.source.path
        before = self._known.pop(path, None)
        self.kept = 0
        if not isinstance(template, CloudFormationTemplate) or judged.problems or not is_separable(template):
            return judge(judged, lint_options)
        judging = _Judging(Judging(judged, lint_options, notes=True))
        edit = None
        if before is not None and before.lint_options == lint_options:
            edit = edit_between(before.template, template)
        if before is None or edit is None:
            found = [judging.judged(unit) for unit in units(judged, lint_options)]
        else:
            secret.remember(before.secrets)
            changed = edit.resource, edit.property
            found = [
                one
                if changed not in one.read and _stays(one, edit)
                else _after(one, edit, path) or judging.judged(one.unit)
                for one in before.judged
            ]
            self.kept = len(found) - judging.count
        if judged.is_complete and not is_lacking():  # Else the run says so, which it does not without all checks.
            self._known[path] = Remembered(template, lint_options, found, secret.met())
        return [finding for one in found for finding in one.findings]


class _Judging:
    """Judges the checks of a template, with what they read."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._known: dict[int, tuple[Reads, frozenset[Property]]] = {}
        self.count = 0

    def judged(self, unit: Unit) -> Judged:
        """What a check of a resource comes to."""
        self.count += 1
        findings = list(self._judging.findings(unit))
        return Judged(unit, self._read(self._judging.read), findings, _lines(findings))

    def _read(self, several: Iterable[Reads]) -> frozenset[Property]:
        return frozenset[Property]().union(*map(self._properties, several))

    def _properties(self, reads: Reads) -> frozenset[Property]:
        """The properties that were read, those for what was worked out once included."""
        if id(reads) not in self._known:
            inner = (answer for question, answer in reads.answers.items() if question[0] == "once")
            own = {(name, path.partition(".")[0]) for name, path in reads.values}
            self._known[id(reads)] = reads, self._read(inner) | own
        return self._known[id(reads)][1]


def _lines(findings: Iterable[Finding]) -> tuple[int, int]:
    """The first and the last line that findings may name; all lines, if that is not certain."""
    first, last = sys.maxsize, 0
    for finding in findings:
        if finding.rule == INTERNAL_ERROR or _PLACE.search(finding.message):
            return 0, sys.maxsize
        for span in _spans(finding):
            first, last = min(first, span.line), max(last, span.end_line)
    return first, last


def _stays(one: Judged, edit: Edit) -> bool:
    """Whether an edit surely moves nothing that a check found; most checks find nothing."""
    first, last = one.lines
    return last < edit.first or (not edit.down and first > edit.last)


def _after(one: Judged, edit: Edit, path: str) -> Judged | None:
    """What a check came to, after an edit; None if it must be run again."""
    if (edit.resource, edit.property) in one.read:
        return None
    if not one.findings:
        return one
    moved = [_moved(finding, edit, path) for finding in one.findings]
    kept = [finding for finding in moved if finding is not None]
    return Judged(one.unit, one.read, kept, _lines(kept)) if len(kept) == len(moved) else None


def _moved(finding: Finding, edit: Edit, path: str) -> Finding | None:
    """A finding where the text is after an edit; None if that is not certain."""
    if finding.rule == INTERNAL_ERROR or (edit.down and _PLACE.search(finding.message)):
        return None
    spans = _spans(finding)
    moved = [edit.moved(span, path) for span in spans]
    if None in moved:
        return None
    if not edit.down:
        return finding
    # Where a fix is written is found out by its places, which are not moved.
    return None if finding.fix is not None else _placed(finding, dict(zip(spans, moved, strict=True)))


def _spans(finding: Finding) -> list[Span]:
    homes = () if finding.home is None else (finding.home,)
    others = (one.span for one in finding.related)
    fixed = _fix_spans(finding.fix) if finding.fix is not None else ()
    return [finding.span, *homes, *finding.places, *finding.secrets, *others, *fixed]


def _fix_spans(fix: Fix) -> Iterator[Span]:
    for change in fix.changes:
        yield change.target.home
        yield from () if change.target.call is None else (change.target.call,)
        if not isinstance(change, Addition):
            yield from () if change.present is None else (change.present,)
            yield from () if change.decided is None else (change.decided[1],)


def _placed(finding: Finding, now: Mapping[Span, Span | None]) -> Finding:
    """A finding at other places. now: where each range of text is now."""

    def several(spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(now[span] or span for span in spans)

    return replace(
        finding,
        span=now[finding.span] or finding.span,
        home=None if finding.home is None else now[finding.home],
        places=several(finding.places),
        secrets=several(finding.secrets),
        related=tuple(replace(one, span=now[one.span] or one.span) for one in finding.related),
    )
