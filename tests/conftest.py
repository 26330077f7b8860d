"""Tests are the same on a developer's machine and on a build server."""

from __future__ import annotations

import os

for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):  # They decide what `lint` writes.
    os.environ.pop(name, None)
