"""How a store is restored from backups of its own service: to a point in time, from a snapshot, or in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.model.value import Value
from awslint_memo.relations import backup, dynamodb, elasticache
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import cache_paths, cluster_kinds, facts, file_paths, table_paths, volume_paths
from awslint_memo.relations.recovery.member_paths import global_cluster
from awslint_memo.relations.recovery.recovery_paths import Method
from awslint_memo.relations.recovery.runbooks import instances, snapshots
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    after,
    aws,
    beside,
    identifier,
    settled,
    text_of,
    unknown,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Act, Back

TIME = Unfilled("TO_TIME", "a time just before the mistake, as 2026-01-31T02:45:00Z", is_late=True)


def restore(back: Back) -> Act | None:
    """What restores a store from backups of its own service; None where it is not known here."""
    act = _ACTS.get(back.store.type)
    return None if act is None else act(back)


def _given(back: Back, property_: str, option: str) -> tuple[Word, ...]:
    """An option with the value of a property, if it has any; what a reference names is looked up."""
    value = back.store.get(property_)
    if value.is_absent:
        return ()
    if back.disruption == "region":
        # What has this name is in the Region that is lost.
        home = "" if text_of(value) is None else f", at home {text_of(value)}"
        what = f"{option[2:].replace('-', ' ')} in {back.region or 'the other Region'}{home}"
        # What stands beside the store is made with what is deployed there.
        is_late = back.store.deployment.find(value) is not None
        return option, Unfilled(variable(back.store.title, option), what, is_late=is_late)
    return option, _word(back, value, option)


def _word(back: Back, value: Value, option: str) -> Word:
    target = back.store.deployment.find(value)
    if target is not None:
        return unknown(target, back.region, "identifier")
    return text_of(value) or Unfilled(
        variable(back.store.title, option), f"{option[2:].replace('-', ' ')} of the store"
    )


def _groups(back: Back, property_: str = "VPCSecurityGroups") -> tuple[Word, ...]:
    """The security groups, without which a restored database gets the VPC's default one."""
    items = back.store.get(property_).items
    if back.disruption == "region" and items:
        what = f"security groups in {back.region or 'the other Region'}"
        is_late = any(back.store.deployment.find(item) is not None for item in items)
        return "--vpc-security-group-ids", Unfilled(variable(back.store.title, "groups"), what, is_late=is_late)
    words = [_word(back, item, f"--group-{number}") for number, item in enumerate(items, 1)]
    return ("--vpc-security-group-ids", *words) if words else ()


def _when(back: Back, option: str) -> tuple[Word, ...]:
    return (option, TIME) if back.disruption == "software" else ("--use-latest-restorable-time",)


def _instance(back: Back) -> Act:
    region, old, new = back.where, identifier(back.store, back.region), beside(back.store, back.region)
    is_spread = back.store.get("MultiAZ", default=False).flag
    zone = Unfilled("ZONE", "an Availability Zone that is not lost", is_late=True)
    spread: tuple[Word, ...] = ("--multi-az",) if is_spread else ()
    if back.disruption == "az" and not is_spread:
        spread = ("--availability-zone", zone)
    options: tuple[Word, ...] = (
        *_given(back, "DBInstanceClass", "--db-instance-class"),
        *_given(back, "DBSubnetGroupName", "--db-subnet-group-name"),
        *_groups(back),
        *_given(back, "DBParameterGroupName", "--db-parameter-group-name"),
        *spread,
    )
    is_copied = back.disruption == "region"
    source: tuple[Word, ...] = (
        ("--source-db-instance-automated-backups-arn", _backups_arn(back))
        if is_copied
        else ("--source-db-instance-identifier", old)
    )
    target = old if is_copied else new
    restored = aws(
        *("rds", "restore-db-instance-to-point-in-time", region),
        *(*source, "--target-db-instance-identifier", target, *_when(back, "--restore-time"), *options),
    )
    look = aws("rds", "describe-db-instances", region, "--db-instance-identifier", target)
    wait = settled(look, "DBInstances[0].DBInstanceStatus", "available")
    notes = [
        "What is not given is as by default; without --vpc-security-group-ids that is the default group of the VPC."
    ]
    if is_copied:
        what = f"Restore {back.store.title}{back.there} from the automated backups that are replicated there"
        return Act(what, (restored, wait), notes)
    what = f"Restore {back.store.title} beside itself, look at the data, and give the restored one its name"
    notes += _NAMING if back.disruption == "az" else _NAMING[:2]
    notes += _replicas(back.store)
    return Act(what, (restored, wait, *_renamed(old, new, region)), notes)


