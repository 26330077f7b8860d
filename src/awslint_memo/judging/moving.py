"""Findings after an edit that moved the lines on which they speak of something."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.model.finding import Finding
from awslint_memo.model.fix import Addition, Change, Fix, Reference, Same, Setting, Target
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import replace
from awslint_memo.model.span import Span
from awslint_memo.readers.edit import Edit

Move = Callable[[Span], Span]

_PLACE = regex(r"\bline \d")
"""A place in a sentence, which an edit may move."""


_ALL = 0, sys.maxsize
"""All lines."""


class _UnsureError(Exception):
    """A range of text is near the change."""


def lines_of(findings: Iterable[Finding]) -> tuple[int, int]:
    """The first and the last line that findings may name; all lines, if that is not certain."""
    lines = _Lines()
    for finding in findings:
        if _is_unsure(finding):
            return _ALL
        _placed(finding, lines.take)
    return lines.first, lines.last


def moved(findings: Iterable[Finding], edit: Edit) -> tuple[list[Finding], tuple[int, int]] | None:
    """Findings where the text is after an edit, with the lines that they name; None if that is not certain."""
    lines, made = _Lines(), []
    is_unsure = False

    def move(span: Span) -> Span:
        found = edit.moved(span)
        if found is None:
            raise _UnsureError
        return lines.take(found)

    for finding in findings:
        if _is_unsure(finding):
            if edit.down or finding.rule == INTERNAL_ERROR:
                return None
            is_unsure = True
        try:
            made.append(_placed(finding, move))
        except _UnsureError:
            return None
    return made, _ALL if is_unsure else (lines.first, lines.last)


class _Lines:
    """The first and the last line that spans have."""

    def __init__(self) -> None:
        self.first, self.last = sys.maxsize, 0

    def take(self, span: Span) -> Span:
        """Note the lines of a span, which is given back."""
        if span.line < self.first:
            self.first = span.line
        if span.end_line > self.last:
            self.last = span.end_line
        return span


def _is_unsure(finding: Finding) -> bool:
    """Whether it may name lines in words."""
    return finding.rule == INTERNAL_ERROR or _PLACE.search(finding.message) is not None


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
    said: dict[str, Any] = {
        "target": target,
        "decided": None if change.decided is None else (change.decided[0], move(change.decided[1])),
        "present": _or_none(change.present, move),
        "item": _or_none(change.item, move),
    }
    if isinstance(change, Setting):
        said["value"] = _of_value(change.value, move)
    return replace(change, **said)


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
