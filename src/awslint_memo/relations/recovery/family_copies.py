"""The copies of a store in other deployments of its family, and the Regions in which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.value import Value
from awslint_memo.relations import dynamodb, elasticache
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import cache_paths, cluster_kinds, families, global_members, replication
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.spellings import SOMEWHERE, may_be_named, name_of, names_under, spelled

_BUCKET = "AWS::S3::Bucket"

DATASTORE_PREFIXES: Fact[Mapping[str, str]] = Fact(
    {
        "ap-east-1": "knjmp",
        "ap-northeast-1": "quwsw",
        "ap-northeast-2": "lfqnh",
        "ap-northeast-3": "nlapn",
        "ap-south-1": "erpgt",
        "ap-southeast-1": "vlqxn",
        "ap-southeast-2": "vbgxd",
        "ca-central-1": "bxodz",
        "cn-north-1": "emvgo",
        "cn-northwest-1": "ckbem",
        "eu-central-1": "iudkw",
        "eu-west-1": "gxeiz",
        "eu-west-2": "okuqm",
        "eu-west-3": "fgjhi",
        "sa-east-1": "juxlw",
        "us-east-1": "ldgnf",
        "us-east-2": "fpkhr",
        "us-west-1": "virxk",
        "us-west-2": "sgaui",
    },
    page="AmazonElastiCache/latest/red-ug/Redis-Global-Datastores-CLI.html",
    read="2026-11-30",
)
"""What ElastiCache puts before the suffix of a global datastore, with a hyphen, by the Region of its primary."""


def copies(store: Resource) -> Iterator[tuple[Resource, bool]]:
    """The copies of a store in other deployments of its family, each with whether it surely is one and is there."""
    if (
        store.type not in _COPIES_OF
        or store.deployment.declared.landscape is None
        or not families.kin(store.deployment)
    ):
        return
    every = of_family(store, families.family_of(store))
    yield from ((member.resource, is_its and member.sure) for member, is_its in every)


def of_family(store: Resource, family: Family) -> Iterator[Copy]:
    """The copies of a store in the other deployments of a family, each with whether it surely is one."""
    find = _COPIES_OF.get(store.type)
    yield from find(store, family) if find is not None else ()


def in_one_region(store: Resource) -> list[Resource]:
    """The copies of a store in other deployments of its family that surely are in its own Region."""
    own = families.family_of(store).region(store)
    every = [other for other, is_sure in copies(store) if is_sure]
    return [other for other in every if own is not None and families.family_of(store).region(other) == own]


def _naming(family: Family, of_type: str, path: str, ends: tuple[str, ...]) -> Iterator[Copy]:
    """The resources of other deployments that name a store under a path, surely or perhaps."""
    yield from _fitting(family, of_type, lambda resource: resource.get(path), ends)


def _fitting(family: Family, of_type: str, naming: Callable[[Resource], Value], ends: tuple[str, ...]) -> list[Copy]:
    others = family.elsewhere(of_type)
    with noted():  # These are no questions about the deployment of the store.
        found = [(other, may_be_named(naming(other.resource), other.resource, ends)) for other in others]
    return [(member, fits is True) for member, fits in found if fits is not False]


def _of_instance(store: Resource, family: Family) -> Iterator[Copy]:
    ends = names_under(store, "DBInstanceIdentifier")
    yield from _naming(family, databases.INSTANCE, "SourceDBInstanceIdentifier", ends)


def _of_cluster(store: Resource, family: Family) -> Iterator[Copy]:
    yield from global_members.secondaries(store, family)
    if store.type == databases.CLUSTER:
        ends = names_under(store, "DBClusterIdentifier")
        yield from _naming(family, databases.CLUSTER, "ReplicationSourceIdentifier", ends)


def bucket_named(bucket: Resource, name: str) -> replication.Copy | None:
    """The bucket of a name in the other deployments of the family of one that is replicated there."""
    if not name or bucket.deployment.declared.landscape is None or not families.kin(bucket.deployment):
        return None
    family = families.family_of(bucket)
    for member in family.elsewhere(_BUCKET):
        with noted():
            own = name_of(member.resource.get("BucketName"), member.resource)
        if own == name:
            home, region = family.region(bucket), family.region(member.resource)
            is_apart = None if None in (home, region) else home != region
            return replication.Copy(member.resource, region, is_apart, member.sure)
    return None


def _of_table(store: Resource, family: Family) -> Iterator[Copy]:
    ends = names_under(store, "TableName")
    yield from _fitting(family, dynamodb.GLOBAL_TABLE, lambda resource: resource.terraform.replica_of, ends)


def _of_cache(store: Resource, family: Family) -> Iterator[Copy]:
    whole = [resource for resource, _ in cache_paths.datastores(store)]
    suffixes = {name for each in whole for name in names_under(each, _SUFFIX)}
    prefix = DATASTORE_PREFIXES.value.get(family.region(store) or "")
    with noted():
        taken = set() if whole else set(_taken(store, family))
    for member in family.elsewhere(elasticache.GROUP):
        with noted():
            fits = _is_of_datastore(member.resource, suffixes, prefix, taken)
        if fits is not False:
            yield member, fits is True


def _is_of_datastore(group: Resource, suffixes: set[str], prefix: str | None, taken: set[str | None]) -> bool | None:
    """Whether a group joins a global datastore with one of these suffixes; None if it may.

    prefix: what AWS puts before the suffix in the Region of the primary; None if that is not known. taken: the suffixes
    of those that surely begin with another group; None where one is not known.
    """
    named = group.get("GlobalReplicationGroupId")
    text = spelled(named, group)
    if named.is_absent or text is None:
        may_be = named.is_unknown and next(named.mentions(), None) is None and not taken
        return None if may_be else False
    before, _, suffix = text.partition("-")
    if suffix in suffixes:
        return None if prefix is None else before == prefix
    if suffixes and SOMEWHERE not in text:
        return False
    return False if suffix in taken else None


def _taken(store: Resource, family: Family) -> Iterator[str | None]:
    """The suffixes of the global datastores of a family that surely begin with another group than this one."""
    for member in family.members(cache_paths.DATASTORE):
        first = next(iter(member.resource.get("Members").items), None)
        group = None if first is None else first.get("ReplicationGroupId")
        if group is not None and member.resource.deployment.find(group, elasticache.GROUP) not in (None, store):
            yield from names_under(member.resource, _SUFFIX) or (None,)


_SUFFIX = "GlobalReplicationGroupIdSuffix"


def _of_bucket(store: Resource, family: Family) -> Iterator[Copy]:
    whole: dict[str, bool] = {}
    for rule in replication.enabled(store):
        name = name_of(rule.get("Destination.Bucket"), store)
        whole[name] = whole.get(name, False) or replication.is_whole(rule)
    for member in family.elsewhere(_BUCKET) if any(whole) else ():
        with noted():
            name = name_of(member.resource.get("BucketName"), member.resource)
        # A bucket whose name nobody tells is rather another one.
        if name and name in whole:
            yield member, whole[name]


Copy = tuple[families.Member, bool]

_COPIES_OF: Mapping[str, Callable[[Resource, Family], Iterator[Copy]]] = {
    databases.INSTANCE: _of_instance,
    databases.CLUSTER: _of_cluster,
    dynamodb.TABLE: _of_table,
    elasticache.GROUP: _of_cache,
    cluster_kinds.DOCUMENTS: _of_cluster,
    cluster_kinds.GRAPHS: _of_cluster,
    _BUCKET: _of_bucket,
}
"""By the type of a store, what finds its copies; each is surely one of it, or may be."""
