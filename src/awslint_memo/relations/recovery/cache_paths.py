"""Recovery paths for clusters of MemoryDB and caches of ElastiCache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import name_index
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record, replace
from awslint_memo.model.value import Value
from awslint_memo.relations import elasticache
from awslint_memo.relations.namers import by_text, namers
from awslint_memo.relations.recovery import facts, figures, kept_days, regions
from awslint_memo.relations.recovery.member_paths import by_copy
from awslint_memo.relations.recovery.periodic_backups import periodic
from awslint_memo.relations.recovery.recovery_paths import (
    Method,
    Path,
    at_least,
    because,
    in_seconds,
    lossless,
    stands,
)

MEMORY = "AWS::MemoryDB::Cluster"
BEHIND = "how far the secondary is behind: AWS documents no figure", "watch GlobalDatastoreReplicationLag"
_WINDOW = regex(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_LIMIT = "SnapshotRetentionLimit"
_MEMORY_REPLICAS = "NumReplicasPerShard"
_MEMORY_WHOLE = "MultiRegionClusterName"


def memory_cluster(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a cluster."""
    if disruption == "region":
        yield from _memory_regions(store)
    elif disruption == "software":
        yield from _memory_snapshots(store)
    else:
        replicas = store.get(_MEMORY_REPLICAS, default=facts.MEMORY_REPLICAS.value)
        back = Method.FAILOVER if replicas.number else Method.START
        reasons = because(store, _MEMORY_REPLICAS, replicas)
        yield lossless("a log in several zones", facts.MEMORY_LOG.page, back, reasons)


def _memory_snapshots(store: Resource) -> Iterator[Path]:
    # What holds where CloudFormation says nothing, no page tells; Terraform's documentation says 0.
    limit = store.get(_LIMIT)
    if limit.number == 0:
        return
    reasons = because(store, _LIMIT, limit)
    window = _window(store)
    way = periodic("daily snapshots", facts.MEMORY_SNAPSHOTS, "memorydb", limit, reasons, "software", window=window)
    yield kept_days.doubted(way, store, limit)


def _memory_regions(store: Resource) -> Iterator[Path]:
    """The clusters of the other Regions, which all take writes."""
    named = store.get(_MEMORY_WHOLE)
    if named.is_absent:
        return
    joined = store.deployment.once(by_text(MEMORY, _MEMORY_WHOLE))
    same = joined.get(named.text, ()) if named.text is not None else [one for each in joined.values() for one in each]
    apart = regions.others_apart(store, same)
    others = [cluster for cluster in apart if cluster.get(_MEMORY_WHOLE).is_same_as(named) is True]
    lag = figures.MEMORY_LAG
    doubt = "how much is lost: AWS documents how far a Region typically is behind, and no RPO", "ask for 1m or more"
    way = replace(
        at_least("another Region of the cluster", lag, Method.NOTHING, ()), floor=0, lag=lag.value, doubt=doubt
    )
    for cluster in others:
        yield by_copy(way, store, cluster, f"{cluster.title} of the same multi-Region cluster")
    if not others:
        yield replace(way, sure=False, because=because(store, _MEMORY_WHOLE, named))


def _window(store: Resource) -> float | None:
    """The seconds of the daily window in which a snapshot begins (05:00-09:00); None where it is not written so."""
    written = None if store.type == SERVERLESS else store.get("SnapshotWindow").text
    match = _WINDOW.fullmatch(written or "")
    if match is None:
        return None
    start, end = (int(match[at]) * 60 + int(match[at + 1]) for at in (1, 3))
    return (end - start) % (24 * 60) * 60.0


SERVERLESS = "AWS::ElastiCache::ServerlessCache"
DATASTORE = "AWS::ElastiCache::GlobalReplicationGroup"


def has_snapshots(cache: Resource) -> bool:
    """Whether a cache can have snapshots, or may: nodes of Memcached can't."""
    return cache.type != elasticache.NODE_CLUSTER or elasticache.engine(cache) != "memcached"


