"""Writes what is made of the rules: docs/rules/, docs/memo.md, and the ids of new rules into docs/catalogue.txt.

usage: python docs/generate.py [FOLDER]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Rule
from awslint_memo.manual import memo, page
from awslint_memo.reporters.example_output import example_output


def main(folder: Path) -> None:
    """Write all of it into a folder laid out as docs/ is."""
    write_rules(folder / "rules", page.every_rule())
    _write(folder / "memo.md", memo.table(list(rules().values())))
    add_to_catalogue(folder / "catalogue.txt", rules())


def write_rules(folder: Path, known: Iterable[Rule]) -> None:
    """Write the pages of rules into a folder; pages that were written for rules that are no more go."""
    made = page.pages(known, example_output)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in made and old.read_text(encoding="utf-8").startswith(page.GENERATED):
            old.unlink()
    for name, text in made.items():
        _write(folder / name, text)


def add_to_catalogue(path: Path, ids: Iterable[str]) -> None:
    """Add ids that are new to the list of all that there ever were, from which none is taken away."""
    known = path.read_text(encoding="utf-8").split() if path.exists() else []
    _write(path, "".join(f"{one}\n" for one in dict.fromkeys((*known, *ids))))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
