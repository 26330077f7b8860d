"""Stores that are copies of other stores, or may be: of one that surely is, nothing else is told; of one that may hold
the first data, its own ways back are, and that it may be a copy.
"""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.span import Place
from awslint_memo.relations import dynamodb as tables
from awslint_memo.relations import elasticache as caches
from awslint_memo.relations import table_items
from awslint_memo.relations.rds import copies, databases
from awslint_memo.relations.recovery import (
    bucket_replicas,
    bucket_uses,
    cache_paths,
    cluster_kinds,
    cluster_paths,
    facts,
    figures,
    file_paths,
    file_replicas,
    global_members,
    regions,
    remedies,
    replication,
    same_names,
    settings,
)
from awslint_memo.relations.recovery.recovery_paths import Method, Path, stands

_PAGES = {
    databases.INSTANCE: facts.RDS_READ_REPLICAS.page,
    databases.CLUSTER: figures.AURORA_LOSS.page,
    caches.GROUP: facts.CACHE_GLOBAL.page,
}
"""AWS's pages on the copies of a store, by the types of which it may not be known whether one is a copy."""

_WHAT = {
    databases.INSTANCE: "a read replica",
    databases.CLUSTER: "a secondary of a global database, or a replica",
    caches.GROUP: "a secondary of a global datastore",
}


def paths(resource: Resource, disruption: str) -> Iterator[Path]:
    """That another store may have the same data, of which this one may be a copy."""
    if resource.type in _REPLICATED:
        yield from _REPLICATED[resource.type](resource)
        return
    if _may_be_copy(resource):
        back = Method.PROMOTE if disruption in ("software", "region") else Method.NOTHING
        reasons = stands(resource, f"it may be {_WHAT[resource.type]}")
        doubt = f"whether it is {_WHAT[resource.type]}", remedies.of_value(resource)
        yield Path(HOW, 0, back, _PAGES[resource.type], sure=False, because=reasons, doubt=doubt)


HOW = "what it may be a copy of"
"""How paths by it are called."""


def has_mistakes(way: Path) -> bool:
    """Whether a way is by what a store may be a live copy of: that has whatever was deleted or spoiled here, as it came
    from there. A bucket that is replicated has its own versions, by which it is taken back itself."""
    return way.how == HOW and way.source != facts.BUCKET_REPLICATION.page


def _of_replica(bucket: Resource) -> Iterator[Path]:
    """That a bucket may be the one that a rule of another names, which does not tell it."""
    found = bucket_replicas.perhaps_replicated(bucket)
    if found is not None:
        source, destination = found
        named = destination.get("Bucket")
        to, remedy = replication.name_of_destination(named), "spell its name in both places alike"
        yield _perhaps(source, to, named.place, remedy, facts.BUCKET_REPLICATION.page)


def _of_file_replica(files: Resource) -> Iterator[Path]:
    """That a file system may be the one that another is replicated to, which does not tell it."""
    found = file_replicas.perhaps_replicated(files)
    if found is not None:
        source, destination = found
        to, remedy = "a file system that is there", "declare it `rebuildable` if so"
        yield _perhaps(source, to, destination.place, remedy, facts.FILE_REPLICATION.page)


def _perhaps(source: Resource, to: str, place: Place, remedy: str, page: str) -> Path:
    """That a store may be the replica of another. to: what that is replicated to, in words. remedy: what tells it."""
    reasons = ((place, f"{source.title} is replicated to {to}, which may be this one"),)
    doubt = f"whether it is that replica of {source.title}", remedy
    return Path(HOW, 0, Method.PROMOTE, page, sure=False, because=reasons, doubt=doubt, by=source)


_REPLICATED = {file_paths.BUCKET: _of_replica, file_paths.FILES: _of_file_replica}
"""By type, what says that a store may be the replica of another that does not name it."""


def _may_be_copy(resource: Resource) -> bool:
    """Whether a store may be a copy of another and may as well hold the first data."""
    if resource.type == databases.INSTANCE:
        return databases.is_read_replica(resource) and copies.may_be_first(resource)
    if cluster_kinds.service(resource) == databases.CLUSTER:
        return databases.is_global_secondary(resource) and copies.may_be_first(resource)
    named = resource.get("GlobalReplicationGroupId") if _is_member(resource) else None
    if named is None or named.is_absent or databases.is_given(resource, named):
        return False
    return not resource.get("CacheNodeType").is_absent  # A secondary has the node type of the primary.


