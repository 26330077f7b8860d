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
    own = clusters.cluster_instances(store) if store.type == databases.CLUSTER else None
    kind = text_of(own[0].get("DBInstanceClass")) if own else None
    if not own and store.type == databases.CLUSTER and store.get("ServerlessV2ScalingConfiguration").is_known:
        kind = "db.serverless"
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
    yield waiting(service, "db-instance-available", region, "--db-instance-identifier", name)


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
