"""Joins the facts of the versions of a module, and writes and reads the file that has them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.module_facts.expressions import Fact

FOLDER = Path(__file__).parents[2] / "src" / "awslint_memo" / "readers" / "terraform_modules" / "facts"


@dataclass(frozen=True)
class Module:
    """What is known of a module. day: on which it was read. versions: with their commits, the oldest first.
    facts: those of each version, by folder and key."""

    source: str
    repository: str
    day: str
    versions: Mapping[str, str]
    facts: Sequence[Mapping[tuple[str, str], Fact]]

    def text(self) -> str:
        """The file, with one fact a line."""
        head = {"source": self.source, "repository": self.repository, "read": self.day}
        lines = [f'"{name}": {_json(value)},' for name, value in head.items()]
        versions = ",\n".join(f" {_json(number)}: {_json(commit)}" for number, commit in self.versions.items())
        facts = ",\n".join(f" {_json(line)}" for line in sorted(joined(self.facts), key=_order))
        return "{" + "\n".join(lines) + f'\n"versions": {{\n{versions}\n}},\n"facts": [\n{facts}\n]}}\n'

    @property
    def path(self) -> Path:
        """Where the file is."""
        return FOLDER / f"{self.source.replace('/', '.')}.json"


def joined(facts: Sequence[Mapping[tuple[str, str], Fact]]) -> Iterator[list[Fact]]:
    """The facts of all versions, those that are the same in versions that follow each other as one: the first and the
    last version, folder, key and fact."""
    open_: dict[tuple[str, str], tuple[int, str, Fact]] = {}
    for at, version in enumerate([*facts, {}]):
        for key, (first, text, of) in list(open_.items()):
            if key not in version or _json(version[key]) != text:
                yield [first, at - 1, *key, of]
                del open_[key]
        for key, of in version.items():
            open_.setdefault(key, (at, _json(of), of))


def _order(line: list[Fact]) -> tuple[str, str, int]:
    return line[2], line[3], line[0]


def _json(of: object) -> str:
    return json.dumps(of, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def day_of(path: Path) -> str:
    """The day in a file that is there; empty if there is none."""
    return str(json.loads(path.read_text(encoding="utf-8"))["read"]) if path.exists() else ""


def named(lines: Iterable[str]) -> Iterator[list[str]]:
    """The words of each line of a list, without comments."""
    for line in lines:
        words = line.partition("#")[0].split()
        if words:
            yield words
