"""Stages: what an app of the CDK has in several stages is made by one line of the app, and shown once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace

_NO_WORD = regex(r"[^A-Za-z0-9]")


def in_stages(findings: Sequence[Finding], most: int) -> list[Finding]:
    """The findings in their order; those that differ only in the stage of their construct as one, at the first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        groups.setdefault(_key(one), []).append(one)
    return [one for group in groups.values() for one in _merged(group, most)]


def _key(finding: Finding) -> tuple[object, ...]:
    """What is the same in each stage. The message may name a Region, or another thing that a stage decides."""
    construct = finding.construct
    if construct is None or not construct.stage:
        return (id(finding),)
    way = construct.path.removeprefix(f"{construct.stage}/")
    # A step may be the whole path of another construct in one word, with a hash of it.
    way = re.sub(rf"\b{_NO_WORD.sub('', construct.stage)}(\w*)[0-9A-F]{{8}}\b", r"\1", way)
    return (finding.rule, finding.level, finding.deployment, finding.type, way, finding.route)


def _merged(group: Sequence[Finding], most: int) -> Sequence[Finding]:
    stages = [one.construct.stage for one in group if one.construct is not None]
    if len(group) < 2 or len(set(stages)) < len(group):
        # Two findings of one stage that look alike are about two things.
        return group
    first = group[0]
    others = "" if len({one.message for one in group}) == 1 else f"; the values are those of {stages[0]}"
    return [
        replace(
            first,
            message=f"{first.message} (in the stages {listed(stages, most)}{others})",
            # Not the fingerprint of one stage, since it is to stay when that one goes.
            root="*",
            others=tuple(told for one in group for told in (one, *one.others)),
        )
    ]
