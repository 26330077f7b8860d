"""What is done for stores of which no template shows a way back, so that what is left of their data is kept: that a
search finds nothing is no reason to delete or to overwrite anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed
from awslint_memo.relations import dynamodb, table_items
from awslint_memo.relations.recovery import copied, counterpart_uses, file_paths, regions
from awslint_memo.relations.recovery.recovery_paths import Reasons, stands
from awslint_memo.relations.recovery.runbooks import searches, snapshots
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Question, Task
from awslint_memo.relations.recovery.timelines import Step
from awslint_memo.relations.recovery.verdicts import Judged

_STATES = regex(r"(?i)tf[-_]?state|terraform")
"""Words in the name of a bucket that keeps states of Terraform."""


def without(row: Judged, region: str | None, there: Sequence[Resource], made: Collection[int]) -> Task | Question:
    """What is to be done for a store that has no way back which a template shows.

    region: where, if a Region is lost and that is known. there: the stores that are in it. made: the ids of the
    deployments that are made anew in it.
    """
    store = row.store.resource
    is_away = row.disruption == "region"
    where = " in another Region" if is_away else ""
    reasons = stands(store, f"nothing that was read with it keeps a copy{where}")
    if not row.bound.ways:
        is_there = is_away and any(_is_twin(other, store) for other in there)
        return _filled(row, region, reasons) if is_there else _gone(row, reasons, is_made=id(store.deployment) in made)
    to = region if is_away else regions.name(store)
    looks = list(searches.commands(store, row.disruption, to))
    what = f"whether {store.title} has a backup or copy{f' in {to}' if is_away and to else where}"
    notes = list(_notes(row, to, is_made=id(store.deployment) in made))
    if not looks:
        notes.append("No one call lists them: ask those who run it.")
    return Question(
        what, store, looks, reasons, notes=notes, page=searches.PAGE if searches.is_in_vaults(store) else ""
    )


def _notes(row: Judged, to: str | None, *, is_made: bool) -> Iterator[str]:
    """What each answer means. to: the Region in which it would come back, where that is known. is_made: whether its
    deployment is made anew there."""
    store, is_spoiled = row.store.resource, row.disruption == "software"
    copies = [way for way in row.bound.ways if is_spoiled and copied.has_mistakes(way)]
    ways = [way.named for way in row.bound.ways if way not in copies]
    others = f"; there may be {listed(ways, len(ways), 'or')}" if ways else ""
    yield f"None was read{others}."
    if copies:
        yield "If it is a copy of another store, that has the mistake too: restore that one, and copy it anew."
    if is_spoiled:
        yield "If it has one, restore that beside it, look at the data, and take from there what is spoiled or gone."
        yield _kept(store)
        return
    yield "If it has one, restore that or put it to use before what uses it is started."
    network = _network(store) if row.disruption == "region" else []
    if network:
        made = f", which the deployment there makes: deploy that without {store.title} before" if is_made else ""
        yield f"A restore there needs {listed(network, NAMED)} of {to or 'the other Region'} first{made}."
    if row.disruption != "region":
        yield (
            "If none is found, delete nothing: what comes back with it is all there is. To go on without, make another"
            " beside it, empty."
        )
        return
    if store.type in (dynamodb.TABLE, dynamodb.GLOBAL_TABLE):
        yield "describe-global-table finds global tables of version 2017.11.29, of which the others show no replicas."
    kept = f"If none is found, delete nothing: its data may come back with {regions.name(store) or 'its Region'}"
    states = _states(store)
    if states:
        yield f"{kept}. {states}"
    elif store.type == file_paths.BUCKET:
        # Its name is taken as long as it is there (AmazonS3/latest/userguide/bucketnamingrules.html).
        yield f"{kept}. To go on without, make one by another name in {to or 'the other Region'}, empty."
    else:
        yield f"{kept}. Where {to or 'the other Region'} has none of its name, make it there, empty, to go on without."


def _network(store: Resource) -> list[str]:
    """What of the network a store names, which a restore has to be given in its Region: else it is in the default VPC
    (AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html)."""
    if store.type not in counterpart_uses.USES:
        return []
    kinds = dict.fromkeys(use.kind for use in counterpart_uses.of(store))
    return [f"a {kind}" for kind in kinds if kind in (*counterpart_uses.NETWORK, counterpart_uses.KEY)]


def _kept(store: Resource) -> str:
    """That what is spoiled in part is kept."""
    return (
        f"If none is found, do not delete {store.title} or make it anew: what was not spoiled is still in it. Save that"
        " elsewhere first, and mend the rest from what else has it. Only if it is gone itself, make it anew, empty."
    )


def _states(store: Resource) -> str:
    """What not to do where a bucket keeps states of Terraform, by its name or by a table of locks beside it; empty for
    others. With an empty state, Terraform makes again what stands
    (https://developer.hashicorp.com/terraform/language/state/purpose)."""
    if store.type != file_paths.BUCKET:
        return ""
    named = [store.title, *(piece.text for piece in store.get("BucketName").pieces if piece.text is not None)]
    tables = store.deployment.of_type(dynamodb.TABLE, dynamodb.GLOBAL_TABLE)
    path = store.place.span.path
    is_beside = any(table.place.span.path == path and table_items.keeps_state_locks(table) for table in tables)
    if not is_beside and not any(map(_STATES.search, named)):
        return ""
    return (
        "It may keep states of Terraform: never apply against an empty state, which would make again what stands, or"
        " fail on its names. Wait, or import what stands (terraform import) first."
    )


def _gone(row: Judged, reasons: Reasons, *, is_made: bool) -> Task:
    """A store that surely has no way back. is_made: whether the deployment in the other Region makes it anew."""
    store = row.store.resource
    by = snapshots.made_from(store)
    how = f", from the snapshot that {by} names" if by else ", empty"
    notes = []
    if row.disruption == "software":
        beside = f"; make another beside it{how}" if by else ""
        again = f"Keep {store.title}, and mend what is spoiled from what else has it{beside}"
        notes = [_kept(store)]
    elif is_made:
        again = f"Use {store.title} as the deployment makes it{how}"
    else:
        again = f"Make {store.title} again{how}"
    states = _states(store) if row.disruption == "region" else ""
    step = Step(
        "data", f"{again}: there is no {'other ' if by else ''}way back to its data", by_person=True, because=reasons
    )
    loses = f"everything{' since' if by else ''}" if row.disruption != "software" else "what is spoiled"
    return Task("data", step, store, None, loses, notes=[*notes, *([states] if states else [])], measured=row.drill)


def _is_twin(other: Resource, store: Resource) -> bool:
    """Whether another deployment of a store's template makes a resource, by the same lines."""
    return other is not store and other.name == store.name and other.place.span == store.place.span


def _filled(row: Judged, region: str | None, reasons: Reasons) -> Task:
    """A store whose data are lost, and which another deployment of its template has in the other Region already."""
    store = row.store.resource
    what = (
        f"Use {store.title} of the deployment in {region or 'the other Region'}, and fill it anew: there is no way back"
        f" to the data of that in {regions.name(store) or 'the lost Region'}"
    )
    step = Step("data", what, by_person=True, because=reasons)
    states = _states(store)
    return Task("data", step, store, region, "everything", notes=[states] if states else [], measured=row.drill)
