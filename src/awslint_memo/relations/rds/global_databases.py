"""Aurora global databases: which clusters belong to one, which surely is a secondary, and what a target scales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.namers import namers
from awslint_memo.relations.rds import clusters, databases
from awslint_memo.relations.rds.databases import CLUSTER, GLOBAL
from awslint_memo.relations.recovery import regions

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
    origin = cluster.deployment.find(database.get("SourceDBClusterIdentifier"), databases.CLUSTER)
    if cluster is origin or not _is_seen_whole(database):
        return None
    primaries = cluster.deployment.once(_primaries).get(database.name, ())
    return next((member for member in primaries if member is not cluster), None)


def scaled(target: Resource) -> Resource | None:
    """The cluster that a scalable target of readers surely names; else None."""
    named = target.get("ResourceId")
    if isinstance(named, Link) and target.language == "terraform":
        # A plan may keep what a text refers to and not the words around it.
        return target.deployment.find(named, databases.CLUSTER)
    text = named.pattern
    if text is None or not text.startswith(_PREFIX):
        return None
    return target.deployment.named(text.removeprefix(_PREFIX), databases.CLUSTER, asking=target)


def lack_of_instances(cluster: Resource) -> Resource | Value | None:
    """Where it is written that a cluster has no instance, of this deployment or of another one: a count of 0, or the
    cluster itself. None where it may have one."""
    instances = clusters.cluster_instances(cluster)
    if instances is None or clusters.instance_count(instances) != 0:
        return None
    if not clusters.has_instances(cluster) or clusters.is_known_elsewhere(cluster):
        return None
    return instances[0].copies if instances else cluster


def global_members(database: Resource) -> list[Resource] | None:
    """The clusters of this deployment that belong to a global database: the one that it is made from first, the others
    by their names, whichever order they stand in. None where that is not known of all.
    """
    members = database.deployment.once(_members).get(database.name) if _is_seen_whole(database) else None
    return None if members is None else [*members]


def _is_seen_whole(database: Resource) -> bool:
    """Whether no cluster that is not seen, or of which it is not known, may belong to a global database."""
    source = database.get("SourceDBClusterIdentifier")
    is_lost = not source.is_absent and database.deployment.find(source, CLUSTER) is None
    if database.may_be_completed() or is_lost:
        return False
    return not database.deployment.once(_joined_to_others).may_be(database)


def _members(deployment: Deployment) -> Mapping[str, Sequence[Resource]]:
    """The clusters that surely belong to global databases, by the name of these; without those that may have others."""
    every = ((database, _known_members(database)) for database in deployment.of_type(GLOBAL))
    return {database.name: members for database, members in every if members is not None}


def _primaries(deployment: Deployment) -> Mapping[str, Sequence[Resource]]:
    """Those members of each global database that surely are no secondaries, by its name."""
    found: dict[str, list[Resource]] = {}
    members = deployment.once(_members)
    for database in deployment.of_type(GLOBAL):
        origin = deployment.find(database.get("SourceDBClusterIdentifier"), CLUSTER)
        every = members.get(database.name, ())
        found[database.name] = [one for one in every if one is origin or databases.has_credentials(one)]
    return found


def _known_members(database: Resource) -> Sequence[Resource] | None:
    """The clusters that surely belong to a global database, as `global_members` orders them; None where one of them
    stands for several."""
    first = database.deployment.find(database.get("SourceDBClusterIdentifier"), CLUSTER)
    members = {cluster.name: cluster for cluster in namers(database, CLUSTER, "GlobalClusterIdentifier")}
    if first is not None:
        members[first.name] = first
    if any(member.copies.number != 1 for member in members.values()):
        return None
    return sorted(members.values(), key=lambda member: (member is not first, member.name))


def clashing(member: Resource, others: Sequence[Resource]) -> Resource | None:
    """The first of other members of a global database that a member surely can't stand beside, as it is in the same
    Region or has the same name; None too where it takes too much work to find it, which the run tells."""
    named = member.get("DBClusterIdentifier")
    for other in others:
        if not spend("comparisons"):
            return None
        is_apart = regions.is_apart(other, member)
        if is_apart is False or (is_apart and named.is_same_as(other.get("DBClusterIdentifier"))):
            return other
    return None


@record(frozen=True)
class _Joined:
    """What clusters name as their global database without surely being in one of the deployment. is_unclear: whether
    one of them may be in any."""

    name_index: NameIndex
    is_unclear: bool

    def may_be(self, database: Resource) -> bool:
        """Whether one of the clusters may be in a global database."""
        return self.is_unclear or self.name_index.may_be(database)


def _joined_to_others(deployment: Deployment) -> _Joined:
    named = (cluster.get("GlobalClusterIdentifier") for cluster in deployment.of_type(CLUSTER))
    others = [value for value in named if deployment.find(value, GLOBAL) is None]
    return _Joined(name_index(deployment, others), any(value.is_unknown for value in others))
