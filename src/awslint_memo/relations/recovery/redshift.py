"""Ways back for clusters of Redshift and namespaces of Redshift Serverless."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.recovery import facts
from awslint_memo.relations.recovery.reasons import because, days, in_seconds, stands
from awslint_memo.relations.recovery.ways import Back, Way, lossless, typically

CLUSTER = "AWS::Redshift::Cluster"
NAMESPACE = "AWS::RedshiftServerless::Namespace"
_RETENTION = "AutomatedSnapshotRetentionPeriod"
_SCHEDULE = "aws_redshift_snapshot_schedule_association."


def cluster(store: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for a cluster."""
    if disruption == "region":
        yield from _copies(store)
        return
    if disruption != "software":
        yield from _storage(store, disruption)
    yield from _snapshots(store, disruption)


def has_managed_storage(store: Resource) -> bool | None:
    """Whether the data of a cluster are in managed storage; None if its type of nodes is not known."""
    kind = store.get("NodeType").text
    return None if kind is None else kind.lower().startswith(facts.MANAGED_STORAGE.value)


def _retention(store: Resource) -> Value:
    written = store.get(_RETENTION, default=facts.WAREHOUSE_RETENTION.value)
    if getattr(written, "defaulted", False) and not store.get("SnapshotIdentifier").is_absent:
        return Unknown("a restored cluster inherits it", written.place)
    return written


def _snapshots(store: Resource, disruption: str) -> Iterator[Way]:
    kept, is_managed = _retention(store), has_managed_storage(store)
    if kept.number == 0 and is_managed is False:
        return
    way = _of_snapshots(store, "automated snapshots", facts.WAREHOUSE_SNAPSHOTS.page)
    if disruption == "hardware":
        # Most likely, other nodes have what one has lost.
        way = replace(way, typical=None)
    # What can't be turned off is there, but how long it is kept is not what is written.
    reach = days(kept) if disruption == "software" and kept.number != 0 else None
    is_sure = is_managed is True or bool(kept.number)
    yield replace(way, reach=reach, sure=is_sure, because=because(store, _RETENTION, kept))


def _of_snapshots(store: Resource, how: str, page: str) -> Way:
    """Snapshots as Redshift makes them, or by a schedule, of which nothing is told here."""
    has_schedule = any(_SCHEDULE in one for one in store.companions)
    return Way(how, 0, Back.RESTORE, page, typical=None if has_schedule else float(facts.WAREHOUSE_SNAPSHOTS.value))


def _storage(store: Resource, disruption: str) -> Iterator[Way]:
    page, is_managed = facts.MANAGED_STORAGE.page, has_managed_storage(store)
    spread = store.get("MultiAZ", default=False)
    if disruption == "az" and spread.flag is not False:
        way = lossless("nodes in two zones", page, Back.FAILOVER, because(store, "MultiAZ", spread))
        yield replace(way, sure=spread.flag is True)
    reasons = because(store, "NodeType", store.get("NodeType"))
    if disruption == "hardware":
        if is_managed:
            yield lossless("managed storage", page, Back.FAILOVER, reasons)
        else:
            yield Way("copies on other nodes", 0, Back.FAILOVER, page, sure=False, because=reasons)
    elif is_managed is not False:
        yield Way("managed storage of the Region", 0, Back.START, page, sure=is_managed is True, because=reasons)


def _copies(store: Resource) -> Iterator[Way]:
    region = store.get("DestinationRegion")
    if not region.is_absent:
        way = _of_snapshots(store, "snapshots copied to another Region", facts.WAREHOUSE_COPIES.page)
        reasons = because(store, "DestinationRegion", region)
        yield replace(way, sure=region.text is not None, because=reasons, region=region.text)


def namespace(store: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for a namespace of Redshift Serverless."""
    if disruption == "region":
        for one in store.get("SnapshotCopyConfigurations").items:
            # Whether recovery points are copied too, or snapshots only, is not told.
            way = Way("snapshots copied to another Region", 0, Back.RESTORE, facts.WAREHOUSE_COPIES.page, sure=False)
            yield replace(way, because=((one.place, "copies of snapshots"),))
        return
    reasons = stands(store, "recovery points every 30 minutes, kept for 24 hours")
    reach = in_seconds(facts.RECOVERY_POINT_DAYS.value) if disruption == "software" else None
    way = typically("recovery points", facts.RECOVERY_POINTS, Back.RESTORE, reasons, reach=reach)
    # After a failure, the data themselves are most likely there still.
    yield way if disruption == "software" else replace(way, typical=None)
    if disruption != "software":
        words = stands(store, "a serverless namespace")
        yield Way("storage of the namespace", 0, Back.START, facts.RECOVERY_POINTS.page, sure=False, because=words)