def _replicas(store: Resource) -> Iterator[str]:
    """What follows a store under its old name still follows the old instance, whatever that is called."""
    every = store.deployment.of_type(databases.INSTANCE)
    followers = list(dict.fromkeys(each.title for each in every if databases.replica_source(each) is store))
    if followers:
        them = "it" if len(followers) == 1 else "them"
        yield (
            f"{listed(followers, NAMED)} {'follows' if len(followers) == 1 else 'follow'} the old instance: make {them}"
            f" anew as {'a replica' if len(followers) == 1 else 'replicas'} of the restored one, or no copy is kept."
        )


_NAMING = (
    "Stop what writes to it before the old one gives up its name: what it takes since the restore is not in the"
    " restored one.",
    "A new name takes a while: go on once the last command finds it, and it is available.",
    "Only an instance that is available takes a new name: where the old one is not, leave the names, and give what"
    " connects to it the endpoint of the restored one.",
)
"""What is to be known of new names, the last where the old instance may not answer
(AmazonRDS/latest/UserGuide/USER_RenameInstance.html)."""


def _backups_arn(back: Back) -> Unfilled:
    find = aws(
        *("rds", "describe-db-instance-automated-backups", back.where),
        *("--db-instance-identifier", identifier(back.store, back.home)),
        *("--query", "DBInstanceAutomatedBackups[].DBInstanceAutomatedBackupsArn", "--output", "text"),
    )
    return Unfilled(variable(back.store.title, "backups arn"), f"ARN of the backups of {back.store.title}", find)


def _renamed(old: Word, new: Word, region: Word) -> Iterator[Command]:
    """What gives a restored instance the name, and so the endpoint, of the one that it takes the place of."""
    aside = after(old, "-before")
    for name, other in ((old, aside), (new, old)):
        yield aws(
            *("rds", "modify-db-instance", region, "--db-instance-identifier", name),
            *("--new-db-instance-identifier", other, "--apply-immediately"),
        )
        yield aws(
            *("rds", "describe-db-instances", region, "--db-instance-identifier", other),
            *("--query", "DBInstances[0].DBInstanceStatus"),
        )


def _cluster(back: Back) -> Act:
    kind = cluster_kinds.service(back.store)
    service, region = instances.SERVICES[kind], back.where
    old, new = identifier(back.store, back.region), beside(back.store, back.region)
    group = _given(back, "DBClusterParameterGroupName", "--db-cluster-parameter-group-name")
    # The restore of DocumentDB takes no such group: the restored cluster gets it once it is available.
    is_late = bool(group) and kind == cluster_kinds.DOCUMENTS
    restored = aws(
        *(service, "restore-db-cluster-to-point-in-time", region, "--source-db-cluster-identifier", old),
        *("--db-cluster-identifier", new, *_when(back, "--restore-to-time")),
        *_given(back, "DBSubnetGroupName", "--db-subnet-group-name"),
        *_groups(back, "VpcSecurityGroupIds"),
        *(() if is_late else group),
        *instances.scaling(back.store),
    )
    is_aurora = kind != databases.CLUSTER or databases.is_aurora(back.store) is not False
    made = list(instances.made(back, new)) if is_aurora else []
    notes = (
        ["A restored cluster of Aurora, DocumentDB or Neptune has no instances until some are made."] if made else []
    )
    if made and kind != databases.CLUSTER:
        notes.append(instances.MAY_SCALE)
    if global_cluster(back.store, *cluster_kinds.wholes(kind)) is not None:
        notes.append(
            "The restored cluster is in no global cluster: its secondaries follow the old one until they are made anew."
        )
    if is_late:
        made.append(aws(service, "modify-db-cluster", region, "--db-cluster-identifier", new, *group))
        notes.append("The parameter group is given last; static parameters of it need a reboot of the instance.")
    what = f"Restore {back.store.title} beside itself, look at the data, and use the restored cluster"
    return Act(what, (restored, *made), notes)


