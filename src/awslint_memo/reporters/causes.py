"""Causes: what one place decides for several resources (a line in Globals, a default, a local) is told once.

A person changes one line, so there is one finding at it that names the resources. It is made of findings that are
matched with suppressions, baselines and earlier reports before, each by its own fingerprint.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from awslint_memo.model.finding import Finding, Related
from awslint_memo.model.phrases import counted, listed
from awslint_memo.model.record import replace

_NAMED = 5
"""How many resources a message names besides the first; the related places name all."""

_RESOURCE = "\0"
"""Stands for the resource's own name where the words of findings are compared."""


def by_cause(findings: Sequence[Finding], most: int) -> list[Finding]:
    """The findings in their order; those of several resources that one place decides as one, at the first.

    most: how many stacks or modules a message names, which is all findings for a reader who wants all.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    counts: Counter[tuple[object, ...]] = Counter()
    for finding in findings:
        key = _key(finding)
        # Two findings of one resource that look alike are about two things.
        again = (*key, finding.root, finding.resource)
        counts[again] += 1
        groups.setdefault((*key, counts[again]), []).append(finding)
    most_named = most if most >= len(findings) else _NAMED
    return [group[0] if len(group) == 1 else _joined(group, most_named) for group in groups.values()]


def _key(finding: Finding) -> tuple[object, ...]:
    """What is the same in findings of one cause. Where the remedy is known, the reasons for it may differ."""
    if finding.plural is not None:
        return (id(finding),)
    words = finding.do or finding.message
    if finding.is_at_call:  # Nobody changes what is in the module, but may give its variables other values.
        return (finding.rule, finding.level, finding.deployment, finding.fail_on, finding.span, finding.defaults)
    same = (finding.rule, finding.level, finding.deployment, finding.fail_on, finding.type, finding.span)
    return (*same, _anonymous(finding.route, finding), _anonymous(words, finding))


def _anonymous(words: str, finding: Finding) -> str:
    """Words about a finding's resource without its name."""
    named = {name for name in (finding.resource, finding.name) if name and name in words}
    if not named:
        return words
    pattern = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    return re.sub(rf"(?<![\w./-])(?:{pattern})(?![\w-])", _RESOURCE, words)


def _joined(group: Sequence[Finding], most: int) -> Finding:
    first, *others = group
    is_alike = len({_anonymous(finding.message, finding) for finding in group}) == 1
    named = list(dict.fromkeys(other.resource for other in others if other.resource != first.resource))
    if first.is_at_call and named:
        is_alike = is_alike and len({finding.type for finding in group}) == 1
        where = f"also for {counted(len(named), 'other resource')} of this call"
    else:
        where = f"also for {listed(named, most)}" if named else "also in other roots"
    return replace(
        first,
        message=f"{first.message} ({where}{'' if is_alike else ', with other values'})",
        related=_related(group),
        places=tuple(dict.fromkeys(place for finding in group for place in finding.places)),
        defaults=tuple(dict.fromkeys(name for finding in group for name in finding.defaults)),
        secrets=tuple(dict.fromkeys(span for finding in group for span in finding.secrets)),
        others=tuple(other for finding in group for other in finding.others or (finding,)),
        joined=tuple(single for finding in group for single in finding.singles),
    )


def _related(group: Sequence[Finding]) -> list[Related]:
    """The related places of all findings; a place that an earlier one has too is told once."""
    related: list[Related] = []
    for finding in group:
        known = {place.span for place in related}
        related += [place for place in _places(finding) if place.span not in known]
    return related


def _places(finding: Finding) -> Sequence[Related]:
    """The related places of a finding, or that of its resource, where nothing else leads there."""
    if finding.related or finding.home is None or finding.home == finding.span:
        return finding.related
    return [Related(finding.home, finding.resource)]
