"""How a store is made again from its last good snapshot, or taken back by its versions."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.relations import elasticache
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    beside,
    identifier,
    settled,
    text_of,
    unknown,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import Act, Back

_MADE_FROM: Mapping[str, str] = {
    "AWS::DocDB::DBCluster": "SnapshotIdentifier",
    "AWS::EC2::Volume": "SnapshotId",
    "AWS::ElastiCache::CacheCluster": "SnapshotName",
    "AWS::ElastiCache::ReplicationGroup": "SnapshotName",
    "AWS::MemoryDB::Cluster": "SnapshotName",
    "AWS::Neptune::DBCluster": "SnapshotIdentifier",
    "AWS::RDS::DBCluster": "SnapshotIdentifier",
    "AWS::RDS::DBInstance": "DBSnapshotIdentifier",
    "AWS::Redshift::Cluster": "SnapshotIdentifier",
}
"""By type, the property that names the snapshot which a store is made from."""


def made_from(store: Resource) -> str:
    """The property by which a store of a stack is made from a snapshot; empty where it is made empty."""
    name = "" if store.language == "terraform" else _MADE_FROM.get(store.type, "")
    return "" if not name or store.get(name).is_absent else name


def cache(back: Back) -> Act:
    """What makes it again."""
    region, name = back.where, identifier(back.store, back.region)
    snapshot = Unfilled(variable(back.store.title, "snapshot"), "name of the snapshot, the newest good one")
    if back.store.type != elasticache.GROUP:
        call = aws("elasticache", "describe-snapshots", region, "--cache-cluster-id", name)
        what = f"Make {back.store.title} again from its last good snapshot"
        return Act(what, (call,), untold=["the call that makes it again, which needs all of its settings"])
    look = aws("elasticache", "describe-snapshots", region, "--replication-group-id", name)
    made = aws(
        *("elasticache", "create-replication-group", region, "--replication-group-id", beside(back.store, back.region)),
        *("--replication-group-description", f"{back.store.title} restored", "--snapshot-name", snapshot),
    )
    notes = ["Give the subnet group, security groups, node type and encryption of the old one too."]
    return Act(f"Make {back.store.title} again from its last good snapshot", (look, made), notes)


def serverless(back: Back) -> Act:
    """What makes it again."""
    region, store = back.where, back.store
    look = aws(
        *("elasticache", "describe-serverless-cache-snapshots", region),
        *("--serverless-cache-name", identifier(store, back.region)),
    )
    snapshot = Unfilled(variable(store.title, "snapshot"), "ARN of the snapshot, the newest good one")
    engine = text_of(store.get("Engine")) or Unfilled(variable(store.title, "engine"), "engine of the old one")
    made = aws(
        *("elasticache", "create-serverless-cache", region, "--serverless-cache-name", beside(store, back.region)),
        *("--engine", engine, "--snapshot-arns-to-restore", snapshot),
    )
    state = aws(
        *("elasticache", "describe-serverless-caches", region),
        *("--serverless-cache-name", beside(store, back.region), "--query", "ServerlessCaches[0].[Status,Endpoint]"),
    )
    notes = [
        "Give the subnets, security groups, key, user group and limits of the old one too.",
        "Go on once the last command shows that it is available.",
    ]
    return Act(f"Make {store.title} again from its last good snapshot", (look, made, state), notes)


def memory(back: Back) -> Act:
    """What makes it again."""
    region, name = back.where, identifier(back.store, back.region)
    look = aws("memorydb", "describe-snapshots", region, "--cluster-name", name)
    snapshot = Unfilled(variable(back.store.title, "snapshot"), "name of the snapshot, the newest good one")
    made = aws(
        *(
            "memorydb",
            "create-cluster",
            region,
            "--cluster-name",
            beside(back.store, back.region),
            "--snapshot-name",
            snapshot,
        ),
        *(
            "--node-type",
            text_of(back.store.get("NodeType")) or Unfilled(variable(back.store.title, "type"), "node type"),
        ),
        *(
            "--acl-name",
            text_of(back.store.get("ACLName")) or Unfilled(variable(back.store.title, "acl"), "name of the ACL"),
        ),
    )
    return Act(f"Make {back.store.title} again from its last good snapshot", (look, made))


def bucket(back: Back) -> Act:
    """What makes it again."""
    region, name = back.where, identifier(back.store, back.region)
    look = aws("s3api", "list-object-versions", region, "--bucket", name, "--prefix", _PREFIX)
    undo = aws(
        *("s3api", "delete-object", region, "--bucket", name),
        *(
            "--key",
            Unfilled("KEY", "key of the object"),
            "--version-id",
            Unfilled("VERSION", "version of the delete marker"),
        ),
    )
    notes = [
        "To undo an overwrite, copy the older version over the object: aws s3api copy-object with ?versionId=.",
        # AmazonS3/latest/userguide/DeletingObjectVersions.html
        "What was deleted by the id of its version is not among them.",
    ]
    if not back.store.get("ReplicationConfiguration").is_absent:
        # AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html
        notes.append(
            "A deletion by the id of a version, as that of a delete marker, is not replicated: look into the replicas"
            " too, and do there the same."
        )
    return Act(f"Take back what was deleted or overwritten in {back.store.title}, by its versions", (look, undo), notes)


_PREFIX = Unfilled("PREFIX", "how the keys of what was changed begin")


def volume(back: Back) -> Act:
    """What makes it again."""
    region, name = back.where, unknown(back.store, back.home, "identifier")
    look: tuple[Command, ...] = ()
    if back.disruption != "region":
        filters = replace(name, before="Name=volume-id,Values=")
        look = (aws("ec2", "describe-snapshots", region, "--owner-ids", "self", "--filters", filters),)
    snapshot = Unfilled(variable(back.store.title, "snapshot"), "id of the snapshot, the newest good one")
    zone = Unfilled("ZONE", "the Availability Zone of the instance that uses it")
    made = aws("ec2", "create-volume", region, "--snapshot-id", snapshot, "--availability-zone", zone)
    what = f"Make {back.store.title} again{back.there} from its last good snapshot, and attach it"
    return Act(what, (*look, made))


def share(back: Back) -> Act:
    """What makes it again."""
    region, title = back.where, back.store.title
    filters: tuple[Word, ...] = ()
    if back.disruption != "region":
        name = replace(unknown(back.store, back.home, "identifier"), before="Name=file-system-id,Values=")
        filters = ("--filters", name)
    look = aws("fsx", "describe-backups", region, *filters)
    backup = Unfilled(variable(title, "backup"), f"id of the newest good backup of {title}")
    subnets = Unfilled(variable(title, "subnets"), "ids of the subnets")
    made = aws("fsx", "create-file-system-from-backup", region, "--backup-id", backup, "--subnet-ids", subnets)
    return Act(f"Make {title} again{back.there} from its last good backup", (look, made))


def warehouse(back: Back) -> Act:
    """What makes it again."""
    region, name = back.where, identifier(back.store, back.home)
    look = aws("redshift", "describe-cluster-snapshots", region, "--cluster-identifier", name)
    snapshot = Unfilled(variable(back.store.title, "snapshot"), "identifier of the snapshot, the newest good one")
    new = name if back.disruption == "region" else beside(back.store, back.region)
    made = aws(
        *("redshift", "restore-from-cluster-snapshot", region),
        *("--cluster-identifier", new, "--snapshot-identifier", snapshot),
    )
    state = aws("redshift", "describe-clusters", region, "--cluster-identifier", new)
    wait = settled(state, "Clusters[0].RestoreStatus.Status", "completed")
    return Act(f"Restore {back.store.title}{back.there} from its last good snapshot", (look, made, wait))
