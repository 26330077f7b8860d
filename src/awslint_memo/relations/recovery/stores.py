"""The stores of data in a deployment, and the bounds of each: what is lost, and how one gets back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import dynamodb as tables
from awslint_memo.relations import elasticache as caches
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import (
    clusters,
    dynamodb,
    ebs,
    efs,
    elasticache,
    elsewhere,
    fsx,
    memorydb,
    opensearch,
    plans,
    policies,
    rds,
    redshift,
    regions,
    replicas,
    s3,
)
from awslint_memo.relations.recovery.tags import tags
from awslint_memo.relations.recovery.ways import Bound, Way

WAYS: Mapping[str, Callable[[Resource, str], Iterator[Way]]] = {
    databases.INSTANCE: rds.instance,
    databases.CLUSTER: rds.cluster,
    tables.TABLE: dynamodb.table,
    tables.GLOBAL_TABLE: dynamodb.table,
    caches.GROUP: elasticache.cache,
    caches.NODE_CLUSTER: elasticache.cache,
    elasticache.SERVERLESS: elasticache.cache,
    s3.BUCKET: s3.bucket,
    s3.DIRECTORY: s3.directory,
    clusters.DOCUMENTS: clusters.cluster,
    clusters.GRAPHS: clusters.cluster,
    ebs.TYPE: ebs.volume,
    efs.TYPE: efs.file_system,
    fsx.TYPE: fsx.file_system,
    memorydb.TYPE: memorydb.cluster,
    opensearch.TYPE: opensearch.domain,
    redshift.CLUSTER: redshift.cluster,
    redshift.NAMESPACE: redshift.namespace,
}
"""By type, what gives the ways back for one store and one disruption."""

NOT_JUDGED = {
    "AWS::DSQL::Cluster": "aws_dsql_cluster",
    "AWS::Elasticsearch::Domain": "aws_elasticsearch_domain",
    "AWS::Cassandra::Table": "aws_keyspaces_table",
    "AWS::Timestream::Table": "aws_timestreamwrite_table",
}
"""Stores of which nothing is told yet, by type, with the type in Terraform (or how it begins)."""

IN_A_ZONE = (ebs.TYPE, efs.TYPE, fsx.TYPE, redshift.CLUSTER, s3.DIRECTORY)
"""Types whose data may be in one Availability Zone, of which no rule of its own service speaks."""

IN_TRANSIT = ("AWS::Kinesis::Stream", "AWS::SQS::Queue")
"""What holds data on their way, which is no store: how long it keeps them is a time to read them again."""

_PARTS = (
    "aws_s3_bucket_",
    "aws_db_instance_automated_",
    "aws_dynamodb_global_secondary_",
    "aws_efs_backup_",
    "aws_efs_replication_",
    "aws_redshift_snapshot_",
)
"""How the Terraform types begin that are settings of a store, and stand alone where the store is not here."""

_KINDS = {
    databases.INSTANCE: "RDS",
    tables.TABLE: "DynamoDB",
    tables.GLOBAL_TABLE: "DynamoDB",
    caches.GROUP: "ElastiCache",
    caches.NODE_CLUSTER: "ElastiCache",
    elasticache.SERVERLESS: "ElastiCache",
    s3.BUCKET: "S3",
    s3.DIRECTORY: "S3 directory",
    clusters.DOCUMENTS: "DocumentDB",
    clusters.GRAPHS: "Neptune",
    ebs.TYPE: "EBS",
    efs.TYPE: "EFS",
    fsx.TYPE: "FSx",
    memorydb.TYPE: "MemoryDB",
    opensearch.TYPE: "OpenSearch",
    redshift.CLUSTER: "Redshift",
    redshift.NAMESPACE: "Redshift Serverless",
}


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
    found = (store(resource) for resource in deployment.own_of_type(*WAYS))
    return [one for one in found if one is not None]


def store(resource: Resource) -> Store | None:
    """A resource as a store; None if it is a part of another resource."""
    if resource.language == "terraform" and _terraform_type(resource).startswith(_PARTS):
        return None
    if resource.type == databases.INSTANCE and (
        databases.is_cluster_member(resource) or databases.is_aurora(resource) is True
    ):
        return None
    if resource.type == caches.NODE_CLUSTER and caches.is_group_member(resource):
        return None
    return Store(resource, _kind(resource), _note(resource))


def meant_for(one: policies.Attached) -> str:
    """What a policy is meant for, in words, and what of it is not judged."""
    here = [each.resource for each in stores(one.policy.deployment)]
    users = ", ".join(user.title for user in one.users)
    governed = ", ".join(store.title for store in policies.governed(one, here))
    applications = [f"named by the application {each.name}" for each in policies.applications(one.policy)]
    if one.users:
        parts = [f"attached by {users}, {f'for {governed}' if governed else 'for what no template tells'}"]
    else:
        parts = [] if applications else ["attached to nothing in this run"]
    if here and policies.is_assumed(one.policy):
        parts.append("what misses it is advice, if it is meant for the stores here")
    approach = policies.between_zones(one.policy)
    parts += [*applications, *([f"its approach for several zones, {approach}, is not judged"] if approach else [])]
    return "; ".join(parts)


def bound(resource: Resource, disruption: str) -> Bound:
    """What all ways back of a store come to after a disruption."""
    own = WAYS[resource.type](resource, disruption)
    there = replicas.ways(resource, disruption)
    return Bound((*own, *there, *plans.ways(resource, disruption), *elsewhere.ways(resource, disruption)))


def _kind(resource: Resource) -> str:
    if resource.type == databases.CLUSTER:
        return "Multi-AZ cluster" if databases.is_aurora(resource) is False else "Aurora"
    if resource.type == fsx.TYPE:
        return f"FSx {fsx.NAMES.get(fsx.kind(resource), '')}".strip()
    engine = resource.get("Engine").text if resource.type in (databases.INSTANCE, *_CACHES) else None
    return f"{_KINDS[resource.type]} {engine}" if engine else _KINDS[resource.type]


_CACHES = (caches.GROUP, caches.NODE_CLUSTER, elasticache.SERVERLESS)


def _note(resource: Resource) -> str:
    """What a store is a copy of; empty if it holds data of its own."""
    if resource.type == databases.INSTANCE and databases.is_read_replica(resource):
        source = databases.replica_source(resource)
        return f"a read replica of {source.title}" if source is not None else "a read replica"
    if resource.type == databases.CLUSTER and databases.is_global_secondary(resource):
        return "a secondary of a global database, or a replica"
    if resource.type in clusters.KINDS and clusters.is_secondary(resource):
        return "a secondary of a global cluster"
    if resource.type == caches.GROUP and caches.is_global_secondary(resource) and not _is_primary(resource):
        return "a secondary of a global datastore"
    if resource.type == tables.GLOBAL_TABLE and not resource.terraform.replica_of.is_absent:
        return "a replica of a table"
    if resource.type == tables.GLOBAL_TABLE and tables.is_version_2017(resource):
        return "a global table of version 2017.11.29, which joins tables"
    if resource.type == caches.NODE_CLUSTER and not elasticache.has_snapshots(resource):
        return "nodes of Memcached, which keep nothing"
    return ""


def _is_primary(group: Resource) -> bool:
    datastores = group.deployment.of_type(elasticache.DATASTORE)
    members = (one for whole in datastores for one in whole.get("Members").items)
    return any(
        group.deployment.find(one.get("ReplicationGroupId"), caches.GROUP) is group
        and (one.get("Role").text or "").upper() == "PRIMARY"
        for one in members
    )


def _terraform_type(resource: Resource) -> str:
    return without_instance_keys(resource.name).rpartition(".")[0].rpartition(".")[2]


def bearers(selection: Resource, key: str, value: str) -> tuple[list[Resource], list[Resource]]:
    """The resources that bear a tag as it is written, and those that bear it in other case."""
    exactly: list[Resource] = []
    otherwise: list[Resource] = []
    for resource in selection.deployment.own_of_type(*WAYS, *NOT_JUDGED, "AWS::EC2::Instance"):
        for own, written in tags(resource).items():
            if written.text is not None and (own.lower(), written.text.lower()) == (key.lower(), value.lower()):
                (exactly if (own, written.text) == (key, value) else otherwise).append(resource)
    return exactly, otherwise


def region_of(resource: Resource) -> str | None:
    """The name of a resource's Region; None if it is not known."""
    return regions.name(resource)


def region_in(arn: Value) -> str | None:
    """The Region in an ARN; None if it is not known."""
    return regions.in_arn(arn)
