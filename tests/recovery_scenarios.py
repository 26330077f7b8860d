"""The hand-computed scenarios of recovery in `docs/developing/recovery-scenarios/`, and what the command prints of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from tests.command import printed

FOLDER = Path(__file__).parents[1] / "docs" / "developing" / "recovery-scenarios"
LANGUAGES = ("cloudformation", "terraform")
VERDICTS = {
    "met": "met",
    "typically-met": "typically met",
    "expected-met": "expected",
    "typically-missed": "typically missed",
    "unmet": "missed",
    "unknown": "not told",
    None: None,
}
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class Scenario:
    """A design in both languages, one disruption, and what is expected of it."""

    design: Mapping[str, Any]
    said: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Unique among all scenarios."""
        return str(self.said["name"])

    @property
    def recovery(self) -> dict[str, Any]:
        """The declared objectives: those of the design, with what the scenario says otherwise."""
        return {**self.design["recovery"], **self.said.get("recovery", {})}

    def files(self, language: str) -> dict[str, str]:
        """The files of the design by name."""
        written = self.design[language]
        only = {"cloudformation": "main.yaml", "terraform": "main.tf"}[language]
        return {only: written} if isinstance(written, str) else dict(written)

    def configuration(self, language: str) -> dict[str, Any]:
        """The content of the configuration file: objectives, and where several templates are deployed."""
        several = language == "cloudformation" and "deployments" in self.design
        recovery = dict(self.recovery)
        if several:
            recovery["applications"] = {"shop": {"paths": ["**"]}}
        return {**({"deployments": self.design["deployments"]} if several else {}), "recovery": recovery}

    def store(self, language: str) -> str | None:
        """The name of the resource that is judged; None where the design as a whole is."""
        named = self.said.get("store", self.design.get("store"))
        return named[language] if named else None


def seconds(length: str | int) -> float:
    """A length of time such as 8d8h, 90s or 0 in seconds."""
    if length == 0:
        return 0
    parts = re.findall(r"(\d+)([smhd])", str(length))
    assert "".join(number + unit for number, unit in parts) == length, length
    return float(sum(int(number) * _UNITS[unit] for number, unit in parts))


def designs() -> Iterator[dict[str, Any]]:
    """All designs, in the order of the files."""
    for path in sorted(FOLDER.glob("*.yaml")):
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def scenarios() -> tuple[Scenario, ...]:
    """All scenarios."""
    return tuple(Scenario(design, said) for design in designs() for said in design["scenarios"])


def recovery_report(scenario: Scenario, language: str) -> dict[str, Any]:
    """What `recovery --format json` prints of the design under the scenario's objectives."""
    files = tuple(sorted(scenario.files(language).items()))
    return _report(files, yaml.safe_dump(scenario.configuration(language), sort_keys=False))


@lru_cache(maxsize=None)
def _report(files: tuple[tuple[str, str], ...], configuration: str) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        for name, text in (*files, (".awslint-memo.yaml", configuration)):
            Path(folder, name).write_text(text, encoding="utf-8")
        config = str(Path(folder, ".awslint-memo.yaml"))
        report: dict[str, Any] = json.loads(printed("recovery", folder, "--config", config, "--format", "json"))
        return report
