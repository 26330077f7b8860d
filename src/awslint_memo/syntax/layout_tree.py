"""The text of a YAML or JSON file as a tree of what is written: with styles, tags, anchors and aliases, for edits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from awslint_memo.model.record import field, record
from awslint_memo.syntax.json_nodes import members, skip_space
from awslint_memo.syntax.pyyaml import yaml

Kind: TypeAlias = Literal["scalar", "mapping", "list", "alias"]

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
    pairs: list[tuple[Written, Written]] = field(default_factory=list)
    items: list[Written] = field(default_factory=list)
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
    open_: list[Written] = []
    keys: list[Written | None] = []
    events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
    for event in events:
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            made = open_.pop()
            keys.pop()
            made.end = _end(event)
        elif isinstance(event, yaml.NodeEvent):
            made = _of_event(event)
            if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                open_.append(made)
                keys.append(None)
                continue
        else:
            continue
        if not open_:
            return made
        _put(open_[-1], keys, made)
    return None


def _end(event: Any) -> int:
    end: int = event.end_mark.index
    return end


def _put(into: Written, keys: list[Written | None], made: Written) -> None:
    key = keys[-1]
    if into.kind == "list":
        into.items.append(made)
    elif key is None:
        keys[-1] = made
    else:
        into.pairs.append((key, made))
        keys[-1] = None


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
    start = skip_space(text, 0)
    return _of_value(text, start, json.JSONDecoder(strict=False).raw_decode(text, start)[1])


def _of_value(text: str, start: int, end: int) -> Written:
    if text[start] not in "{[":
        return _of_scalar(text, start, end)
    found = list(members(text, start))
    if text[start] == "[":
        return Written("list", start, end, "flow", items=[_of_value(text, *value) for _, _, value in found])
    pairs = [(_of_scalar(text, *key), _of_value(text, *value)) for _, key, value in found]
    return Written("mapping", start, end, "flow", pairs=pairs)


def _of_scalar(text: str, start: int, end: int) -> Written:
    written = text[start:end]
    value: Any = json.loads(written, strict=False) if written[0] == '"' else written
    return Written("scalar", start, end, '"' if written[0] == '"' else "", value=value)
