"""What other templates of the run may copy or back up of a store, be they of its application or not: they name it by
its name or ARN, by a tag, or by something that they do not tell, as the output of another root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from awslint_memo.model.dependencies import note, noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import dynamodb, elasticache
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import (
    backup_plans,
    cache_paths,
    cluster_kinds,
    facts,
    families,
    figures,
    file_paths,
    global_members,
    joined_tables,
    outside_plans,
    regions,
    selections,
    table_paths,
)
from awslint_memo.relations.recovery.recovery_paths import Method, Path, stands
from awslint_memo.relations.recovery.spellings import may_be_named, names_under

_COPY = "declare an application with the paths of both, or the copy under `elsewhere`"


@record(frozen=True)
class _Way:
    """How resources of a type copy a store. named: what names the store, in one of them. setting: the property that
    makes it a copier. name: the one with the store's name; empty where AWS makes an id. joins: of what joins its source
    by the name of a third, whether one may be of a store."""

    type: str
    words: str
    named: Callable[[Resource], Value]
    back: Method
    page: str
    name: str
    setting: str = ""
    floor: float = 0
    joins: Callable[[Resource, Resource], bool] | None = None

    @property
    def is_apart(self) -> bool:
        """Whether what makes the copies is none of them itself, so that its Region is not theirs."""
        return self.named in (_owner, _joined)

    def copies(self, resource: Resource) -> bool:
        """Whether a resource copies something at all."""
        if self.named is not _owner and not resource.terraform.owner.is_absent:
            return False  # A part of a store tells nothing but what it is there for.
        return not self.named(resource).is_absent and (not self.setting or not resource.get(self.setting).is_absent)

    def may_be_of(self, resource: Resource, store: Resource, ends: tuple[str, ...]) -> bool:
        """Whether a resource copies a store, or may. ends: the store's own names."""
        if self.joins is not None:
            return self.joins(resource, store)
        return may_be_named(self.named(resource), resource, ends) is not False


def _owner(resource: Resource) -> Value:
    return resource.terraform.owner


def _of(path: str) -> Callable[[Resource], Value]:
    return lambda resource: resource.get(path)


def _primary(datastore: Resource) -> Value:
    """The group that a global datastore begins with."""
    members = datastore.get("Members")
    return next((member.get("ReplicationGroupId") for member in members.items), members)


def _joined(resource: Resource) -> Value:
    return resource.terraform.joined_tables


def _of_table(resource: Resource) -> Value:
    return resource.terraform.replica_of


_ID, _CLUSTER_ID = "DBInstanceIdentifier", "DBClusterIdentifier"
_REPLICA = facts.RDS_READ_REPLICAS.page
_OF_TABLES = (
    _Way(dynamodb.GLOBAL_TABLE, "a replica", _of_table, Method.NOTHING, figures.TABLE_LOSS.page, "TableName"),
    _Way(dynamodb.GLOBAL_TABLE, "a replica", _joined, Method.NOTHING, joined_tables.JOINED.page, "TableName"),
)


def _joining(type_: str, page: str) -> _Way:
    """What joins a global cluster or datastore by its name, of which a store may be the primary."""
    is_cache = type_ == elasticache.GROUP
    named = _of(global_members.DATASTORE_NAME if is_cache else global_members.WHOLE)
    joins = global_members.may_join_datastore if is_cache else global_members.may_join
    return _Way(type_, "a secondary", named, Method.PROMOTE, page, "", joins=joins)


