"""What writes to stores, and is stopped before these are restored: it may go on spoiling them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.relations import dynamodb
from awslint_memo.relations.recovery import stores
from awslint_memo.relations.recovery.capacity import Computing
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import Method
from awslint_memo.relations.recovery.runbooks import live_copies, surroundings
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Task
from awslint_memo.relations.recovery.timelines import Step
from awslint_memo.relations.recovery.verdicts import Judged


def stopped(sides: Sides, rows: Sequence[Judged]) -> Iterator[Task]:
    """The stop of what writes to some stores, in whichever Region."""
    own = list(dict.fromkeys(row.store.resource for row in rows))
    computers = _titles(_near(sides))
    names = listed(list(dict.fromkeys(each.title for each in own)), NAMED)
    what = f"Stop what writes to {names}" + (f": {listed(computers, NAMED)}, as far as they do" if computers else "")
    notes = ["Note the time just before the mistake, in UTC: each restore asks for it."]
    shared = [each for each in own if is_written_everywhere(each)]
    if shared:
        notes += _elsewhere(sides, shared)
    if not computers:
        notes += _users_elsewhere(sides.family)
    page = REPLICATED if any(each.type in _TABLES for each in shared) else ""
    step = Step("decision", what, by_person=True, page=page, untold=["what made the mistake"])
    yield Task("decide", step, notes=notes)


_TABLES = (dynamodb.TABLE, dynamodb.GLOBAL_TABLE)

REPLICATED = "amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html"
"""On writes to any replica of a table, which come to all others."""


def is_written_everywhere(store: Resource) -> bool:
    """Whether copies of a store in other Regions take writes too, which come to it."""
    ways = stores.bound(store, "region").seen if store.type in live_copies.ACTS else ()
    return any(way.back == Method.NOTHING for way in ways)


def _near(sides: Sides) -> list[Computing]:
    """What may run in the primary Region."""
    running = [each for each in sides.computers if each.size.runs is not False]
    return [each for each in running if sides.primary is None or each.region in (sides.primary, None)]


def _elsewhere(sides: Sides, shared: Sequence[Resource]) -> Iterator[str]:
    """That what runs in other Regions writes to the replicas there."""
    near = _near(sides)
    far = [each for each in sides.computers if each.size.runs is not False and each not in near]
    names = listed(list(dict.fromkeys(each.title for each in shared)), NAMED)
    of_it = f"what is written to a replica of {names} comes to all others"
    if not far:
        yield f"Stop it in every Region: {of_it}."
        return
    where = listed(list(dict.fromkeys(each.region for each in far if each.region is not None)), NAMED)
    yield f"Stop {listed(_titles(far), NAMED)} in {where} too, as far as they write to it: {of_it}."


def _titles(computers: Sequence[Computing]) -> list[str]:
    return list(dict.fromkeys(each.member.resource.title for each in computers))


def _users_elsewhere(family: Family) -> Iterator[str]:
    """What may write to stores beside which nothing computes."""
    others = [each for each in surroundings.computing(family.deployment) if not family.is_declared(each)]
    known = f"of other templates, {surroundings.named(others)} may" if others else "see who has access"
    yield f"What uses it was not read: {known}; declare what belongs together (`applications`)."
    yield "What is restored under another name is to be given to that too."
