"""Recovery paths outside of a deployment: copies of a store in other deployments of its family, what people declare,
and what may be there without anybody saying so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import inf

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.objectives import Recovery
from awslint_memo.model.record import replace
from awslint_memo.model.value import Value
from awslint_memo.relations import backup, dynamodb, elasticache
from awslint_memo.relations.iam import roles
from awslint_memo.relations.namers import may_be_named, namers
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import (
    backup_plans,
    cache_paths,
    cluster_paths,
    facts,
    families,
    figures,
    file_paths,
    regions,
    selections,
)
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.recovery_paths import Method, Path, stands
from awslint_memo.relations.recovery.selections import has
from awslint_memo.relations.recovery.spellings import SOMEWHERE, name_of, spelled

_BUCKET = "AWS::S3::Bucket"


def paths_of_family(store: Resource, disruption: str) -> Iterator[Path]:
    """What other deployments of the family have of a store, or make of it."""
    if store.deployment.declared.landscape is None or not families.kin(store.deployment):
        return
    family = families.family_of(store)
    if backup_plans.is_backed_up(store):
        yield from _family_backups(store, family, disruption)
    if disruption == "region":
        yield from _family_copies(store, family)


def copies(store: Resource) -> Iterator[tuple[Resource, bool]]:
    """The copies of a store in other deployments of its family, each with whether it surely is one and is there."""
    find = _COPIES_OF.get(store.type)
    if find is None or store.deployment.declared.landscape is None or not families.kin(store.deployment):
        return
    family = families.family_of(store)
    yield from ((member.resource, is_its and member.sure) for member, is_its in find(store, family))


def in_one_region(store: Resource) -> list[Resource]:
    """The copies of a store in other deployments of its family that surely are in its own Region."""
    own = families.family_of(store).region(store)
    every = [other for other, is_sure in copies(store) if is_sure]
    return [other for other in every if own is not None and families.family_of(store).region(other) == own]


def _family_backups(store: Resource, family: Family, disruption: str) -> Iterator[Path]:
    """Plans of other stacks, which may select a store: what they name it by is not followed from there."""
    others = [member.resource for member in family.elsewhere(backup_plans.SELECTION)]
    with noted():
        resources = [other for other in others if selections.is_selected(other, store) is not None]
    floor = backup_plans.shortest_floor(store, disruption)
    for resource in resources:
        yield Path(
            f"AWS Backup by selection {resource.title} of another stack",
            floor,
            Method.RESTORE,
            facts.SHORTEST_INTERVAL.page,
            sure=False,
            because=stands(resource, f"selection {resource.title} of another stack"),
            # Logs that have not been uploaded are lacking whoever makes the backups.
            every=("other stacks", floor) if floor >= facts.SHORTEST_INTERVAL.value else None,
            doubt=("whether a plan of another stack selects it", "declare under `elsewhere` what it makes"),
        )


def _family_copies(store: Resource, family: Family) -> Iterator[Path]:
    find = _COPIES_OF.get(store.type)
    own = family.region(store)
    for other, is_its in find(store, family) if find is not None else ():
        region = family.region(other.resource)
        if region is not None and region == own:
            continue
        back, loss, lag = _HOW[store.type]
        yield Path(
            f"{other.resource.title} in another stack",
            0,
            back,
            loss.page,
            quoted=loss.value if is_its and isinstance(loss.value, str) else "",
            lag=lag,
            sure=is_its and other.sure and None not in (region, own),
            because=stands(other.resource, f"{other.resource.title}, which is a copy of it"),
            region=region,
            by=other.resource,
        )


_HOW: Mapping[str, tuple[Method, Fact[str] | Fact[int] | Fact[tuple[int, int]], float | None]] = {
    databases.INSTANCE: (Method.PROMOTE, facts.RDS_READ_REPLICAS, None),
    databases.CLUSTER: (Method.PROMOTE, figures.AURORA_LOSS, float(facts.AURORA_GLOBAL.value)),
    dynamodb.TABLE: (Method.NOTHING, figures.TABLE_LOSS, float(facts.TABLE_REPLICATION.value)),
    elasticache.GROUP: (Method.PROMOTE, facts.CACHE_GLOBAL, float(facts.CACHE_GLOBAL.value[0])),
    _BUCKET: (Method.PROMOTE, facts.BUCKET_REPLICATION, None),
}
"""What of a copy in another stack is known: the way back, AWS's words or page, and how far it typically is behind."""


