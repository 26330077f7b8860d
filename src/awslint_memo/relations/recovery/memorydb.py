"""Ways back for clusters of MemoryDB."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.relations.recovery import facts, regions
from awslint_memo.relations.recovery.reasons import because, days, stands
from awslint_memo.relations.recovery.ways import Back, Way, lossless

TYPE = "AWS::MemoryDB::Cluster"
_LIMIT = "SnapshotRetentionLimit"
_REPLICAS = "NumReplicasPerShard"
_WHOLE = "MultiRegionClusterName"


def cluster(store: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for a cluster."""
    if disruption == "region":
        yield from _regions(store)
    elif disruption == "software":
        yield from _snapshots(store)
    else:
        replicas = store.get(_REPLICAS, default=facts.MEMORY_REPLICAS.value)
        back = Back.FAILOVER if replicas.number else Back.START
        yield lossless("a log in several zones", facts.MEMORY_LOG.page, back, because(store, _REPLICAS, replicas))


def _snapshots(store: Resource) -> Iterator[Way]:
    # What holds where CloudFormation says nothing, no page tells; Terraform's documentation says 0.
    limit = store.get(_LIMIT)
    if limit.number == 0:
        return
    yield Way(
        "daily snapshots",
        facts.MEMORY_SNAPSHOTS.value,
        Back.RESTORE,
        facts.MEMORY_SNAPSHOTS.page,
        every=("memorydb", facts.MEMORY_SNAPSHOTS.value),
        reach=days(limit),
        sure=limit.number is not None,
        because=because(store, _LIMIT, limit),
    )


def _regions(store: Resource) -> Iterator[Way]:
    """The clusters of the other Regions, which all take writes."""
    named = store.get(_WHOLE)
    if named.is_absent:
        return
    others = [
        one
        for one in store.deployment.of_type(TYPE)
        if one is not store and one.get(_WHOLE).is_same_as(named) is True and regions.is_apart(store, one) is not False
    ]
    way = Way("another Region of the cluster", facts.MEMORY_REGIONS.value, Back.NOTHING, facts.MEMORY_REGIONS.page)
    for one in others:
        is_sure = regions.is_apart(store, one) is True and bool(one.copies.number)
        told = stands(one, f"{one.title} of the same multi-Region cluster")
        yield replace(way, sure=is_sure, because=told, region=regions.name(one))
    if not others:
        yield replace(way, sure=False, because=because(store, _WHOLE, named))
