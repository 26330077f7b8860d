"""Finds the blocks in a Terraform JSON document: at each level an object or a list of objects; "//" is a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem
from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.readers.terraform.block_types import COMMENT
from awslint_memo.readers.terraform.written import Written
from awslint_memo.syntax.node import Flaws, Node, fields, text


@record(frozen=True, slots=True, eq=False)
class Block:
    """A block: its labels (type and name), the node of its body, and the position of its last label."""

    labels: tuple[str, ...]
    body: Node
    place: Place

    @property
    def name(self) -> str:
        """The labels as in an address, joined with dots."""
        return ".".join(self.labels)

    @property
    def note(self) -> Value | None:
        """The value of its "//" key: a comment, or metadata of CDKTF."""
        content = self.body.content
        comment = content.get(COMMENT) if isinstance(content, Mapping) else None
        return None if comment is None else as_written(comment)

    @property
    def arguments(self) -> Mapping[str, Node]:
        """The arguments and nested blocks of the body, by name."""
        return mapping(self.body)


def mapping(node: Node) -> Mapping[str, Node]:
    """The children of an object by key, without comments; empty if the node is not an object."""
    content = fields(node)
    return {key: child for key, child in content.items() if key != COMMENT} if COMMENT in content else content


def blocks(section: Node | None, kind: str, labels: int, flaws: Flaws | None = None) -> Iterator[Block]:
    """The blocks in a section of the document. labels: how many its blocks have ("resource" two, "locals" none).

    flaws: receives what is no block in the section; None: it raises Problem.
    """
    if section is not None:
        yield from _labelled(section, section, kind, labels, (), flaws)


def _labelled(
    node: Node, place: Place, kind: str, labels: int, above: tuple[str, ...], flaws: Flaws | None
) -> Iterator[Block]:
    content = node.content
    if content is None:
        return
    if isinstance(content, list):
        for item in content:
            yield from _of_item(item, place, kind, labels, above, flaws)
    elif not isinstance(content, Mapping):
        _refuse(_shape(node, kind, labels, above), node, flaws)
    elif labels == 0:
        yield Block(above, node, place)
    elif any(isinstance(child, Written) for child in content.values()):
        # In native syntax, these are arguments where names are expected.
        count = labels + len(above)
        names = f"{count} {'name' if count == 1 else 'names'}"
        _refuse(f"{kind} needs {names} in quotes before the brace; write what is missing", node, flaws)
    else:
        for label, child in mapping(node).items():
            if not label:
                what = " ".join((kind, *above))
                _refuse(f"{what} needs a name that is not empty; write it in the quotes", node.key(label), flaws)
                continue
            yield from _labelled(child, node.key(label), kind, labels - 1, (*above, label), flaws)


def _of_item(
    item: Node, place: Place, kind: str, labels: int, above: tuple[str, ...], flaws: Flaws | None
) -> Iterator[Block]:
    """The blocks in an item of a list. One of a file in native syntax is a block that knows its labels."""
    known: Block | None = None if above else getattr(item, "block", None)
    if known is not None and len(known.labels) == labels:
        yield known
    elif isinstance(item.content, list):
        _refuse(_shape(item, kind, labels, above), item, flaws)
    else:
        yield from _labelled(item, place if above else item, kind, labels, above, flaws)


def word(node: Node | None) -> str:
    """A keyword or name (an iterator, a provider, a type) in either syntax, without white space; empty if missing."""
    return "" if node is None else re.sub(r"^\$\{|\}$|\s", "", text(node) or "")


def literal(node: Node | None) -> str | None:
    """The text of a node; None if it is not a string or contains expressions."""
    written = text(node)
    return None if written is None or "${" in written or "%{" in written else written


def _shape(node: Node, kind: str, labels: int, above: tuple[str, ...]) -> str:
    what = " ".join((kind, ".".join(above))).strip()
    wanted = {0: "its arguments", 1: "names to bodies"}.get(labels, "types to names to bodies")
    found = "a list in a list" if isinstance(node.content, list) else "a single value"
    return f"{what} must be an object of {wanted}, not {found}"


def _refuse(message: str, node: Place, flaws: Flaws | None) -> None:
    span = node.span
    if flaws is None:
        raise Problem(message, span.path, span.line, span.column)
    flaws.add(message, span.path, (span.line, span.column))


def as_written(node: Node) -> Value:
    """The value of a node without evaluation of `${…}`, for comments."""
    content = node.content
    if content is None:
        return Absent(node)
    if isinstance(content, list):
        return Known([as_written(child) for child in content], node)
    if isinstance(content, Mapping):
        return Known({key: as_written(child) for key, child in content.items()}, node)
    return Known(content, node)
