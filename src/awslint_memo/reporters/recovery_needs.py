"""What must exist in the other Region, in words."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.judging.survey import Prepared
from awslint_memo.relations.recovery import counterparts
from awslint_memo.relations.recovery.counterparts import Counterpart


def needs(prepared: Prepared) -> list[Counterpart]:
    """What a family uses in its primary Region that has to be in the other one; empty where one is not known."""
    here, there = prepared.least.primary, prepared.least.region
    return [] if here is None or there is None else counterparts.needed(prepared.family, here, there)


def lines(prepared: Prepared) -> Iterator[str]:
    """A line for each of them, those that are there first."""
    # The stack that is made there makes its roles too: only what a role may not do there is worth a line.
    every = [each for each in needs(prepared) if each.kind != counterparts.ROLE or not each.is_there]
    for is_there, words in ((True, "there"), (False, "not there"), (None, "not told")):
        of_state = [each for each in every if each.is_there is is_there]
        yield from (f"needed in {prepared.least.region}, {words}: {_need(each)}" for each in of_state)


def _need(need: Counterpart) -> str:
    span, users = need.place.span, [user.title for user in need.users]
    shown = users[:_MOST_USERS] + ([f"{len(users) - _MOST_USERS} more"] if len(users) > _MOST_USERS else [])
    name = need.name if need.name.startswith(f"{need.kind} ") else f"{need.kind} {need.name}"
    return f"{name} for {', '.join(shown)} ({span.path}:{span.line}; {need.why})"


_MOST_USERS = 3
"""How many of what uses something are named."""
