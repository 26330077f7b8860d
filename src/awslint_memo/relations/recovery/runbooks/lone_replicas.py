"""Read replicas in the Region to recover in whose source was not read: they have what is lost with the other Region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.model.span import Span
from awslint_memo.relations.rds import copies, databases
from awslint_memo.relations.recovery import facts
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import Method, at_least, stands
from awslint_memo.relations.recovery.runbooks import promotions
from awslint_memo.relations.recovery.runbooks.tasks import Back, Task
from awslint_memo.relations.recovery.timelines import Step

_LAG = "how far it is behind its source, of which AWS documents no figure (watch ReplicaLag)"
_TAKES = "how long a promotion takes (declare `measured`)"


def tasks(sides: Sides) -> Iterator[Task]:
    """The promotion of each that surely is one, and surely there."""
    region = sides.region
    for member in sides.family.members(databases.INSTANCE) if region is not None else ():
        replica = member.resource
        is_there = sides.family.region(replica) == region and not copies.may_be_first(replica)
        if not is_there or not databases.is_read_replica(replica) or databases.replica_source(replica) is not None:
            continue
        reasons = stands(replica, "a read replica, whose source was not read")
        way = at_least("read replica", facts.RDS_READ_REPLICAS, Method.PROMOTE, reasons)
        act = promotions.promotion(Back(replica, "region", replace(way, by=replica, region=region), region))
        if act is not None:
            step = Step("data", act.what, by_person=True, page=way.source, because=reasons, untold=[_LAG, _TAKES])
            notes = ["If its source still takes writes, stop what writes to it first: what it takes later is lost."]
            yield Task("data", step, replica, region, "", act.commands, notes, is_from_copy=True)


def unpromoted(lone: Sequence[Task], others: Iterable[Task]) -> list[Task]:
    """Those of these tasks whose replica no other task takes as the copy of a store that was read."""
    taken = {_key(copy) for task in others for copy in task.copies}
    return [task for task in lone if task.resource is None or _key(task.resource) not in taken]


def _key(resource: Resource) -> tuple[Span, str]:
    """What is the same for a resource, whichever deployment of a family it was reached from."""
    return resource.place.span, resource.deployment.name
