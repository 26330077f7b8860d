"""Findings about what is a matter of taste, where a comment beside the value explains it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import replace

_TRAILING = regex(r"\s(?:#|//)\s*(.+)$")
_ALONE = regex(r"\s*(?:#|//)\s*(.+)$")
_WORDS = regex(r"[^\W\d_]{2,}")
_LEAST = 3
"""So many words explain something."""

EXPLAINED = "a comment explains it"


def with_explained(
    findings: Iterable[Finding], rules: Sequence[Rule], path: str, lines: Sequence[str]
) -> list[Finding]:
    """The findings, those of rules of taste as advice where a comment on or above the line of the value explains it.

    path, lines: of the template. An error stays one: what is refused is no matter of taste.
    """
    by_id: Mapping[str, Rule] = {rule.id: rule for rule in rules}
    return [
        replace(finding, level="advice", deployment=finding.deployment or EXPLAINED)
        if finding.level == "warning"
        and finding.path == path
        and _is_taste(by_id, finding)
        and _explains(lines, finding)
        else finding
        for finding in findings
    ]


def _is_taste(by_id: Mapping[str, Rule], finding: Finding) -> bool:
    return finding.rule in by_id and bool(by_id[finding.rule].taste) and bool(finding.route)


def _explains(lines: Sequence[str], finding: Finding) -> bool:
    number = finding.span.line
    own = lines[number - 1] if number <= len(lines) else ""
    above = lines[number - 2] if 2 <= number <= len(lines) + 1 else ""
    found = (_TRAILING.search(own[finding.span.end_column - 1 :]), _ALONE.match(above))
    return any(match is not None and len(_WORDS.findall(match[1])) >= _LEAST for match in found)
