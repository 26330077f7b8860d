"""Ways back that no template of the run shows: what people declare, and what may be there without anybody saying so."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.objectives import Recovery
from awslint_memo.model.patterns import matches
from awslint_memo.relations.dynamodb import tables
from awslint_memo.relations.iam import grants
from awslint_memo.relations.recovery import facts, plans, regions
from awslint_memo.relations.recovery.reasons import stands
from awslint_memo.relations.recovery.tags import has
from awslint_memo.relations.recovery.ways import Back, Way


def ways(store: Resource, disruption: str) -> Iterator[Way]:
    """What is declared under `elsewhere`, and what may exist without a word in any template."""
    recovery = store.deployment.declared.recovery
    if recovery is not None:
        yield from _declared(store, disruption, recovery)
    if store.is_open:
        yield _may_be(store, "what is deployed with it and was not read", 0, seen=True)
    if _may_be_copied(store):
        yield _may_be(store, "a program that may make copies", 0, seen=True)
    if recovery is None or not recovery.complete:
        yield from _unseen(store, disruption)


def _declared(store: Resource, disruption: str, recovery: Recovery) -> Iterator[Way]:
    for one in recovery.elsewhere:
        bears = has(store, one.tags)
        if bears is False or (one.types and not any(matches(each, store.type) for each in one.types)):
            continue
        apart = [regions.is_elsewhere(store, each) for each in one.copies]
        if disruption == "region" and not any(each is not False for each in apart):
            continue
        yield Way(
            f"backups that {one.place} declares",
            one.every,
            Back.RESTORE,
            "",
            ceiling=one.every,
            reach=(inf if one.keep is None else one.keep) if disruption == "software" else None,
            sure=bears is True and (disruption != "region" or True in apart),
            because=stands(store, f"{one.place} elsewhere"),
            region=one.copies[0] if disruption == "region" and len(one.copies) == 1 else None,
        )


def _unseen(store: Resource, disruption: str) -> Iterator[Way]:
    """What another stack, an organization's policy or a program may do. Only AWS Backup makes backups unasked."""
    if disruption == "region":
        yield _may_be(store, "a copy or replica made elsewhere", 0)
    elif plans.is_backed_up(store):
        yield _may_be(store, "a backup made elsewhere", plans.shortest_floor(store, disruption))


def _may_be(store: Resource, how: str, floor: float, *, seen: bool = False) -> Way:
    return Way(how, floor, Back.RESTORE, "", sure=False, because=stands(store, how), seen=seen)


def _may_be_copied(store: Resource) -> bool:
    """Whether a program of this deployment may copy the data of a store, or make backups of it."""
    if store.deployment.once(_copies):
        return True
    if store.type not in (tables.TABLE, tables.GLOBAL_TABLE):
        return False
    of_type = store.deployment.of_type
    sources = [one.get("EventSourceArn") for one in of_type(tables.MAPPING)]
    sources += [one.get("Source") for one in of_type(tables.PIPE)]
    return any(store.may_be_named_by(source) for source in sources)


def _copies(deployment: Deployment) -> bool:
    if deployment.of_type(*facts.COPIERS.value):
        return True
    targets = (one.get("Target.Arn").text or "" for one in deployment.of_type("AWS::Scheduler::Schedule"))
    return any(":aws-sdk:" in one for one in targets) or bool(
        grants.allowed_resources(deployment, *facts.COPY_CALLS.value)
    )
