"""ARNs of stores in commands: how one finds the ARN of what no template gives one."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.partitions import partition_of
from awslint_memo.model.record import replace
from awslint_memo.relations import dynamodb
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import cluster_kinds, file_paths, regions, serverless_paths
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    home_word,
    identifier,
    variable,
)

_CALLS: Mapping[str, tuple[str, str, str, str]] = {
    databases.CLUSTER: ("rds", "describe-db-clusters", "--db-cluster-identifier", "DBClusters[0].DBClusterArn"),
    databases.INSTANCE: ("rds", "describe-db-instances", "--db-instance-identifier", "DBInstances[0].DBInstanceArn"),
    cluster_kinds.DOCUMENTS: (
        *("docdb", "describe-db-clusters", "--db-cluster-identifier"),
        "DBClusters[0].DBClusterArn",
    ),
    cluster_kinds.GRAPHS: (
        *("neptune", "describe-db-clusters", "--db-cluster-identifier"),
        "DBClusters[0].DBClusterArn",
    ),
    dynamodb.GLOBAL_TABLE: ("dynamodb", "describe-table", "--table-name", "Table.TableArn"),
    dynamodb.TABLE: ("dynamodb", "describe-table", "--table-name", "Table.TableArn"),
    serverless_paths.DISTRIBUTED: ("dsql", "get-cluster", "--identifier", "arn"),
    file_paths.FILES: (
        *("efs", "describe-file-systems", "--file-system-id"),
        "FileSystems[0].FileSystemArn",
    ),
}
"""By the type that a resource is judged as, the call that shows it where it is, its option, and where in the answer the
ARN is."""


def arn(resource: Resource) -> Word:
    """The ARN of a store; of a bucket it is made of the name, and of others a call where they are tells it."""
    home, name = regions.name(resource), identifier(resource)
    if resource.type == file_paths.BUCKET:
        start = f"arn:{partition_of(home or '')}:s3:::"
        return f"{start}{name}" if isinstance(name, str) else replace(name, before=start)
    service, call, option, query = _CALLS.get(cluster_kinds.service(resource), ("", "", "", ""))
    find: Command | None = None
    if service:
        look = aws(service, call, home_word(home), option, name)
        find = Command((*look.words, "--query", query, "--output", "text"))
    return Unfilled(variable(resource.title, "ARN"), f"ARN of {resource.title}", find)
