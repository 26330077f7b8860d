"""The loops in a template, into which rules that look at templates as a whole do not look, and its macros."""

from __future__ import annotations

import os
from typing import Final

from awslint_memo.files.files import Files
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Problem

_LOOP: Final = "Fn::ForEach"


def loops(files: Files, path: str) -> int:
    """How many loops a file has; none if it can't be read."""
    try:
        return files.read(path).words.count(_LOOP) if files.is_file(path) else 0
    except Problem:
        return 0


def has_new_macro(finding: Finding, then: Report, now: Report) -> bool:
    """Whether a macro came into the file of a finding, which may change what would be right."""
    path, before = os.path.abspath(finding.home_path), then.seen.inventory.macros
    return any(count > before[key] for key, count in now.seen.inventory.macros.items() if key[0] == path)
