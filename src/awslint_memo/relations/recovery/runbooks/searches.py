"""Commands that look for backups of a store of which no template tells: in AWS Backup, and in its own service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.relations import backup, dynamodb, elasticache
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import (
    cache_paths,
    cluster_kinds,
    file_paths,
    regions,
    serverless_paths,
    table_paths,
    volume_paths,
)
from awslint_memo.relations.recovery.runbooks import arns, backups
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Word,
    aws,
    home_word,
    identifier,
    region_word,
    tabled,
    unknown,
)

PAGE = "aws-backup/latest/devguide/API_ListRecoveryPointsByResource.html"

_CALLS: Mapping[str, tuple[str, str, str]] = {
    databases.INSTANCE: ("rds", "describe-db-snapshots", "--db-instance-identifier"),
    databases.CLUSTER: ("rds", "describe-db-cluster-snapshots", "--db-cluster-identifier"),
    cluster_kinds.DOCUMENTS: ("docdb", "describe-db-cluster-snapshots", "--db-cluster-identifier"),
    cluster_kinds.GRAPHS: ("neptune", "describe-db-cluster-snapshots", "--db-cluster-identifier"),
    dynamodb.TABLE: ("dynamodb", "list-backups", "--table-name"),
    dynamodb.GLOBAL_TABLE: ("dynamodb", "list-backups", "--table-name"),
    elasticache.GROUP: ("elasticache", "describe-snapshots", "--replication-group-id"),
    elasticache.NODE_CLUSTER: ("elasticache", "describe-snapshots", "--cache-cluster-id"),
    cache_paths.MEMORY: ("memorydb", "describe-snapshots", "--cluster-name"),
    cache_paths.SERVERLESS: ("elasticache", "describe-serverless-cache-snapshots", "--serverless-cache-name"),
    table_paths.CLUSTER: ("redshift", "describe-cluster-snapshots", "--cluster-identifier"),
}
"""By type, the call that lists snapshots and backups of the store's own service, and its option."""


_STAY = (
    *(dynamodb.TABLE, dynamodb.GLOBAL_TABLE),
    *(elasticache.GROUP, elasticache.NODE_CLUSTER, cache_paths.SERVERLESS),
)
"""Those whose own backups stay in their Region, so that none is found in another one."""

_LIVE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    databases.INSTANCE: (
        ("rds", "describe-db-instance-automated-backups"),
        ("rds", "describe-db-instances", "DBInstances[].[DBInstanceIdentifier,ReadReplicaSourceDBInstanceIdentifier]"),
    ),
    databases.CLUSTER: (
        ("rds", "describe-global-clusters"),
        ("rds", "describe-db-clusters", "DBClusters[].[DBClusterIdentifier,ReplicationSourceIdentifier]"),
    ),
    cluster_kinds.DOCUMENTS: (("docdb", "describe-global-clusters"),),
    cluster_kinds.GRAPHS: (("neptune", "describe-global-clusters"),),
    cache_paths.MEMORY: (("memorydb", "describe-multi-region-clusters"),),
    serverless_paths.DISTRIBUTED: (("dsql", "list-clusters", "clusters[].[identifier,arn]"),),
}
"""By type, the calls that list what may be a live copy of it in another Region, each with what is shown of that."""


def is_in_vaults(store: Resource) -> bool:
    """Whether AWS Backup may have backups of a store, which it lists by the ARN of the store."""
    return store.type in backups.TYPES or store.type in backup.OPT_IN_NAMES


def _copies(store: Resource, where: Word) -> Iterator[Command]:
    """What lists live copies of a store in the Region where it would come back, and what is replicated there."""
    for service, call, *query in _LIVE.get(cluster_kinds.service(store), ()):
        found = aws(service, call, where)
        yield tabled(found, query[0]) if query else found
    home = home_word(regions.name(store))
    if store.type == serverless_paths.DISTRIBUTED:
        shown = "[status,multiRegionProperties]"
        yield aws("dsql", "get-cluster", home, "--identifier", identifier(store, regions.name(store)), "--query", shown)
    if store.type in (dynamodb.TABLE, dynamodb.GLOBAL_TABLE):
        name = identifier(store, regions.name(store))
        yield aws("dynamodb", "describe-table", home, "--table-name", name, "--query", "Table.Replicas")
        # What is a replica tells the version of its global table, whichever that is.
        shown = "Table.[TableStatus,GlobalTableVersion,Replicas[].RegionName]"
        yield aws("dynamodb", "describe-table", where, "--table-name", name, "--query", shown)
        # Of the older version, describe-table shows nothing: its global tables have a call of their own
        # (amazondynamodb/latest/developerguide/globaltables.DetermineVersion.html).
        yield aws("dynamodb", "describe-global-table", where, "--global-table-name", name)
    if store.type == file_paths.BUCKET:
        yield aws("s3api", "get-bucket-replication", home, "--bucket", identifier(store, regions.name(store)))
    if store.type in (elasticache.GROUP, elasticache.NODE_CLUSTER):
        yield aws("elasticache", "describe-global-replication-groups", where, "--show-member-info")


def _snapshots(volume: Resource, where: Word, *, is_away: bool) -> Command:
    """What lists the snapshots of a volume, whoever made them; copies in another Region do not name the volume."""
    own = ("ec2", "describe-snapshots", where, "--owner-ids", "self")
    if is_away:
        return tabled(aws(*own), "Snapshots[].[SnapshotId,StartTime,Description]")
    name = replace(unknown(volume, regions.name(volume), "identifier"), before="Name=volume-id,Values=")
    return aws(*own, "--filters", name)


def commands(store: Resource, disruption: str, region: str | None) -> Iterator[Command]:
    """What lists the backups of a store where it would come back."""
    is_away = disruption == "region"
    where: Word = region_word(region) if is_away else home_word(region)
    if is_away:
        yield from _copies(store, where)
    if store.type == volume_paths.VOLUME:
        yield _snapshots(store, where, is_away=is_away)
    if store.type in _CALLS and not (is_away and store.type in _STAY):
        service, call, option = _CALLS[cluster_kinds.service(store)]
        yield aws(service, call, where, option, identifier(store, region))
    if is_in_vaults(store):
        yield aws("backup", "list-recovery-points-by-resource", where, "--resource-arn", arns.arn(store))
