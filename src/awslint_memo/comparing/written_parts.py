"""What is written of a resource, as plain data of both times: mappings, lists and texts, whatever language it is in.

Blocks of Terraform are lists, since a resource may have several of a type; expressions are texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, TypeAlias

from awslint_memo.comparing.likeness import texts
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging.inventory import MODULES, in_module
from awslint_memo.judging.traits import Trait
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem
from awslint_memo.model.spelled import whole
from awslint_memo.syntax.node import Flaws, plain

Step: TypeAlias = "str | int"
"""The key of a mapping, or the index of an item."""

_STEP = regex(r"\[(\d+)\]|([^.\[\]]+)")

LABELS = "(labels)"
"""The key of the labels of a block, which no argument can have."""


class Writings:
    """What is written of resources in some files."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._text = texts(files)

    def properties(self, name: str, trait: Trait) -> Any:
        """The properties of a resource as plain data; None if they can't be read. name: of the resource, or address."""
        if trait.span.path.endswith(MODULES):
            return self.block(trait.span.path, in_module(name))
        return properties_of(self._text, trait)

    def block(self, path: str, address: str) -> Any:
        """What is in a block of Terraform, a resource or the call of a module, as plain data; None if there is none."""
        block = self._block(path, address)
        return None if block is None else block[1]

    def way(self, finding: Finding, name: str) -> Sequence[Step]:
        """The way to what a finding is about, in the properties of its resource; empty for the resource itself."""
        if not finding.home_path.endswith(MODULES):
            steps = _STEP.findall(finding.route)
            return [whole(number) if number else name for number, name in steps]
        if finding.path != finding.home_path:
            return []
        block = self._block(finding.path, in_module(name))
        return [] if block is None else [*_way(*block, finding.span.line)]

    def data_at(self, path: str, line: int) -> tuple[str, Sequence[Step]]:
        """The address of the data source of Terraform in which a line is, and the way to the innermost block there."""
        for head, item, text in _items(self._files, path):
            first = text.count("\n", 0, item.start) + 1
            if head[0] == "data" and first <= line <= first + text.count("\n", item.start, item.end):
                return ".".join(head), [*_way(_Lines(item, text), _plain(item, text), line)]
        return "", []

    def _block(self, path: str, address: str) -> tuple[Any, Any] | None:
        """The block of a resource or data source of Terraform or of the call of a module, and what is in it as plain
        data."""
        is_whole = address.startswith(("module.", "data."))
        head = address.split(".") if is_whole else ["resource", *address.split(".")]
        for there, item, text in _items(self._files, path):
            if there == head:
                return _Lines(item, text), _plain(item, text)
        return None


def every_block(files: Files, path: str) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """The blocks of a file of Terraform in native syntax: their types and labels, with what is in them."""
    for head, item, text in _items(files, path):
        if hasattr(item, "items"):
            yield head, _plain(item, text)


def _items(files: Files, path: str) -> Iterator[tuple[list[str], Any, str]]:
    from awslint_memo.syntax.hcl.document import Document, document

    try:
        text = files.read(path).text if path.endswith((".tf", ".tofu")) else ""
    except Problem:
        return
    found = document(text)
    for item in found.items if isinstance(found, Document) else ():
        yield [item.name.text, *(label.text for label in getattr(item, "labels", ()))], item, text


class _Lines:
    """A block, and at which lines what is in it stands."""

    def __init__(self, block: Any, text: str) -> None:
        self.block, self._text = block, text

    def inner(self, line: int) -> Iterator[tuple[str, int, _Lines]]:
        """The block inside of this one at a line: its type, its number among those of that type, and itself."""
        numbers: dict[str, count[int]] = {}
        for item in self.block.items:
            if hasattr(item, "items"):
                number = next(numbers.setdefault(item.name.text, count()))
                first = self._text.count("\n", 0, item.start) + 1
                if first <= line <= first + self._text.count("\n", item.start, item.end):
                    yield item.name.text, number, _Lines(item, self._text)


def _way(lines: _Lines, data: Any, line: int) -> Iterator[Step]:
    """The way to the innermost block at a line."""
    for name, number, inner in lines.inner(line):
        yield name
        yield number
        yield from _way(inner, data[name][number], line)
        return


def properties_of(text: Callable[[Trait], str], trait: Trait) -> Any:
    """The properties of a resource of a template as plain data; None if they can't be read. text: what is written."""
    try:
        written = _parsed(text(trait), trait.span.column, trait.span.path)
    except Problem:
        return None
    return written.get("Properties", {}) if isinstance(written, dict) else None


def _plain(block: Any, text: str) -> dict[str, Any]:
    data: dict[str, Any] = {LABELS: [label.text for label in block.labels]} if block.labels else {}
    for item in block.items:
        if hasattr(item, "items"):
            data.setdefault(item.name.text, []).append(_plain(item, text))
        else:
            data[item.name.text] = " ".join(text[item.start : item.end].split())
    return data


def _parsed(text: str, column: int, path: str) -> Any:
    """A part of a file in YAML or JSON. column: at which its first line begins there."""
    if not text.strip():
        return None
    if text.lstrip()[:1] == "{" and path.endswith((".json", ".template")):
        from awslint_memo.syntax import json_nodes

        return plain(json_nodes.parse(Source(path, text.encode()), Flaws()))
    from awslint_memo.syntax import yaml_nodes

    whole = " " * (column - 1) + text
    return plain(yaml_nodes.parse(Source(path, whole.encode("utf-8", "surrogatepass")), Flaws()))
