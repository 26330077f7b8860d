"""Commands that tell whether a way back is there of which no template is sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.relations import backup, dynamodb, elasticache
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import (
    backup_plans,
    cluster_kinds,
    cluster_paths,
    facts,
    file_paths,
    joined_tables,
    regions,
    volume_paths,
)
from awslint_memo.relations.recovery.recovery_paths import Method
from awslint_memo.relations.recovery.runbooks import arns, backups, instances, promotions, searches
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    home_word,
    identifier,
    region_word,
    unknown,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import Back


def commands(back: Back) -> list[Command]:
    """What answers whether a store has a way back; where no call tells it, what lists its backups."""
    if is_of_vault(back) and back.store.type in backups.TYPES:
        where = back.where
        return [aws("backup", "list-recovery-points-by-resource", where, "--resource-arn", arns.arn(back.store))]
    asked_of_source = _of_source(back)
    if asked_of_source is not None:
        return [asked_of_source]
    ask = _OF_PLACE.get(back.store.type) if back.disruption in ("az", "hardware") else _OF_COPIES.get(back.store.type)
    found = None if ask is None else ask(back)
    return [found] if found is not None else list(searches.commands(back.store, back.disruption, back.region))


def is_of_vault(back: Back) -> bool:
    """Whether a way back is by backups in a vault of AWS Backup."""
    is_of_plan = back.way.by is not None and back.way.by.type == backup_plans.PLAN
    return is_of_plan or back.way.source in (facts.SHORTEST_INTERVAL.page, backup.CONTINUOUS_PAGE)


def _shown(call: Command, query: str) -> Command:
    return Command((*call.words, "--query", query))


def _here(back: Back) -> Word:
    """The Region of the store itself, also of one that is asked before it is lost."""
    return region_word(back.home) if back.home is not None else home_word(None)


def _instance(back: Back) -> Command | None:
    copy = back.way.by
    if back.way.back == Method.RESTORE:
        look = aws("rds", "describe-db-instance-automated-backups", back.where)
        named = Command((*look.words, "--db-instance-identifier", identifier(back.store, back.home)))
        return _shown(named, "DBInstanceAutomatedBackups[].[Region,Status,RestoreWindow.LatestTime]")
    if copy is not None and copy.type == databases.INSTANCE:
        look = aws("rds", "describe-db-instances", back.where, "--db-instance-identifier", identifier(copy))
        return _shown(look, "DBInstances[0].[ReadReplicaSourceDBInstanceIdentifier,DBInstanceStatus]")
    look = aws("rds", "describe-db-instances", _here(back), "--db-instance-identifier", identifier(back.store))
    return _shown(look, "DBInstances[0].ReadReplicaDBInstanceIdentifiers")


def _standby(back: Back) -> Command:
    look = aws("rds", "describe-db-instances", _here(back), "--db-instance-identifier", identifier(back.store))
    return _shown(look, "DBInstances[0].[MultiAZ,AvailabilityZone,SecondaryAvailabilityZone,DBInstanceStatus]")


def _cluster(back: Back) -> Command | None:
    service = instances.SERVICES[cluster_kinds.service(back.store)]
    copy = back.way.by
    if back.way.back == Method.RESTORE:
        return None
    is_replica = (
        copy is not None and copy.type == databases.CLUSTER and not copy.get("ReplicationSourceIdentifier").is_absent
    )
    if copy is not None and is_replica:
        look = aws(service, "describe-db-clusters", back.where, "--db-cluster-identifier", identifier(copy))
        return _shown(look, "DBClusters[0].[ReplicationSourceIdentifier,Status]")
    name = promotions.whole_of(back)
    look = aws(service, "describe-global-clusters", back.where, "--global-cluster-identifier", name)
    return _shown(look, "GlobalClusters[0].GlobalClusterMembers[].[DBClusterArn,IsWriter]")


def _members(back: Back) -> Command:
    service = instances.SERVICES[cluster_kinds.service(back.store)]
    look = aws(service, "describe-db-clusters", _here(back), "--db-cluster-identifier", identifier(back.store))
    return _shown(look, "DBClusters[0].[MultiAZ,DBClusterMembers]")


def _cache(back: Back) -> Command | None:
    if back.way.back == Method.RESTORE:
        return None
    return aws("elasticache", "describe-global-replication-groups", back.where, "--show-member-info")


def _replicas(back: Back) -> Command | None:
    if back.way.back == Method.RESTORE:
        return None
    look = aws("elasticache", "describe-replication-groups", _here(back))
    named = Command((*look.words, "--replication-group-id", identifier(back.store)))
    return _shown(named, "ReplicationGroups[0].[AutomaticFailover,MultiAZ,MemberClusters]")


def _table(back: Back) -> Command | None:
    if back.way.back == Method.RESTORE:
        look = aws("dynamodb", "describe-continuous-backups", _here(back), "--table-name", identifier(back.store))
        return look if back.disruption != "region" else None
    if back.way.source == joined_tables.JOINED.page:
        whole = aws("dynamodb", "describe-global-table", back.where, "--global-table-name", identifier(back.store))
        return _shown(whole, "GlobalTableDescription.ReplicationGroup[].RegionName")
    look = aws("dynamodb", "describe-table", _here(back), "--table-name", identifier(back.store))
    return _shown(look, "Table.Replicas[].[RegionName,ReplicaStatus]")


def replica(back: Back) -> Resource | None:
    """The bucket that a rule copies to, in a Region that is known: of that it is asked what it holds, as the rule was
    read; else None."""
    copy = back.way.by
    return copy if back.store.type == file_paths.BUCKET and back.way.region is not None else None


def _of_source(back: Back) -> Command | None:
    """What tells where the store is replicated to of which another may be the replica."""
    source = promotions.source_of(back)
    if source is None:
        return None
    home = region_word(regions.name(source)) if regions.name(source) else home_word(None)
    if source.type == file_paths.BUCKET:
        look = aws("s3api", "get-bucket-replication", home, "--bucket", identifier(source, regions.name(source)))
        return _shown(look, "ReplicationConfiguration.Rules[].Destination.Bucket")
    name = identifier(source, regions.name(source))
    look = aws("efs", "describe-replication-configurations", home, "--file-system-id", name)
    return _shown(look, "Replications[].Destinations[].[FileSystemId,Region]")


def _bucket(back: Back) -> Command:
    if replica(back) is not None:
        key = Unfilled(variable(back.store.title, "key"), f"key of an object of {back.named} that may be left out")
        look = aws("s3api", "head-object", _here(back), "--bucket", identifier(back.store, back.home), "--key", key)
        return _shown(look, "ReplicationStatus")
    call = "get-bucket-versioning" if back.disruption == "software" else "get-bucket-replication"
    return aws("s3api", call, _here(back), "--bucket", identifier(back.store))


def _files(back: Back) -> Command | None:
    if back.way.back == Method.RESTORE:
        return None
    return aws("efs", "describe-replication-configurations", _here(back), "--file-system-id", identifier(back.store))


def _domain(back: Back) -> Command | None:
    name = identifier(back.store)
    look = aws("opensearch", "describe-domain", _here(back), "--domain-name", name)
    return _shown(look, "DomainStatus.ClusterConfig")


def _volume(back: Back) -> Command:
    name = replace(unknown(back.store, back.home, "identifier"), before="Name=volume-id,Values=")
    return aws("ec2", "describe-snapshots", _here(back), "--owner-ids", "self", "--filters", name)


_OF_COPIES: Mapping[str, Callable[[Back], Command | None]] = {
    databases.INSTANCE: _instance,
    databases.CLUSTER: _cluster,
    cluster_kinds.DOCUMENTS: _cluster,
    cluster_kinds.GRAPHS: _cluster,
    dynamodb.TABLE: _table,
    dynamodb.GLOBAL_TABLE: _table,
    elasticache.GROUP: _cache,
    file_paths.BUCKET: _bucket,
    file_paths.FILES: _files,
    volume_paths.VOLUME: _volume,
}
"""By type, what tells of copies and backups."""

_OF_PLACE: Mapping[str, Callable[[Back], Command | None]] = {
    databases.INSTANCE: _standby,
    databases.CLUSTER: _members,
    cluster_kinds.DOCUMENTS: _members,
    cluster_kinds.GRAPHS: _members,
    cluster_paths.DOMAIN: _domain,
    elasticache.GROUP: _replicas,
    volume_paths.VOLUME: _volume,
}
"""By type, what tells whether something takes over in another zone."""
