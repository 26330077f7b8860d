"""The members of global databases and clusters in other deployments than the primary: a secondary joins by a name that
may be a parameter or another stack's output, and the primary may be made a member by a resource or a call that was not
read. Such a secondary may be its copy, and nobody can say that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations import elasticache
from awslint_memo.relations.namers import namers
from awslint_memo.relations.rds import copies as database_copies
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import cache_paths, cluster_kinds, cluster_paths, families
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.member_paths import global_cluster
from awslint_memo.relations.recovery.spellings import SOMEWHERE, may_be_named, names_under, spelled

WHOLE = "GlobalClusterIdentifier"
"""What a global cluster is called, in itself and in its members."""

DATASTORE_NAME = "GlobalReplicationGroupId"
"""What names the global datastore that a replication group joins."""

_SOURCE = "SourceDBClusterIdentifier"


def secondaries(store: Resource, family: Family) -> Iterator[tuple[families.Member, bool]]:
    """The clusters of other deployments that surely join the global cluster of a store, or may."""
    names, is_given = _names(store), _is_given(store)
    every = family.elsewhere(*cluster_kinds.types(cluster_kinds.service(store)))
    with noted():  # These are no questions about the deployment of the store.
        found = [(other, _joins(other.resource, store, names, is_given=is_given)) for other in every]
    yield from ((other, joins) for other, joins in found if joins is not None)


def may_join(other: Resource, store: Resource) -> bool:
    """Whether a cluster of another deployment is a secondary of a store, or may be."""
    return _joins(other, store, _names(store), is_given=_is_given(store)) is not None


def may_join_datastore(other: Resource, store: Resource) -> bool:
    """Whether a replication group may be a secondary of a store: if it was read with a datastore, it is of that."""
    is_free = next(_of_family(other, cache_paths.DATASTORE), None) is None
    return is_free and elasticache.is_global_secondary(other) and not cache_paths.datastores(store)


def _joins(other: Resource, store: Resource, names: tuple[str, ...], *, is_given: bool) -> bool | None:
    """Whether a cluster surely joins the global cluster of a store (True) or may (False); None if it surely does not.

    names: what that is called, as far as it is known. is_given: whether anything that was read makes the store one.
    """
    if not _is_of_one_engine(other, store) or not _may_be_secondary(other) or _is_read_with_its_primary(other):
        return None
    named = _named(other)
    fits = may_be_named(named, other, names) if names else _is_of_unnamed(named, other, store, is_given=is_given)
    if fits is False:
        return None
    return fits is True and not (other.type == databases.CLUSTER and database_copies.may_be_first(other))


def _is_read_with_its_primary(other: Resource) -> bool:
    """Whether the primary of what a cluster joins is in the deployment of that, and so is no store of another one."""
    types = cluster_kinds.wholes(cluster_kinds.service(other))
    whole = other.deployment.find(other.get(WHOLE), *types)
    own = () if whole is None else other.deployment.of_type(*cluster_kinds.types(cluster_kinds.service(other)))
    return any(not _may_be_secondary(first) and global_cluster(first, *types) is whole for first in own)


def _is_of_unnamed(named: Value, other: Resource, store: Resource, *, is_given: bool) -> bool | None:
    """The same for a store of which no name of a global cluster is known: what is known of the others tells."""
    name = spelled(named, other)
    if name is None and next(named.mentions(), None) is not None:
        return False  # It is called as a resource of its own deployment is.
    for whole in _of_family(other, *cluster_kinds.wholes(cluster_kinds.service(store))):
        if name is not None and SOMEWHERE not in name and name in names_under(whole, WHOLE):
            is_source = _is_source(whole, store)
            if is_source is not None:
                return is_source
    firsts = _primaries(other)
    if any(first is not store and (name is not None or not is_given) and _may_have(first, name) for first in firsts):
        return False
    return None


def _may_have(first: Resource, name: str | None) -> bool:
    """Whether a primary may be of the global cluster of a name, which surely is of one."""
    own = _names(first)
    return name is None or not own or name in own


def _primaries(other: Resource) -> Iterator[Resource]:
    """The clusters that are read together with a secondary, and surely are primaries of global clusters.

    Nothing tells one of Neptune from a secondary.
    """
    service = cluster_kinds.service(other)
    for cluster in _of_family(other, *cluster_kinds.types(service)):
        is_first = service != cluster_kinds.GRAPHS and not _may_be_secondary(cluster)
        if is_first and _is_of_one_engine(cluster, other) and _is_given(cluster):
            yield cluster


def _of_family(resource: Resource, *types: str) -> Iterator[Resource]:
    yield from (member.resource for member in families.family_of(resource).members(*types))


def _is_source(whole: Resource, store: Resource) -> bool | None:
    """Whether a global cluster of another deployment begins with a store; None if that is not known."""
    source = whole.get(_SOURCE)
    if source.is_absent:
        return None
    own = names_under(store, "DBClusterIdentifier")
    if whole.deployment.find(source, *cluster_kinds.types(cluster_kinds.service(store))) is not None:
        return False
    return may_be_named(source, whole, own) if own else None


def _named(other: Resource) -> Value:
    """The name by which a cluster joins a global one: of one that is read with it, that one's name."""
    whole = other.deployment.find(other.get(WHOLE), *cluster_kinds.wholes(cluster_kinds.service(other)))
    return other.get(WHOLE) if whole is None or whole.get(WHOLE).is_absent else whole.get(WHOLE)


