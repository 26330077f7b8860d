"""RDS and Aurora: what a database is, where its data come from, and which instances belong to a cluster."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Absent, Known, Link, Text, Unknown, Value
from awslint_memo.relations.rds import facts
from awslint_memo.relations.rds.clusters import Clusters, clusters

INSTANCE = "AWS::RDS::DBInstance"
CLUSTER = "AWS::RDS::DBCluster"
GLOBAL = "AWS::RDS::GlobalCluster"

DEFAULT_RETENTION = facts.DEFAULT_RETENTION.value
"""Days that automated backups are kept when nobody says how long."""

SINGLE_ZONE_ENGINES = (*facts.SINGLE_ZONE_ENGINES.value, *facts.ENGINES_OF_UNCLEAR_STANDBY.value)
"""How the names of engines begin that have no standby, or only in some versions, or perhaps none."""

_PARAMETERS = {INSTANCE: "DBParameterGroupName", CLUSTER: "DBClusterParameterGroupName"}
_ONLY_AURORA = ("GlobalClusterIdentifier", "ServerlessV2ScalingConfiguration")
_READER_COUNT = "rds:cluster:ReadReplicaCount"
_INSTANCE_SOURCES = ("SourceDBInstanceIdentifier", "SourceDBClusterIdentifier")
_INSTANCE_RESTORES = (
    "DBSnapshotIdentifier",
    "DBClusterSnapshotIdentifier",
    "RestoreTime",
    "SourceDBInstanceAutomatedBackupsArn",
    "SourceDbiResourceId",
)
_CLUSTER_RESTORES = (
    "SnapshotIdentifier",
    "SourceDBClusterIdentifier",
    "SourceDbClusterResourceId",
    "RestoreToTime",
)


def is_aurora(database: Resource) -> bool | None:
    """Whether an instance or a cluster surely runs Aurora or surely does not; None where its engine is not known."""
    engine = database.get("Engine")
    begins = engine.starts_with("aurora") if engine.text is None else engine.text.lower().startswith("aurora")
    if begins is not None:
        return begins
    if "aurora" in (database.get("EngineVersion").text or "").lower():
        return True
    parameters = database.get(_PARAMETERS[database.type])
    if parameters.starts_with("default.") is True and parameters.starts_with("default.aurora") is not None:
        return parameters.starts_with("default.aurora")
    if database.type == CLUSTER:
        return _is_aurora_cluster(database)
    if engine.is_absent and not is_cluster_member(database):
        # Aurora is copied and restored as a cluster. An engine that is written may be another one than the copy's.
        return False if is_read_replica(database) or is_restored(database) else None
    if _is_volume(database):
        return False
    cluster = database.follow("DBClusterIdentifier", CLUSTER)
    return None if cluster is None else is_aurora(cluster)


def _is_volume(instance: Resource) -> bool:
    """Whether an instance surely has a volume of its own, whatever its engine is: RDS refuses its type of storage for
    Aurora, or it is Terraform's aws_db_instance, which can't belong to a cluster."""
    is_alone = instance.language == "terraform" and not is_cluster_member(instance)
    return is_alone or instance.get("StorageType").text in facts.VOLUME_TYPES.value


def _is_aurora_cluster(cluster: Resource) -> bool | None:
    """Whether a cluster is Aurora by what only one kind of cluster has, whatever its engine is."""
    if any(is_given(cluster, cluster.get(name)) for name in _ONLY_AURORA):
        return True
    members = cluster.get("DBClusterInstanceClass")
    if is_given(cluster, members):
        return False
    # A new Multi-AZ DB cluster must say what its instances are; a restored one may not, and other engines are written.
    is_bare = members.is_absent and cluster.get("Engine").is_absent
    return True if is_bare and not is_restored(cluster) else None


def most_storage(instance: Resource) -> int:
    """How many GiB the volume of an instance surely can have."""
    known, engine = facts.MOST_STORAGE.value, instance.get("Engine").text
    if engine is None:
        return min(known.values())
    return next(most for start, most in known.items() if engine.lower().startswith(start))


def enough_storage(gibibytes: float, instance: Resource) -> int | None:
    """A limit of storage autoscaling for so much allocated storage, in whole tens of GiB; None if no limit is left."""
    wanted = -int(-gibibytes * (100 + facts.ADVISED_GROWTH.value) // 1000) * 10
    limit = min(max(wanted, facts.LEAST_STORAGE.value), most_storage(instance))
    return limit if leaves_room(limit, gibibytes) else None


def leaves_room(limit: float, gibibytes: float) -> bool:
    """Whether RDS accepts a limit of storage autoscaling for so much allocated storage."""
    return limit * 100 >= gibibytes * (100 + facts.LEAST_GROWTH.value)


def replicated_retention(instance: Resource) -> Value:
    """The days that replicas of an instance's automated backups are kept in another Region; Absent if there are none,
    or if they are kept as long as the backups themselves."""
    region = instance.get("AutomaticBackupReplicationRegion")
    kept = instance.get("AutomaticBackupReplicationRetentionPeriod")
    is_replicated = instance.language == "terraform" or not region.is_absent
    return kept if is_replicated else Absent(region.place)


def is_cluster_member(instance: Resource) -> bool:
    """Whether an instance belongs to a cluster, or may; Terraform has a type for those that do."""
    is_named = not instance.get("DBClusterIdentifier").is_absent
    return is_named or "aws_rds_cluster_instance" in instance.written.split(".")


def is_read_replica(instance: Resource) -> bool:
    """Whether an instance is a read replica or may be one. A restore to a point in time also names its source."""
    names_source = any(not instance.get(name).is_absent for name in _INSTANCE_SOURCES)
    return names_source and not _restores_to_a_time(instance, "RestoreTime")


def replica_source(replica: Resource) -> Resource | None:
    """The instance of this deployment of which another is surely a read replica; else None."""
    # A replica in another Region may have its source's very name.
    source = replica.follow("SourceDBInstanceIdentifier", INSTANCE)
    return None if source is replica or not is_read_replica(replica) else source


def is_in_zone_of(replica: Resource, source: Resource) -> bool:
    """Whether an instance is surely in the Availability Zone of another."""
    mine, its = replica.get("AvailabilityZone"), source.get("AvailabilityZone")
    if isinstance(mine, Link) and mine.resource == source.name:
        return mine.attribute == "AvailabilityZone"
    return mine.text != "" and mine.is_same_as(its) is True


def is_restored(database: Resource) -> bool:
    """Whether the first data of an instance or a cluster come from a backup, or may: it then inherits settings."""
    if database.type == CLUSTER:
        is_copy = any(not database.get(name).is_absent for name in _CLUSTER_RESTORES)
        return is_copy or _restores_to_a_time(database, "RestoreToTime")
    is_copy = any(not database.get(name).is_absent for name in _INSTANCE_RESTORES)
    return is_copy or _restores_to_a_time(database, "RestoreTime")


def _restores_to_a_time(database: Resource, time: str) -> bool:
    latest = database.get("UseLatestRestorableTime")
    return not database.get(time).is_absent or not (latest.is_absent or latest.flag is False)


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


def is_global_secondary(cluster: Resource) -> bool:
    """Whether a cluster is or may be a secondary of a global database; the primary has credentials or a snapshot."""
    if not cluster.get("ReplicationSourceIdentifier").is_absent or replication(cluster) is not None:
        return True
    is_primary = has_credentials(cluster) or is_restored(cluster)
    return not cluster.get("GlobalClusterIdentifier").is_absent and not is_primary


def has_credentials(cluster: Resource) -> bool:
    """Whether a cluster surely has a master user of its own."""
    manages = cluster.get("ManageMasterUserPassword").flag is True
    return manages or is_given(cluster, cluster.get("MasterUsername"))


def replication(cluster: Resource) -> Value | None:
    """The value that surely makes a cluster a replica of another, in any Region; None where that is not sure."""
    source, region = cluster.get("ReplicationSourceIdentifier"), cluster.get("SourceRegion")
    if is_given(cluster, source):
        return source
    is_global = is_given(cluster, cluster.get("GlobalClusterIdentifier"))
    return region if is_global and is_given(cluster, region) else None


def is_given(resource: Resource, value: Value) -> bool:
    """Whether a property of a resource surely has a value, whatever it is. A Terraform variable may be null."""
    if isinstance(value, Unknown):
        return bool(value.references) or (bool(value.key) and resource.language == "cloudformation")
    return isinstance(value, (Link, Text)) or (isinstance(value, Known) and value.content not in ("", None))


def global_members(database: Resource) -> list[Resource] | None:
    """The clusters of this deployment that belong to a global database; None where that is not known of all."""
    deployment, members = database.deployment, []
    source = database.get("SourceDBClusterIdentifier")
    first = deployment.find(source, CLUSTER)
    if database.is_open or (first is None and not source.is_absent):
        return None
    for cluster in deployment.of_type(CLUSTER):
        named = cluster.get("GlobalClusterIdentifier")
        if cluster is first or deployment.find(named, GLOBAL) is database:
            members.append(cluster)
        elif named.is_unknown or database.may_be_named_by(named):
            return None
    return members if all(member.copies.number == 1 for member in members) else None


def cluster_instances(cluster: Resource) -> list[Resource] | None:
    """The instances of a cluster that this deployment makes; None where that is not known of all.

    Each stands for as many as its `copies` say. Not sure: an instance whose cluster is not known, readers that Auto
    Scaling adds, resources that we do not see.
    """
    deployment = cluster.deployment
    if cluster.is_open or cluster.copies.number != 1 or _has_scaled_readers(cluster):
        return None
    instances, unclear = deployment.once(_instances)
    return None if unclear.may_be(cluster) else instances.get(cluster.name, [])


def instance_count(instances: list[Resource]) -> int | None:
    """How many instances these resources are; None where a `count` or `for_each` is not known."""
    copies = [instance.copies.number for instance in instances]
    return None if None in copies else sum(int(number or 0) for number in copies)


def is_known_elsewhere(cluster: Resource) -> bool:
    """Whether other stacks get a cluster and may add instances to it: by an output, or as an input of a nested
    stack."""
    return cluster.is_exposed()


def may_scale_readers(cluster: Resource) -> bool:
    """Whether something in this deployment changes the number of a cluster's readers, or may."""
    if cluster.is_open or cluster.deployment.once(_scales_readers_of_any):
        return True
    return cluster.deployment.once(_scaled).may_be(cluster)


def _has_scaled_readers(cluster: Resource) -> bool:
    """Whether Auto Scaling keeps readers of this cluster, or may."""
    return cluster.deployment.once(_kept).may_be(cluster)


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


def _kept(deployment: Deployment) -> Clusters:
    kept = (one for one in _reader_targets(deployment) if one.get("MinCapacity").number != 0)
    return clusters(deployment, [target.get("ResourceId") for target in kept])


def _reader_targets(deployment: Deployment) -> list[Resource]:
    targets = deployment.of_type("AWS::ApplicationAutoScaling::ScalableTarget")
    return [target for target in targets if target.get("ScalableDimension").text in (_READER_COUNT, None)]
