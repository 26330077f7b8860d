"""Recovery paths for clusters of Aurora DSQL, tables of Amazon Keyspaces, tables and instances of Amazon Timestream."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import replace
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery import figures, regions
from awslint_memo.relations.recovery.recovery_paths import Method, Path, because, in_seconds, lossless, stands, usually

DISTRIBUTED = "AWS::DSQL::Cluster"
WIDE = "AWS::Cassandra::Table"
SERIES = "AWS::Timestream::Table"
INFLUX = "AWS::Timestream::InfluxDBInstance"
_KEYSPACE = "AWS::Cassandra::Keyspace"
_PEERS = "MultiRegionProperties.Clusters"
_WITNESS = "MultiRegionProperties.WitnessRegion"
FOR_SEVERAL = (_PEERS, _WITNESS)
"""The properties of a cluster of Aurora DSQL that is made for several Regions."""

_SWITCH = "PointInTimeRecoveryEnabled"
_DEPLOYMENT = "DeploymentType"
_WITH_STANDBY = "WITH_MULTIAZ_STANDBY"


def distributed(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a cluster of Aurora DSQL: what is deleted is only in backups of AWS Backup."""
    if disruption == "region":
        yield from _peers(store)
    elif disruption != "software":
        reasons = stands(store, "a cluster replicates synchronously to three zones")
        yield lossless("copies in three zones", figures.DISTRIBUTED_COPIES.page, Method.NOTHING, reasons)


def _peers(store: Resource) -> Iterator[Path]:
    """The clusters of other Regions that a cluster is peered with. A witness keeps logs only, and has no endpoint."""
    named = store.get(_PEERS)
    way = lossless("a peered cluster", figures.DISTRIBUTED_COPIES.page, Method.NOTHING)
    if named.is_unknown:
        yield replace(way, sure=False, because=because(store, _PEERS, named))
    joined = store.deployment.once(_peered).get(store.name, ())
    if is_alone(store):
        doubt = "with which cluster it is peered: it has a witness Region, and no peer is written", _tells_peers(store)
        yield replace(way, sure=False, because=because(store, _WITNESS, store.get(_WITNESS)), doubt=doubt)
    for value, peer in [*((value, None) for value in named.items), *((peer.get(_PEERS), peer) for peer in joined)]:
        other = peer or store.deployment.find(value, DISTRIBUTED)
        if other is store:
            continue
        region = regions.in_arn(value) if other is None else regions.name(other)
        apart = regions.is_elsewhere(store, region) if other is None else regions.is_apart(store, other)
        if apart is not False:
            title = "a peered cluster" if other is None else f"peered cluster {other.title}"
            reasons = ((value.place, f"{title}, to which all is replicated synchronously"),)
            yield replace(way, sure=apart is True, because=reasons, region=region, by=other)


def is_alone(store: Resource) -> bool:
    """Whether a cluster is made for several Regions, and by what was read has no peer yet: until it has one, it is in
    the state PENDING_SETUP and takes nothing (aurora-dsql/latest/userguide/configuring-multi-region-clusters.html)."""
    named = store.get(_PEERS)
    has_none = not named.is_unknown and not list(named.items)
    return has_none and not store.get(_WITNESS).is_absent and not store.deployment.once(_peered).get(store.name)


def _tells_peers(store: Resource) -> str:
    given = "--var-file" if store.language == "terraform" else "--parameters"
    return f"write it as {store.in_file_words(_PEERS)}, or give what decides that with {given}"


def _peered(deployment: Deployment) -> dict[str, list[Resource]]:
    """By the name of each cluster, those that name it as their peer."""
    known: dict[str, list[Resource]] = {}
    for cluster in deployment.of_type(DISTRIBUTED):
        for value in cluster.get(_PEERS).items:
            other = deployment.find(value, DISTRIBUTED)
            if other is not None and other is not cluster:
                known.setdefault(other.name, []).append(cluster)
    return known


def wide(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a table of Keyspaces."""
    if disruption == "software":
        switch = store.get(_SWITCH, default=False)
        if switch.flag is not False:
            page, reasons = figures.WIDE_RECOVERY.page, because(store, _SWITCH, switch)
            way = lossless("point-in-time recovery", page, Method.RESTORE, reasons)
            yield replace(way, reach=in_seconds(figures.WIDE_RECOVERY.value), sure=switch.flag is True)
    elif disruption == "region":
        yield from _replicas(store)
    else:
        reasons = stands(store, "a table is kept in three zones")
        yield lossless("copies in three zones", figures.WIDE_COPIES.page, Method.NOTHING, reasons)


def _replicas(store: Resource) -> Iterator[Path]:
    """The other Regions of the keyspace of a table, which take writes too."""
    keyspace = store.follow("KeyspaceName", _KEYSPACE)
    if keyspace is None:
        # A keyspace of somebody else may be in several Regions.
        named = store.get("KeyspaceName")
        yield replace(_replica(named, "its keyspace, which is not here"), sure=False)
        return
    written = keyspace.get("ReplicationSpecification.RegionList")
    if written.is_unknown:
        yield replace(_replica(written, "Regions of its keyspace that are not known"), sure=False)
    for region in written.items:
        apart = regions.is_elsewhere(store, region.text)
        if apart is not False:
            way = _replica(region, f"a replica of the keyspace {keyspace.title}")
            yield replace(way, sure=apart is True, region=region.text)


def _replica(value: Value, words: str) -> Path:
    lag, reasons = figures.WIDE_REPLICATION.value, ((value.place, words),)
    return usually("replica in another Region", figures.WIDE_LOSS, lag, Method.NOTHING, reasons)


def series(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a table of Timestream for LiveAnalytics: backups are those of AWS Backup alone."""
    if disruption in ("hardware", "az"):
        reasons = stands(store, "a table is written to several zones before it is acknowledged")
        yield lossless("copies in several zones", figures.SERIES_COPIES.page, Method.NOTHING, reasons)


def influx(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for an instance of Timestream for InfluxDB, which AWS Backup doesn't support."""
    recovery = store.deployment.declared.recovery
    if recovery is None or not recovery.complete:
        # The engine's own command writes them, wherever it is run.
        page, reasons = figures.INFLUX_BACKUPS.page, stands(store, "backups by the engine's own command")
        yield Path("backups of the engine", 0, Method.RESTORE, page, sure=False, because=reasons, seen=False)
    if disruption in ("hardware", "az"):
        written = store.get(_DEPLOYMENT, default="SINGLE_AZ")
        if written.text is None or written.text == _WITH_STANDBY:
            reasons, page = because(store, _DEPLOYMENT, written), figures.INFLUX_STANDBY.page
            way = lossless("standby in another zone", page, Method.FAILOVER, reasons)
            yield replace(way, sure=written.text is not None)
    if disruption != "region":
        yield _internal_backups(store, disruption)


def _internal_backups(store: Resource, disruption: str) -> Path:
    """Backups that the service makes for itself; where they are, no page says."""
    is_deleted, reasons = disruption == "software", stands(store, "internal backups, which AWS support restores")
    doubt = "how often internal backups are made: AWS gives no interval", "make backups with the engine's own command"
    if not is_deleted:
        doubt = "where internal backups are: no page says", f"{_WITH_STANDBY} loses nothing"
    return Path(
        "internal backups",
        0,
        Method.RESTORE,
        figures.INFLUX_BACKUPS.page,
        reach=in_seconds(figures.INFLUX_BACKUPS.value / 24) if is_deleted else None,
        sure=is_deleted,
        because=reasons,
        doubt=doubt,
    )
