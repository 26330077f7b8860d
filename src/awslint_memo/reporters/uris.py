"""Converts paths to URIs relative to the repository's root, which are valid on other machines too."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

BASE = "%SRCROOT%"
"""The base of relative URIs in SARIF."""


Locate: TypeAlias = "Callable[[str], dict[str, str]]"
"""Gives SARIF's artifactLocation for a path."""


def locator(home: str) -> Locate:
    """Gives what `artifact` does, worked out once for each path of one report."""
    return cache(partial(artifact, home=home))


def artifact(path: str, home: str) -> dict[str, str]:
    """SARIF's artifactLocation for a path, which is relative to the working folder.

    A path outside of `home` gives an absolute file URI.
    """
    # Not resolved: a symbolic link in the repository counts as a file of the repository.
    whole = Path(os.path.abspath(path))
    if whole.is_relative_to(home):
        # ":" is encoded too: in the first segment of a relative URI, the text before it would be a scheme.
        return {"uri": quote(os.fsencode(whole.relative_to(home).as_posix())), "uriBaseId": BASE}
    return {"uri": whole.as_uri()}


def in_repository(path: str, home: str) -> str:
    """The path of a file from the repository's top, with `/`; of one outside of it, the absolute path.

    Build servers want it so, whatever folder a run was started in.
    """
    whole = Path(os.path.abspath(path))
    return (whole.relative_to(home) if whole.is_relative_to(home) else whole).as_posix()
