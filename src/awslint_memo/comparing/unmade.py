"""What is told where there are none of the resources of which nobody knows whether there are any."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from awslint_memo.comparing.current import Current, report_of
from awslint_memo.model.finding import Finding
from awslint_memo.model.unmade import ALL, as_unmade

MAY_BE_NONE: Final = (
    "what mends it is made by a count, for_each or enabled that is not known, so that there may be none; make it surely"
)

_MOST: Final = 8
"""How many of the things that decide whether there are resources are taken one by one."""


def told_unmade(current: Current, rules: Collection[str], deciding: Collection[str]) -> Iterator[Finding]:
    """The findings of some rules where something makes no resource, by each of what decides that; then by all.

    What one expression decides is there or is not there together: a policy is missed nowhere that its queue is not.
    """
    ordered = sorted(deciding)
    for decided_by in [*ordered[:_MOST], ALL] if len(ordered) > 1 else ordered:
        with as_unmade(decided_by):
            report = report_of(current, current.files, current.nearest, only=rules)
        yield from (*report.findings, *report.unshown, *(hidden.finding for hidden in report.suppressed))