def _naming(family: Family, of_type: str, path: str, ends: tuple[str, ...]) -> Iterator[_Copy]:
    """The resources of other deployments that name a store under a path, surely or perhaps."""
    yield from _fitting(family, of_type, lambda resource: resource.get(path), ends)


def _fitting(family: Family, of_type: str, naming: Callable[[Resource], Value], ends: tuple[str, ...]) -> list[_Copy]:
    others = family.elsewhere(of_type)
    with noted():  # These are no questions about the deployment of the store.
        found = [(other, _may_be_named(naming(other.resource), other.resource, ends)) for other in others]
    return [(member, fits is True) for member, fits in found if fits is not False]


def _may_be_named(named: Value, namer: Resource, ends: tuple[str, ...]) -> bool | None:
    """Whether a value of a resource is one of these names, or an ARN that ends in one; None if it may be."""
    if named.is_absent:
        return False
    text = spelled(named, namer)
    if text is None:
        # What another stack exports or somebody passes may be any name; a resource of that stack is not this store.
        return None if named.is_unknown and next(named.mentions(), None) is None else False
    name = text.replace("/", ":").rpartition(":")[2]
    if SOMEWHERE in name or any(SOMEWHERE in end for end in ends):
        return None
    return bool(ends) and name in ends


def _texts(resource: Resource, *paths: str) -> tuple[str, ...]:
    """The names that a resource has under some paths, as they are spelled."""
    names = (spelled(resource.get(path), resource) for path in paths)
    return tuple(name for name in names if name)


def _of_instance(store: Resource, family: Family) -> Iterator[_Copy]:
    ends = _texts(store, "DBInstanceIdentifier")
    yield from _naming(family, databases.INSTANCE, "SourceDBInstanceIdentifier", ends)


def _of_cluster(store: Resource, family: Family) -> Iterator[_Copy]:
    deployment = store.deployment
    joined = deployment.find(store.get("GlobalClusterIdentifier"), databases.GLOBAL)
    firsts = namers(store, databases.GLOBAL, "SourceDBClusterIdentifier")
    whole = [*firsts, *([joined] if joined is not None else [])]
    named = [store, *whole]
    names = tuple(name for each in named for name in _texts(each, "GlobalClusterIdentifier"))
    if names or whole or not store.get("GlobalClusterIdentifier").is_absent:
        for member, is_its in _naming(family, databases.CLUSTER, "GlobalClusterIdentifier", names):
            if databases.is_global_secondary(member.resource):
                yield member, is_its
    ends = _texts(store, "DBClusterIdentifier")
    yield from _naming(family, databases.CLUSTER, "ReplicationSourceIdentifier", ends)


def _of_table(store: Resource, family: Family) -> Iterator[_Copy]:
    ends = _texts(store, "TableName")
    yield from _fitting(family, dynamodb.GLOBAL_TABLE, lambda resource: resource.terraform.replica_of, ends)


def _of_cache(store: Resource, family: Family) -> Iterator[_Copy]:
    whole = [resource for resource, _ in cache_paths.datastores(store)]
    if not whole:
        return
    suffixes = {name for each in whole for name in _texts(each, "GlobalReplicationGroupIdSuffix")}
    prefix = facts.DATASTORE_PREFIXES.value.get(family.region(store) or "")
    for member in family.elsewhere(elasticache.GROUP):
        with noted():
            fits = _is_of_datastore(member.resource, suffixes, prefix)
        if fits is not False:
            yield member, fits is True