_WAYS: Mapping[str, Sequence[_Way]] = {
    file_paths.BUCKET: (
        _Way(
            file_paths.BUCKET,
            "replication",
            _owner,
            Method.PROMOTE,
            facts.BUCKET_REPLICATION.page,
            "BucketName",
            "ReplicationConfiguration",
        ),
    ),
    dynamodb.TABLE: _OF_TABLES,
    dynamodb.GLOBAL_TABLE: _OF_TABLES,
    databases.INSTANCE: (
        _Way(databases.INSTANCE, "a replica", _of("SourceDBInstanceIdentifier"), Method.PROMOTE, _REPLICA, _ID),
        _Way(
            databases.INSTANCE,
            "replicated backups",
            _owner,
            Method.RESTORE,
            facts.RDS_REPLICATED_BACKUPS.page,
            _ID,
            "AutomaticBackupReplicationRegion",
            float(facts.RDS_REPLICATED_BACKUPS.value),
        ),
    ),
    databases.CLUSTER: (
        _Way(
            databases.GLOBAL,
            "a global database",
            _of("SourceDBClusterIdentifier"),
            Method.PROMOTE,
            figures.AURORA_LOSS.page,
            _CLUSTER_ID,
        ),
        _Way(
            databases.CLUSTER,
            "a replica",
            _of("ReplicationSourceIdentifier"),
            Method.PROMOTE,
            _REPLICA,
            _CLUSTER_ID,
        ),
        _joining(databases.CLUSTER, figures.AURORA_LOSS.page),
    ),
    **{
        type_: (
            _Way(
                kind.whole,
                "a global cluster",
                _of("SourceDBClusterIdentifier"),
                Method.PROMOTE,
                kind.loss.page,
                _CLUSTER_ID,
            ),
            *(_joining(each, kind.loss.page) for each in cluster_kinds.types(type_)),
        )
        for type_, kind in cluster_kinds.KINDS.items()
    },
    elasticache.GROUP: (
        _Way(
            cache_paths.DATASTORE,
            "a global datastore",
            _primary,
            Method.PROMOTE,
            facts.CACHE_GLOBAL.page,
            "ReplicationGroupId",
        ),
        _joining(elasticache.GROUP, facts.CACHE_GLOBAL.page),
    ),
    file_paths.FILES: (
        _Way(
            file_paths.FILES,
            "replication",
            _owner,
            Method.PROMOTE,
            facts.FILE_REPLICATION.page,
            "",
            "ReplicationConfiguration",
        ),
    ),
    table_paths.CLUSTER: (
        _Way(
            table_paths.CLUSTER,
            "copies of snapshots",
            _owner,
            Method.RESTORE,
            facts.WAREHOUSE_COPIES.page,
            "ClusterIdentifier",
            "DestinationRegion",
        ),
    ),
}
"""By the type of a store, what may copy it from another template."""


def paths(store: Resource, disruption: str) -> Iterator[Path]:
    """What other templates of the run may have of a store, or make of it, told by what names it there.

    Copies count when the Region is lost; the stacks of the store's own application are looked at more closely, by
    `elsewhere.paths_of_family`.
    """
    known = _known(store.deployment)
    if not known:
        return
    kin = {id(one.deployment) for one in families.family_of(store).kin} if families.kin(store.deployment) else set()
    if selections.is_backed_up(store):
        every = known.get(backup_plans.SELECTION, ())
        found = (selection for selection in every if id(selection.deployment) not in kin)
        yield from outside_plans.paths(store, disruption, found, "another template")
    if disruption == "region":
        for way in _WAYS.get(store.type, ()):
            yield from _by_copies(store, way, known.get(way.type, ()), kin)


def _by_copies(store: Resource, way: _Way, found: Sequence[Resource], kin: set[int]) -> Iterator[Path]:
    ends = names_under(store, way.name) if way.name else ()
    for other in found:
        if id(other.deployment) in kin and way.named is not _owner:
            continue  # What is no part of a store is found by the family.
        with noted():
            fits = way.copies(other) and way.may_be_of(other, store, ends)
        if fits and (way.is_apart or not regions.are_in_one(store, other)):
            by_it = f", {other.title}" if way.joins is not None else f" by {other.title}"
            what = f"{way.words}{by_it} of another template"
            doubt = f"whether it is this one that {other.title} of another template names", _COPY
            reasons = stands(other, f"{other.title} may name it")
            is_copy = way.joins is not None or (not way.is_apart and other.type in (store.type, dynamodb.GLOBAL_TABLE))
            by = other if is_copy else None
            yield Path(what, way.floor, way.back, way.page, sure=False, because=reasons, doubt=doubt, by=by)


_Known = Mapping[str, Sequence[Resource]]


def _known(deployment: Deployment) -> _Known:
    """By type, what of other templates copies or backs up something, of production if this deployment is."""
    note(("kin",), deployment.name)
    whole = deployment.declared.landscape
    return {} if whole is None else deployment.once(_of_others)


def _of_others(deployment: Deployment) -> _Known:
    whole = deployment.declared.landscape
    every: Mapping[str, Sequence[Resource]] = whole.once(_of_run)
    own = {id(one) for one in whole.own}
    is_test = families.is_development(deployment)
    known = {
        type_: [
            each
            for each in found
            if id(each.deployment) not in own and families.is_development(each.deployment) == is_test
        ]
        for type_, found in every.items()
    }
    return {type_: found for type_, found in known.items() if found}


_TYPES = (backup_plans.SELECTION, *dict.fromkeys(way.type for ways in _WAYS.values() for way in ways))


def _of_run(templates: Iterable[Sequence[Deployment]]) -> _Known:
    """By type, what copies or backs up something in any template of the run."""
    found: dict[str, list[Resource]] = {}
    ways = [way for ways in _WAYS.values() for way in ways]
    with noted():
        for deployments in templates:
            for deployment in deployments:
                for resource in deployment.own_of_type(*_TYPES):
                    is_selection = resource.type == backup_plans.SELECTION
                    if is_selection or any(way.type == resource.type and way.copies(resource) for way in ways):
                        found.setdefault(resource.type, []).append(resource)
    return found