def _of_database(database: Resource) -> str:
    if database.type == databases.CLUSTER:
        return _of_cluster(database) if databases.is_global_secondary(database) else ""
    if not databases.is_read_replica(database):
        return ""
    source = databases.replica_source(database)
    return f"a read replica of {source.title}" if source is not None else "a read replica"


def _of_cluster(cluster: Resource) -> str:
    """What a cluster of Aurora surely is a copy of, as far as that is known."""
    source = cluster.get("ReplicationSourceIdentifier")
    if not cluster.get("GlobalClusterIdentifier").is_absent:
        return "a secondary of a global database" if source.is_absent else _WHAT[cluster.type]
    named = cluster.follow("ReplicationSourceIdentifier", databases.CLUSTER)
    return "a replica of another cluster" if named is None or named is cluster else f"a replica of {named.title}"


def _is_member(resource: Resource) -> bool:
    """Whether a replication group is in a global datastore, or may be, and is not its primary."""
    return resource.type == caches.GROUP and caches.is_global_secondary(resource) and not _is_primary(resource)


def note(resource: Resource) -> str:
    """What a store is a copy of; empty if it holds data of its own."""
    if _may_be_copy(resource):
        return ""
    service = cluster_kinds.service(resource)
    if service in (databases.INSTANCE, databases.CLUSTER):
        return _of_database(resource)
    if service in cluster_kinds.KINDS and (cluster_paths.is_secondary(resource) or global_members.is_joined(resource)):
        return "a secondary of a global cluster"
    if _is_member(resource):
        return "a secondary of a global datastore"
    if resource.type == tables.GLOBAL_TABLE and not resource.terraform.replica_of.is_absent:
        return "a replica of a table"
    if resource.type == tables.GLOBAL_TABLE and tables.is_version_2017(resource):
        return "a global table of version 2017.11.29, which joins tables"
    if table_items.keeps_state_locks(resource) and not _is_asked_for(resource):
        return "keeps locks of Terraform (declare objectives in Metadata or a comment of the table to have it judged)"
    if resource.type in _USES and (use := _USES[resource.type](resource)):
        return use
    if resource.type == caches.NODE_CLUSTER and not cache_paths.has_snapshots(resource):
        return "nodes of Memcached, which keep nothing"
    return same_names.note(resource)


def _of_bucket(bucket: Resource) -> str:
    """What a bucket is a copy of, or is for, where it holds no data that somebody would miss."""
    source = bucket_replicas.replicated(bucket)
    if source is not None and settings.stands_alone(source):
        return f"a replica, by {source.title}, of a bucket that was not read"
    if source is not None:
        # One module called by two roots has one address in both.
        region = regions.name(source) if source.title == bucket.title else None
        return f"a replica of {source.title}{f' in {region}' if region else ''}"
    return "" if _is_asked_for(bucket) else bucket_uses.note(bucket)


def _of_files(files: Resource) -> str:
    source = file_replicas.replicated(files)
    return "" if source is None else f"a replica of {source.title}"


_USES = {file_paths.BUCKET: _of_bucket, file_paths.FILES: _of_files}
"""By type, what says of a store that it holds no data that somebody would miss."""


def _is_asked_for(resource: Resource) -> bool:
    """Whether a template states objectives for the very resource."""
    stated = resource.deployment.declared.stated
    return stated is not None and bool(stated.resources.get(resource.name))


def _is_primary(group: Resource) -> bool:
    return group.name in group.deployment.once(_primaries)


def _primaries(deployment: Deployment) -> frozenset[str]:
    """The replication groups that surely are primaries of a global datastore."""
    datastores = deployment.of_type(cache_paths.DATASTORE)
    members = (member for whole in datastores for member in whole.get("Members").items)
    groups = (
        deployment.find(member.get("ReplicationGroupId"), caches.GROUP)
        for member in members
        if (member.get("Role").text or "").upper() == "PRIMARY"
    )
    return frozenset(group.name for group in groups if group is not None)
