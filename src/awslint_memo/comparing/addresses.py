"""Nested templates at an address that is another one now, or asks for a version, so that they may be others than the
files of their names here."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import Final

from awslint_memo.files.disk import path_from
from awslint_memo.judging.inventory import plain_name
from awslint_memo.judging.report import Seen
from awslint_memo.model.finding import Finding

_VERSION: Final = "versionId="
"""How an address asks for a version, which stays as it is (AmazonS3/latest/API/API_GetObject.html, read on
2026-12-02)."""

_MOVED: Final = "{} is taken as a nested template by its name only, at another address than before; name it by its path"
_PINNED: Final = (
    "{} is taken as a nested template by its name only, at a version that was there before; name the new one"
)


def why_other(finding: Finding, asked: Collection[str], passed: Collection[str], then: Seen, now: Seen) -> str:
    """Why the template that mends a finding may be another one than the file that is judged; empty if it is that.

    asked: the names of other resources by which it was found. passed: the files whose outputs decide it.
    then, now: what was looked at.
    """
    names = {plain_name(name, finding.home_path) for name in asked}
    others = {path for path, name in then.inventory.homes if name in names and path in now.inventory.addresses}
    for file in sorted({os.path.abspath(finding.home_path), *others, *passed}):
        mine, its = (seen.inventory.addresses.get(file, set()) for seen in (now, then))
        if (its - mine or file in passed) and any(map(str.strip, mine - its)):
            return _MOVED.format(path_from(file))
        if any(_VERSION in address for address in mine):
            return _PINNED.format(path_from(file))
    return ""
