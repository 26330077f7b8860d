"""Tasks that bring stores of data back: for each the easiest way that is sure, what it loses, how long it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace
from awslint_memo.relations import dynamodb, table_items
from awslint_memo.relations.recovery import backup_plans, copied, database_paths, regions, untold
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import Bound, Method, Path, stands
from awslint_memo.relations.recovery.runbooks import (
    answers,
    backups,
    instances,
    lost_data,
    promotions,
    restores,
)
from awslint_memo.relations.recovery.runbooks.commands import Command, aws, identifier, region_word
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Act, Back, Question, Task
from awslint_memo.relations.recovery.timelines import Step
from awslint_memo.relations.recovery.verdicts import Judged, loss

DRILL = "how long it takes, which depends on the data and was in no drill (declare `measured`)"
UNDOCUMENTED = "how long it takes, of which there is no figure and was no drill (declare `measured`)"


def steps(
    row: Judged, region: str | None, there: Sequence[Resource] = (), made: Collection[int] = ()
) -> Iterator[Task | Question]:
    """What brings a store back after a disruption, and what has to be found out for that. region: where, if a Region
    is lost and that is known. there: the stores that are in it. made: the ids of the deployments that are made
    anew in it, with what they have."""
    store = row.store.resource
    way = chosen(row.bound, row.disruption, region)
    if way is None:
        yield lost_data.without(row, region, there, made)
        return
    back = Back(store, row.disruption, way, _where(row, way, region))
    over = _takeover(back, row.bound)
    task = _task(row, back, over)
    if not way.sure:
        yield _asked(back, task)
        return
    if over is not None:
        yield _asked_first(replace(back, way=over))
    if _has_no_number(back):
        yield _asked_for_instances(back)
    yield task


def _task(row: Judged, back: Back, over: Path | None) -> Task:
    """What brings a store back by one way. over: the takeover by AWS that may be there, which makes it needless."""
    way, there = back.way, back.region
    act = _act(back)
    notes = list(act.notes)
    what = act.what
    if over is not None:
        what = f"Unless {back.store.title} fails over by itself ({over.how}): {act.what[0].lower()}{act.what[1:]}"
    step = Step(
        "data",
        what,
        typical=way.back_typical if act.by_person or way.back != Method.NOTHING else 0,
        by_person=act.by_person,
        page=way.source,
        because=way.because if way.seen else (),
        untold=[*_untold(row, way, act), *act.untold],
    )
    return Task(
        "data",
        step,
        row.store.resource,
        there,
        loss(Bound([replace(way, sure=True)])),
        act.commands,
        [*notes, *_others(row.bound, way)],
        row.drill,
        [way.by] if way.by is not None and way.by.type != backup_plans.PLAN else [],
        is_from_copy=not restores.is_restore(back),
    )


def _asked(back: Back, task: Task) -> Question:
    """Whether a way back is there of which no template is sure; if so, it is taken."""
    way = back.way
    doubts = [f"{way.doubt[0]} ({way.doubt[1]})"] if way.doubt is not None else []
    reasons = way.because if way.seen else ()
    what, notes = f"whether {back.store.title} has {way.named}", []
    copy = answers.replica(back)
    if copy is not None:
        what = f"whether {copy.title}{back.there} has all that is in {back.named}"
        lost = "by any other answer it is lost with its Region, unless it is copied before (S3 Batch Replication)."
        notes = [f"COMPLETED tells that the object is there; {lost}"]
    return Question(what, back.store, answers.commands(back), reasons, doubts, notes, way.source, task)


def _asked_first(back: Back) -> Question:
    """Whether AWS fails a store over by itself; then nothing is restored."""
    way = back.way
    takes = "" if way.back_typical is None else f", {compact(way.back_typical)} typically"
    notes = [f"If so, wait: AWS fails it over{takes}; nothing is restored."]
    what = f"whether {back.store.title} has {way.named}"
    return Question(what, back.store, answers.commands(back), way.because, notes=notes, page=way.source)


def locks(sides: Sides) -> Iterator[Task]:
    """What keeps the locks of Terraform in the primary Region is made anew: a lock of before is of use to nobody."""
    every = [member.resource for member in sides.family.members(dynamodb.TABLE, dynamodb.GLOBAL_TABLE)]
    lost = [
        table
        for table in every
        if table_items.keeps_state_locks(table)
        and sides.family.owns(table)
        and sides.family.region(table) in (sides.primary, None)
    ]
    if lost:
        titles = listed(list(dict.fromkeys(table.title for table in lost)), NAMED)
        what = f"Make {titles} anew before Terraform is run: locks are not restored"
        step = Step("data", what, by_person=True, because=stands(lost[0], "its key is LockID"))
        by_title = {table.title: table for table in lost}
        made = [_made_for_locks(table, sides.region) for table in by_title.values()]
        notes = [_made_again(table) for table in by_title.values()]
        # It is early, as what is made next is made by Terraform.
        yield Task("data", step, lost[0], sides.region, "", made, notes, is_from_copy=True)


def _made_for_locks(table: Resource, region: str | None) -> Command:
    """The call that makes a table as Terraform needs one (its key is LockID)."""
    return aws(
        *("dynamodb", "create-table", region_word(region), "--table-name", identifier(table, region)),
        *("--attribute-definitions", "AttributeName=LockID,AttributeType=S"),
        *("--key-schema", "AttributeName=LockID,KeyType=HASH", "--billing-mode", "PAY_PER_REQUEST"),
    )


def _made_again(table: Resource) -> str:
    """That what is made by hand is refused to the root or the template that has it."""
    if table.language == "terraform":
        where = "the root that has it is applied"
        return f"Before {where}, import it into that state (terraform import {table.title} NAME), or the apply fails."
    path = table.place.span.path
    return f"Where {path} is deployed too, deploy that first, in place of this call: it makes {table.title}, or fails."


def _where(row: Judged, way: Path, region: str | None) -> str | None:
    """The name of the Region in which a store comes back."""
    store = row.store.resource
    if row.disruption == "region":
        # A copy that is no surer of its Region than the store is taken to be in the same one, which is lost.
        is_lost = way.region is not None and way.region == regions.name(store)
        return region if is_lost else way.region or region
    return regions.name(way.by if way.by is not None and way.by.type == store.type else store)


def chosen(bound: Bound, disruption: str, region: str | None) -> Path | None:
    """The way back that is taken: the easiest sure one, else the easiest that may be there.

    region: where, if a Region is lost.
    """
    # What may be there without a word in any template is looked for, and no way to be taken.
    ways = [
        way
        for way in bound.seen
        if (way.sure or way.source) and not (disruption == "software" and copied.has_mistakes(way))
    ]
    if disruption == "region" and region is not None:
        ways = [way for way in ways if way.region in (region, None)] or ways
    return min(ways, key=_order, default=None)


def _order(way: Path) -> tuple[bool, bool, Method, float, bool]:
    """What is taken first. A copy that was read is asked for rather than one that may be anywhere."""
    return not way.sure, way.is_away, way.back, way.floor, way.by is None


def _act(back: Back) -> Act:
    way, title = back.way, back.store.title
    if way.back == Method.FAILOVER:
        return Act(f"Wait: AWS fails {title} over ({way.how})", by_person=False)
    if restores.is_restore(back):
        act = backups.restore(back) or (restores.restore(back) if restores.is_own(back) else None)
        return act or _restored_somehow(back)
    if way.back == Method.NOTHING and back.disruption != "region":
        return Act(f"Nothing to do for {title}: {way.how}", by_person=False)
    if way.back == Method.START and back.disruption != "region":
        return _started(back)
    named = promotions.promotion(back)
    return named or Act(f"Use {way.named} for {title}{back.there}", untold=["the call that does it"])


def _has_no_number(back: Back) -> bool:
    """Whether a cluster may have an instance in another zone, as nothing tells how many it has."""
    is_of_instances = back.store.type in instances.SERVICES and back.way.back == Method.START
    return is_of_instances and back.disruption == "az" and back.way.doubt is not None


def _asked_for_instances(back: Back) -> Question:
    title = back.store.title
    notes = [f"If so, wait: AWS makes one of them the writer of {title}. Only where none is left, make one."]
    what = f"whether {title} has an instance in another zone"
    return Question(what, back.store, answers.commands(back), back.way.because, notes=notes, page=back.way.source)


def _takeover(back: Back, bound: Bound) -> Path | None:
    """The failover by AWS that a store may have beside a way back that is sure, so that it is not told whether anybody
    has to do anything."""
    if not back.way.sure or back.way.back <= Method.FAILOVER:
        return None
    return next((way for way in bound.seen if way.back == Method.FAILOVER and not way.sure), None)


def _restored_somehow(back: Back) -> Act:
    return Act(f"Restore {back.store.title}{back.there} by {back.way.named}", untold=["the call that does it"])


def _started(back: Back) -> Act:
    """What makes a store answer whose data are there."""
    if back.way.how == database_paths.BACKTRACKING:
        return restores.backtrack(back)
    title = back.store.title
    if back.disruption == "hardware":
        return Act(f"Wait: AWS makes {title} answer again ({back.way.how})", by_person=False)
    if back.store.type not in instances.SERVICES:
        what = f"Make {title} answer again in another zone ({back.way.how})"
        return Act(what, untold=["the call that does it"])
    made = instances.made(back, identifier(back.store, back.region), zone=True)
    return Act(f"Make an instance of {title} in another zone, where none is left", tuple(made))


def _untold(row: Judged, way: Path, act: Act) -> Iterator[str]:
    # What is typical answers an objective, or nobody asks for more.
    if way.doubt is not None and way.sure and (way.usual is None or row.rpo_verdict == "unknown"):
        yield f"{way.doubt[0]} ({way.doubt[1]})"
    if row.drill is not None or way.back_typical is not None or (way.back == Method.NOTHING and not act.by_person):
        return
    if way.back_quoted:
        yield f"{untold.time_of(way)} ({untold.MEASURE})"
    else:
        yield DRILL if way.back == Method.RESTORE else UNDOCUMENTED


def _others(bound: Bound, way: Path) -> list[str]:
    """The ways that are left where the chosen one fails."""
    others = dict.fromkeys(
        f"{other.named} ({other.back.word}, loses {loss(Bound([replace(other, sure=True)]))})"
        for other in bound.seen
        if other is not way and other.how != way.how and other.sure
    )
    return [f"If that fails: {', or '.join(others)}."] if others else []
