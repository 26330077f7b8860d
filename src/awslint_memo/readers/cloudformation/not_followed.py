"""What adds to a document and is not followed: macros, includes, loops, and other parts of a template."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from awslint_memo.readers.cloudformation.expansion import LOOP, TRANSFORM, Expanded, inside, left_out
from awslint_memo.syntax.node import descend, fields

if TYPE_CHECKING:
    from awslint_memo.readers.cloudformation.document import Document

_DECIDING = ("Conditions", "Mappings", "Parameters")
"""The sections that decide values, to which an include may add as to the resources."""


def not_followed(document: Document, plain: Collection[int]) -> Sequence[str]:
    """What adds to a document and was not followed, in words. plain: the ids of nodes that surely have no macro."""
    found, path = [], document.source.path
    if document.macro is not None:
        key = "Transform" if "Transform" in document.sections else TRANSFORM
        line = document.root.key(key).span.line
        found.append(f"what the macro {document.macro} adds and changes (line {line} of {path})")
    if document.missing_condition is not None:
        name, place = document.missing_condition
        what = f"the rest of the template that this is a part of, with the condition {name}"
        found.append(f"{what} (line {place.span.line} of {path})")
    found += _among_entries(document)
    found += _inside_entries(document, plain)
    unread = document.sam.unread if "Resources" in document.sections else ()
    return [*found, *(f"{what} (line {at.span.line} of {path})" for what, at in unread)]


def _among_entries(document: Document) -> Iterator[str]:
    """What stands among the resources, or in a section that decides values, and adds to them."""
    for name in ("Resources", *_DECIDING):
        section = document.sections.get(name)
        for key in fields(section) if section is not None else ():
            what = left_out(key) if name == "Resources" or key == TRANSFORM else ""
            if what and section is not None:
                where = "" if name == "Resources" else f"in {name}, "
                yield f"{what} ({where}line {section.key(key).span.line} of {document.source.path})"


def _inside_entries(document: Document, plain: Collection[int]) -> Iterator[str]:
    """What macros in the entries of sections may add or change, in words: once for each entry."""
    words = document.source.words
    if not any(word in words for word in (TRANSFORM, "!Transform", LOOP)):
        return
    for section in document.sections.values():
        for name, entry in fields(section).items():
            if id(entry.written if isinstance(entry, Expanded) else entry) in plain:
                continue  # A loop repeats it thousands of times, with all that is in it.
            what = next(filter(None, (inside(node) for node in descend(entry))), None)
            if what is not None and not left_out(name):
                yield f"{what} (in {name}, line {entry.span.line} of {entry.span.path})"
