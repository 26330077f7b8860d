"""Counts what readers said of findings (docs/audits) for each rule, into the file that the package has.

`python -m bench.confidence` writes src/awslint_memo/manual/confidence.txt. A finding that two people read has the
graver of their answers. A false one counts as mended only if docs/audits/mended.csv has it, with the page that says so.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from awslint_memo.files.rule_files import PACKAGE
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.registry import rules
from awslint_memo.manual.confidence import FILE

AUDITS = Path(__file__).resolve().parents[1] / "docs" / "audits"

MENDED = "mended.csv"

ANSWERS = ("false", "debatable", "true")
"""The gravest first."""

_HEAD = (
    "# Findings that were read, by rule: how many, true, debatable, false, and of the false ones mended.\n"
    "# Made of docs/audits by `python -m bench.confidence`.\n"
)

Key: TypeAlias = "tuple[str, str, str, str]"
"""Audit, repository, place and rule of a finding."""


def readings() -> Iterator[tuple[Key, str]]:
    """Each finding that was read, with the graver of the answers."""
    for path in sorted(AUDITS.glob("*.csv")):
        for row in _rows(path):
            answers = {row.get(name, "") for name in ("reader_a", "reader_b", "verdict")}
            answer = next((each for each in ANSWERS if each in answers), "")
            if answer and path.name != MENDED:
                yield (path.stem, row["repository"], row["place"], row["rule"]), answer


def mended() -> set[Key]:
    """The false findings whose cause is mended."""
    return {(row["audit"], row["repository"], row["place"], row["rule"]) for row in _rows(AUDITS / MENDED)}


def counts() -> Mapping[str, Counter[str]]:
    """The answers by rule, by the id that it has now; "read" counts all, "mended" those that are mended."""
    by_name = {name: rule.id for rule in rules().values() for name in (*rule.aliases, rule.id)}
    by_rule: dict[str, Counter[str]] = {}
    gone = mended()
    for key, answer in readings():
        if key[3] == INTERNAL_ERROR or key[3] not in by_name:
            continue
        of_rule = by_rule.setdefault(by_name[key[3]], Counter())
        of_rule.update(["read", answer, *(["mended"] if answer == "false" and key in gone else [])])
    return by_rule


def text() -> str:
    """The file: a rule a line."""
    names = ("read", "true", "debatable", "false", "mended")
    lines = (f"{rule} {' '.join(str(answers[name]) for name in names)}\n" for rule, answers in sorted(counts().items()))
    return _HEAD + "".join(lines)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    Path(PACKAGE, *FILE.split("/")).write_text(text(), encoding="utf-8")
