"""Ways back for caches of ElastiCache."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.relations import elasticache
from awslint_memo.relations.recovery import facts, regions
from awslint_memo.relations.recovery.reasons import because, days, stands
from awslint_memo.relations.recovery.ways import Back, Way

SERVERLESS = "AWS::ElastiCache::ServerlessCache"
DATASTORE = "AWS::ElastiCache::GlobalReplicationGroup"
_LIMIT = "SnapshotRetentionLimit"


def has_snapshots(cache: Resource) -> bool:
    """Whether a cache can have snapshots, or may: nodes of Memcached can't."""
    return cache.type != elasticache.NODE_CLUSTER or elasticache.engine(cache) != "memcached"


def cache(store: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for a replication group, a cluster of nodes or a serverless cache."""
    if disruption == "region":
        yield from _datastore(store)
        return
    yield from _snapshots(store, disruption)
    if disruption == "software":
        return
    if store.type == elasticache.GROUP:
        yield from _replicas(store, disruption)
        yield from _durability(store)
    elif store.type == SERVERLESS:
        # No page gives a figure for what a serverless cache loses with a zone.
        yield Way(
            "copies of a serverless cache",
            facts.CACHE_FAILOVER.value,
            Back.FAILOVER,
            facts.CACHE_FAILOVER.page,
            sure=False,
            because=stands(store, "a serverless cache"),
        )


def _snapshots(store: Resource, disruption: str) -> Iterator[Way]:
    limit = store.get(_LIMIT, default=0)
    if limit.number == 0 or not has_snapshots(store):
        return
    yield Way(
        "daily snapshots",
        facts.CACHE_SNAPSHOTS.value,
        Back.RESTORE,
        facts.CACHE_SNAPSHOTS.page,
        every=("elasticache", facts.CACHE_SNAPSHOTS.value),
        reach=days(limit) if disruption == "software" else None,
        sure=limit.number is not None,
        because=because(store, _LIMIT, limit),
    )


def _replicas(group: Resource, disruption: str) -> Iterator[Way]:
    """Replicas that take over: in another zone, where a zone is lost."""
    count, switch = elasticache.fewest_replicas(group), elasticache.failover(group)
    spread = group.get("MultiAZEnabled", default=False)
    needed = [switch.flag] if disruption == "hardware" else [switch.flag, spread.flag]
    if count.number == 0 or False in needed:
        return
    name = "AutomaticFailoverEnabled" if disruption == "hardware" else "MultiAZEnabled"
    yield Way(
        "a replica takes over",
        facts.CACHE_FAILOVER.value,
        Back.FAILOVER,
        facts.CACHE_FAILOVER.page,
        sure=count.number is not None and None not in needed,
        because=because(group, name, switch if disruption == "hardware" else spread),
    )


def _durability(group: Resource) -> Iterator[Way]:
    is_durable = elasticache.is_durable(group)
    if is_durable is not False:
        yield Way(
            "a log in several zones",
            facts.CACHE_FAILOVER.value,
            Back.FAILOVER,
            facts.CACHE_FAILOVER.page,
            sure=is_durable is True,
            because=because(group, "Durability", group.get("Durability")),
        )


def _datastore(store: Resource) -> Iterator[Way]:
    """The secondaries of a global datastore, each in another Region."""
    if store.type != elasticache.GROUP:
        return
    deployment = store.deployment
    for whole in deployment.of_type(DATASTORE):
        members = [
            deployment.find(one.get("ReplicationGroupId"), elasticache.GROUP) for one in whole.get("Members").items
        ]
        if store not in members and not store.may_be_named_by(whole.get("Members")):
            continue
        joined = [
            one
            for one in deployment.of_type(elasticache.GROUP)
            if deployment.find(one.get("GlobalReplicationGroupId"), DATASTORE) is whole
        ]
        others = [one for one in (*members, *joined) if one is not None and one is not store]
        is_sure = store in members and (len(members) > 1 or any(regions.is_apart(store, one) for one in others))
        seconds, takes = facts.CACHE_GLOBAL.value
        way = Way("secondary of the global datastore", 0, Back.PROMOTE, facts.CACHE_GLOBAL.page)
        yield replace(
            way,
            typical=float(seconds),
            back_typical=float(takes),
            sure=is_sure,
            because=stands(whole, f"global datastore {whole.title}"),
            region=_region(whole, others),
        )


def _region(whole: Resource, others: list[Resource]) -> str | None:
    """Where the secondary of a datastore stands, if it has one."""
    written = [one.get("ReplicationGroupRegion").text for one in whole.get("Members").items[1:]]
    known = {regions.name(one) for one in others} | {one for one in written if one is not None}
    return known.pop() if len(known) == 1 else None
