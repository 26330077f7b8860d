"""Blocks of Terraform that are parts of a resource, such as the targets of a rule, and stand apart from it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.comparing.likeness import names_in, naming
from awslint_memo.files.files import Files
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem

_HEAD = regex(r'(?m)^resource\s+"(\w+)"\s+"([^"]+)"')


def gone_part(finding: Finding, then: Files, now: Files) -> str:
    """The address of the block in which a finding stood, if that is a part of its resource and gone; empty if not.

    It is not gone if a new block of its type is a part of the resource now.
    """
    own = naming(finding.resource)
    part = _address_at(then, finding.path, finding.span.line)
    if not part or part == own:
        return ""
    folder, type_ = os.path.dirname(finding.path), part.partition(".")[0]
    before = {address for address, _ in _blocks_in(then, folder)}
    left = [
        address == part or (address not in before and own in names_in(text))
        for address, text in _blocks_in(now, folder)
        if address.partition(".")[0] == type_
    ]
    return "" if any(left) else part


def _address_at(files: Files, path: str, line: int) -> str:
    """The address of the block that begins at or before a line."""
    text = "".join(each + "\n" for each in _text(files, path).split("\n")[:line])
    heads = _HEAD.findall(text) if path.endswith(".tf") else []
    return ".".join(heads[-1]) if heads else ""


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
