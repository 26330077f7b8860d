"""Ways back for file systems of EFS."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.relations.recovery import facts, regions
from awslint_memo.relations.recovery.reasons import because, in_seconds, stands
from awslint_memo.relations.recovery.ways import Back, Way, lossless

TYPE = "AWS::EFS::FileSystem"
_ZONE = "AvailabilityZoneName"
_STATUS = "BackupPolicy.Status"


def file_system(store: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for a file system: Regional, or in one zone."""
    if disruption != "software":
        yield from _replicas(store, disruption)
    if disruption == "region":
        return
    zone = store.get(_ZONE)
    is_regional = True if zone.is_absent else False if zone.text is not None else None
    if disruption == "hardware" or (disruption == "az" and is_regional is not False):
        words = "files are kept in several zones" if is_regional else "files are kept on several machines"
        way = lossless("copies in the Region", facts.FILE_COPIES.page, Back.NOTHING, stands(store, words))
        yield replace(way, sure=disruption == "hardware" or is_regional is True)
    yield from _backups(store, disruption, may_be_default=is_regional is not True)


def _backups(store: Resource, disruption: str, *, may_be_default: bool) -> Iterator[Way]:
    status = store.get(_STATUS)
    # The API turns them on for One Zone where nobody says otherwise; whether CloudFormation leaves that so is not told.
    if (status.is_absent and not may_be_default) or (status.text is not None and status.text != "ENABLED"):
        return
    yield Way(
        "automatic backups",
        facts.FILE_BACKUPS.value,
        Back.RESTORE,
        facts.FILE_BACKUPS.page,
        every=("efs", facts.FILE_BACKUPS.value),
        reach=in_seconds(facts.FILE_BACKUP_DAYS.value) if disruption == "software" else None,
        sure=status.text == "ENABLED",
        because=because(store, _STATUS, status),
    )


def _replicas(store: Resource, disruption: str) -> Iterator[Way]:
    """Replicas: in another Region, or in another zone, where only a zone is lost."""
    whole = store.get("ReplicationConfiguration")
    written = whole.get("Destinations")
    if not whole.is_absent and not written.is_known:
        yield replace(_replica(store, "a replica that is not known"), sure=False)
        return
    for one in written.items:
        region, zone = one.get("Region"), one.get(_ZONE)
        apart = regions.is_elsewhere(store, region.text)
        if disruption != "region" and apart is not True:
            is_other = zone.is_absent or zone.is_same_as(store.get(_ZONE)) is False
            apart = True if is_other or disruption == "hardware" else None
        if apart is not False:
            where = f"a replica in {region.text}" if region.text else "a replica"
            place = region.text if disruption == "region" else None
            yield replace(_replica(store, where), sure=apart is True, because=((one.place, where),), region=place)


def _replica(store: Resource, words: str) -> Way:
    reasons = stands(store, words)
    return Way("replication", facts.FILE_REPLICATION.value, Back.PROMOTE, facts.FILE_REPLICATION.page, because=reasons)
