"""Findings after an edit that moved the lines on which they speak of something."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import is_record, replace, values
from awslint_memo.model.span import Span
from awslint_memo.readers.edit import Edit

_PLACE = regex(r"\bline \d")
"""A place in a sentence, which an edit may move."""

_ALL_LINES = 0, sys.maxsize

_WITHOUT_PLACES = frozenset((str, int, float, bool, type(None)))


class _UnsureError(Exception):
    """A range of text is near the change."""


def lines_of(findings: Iterable[Finding]) -> tuple[int, int]:
    """The first and the last line that findings may name; all lines, if that is not certain."""
    lines = _Lines()
    for finding in findings:
        if _is_unsure(finding):
            return _ALL_LINES
        _shifted(finding, lines.take)
    return lines.first, lines.last


def shifted(findings: Iterable[Finding], edit: Edit) -> tuple[list[Finding], tuple[int, int]] | None:
    """Findings where the text is after an edit, with the lines that they name; None if that is not certain."""
    lines, result = _Lines(), list[Finding]()
    is_unsure = False

    def shift(span: Span) -> Span:
        after = edit.moved(span)
        if after is None:
            raise _UnsureError
        return lines.take(after)

    for finding in findings:
        if _is_unsure(finding):
            if edit.down or finding.rule == INTERNAL_ERROR:
                return None
            is_unsure = True
        try:
            result.append(_shifted(finding, shift))
        except _UnsureError:
            return None
    return result, _ALL_LINES if is_unsure else (lines.first, lines.last)


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


def _shifted(value: Any, shift: Callable[[Span], Span]) -> Any:
    """The same value with other ranges of text in it: those of a finding, its related places and its fix."""
    if type(value) in _WITHOUT_PLACES:
        return value
    if isinstance(value, Span):
        return shift(value)
    if isinstance(value, Mapping):
        return {key: _shifted(item, shift) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)([_shifted(item, shift) for item in value])
    if not is_record(value):
        return value
    before = values(value).items()
    changes = {name: after for name, item in before if (after := _shifted(item, shift)) is not item}
    return replace(value, **changes) if changes else value
