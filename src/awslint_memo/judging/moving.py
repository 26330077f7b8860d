"""Findings after an edit that moved the lines on which they speak of something."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.model.finding import Finding
from awslint_memo.model.fix import Addition, Change, Fix, Reference, Same, Setting, Target
from awslint_memo.model.record import replace
from awslint_memo.model.regex import regex
from awslint_memo.model.span import Span
from awslint_memo.readers.edit import Edit

Move = Callable[[Span], Span]

_PLACE = regex(r"\bline \d")
"""A place in a sentence, which an edit may move."""


class _UnsureError(Exception):
    """A range of text is near the change."""


def lines_of(findings: Iterable[Finding]) -> tuple[int, int]:
    """The first and the last line that findings may name; all lines, if that is not certain."""
    first, last = sys.maxsize, 0
    for finding in findings:
        if finding.rule == INTERNAL_ERROR or _PLACE.search(finding.message):
            return 0, sys.maxsize
        for span in _spans(finding):
            first, last = min(first, span.line), max(last, span.end_line)
    return first, last


def moved(finding: Finding, edit: Edit) -> Finding | None:
    """A finding where the text is after an edit; None if that is not certain."""
    if finding.rule == INTERNAL_ERROR or (edit.down and _PLACE.search(finding.message)):
        return None

    def move(span: Span) -> Span:
        found = edit.moved(span)
        if found is None:
            raise _UnsureError
        return found

    try:
        return _placed(finding, move)
    except _UnsureError:
        return None


def _spans(finding: Finding) -> Iterator[Span]:
    found: list[Span] = []

    def take(span: Span) -> Span:
        found.append(span)
        return span

    _placed(finding, take)
    return iter(found)


def _placed(finding: Finding, move: Move) -> Finding:
    """A finding at other places."""
    return replace(
        finding,
        span=move(finding.span),
        home=_or_none(finding.home, move),
        places=tuple(map(move, finding.places)),
        secrets=tuple(map(move, finding.secrets)),
        related=tuple(replace(one, span=move(one.span)) for one in finding.related),
        fix=None if finding.fix is None else _of_fix(finding.fix, move),
    )


def _or_none(span: Span | None, move: Move) -> Span | None:
    return None if span is None else move(span)


def _of_fix(fix: Fix, move: Move) -> Fix:
    return replace(fix, changes=tuple(_of_change(one, move) for one in fix.changes))


def _of_change(change: Change, move: Move) -> Change:
    target = _of_target(change.target, move)
    if isinstance(change, Addition):
        return replace(change, target=target, properties=_of_value(change.properties, move))
    decided = None if change.decided is None else (change.decided[0], move(change.decided[1]))
    made = replace(
        change,
        target=target,
        decided=decided,
        present=_or_none(change.present, move),
        item=_or_none(change.item, move),
    )
    return replace(made, value=_of_value(made.value, move)) if isinstance(made, Setting) else made


def _of_target(target: Target, move: Move) -> Target:
    return replace(target, home=move(target.home), call=_or_none(target.call, move))


def _of_value(value: Any, move: Move) -> Any:
    """What a fix sets, which may speak of other resources."""
    if isinstance(value, Reference):
        return replace(value, of=_of_target(value.of, move)) if isinstance(value.of, Target) else value
    if isinstance(value, Same):
        return replace(value, target=_of_target(value.target, move))
    if isinstance(value, Mapping):
        return {key: _of_value(one, move) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_of_value(one, move) for one in value)
    return value
