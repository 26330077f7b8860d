"""Finds the blocks in a Terraform document: at each level an object or a list of objects; "//" is a comment.

It knows the types of blocks that a file may have, those that are misspelled, and which blocks a block refers to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem
from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.syntax.node import Flaws, Made, Node, fields, text

COMMENT = "//"
"""The key of a comment in JSON syntax."""

BLOCK_TYPES = {
    "action": 2,
    "check": 1,
    "data": 2,
    "ephemeral": 2,
    "import": 0,
    "language": 0,
    "locals": 0,
    "module": 1,
    "moved": 0,
    "output": 1,
    "provider": 1,
    "removed": 0,
    "required_providers": 0,
    "resource": 2,
    "terraform": 0,
    "variable": 1,
}
"""The number of names of each: those of Terraform 1.14 and of OpenTofu 1.11, which has `language`.

https://developer.hashicorp.com/terraform/language and https://opentofu.org/docs/language/ (read on 2026-11-26)
"""

STACK_TYPES = {
    "component": 1,
    "deployment": 1,
    "locals": 0,
    "output": 1,
    "provider": 2,
    "required_providers": 0,
    "variable": 1,
}
"""The same of files of stacks. https://developer.hashicorp.com/terraform/language/stacks (read on 2026-11-30)"""

_MOST_TYPES = 200
"""The most types that are compared with those of Terraform, which has a tenth of them."""


def misspelled(written: Mapping[str, Node]) -> Iterator[Problem]:
    """The blocks of a file with a type that is almost one of Terraform's.

    Other types that are not known pass: a newer version may have them.
    """
    others = [(name, node) for name, node in written.items() if name != COMMENT and name not in BLOCK_TYPES]
    for name, node in others[:_MOST_TYPES]:
        from difflib import get_close_matches

        near = get_close_matches(name.lower(), BLOCK_TYPES, 1, 0.75)
        if near:
            yield _problem(f"Terraform has no block {name}, so it is not read; write {near[0]}", node)
    if len(others) > _MOST_TYPES:
        message = f"Terraform has no block {{}} and {len(others) - 1} others, so they are not read; remove them"
        yield _problem(message.format(others[0][0]), others[0][1])


def _problem(message: str, node: Node) -> Problem:
    span = node.span
    return Problem(message, span.path, span.line, span.column, is_partial=True)


def wrong_names(kind: str, found: int, types: Mapping[str, int]) -> str:
    """What is wrong with the number of names in quotes that a block has; empty if it is right or not known. types: the
    number that each kind has."""
    wanted = types.get(kind, found)
    if found == wanted:
        return ""
    names = f"{wanted} {'name' if wanted == 1 else 'names'}" if wanted else "no name"
    remedy = "write what is missing" if found < wanted else "remove what is too much"
    return f"{kind} needs {names} in quotes before the brace; {remedy}"


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


def joined(root: Node, flaws: Flaws) -> Node:
    """The root of a file in JSON, whose objects count together if it is a list of them.

    https://github.com/hashicorp/hcl/blob/main/json/public.go (read on 2026-11-29)
    """
    content = root.content
    if isinstance(content, Mapping):
        return root
    objects = content if isinstance(content, list) else [root]
    sections: dict[str, list[Node]] = {}
    for each in objects:
        if not isinstance(each.content, Mapping):
            flaws.add("this is no object; Terraform takes one, or a list of objects", *_place(each))
        for name, section in fields(each).items():
            inner = section.content
            sections.setdefault(name, []).extend(inner if isinstance(inner, list) else [section])
    return Made({name: Made(parts, parts[0] if parts else root) for name, parts in sections.items()}, root)


def _place(node: Node) -> tuple[str, tuple[int, int]]:
    return node.span.path, (node.span.line, node.span.column)


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


DEPENDS_ON = "depends_on"

_NAME = regex(r"(?<![\w.\"/-])(?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*")


def dependencies(block: Any, block_named: Callable[[str], Any], place: Place, prefix: str = "") -> Value:
    """A list with the names of the blocks in the same module ("aws_sqs_queue.q", "module.m", "data.aws_region.r").

    block: the plain data of a block in a configuration or plan. block_named: gives the data of another block in the
    module by name; None if there is none. prefix: is put before the names ("module.m.").
    """
    names: dict[str, Value] = {}
    stack = list(_named_in(block))
    while stack:
        name = stack.pop()
        if name not in names:
            names[name] = Known(f"{prefix}{name}", place)
            stack.extend(_named_in(block_named(name)))
    return Known(list(names.values()), place) if names else Absent(place)


def _named_in(data: Any, above: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for key, child in data.items():
            yield from _named_in(child, key)
    elif isinstance(data, list):
        yield from _of_each(data, above)
    elif isinstance(data, str) and ("${" in data or "%{" in data or above in (DEPENDS_ON, "references")):
        # Text outside of `${…}` may look like a name too; a superfluous dependency does no harm.
        yield from _NAME.findall(data)


def _of_each(items: Iterable[Any], above: str) -> Iterator[str]:
    for item in items:
        yield from _named_in(item, above)
