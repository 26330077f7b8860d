"""The loops in a template, into which rules that look at templates as a whole do not look."""

from __future__ import annotations

from typing import Final

from awslint_memo.files.files import Files
from awslint_memo.model.span import Problem

_LOOP: Final = "Fn::ForEach"


def loops(files: Files, path: str) -> int:
    """How many loops a file has; none if it can't be read."""
    try:
        return files.read(path).words.count(_LOOP) if files.is_file(path) else 0
    except Problem:
        return 0
