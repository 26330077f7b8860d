"""Writes the generated pages: docs/rules/ and docs/memo.md. usage: python docs/generate.py [FOLDER]"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Rule
from awslint_memo.manual import memo, page
from awslint_memo.reporters.example_output import example_output


def main(folder: Path) -> None:
    """Write every generated page into a folder laid out as docs/ is."""
    write_rules(folder / "rules", page.every_rule())
    _write(folder / "memo.md", memo.table(list(rules().values())))


def write_rules(folder: Path, known: Iterable[Rule]) -> None:
    """Write the pages of rules into a folder; pages that were written for rules that are no more go."""
    made = page.pages(known, example_output)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in made and old.read_text(encoding="utf-8").startswith(page.GENERATED):
            old.unlink()
    for name, text in made.items():
        _write(folder / name, text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
