"""Databases that may be copies of others: whether one may hold the first data nevertheless."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.relations.rds import databases


def may_be_first(database: Resource) -> bool:
    """Whether an instance or a cluster that may be a copy may as well hold the first data: what surely replicates takes
    its user from there, and what surely has no user is no new database."""
    if database.type == databases.CLUSTER:
        is_copy = databases.replication(database) is not None
    else:
        is_copy = any(databases.is_given(database, database.get(name)) for name in databases.INSTANCE_SOURCES)
    manages = database.get("ManageMasterUserPassword")
    is_new = not database.get("MasterUsername").is_absent or not (manages.is_absent or manages.flag is False)
    return not is_copy and (is_new or databases.is_restored(database))
