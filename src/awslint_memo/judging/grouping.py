"""Findings that are told together: one finding a template, which names the resources, for one decision about all."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.finding import Finding, Related
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace

NAMED = 5
"""How many resources the message names; the related places name all."""


def grouped(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one template, those with the same plural sentence as one.

    It stands at the first of their resources, and has the others as related places. Call it after suppressions are
    applied, so that a suppressed resource is not named. Findings with another level or in other deployments are another
    group.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        if one.plural is not None:
            groups.setdefault((one.rule, one.level, one.deployment, one.plural.sentence), []).append(one)
    joined = {id(one): group for group in groups.values() if len(group) > 1 for one in group}
    kept = [one for one in findings if id(one) not in joined]
    return [*kept, *(_joined(group) for group in groups.values() if len(group) > 1)]


def _joined(group: Sequence[Finding]) -> Finding:
    first, *others = sorted(group, key=lambda one: one.order)
    titles = list(dict.fromkeys(one.plural.title for one in (first, *others) if one.plural is not None))
    sentence = first.plural.sentence if first.plural is not None else ""
    # Instances of a resource share a place, which is named once.
    places = {one.span: Related(one.span, one.plural.title) for one in reversed(others) if one.plural is not None}
    places.pop(first.span, None)
    related = (*first.related, *reversed(places.values()))
    return replace(first, message=f"{listed(titles, NAMED)} {sentence}", related=related, others=tuple(others))
