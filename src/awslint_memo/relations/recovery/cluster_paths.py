"""Recovery paths for clusters of DocumentDB and Neptune, whose storage is in three zones as Aurora's is, and for
domains of OpenSearch Service.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.record import record, replace
from awslint_memo.model.spelled import whole
from awslint_memo.model.value import Value
from awslint_memo.relations.namers import by_text, namers
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import cluster_kinds, facts, figures, kept_days, regions
from awslint_memo.relations.recovery.cluster_kinds import DOCUMENTS, KINDS, Kind
from awslint_memo.relations.recovery.member_paths import by_copy, global_cluster, in_another_stack
from awslint_memo.relations.recovery.recovery_paths import (
    Method,
    Path,
    because,
    days,
    in_seconds,
    lossless,
    stands,
    usually,
)

RETENTION = "BackupRetentionPeriod"


def cluster(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a cluster."""
    kind = KINDS[cluster_kinds.service(store)]
    if disruption == "software":
        yield _backups(store, kind)
    elif disruption == "region":
        yield from _global(store, kind)
    else:
        yield _copies(store, kind, disruption)


def _backups(store: Resource, kind: Kind) -> Path:
    is_restored = not store.get("SnapshotIdentifier").is_absent
    kept = store.get(RETENTION) if is_restored else store.get(RETENTION, default=kind.retention)
    reasons = because(store, RETENTION, kept)
    path = Path("continuous backups", 0, Method.RESTORE, kind.pages[0], reach=days(kept), because=reasons)
    return kept_days.doubted(path, store, kept)


def _copies(store: Resource, kind: Kind, disruption: str) -> Path:
    """The storage outlives a zone; how soon it is used again depends on the instances."""
    how, page = "copies of the storage in three zones", kind.pages[1]
    count, first = _instances(store)
    if not count or first is None or (disruption == "az" and count > 1 and _are_in_one_zone(store)):
        words = "no instances" if count == 0 else "instances of which not all are known"
        where = stands(store, words) if first is None else stands(first, "all instances are in one zone")
        return lossless(how, page, Method.START, where)
    failover, start = kind.takes
    if count == 1:
        words = f"{first.title} is the only instance"
        if disruption == "hardware":
            return replace(lossless(how, page, Method.START, stands(first, words)), back_typical=start)
        # Where a new instance is made when a whole zone is lost, the pages don't tell.
        words += "; when its zone is lost, make one in another zone"
        return lossless(how, page, Method.START, stands(first, words))
    way = lossless(how, page, Method.FAILOVER, stands(first, f"{count} instances"))
    return replace(way, back_typical=failover)


def instances_of(store: Resource) -> list[Resource] | None:
    """The instances of a cluster; None where some may be its or not."""
    known = store.deployment.once(_MEMBERS[store.type])
    if store.is_open or known.unclear - {store.name} or known.name_index.may_be(store):
        return None
    text = store.get("DBClusterIdentifier").text
    members = [*known.of.get(store.name, ()), *(known.by_text.get(text, ()) if text is not None else ())]
    return list({member.name: member for member in members}.values())


@record(frozen=True)
class _Members:
    """The instances of clusters: those that name one, by its name, and those that name any, by the text.

    unclear: the clusters that the rest names, empty for none that is known. name_index: what the rest may name.
    """

    of: Mapping[str, Sequence[Resource]]
    by_text: Mapping[str, Sequence[Resource]]
    unclear: frozenset[str]
    name_index: NameIndex


def _every_member(type_: str, instances: str) -> Callable[[Deployment], _Members]:
    """What works out, for a deployment, the instances of its clusters of a type."""

    def members(deployment: Deployment) -> _Members:
        of: dict[str, list[Resource]] = {}
        by_text: dict[str, list[Resource]] = {}
        unclear: set[str] = set()
        unmatched: list[Value] = []
        for instance in deployment.of_type(instances):
            named = instance.get("DBClusterIdentifier")
            cluster = deployment.find(named, type_)
            if cluster is not None:
                of.setdefault(cluster.name, []).append(instance)
            else:
                unmatched.append(named)
            if named.text is not None:
                by_text.setdefault(named.text, []).append(instance)
            if named.is_unknown:
                unclear.add("" if cluster is None else cluster.name)
        return _Members(of, by_text, frozenset(unclear), name_index(deployment, unmatched))

    return members


_MEMBERS = {
    type_: _every_member(type_, f"{type_.removesuffix('Cluster')}Instance") for type_ in (*KINDS, databases.CLUSTER)
}


def _instances(store: Resource) -> tuple[int | None, Resource | None]:
    members = instances_of(store)
    if members is None or store.copies.number != 1:
        return None, None
    counts = [member.copies.number for member in members]
    if None in counts:
        return None, None
    return math.trunc(sum(count or 0 for count in counts)), next(iter(members), None)


def _are_in_one_zone(store: Resource) -> bool:
    zones = [member.get("AvailabilityZone").text for member in instances_of(store) or ()]
    return len(set(zones)) == 1 and bool(zones[0])


def is_secondary(store: Resource) -> bool:
    """Whether a cluster is or may be the secondary of a global one: the first, or one with credentials, is not."""
    named = store.get("GlobalClusterIdentifier")
    if named.is_absent:
        return False
    if cluster_kinds.service(store) == DOCUMENTS:
        has_user = not store.get("MasterUsername").is_absent or store.get("ManageMasterUserPassword").flag is True
        return not has_user and store.get("SnapshotIdentifier").is_absent
    # Clusters of Neptune have no users: in one deployment, the first that names the global database is the primary.
    others = _of_same_whole(store)
    first = min(others, key=lambda cluster: (cluster.place.span.path, cluster.place.span.line), default=store)
    return len(others) > 1 and first is not store


