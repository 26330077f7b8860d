"""Reads the data files of the package."""

from __future__ import annotations

import os

from awslint_memo.files.rule_files import PACKAGE
from awslint_memo.files.source import Source, read


def packaged(name: str) -> Source:
    """The data file at `name`, a path relative to the package's folder."""
    return read(os.path.join(PACKAGE, *name.split("/")))
