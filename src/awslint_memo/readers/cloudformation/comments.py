"""The comments in a template."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from awslint_memo.files.source import Source
from awslint_memo.model.span import Span
from awslint_memo.readers.template import MARKS
from awslint_memo.syntax.node import Node


def comments(source: Source, written: Node) -> Iterator[tuple[int, str]]:
    """The comments that may be addressed to a linter, with their line numbers. written: the root node."""
    text = source.text.lower()
    if not any(mark in text for mark in MARKS):
        return
    from awslint_memo.syntax.yaml_nodes import YamlNode  # which JSON need not load

    if not isinstance(written, YamlNode):
        return
    # They don't overlap, so the one that a place is in begins last of those that begin before it.
    scalars = sorted(written.scalars(), key=_start)
    for number, line in enumerate(source.lines, 1):
        at = line.find("#")
        while at >= 0:
            if not _is_inside(scalars, number, at + 1):
                yield number, line[at + 1 :].strip()
                break
            at = line.find("#", at + 1)


def _start(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _is_inside(spans: Sequence[Span], line: int, column: int) -> bool:
    """Whether a place is in one of these spans, which are in order and apart from each other."""
    after = bisect_right(spans, (line, column), key=_start)
    # Empty ones may begin where another does.
    return any((line, column) < (span.end_line, span.end_column) for span in spans[max(after - 3, 0) : after])