def _is_of_datastore(group: Resource, suffixes: set[str], prefix: str | None) -> bool | None:
    """Whether a group joins a global datastore with one of these suffixes; None if it may.

    prefix: what AWS puts before the suffix in the Region of the primary; None if that is not known.
    """
    named = group.get("GlobalReplicationGroupId")
    text = spelled(named, group)
    if named.is_absent or text is None:
        return None if named.is_unknown and next(named.mentions(), None) is None else False
    before, _, suffix = text.partition("-")
    if suffix not in suffixes:
        return None if not suffixes or SOMEWHERE in text else False
    return None if prefix is None else before == prefix


def _of_bucket(store: Resource, family: Family) -> Iterator[_Copy]:
    whole: dict[str, bool] = {}
    for rule in _enabled(store):
        name = name_of(rule.get("Destination.Bucket"), store)
        whole[name] = whole.get(name, False) or file_paths.is_whole(rule)
    for member in family.elsewhere(_BUCKET) if any(whole) else ():
        with noted():
            name = name_of(member.resource.get("BucketName"), member.resource)
        # A bucket whose name nobody tells is rather another one.
        if name and name in whole:
            yield member, whole[name]


def replicated(bucket: Resource) -> Resource | None:
    """The bucket of which another one is nothing but a replica; None if it has a replication of its own, which may be
    that of its data."""
    if bucket.type != _BUCKET or not bucket.get("ReplicationConfiguration").is_absent:
        return None
    deployment = bucket.deployment
    source = deployment.once(_by_destination).get(bucket.name)
    if source is not None or deployment.declared.landscape is None or not families.kin(deployment):
        return source
    name = name_of(bucket.get("BucketName"), bucket)
    return deployment.once(_by_name).get(families.application(bucket), {}).get(name) if name else None


def _by_destination(deployment: Deployment) -> dict[str, Resource]:
    """The buckets that are replicated to others of this deployment, by these."""
    found: dict[str, Resource] = {}
    for bucket in deployment.of_type(_BUCKET):
        for rule in _enabled(bucket):
            other = deployment.find(rule.get("Destination.Bucket"), _BUCKET)
            # What is kept in one Region may be collected there with data of its own.
            if other is not None and other is not bucket and regions.is_apart(bucket, other) is not False:
                found.setdefault(other.name, bucket)
    return found


def _by_name(deployment: Deployment) -> dict[str | None, dict[str, Resource]]:
    """The buckets of other stacks that are replicated, by application and by the names of what they are copied to."""
    names = [None, *sorted(deployment.once(families.applications_in))]
    with noted():
        return {
            name: {
                name_of(rule.get("Destination.Bucket"), member.resource): member.resource
                for member in families.family(deployment, name).elsewhere(_BUCKET)
                for rule in _enabled(member.resource)
            }
            for name in names
        }


def _enabled(bucket: Resource) -> list[Value]:
    rules = bucket.get("ReplicationConfiguration.Rules").items
    return [rule for rule in rules if rule.get("Status").text == "Enabled"]


_Copy = tuple[families.Member, bool]

_COPIES_OF: Mapping[str, Callable[[Resource, Family], Iterator[_Copy]]] = {
    databases.INSTANCE: _of_instance,
    databases.CLUSTER: _of_cluster,
    dynamodb.TABLE: _of_table,
    elasticache.GROUP: _of_cache,
    _BUCKET: _of_bucket,
}
"""By the type of a store, what finds its copies; each is surely one of it, or may be."""


def other_paths(store: Resource, disruption: str) -> Iterator[Path]:
    """What is declared under `elsewhere`, and what may exist without a word in any template."""
    recovery = store.deployment.declared.recovery
    if recovery is not None:
        yield from _declared(store, disruption, recovery)
    if store.is_open:
        way = _may_be(store, "what is deployed with it and was not read", 0, seen=True)
        yield replace(way, doubt=("what the rest of its template or module holds", "read that too"))
    if _may_be_copied(store):
        way = _may_be(store, "a program that may make copies", 0, seen=True)
        yield replace(way, doubt=("which copies a program makes, as one here may", "declare them under `elsewhere`"))
    if recovery is None or not recovery.complete:
        yield from _unseen(store, disruption)


