"""RDS and Aurora: which instances belong to a cluster, how large they are, and which one Aurora promotes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.lazy import regex
from awslint_memo.model.outputs import shared_values
from awslint_memo.model.record import record
from awslint_memo.model.spelled import whole
from awslint_memo.model.value import Value
from awslint_memo.relations.namers import scalable_targets
from awslint_memo.relations.rds.databases import CLUSTER, INSTANCE, is_aurora

OF_CLUSTERS: Mapping[str, int | bool | None] = fact(
    {
        "BackupRetentionPeriod": 1,
        "CopyTagsToSnapshot": False,
        "DeletionProtection": False,
        "PreferredBackupWindow": None,
    },
    page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    read="2026-11-30",
)
"""Settings that apply to a whole Aurora cluster and not to its instances, each with the default of the cluster."""

_TOLD: Mapping[str, str] = {
    "AWS::ECS::TaskDefinition": "ContainerDefinitions",
    "AWS::Lambda::Function": "Environment",
    "AWS::Route53::RecordSet": "ResourceRecords",
    "AWS::SSM::Parameter": "Value",
}
"""Where programs are told an endpoint."""

_CLASSES = "AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html"

FAMILIES_BY_MEMORY: Mapping[str, int] = fact({"c": 0, "t": 1, "m": 1, "r": 2, "x": 3}, page=_CLASSES, read="2026-11-25")
"""The order of the families of classes by the memory that they have to a vCPU; T and M have the same, size for size."""

SIZES_BELOW_LARGE: Mapping[str, float] = fact(
    {"nano": 0.1, "micro": 0.2, "small": 0.3, "medium": 0.4}, page=_CLASSES, read="2026-11-25"
)
"""The order of the sizes below large, which is 1: they have less memory than large and no more vCPUs."""

DEFAULT_PROMOTION_TIER = fact(1, page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html", read="2026-11-25")
"""The place of an instance in the order of promotion when nobody says one."""

SERVERLESS = "db.serverless"

_CLASS = regex(r"db\.([a-z])\w*\.(?:(\d*)(x?large)|(nano|micro|small|medium))")


def is_smaller(instance: Value, other: Value) -> bool:
    """Whether a class surely has less memory than another and no more vCPUs; False where they can't be compared.

    A smaller size of a family with more memory (db.r6g.large beside db.m6g.xlarge) is no smaller class.
    """
    one, two = _measures(instance), _measures(other)
    return one is not None and two is not None and one[0] < two[0] and one[1] <= two[1]


def _measures(named: Value) -> tuple[float, int] | None:
    """The size of a class and the rank of its family. Sizes below large have less memory than it and no more vCPUs."""
    match = _CLASS.fullmatch((named.text or "").lower())
    if match is None or match[1] not in FAMILIES_BY_MEMORY:
        return None
    below = SIZES_BELOW_LARGE
    size = below[match[4]] if match[4] else 1.0 if match[3] == "large" else 2.0 * whole(match[2] or "1")
    return size, FAMILIES_BY_MEMORY[match[1]]


def promotion_tier(instance: Resource) -> int | None:
    """The promotion tier of an Aurora instance, of which 0 goes first; None where it is not known."""
    tier = instance.get("PromotionTier", default=DEFAULT_PROMOTION_TIER).number
    return None if tier is None else math.floor(tier)


def promoted_instead(writer: Resource, instances: list[Resource]) -> Resource | None:
    """The instance that Aurora surely promotes when the writer fails, or one of those that it may choose among.

    The lowest tier goes first and, within it, the largest class. None where tiers, classes or numbers are not known.
    """
    if any(instance.copies.number != 1 or promotion_tier(instance) is None for instance in instances):
        return None
    others = [instance for instance in instances if instance is not writer]
    first = min((promotion_tier(resource) or 0 for resource in others), default=None)
    candidates = [resource for resource in others if (promotion_tier(resource) or 0) == first]
    if any(_measures(candidate.get("DBInstanceClass")) is None for candidate in candidates):
        return None
    for candidate in candidates:
        mine = candidate.get("DBInstanceClass")
        if not any(is_smaller(mine, other.get("DBInstanceClass")) for other in candidates):
            return candidate
    return None


@record(frozen=True)
class Clusters:
    """What values may name, and the identifiers in them in lower case: AWS compares these without regard to case."""

    name_index: NameIndex
    identifiers: frozenset[str]

    def may_be(self, cluster: Resource) -> bool:
        """Whether one of the values may name a cluster."""
        named = cluster.get("DBClusterIdentifier").text
        return self.name_index.may_be(cluster) or (named is not None and named.lower() in self.identifiers)


def clusters(deployment: Deployment, values: Sequence[Value]) -> Clusters:
    """The clusters that these values may name. Ask it in a function that `once` calls."""
    texts = (value.text for value in values)
    return Clusters(
        name_index(deployment, values), frozenset(text.rpartition(":")[2].lower() for text in texts if text is not None)
    )


_READER_COUNT = "rds:cluster:ReadReplicaCount"


def is_limitless(cluster: Resource) -> bool:
    """Whether a cluster is an Aurora Limitless Database or may be one: its shards are no instances."""
    scalability = cluster.get("ClusterScalabilityType", default="standard")
    return scalability.text != "standard" or cluster.deployment.once(_named_by_shards).may_be(cluster)


def has_instances(cluster: Resource) -> bool:
    """Whether a cluster is surely an Aurora cluster whose instances are resources of their own.

    Not so: Aurora Serverless v1, Limitless databases, Multi-AZ DB clusters, and whatever is not known.
    """
    is_provisioned = cluster.get("EngineMode", default="provisioned").text not in (None, "serverless")
    is_multi_az = not cluster.get("DBClusterInstanceClass").is_absent
    return is_aurora(cluster) is True and is_provisioned and not is_multi_az and not is_limitless(cluster)


def refused_elsewhere(cluster: Resource) -> list[Resource]:
    """The clusters of other stacks that surely are secondaries of a cluster's global database, in its own Region."""
    if cluster.deployment.declared.landscape is None:
        return []
    # Few templates are looked at together with others.
    from awslint_memo.relations.recovery import family_copies

    copies = family_copies.in_one_region(cluster)
    return [copy for copy in copies if not copy.get("GlobalClusterIdentifier").is_absent]


