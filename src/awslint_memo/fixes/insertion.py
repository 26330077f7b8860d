"""Where something new is written, so that it stands where its reader looks for it."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.fixes.edit import line_start
from awslint_memo.model.lazy import regex
from awslint_memo.syntax.hcl.document import Argument, Block, Item

_WORD = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SHARED = 2
"""So many words in a row that two names share tell that they are about the same: allocated_storage and
max_allocated_storage."""

_TAGS = ("tags", "tags_all")
_META = (*_TAGS, "lifecycle", "depends_on", "timeouts", "provisioner", "connection")
"""What stands at the end of a block. https://developer.hashicorp.com/terraform/language/style#resource-order (read on
2026-11-30) puts lifecycle and depends_on there; many people put the tags there too."""


def related(name: str, others: Sequence[str]) -> int | None:
    """The last of the other names that is about the same as a name, by its index; None if there is none."""
    runs = _runs(name)
    return next((at for at in range(len(others) - 1, -1, -1) if runs & _runs(others[at])), None)


def _runs(name: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(name)]
    return {tuple(words[at : at + _SHARED]) for at in range(len(words) - _SHARED + 1)}


def has_heading(text: str, at: int) -> bool:
    """Whether a comment stands above a line of HCL, or above one that is joined to it by no empty line."""
    at = line_start(text, at)
    while at > 0:
        above = line_start(text, at - 1)
        line = text[above:at].strip()
        if line.startswith(("#", "//")) or line.endswith("*/"):
            return True
        if not line or line.endswith("{"):
            return False
        at = above
    return False


def outside_heading(text: str, last: Argument | None, others: Sequence[Argument]) -> tuple[Argument | None, bool]:
    """The argument behind which a new one stands that is about none of those that are there: the last one, or of others
    the last that has no heading, as what is below a comment is about what it says. Whether it has one still."""
    if last is None or not has_heading(text, last.name.start):
        return last, False
    free = [one for one in others if not has_heading(text, one.name.start)]
    return (free[-1], False) if free else (last, True)


def before_meta(text: str, body: Block) -> int | None:
    """The offset before what stands at the end of a block after its other blocks, and before the comments of that;
    None if there is nothing, or it does not begin a line."""
    items = list(body.items)
    last = len(items)
    while last > 0 and items[last - 1].name.text in _META:
        last -= 1
    has_blocks = any(isinstance(item, Block) for item in items[:last])
    while last < len(items) and items[last].name.text in _TAGS and not has_blocks:
        last += 1
    if last == len(items):
        return None
    at = line_start(text, _start(items[last]))
    if text[at : _start(items[last])].strip():
        return None
    while at > 0 and text[line_start(text, at - 1) : at].lstrip().startswith(("#", "//")):
        at = line_start(text, at - 1)
    return at if at > body.start else None


def _start(item: Item) -> int:
    return item.start if isinstance(item, Block) else item.name.start
