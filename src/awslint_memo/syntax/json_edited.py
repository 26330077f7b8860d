"""Parses JSON again after an edit: if all of it is in one entry of a section, only that one."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.syntax.difference import difference
from awslint_memo.syntax.json_nodes import Children, Document, JsonNode, Path, Stretch, is_deep, new_decoder
from awslint_memo.syntax.json_nodes import parse as parse_all
from awslint_memo.syntax.node import Flaws, Node


def parse(source: Source, flaws: Flaws, kept: MutableMapping[str, Any], section: str) -> Node:
    """The root node, as `json_nodes.parse` gives it. kept: what this function keeps of files, by their paths.

    section: the name of the one with many entries.
    """
    before = kept.get(source.path)
    json_node = _after(before, source, section) if isinstance(before, JsonNode) else None
    if json_node is None:
        root = parse_all(source, flaws)
        if flaws.problems or not isinstance(root, JsonNode):
            kept.pop(source.path, None)
            return root
        json_node = root
    kept[source.path] = json_node
    return json_node


def _after(before: JsonNode, source: Source, section: str) -> JsonNode | None:
    """The root node after an edit; None if the text has to be read as a whole."""
    document, data = before.document, before.data
    if not isinstance(data, dict) or not isinstance(data.get(section), dict):
        return None
    old, new = document.source.text, source.text
    start, end, _ = difference(old, new)
    inner = document.below((section,))
    found = next(((name, at) for name, (_, at) in inner.items() if at[0] <= start and end <= at[1]), None)
    if found is None:
        return None
    # What stands before the value and behind it is what it was, so the value may be any that ends where it did.
    name, (begin, close) = found
    down = len(new) - len(old)
    decoder, objects = new_decoder()
    try:
        value, stop = decoder.raw_decode(new, begin)
    except (ValueError, RecursionError):
        return None
    if stop != close + down or objects.has_duplicates or is_deep({"": {"": value}}):
        return None
    known: dict[Path, Children] = {(): _moved(document.below(()), begin, down), (section,): _moved(inner, begin, down)}
    return JsonNode({**data, section: {**data[section], name: value}}, (), Document(source, known))


def _moved(children: Children, at: int, down: int) -> Children:
    """Where keys and values stand after an edit of a value that begins at an offset."""

    def moved(stretch: Stretch) -> Stretch:
        return (stretch[0] + (down if stretch[0] > at else 0), stretch[1] + (down if stretch[1] > at else 0))

    return {name: (moved(key), moved(value)) for name, (key, value) in children.items()}
