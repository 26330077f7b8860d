"""Copies of a store in other deployments of its family: replicas and secondaries that name the store from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations import dynamodb, elasticache
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import facts, families, plans, selections
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.reasons import stands
from awslint_memo.relations.recovery.ways import Back, Way

_BUCKET = "AWS::S3::Bucket"
_DATASTORE = "AWS::ElastiCache::GlobalReplicationGroup"


def ways(store: Resource, disruption: str) -> Iterator[Way]:
    """What other deployments of the family have of a store, or make of it."""
    if store.deployment.declared.landscape is None or not families.kin(store.deployment):
        return
    family = families.family(store.deployment, families.application(store))
    if plans.is_backed_up(store):
        yield from _backups(store, family, disruption)
    if disruption == "region":
        yield from _copies(store, family)


def copies(store: Resource) -> Iterator[tuple[Resource, bool]]:
    """The copies of a store in other deployments of its family, each with whether it surely is one and is there."""
    find = _FOUND.get(store.type)
    if find is None or store.deployment.declared.landscape is None or not families.kin(store.deployment):
        return
    family = families.family(store.deployment, families.application(store))
    yield from ((one.resource, is_its and one.sure) for one, is_its in find(store, family))


def _backups(store: Resource, family: Family, disruption: str) -> Iterator[Way]:
    """Plans of other stacks, which may select a store: what they name it by is not followed from there."""
    others = [one.resource for one in family.elsewhere(plans.SELECTION)]
    with noted():
        found = [one for one in others if selections.is_selected(one, store) is not None]
    floor = plans.shortest_floor(store, disruption)
    for one in found:
        yield Way(
            f"AWS Backup by selection {one.title} of another stack",
            floor,
            Back.RESTORE,
            facts.SHORTEST_INTERVAL.page,
            sure=False,
            because=stands(one, f"selection {one.title} of another stack"),
            # Logs that have not been uploaded are lacking whoever makes the backups.
            every=("other stacks", floor) if floor >= facts.SHORTEST_INTERVAL.value else None,
        )


def _copies(store: Resource, family: Family) -> Iterator[Way]:
    find = _FOUND.get(store.type)
    own = family.region(store)
    for other, is_its in find(store, family) if find is not None else ():
        region = family.region(other.resource)
        if region is not None and region == own:
            continue
        back, page, typical = _HOW[store.type]
        yield Way(
            f"{other.resource.title} in another stack",
            0,
            back,
            page,
            typical=typical if is_its else None,
            sure=is_its and other.sure and None not in (region, own),
            because=stands(other.resource, f"{other.resource.title}, which is a copy of it"),
            region=region,
        )


_HOW: Mapping[str, tuple[Back, str, float | None]] = {
    databases.INSTANCE: (Back.PROMOTE, facts.RDS_READ_REPLICAS.page, None),
    databases.CLUSTER: (Back.PROMOTE, facts.AURORA_GLOBAL.page, float(facts.AURORA_GLOBAL.value)),
    dynamodb.TABLE: (Back.NOTHING, facts.TABLE_REPLICATION.page, float(facts.TABLE_REPLICATION.value)),
    elasticache.GROUP: (Back.PROMOTE, facts.CACHE_GLOBAL.page, float(facts.CACHE_GLOBAL.value[0])),
    _BUCKET: (Back.PROMOTE, facts.BUCKET_REPLICATION.page, None),
}


def _found(family: Family, of_type: str, path: str, ends: tuple[str, ...]) -> Iterator[_Found]:
    """The resources of other deployments that name a store under a path, surely or perhaps."""
    yield from _fitting(family, of_type, lambda one: one.get(path), ends)


def _fitting(family: Family, of_type: str, naming: Callable[[Resource], Value], ends: tuple[str, ...]) -> list[_Found]:
    others = family.elsewhere(of_type)
    with noted():  # These are no questions about the deployment of the store.
        found = [(one, _is_named(naming(one.resource), ends)) for one in others]
    return [(one, fits is True) for one, fits in found if fits is not False]


def _is_named(named: Value, ends: tuple[str, ...]) -> bool | None:
    """Whether a text is one of these names, or an ARN that ends in one; None if it may be."""
    if named.is_absent:
        return False
    if named.text is None:
        # What another stack exports or somebody passes may be any name; a resource of that stack is not this store.
        return None if named.is_unknown and next(named.mentions(), None) is None else False
    last = named.text.replace("/", ":").rpartition(":")[2]
    return bool(ends) and last in ends


def _texts(*values: Value) -> tuple[str, ...]:
    return tuple(one.text for one in values if one.text)


def _of_instance(store: Resource, family: Family) -> Iterator[_Found]:
    ends = _texts(store.get("DBInstanceIdentifier"))
    yield from _found(family, databases.INSTANCE, "SourceDBInstanceIdentifier", ends)


def _of_cluster(store: Resource, family: Family) -> Iterator[_Found]:
    deployment = store.deployment
    whole = [
        one
        for one in deployment.of_type(databases.GLOBAL)
        if deployment.find(one.get("SourceDBClusterIdentifier"), databases.CLUSTER) is store
        or deployment.find(store.get("GlobalClusterIdentifier"), databases.GLOBAL) is one
    ]
    names = _texts(store.get("GlobalClusterIdentifier"), *(one.get("GlobalClusterIdentifier") for one in whole))
    if names or whole or not store.get("GlobalClusterIdentifier").is_absent:
        for member, is_its in _found(family, databases.CLUSTER, "GlobalClusterIdentifier", names):
            if databases.is_global_secondary(member.resource):
                yield member, is_its
    ends = _texts(store.get("DBClusterIdentifier"))
    yield from _found(family, databases.CLUSTER, "ReplicationSourceIdentifier", ends)


def _of_table(store: Resource, family: Family) -> Iterator[_Found]:
    ends = _texts(store.get("TableName"))
    yield from _fitting(family, dynamodb.GLOBAL_TABLE, lambda one: one.terraform.replica_of, ends)


def _of_cache(store: Resource, family: Family) -> Iterator[_Found]:
    deployment = store.deployment
    whole = [one for one in deployment.of_type(_DATASTORE) if store.may_be_named_by(one.get("Members"))]
    if whole:
        names = _texts(*(one.get("GlobalReplicationGroupIdSuffix") for one in whole))
        for member, _ in _found(family, elasticache.GROUP, "GlobalReplicationGroupId", names):
            yield member, False  # AWS puts a prefix of its own before the suffix.


def _of_bucket(store: Resource, family: Family) -> Iterator[_Found]:
    rules = [one for one in store.get("ReplicationConfiguration.Rules").items if one.get("Status").text == "Enabled"]
    ends = _texts(*(one.get("Destination.Bucket") for one in rules))
    is_whole = all(one.get("Prefix").is_absent and one.get("Filter").is_absent for one in rules)
    names = tuple(one.rpartition(":")[2] for one in ends)
    for member, is_its in _fitting(family, _BUCKET, lambda one: one.get("BucketName"), names) if names else ():
        # A bucket whose name nobody tells is rather another one.
        if is_its:
            yield member, is_whole


_Found = tuple[families.Member, bool]

_FOUND: Mapping[str, Callable[[Resource, Family], Iterator[_Found]]] = {
    databases.INSTANCE: _of_instance,
    databases.CLUSTER: _of_cluster,
    dynamodb.TABLE: _of_table,
    elasticache.GROUP: _of_cache,
    _BUCKET: _of_bucket,
}
"""By the type of a store, what finds its copies; each is surely one of it, or may be."""
