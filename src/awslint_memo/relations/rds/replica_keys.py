"""RDS and Aurora: copies of encrypted databases in another Region, which need a key of that Region."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.rds import databases, global_databases
from awslint_memo.relations.recovery import regions


@record(frozen=True, eq=False)
class Keyless:
    """A copy in another Region without a key. source: what it copies, or where that is named. kind: what the copy is.
    is_sure: whether it surely is in another Region than that."""

    source: Resource | Value
    kind: str
    is_sure: bool


def keyless(database: Resource) -> Keyless | None:
    """What makes a database an encrypted copy of one in another Region, where it surely has no key; else None."""
    if not database.get("KmsKeyId").is_absent or database.may_be_completed():
        return None
    is_cluster = database.type == databases.CLUSTER
    source = global_databases.primary(database) if is_cluster else None
    kind = "a secondary cluster"
    if source is None or not database.get("ReplicationSourceIdentifier").is_absent:
        named = database.get("ReplicationSourceIdentifier" if is_cluster else "SourceDBInstanceIdentifier")
        source = database.deployment.find(named, databases.CLUSTER, databases.INSTANCE) or named
        kind = "a replica"
    is_apart = _is_apart(database, source)
    if is_apart is None or not _is_encrypted(database, source):
        return None
    return Keyless(source, kind, is_apart)


def _is_apart(database: Resource, source: Resource | Value) -> bool | None:
    """Whether the source of a copy surely is in another Region (True), or only said to be (False); None if neither."""
    told = database.get("SourceRegion").text or None
    if isinstance(source, Resource):
        is_apart = regions.is_apart(database, source)
    else:
        is_apart = regions.is_elsewhere(database, regions.in_arn(source) or told)
    # A source's Region is written for a copy in another one.
    return True if is_apart else False if is_apart is None and told else None


def _is_encrypted(database: Resource, source: Resource | Value) -> bool:
    """Whether a copy surely is encrypted, as it says itself, or its source does."""
    is_cluster = database.type == databases.CLUSTER
    joined = database.follow("GlobalClusterIdentifier", databases.GLOBAL) if is_cluster else None
    every = (database, source if isinstance(source, Resource) else None, joined)
    return any(one is not None and one.get("StorageEncrypted").flag is True for one in every)
