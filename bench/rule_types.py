"""Asks the type checker about changed rules: `make check` runs it, so what it refuses is noticed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]


def refused(sources: Sequence[str]) -> list[bool]:
    """Of each rule's source whether the type checker finds an error in it."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"rule_{number}.py" for number in range(len(sources))]
        for path, source in zip(paths, sources, strict=True):
            path.write_text(source, encoding="utf-8")
        command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), *map(str, paths)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        # Errors have the exit code 1; others are about the call itself.
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stdout + done.stderr)
        wrong = {line.partition(":")[0].rpartition("/")[2] for line in done.stdout.splitlines() if ": error:" in line}
        return [path.name in wrong for path in paths]
