"""Joins the facts of the versions of a module, and writes and reads the file that has them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from bench.module_facts.expressions import Fact, inside, rebuilt
from bench.module_facts.folders import FLAGS

FOLDER = Path(__file__).parents[2] / "src" / "awslint_memo" / "readers" / "terraform_modules" / "facts"

TOLD = FOLDER.with_name("arguments.json")
"""The file that says which arguments of resources the facts tell."""


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
        lines = sorted(joined(self.facts), key=_order)
        parts, short = shared([line[-1] for line in lines])
        sections = [*(f"{_json(name)}: {_json(value)}" for name, value in head.items())]
        sections.append(f'"versions": {{\n{_members(self.versions)}\n}}')
        sections += [f'"parts": {{\n{_members(parts)}\n}}'] if parts else []
        rows = (f" {_json([*line[:-1], of])}" for line, of in zip(lines, short, strict=True))
        sections.append('"facts": [\n' + ",\n".join(rows) + "\n]")
        return "{\n" + ",\n".join(sections) + "\n}\n"

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


_LONG = 80
"""What has so many characters in the file, and stands there more than once, is a part of its own."""


def shared(facts: Sequence[Fact]) -> tuple[Mapping[str, Fact], Sequence[Fact]]:
    """The parts that facts have in common, by name, and the facts with these names in their place."""
    counts: Counter[str] = Counter()
    for of in facts:
        _count(of, counts)
    names = {text: sha256(text.encode()).hexdigest()[:8] for text, count in counts.items() if count > 1}
    parts = {name: _with_parts(json.loads(text), names, is_part=True) for text, name in names.items()}
    return dict(sorted(parts.items())), [_with_parts(of, names) for of in facts]


def _count(of: Fact, counts: Counter[str]) -> None:
    """Count the long facts in a fact. What is inside of one that was there before is counted no more."""
    text = _json(of)
    if len(text) >= _LONG and isinstance(of, (dict, list)):
        counts[text] += 1
        for child in inside(of) if counts[text] == 1 else ():
            _count(child, counts)


def _with_parts(of: Fact, names: Mapping[str, str], *, is_part: bool = False) -> Fact:
    name = None if is_part or not isinstance(of, (dict, list)) else names.get(_json(of))
    return rebuilt(of, partial(_with_parts, names=names)) if name is None else ["part", name]


def _members(of: Mapping[str, object]) -> str:
    return ",\n".join(f" {_json(name)}: {_json(value)}" for name, value in of.items())


def _order(line: list[Fact]) -> tuple[str, str, int]:
    return line[2], line[3], line[0]


def _json(of: object) -> str:
    return json.dumps(of, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@cache
def unread_inputs(source: str) -> frozenset[str]:
    """The inputs of a module in a registry of which only what they mention counts, by the facts that are there."""
    address, _, folder = source.partition("//")
    path = FOLDER / f"{address.replace('/', '.')}.json"
    facts = json.loads(path.read_text(encoding="utf-8"))["facts"] if path.exists() else ()
    variables = [(key, of) for _, _, below, key, of in facts if below == folder and key.startswith("variable.")]
    read = {key for key, of in variables if not _is_plain(of)}
    return frozenset(key.partition(".")[2] for key, _ in variables if key not in read)


def _is_plain(of: Fact) -> bool:
    """Whether a variable's fact says no more than that there is one, and whether it has a default."""
    return isinstance(of, dict) and of.keys() <= {"default", *FLAGS} and of.get("default") is None