def _is_of_one_engine(one: Resource, other: Resource) -> bool:
    """Whether two clusters are of one service, and may be of one engine."""
    if cluster_kinds.service(one) != cluster_kinds.service(other):
        return False
    if cluster_kinds.service(one) != databases.CLUSTER:
        return True
    engines = one.get("Engine").text, other.get("Engine").text
    return None in engines or engines[0] == engines[1]


def _may_be_secondary(cluster: Resource) -> bool:
    """Whether a cluster joins a global one, or may, and is not surely its primary."""
    if cluster.get(WHOLE).is_absent or cluster_kinds.service(cluster) == cluster_kinds.GRAPHS:
        return not cluster.get(WHOLE).is_absent
    if cluster_kinds.service(cluster) == databases.CLUSTER:
        return databases.is_global_secondary(cluster)
    return cluster_paths.is_secondary(cluster)


def _is_given(cluster: Resource) -> bool:
    """Whether anything that was read with a cluster makes it a member of a global one."""
    if not cluster.get(WHOLE).is_absent:
        return True
    return global_cluster(cluster, *cluster_kinds.wholes(cluster_kinds.service(cluster))) is not None


def _names(store: Resource) -> tuple[str, ...]:
    """What the global cluster of a store is called, as it is spelled in what was read with it."""
    types, named = cluster_kinds.wholes(cluster_kinds.service(store)), [store]
    joined = store.deployment.find(store.get(WHOLE), *types)
    named += [*([joined] if joined is not None else []), *(one for of in types for one in namers(store, of, _SOURCE))]
    return tuple(name for each in named for name in names_under(each, WHOLE))


def is_joined(store: Resource) -> bool:
    """Whether a cluster of DocumentDB or Neptune surely joins a global one of another stack that has its primary."""
    deployment, types = store.deployment, cluster_kinds.wholes(cluster_kinds.service(store))
    name = spelled(store.get(WHOLE), store)
    if not name or SOMEWHERE in name or deployment.find(store.get(WHOLE), *types) is not None:
        return False
    if deployment.declared.landscape is None or not families.kin(deployment):
        return False
    with noted():
        wholes = [member.resource for member in families.family_of(store).elsewhere(*types)]
        return any(name in names_under(whole, WHOLE) and _has_primary(whole, store.type) for whole in wholes)


def _has_primary(whole: Resource, type_: str) -> bool:
    return not whole.get(_SOURCE).is_absent or bool(namers(whole, type_, WHOLE))
