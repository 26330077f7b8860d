"""Text becomes the grammar's tree, and its first error is found. Only this module needs tree-sitter.

The library is loaded when something is parsed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from awslint_memo.syntax.hcl.layout import Fault, Layout
from awslint_memo.syntax.hcl.mask import masked, with_commas

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

_PLACE = re.compile(r"process .*\brow:(\d+), col:(\d+)")
_HEAD = re.compile(r"(?:^|\n)[ \t]*([^\W\d][\w-]*(?:[ \t]+(?:\"[^\"\n]*\"|[\w-]+))*)$")
"""A line with nothing but the name of an argument, or the type and labels of a block."""
_HEREDOC = re.compile(r"<<-?([^\W\d][\w-]*)\r?\n")
_BLANK = re.compile(r"(?:\s|#[^\n]*|//[^\n]*|/\*.*?\*/)*", re.S)


def parse(text: str) -> tuple[Node, Layout]:
    """The tree of a text, and its comments and first fault. Offsets are those of the text's characters."""
    seen = masked(text)
    root = _parser().parse(seen.encode("ascii")).root_node
    if root.has_error:
        other = with_commas(seen)
        changed = _parser().parse(other.encode("ascii")).root_node if other is not None else root
        root = root if changed.has_error else changed
    layout = Layout(seen)
    layout.read(root)
    if root.has_error:
        layout.fault = _first(layout, seen)
    return root, layout


def _first(layout: Layout, seen: str) -> Fault:
    """The first of the fault in the layout and the grammar's."""
    at = _error(seen)
    fault = layout.fault
    if fault is not None and (fault.at < at or (fault.at == at and fault.kind != "syntax")):
        return fault
    # Quoted text without an end goes on up to the next quote, which may be far away.
    quote = next((one for one in layout.brackets if one.mode == "quotes"), None)
    if quote is not None and "\n" in seen[quote.at : at]:
        return Fault(quote.at, "quotes")
    heredoc = _endless(seen) if at == len(seen) else None
    if heredoc is not None:
        return Fault(heredoc, "heredoc")
    return _incomplete(seen, at) or Fault(at, "syntax")


def _endless(seen: str) -> int | None:
    """Where a heredoc begins whose marker does not come again."""
    for match in _HEREDOC.finditer(seen):
        if not re.compile(rf"^[ \t]*{match[1]}[ \t\r]*$", re.M).search(seen, match.end()):
            return match.start()
    return None


def _incomplete(seen: str, at: int) -> Fault | None:
    """The fault of the line before, where it is what the token at an offset can't go on from."""
    before = seen[:at].rstrip()
    if "\n" not in seen[len(before) : at] and at < len(seen):
        return None
    if before.endswith("="):
        return Fault(len(before) - 1, "no value")
    head = _HEAD.search(before)
    return Fault(head.start(1), "head") if head else None


def _error(seen: str) -> int:
    """The offset of the first token that can't stand where it does; the tree tells only what was left out for it."""
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

    parser = _made()
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
    return _made()


def _made() -> Parser:
    import tree_sitter_hcl
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_hcl.language()))
