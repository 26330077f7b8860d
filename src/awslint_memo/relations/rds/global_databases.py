"""Aurora global databases: which cluster surely is a secondary, and which one a scalable target scales."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.rds import clusters, databases

_PREFIX = "cluster:"

_CREDENTIALS = ("ManageMasterUserPassword", "MasterUserPassword", "MasterUsername")
"""What no secondary may have."""


def primary(cluster: Resource) -> Resource | Value | None:
    """What makes a cluster surely a secondary of a global database: the primary, or the value that names its source.
    None where it may be the primary itself, or belongs to none."""
    joined = cluster.get("GlobalClusterIdentifier")
    if not databases.is_given(cluster, joined) or cluster.may_be_completed():
        return None
    source = databases.replication(cluster)
    database = cluster.follow("GlobalClusterIdentifier", databases.GLOBAL)
    if source is not None or database is None:
        return source
    if databases.is_restored(cluster) or any(not cluster.get(name).is_absent for name in _CREDENTIALS):
        return None
    members = clusters.global_members(database) or []
    origin = cluster.deployment.find(database.get("SourceDBClusterIdentifier"), databases.CLUSTER)
    primaries = [member for member in members if member is origin or databases.has_credentials(member)]
    return next((member for member in primaries if member is not cluster), None) if cluster is not origin else None


def scaled(target: Resource) -> Resource | None:
    """The cluster that a scalable target of readers surely names; else None."""
    named = target.get("ResourceId")
    if isinstance(named, Link) and target.language == "terraform":
        # A plan may keep what a text refers to and not the words around it.
        return target.deployment.find(named, databases.CLUSTER)
    text = named.pattern
    if text is None or not text.startswith(_PREFIX):
        return None
    return target.deployment.named(text.removeprefix(_PREFIX), databases.CLUSTER)


def lack_of_instances(cluster: Resource) -> Resource | Value | None:
    """Where it is written that a cluster has no instance, of this deployment or of another one: a count of 0, or the
    cluster itself. None where it may have one."""
    instances = clusters.cluster_instances(cluster)
    if instances is None or clusters.instance_count(instances) != 0:
        return None
    if not clusters.has_instances(cluster) or clusters.is_known_elsewhere(cluster):
        return None
    return instances[0].copies if instances else cluster