def least_apart(store: Resource) -> tuple[float, str]:
    """Seconds between two snapshots that a program asks for, if it asks as often as one may, and AWS's page; 0 and none
    where no page bounds it, as in a group of several nodes, of which each has its own."""
    if store.type == MEMORY:
        return in_seconds(1) / figures.MEMORY_SNAPSHOTS_ASKED.value, figures.MEMORY_SNAPSHOTS_ASKED.page
    often = figures.MANUAL_SNAPSHOTS.value.get(store.type)
    if often is None or (store.type == elasticache.GROUP and not _is_one_node(store)):
        return 0, ""
    return in_seconds(1) / often, figures.MANUAL_SNAPSHOTS.page


def _is_one_node(group: Resource) -> bool:
    shards = group.get("NumNodeGroups")
    is_one_shard = (shards.is_absent or shards.number == 1) and len(group.get("NodeGroupConfiguration").items) < 2
    return is_one_shard and elasticache.fewest_replicas(group).number == 0 and not elasticache.scales_replicas(group)


def cache(store: Resource, disruption: str) -> Iterator[Path]:
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
        yield _serverless(store)


def _serverless(store: Resource) -> Path:
    """The copies of a serverless cache in other zones, which take over without a setting."""
    way = at_least(
        "copies in three zones", figures.CACHE_IN_ZONES, Method.FAILOVER, stands(store, "a serverless cache")
    )
    doubt = "how much is lost with a zone: AWS documents no figure", "declare `rebuildable` where it can be filled anew"
    return replace(way, doubt=doubt)


def _snapshots(store: Resource, disruption: str) -> Iterator[Path]:
    limit = store.get(_LIMIT, default=0)
    if limit.number == 0 or not has_snapshots(store):
        return
    reasons = because(store, _LIMIT, limit)
    window = _window(store)
    way = periodic("daily snapshots", facts.CACHE_SNAPSHOTS, "elasticache", limit, reasons, disruption, window=window)
    yield kept_days.doubted(way, store, limit)


def _replicas(group: Resource, disruption: str) -> Iterator[Path]:
    """Replicas that take over: in another zone, where a zone is lost."""
    count, switch = elasticache.fewest_replicas(group), elasticache.failover(group)
    spread = group.get("MultiAZEnabled", default=False)
    needed = [switch.flag] if disruption == "hardware" else [switch.flag, spread.flag]
    if count.number == 0:
        return
    has_one = count.number is not None or _surely_replicates(group)
    if False in needed:
        takes_over = switch if switch.flag is not False else None
        yield from _in_other_zones(group, disruption, takes_over, is_sure=has_one)
        return
    is_sure = has_one and None not in needed
    setting = ("AutomaticFailoverEnabled", switch) if disruption == "hardware" else ("MultiAZEnabled", spread)
    reasons = because(group, *setting)
    path = at_least("a replica that takes over", facts.CACHE_FAILOVER, Method.FAILOVER, reasons, sure=is_sure)
    doubt = "how far a replica is behind: AWS documents no figure", "watch ReplicationLag"
    if not has_one and None not in needed:
        doubt = "whether there is a replica that takes over: how many there are is not known", _counted(group)
    yield replace(path, doubt=doubt if None not in needed else None)


def _surely_replicates(group: Resource) -> bool:
    """Whether a group has a replica, however many nodes it has: it fails over by itself and is one shard, whose
    NumCacheClusters is `elasticache.FEWEST_NODES` at least then."""
    is_counted = not group.get("NumCacheClusters").is_absent and group.get("ReplicasPerNodeGroup").is_absent
    return is_counted and elasticache.failover(group).flag is True and elasticache.is_cluster_mode(group) is False


def _counted(group: Resource) -> str:
    """What tells how many replicas a group has."""
    names = [name for name in _COUNTS if not group.get(name).is_absent] or [_COUNTS[0]]
    number = "a number" if len(names) == 1 else "numbers"
    return f"write {' and '.join(group.in_file_words(name) for name in names)} as {number}"


_COUNTS = ("NumCacheClusters", "ReplicasPerNodeGroup", "NodeGroupConfiguration")


