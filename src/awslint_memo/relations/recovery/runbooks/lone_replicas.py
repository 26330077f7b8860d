"""Read replicas in the Region to recover in whose source was not read: they have what is lost with the other Region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace
from awslint_memo.model.span import Span
from awslint_memo.model.value import Unknown
from awslint_memo.relations.rds import copies, databases
from awslint_memo.relations.recovery import facts
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import Method, at_least, stands
from awslint_memo.relations.recovery.runbooks import promotions
from awslint_memo.relations.recovery.runbooks.commands import text_of
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Back, Task
from awslint_memo.relations.recovery.timelines import Step

_LAG = "how far it is behind its source, of which AWS documents no figure (watch ReplicaLag)"
_TAKES = "how long a promotion takes (declare `measured`)"


def tasks(sides: Sides) -> Iterator[Task]:
    """The promotion of each that surely is one, and surely there."""
    region = sides.region
    known: dict[object, list[Resource]] = {}
    for member in sides.family.members(databases.INSTANCE) if region is not None else ():
        replica = member.resource
        is_there = sides.family.region(replica) == region and not copies.may_be_first(replica)
        if not is_there or not databases.is_read_replica(replica) or databases.replica_source(replica) is not None:
            continue
        known.setdefault(_source(replica), []).append(replica)
    for replica, *others in known.values():
        written = text_of(replica.get("SourceDBInstanceIdentifier"))
        reasons = stands(replica, f"a read replica, whose source{f' {written}' if written else ''} was not read")
        way = at_least("read replica", facts.RDS_READ_REPLICAS, Method.PROMOTE, reasons)
        act = promotions.promotion(Back(replica, "region", replace(way, by=replica, region=region), region))
        if act is not None:
            step = Step("data", act.what, by_person=True, page=way.source, because=reasons, untold=[_LAG, _TAKES])
            notes = ["If its source still takes writes, stop what writes to it first: what it takes later is lost."]
            if others:
                titles, one = listed([each.title for each in others], NAMED), len(others) == 1
                notes.append(
                    f"{titles} {'is a replica' if one else 'are replicas'} of the same source: promote the one that is"
                    f" least behind, and no other, or there are several databases; then make the"
                    f" {'other' if one else 'others'} again, as what is a replica of that."
                )
            yield Task("data", step, replica, region, "", act.commands, notes, is_from_copy=True)


def _source(replica: Resource) -> object:
    """What is the same for replicas of one source; of one that is not told, nothing else."""
    pieces = replica.get("SourceDBInstanceIdentifier").pieces
    keys = tuple(piece.text or (piece.key if isinstance(piece, Unknown) else "") for piece in pieces)
    return keys if keys and all(keys) else id(replica)


def beside(lone: Sequence[Task], task: Task) -> Task:
    """The making of a lost database anew, where a replica whose source was not read may have its data."""
    store = task.resource
    if not lone or store is None or store.type != databases.INSTANCE or task.loses != "everything":
        return task
    titles = listed([each.resource.title for each in lone if each.resource is not None], NAMED)
    note = f"Not where {titles} {'is a replica' if len(lone) == 1 else 'are replicas'} of it, whose source was not read"
    return replace(task, notes=[f"{note}: that has its data, and takes its place.", *task.notes])


def unpromoted(lone: Sequence[Task], others: Iterable[Task]) -> list[Task]:
    """Those of these tasks whose replica no other task takes as the copy of a store that was read."""
    taken = {_key(copy) for task in others for copy in task.copies}
    return [task for task in lone if task.resource is None or _key(task.resource) not in taken]


def _key(resource: Resource) -> tuple[Span, str]:
    """What is the same for a resource, whichever deployment of a family it was reached from."""
    return resource.place.span, resource.deployment.name
