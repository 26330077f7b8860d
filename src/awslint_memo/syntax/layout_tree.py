"""The text of a YAML or JSON file as a tree of what is written: with styles, tags, anchors and aliases, for edits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.syntax.yaml_values import yaml

Kind: TypeAlias = Literal["scalar", "mapping", "list", "alias"]

_TOKEN = regex(r"""[\s,:]*("[^"\\]*(?:\\.[^"\\]*)*"|[][{}]|[^][\s,:{}"]+)""", re.DOTALL)
"""What a JSON text is made of, with the white space and the signs before it."""

NULLS = frozenset(("", "~", "null", "Null", "NULL"))


@record(slots=True, eq=False)
class Written:
    """A part of the text. start, end: its offsets in characters; that of a block may have comments behind it.

    style: "" of a plain scalar, the quote or indicator of another one; "flow" or "block" of a collection. value: of a
    scalar, unescaped. pairs: of a mapping. items: of a list.
    """

    kind: Kind
    start: int
    end: int
    style: str = ""
    tag: str = ""
    anchor: str = ""
    value: str = ""
    pairs: Sequence[tuple[Written, Written]] = ()
    items: Sequence[Written] = ()
    _by_key: dict[str, tuple[Written, Written]] | None = None

    @property
    def is_null(self) -> bool:
        """Whether it is a plain null, or nothing at all."""
        return self.kind == "scalar" and not self.style and not self.tag and self.value in NULLS

    def child(self, key: str) -> tuple[Written, Written] | None:
        """The last pair with this key."""
        if self._by_key is None:
            self._by_key = {pair[0].value: pair for pair in self.pairs}
        return self._by_key.get(key)

    def below(self) -> Iterator[Written]:
        """This part and all parts of it."""
        stack = [self]
        while stack:
            one = stack.pop()
            yield one
            stack += [*one.items, *(part for pair in one.pairs for part in pair)]


def are_lists_flush(text: str, root: Written) -> bool:
    """Whether the first list in several lines begins its items below its key, and not further in."""
    for above in root.below():
        for key, value in above.pairs:
            if value.kind == "list" and value.style == "block" and value.items:
                before = text[text.rfind("\n", 0, value.start) + 1 : value.start]
                return not before.strip() and len(before) == key.start - (text.rfind("\n", 0, key.start) + 1)
    return False


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Only parses; what values mean is not asked."""


def of_yaml(text: str) -> Written | None:
    """The first document of a YAML file; None if it is empty. The text must be known to be valid."""
    above: list[tuple[Written, list[Written]]] = []
    parts: list[Written] = []
    events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            made = _of_event(event)
            parts.append(made)
            if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                above.append((made, parts))
                parts = []
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            inner = parts
            made, parts = above.pop()
            made.end = _end(event)
            _fill(made, inner)
        if parts and not above:
            return parts[0]
    return None


def _end(event: Any) -> int:
    end: int = event.end_mark.index
    return end


def _of_event(event: Any) -> Written:
    start, end, anchor = event.start_mark.index, event.end_mark.index, event.anchor or ""
    if isinstance(event, yaml.AliasEvent):
        return Written("alias", start, end, anchor=anchor)
    tag = event.tag or ""
    if isinstance(event, yaml.ScalarEvent):
        return Written("scalar", start, end, event.style or "", tag, anchor, event.value)
    kind: Kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "list"
    return Written(kind, start, end, "flow" if event.flow_style else "block", tag, anchor)


def of_json(text: str) -> Written:
    """The value in a JSON file. The text must be known to be valid."""
    above: list[tuple[Written, list[Written]]] = []
    parts: list[Written] = []
    for match in _TOKEN.finditer(text):
        written, end = match[1], match.end()
        if written in "{[":
            made = Written("mapping" if written == "{" else "list", end - 1, end, "flow")
            parts.append(made)
            above.append((made, parts))
            parts = []
        elif written in "}]":
            inner = parts
            made, parts = above.pop()
            made.end = end
            _fill(made, inner)
        else:
            parts.append(_of_scalar(written, end))
        if not above:
            break
    return parts[0]


def _of_scalar(written: str, end: int) -> Written:
    start = end - len(written)
    if written[0] != '"':
        return Written("scalar", start, end, value=written)
    value = json.loads(written, strict=False) if "\\" in written else written[1:-1]
    return Written("scalar", start, end, '"', value=value)


def _fill(made: Written, parts: list[Written]) -> None:
    """Give a collection its parts: a mapping keys and values in turn."""
    if made.kind == "list":
        made.items = parts
    else:
        made.pairs = list(zip(parts[::2], parts[1::2], strict=True))
