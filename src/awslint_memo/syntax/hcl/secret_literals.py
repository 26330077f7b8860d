"""The texts and numbers in Terraform's language that are secret by a name or a call that stands on another line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from awslint_memo.model.secret import is_secret_name
from awslint_memo.model.secret_texts import MARKS, NAMES, VALUES, is_said
from awslint_memo.model.span import Span
from awslint_memo.syntax.hcl.parser import parse

if TYPE_CHECKING:
    from tree_sitter import Node

_LITERALS = frozenset(("string_lit", "numeric_lit", "template_expr"))
_ENTRIES = frozenset(("attribute", "object_elem"))


def secret_literals(path: str, text: str) -> list[Span]:
    """The places of these in a file; none in one that can't be parsed."""
    return [*_Search(path, text).places()]


class _Search:
    """Looks through a tree, of which only what goes over several lines matters."""

    def __init__(self, path: str, text: str) -> None:
        self._path, self._text = path, text
        root, layout, _ = parse(text)
        self._root = root if layout.fault is None else None

    def places(self) -> Iterator[Span]:
        """The places, in no order."""
        # Each node with the row of what makes it secret; -1: it is not.
        stack = [] if self._root is None else [(self._root, -1)]
        while stack:
            node, row = stack.pop()
            if row < 0 and node.start_point.row == node.end_point.row:
                continue
            if node.type in _LITERALS and row >= 0:
                if not node.start_point.row == row == node.end_point.row and not is_said(self._of(node).strip('"')):
                    yield self._span(node)
                continue
            stack += self._below(node, row)

    def _below(self, node: Node, row: int) -> Iterator[tuple[Node, int]]:
        children = node.children
        if node.type == "function_call" and self._of(children[0]) in ("sensitive", "core::sensitive"):
            row = children[0].start_point.row if row < 0 else row
        entries = [child for child in children if child.type in _ENTRIES]
        named = [child for child in entries if self._is_secret(child, entries, node)]
        for child in children:
            if child in named:
                last = child.children[-1]
                # What a map holds is secret by its own keys only.
                yield last, -1 if self._is_map(last) else child.start_point.row
            else:
                yield child, row

    def _is_secret(self, entry: Node, entries: Sequence[Node], around: Node) -> bool:
        if len(entry.children) < 3 or entry.start_point.row == entry.end_point.row:
            return False
        name = self._of(entry.children[0]).strip('"()')
        return is_secret_name(name) or (name in VALUES and self._is_named(entries, around))

    def _is_named(self, entries: Sequence[Node], around: Node) -> bool:
        """Whether a value is secret by what stands beside it, or by the label of its block."""
        for other in entries:
            name, said = (self._of(part).strip('"') for part in (other.children[0], other.children[-1]))
            if (name in MARKS and said == "true") or said == "SecureString" or (name in NAMES and is_secret_name(said)):
                return True
        labels = [child for child in around.parent.children if child.type == "string_lit"] if around.parent else []
        return len(labels) == 1 and is_secret_name(self._of(labels[0]).strip('"'))

    def _is_map(self, expression: Node) -> bool:
        return self._of(expression).startswith("{")

    def _of(self, node: Node) -> str:
        return self._text[node.start_byte : node.end_byte]

    def _span(self, node: Node) -> Span:
        (line, column), (end_line, end_column) = node.start_point, node.end_point
        return Span(self._path, line + 1, column + 1, end_line + 1, end_column + 1)
