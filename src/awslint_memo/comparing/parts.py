"""Blocks of Terraform that are parts of a resource, such as the targets of a rule, and stand apart from it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.comparing.inner_parts import became
from awslint_memo.comparing.likeness import names_in, naming
from awslint_memo.files.files import Files
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem

_HEAD = regex(r'(?m)^resource\s+"(\w+)"\s+"([^"]+)"')
_BLOCK = regex(r"(?m)^[a-z]\w*\b[^=\n]*\{")


def gone_part(finding: Finding, then: Files, now: Files) -> str:
    """The address of the block in which a finding stood, if that is a part of its resource and gone; empty if not.

    It is not gone if a new block of its type is a part of the resource now, unless more of them went than came and
    another one of these is more like that.
    """
    own = naming(finding.resource)
    part = _address_at(then, finding.path, finding.span.line)
    if not part or part == own:
        return ""
    folder, type_ = os.path.dirname(finding.path), part.partition(".")[0]
    before, after = (
        {address: text for address, text in _blocks_in(files, folder) if address.partition(".")[0] == type_}
        for files in (then, now)
    )
    if part in after or part not in before:
        return ""
    went = [text for address, text in before.items() if address not in after and own in names_in(text)]
    came = [text for address, text in after.items() if address not in before and own in names_in(text)]
    return "" if came and before[part] in became(went, came) else part


def _address_at(files: Files, path: str, line: int) -> str:
    """The address of the resource whose block begins at or before a line, if no other block does after it."""
    text = "".join(each + "\n" for each in _text(files, path).split("\n")[:line])
    blocks = [*_BLOCK.finditer(text)] if path.endswith(".tf") else []
    head = _HEAD.match(text, blocks[-1].start()) if blocks else None
    return f"{head[1]}.{head[2]}" if head else ""


def _blocks_in(files: Files, folder: str) -> Iterator[tuple[str, str]]:
    """The addresses and texts of the resources in the files of a folder."""
    for name in files.names(folder or os.curdir):
        text = _text(files, os.path.join(folder, name)) if name.endswith(".tf") else ""
        heads = [*_HEAD.finditer(text)]
        for head, end in zip(heads, (*(head.start() for head in heads[1:]), len(text)), strict=False):
            yield f"{head[1]}.{head[2]}", text[head.end() : end]


def _text(files: Files, path: str) -> str:
    try:
        return files.read(path).text
    except Problem:
        return ""
