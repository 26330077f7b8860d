"""Commands that look for backups of a store of which no template tells: in AWS Backup, and in its own service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.relations import dynamodb, elasticache
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import cache_paths, cluster_paths, table_paths
from awslint_memo.relations.recovery.runbooks import arns, backups
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Word,
    aws,
    home_word,
    identifier,
    region_word,
)

PAGE = "aws-backup/latest/devguide/API_ListRecoveryPointsByResource.html"

_CALLS: Mapping[str, tuple[str, str, str]] = {
    databases.INSTANCE: ("rds", "describe-db-snapshots", "--db-instance-identifier"),
    databases.CLUSTER: ("rds", "describe-db-cluster-snapshots", "--db-cluster-identifier"),
    cluster_paths.DOCUMENTS: ("docdb", "describe-db-cluster-snapshots", "--db-cluster-identifier"),
    cluster_paths.GRAPHS: ("neptune", "describe-db-cluster-snapshots", "--db-cluster-identifier"),
    dynamodb.TABLE: ("dynamodb", "list-backups", "--table-name"),
    dynamodb.GLOBAL_TABLE: ("dynamodb", "list-backups", "--table-name"),
    elasticache.GROUP: ("elasticache", "describe-snapshots", "--replication-group-id"),
    elasticache.NODE_CLUSTER: ("elasticache", "describe-snapshots", "--cache-cluster-id"),
    cache_paths.MEMORY: ("memorydb", "describe-snapshots", "--cluster-name"),
    table_paths.CLUSTER: ("redshift", "describe-cluster-snapshots", "--cluster-identifier"),
}
"""By type, the call that lists snapshots and backups of the store's own service, and its option."""


def commands(store: Resource, disruption: str, region: str | None) -> Iterator[Command]:
    """What lists the backups of a store where it would come back."""
    where: Word = region_word(region) if disruption == "region" else home_word(region)
    if store.type in _CALLS:
        service, call, option = _CALLS[store.type]
        yield aws(service, call, where, option, identifier(store, region))
    if store.type in backups.TYPES:
        yield aws("backup", "list-recovery-points-by-resource", where, "--resource-arn", arns.arn(store))
