"""Ways back for databases of RDS and Aurora."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.rds import clusters, databases
from awslint_memo.relations.recovery import aurora_global, facts, regions
from awslint_memo.relations.recovery.reasons import because, days, stands
from awslint_memo.relations.recovery.ways import Back, Way, lossless, typically

RETENTION = "BackupRetentionPeriod"
_REPLICATED = "AutomaticBackupReplicationRegion"


def retention(database: Resource) -> Value:
    """The days that automated backups are kept; Unknown where a restored database inherits them."""
    written = database.get(RETENTION, default=databases.DEFAULT_RETENTION)
    is_default = written.is_known and getattr(written, "defaulted", False)
    if is_default and databases.is_restored(database):
        return Unknown("a restored database inherits it", written.place)
    return written


def instance(database: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for an instance that belongs to no cluster."""
    if disruption in ("hardware", "az"):
        yield from _standby(database)
    if disruption != "software":
        yield from _read_replicas(database, disruption)
    if disruption == "region":
        yield from _replicated_backups(database)
    else:
        yield from _automated(database, disruption)


def _automated(database: Resource, disruption: str) -> Iterator[Way]:
    # Logs that have not been uploaded yet go with the zone.
    floor = float(facts.RDS_LOGS.value) if disruption == "az" else 0
    kept = retention(database)
    if kept.number == 0:
        return
    way = typically("automated backups", facts.RDS_LOGS, Back.RESTORE, because(database, RETENTION, kept))
    reach = days(kept) if disruption == "software" else None
    yield replace(way, floor=floor, reach=reach, sure=kept.number is not None)


def _standby(database: Resource) -> Iterator[Way]:
    written = database.get("MultiAZ", default=False)
    if written.flag is not False:
        reasons, takes = because(database, "MultiAZ", written), facts.RDS_FAILOVER
        way = lossless("standby in another zone", takes.page, Back.FAILOVER, reasons, takes=takes)
        yield replace(way, sure=written.flag is True)


def _read_replicas(database: Resource, disruption: str) -> Iterator[Way]:
    """Read replicas, which can be promoted; their number may not be known."""
    for replica in database.deployment.of_type(databases.INSTANCE):
        named = replica.get("SourceDBInstanceIdentifier")
        if named.is_absent or not databases.is_read_replica(replica) or replica is database:
            continue
        is_its = databases.replica_source(replica) is database
        if not is_its and not (database.may_be_named_by(named) or _may_be_any(named)):
            continue
        helps = (
            regions.is_apart(database, replica) if disruption == "region" else _is_safe(replica, database, disruption)
        )
        if helps is False:
            continue
        yield Way(
            f"read replica {replica.title}",
            facts.RDS_READ_REPLICAS.value,
            Back.PROMOTE,
            facts.RDS_READ_REPLICAS.page,
            sure=is_its and helps is True and bool(replica.copies.number),
            region=regions.name(replica) if disruption == "region" else None,
            because=stands(replica, f"read replica {replica.title}"),
        )


def _is_safe(replica: Resource, database: Resource, disruption: str) -> bool | None:
    """Whether a disruption surely leaves a replica alone (True) or surely not (False); None if not known."""
    if disruption == "hardware" or regions.is_apart(database, replica) is True:
        return True
    if databases.is_in_zone_of(replica, database):
        return False
    mine, its = replica.get("AvailabilityZone"), database.get("AvailabilityZone")
    return True if mine.is_same_as(its) is False and mine.text and its.text else None


def _may_be_any(named: Value) -> bool:
    """Whether a value that no template tells may name any database: a parameter, an import."""
    return named.is_unknown and next(named.mentions(), None) is None and ":" not in (named.text or "")


def _replicated_backups(database: Resource) -> Iterator[Way]:
    kept = database.get("AutomaticBackupReplicationRetentionPeriod")
    region = database.get(_REPLICATED)
    written = kept if database.language == "terraform" else region
    if written.is_absent or retention(database).number == 0:
        return
    path = "AutomaticBackupReplicationRetentionPeriod" if database.language == "terraform" else _REPLICATED
    yield Way(
        "automated backups replicated to another Region",
        facts.RDS_REPLICATED_BACKUPS.value,
        Back.RESTORE,
        facts.RDS_REPLICATED_BACKUPS.page,
        sure=database.language == "terraform" or databases.is_given(database, region),
        because=because(database, path, written),
        region=region.text,
    )


def cluster(database: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for a cluster: Aurora, or a Multi-AZ DB cluster of another engine."""
    is_aurora = databases.is_aurora(database)
    if disruption == "software":
        kept = retention(database)
        figure = facts.RDS_LOGS if is_aurora is False else facts.AURORA_RESTORE
        how = "automated backups" if is_aurora is False else "continuous backups"
        yield typically(how, figure, Back.RESTORE, because(database, RETENTION, kept), reach=days(kept))
        yield from _backtrack(database)
    elif disruption == "region":
        if is_aurora is not False:
            yield from aurora_global.ways(database)
    elif is_aurora is False:
        reasons = stands(database, "a Multi-AZ DB cluster")
        takes = facts.CLUSTER_FAILOVER
        yield lossless("standbys in other zones", takes.page, Back.FAILOVER, reasons, takes=takes)
    else:
        yield _aurora_copies(database, disruption)


def _backtrack(database: Resource) -> Iterator[Way]:
    window = database.get("BacktrackWindow")
    if window.is_absent or window.number == 0:
        return
    seconds = None if window.number is None else min(float(window.number), facts.LONGEST_BACKTRACK.value)
    yield Way(
        "backtracking in place",
        0,
        Back.START,
        facts.LONGEST_BACKTRACK.page,
        reach=seconds,
        sure=window.number is not None and database.get("Engine").text == "aurora-mysql",
        because=because(database, "BacktrackWindow", window),
    )


def _aurora_copies(database: Resource, disruption: str) -> Way:
    """Aurora's storage is in three zones; how soon it is used again depends on the instances."""
    how, page = "copies of the storage in three zones", facts.AURORA_FAILOVER.page
    members = clusters.cluster_instances(database) if clusters.has_instances(database) else None
    count = None if members is None else clusters.instance_count(members)
    if not members or count is None:
        words = "no instances" if members == [] else "an Aurora cluster, whose instances are not all known"
        return lossless(how, page, Back.START, stands(database, words))
    first = members[0]
    in_one_zone = all(databases.is_in_zone_of(one, first) for one in members[1:]) and len(members) > 1
    if count == 1 or (disruption == "az" and in_one_zone):
        words = f"{first.title} is the only instance" if count == 1 else "all instances are in one zone"
        return lossless(how, page, Back.START, stands(first, words), takes=facts.AURORA_START)
    return lossless(how, page, Back.FAILOVER, stands(first, f"{count} instances"), takes=facts.AURORA_FAILOVER)
