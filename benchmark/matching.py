"""Which findings of a tool say what a label says: those at its place, of a rule that judges the same.

What a rule judges is written down by people who read its documentation: `claims/TOOL.csv` has a row for each judgement
of a rule, and one with an empty judgement for a rule that judges nothing that the benchmark is about. Where a rule
judges several things, a third column, `says`, may have a part of the message by which it says this one.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from benchmark.blocks import blocks
from benchmark.labels import Case, Label
from benchmark.tools import Finding

CLAIMS = Path(__file__).parent / "claims"

Claims: TypeAlias = Mapping[str, Mapping[str, str]]
"""By rule, its judgements, each with the part of a message that says it; empty if all of its messages do."""


@dataclass(frozen=True)
class Match:
    """A finding that says what a label says. level: as the tool has it, empty if it has none."""

    label: str
    rule: str
    level: str


def claims(tool: str, folder: Path = CLAIMS) -> Claims:
    """The judgements of each rule of a tool that somebody has read; none for a rule that judges something else."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    path = folder / f"{tool}.csv"
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found[row["rule"]].update({row["judgement"]: row.get("says") or ""} if row["judgement"] else {})
    return found


def matches(found: Iterable[Finding], cases: Sequence[Case], claimed: Claims) -> list[Match]:
    """The findings that say what labels say, in the order of the labels; each label and rule once."""
    said = [(label, one) for label, one in _beside(found, cases) if _says(one, label, claimed)]
    departures: dict[Finding, list[Label]] = defaultdict(list)
    for label, one in said:
        if not label.is_good:
            departures[one].append(label)
    kept = [
        (label, one)
        for label, one in said
        if not (label.is_good and (_is_of_others(one, label, departures[one]) or _is_of_another_value(one, label)))
    ]
    return list(dict.fromkeys(Match(label.key, one.rule, one.level) for label, one in kept))


def _is_of_others(finding: Finding, twin: Label, departures: Collection[Label]) -> bool:
    """Whether a finding beside a good twin is about departures that it is beside too, not about the twin.

    It is about the twin if it names its resource and none of theirs, or if it stands in its line and in none of theirs.
    What a module's call brings about may be told at any line of the module.
    """
    names = {finding.resource, finding.module} - {""}
    theirs = {place.resource for label in departures for place in label.places}
    if not departures or (names & {place.resource for place in twin.places} and not names & theirs):
        return False
    line = (finding.file, finding.line)
    return line != twin.at or finding.module in theirs or line in {label.at for label in departures}


def _is_of_another_value(finding: Finding, twin: Label) -> bool:
    """Whether a finding beside a good twin says that it is about a value for which the judgement holds there."""
    return bool(twin.otherwise) and twin.otherwise in finding.message


def unread(found: Iterable[Finding], cases: Sequence[Case], claimed: Claims) -> list[str]:
    """The rules that spoke at a labelled place and that nobody has read."""
    return sorted({one.rule for _, one in _beside(found, cases) if one.rule not in claimed})


def beyond(found: Iterable[Finding], cases: Sequence[Case], claimed: Claims) -> list[Finding]:
    """The findings of rules with judgements that no label of the same judgement stands for, agreed or not."""
    told = list(found)
    labelled = {one for label, one in _beside(told, cases) if _says(one, label, claimed)}
    return [one for one in told if claimed.get(one.rule) != {} and one not in labelled]


def _says(finding: Finding, label: Label, claimed: Claims) -> bool:
    """Whether a finding's rule judges what a label does, and its message says that."""
    says = claimed.get(finding.rule, {}).get(label.judgement)
    return says is not None and says in finding.message


def _beside(found: Iterable[Finding], cases: Sequence[Case]) -> Iterator[tuple[Label, Finding]]:
    """Each label with the findings at one of its places. What stands in a module is at its call too, and a resource of
    Terraform's root is one, wherever its value comes from."""
    by_case: dict[str, list[Finding]] = defaultdict(list)
    for one in found:
        by_case[one.file.partition("/")[0]].append(one)
    for case in cases:
        for label in case.labels:
            names = {place.resource for place in label.places}
            yield from ((label, one) for one in dict.fromkeys(by_case[case.name]) if _is_of(one, case, label, names))


def _is_of(finding: Finding, case: Case, label: Label, names: Collection[str]) -> bool:
    """Whether a finding is at one of a label's places. names: their resources."""
    if finding.module in names or (case.language == "terraform" and not finding.module and finding.resource in names):
        return True
    return any(
        finding.file == f"{case.name}/{place.file}"
        and _is_at(finding, case.folder / place.file, place.resource, label.line if place == label.places[0] else 0)
        for place in label.places
    )


def _is_at(finding: Finding, path: Path, resource: str, line: int) -> bool:
    """Whether a finding is about a resource of a file, by its name or by its line, or about a line."""
    if finding.resource == resource or (line and finding.line == line):
        return True
    first, last = blocks(path).get(resource, (0, -1))
    return first <= finding.line <= last
