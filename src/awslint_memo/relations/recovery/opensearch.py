"""Ways back for domains of OpenSearch Service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.relations.recovery import facts
from awslint_memo.relations.recovery.reasons import because, in_seconds, stands
from awslint_memo.relations.recovery.ways import Back, Way

TYPE = "AWS::OpenSearchService::Domain"
_VERSION = "EngineVersion"


def domain(store: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for a domain. Nothing tells how many replicas its indexes have."""
    recovery = store.deployment.declared.recovery
    if disruption in ("software", "region") and (recovery is None or not recovery.complete):
        # They are made by calls to the domain itself.
        page, reasons = facts.INDEX_SNAPSHOTS.page, stands(store, "manual snapshots, which no template shows")
        yield Way("manual snapshots", 0, Back.RESTORE, page, sure=False, because=reasons, seen=False)
    if disruption == "software":
        yield _snapshots(store)
    elif disruption != "region":
        page, reasons = facts.INDEX_SNAPSHOTS.page, stands(store, "replicas of its indexes, which no template tells")
        yield Way("replicas of the indexes", 0, Back.FAILOVER, page, sure=False, because=reasons)


def _snapshots(store: Resource) -> Way:
    hour, kept = facts.INDEX_SNAPSHOTS.value
    version, is_hourly = store.get(_VERSION), _is_hourly(store)
    floor = facts.OLD_INDEX_SNAPSHOTS.value if is_hourly is False else hour
    return Way(
        "automated snapshots",
        floor,
        Back.RESTORE,
        facts.INDEX_SNAPSHOTS.page,
        reach=in_seconds(kept) if is_hourly else None,
        # They can be paused for some days.
        sure=is_hourly is not None and store.get("AutomatedSnapshotPauseOptions").is_absent,
        because=because(store, _VERSION, version),
        every=("opensearch", floor),
    )


def _is_hourly(store: Resource) -> bool | None:
    """Whether snapshots are made hourly; of old versions of Elasticsearch they are daily. None if not known."""
    version = store.get(_VERSION)
    if version.is_absent or version.starts_with("OpenSearch_") is True:
        return True
    found = re.fullmatch(r"Elasticsearch_(\d+)\.(\d+)", version.text or "")
    return None if found is None else (int(found[1]), int(found[2])) >= facts.HOURLY_SINCE.value
