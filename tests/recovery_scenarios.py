"""The hand-computed scenarios in `docs/developing/recovery-scenarios/`, and what `recovery` prints of each.

Both sides are brought to the same members, so that a test compares them as they are: lengths of time in seconds, None
for what is not told, and "none" where there is no way back at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import yaml
from tests.command import printed

FOLDER = Path(__file__).parents[1] / "docs" / "developing" / "recovery-scenarios"
LANGUAGES = ("cloudformation", "terraform")
VERDICTS = {
    "met": "met",
    "typically met": "typically-met",
    "expected to be met": "expected-met",
    "typically missed": "typically-missed",
    "expected to be missed": "expected-missed",
    "missed": "unmet",
    "not told": "unknown",
    None: None,
}
Members: TypeAlias = "dict[str, Any]"
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_ONLY_FILE = {"cloudformation": "main.yaml", "terraform": "main.tf"}


@dataclass(frozen=True)
class Scenario:
    """A design in both languages, one disruption, and what AWS's documentation lets one expect of it."""

    design: Mapping[str, Any]
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Unique among all scenarios."""
        return str(self.content["name"])

    @property
    def disruption(self) -> str:
        """One of software, hardware, az and region."""
        return str(self.content["disruption"])

    @property
    def recovery(self) -> dict[str, Any]:
        """The declared objectives: those of the design, with what the scenario declares otherwise."""
        return {**self.design["recovery"], **self.content.get("recovery", {})}

    def known_difference(self, language: str) -> str | None:
        """Why the command does not print yet what is expected; None where it does."""
        reason = self.content.get("differs")
        return reason.get(language) if isinstance(reason, Mapping) else reason

    def files(self, language: str) -> dict[str, str]:
        """The files of the design by name."""
        written = self.design[language]
        return {_ONLY_FILE[language]: written} if isinstance(written, str) else dict(written)

    def configuration(self, language: str) -> dict[str, Any]:
        """The configuration file: objectives; for several templates also where each is deployed, as one application."""
        if language == "terraform" or "deployments" not in self.design:
            return {"recovery": self.recovery}
        application = {"shop": {"paths": ["**"]}}
        return {"deployments": self.design["deployments"], "recovery": {**self.recovery, "applications": application}}

    def store(self, language: str) -> str | None:
        """The name of the resource that is judged; None where the design as a whole is."""
        names = self.content.get("store", self.design.get("store"))
        return names[language] if names else None


def seconds(length: str | int) -> float:
    """A length of time such as 8d8h, 90s or 0 in seconds."""
    parts = re.findall(r"(\d+)([smhd])", str(length))
    assert length == 0 or "".join(number + unit for number, unit in parts) == length, length
    return float(sum(int(number) * _UNITS[unit] for number, unit in parts))


def designs() -> Iterator[dict[str, Any]]:
    """All designs, in the order of the files."""
    for path in sorted(FOLDER.glob("*.yaml")):
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def scenarios() -> tuple[Scenario, ...]:
    """All scenarios."""
    return tuple(Scenario(design, content) for design in designs() for content in design["scenarios"])


def expected_members(scenario: Scenario) -> Members:
    """What the scenario says, under the names of `printed_members`."""
    content = scenario.content
    members: Members = {}
    if "rpo" in content:
        members |= _expected_loss(content["rpo"], scenario.disruption)
    if "rto" in content:
        members |= {"way_back": content["rto"]["way"], "back_typical": _length(content["rto"], "typical")}
        members |= {"measured": _length(content["rto"], "measured"), "back in words": content["rto"].get("words")}
    members |= {f"{figure} verdict": VERDICTS[word] for figure, word in content.get("verdict", {}).items()}
    members |= {f"strategy {end}": name for end, name in content.get("strategy", {}).items()}
    if "entry" in content:
        members |= {key: seconds(content["entry"][key]) for key in ("detection", "dns", "floor")}
    return members | {key: content[key] for key in ("listed", "transit") if key in content}


def _expected_loss(rpo: Mapping[str, Any], disruption: str) -> Members:
    """Of a loss that is surely nothing, what is typical is nothing too."""
    if rpo.get("bound") == 0:
        rpo = {"floor": 0, "typical": 0, **rpo}
    members: Members = {key: _length(rpo, key) for key in ("floor", "typical", "expected", "bound")}
    members |= {"or more": rpo.get("or-more", False), "or less": rpo.get("or-less", False), "words": rpo.get("words")}
    return members | ({"reach": _length(rpo, "reach")} if disruption == "software" else {})


def _length(figures: Mapping[str, Any], key: str) -> float | str | None:
    """The length under a key in seconds; the words "none" and "forever" as they are."""
    length = figures.get(key)
    return length if length in ("none", "forever", None) else seconds(length)


def printed_members(scenario: Scenario, language: str) -> Members:
    """What `recovery --format json` prints of the scenario's store and disruption, and of the design's strategy."""
    report = recovery_report(scenario, language)
    if "entry" in scenario.content:
        return _printed_entry(report, scenario.content["entry"]["resource"][language])
    return _printed_strategy(report) | _printed_store(report, scenario.store(language), scenario.disruption)


def _printed_entry(report: Mapping[str, Any], name: str) -> Members:
    """How long it takes until one entry of the design leads elsewhere, in sum and by the two kinds of steps."""
    [entry] = [entry for family in report["families"] for entry in family["entries"] if entry["resource"] == name]
    steps = {kind: [step for step in entry["steps"] if step["kind"] == kind] for kind in ("detection", "caching")}
    return {
        "detection": sum(step["floor_in_secs"] for step in steps["detection"]),
        "dns": sum(step["floor_in_secs"] for step in steps["caching"]),
        "floor": entry["floor_in_secs"],
        "entry verdict": entry["verdict"],
    }


def _printed_store(report: Mapping[str, Any], name: str | None, disruption: str) -> Members:
    stores = [store for family in report["families"] for store in family["stores"] if store["resource"] == name]
    if not stores:
        return {"transit": any(name in family["in_transit"] for family in report["families"])}
    [store] = stores
    if disruption not in store["disruptions"]:
        return {"listed": store["note"]}
    row = store["disruptions"][disruption]
    figure = row["figure"] or {}
    is_expected = figure.get("kind") == "expected"
    has_no_way = row["floor_in_secs"] is None and row["way_back"] == "none"
    is_for_ever = any(way["keeps_for_ever"] for way in row["ways"])
    return {
        "floor": "none" if has_no_way else row["floor_in_secs"],
        "typical": row["typical_in_secs"],
        "expected": figure["in_secs"] if is_expected else None,
        "or more": is_expected and figure["at_least"],
        "or less": figure.get("or_less", False),
        "words": figure["words"] if figure.get("kind") == "typical" and figure["in_secs"] is None else None,
        "bound": row["ceiling_in_secs"],
        "reach": "forever" if is_for_ever else row["reach_in_secs"],
        "way_back": row["way_back"],
        "back_typical": row["back_typical_in_secs"],
        "back in words": row["back_typical_in_words"],
        "measured": row["measured_in_secs"],
        "rpo verdict": row["verdict"],
        "rto verdict": row["rto_verdict"],
        "keep verdict": row["keep_verdict"],
    }


def _printed_strategy(report: Mapping[str, Any]) -> Members:
    """The strategy of the one application of a design."""
    strategies = [strategy for family in report["families"] for strategy in family["strategies"]]
    if len(strategies) != 1:
        return {}
    return {"strategy surely": strategies[0]["surely"], "strategy at-most": strategies[0]["at_most"]}


def recovery_report(scenario: Scenario, language: str) -> dict[str, Any]:
    """The JSON of `recovery` for the design under the scenario's objectives."""
    files = tuple(sorted(scenario.files(language).items()))
    return _report(files, yaml.safe_dump(scenario.configuration(language), sort_keys=False))


@cache
def _report(files: tuple[tuple[str, str], ...], configuration: str) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        for name, text in (*files, (".awslint-memo.yaml", configuration)):
            Path(folder, name).write_text(text, encoding="utf-8")
        config = str(Path(folder, ".awslint-memo.yaml"))
        report: dict[str, Any] = json.loads(printed("recovery", folder, "--config", config, "--format", "json"))
        return report