def _in_other_zones(group: Resource, disruption: str, takes_over: Value | None, *, is_sure: bool) -> Iterator[Path]:
    """Replicas that nothing sets apart: one takes over by a setting (takes_over), or else a person promotes it."""
    zones = {zone.text for zone in group.get("PreferredCacheClusterAZs").items}
    is_apart = disruption == "hardware" or len(zones - {None}) > 1
    if not is_apart and len(zones) == 1 and None not in zones:
        return
    if takes_over is None:
        how, method = "a replica that is promoted", Method.PROMOTE
        reasons = stands(group, "a replica, which does not take over by itself")
    else:
        how, method = "a replica that takes over", Method.FAILOVER
        reasons = because(group, "AutomaticFailoverEnabled", takes_over)
        is_sure = is_sure and takes_over.flag is True
    path = at_least(how, facts.CACHE_FAILOVER, method, reasons)
    doubt = "how far a replica is behind: AWS documents no figure", "watch ReplicationLag"
    if not is_apart:
        doubt = "in which zones the replicas are", f"write them, or set {group.in_file_words('MultiAZEnabled')}"
    yield replace(path, sure=is_sure and is_apart, doubt=doubt)


def _durability(group: Resource) -> Iterator[Path]:
    is_durable, mode = elasticache.is_durable(group), group.get("Durability")
    if is_durable is not False:
        how, reasons, bounds = "a log in several zones", because(group, "Durability", mode), figures.CACHE_DURABILITY
        path = at_least(how, facts.CACHE_FAILOVER, Method.FAILOVER, reasons, sure=is_durable is True)
        bound = bounds.value.get((mode.text or "").lower())
        yield replace(path, ceiling=None if bound is None else float(bound), source=bounds.page)


def _datastore(store: Resource) -> Iterator[Path]:
    """The secondaries of a global datastore, each in another Region."""
    if store.type != elasticache.GROUP:
        return
    for whole, members in datastores(store):
        joined = namers(whole, elasticache.GROUP, "GlobalReplicationGroupId")
        if not spend("comparisons", 1 + len(members) + len(joined)):
            return
        others = [group for group in (*members, *joined) if group is not None and group is not store]
        is_sure = store in members and (len(members) > 1 or any(regions.is_apart(store, group) for group in others))
        reasons = stands(whole, f"global datastore {whole.title}")
        yield replace(
            at_least(SECONDARY, facts.CACHE_GLOBAL, Method.PROMOTE, reasons, sure=is_sure),
            region=_region(whole, others),
            by=others[0] if len(others) == 1 else None,
            doubt=BEHIND if is_sure else None,
        )


SECONDARY = "secondary of the global datastore"
"""What reports call the way back by one."""

_Members: TypeAlias = "Sequence[Resource | None]"


def datastores(store: Resource) -> list[tuple[Resource, _Members]]:
    """The global datastores that have a replication group, or may, in order, each with its members; None for those
    that are not here."""
    known = store.deployment.once(_every_datastore)
    return [known.every[number] for number in sorted({*known.of_any, *known.of.get(store.name, ())})]


@record(frozen=True)
class _Datastores:
    """The global datastores with their members; which of them have, or may have, a group by its name; which any."""

    every: Sequence[tuple[Resource, _Members]]
    of: Mapping[str, Sequence[int]]
    of_any: Sequence[int]


def _every_datastore(deployment: Deployment) -> _Datastores:
    every: list[tuple[Resource, _Members]] = []
    of: dict[str, list[int]] = {}
    of_any: list[int] = []
    for number, whole in enumerate(deployment.of_type(DATASTORE)):
        written = whole.get("Members")
        named = [member.get("ReplicationGroupId") for member in written.items]
        members = [deployment.find(value, elasticache.GROUP) for value in named]
        every.append((whole, members))
        index = name_index(deployment, [written])
        for name in {*index.names, *(member.name for member in members if member is not None)}:
            of.setdefault(name, []).append(number)
        if index.may_be_any:
            of_any.append(number)
    return _Datastores(every, of, of_any)


def _region(whole: Resource, others: list[Resource]) -> str | None:
    """Where the secondary of a datastore stands, if it has one."""
    written = [member.get("ReplicationGroupRegion").text for member in whole.get("Members").items[1:]]
    known = {regions.name(other) for other in others} | {one for one in written if one is not None}
    return known.pop() if len(known) == 1 else None
