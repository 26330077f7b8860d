"""Ways back that no template of the run shows: what people declare, and what may be there without anybody saying so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.objectives import Recovery
from awslint_memo.model.patterns import matches
from awslint_memo.relations import backup, dynamodb, iam
from awslint_memo.relations.recovery import clusters, facts, plans, regions
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
            every=(one.place, one.every),
            region=one.copies[0] if disruption == "region" and len(one.copies) == 1 else None,
        )


def _unseen(store: Resource, disruption: str) -> Iterator[Way]:
    """What another stack, an organization's policy or a program may do. Only AWS Backup makes backups unasked."""
    if disruption == "region":
        yield _may_be(store, "a copy or replica made elsewhere", 0)
    elif plans.is_backed_up(store):
        yield _may_be(store, "a backup made elsewhere", plans.shortest_floor(store, disruption))


def _may_be(store: Resource, how: str, floor: float, *, seen: bool = False) -> Way:
    # Logs that have not been uploaded are lacking whoever makes the backups.
    every = (how, floor) if floor >= facts.SHORTEST_INTERVAL.value else None
    return Way(how, floor, Back.RESTORE, "", sure=False, because=stands(store, how), seen=seen, every=every)


def _may_be_copied(store: Resource) -> bool:
    """Whether a program of this deployment may copy the data of a store, or make backups of it."""
    deployment = store.deployment
    if any(store.type in facts.COPIERS.value[one] for one in deployment.once(_copiers)):
        return True
    if deployment.once(_called).get(_family(store.type)) or (plans.is_backed_up(store) and deployment.once(_backs_up)):
        return True
    if store.type not in (dynamodb.TABLE, dynamodb.GLOBAL_TABLE, clusters.DOCUMENTS):
        return False
    sources = [one.get("EventSourceArn") for one in deployment.of_type(dynamodb.MAPPING)]
    sources += [one.get("Source") for one in deployment.of_type(dynamodb.PIPE)]
    return any(store.may_be_named_by(source) for source in sources)


def _family(type_: str) -> str:
    """How a type begins, as AWS::RDS."""
    return type_.rpartition("::")[0]


def _copiers(deployment: Deployment) -> list[str]:
    return [one.type for one in deployment.of_type(*facts.COPIERS.value)]


def _called(deployment: Deployment) -> Mapping[str, bool]:
    """For how types begin, whether a program may make backups or copies of them."""
    # A Scheduler's schedule that calls an API names it in its target: arn:aws:scheduler:::aws-sdk:rds:createDBSnapshot.
    scheduled = [one.get("Target.Arn").text or "" for one in deployment.of_type("AWS::Scheduler::Schedule")]
    called = {one.partition(":aws-sdk:")[2].partition(":")[0].lower() for one in scheduled if ":aws-sdk:" in one}
    return {
        family: not called.isdisjoint((calls[0].partition(":")[0], family.rpartition("::")[2].lower()))
        or bool(iam.allowed_resources(deployment, *calls))
        for family, calls in facts.COPY_CALLS.value.items()
    }


def _backs_up(deployment: Deployment) -> bool:
    return bool(iam.allowed_resources(deployment, *backup.BACKUP_CALLS))