def cluster_instances(cluster: Resource) -> list[Resource] | None:
    """The instances of a cluster that this deployment makes; None where that is not known of all.

    Each stands for as many as its `copies` say. Not sure: an instance whose cluster is not known, readers that Auto
    Scaling adds, resources that we do not see.
    """
    return None if _has_scaled_readers(cluster) else _written_instances(cluster)


def least_instances(cluster: Resource) -> list[Resource] | None:
    """The same, also where Auto Scaling surely keeps no more readers than are made here, until these are loaded."""
    instances = _written_instances(cluster)
    if instances is None or not _has_scaled_readers(cluster):
        return instances
    readers = (instance_count(instances) or 0) - 1
    every = cluster.deployment.once(_by_least).items()
    more = (of_them for least, of_them in every if least is None or least > readers)
    return None if any(of_them.may_be(cluster) for of_them in more) else instances


def _written_instances(cluster: Resource) -> list[Resource] | None:
    if cluster.may_be_completed() or cluster.copies.number != 1:
        return None
    instances, unclear = cluster.deployment.once(_instances)
    return None if unclear.may_be(cluster) else instances.get(cluster.name, [])


def serverless_instances(cluster: Resource) -> list[Resource]:
    """The instances of this deployment that surely belong to a cluster and are serverless."""
    instances, _ = cluster.deployment.once(_instances)
    return [
        instance for instance in instances.get(cluster.name, []) if instance.get("DBInstanceClass").text == SERVERLESS
    ]


def instance_count(instances: list[Resource]) -> int | None:
    """How many instances these resources are; None where a `count` or `for_each` is not known."""
    copies = [instance.copies.number for instance in instances]
    return None if None in copies else sum(math.floor(number or 0) for number in copies)


def is_known_elsewhere(cluster: Resource) -> bool:
    """Whether other stacks get a cluster and may add instances to it: by an output, or as an input of a nested
    stack."""
    return cluster.is_exposed(to_modules=False)


def may_scale_readers(cluster: Resource) -> bool:
    """Whether something in this deployment changes the number of a cluster's readers, or may."""
    if cluster.may_be_completed() or cluster.deployment.once(_scales_readers_of_any):
        return True
    return cluster.deployment.once(_scaled).may_be(cluster)


def is_read_from(cluster: Resource) -> bool:
    """Whether something here is told the reader endpoint of a cluster, or others may be: an only reader is a failover
    target else."""
    return cluster.name in cluster.deployment.once(_told_reader_endpoint)


def tells_of(teller: Resource, *services: str) -> bool:
    """Whether a variable, a parameter or a record tells programs something of a resource of these services."""
    resources = (teller.deployment.resource(link.resource) for link in teller.get(_TOLD[teller.type]).mentions())
    return any(resource is not None and resource.type.startswith(services) for resource in resources)


def _told_reader_endpoint(deployment: Deployment) -> frozenset[str]:
    told = [*deployment.once(shared_values)]
    told += [resource.get(_TOLD[resource.type]) for resource in deployment.of_type(*_TOLD)]
    links = (link for value in told for link in value.mentions())
    return frozenset(link.resource for link in links if (link.attribute or "").startswith("ReadEndpoint"))


def _has_scaled_readers(cluster: Resource) -> bool:
    """Whether Auto Scaling keeps readers of this cluster, or may."""
    every = cluster.deployment.once(_by_least).items()
    return any(of_them.may_be(cluster) for least, of_them in every if least != 0)


def _named_by_shards(deployment: Deployment) -> Clusters:
    shards = deployment.of_type("AWS::RDS::DBShardGroup")
    return clusters(deployment, [shard.get("DBClusterIdentifier") for shard in shards])


def _instances(deployment: Deployment) -> tuple[dict[str, list[Resource]], Clusters]:
    """The instances of each cluster, and the clusters that others may belong to."""
    found: dict[str, list[Resource]] = {}
    unclear: list[Value] = []
    for instance in deployment.of_type(INSTANCE):
        named = instance.get("DBClusterIdentifier")
        cluster = deployment.find(named, CLUSTER)
        if cluster is None:
            unclear.append(named)
        else:
            found.setdefault(cluster.name, []).append(instance)
    return found, clusters(deployment, unclear)


def _scales_readers_of_any(deployment: Deployment) -> bool:
    named = (target.get("ResourceId") for target in _reader_targets(deployment))
    return any(value.is_unknown and next(value.mentions(), None) is None for value in named)


def _scaled(deployment: Deployment) -> Clusters:
    return clusters(deployment, [target.get("ResourceId") for target in _reader_targets(deployment)])


def _by_least(deployment: Deployment) -> Mapping[float | None, Clusters]:
    """The clusters whose readers are scaled, by the number that Auto Scaling keeps at least; None where that is not
    known."""
    named: dict[float | None, list[Value]] = {}
    for target in _reader_targets(deployment):
        named.setdefault(target.get("MinCapacity").number, []).append(target.get("ResourceId"))
    return {least: clusters(deployment, values) for least, values in named.items()}


def _reader_targets(deployment: Deployment) -> list[Resource]:
    return [
        target
        for target in scalable_targets(deployment)
        if target.get("ScalableDimension").text in (_READER_COUNT, None)
    ]
