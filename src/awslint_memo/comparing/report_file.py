"""Reads JSON reports: that of one repository, to merge it with others, and an earlier one, to compare a run with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn, TypeAlias

from awslint_memo.comparing.earlier import Earlier
from awslint_memo.files.source import Source
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Problem, Span

At: TypeAlias = "tuple[str | int, ...]"
"""The way to a part of a document: keys, and numbers of items."""

COUNTS = ("files", "advice_hidden", "suppressed", "baselined", "passed_over")
"""What is taken from a report's summary; the findings are counted."""

OUTCOMES = ("total", "reported", "unknown", "sound", "failed")
"""What is taken from the coverage's checks."""

_AGAIN = "make it with awslint-memo lint --format json"
_MAKE_AGAIN = "make it again with --format json"

_EARLIER_TEXTS = ("rule", "path", "resource", "route", "root", "fingerprint")
"""The members that a finding of an earlier report must have."""


@record(frozen=True)
class RepositoryReport:
    """The report of one repository.

    path: of the report. version: of the program that made it; None if it doesn't tell. numbers: how many findings there
    are of each rule and level. findings: these as in the report, if somebody wants them. unread: what could not be
    read. coverage: None if the report has none.
    """

    name: str
    path: str
    version: str | None
    counts: Mapping[str, int]
    numbers: Mapping[tuple[str, str], int]
    findings: Sequence[Mapping[str, Any]]
    unread: Sequence[Mapping[str, Any]]
    notices: Sequence[str]
    coverage: Mapping[str, Any] | None
    roots: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How many findings there are of each root and level."""
    owners: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How many there are of each owner of files, and level; of nobody, under an empty name."""

    def of_level(self, level: str) -> int:
        """How many findings have a level."""
        return sum(number for (_, of), number in self.numbers.items() if of == level)


def read_report(name: str, source: Source, *, keeps_findings: bool = False) -> RepositoryReport:
    """The report in a file. Raises Problem, with the line, if it is none of version 1."""
    checked = _Checked(source, _loaded(source))
    data = checked.data
    if not isinstance(data, dict):
        checked.refuse((), f"this is no JSON report of awslint-memo; {_AGAIN}")
    if {"repositories", "totals"} <= data.keys():
        checked.refuse((), "this is a merged report; name the reports that it was made of")
    if "version" not in data or not {"findings", "summary"} <= data.keys():
        checked.refuse((), f"this is no JSON report of awslint-memo; {_AGAIN}")
    if data["version"] != 1 or isinstance(data["version"], bool):
        checked.refuse(("version",), f"the report has another version than 1; {_AGAIN} of the version that merges")
    tool, notices = data.get("tool"), checked.items(("summary", "notices"), str, "no text")
    version = tool.get("version") if isinstance(tool, dict) else None
    findings = checked.findings()
    return RepositoryReport(
        name,
        source.path,
        version if isinstance(version, str) else None,
        {key: checked.number(("summary", key)) for key in COUNTS},
        Counter((finding["rule"], finding["level"]) for finding in findings),
        findings if keeps_findings else (),
        checked.errors(),
        notices,
        checked.coverage() if "coverage" in data else None,
        Counter(
            (root if isinstance(root, str) else "", each["level"]) for each in findings for root in [each.get("root")]
        ),
        Counter((owner, each["level"]) for each in findings for owner in _owners(each)),
    )


def _owners(finding: Mapping[str, Any]) -> Sequence[str]:
    owners = finding.get("owners")
    names = [owner for owner in owners if isinstance(owner, str)] if isinstance(owners, list) else []
    return names or [""]


@record(frozen=True)
class EarlierReport:
    """What an earlier report has. findings: suppressed ones included. unread: what could not be read then.

    has_advice: False if advice was left out.
    """

    findings: list[Earlier]
    unread: list[str]
    has_advice: bool


def earlier_report(source: Source) -> EarlierReport:
    """The report in a file. Raises Problem, with the line, if it is none of version 1."""
    checked = _Checked(source, _loaded(source, _MAKE_AGAIN))
    data = checked.data
    if not isinstance(data, dict) or not {"findings", "summary"} <= data.keys() or data.get("version") is None:
        raise Problem(f"this is no JSON report of awslint-memo; {_MAKE_AGAIN}", source.path)
    if data["version"] != 1:
        checked.refuse(("version",), f"the report has version {data['version']}, not 1; {_MAKE_AGAIN}")
    findings = [*_earlier_findings(checked, "findings"), *_earlier_findings(checked, "suppressed")]
    errors = data.get("errors")
    problems = [problem for problem in errors if isinstance(problem, dict)] if isinstance(errors, list) else []
    has_advice = checked.part(("summary", "advice_hidden")) == 0
    return EarlierReport(findings, [str(problem.get("path")) for problem in problems], has_advice)


def _earlier_findings(checked: _Checked, key: str) -> Iterator[Earlier]:
    members = checked.data.get(key, [])
    if not isinstance(members, list):
        checked.refuse((key,), f"the findings are no list; {_MAKE_AGAIN}")
    for number, member in enumerate(members):
        if not isinstance(member, dict):
            checked.refuse((key, number), f"this is no finding; {_MAKE_AGAIN}")
        for single in _singles(member):
            missing = next((name for name in _EARLIER_TEXTS if not isinstance(single.get(name), str)), None)
            if missing is not None or single.get("level") not in LEVELS:
                checked.refuse((key, number), f"the finding has no {missing or 'level'}; {_MAKE_AGAIN}")
            finding = _earlier_finding(single)
            yield Earlier(finding, single["fingerprint"], single["root"], is_suppressed=key == "suppressed")


