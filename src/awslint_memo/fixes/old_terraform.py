"""Files written for Terraform 0.11 or older, which knows references in "${…}" only, and no object in a call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from awslint_memo.files.files import Files
from awslint_memo.fixes.edit import Refused
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.syntax.hcl.document import Argument, Block, Item
from awslint_memo.syntax.hcl.expressions import Expression, Literal, Number, Object, Template, Tuple, Unary
from awslint_memo.syntax.hcl.layout import Fault
from awslint_memo.syntax.hcl.portions import portions

_REQUIRED = regex(r'(?m)^[ \t]*required_version\s*=\s*"([^"]*)"')
_BEFORE = regex(r"(?:^|~>|(?<![<>!])=)\s*0\.(?:\d|1[01])\b|<\s*0\.12(?:\.0)?\s*(?:,|$)|<=?\s*0\.(?:\d|1[01])\b")
"""A requirement that asks for a version before 0.12."""

_PINNED = regex(r"\s*(?:latest:\^?)?v?0\.(?:\d|1[01])\b")
_PINS = ".terraform-version"

_STATE = "terraform.tfstate"
_APPLIED = regex(r'"terraform_version": ?"0\.(?:\d|1[01])\.')

_BARE = regex(r"[A-Za-z][\w-]*(?:\.[\w-]+)+")
_REFERENCE = regex(r"[A-Za-z_][\w-]*[.\[]")

_RESERVED = frozenset(("count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version"))
"""Names that no variable has from 0.12 on.

https://developer.hashicorp.com/terraform/language/block/variable (read on 2026-12-01)
"""


def age_of(path: str, files: Files) -> Callable[[], bool]:
    """Tells whether a file is written for Terraform 0.11 or older, found out at the first question of a run."""
    return lambda: files.once(_Age(path))


@record(frozen=True)
class _Age:
    """Tells it of a file, for `Files.once`."""

    path: str

    def __call__(self, files: Files) -> bool:
        """Whether a file is surely written for Terraform 0.11 or older: all its references stand in "${…}", and its
        folder or one above it asks for such a version or has what later ones refuse, as blocks of tags."""
        blocks = items(self.path, files)
        if not any(_refers(item) for item in blocks) or not all(_is_plain(item) for item in blocks):
            return False
        return any(files.once(_Folder(folder)) for folder in folders(self.path, files))


@record(frozen=True)
class _Folder:
    """Tells of a folder whether its configuration is for such a version, for `Files.once`: its files, all of which are
    read for that, have many neighbours."""

    path: str

    def __call__(self, files: Files) -> bool:
        if _asks_for_it(self.path, files):
            return True
        blocks = [
            item
            for path in configurations(self.path, files)
            for item in items(path, files)
            if isinstance(item, Block) and item.labels
        ]
        return _has_old_blocks(blocks) or any(_has_old_source(block, self.path, files) for block in blocks)


def interpolated(written: str) -> str:
    """An expression as 0.11 has it. Raises Refused for one that it can't have."""
    if _BARE.fullmatch(written):
        return f'"${{{written}}}"'
    if _REFERENCE.match(written):
        raise Refused("the file is written for Terraform 0.11, which has no such expression; set it by hand")
    return written


def folders(path: str, files: Files) -> Iterator[str]:
    """The folder of a file and those above it in its repository."""
    folder, top = os.path.dirname(path), files.root_above(path)
    while files.is_inside(folder or os.curdir):
        yield folder
        here = os.path.abspath(folder)
        if here in (top, os.path.dirname(here)):
            return
        folder = os.path.normpath(os.path.join(folder, os.pardir))


def _asks_for_it(folder: str, files: Files) -> bool:
    pins = os.path.join(folder, _PINS)
    if files.is_file(pins) and _PINNED.match(_text(pins, files)):
        return True
    state = os.path.join(folder, _STATE)
    if files.is_file(state) and _APPLIED.search(_text(state, files)):
        return True
    texts = (_text(path, files) for path in configurations(folder, files))
    return any(_BEFORE.search(match[1].strip()) for text in texts for match in _REQUIRED.finditer(text))


def _has_old_blocks(blocks: Sequence[Block]) -> bool:
    """Whether a resource of AWS has its tags as a block, or a variable has such a name, as 0.11 allowed."""
    if any(block.name.text == "variable" and block.labels[0].text in _RESERVED for block in blocks):
        return True
    resources = (one for one in blocks if one.name.text == "resource" and one.labels[0].text.startswith("aws_"))
    inner = (item for resource in resources for item in resource.items)
    return any(isinstance(item, Block) and item.name.text == "tags" and not item.labels for item in inner)


def _has_old_source(block: Block, folder: str, files: Files) -> bool:
    """Whether a block calls a module of this folder without "./", which later versions take for one of a registry."""
    if block.name.text != "module":
        return False
    sources = (item.expression for item in block.items if isinstance(item, Argument) and item.name.text == "source")
    written = [source.text or "" for source in sources if isinstance(source, Template)]
    return any(one[:1].isalpha() and bool(configurations(os.path.join(folder, one), files)) for one in written)


def configurations(folder: str, files: Files) -> list[str]:
    """The files of a folder in Terraform's native syntax."""
    return [os.path.join(folder, name) for name in files.names(folder) if name.endswith(".tf")]


def _text(path: str, files: Files) -> str:
    try:
        return files.read(path).text
    except Problem:
        return ""


def items(path: str, files: Files) -> Sequence[Item]:
    """The arguments and blocks of a file; none if it can't be read."""
    made = portions(_text(path, files))
    return [] if isinstance(made, Fault) else [item for one in made for item in one.passage.document.items]


def _arguments(item: Item) -> Iterator[Argument]:
    if isinstance(item, Argument):
        yield item
    else:
        for inner in item.items:
            yield from _arguments(inner)


def _refers(item: Item) -> bool:
    return any(_has_interpolation(argument.expression) for argument in _arguments(item))


def _has_interpolation(value: Expression) -> bool:
    return any(not isinstance(part, str) for part in value.parts) if isinstance(value, Template) else False


def _is_plain(item: Item) -> bool:
    """Whether nothing in it is an expression outside of a text, as 0.12 allows."""
    return all(_is_literal(argument.expression) for argument in _arguments(item))


def _is_literal(value: Expression) -> bool:
    if isinstance(value, Tuple):
        return all(map(_is_literal, value.items))
    if isinstance(value, Object):
        return all(_is_literal(inner) for _, inner in value.items)
    is_number = isinstance(value, Unary) and isinstance(value.operand, Number)
    return is_number or isinstance(value, (Literal, Number, Template))
