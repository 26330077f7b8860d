"""Parses YAML again after an edit: of a section with many entries, only those that the edit touched.

An entry of a block mapping ends where a line begins with the next key in the same column, whatever it says, unless a
bracket or a quotation mark is open. So entries can be read by themselves, in a mapping like that in which they stand.
The others are kept, and know by how many lines they moved.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any, TypeGuard

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.syntax.difference import difference
from awslint_memo.syntax.node import Flaws, Node
from awslint_memo.syntax.yaml_nodes import MAX_NODES, Check, YamlNode, compose, end_of, span_of
from awslint_memo.syntax.yaml_values import (
    MAP,
    PLAIN,
    QUOTED,
    Part,
    Scalar,
    Table,
    below,
    column_of,
    composed,
    line_of,
    position_of,
    yaml,
)

_UNFIT = regex(r"\r|(?<!\w)[&*][\w-]|^%", re.M)
"""What lets one part of a text decide how another one is read: anchors, aliases and directives."""


@record(frozen=True, slots=True)
class _Entry:
    """An entry of a mapping. down: by how many lines it stands below where it was read."""

    key: Scalar
    value: Part
    down: int = 0

    @property
    def line(self) -> int:
        """The number of its first line, from 0."""
        return line_of(self.key.start) + self.down

    def moved(self, lines: int) -> _Entry:
        """The same so many lines below."""
        return replace(self, down=self.down + lines) if lines else self


@record(frozen=True)
class _Text:
    """A text that was read. root, section: mappings without what is in these. at: the section in `outer`."""

    source: Source
    root: Table
    section: Table
    outer: Sequence[_Entry]
    inner: Sequence[_Entry]
    at: int

    @property
    def node(self) -> Node:
        """The root node."""
        name = self.outer[self.at].key.value
        return _Parted(self.root, self.source, self.outer, {name: _Parted(self.section, self.source, self.inner, {})})


class _Parted(YamlNode):
    """A mapping of which the entries have moved differently. known: the nodes of some of them."""

    def __init__(self, node: Part, source: Source, entries: Sequence[_Entry], known: Mapping[str, YamlNode]) -> None:
        super().__init__(node, source)
        self._entries = entries
        self._known = known

    def _mapping(self) -> Mapping[str, Node]:
        made = {entry.key.value: YamlNode(entry.value, self._source, entry.down) for entry in self._entries}
        return {**made, **self._known}

    def key(self, name: str) -> Place:
        entry = self._by_name.get(name)
        return self.span if entry is None else span_of(entry.key, self._source, entry.down)

    @cached_property
    def entry_lines(self) -> dict[str, tuple[int, int]]:
        source = self._source
        return {
            entry.key.value: (
                position_of(entry.key.start, entry.down)[0],
                end_of(entry.value, source, entry.down)[0],
            )
            for entry in self._entries
        }

    @cached_property
    def _by_name(self) -> dict[str, _Entry]:
        return {entry.key.value: entry for entry in self._entries}

    def scalars(self) -> list[Span]:
        keys = [span_of(entry.key, self._source, entry.down) for entry in self._entries]
        return [
            *keys,
            *(span for node in self._mapping().values() if isinstance(node, YamlNode) for span in node.scalars()),
        ]


def parse(source: Source, flaws: Flaws, kept: MutableMapping[str, Any], section: str) -> Node:
    """The root node, as `yaml_nodes.parse` gives it. kept: what this function keeps of files, by their paths.

    section: the name of the one with many entries.
    """
    before = kept.get(source.path)
    text = _after(before, source) if isinstance(before, _Text) else None
    if text is None:
        root = compose(source, flaws)
        text = None if flaws.problems else _parted(root, source, section)
        if text is None:
            kept.pop(source.path, None)
            return YamlNode(root, source)
    kept[source.path] = text
    return text.node


def _parted(root: Part, source: Source, section: str) -> _Text | None:
    """A text that was read as a whole; None if a part of it can't be read by itself."""
    if source.has_odd_line_ends or len(source.text) >= MAX_NODES or _UNFIT.search(source.text):
        return None
    if not isinstance(root, Table) or not _is_block(root) or column_of(root.start):
        return None
    at = next((number for number, (key, _) in enumerate(root.value) if key.value == section), None)
    inner = None if at is None else root.value[at][1]
    if at is None or inner is None or not _is_block(inner) or not column_of(inner.start):
        return None
    outer, entries = (
        [_Entry(key, value) for key, value in node.value if isinstance(key, Scalar)] for node in (root, inner)
    )
    return _Text(source, root.emptied(root.end), inner.emptied(inner.end), outer, entries, at)


