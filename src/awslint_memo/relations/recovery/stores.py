"""The stores of data in a deployment, and the bounds of each: what is lost, and how one gets back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.secret import without_keys
from awslint_memo.model.value import Value
from awslint_memo.relations import dynamodb as tables
from awslint_memo.relations import elasticache as caches
from awslint_memo.relations.bucket_replication import is_unversioned
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import (
    backup_plans,
    cache_paths,
    cluster_kinds,
    cluster_paths,
    copied,
    database_paths,
    elsewhere,
    file_paths,
    outside_copies,
    regions,
    serverless_paths,
    settings,
    store_objectives,
    table_paths,
    volume_paths,
)
from awslint_memo.relations.recovery.recovery_paths import Bound, Path
from awslint_memo.relations.recovery.selection_reach import has_wildcards
from awslint_memo.relations.recovery.selections import is_meant, is_selected
from awslint_memo.relations.recovery.tags import tags

TYPES: Mapping[str, tuple[str, Callable[[Resource, str], Iterator[Path]]]] = {
    databases.INSTANCE: ("RDS", database_paths.instance),
    databases.CLUSTER: ("Aurora", database_paths.cluster),
    tables.TABLE: ("DynamoDB", table_paths.table),
    tables.GLOBAL_TABLE: ("DynamoDB", table_paths.table),
    caches.GROUP: ("ElastiCache", cache_paths.cache),
    caches.NODE_CLUSTER: ("ElastiCache", cache_paths.cache),
    cache_paths.SERVERLESS: ("ElastiCache", cache_paths.cache),
    file_paths.BUCKET: ("S3", file_paths.bucket),
    file_paths.DIRECTORY: ("S3 directory", file_paths.directory),
    cluster_kinds.DOCUMENTS: ("DocumentDB", cluster_paths.cluster),
    cluster_kinds.GRAPHS: ("Neptune", cluster_paths.cluster),
    volume_paths.VOLUME: ("EBS", volume_paths.volume),
    file_paths.FILES: ("EFS", file_paths.file_system),
    file_paths.SHARES: ("FSx", file_paths.share),
    cache_paths.MEMORY: ("MemoryDB", cache_paths.memory_cluster),
    cluster_paths.DOMAIN: ("OpenSearch", cluster_paths.domain),
    cluster_paths.OLD_DOMAIN: ("Elasticsearch", cluster_paths.domain),
    table_paths.CLUSTER: ("Redshift", table_paths.warehouse),
    table_paths.NAMESPACE: ("Redshift Serverless", table_paths.namespace),
    serverless_paths.DISTRIBUTED: ("Aurora DSQL", serverless_paths.distributed),
    serverless_paths.WIDE: ("Keyspaces", serverless_paths.wide),
    serverless_paths.SERIES: ("Timestream", serverless_paths.series),
    serverless_paths.INFLUX: ("Timestream InfluxDB", serverless_paths.influx),
}
"""By type of store, what reports call it, and what gives the recovery paths for one store and one disruption."""

NOT_JUDGED = {
    "AWS::AmazonMQ::Broker": "aws_mq_broker",
    "AWS::Cognito::UserPool": "aws_cognito_user_pool",
    "AWS::MSK::Cluster": "aws_msk_cluster",
    "AWS::Timestream::InfluxDBCluster": "aws_timestreaminfluxdb_db_cluster",
}
"""Stores of which nothing is told yet, by type, with the type in Terraform (or how it begins)."""

IN_A_ZONE = (volume_paths.VOLUME, file_paths.FILES, file_paths.SHARES, table_paths.CLUSTER, file_paths.DIRECTORY)
"""Types whose data may be in one Availability Zone, of which no rule of its own service speaks."""

IN_TRANSIT = ("AWS::Kinesis::Stream", "AWS::SQS::Queue")
"""What holds data on their way, which is no store: how long it keeps them is a time to read them again."""

MACHINE = "AWS::EC2::Instance"
"""What may keep data on volumes that it makes itself, of which a template tells nothing else."""


@record(frozen=True)
class Store:
    """A store of data. note: why it has no bounds of its own, as a copy of another store; empty if it has."""

    resource: Resource
    kind: str
    note: str = ""

    def bound(self, disruption: str) -> Bound:
        """What all ways back come to."""
        return bound(self.resource, disruption)


def stores(deployment: Deployment) -> list[Store]:
    """The stores of a deployment itself, those of which nothing is told left out."""
    own = (store(resource) for resource in deployment.own_of_type(*TYPES))
    return [held for held in own if held is not None]


def store(resource: Resource) -> Store | None:
    """A resource as a store; None if it is a part of another resource."""
    if settings.stands_alone(resource):
        return None
    if resource.type == databases.INSTANCE and (
        databases.is_cluster_member(resource) or databases.is_aurora(resource) is True
    ):
        return None
    if resource.type == caches.NODE_CLUSTER and caches.is_group_member(resource):
        return None
    return Store(resource, _kind(resource), copied.note(resource))


def meant_for(attached: store_objectives.Attached) -> str:
    """What a policy is meant for, in words, and what of it is not judged."""
    here = [each.resource for each in stores(attached.policy.deployment)]
    users = ", ".join(user.title for user in attached.users)
    governed = ", ".join(store.title for store in store_objectives.governed(attached, here))
    applications = [
        f"named by the application {each.name}" for each in store_objectives.applications_of_policy(attached.policy)
    ]
    if attached.users:
        parts = [f"attached by {users}, {f'for {governed}' if governed else 'for what no template tells'}"]
    else:
        parts = [] if applications else ["attached to nothing in this run"]
    if here and store_objectives.is_assumed(attached.policy):
        parts.append("what misses it is advice, if it is meant for the stores here")
    approach = store_objectives.between_zones(attached.policy)
    parts += [*applications, *([f"its approach for several zones, {approach}, is not judged"] if approach else [])]
    return "; ".join(parts)


def bound(resource: Resource, disruption: str) -> Bound:
    """What all ways back of a store come to after a disruption."""
    own: Sequence[Path] = list(TYPES[cluster_kinds.service(resource)][1](resource, disruption))
    there = list(elsewhere.paths_of_family(resource, disruption))
    if any(way.sure and way.by is not None and way.by.type == caches.GROUP for way in there):
        own = [way for way in own if way.sure or way.how != cache_paths.SECONDARY]  # It is the one of another stack.
    plans = backup_plans.plan_paths(resource, disruption)
    outside = outside_copies.paths(resource, disruption)
    others = elsewhere.other_paths(resource, disruption)
    return Bound((*own, *there, *plans, *outside, *copied.paths(resource, disruption), *others))


def _kind(resource: Resource) -> str:
    service = cluster_kinds.service(resource)
    if service == databases.CLUSTER:
        return "Multi-AZ cluster" if databases.is_aurora(resource) is False else TYPES[service][0]
    if resource.type == file_paths.SHARES:
        return f"FSx {file_paths.SHARE_NAMES.get(file_paths.share_kind(resource), '')}".strip()
    engine = resource.get("Engine").text if resource.type in (databases.INSTANCE, *_CACHES) else None
    return without_keys(f"{TYPES[service][0]} {engine}") if engine else TYPES[service][0]


_CACHES = (caches.GROUP, caches.NODE_CLUSTER, cache_paths.SERVERLESS)


def unversioned(selection: Resource) -> Iterator[tuple[Value, Resource]]:
    """The buckets that a selection names one by one, is surely for, and that surely keep no versions, each with what
    names it."""
    for name in selection.get("BackupSelection.Resources").items:
        bucket = selection.deployment.find(name, file_paths.BUCKET)
        if bucket is None or has_wildcards(name) or not is_unversioned(bucket):
            continue
        if is_meant(selection, bucket):
            yield name, bucket


_BETWEEN_WORDS = regex(r"(?<=[^\W\d_])[-_ .:/]+(?=[^\W\d_])")


_BACKUP = "backup"


def bearers(selection: Resource, key: str, value: str) -> tuple[list[Resource], list[Resource]]:
    """The resources that bear a tag as it is written, and those that bear it spelled otherwise: in other case, or with
    other marks between the words."""
    exactly: list[Resource] = []
    otherwise: list[Resource] = []
    for resource, tag in selection.deployment.once(_tagged).get((_spelling(key), _spelling(value)), ()):
        (exactly if tag == (key, value) else otherwise).append(resource)
    return exactly, otherwise


def passed_over(
    deployment: Deployment, otherwise: Sequence[Resource], key: str
) -> Iterator[tuple[Resource, str, Value]]:
    """Of resources that bear a tag spelled otherwise than a selection wants it, those that surely no selection of here
    takes: each with the key and the value that it bears."""
    selections = deployment.of_type(backup_plans.SELECTION)
    for store in otherwise:
        if all(is_selected(selection, store) is None for selection in selections):
            yield store, *borne(store, key)


def bearers_by_another_key(selection: Resource, key: str, value: str) -> list[tuple[Resource, str, Value]]:
    """The stores that no selection of here takes, and that bear the value that one wants by another key, if both keys
    speak of backups; each with that key, and the value."""
    deployment, wanted = selection.deployment, _spelling(key)
    selections = deployment.of_type(backup_plans.SELECTION)
    return [
        (store, tag[0], tags(store)[tag[0]])
        for (spelled, worth), bearing in (deployment.once(_tagged).items() if _BACKUP in wanted else ())
        if worth == _spelling(value) and _BACKUP in spelled and spelled != wanted
        for store, tag in bearing
        if not any(is_selected(one, store) or _may_want(one, tag) for one in selections)
    ]


def _may_want(selection: Resource, tag: tuple[str, str]) -> bool:
    """Whether a selection lists a tag, or may."""
    listed = selection.get("BackupSelection.ListOfTags")
    asked = [(item.get("ConditionKey").text, item.get("ConditionValue").text) for item in listed.items]
    return listed.is_unknown or any(None in one or one == tag for one in asked)


def borne(store: Resource, key: str) -> tuple[str, Value]:
    """The key, as it is spelled, and the value of a tag that a store bears."""
    return next((own, value) for own, value in tags(store).items() if _spelling(own) == _spelling(key))


def bearers_of_another(selection: Resource, key: str, value: str) -> list[Resource]:
    """The stores that a selection names, if it names nothing else and all of them surely bear the key of a tag with
    another value; else none."""
    named = [selection.deployment.find(arn, *TYPES) for arn in selection.get("BackupSelection.Resources").items]
    found = [resource for resource in named if resource is not None]
    if len(found) != len(named):
        return []
    texts = [tags(resource)[key].text if key in tags(resource) else None for resource in found]
    return found if all(text not in (None, value) for text in texts) else []


def _tagged(deployment: Deployment) -> dict[tuple[str, str], list[tuple[Resource, tuple[str, str]]]]:
    """By the spelling of a tag, the resources that bear it, each with the tag as it is written."""
    tagged: dict[tuple[str, str], list[tuple[Resource, tuple[str, str]]]] = {}
    for resource in deployment.own_of_type(*TYPES, *NOT_JUDGED, "AWS::EC2::Instance"):
        for key, value in tags(resource).items():
            if value.text is not None:
                place = _spelling(key), _spelling(value.text)
                tagged.setdefault(place, []).append((resource, (key, value.text)))
    return tagged


def _spelling(text: str) -> str:
    """A key or value of a tag in small letters and without the marks between words; those in numbers stay."""
    return _BETWEEN_WORDS.sub("", text.lower())


def region_of(resource: Resource) -> str | None:
    """The name of a resource's Region; None if it is not known."""
    return regions.name(resource)


def region_in(arn: Value) -> str | None:
    """The Region in an ARN; None if it is not known."""
    return regions.in_arn(arn)