def _declared(store: Resource, disruption: str, recovery: Recovery) -> Iterator[Path]:
    for one in recovery.by_type.of(store.type):
        bears = has(store, one.tags)
        if bears is False:
            continue
        apart = [regions.is_elsewhere(store, each) for each in one.copies]
        if disruption == "region" and not any(each is not False for each in apart):
            continue
        yield Path(
            f"backups that {one.place} declares",
            one.every,
            Method.RESTORE,
            "",
            ceiling=one.every,
            reach=(inf if one.keep is None else one.keep) if disruption == "software" else None,
            sure=bears is True and (disruption != "region" or True in apart),
            because=stands(store, f"{one.place} elsewhere"),
            every=(one.place, one.every),
            region=one.copies[0] if disruption == "region" and len(one.copies) == 1 else None,
        )


def _unseen(store: Resource, disruption: str) -> Iterator[Path]:
    """What another stack, an organization's policy or a program may do."""
    if disruption == "region":
        yield _may_be(store, "a copy or replica made elsewhere", 0)
    elif backup_plans.is_backed_up(store):
        yield _may_be(store, "a backup made elsewhere", backup_plans.shortest_floor(store, disruption))
    elif cache_paths.has_snapshots(store):
        often = figures.MANUAL_SNAPSHOTS.value.get(store.type)
        yield _may_be(store, "a backup made elsewhere", 0 if often is None else 24 * 60 * 60.0 / often)


def _may_be(store: Resource, how: str, floor: float, *, seen: bool = False) -> Path:
    # Logs that have not been uploaded are lacking whoever makes the backups.
    every = (how, floor) if floor >= facts.SHORTEST_INTERVAL.value else None
    return Path(how, floor, Method.RESTORE, "", sure=False, because=stands(store, how), seen=seen, every=every)


def _may_be_copied(store: Resource) -> bool:
    """Whether a program of this deployment may copy the data of a store, or make backups of it."""
    deployment = store.deployment
    if any(store.type in facts.COPIERS.value[one] for one in deployment.once(_copiers)):
        return True
    if deployment.once(_called).get(_family(store.type)) or (
        backup_plans.is_backed_up(store) and deployment.once(_backs_up)
    ):
        return True
    if store.type not in (dynamodb.TABLE, dynamodb.GLOBAL_TABLE, cluster_paths.DOCUMENTS):
        return False
    return may_be_named(store, dynamodb.MAPPING, "EventSourceArn") or may_be_named(store, dynamodb.PIPE, "Source")


def _family(type_: str) -> str:
    """How a type begins, as AWS::RDS."""
    return type_.rpartition("::")[0]


def _copiers(deployment: Deployment) -> list[str]:
    return [resource.type for resource in deployment.of_type(*facts.COPIERS.value)]


def _called(deployment: Deployment) -> Mapping[str, bool]:
    """For how types begin, whether a program may make backups or copies of them."""
    # A Scheduler's schedule that calls an API names it in its target: arn:aws:scheduler:::aws-sdk:rds:createDBSnapshot.
    scheduled = [resource.get("Target.Arn").text or "" for resource in deployment.of_type("AWS::Scheduler::Schedule")]
    called = {one.partition(":aws-sdk:")[2].partition(":")[0].lower() for one in scheduled if ":aws-sdk:" in one}
    return {
        family: not called.isdisjoint((calls[0].partition(":")[0], family.rpartition("::")[2].lower()))
        or bool(roles.allowed_resources(deployment, *calls))
        for family, calls in facts.COPY_CALLS.value.items()
    }


def _backs_up(deployment: Deployment) -> bool:
    return bool(roles.allowed_resources(deployment, *backup.BACKUP_CALLS))
