"""Merges the JSON reports of many repositories: totals, by rule and by repository, and what nobody looked at."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.comparing.report_file import COUNTS, OUTCOMES, RepositoryReport, read_report
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.files.source import Source
from awslint_memo.model.finding import LEVELS
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem

_ENDING = ".json"


@record(frozen=True)
class RuleCount:
    """How often a rule was reported, by level, and in how many repositories."""

    rule: str
    levels: Mapping[str, int]
    repositories: int


@record
class Merged:
    """All reports. refused: why others are not among them. missing: expected repositories of which there is none."""

    reports: list[RepositoryReport] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def worst_first(self) -> list[RepositoryReport]:
        """The reports, those with the most errors first, then warnings, what could not be read, and advice."""

        def gravity(report: RepositoryReport) -> tuple[int, ...]:
            errors, warnings, advice = (-report.of_level(level) for level in LEVELS)
            return errors, warnings, -len(report.unread), advice

        return sorted(self.reports, key=lambda report: (gravity(report), report.name))

    def total(self, count: str) -> int:
        """The sum of a count of the summaries, or of the findings of a level."""
        if count in LEVELS:
            return sum(report.of_level(count) for report in self.reports)
        return sum(report.counts[count] for report in self.reports)

    @property
    def totals(self) -> dict[str, int]:
        """All counts."""
        levels = {name: self.total(level) for name, level in zip(("errors", "warnings", "advice"), LEVELS, strict=True)}
        return {
            "repositories": len(self.reports),
            "with_findings": sum(bool(report.numbers) for report in self.reports),
            "findings": sum(levels.values()),
            **levels,
            **{name: self.total(name) for name in COUNTS},
            "unread": sum(len(report.unread) for report in self.reports),
        }

    @property
    def rules(self) -> list[RuleCount]:
        """The rules with findings, the gravest and most frequent first."""
        levels: dict[str, Counter[str]] = {}
        homes: dict[str, set[str]] = {}
        for report in self.reports:
            for (rule, level), number in report.numbers.items():
                levels.setdefault(rule, Counter())[level] += number
                homes.setdefault(rule, set()).add(report.path)
        rules = [RuleCount(rule, counts, len(homes[rule])) for rule, counts in levels.items()]
        return sorted(rules, key=lambda rule: (*(-rule.levels.get(level, 0) for level in LEVELS), rule.rule))

    @property
    def versions(self) -> list[tuple[str | None, int]]:
        """The versions of the program that made the reports, each with the number of these, the most first."""
        counted = Counter(report.version for report in self.reports)
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0] or ""))

    @property
    def told(self) -> list[Mapping[str, Any]]:
        """The coverage of those reports that have one."""
        return [report.coverage for report in self.reports if report.coverage is not None]

    @property
    def resources(self) -> dict[str, int]:
        """How many resources there are, and how many of them were judged."""
        return {key: sum(coverage["resources"][key] for coverage in self.told) for key in ("total", "judged")}

    @property
    def checks(self) -> dict[str, int]:
        """What the checks came to."""
        return {key: sum(coverage["checks"][key] for coverage in self.told) for key in OUTCOMES}

    def most(self, what: str) -> list[tuple[tuple[str, ...], int]]:
        """Sums over the reports, the highest first: of "unjudged" types, or of "unknown" properties."""
        counted: Counter[tuple[str, ...]] = Counter()
        for coverage in self.told:
            counted.update(coverage[what])
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def merged(paths: Sequence[str], *, keeps_findings: bool = False, expected: str | None = None) -> Merged:
    """The reports in files, and in the JSON files of folders; what is none is told and costs no other its place.

    keeps_findings: whether the findings themselves are kept, and not only how many there are. expected: a file with the
    names of the repositories of which there should be a report; raises Problem if it can't be read.
    """
    totals = Merged()
    files = Files(bounds=Root([*paths, *([] if expected is None else [expected])]))
    expected_names = [] if expected is None else _names_in(files.read(expected))
    report_paths = list({os.path.abspath(path): path for path in _files(paths, files, totals.refused)}.values())
    for name, path in zip(names(report_paths), report_paths, strict=True):
        try:
            totals.reports.append(read_report(name, files.read(path), keeps_findings=keeps_findings))
        except Problem as problem:
            totals.refused.append(problem)
        files.forget(path)
    called = {report.name for report in totals.reports}
    totals.missing = [name for name in expected_names if called.isdisjoint(_ends(name))]
    return totals


def _names_in(source: Source) -> list[str]:
    """The names in a file, one a line, without what follows a #."""
    names = (line.partition("#")[0].strip().strip("/") for line in source.lines)
    return list(dict.fromkeys(filter(None, names)))


def _ends(name: str) -> set[str]:
    """What a repository may be called: its name without the folders that all reports have in common."""
    parts = name.split("/")
    return {"/".join(parts[start:]) for start in range(len(parts))}


def _files(paths: Iterable[str], files: Files, refused: list[Problem]) -> Iterator[str]:
    for path in paths:
        if not files.is_folder(path):
            yield path
            continue
        inside = sorted(file for file in files.below(path) if file.lower().endswith(_ENDING))
        if not inside:
            refused.append(
                Problem("no JSON report in this folder; give each repository's report the ending .json", path)
            )
        yield from (os.path.join(path, *name.split("/")) for name in inside)


def names(paths: Sequence[str]) -> list[str]:
    """What to call the repositories of reports: their paths without what all of them have in common."""
    parts = [os.path.abspath(path).removesuffix(_ENDING).split(os.sep) for path in paths]
    while len(parts) > 1 and all(len(part) > 1 and part[0] == parts[0][0] for part in parts):
        parts = [part[1:] for part in parts]
    while len(parts) > 1 and all(len(part) > 1 and part[-1] == parts[0][-1] for part in parts):
        parts = [part[:-1] for part in parts]
    return ["/".join(part if len(parts) > 1 else part[-1:]) for part in parts]
