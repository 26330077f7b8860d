"""Parses HCL with tree-sitter, and finds the first error. Only this module imports tree-sitter, on first use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from awslint_memo.model.regex import regex
from awslint_memo.syntax.hcl.layout import Fault, Layout
from awslint_memo.syntax.hcl.mask import masked, with_commas

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

_PLACE = regex(r"process .*\brow:(\d+), col:(\d+)")
_HEAD = regex(r"(?:^|\n)[ \t]*([^\W\d][\w-]*(?:[ \t]+(?:\"[^\"\n]*\"|[\w-]+))*)$")
"""A line that has only the name of an argument, or the type and labels of a block."""
_HEREDOC = regex(r"<<-?([^\W\d][\w-]*)[ \t]*\r?\n")
_BLANK = regex(r"(?:\s|#[^\n]*|//[^\n]*|/\*.*?\*/)*", re.S)


def parse(text: str) -> tuple[Node, Layout]:
    """The tree of a text, and its layout with comments and the first fault. Offsets are in characters."""
    seen = masked(text)
    root = _parser().parse(seen.encode("ascii")).root_node
    if root.has_error:
        other = with_commas(seen)
        changed = _parser().parse(other.encode("ascii")).root_node if other is not None else root
        root = root if changed.has_error else changed
    layout = Layout(seen)
    layout.read(root)
    if root.has_error:
        layout.fault = _first_fault(layout, seen)
    return root, layout


def _first_fault(layout: Layout, seen: str) -> Fault:
    """The layout's fault or the grammar's first error, whichever comes first."""
    at = _error_offset(seen)
    fault = layout.fault
    if fault is not None and (fault.at < at or (fault.at == at and fault.kind != "syntax")):
        return fault
    # A string without a closing quote ends at the next quote, which may be far away.
    quote = next((one for one in layout.brackets if one.mode == "quotes"), None)
    if quote is not None and "\n" in seen[quote.at : at]:
        return Fault(quote.at, "quotes")
    heredoc = _unclosed_heredoc(seen) if at == len(seen) else None
    if heredoc is not None:
        return Fault(heredoc, "heredoc")
    return _incomplete(seen, at) or Fault(at, "syntax")


def _unclosed_heredoc(seen: str) -> int | None:
    """The offset of a heredoc that has no closing marker; None if there is none."""
    for match in _HEREDOC.finditer(seen):
        if not re.compile(rf"^[ \t]*{match[1]}[ \t\r]*$", re.M).search(seen, match.end()):
            return match.start()
    return None


def _incomplete(seen: str, at: int) -> Fault | None:
    """The fault of an incomplete line before the token at offset `at`; None if that line is complete."""
    before = seen[:at].rstrip()
    if "\n" not in seen[len(before) : at] and at < len(seen):
        return None
    if before.endswith("="):
        return Fault(len(before) - 1, "no value")
    head = _HEAD.search(before)
    return Fault(head.start(1), "head") if head else None


def _error_offset(seen: str) -> int:
    """The offset of the first unexpected token. It is taken from the parser's log, since the tree does not have it."""
    place = (0, 0)
    found: list[tuple[int, int]] = []

    def note(_type: object, message: str) -> None:
        nonlocal place
        if found:
            return
        match = _PLACE.match(message)
        if match:
            place = int(match[1]), int(match[2])
        elif message.startswith("detect_error"):
            found.append(place)

    parser = _new_parser()
    parser.logger = note
    parser.parse(seen.encode("ascii"))
    row, column = found[0] if found else (0, 0)
    start = 0
    for _ in range(row):
        start = seen.index("\n", start) + 1
    match = _BLANK.match(seen, start + column)
    return match.end() if match else start + column


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return _new_parser()


def _new_parser() -> Parser:
    import tree_sitter_hcl
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_hcl.language()))
