"""Ways back for tables of DynamoDB."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.relations import dynamodb
from awslint_memo.relations.recovery import facts, regions
from awslint_memo.relations.recovery.reasons import because, days, in_seconds, stands
from awslint_memo.relations.recovery.ways import Back, Way, lossless, typically

_SPECIFICATION = "PointInTimeRecoverySpecification"
_ENABLED = f"{_SPECIFICATION}.PointInTimeRecoveryEnabled"
_PERIOD = f"{_SPECIFICATION}.RecoveryPeriodInDays"


def table(store: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for a table, with its replicas in other Regions."""
    if disruption == "software":
        yield from _point_in_time(store)
    elif disruption == "region":
        yield from _replicas(store)
    else:
        reasons = stands(store, "a table is kept in several zones")
        yield lossless("copies in several zones", facts.TABLE_COPIES.page, Back.NOTHING, reasons)


def _point_in_time(store: Resource) -> Iterator[Way]:
    own = [(store.get(_ENABLED), store.get(_PERIOD))] if store.type == dynamodb.TABLE else []
    replicas = dynamodb.replicas(store)
    switches = [*own, *((one.get(_ENABLED), one.get(_PERIOD)) for one in replicas)]
    for enabled, period in switches:
        # Nobody switches it on where nothing is written.
        if enabled.is_absent or enabled.flag is False:
            continue
        reach = in_seconds(facts.TABLE_RECOVERY_DAYS.value) if period.is_absent else days(period)
        reasons = because(store, _ENABLED, enabled)
        way = typically("point-in-time recovery", facts.TABLE_RESTORE, Back.RESTORE, reasons, reach=reach)
        yield replace(way, sure=enabled.flag is True)


def _replicas(store: Resource) -> Iterator[Way]:
    others = dynamodb.other_replicas(store)
    if not others:
        if others is None or dynamodb.is_replicated(store):
            way = typically("replica in another Region", facts.TABLE_REPLICATION, Back.NOTHING)
            yield replace(way, sure=False, because=stands(store, "which replicas there are is not known"))
        return
    yield from (replace(_replica(store, one.place), region=_region(one)) for one in others)


def _replica(store: Resource, place: Place) -> Way:
    how, words = "replica in another Region", "a replica in another Region"
    if dynamodb.is_eventually_consistent(store):
        reasons = ((place, f"{words}; AWS gives its RPO as usually a few seconds"),)
        return typically(how, facts.TABLE_REPLICATION, Back.NOTHING, reasons)
    if _is_strong(store):
        reasons = ((place, f"{words}, strongly consistent"),)
        return lossless(how, facts.TABLE_REPLICATION.page, Back.NOTHING, reasons)
    return Way(how, 0, Back.NOTHING, facts.TABLE_REPLICATION.page, because=((place, words),))


def _region(replica: Value | Resource) -> str | None:
    """The Region of a replica, which is a block of a table or a resource of its own."""
    return replica.get("Region").text if isinstance(replica, Value) else regions.name(replica)


def _is_strong(store: Resource) -> bool:
    if store.type == dynamodb.GLOBAL_TABLE:
        return store.get("MultiRegionConsistency").text == "STRONG"
    modes = [one.get("ConsistencyMode") for one in dynamodb.replicas(store)]
    return bool(modes) and all(mode.text == "STRONG" for mode in modes)
