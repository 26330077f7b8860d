"""Sorts findings by their level, for formats that can't hold all of them."""

from __future__ import annotations

from collections.abc import Iterable

from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.model.phrases import quoted


def level_of(finding: Finding) -> Level:
    """The level of a finding; one without a level is a warning."""
    return finding.level or "warning"


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by level, those of one level in the order in which they were."""
    return sorted(findings, key=lambda finding: LEVELS.index(level_of(finding)))


def told(finding: Finding) -> str:
    """The message of a finding, with the deployments in which it holds if these are not all, and with the construct."""
    construct = "" if finding.construct is None else f"construct {quoted(finding.construct.path)}"
    words = "; ".join(filter(None, (finding.deployment, construct)))
    return f"{finding.message} ({words})" if words else finding.message
