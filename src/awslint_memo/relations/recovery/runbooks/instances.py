"""How an instance is made for a cluster of Aurora, DocumentDB or Neptune that has none."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.relations.rds import clusters, databases
from awslint_memo.relations.recovery import cluster_kinds
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    after,
    aws,
    settled,
    text_of,
    variable,
    waiting,
)
from awslint_memo.relations.recovery.runbooks.tasks import Back

SERVICES = {databases.CLUSTER: "rds", cluster_kinds.DOCUMENTS: "docdb", cluster_kinds.GRAPHS: "neptune"}
"""By the type that a cluster is judged as, the service in commands."""

_ENGINES = {cluster_kinds.DOCUMENTS: "docdb", cluster_kinds.GRAPHS: "neptune"}


def made(back: Back, cluster: Word, owner: Resource | None = None, *, zone: bool = False) -> Iterator[Command]:
    """The commands that make an instance, like the first one of the store, and wait until it answers.

    cluster: the identifier of the cluster. owner: the cluster's own resource, where it is another one than the store.
    zone: whether an Availability Zone is to be chosen.
    """
    store, region = back.store, back.where
    title, service = (owner or store).title, SERVICES[cluster_kinds.service(store)]
    kind = _class(store)
    engine = _ENGINES.get(store.type) or next(filter(None, map(_engine, filter(None, (store, owner)))), None)
    name = _name(title, cluster, is_new=owner is None and not zone)
    there = (
        ("--availability-zone", Unfilled("ZONE", "an Availability Zone that is not lost", is_late=True)) if zone else ()
    )
    yield aws(
        *(service, "create-db-instance", region, "--db-instance-identifier", name, "--db-cluster-identifier", cluster),
        *("--db-instance-class", kind or Unfilled(variable(title, "class"), "class of the instance")),
        "--engine",
        engine or _asked(service, region, cluster, title),
        *there,
    )
    if owner is None and not zone:  # A cluster that is being restored has no instance before it has the data.
        look = aws(service, "describe-db-instances", region, "--db-instance-identifier", name)
        yield settled(look, "DBInstances[0].DBInstanceStatus", "available")
    else:
        yield waiting(service, "db-instance-available", region, "--db-instance-identifier", name)


_SERVERLESS = "db.serverless"
_SCALING = "ServerlessV2ScalingConfiguration"

MAY_SCALE = (
    f"Where its instances are of the class {_SERVERLESS}, give the restored cluster its capacity range"
    " (--serverless-v2-scaling-configuration) before one is made."
)


def _class(store: Resource) -> str | None:
    """The class of the first instance of a cluster; None where that is not known."""
    if store.type != databases.CLUSTER:
        return None
    own = clusters.cluster_instances(store)
    if own:
        return text_of(own[0].get("DBInstanceClass"))
    return _SERVERLESS if store.get(_SCALING).is_known else None


def scaling(store: Resource) -> tuple[Word, ...]:
    """The option with the capacity range of a cluster, which one of Aurora has to have before it gets an instance that
    is serverless (AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.requirements.html)."""
    if store.type != databases.CLUSTER or (_class(store) != _SERVERLESS and store.get(_SCALING).is_absent):
        return ()
    numbers = {name: store.get(f"{_SCALING}.{name}").number for name in ("MinCapacity", "MaxCapacity")}
    if None in numbers.values():
        asked = Unfilled(variable(store.title, "capacity"), "MinCapacity=,MaxCapacity= with the numbers of before")
        return "--serverless-v2-scaling-configuration", asked
    return "--serverless-v2-scaling-configuration", ",".join(f"{name}={number:g}" for name, number in numbers.items())


def _asked(service: str, region: Word, cluster: Word, title: str) -> Unfilled:
    """The engine of a cluster that no template tells, which the cluster does."""
    look = aws(service, "describe-db-clusters", region, "--db-cluster-identifier", cluster)
    find = Command((*look.words, "--query", "DBClusters[0].Engine", "--output", "text"))
    return Unfilled(variable(title, "engine"), f"engine of {title}", find, is_late=True)


def _engine(cluster: Resource) -> str | None:
    return text_of(cluster.get("Engine"))


def _name(title: str, cluster: Word, *, is_new: bool) -> Word:
    """The name of the instance: of a cluster that was just made, it is not taken; of others, somebody gives one."""
    if not is_new:
        return Unfilled(variable(title, "instance"), f"a name for an instance of {title}")
    text = cluster.after if isinstance(cluster, Unfilled) else ""
    return after(cluster, f"{text}-1")