def _of_same_whole(store: Resource) -> list[Resource]:
    """The clusters that surely name the same global cluster as one, itself among them.

    Where there are too many to compare, the rest is left out, and the run says so.
    """
    named = store.get("GlobalClusterIdentifier")
    whole = store.deployment.find(named, *cluster_kinds.wholes(cluster_kinds.service(store)))
    if whole is not None:
        return list(namers(whole, store.type, "GlobalClusterIdentifier"))
    joined = store.deployment.once(by_text(store.type, "GlobalClusterIdentifier"))
    groups = [joined.get(named.text, ())] if named.text is not None else joined.values()
    others = (cluster for group in groups for cluster in group if cluster is store or spend("comparisons"))
    return [
        cluster
        for cluster in others
        if cluster is store or named.is_same_as(cluster.get("GlobalClusterIdentifier")) is True
    ]


def _global(store: Resource, kind: Kind) -> Iterator[Path]:
    """Secondaries of a global cluster, each in another Region."""
    named = store.get("GlobalClusterIdentifier")
    whole = global_cluster(store, *cluster_kinds.wholes(cluster_kinds.service(store)))
    if whole is None and named.is_absent:
        return
    members = namers(whole, store.type, "GlobalClusterIdentifier") if whole is not None else _of_same_whole(store)
    secondaries = regions.others_apart(store, members)
    for secondary in secondaries:
        back = Method.START if instances_of(secondary) == [] else Method.PROMOTE
        path = usually(f"secondary {secondary.title} of the global cluster", kind.loss, kind.lag, back)
        path = replace(path, back_typical=kind.promotion if back == Method.PROMOTE else None)
        yield by_copy(path, store, secondary, f"secondary {secondary.title}")
    if not secondaries:
        # In this deployment is no other member; it may be in another stack.
        place = whole.place if whole is not None else named.place
        way = usually("secondary of the global cluster", kind.loss, kind.lag, Method.PROMOTE)
        yield in_another_stack(way, place, "a global cluster")


DOMAIN = "AWS::OpenSearchService::Domain"
OLD_DOMAIN = "AWS::Elasticsearch::Domain"
_VERSION = "EngineVersion"
_OLD_VERSION = "ElasticsearchVersion"


def domain(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a domain. Nothing tells how many replicas its indexes have."""
    recovery = store.deployment.declared.recovery
    if disruption in ("software", "region") and (recovery is None or not recovery.complete):
        # They are made by calls to the domain itself.
        page, reasons = facts.INDEX_SNAPSHOTS.page, stands(store, "manual snapshots, which no template shows")
        yield Path("manual snapshots", 0, Method.RESTORE, page, sure=False, because=reasons, seen=False)
    if disruption == "software":
        yield _domain_snapshots(store)
    elif disruption != "region":
        yield _index_replicas(store)


def _index_replicas(store: Resource) -> Path:
    """The replicas of the indexes: how many there are is said to the domain, on what they may be in a template."""
    configuration = "ElasticsearchClusterConfig" if store.type == OLD_DOMAIN else "ClusterConfig"
    paths = (f"{configuration}.{name}" for name in ("InstanceCount", "ZoneAwarenessEnabled"))
    known = [(path, value) for path in paths if not (value := store.get(path)).is_absent]
    fact, reasons = figures.INDEX_COPIES, [reason for each in known for reason in because(store, *each)]
    doubt = f"how many replicas each index has, by default {fact.value}", "ask the domain: GET _cat/indices"
    reasons = reasons or list(stands(store, "replicas of its indexes"))
    return Path("replicas of the indexes", 0, Method.FAILOVER, fact.page, sure=False, because=reasons, doubt=doubt)


def _domain_snapshots(store: Resource) -> Path:
    hour, kept = facts.INDEX_SNAPSHOTS.value
    version, is_hourly = _version(store), _is_hourly(store)
    floor = facts.OLD_INDEX_SNAPSHOTS.value if is_hourly is False else hour
    return Path(
        "automated snapshots",
        floor,
        Method.RESTORE,
        facts.INDEX_SNAPSHOTS.page,
        typical=float(figures.INDEX_LOSS.value) if is_hourly else None,
        reach=in_seconds(kept) if is_hourly else None,
        sure=is_hourly is not None and not _may_be_paused(store),
        because=because(store, _OLD_VERSION if store.type == OLD_DOMAIN else _VERSION, version),
        every=("opensearch", floor),
    )


def _may_be_paused(store: Resource) -> bool:
    """Whether somebody paused the snapshots of a domain for some days, which the older type can't say."""
    return store.type == DOMAIN and not store.get("AutomatedSnapshotPauseOptions").is_absent


def _version(store: Resource) -> Value:
    """The version of the engine of a domain."""
    if store.type == OLD_DOMAIN:
        return store.get(_OLD_VERSION, default=facts.OLDEST_INDEX.value)
    return store.get(_VERSION)


def _is_hourly(store: Resource) -> bool | None:
    """Whether snapshots are made hourly; of old versions of Elasticsearch they are daily. None if not known."""
    version = _version(store)
    if version.is_absent or version.starts_with("OpenSearch_") is True:
        return True
    numbers = re.fullmatch(r"(?:Elasticsearch_)?(\d+)\.(\d+)", version.text or "")
    return None if numbers is None else (whole(numbers[1]), whole(numbers[2])) >= facts.HOURLY_SINCE.value
