"""Paths as URIs that mean the same on the machine that reads the report: relative to the repository's root."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

BASE = "%SRCROOT%"
"""What relative URIs are relative to."""


def artifact(path: str, home: Path) -> dict[str, str]:
    """SARIF's artifactLocation of a path, which is relative to the folder in which the run stands.

    A path outside of `home` can't be relative to it, so it is a whole file URI.
    """
    whole = Path(os.path.abspath(path))  # not resolved: a link in the repository is a file of the repository
    if whole.is_relative_to(home):
        # ":" is encoded too: what stands before it in the first part of a relative URI would be a scheme.
        return {"uri": quote(os.fsencode(whole.relative_to(home).as_posix())), "uriBaseId": BASE}
    return {"uri": whole.as_uri()}