def backtrack(back: Back) -> Act:
    """What sets a cluster back in place."""
    name = identifier(back.store, back.region)
    call = aws("rds", "backtrack-db-cluster", back.where, "--db-cluster-identifier", name)
    notes = [
        "The whole cluster goes back to that time, without what was written since. To look at more, it can be set"
        " forward again the same way, before anything else is written."
    ]
    what = f"Set {back.store.title} back in place to a time before the mistake"
    return Act(what, (Command((*call.words, "--backtrack-to", TIME)),), notes)


def _table(back: Back) -> Act:
    region, old, new = back.where, identifier(back.store, back.region), beside(back.store, back.region)
    when = ("--restore-date-time", TIME) if back.disruption == "software" else ("--use-latest-restorable-time",)
    return Act(
        f"Restore {back.store.title} to another table, look at the data, and use that table",
        (
            aws(
                *("dynamodb", "restore-table-to-point-in-time", region, "--source-table-name", old),
                *("--target-table-name", new, *when),
            ),
            settled(aws("dynamodb", "describe-table", region, "--table-name", new), "Table.TableStatus", "ACTIVE"),
        ),
        list(of_table(back)),
    )


def of_table(back: Back) -> Iterator[str]:
    """What a table that is restored lacks."""
    yield (
        "A table can't be renamed, and the restored one lacks scaling, streams, TTL, tags, alarms and point-in-time"
        " recovery until they are set up again; policies that name the old one by its ARN don't allow the new one."
    )
    if back.disruption != "region" and dynamodb.is_replicated(back.store):
        yield NO_REPLICAS


NO_REPLICAS = (
    "The restored table has no replica: add one in each Region of the old one's (update-table --replica-updates) before"
    " what runs there is given the new name."
)
"""What is restored of a global table is a table of one Region, in no global table
(amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html)."""

_ACTS: Mapping[str, Callable[[Back], Act]] = {
    databases.INSTANCE: _instance,
    databases.CLUSTER: _cluster,
    cluster_kinds.DOCUMENTS: _cluster,
    cluster_kinds.GRAPHS: _cluster,
    dynamodb.TABLE: _table,
    dynamodb.GLOBAL_TABLE: _table,
    elasticache.GROUP: snapshots.cache,
    elasticache.NODE_CLUSTER: snapshots.cache,
    cache_paths.MEMORY: snapshots.memory,
    cache_paths.SERVERLESS: snapshots.serverless,
    file_paths.BUCKET: snapshots.bucket,
    file_paths.SHARES: snapshots.share,
    volume_paths.VOLUME: snapshots.volume,
    table_paths.CLUSTER: snapshots.warehouse,
}


def is_restore(back: Back) -> bool:
    """Whether a way back is one by backups of the store's own service."""
    is_version = back.store.type == file_paths.BUCKET and back.disruption == "software"
    return back.way.back == Method.RESTORE or is_version


def is_own(back: Back) -> bool:
    """Whether a way back is by backups that the store's own service makes, so that its own calls restore it."""
    is_elsewhere = not back.way.source or back.way.source in (facts.SHORTEST_INTERVAL.page, backup.CONTINUOUS_PAGE)
    is_version = back.store.type == file_paths.BUCKET
    return not is_elsewhere and (not is_version or back.disruption == "software")
