"""The lines of the table that `recovery` prints for some files."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from tests.command import printed

WANTED = "recovery: {rpo: 1h, keep: 14d, regions: [eu-west-1, eu-central-1]}\n"


def rows(here: Path, files: dict[str, str], *options: str, configuration: str = WANTED) -> list[str]:
    """The lines of the table for some files, each with single spaces."""
    for name, text in {".awslint-memo.yaml": configuration, **files}.items():
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return [" ".join(line.split()) for line in printed("recovery", *options).splitlines()]


def starting(lines: list[str], start: str) -> str:
    """The one line that begins with some words."""
    [line] = [line for line in lines if line.startswith(start)]
    return line
