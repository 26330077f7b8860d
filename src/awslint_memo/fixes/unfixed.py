"""Why findings are left after fixes: by rule, the reason that there is no fix or that a person should decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from awslint_memo.judging.registry import rules
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import record


@record(frozen=True, slots=True)
class Unfixed:
    """Findings of a rule that are left for the same reason. needs: what makes them; empty where nothing does."""

    rule: str
    findings: Sequence[Finding]
    reason: str
    is_unsafe: bool


def unfixed(findings: Iterable[Finding], told: Collection[int], *, unsafe: bool) -> list[Unfixed]:
    """The findings that are left, by rule and reason, those first that unsafe fixes would mend.

    told: the identities of those of which the reason is told one by one. unsafe: whether such fixes were made.
    """
    groups: dict[tuple[bool, str, str], list[Finding]] = {}
    for finding in findings:
        if id(finding) in told:
            continue
        is_unsafe = not unsafe and finding.fix is not None and bool(finding.fix.unsafe)
        reason = finding.fix.unsafe if is_unsafe and finding.fix else _reason(finding)
        groups.setdefault((is_unsafe, finding.rule, reason), []).append(finding)
    order = sorted(groups, key=lambda key: (not key[0], key[1], key[2]))
    return [Unfixed(rule, groups[key], reason, is_unsafe) for key in order for is_unsafe, rule, reason in (key,)]


def _reason(finding: Finding) -> str:
    """Why a finding has no fix."""
    if finding.construct is not None and finding.construct.is_generated:
        return "an app makes the template; change the app"
    if finding.fix is not None:
        return "fixes of the same lines were made; run again"
    rule = rules().get(finding.rule)
    own = finding.unfixed or (rule.unfixed if rule is not None else "")
    if own:
        return own
    if rule is not None and rule.fix:
        return "what is written there leaves more than one answer"
    return "a person has to choose the answer"