def _singles(member: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A finding, or those that are joined to it, since each is compared by its own fingerprint."""
    each = member.get("each")
    if not isinstance(each, list) or not all(isinstance(single, dict) for single in each):
        yield member
        return
    shared = {name: part for name, part in member.items() if name not in ("resources", "generated", "each")}
    yield from ({**shared, **single} for single in each)


def _earlier_finding(member: Mapping[str, Any]) -> Finding:
    line, column = (member[name] if isinstance(member.get(name), int) else 1 for name in ("line", "column"))
    names, generated = member.get("resources"), member.get("generated")
    finding = Finding(
        str(member.get("message", "")),
        Span(member["path"], line, column, line, column),
        member["resource"],
        str(member.get("type", "")),
        member["level"],
        rule=member["rule"],
        route=member["route"],
        root=member["root"],
        generated=generated if isinstance(generated, str) else "",
    )
    others = [name for name in names[1:] if isinstance(name, str)] if isinstance(names, list) else []
    repeats = tuple(replace(finding, resource=name, generated="") for name in others)
    return replace(finding, others=repeats) if repeats else finding


def _loaded(source: Source, again: str = _AGAIN) -> Any:
    """The content of the file: the fast parser tells less, so a file with an error is parsed again by ours."""
    try:
        return json.loads(source.text)
    except (ValueError, RecursionError):
        from awslint_memo.syntax import json_nodes
        from awslint_memo.syntax.node import plain

        root = json_nodes.parse(source)
        try:
            return plain(root)
        except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists in lists without end
            raise Problem(f"this is no JSON report of awslint-memo; {again}", source.path) from error


@record(frozen=True)
class _Checked:
    """The content of a report, of which each part is checked before it is used."""

    source: Source
    data: Any

    def refuse(self, at: At, message: str) -> NoReturn:
        """Raise a Problem at the place of a part."""
        from awslint_memo.syntax import json_nodes

        node = json_nodes.parse(self.source)
        for key in at:
            inner: Any = node.content
            is_there = key in inner if isinstance(inner, Mapping) else isinstance(inner, list) and isinstance(key, int)
            node = inner[key] if is_there else node
        raise Problem(message, self.source.path, node.span.line, node.span.column)

    def part(self, at: At) -> Any:
        """A part of the report; None if there is none."""
        part = self.data
        for key in at:
            part = part.get(key) if isinstance(part, dict) else part[key] if isinstance(key, int) else None
        return part

    def items(self, at: At, kind: type, what: str) -> list[Any]:
        """The items of a list, all of one kind; empty if there is no list."""
        items = self.part(at)
        if items is None:
            return []
        if not isinstance(items, list):
            self.refuse(at, f"{at[-1]} is no list; {_AGAIN}")
        for number, item in enumerate(items):
            if not isinstance(item, kind):
                self.refuse((*at, number), f"this is {what}; {_AGAIN}")
        return items

    def number(self, at: At) -> int:
        """A count, 0 if it is left out."""
        number = self.part(at)
        if number is None:
            return 0
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            self.refuse(at, f"{at[-1]} is no count; {_AGAIN}")
        return number

    def findings(self) -> list[Mapping[str, Any]]:
        """The findings, of which rule, level and path are sure."""
        findings = self.items(("findings",), dict, "no finding")
        for number, finding in enumerate(findings):
            missing = next((key for key in ("rule", "path", "message") if not isinstance(finding.get(key), str)), None)
            if missing is not None or finding.get("level") not in LEVELS:
                self.refuse(("findings", number), f"the finding has no {missing or 'level'}; {_AGAIN}")
        return findings

    def errors(self) -> list[Mapping[str, Any]]:
        """What could not be read then: path, line, column and message."""
        errors = self.items(("errors",), dict, "no error")
        for number, error in enumerate(errors):
            if not isinstance(error.get("path"), str) or not isinstance(error.get("message"), str):
                self.refuse(("errors", number), f"the error has no path and message; {_AGAIN}")
        return [
            {
                "path": error["path"],
                **{key: self.number(("errors", number, key)) or 1 for key in ("line", "column")},
                "message": error["message"],
            }
            for number, error in enumerate(errors)
        ]

    def coverage(self) -> dict[str, Any]:
        """What was judged: counts, and the types and properties of which nothing could be told."""
        return {
            "resources": {key: self.number(("coverage", "resources", key)) for key in ("total", "judged")},
            "checks": {key: self.number(("coverage", "checks", key)) for key in OUTCOMES},
            "unjudged": self._counted(("coverage", "resources", "unjudged"), ("type",), "resources"),
            "unknown": self._counted(("coverage", "unknown"), ("type", "property"), "checks"),
        }

    def _counted(self, at: At, names: Sequence[str], count: str) -> dict[tuple[str, ...], int]:
        counts: dict[tuple[str, ...], int] = {}
        for number, entry in enumerate(self.items(at, dict, "no entry of a coverage")):
            counts[tuple(str(entry.get(name, "")) for name in names)] = self.number((*at, number, count))
        return counts