def _is_block(node: Part) -> TypeGuard[Table]:
    """Whether it is a mapping in lines with plain names as keys."""
    if not isinstance(node, Table) or node.is_flow or node.tag != MAP or not node.value:
        return False
    column = column_of(node.start)
    return all(
        isinstance(key, Scalar)
        and key.value.isalnum()
        and key.tag in (PLAIN, QUOTED)
        and column_of(key.start) == column
        for key, _ in node.value
    )


def _after(before: _Text, source: Source) -> _Text | None:
    """A text after an edit; None if it has to be read as a whole."""
    old, new = before.source.text, source.text
    if source.has_odd_line_ends or len(new) >= MAX_NODES:
        return None
    if old == new:
        return replace(before, source=source)
    start, end, _ = difference(old, new)
    lines = [entry.line for entry in before.inner]
    first = bisect_right(lines, before.source.position(start)[0] - 1) - 1
    if first >= 0 and start <= before.source.offset(lines[first] + 1, 1) + column_of(before.section.start):
        first -= 1  # A key that is touched does not surely end the entry before it.
    if first < 0:
        return None
    line, column = before.source.position(end)
    behind = max(first + 1, bisect_left(lines, line - 1 if column == 1 else line))
    return _Part(before, source, first, behind, end).read(lines[first])


@record
class _Part:
    """The entries that an edit touched: those from `first` on that come before `behind`. end: where it ends."""

    before: _Text
    source: Source
    first: int
    behind: int
    end: int

    def read(self, line: int) -> _Text | None:
        """The text with them; None if it has to be read as a whole. line: the one where they begin, from 0."""
        before, old, new = self.before, self.before.source.text, self.source.text
        follows = self._following
        close = len(old) if follows is None else before.source.offset(follows.line + 1, 1)
        begin = before.source.offset(line + 1, 1)
        part = new[begin : close + len(new) - len(old)]
        if close < self.end or not (follows is None or part.endswith("\n")):
            return None
        indent = None if follows is None else column_of(follows.key.start)
        read = _read(part, column_of(before.section.start), indent, self.source)
        if read is None:
            return None
        whole, section, pairs = read
        moved = part.count("\n") - old[begin:close].count("\n")
        entries = [_Entry(key, value, line - 1) for key, value in pairs]
        inner = [*before.inner[: self.first], *entries, *(entry.moved(moved) for entry in before.inner[self.behind :])]
        if len({entry.key.value for entry in inner}) < len(inner):
            return None
        is_last = self.behind == len(before.inner)
        section = _ending(before.section, *((section, line - 1) if is_last else (before.section, moved)))
        root = _ending(before.root, *((whole, line - 1) if follows is None else (before.root, moved)))
        at = before.at
        above, own = before.outer[:at], replace(before.outer[at], value=section)
        outer = [*above, own, *(entry.moved(moved) for entry in before.outer[at + 1 :])]
        return _Text(self.source, root, section, outer, inner, at)

    @property
    def _following(self) -> _Entry | None:
        """The entry behind them, in the section or outside of it."""
        behind = [*self.before.inner[self.behind : self.behind + 1], *self.before.outer[self.before.at + 1 :][:1]]
        return behind[0] if behind else None


def _read(
    part: str, column: int, indent: int | None, source: Source
) -> tuple[Table, Table, Sequence[tuple[Scalar, Part]]] | None:
    """The entries in a part of a section, with the root and the mapping that they were read in; None if it says more.

    indent: the column of the key behind them; None at the end of the text.
    """
    if _UNFIT.search(part):
        return None
    behind = "" if indent is None else f"{' ' * indent}S: 0\n"
    try:
        root = composed(f"R:\n{part}{behind}", source)
        if root is None:
            return None
        Check(source, None).visit(root, 0)
    except (yaml.YAMLError, RecursionError, Problem):
        return None
    if not isinstance(root, Table) or len(root.value) != (2 if indent == 0 else 1):
        return None
    section = root.value[0][1]
    if not _is_block(section) or column_of(section.start) != column:
        return None
    pairs = [(key, value) for key, value in section.value if isinstance(key, Scalar)]
    pairs = pairs[:-1] if indent else pairs
    return (root, section, pairs) if pairs else None


def _ending(node: Table, other: Table, down: int) -> Table:
    """A mapping that ends where another one does, so many lines below; its entries would stay as long as it does."""
    if node is other and not down:
        return node
    return node.emptied(below(other.end, down))
