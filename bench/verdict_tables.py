"""Runs `bench.verdicts`, compares two of its answers, and writes the comparison as tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.module_layers import Layer

ANSWERED = ("reported", "sound")
HERE = Path(__file__).parents[1]

OF_EXAMPLES = ["module", "roots", "checks", "equal"]
OF_EXAMPLES += ["answered before", "by facts", "with the module", "findings before", "by facts", "with the module"]
OF_EXAMPLES += ["only by facts", "only with it", "other words"]
OF_REPOSITORIES = ["repository", "module calls", "read before", "by facts", "in place"]
OF_REPOSITORIES += ["resources judged", "before", "by facts", "checks", "answered before", "by facts", "in place"]
OF_REPOSITORIES += ["equal", "findings before", "by facts", "in place", "only by facts", "only in place"]
OF_REPOSITORIES += ["user time before, s", "by facts", "in place"]

Key = tuple[str, ...]
"""The root, the resource, the rule and the number of a check."""


@dataclass
class Verdicts:
    """What a run says. findings: rule, level, path, line, column, resource and route of each; words: their messages."""

    checks: Mapping[Key, str] = field(default_factory=dict)
    judged: frozenset[Key] = frozenset()
    findings: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    words: Mapping[tuple[Any, ...], str] = field(default_factory=dict)
    modules: Sequence[int] = (0, 0)
    notices: Sequence[str] = ()
    seconds: float = 0.0

    def answered(self, keys: Iterable[Key]) -> int:
        """How many of these checks are answered."""
        return sum(self.checks.get(key) in ANSWERED for key in keys)


def run(folder: Path, roots: Sequence[Path], sources: Path | None = None) -> list[Verdicts]:
    """What a checkout of this project says of each of some roots in a folder. sources: the checkout; None: this one."""
    paths = [str((sources or HERE) / "src"), str(HERE)]
    command = [sys.executable, "-m", "bench.verdicts", *map(str, roots)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    answer = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if answer.returncode:
        raise SystemExit(f"{folder}: {answer.stderr.decode()[-2000:]}")
    return [_verdicts(json.loads(line)) for line in answer.stdout.splitlines()]


def _verdicts(told: Mapping[str, Any]) -> Verdicts:
    shown = [(tuple(finding[:7]), finding[7]) for finding in told["findings"]]
    return Verdicts(
        {tuple(map(str, check[:4])): check[4] for check in told["checks"]},
        frozenset((root, name) for root, name, is_judged in told["resources"] if is_judged),
        Counter(key for key, _ in shown),
        dict(shown),
        told["modules"],
        told["notices"],
        told["seconds"],
    )


@dataclass
class Compared:
    """Two runs of a root or repository: by facts and with the modules in place; earlier: one of an earlier commit."""

    name: str
    facts: Verdicts
    placed: Verdicts
    earlier: Verdicts | None
    layer: Layer

    @property
    def keys(self) -> set[Key]:
        """The checks of either run."""
        return {*self.facts.checks, *self.placed.checks}

    @property
    def equal(self) -> int:
        """How many checks come to the same."""
        return sum(self.facts.checks.get(key) == self.placed.checks.get(key) for key in self.keys)

    @property
    def only_facts(self) -> Counter[tuple[Any, ...]]:
        """The findings that the run with the modules in place has not."""
        return self.facts.findings - self.placed.findings

    @property
    def only_placed(self) -> Counter[tuple[Any, ...]]:
        """The findings that facts miss."""
        return self.placed.findings - self.facts.findings

    @property
    def told(self) -> Mapping[str, Any]:
        """Each difference, to be read."""
        unequal = [key for key in sorted(self.keys) if self.facts.checks.get(key) != self.placed.checks.get(key)]
        both = [key for key in self.facts.findings if key in self.placed.findings]
        before = self.earlier.findings if self.earlier is not None else Counter[tuple[Any, ...]]()
        return {
            "name": self.name,
            "unequal": [[*key, self.facts.checks.get(key), self.placed.checks.get(key)] for key in unequal],
            "only facts": [[*key, self.facts.words[key]] for key in self.only_facts],
            "only placed": [[*key, self.placed.words[key]] for key in self.only_placed],
            "other words": [
                [*key, self.facts.words[key], self.placed.words[key]]
                for key in both
                if self.facts.words[key] != self.placed.words[key]
            ],
            "new by facts": [[*key, self.facts.words[key]] for key in self.facts.findings - before],
            "missing": self.layer.missing,
            "laid": self.layer.laid,
            "notices": [list(self.facts.notices), list(self.placed.notices)],
        }


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def examples_table(compared: Sequence[Compared]) -> Iterator[str]:
    """A row for each module, and one for all."""
    groups: dict[str, list[Compared]] = {}
    for each in compared:
        groups.setdefault(each.name.split("/")[0].replace("+", "/"), []).append(each)
    yield _row(OF_EXAMPLES)
    yield _row(["---"] * len(OF_EXAMPLES))
    for name, group in sorted(groups.items()):
        yield _row([name, *_cells(group)])
    yield _row(["all", *_cells(compared)])


def _cells(group: Sequence[Compared]) -> list[object]:
    checks = sum(len(each.keys) for each in group)
    befores = [each.earlier for each in group if each.earlier is not None]
    answered = sum(each.placed.answered(each.keys) for each in group)
    earlier = sum(each.earlier.answered(each.keys) for each in group if each.earlier is not None)
    return [
        len(group),
        checks,
        _share(sum(each.equal for each in group), checks),
        earlier if befores else "–",
        sum(each.facts.answered(each.keys) for each in group),
        answered,
        sum(each.findings.total() for each in befores) if befores else "–",
        sum(each.facts.findings.total() for each in group),
        sum(each.placed.findings.total() for each in group),
        sum(each.only_facts.total() for each in group),
        sum(each.only_placed.total() for each in group),
        sum(len(each.told["other words"]) for each in group),
    ]


def repositories_table(compared: Sequence[Compared]) -> Iterator[str]:
    """A row for each repository, and one for all."""
    yield _row(OF_REPOSITORIES)
    yield _row(["---"] * len(OF_REPOSITORIES))
    for each in compared:
        yield _row([each.name, *_repository([each])])
    yield _row(["all", *_repository(compared)])


def _repository(group: Sequence[Compared]) -> list[object]:
    runs = [(each, each.earlier or Verdicts()) for each in group]
    checks = sum(len(each.keys) for each in group)
    judged = sum(len(each.placed.judged | each.facts.judged) for each in group)
    return [
        sum(each.placed.modules[1] for each in group),
        sum(before.modules[0] for _, before in runs),
        sum(each.facts.modules[0] for each in group),
        sum(each.placed.modules[0] for each in group),
        judged,
        _share(sum(len(before.judged) for _, before in runs), judged),
        _share(sum(len(each.facts.judged) for each in group), judged),
        checks,
        _share(sum(before.answered(each.keys) for each, before in runs), checks),
        _share(sum(each.facts.answered(each.keys) for each in group), checks),
        _share(sum(each.placed.answered(each.keys) for each in group), checks),
        _share(sum(each.equal for each in group), checks),
        sum(before.findings.total() for _, before in runs),
        sum(each.facts.findings.total() for each in group),
        sum(each.placed.findings.total() for each in group),
        sum(each.only_facts.total() for each in group),
        sum(each.only_placed.total() for each in group),
        *(f"{sum(seconds):.1f}" for seconds in zip(*_seconds(runs), strict=True)),
    ]


def _seconds(runs: Sequence[tuple[Compared, Verdicts]]) -> Iterator[tuple[float, float, float]]:
    for each, before in runs:
        yield before.seconds, each.facts.seconds, each.placed.seconds
