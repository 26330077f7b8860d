"""Recovery paths for file systems of EFS and FSx, and for buckets of S3."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import inf

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Value
from awslint_memo.relations.recovery import (
    destinations,
    facts,
    family_copies,
    figures,
    regions,
    replication,
    version_deletions,
)
from awslint_memo.relations.recovery.periodic_backups import periodic
from awslint_memo.relations.recovery.recovery_paths import (
    Method,
    Path,
    at_least,
    because,
    days,
    in_seconds,
    lossless,
    stands,
    typically,
)

FILES = destinations.FILES
_FILE_ZONE = "AvailabilityZoneName"
_BACKUP_STATUS = "BackupPolicy.Status"


def file_system(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a file system: Regional, or in one zone."""
    if disruption != "software":
        yield from _file_replicas(store, disruption)
    if disruption == "region":
        return
    zone = store.get(_FILE_ZONE)
    is_regional = True if zone.is_absent else False if zone.text is not None else None
    if disruption == "hardware" or (disruption == "az" and is_regional is not False):
        words = "files are kept in several zones" if is_regional else "files are kept on several machines"
        way = lossless("copies in the Region", facts.FILE_COPIES.page, Method.NOTHING, stands(store, words))
        yield replace(way, sure=disruption == "hardware" or is_regional is True)
    yield from _file_backups(store, disruption, may_be_default=is_regional is not True)


def _file_backups(store: Resource, disruption: str, *, may_be_default: bool) -> Iterator[Path]:
    status = store.get(_BACKUP_STATUS)
    # The API turns them on for One Zone where nobody says otherwise; whether CloudFormation leaves that so is not told.
    if (status.is_absent and not may_be_default) or (status.text is not None and status.text != "ENABLED"):
        return
    reasons, reach = because(store, _BACKUP_STATUS, status), in_seconds(facts.FILE_BACKUP_DAYS.value)
    path = at_least("automatic backups", facts.FILE_BACKUPS, Method.RESTORE, reasons, sure=status.text == "ENABLED")
    kept = reach if disruption == "software" else None
    # The plan is one of AWS Backup, which starts a backup within this time where nobody says otherwise.
    seconds = float(facts.FILE_BACKUPS.value + 60 * facts.START_WINDOW.value)
    yield replace(path, reach=kept, every=("efs", facts.FILE_BACKUPS.value), expected=(seconds, seconds))


def _file_replicas(store: Resource, disruption: str) -> Iterator[Path]:
    """Replicas: in another Region, or in another zone, where only a zone is lost."""
    whole = store.get("ReplicationConfiguration")
    written = whole.get("Destinations")
    if not whole.is_absent and not written.is_known:
        yield replace(_file_replica(store, "a replica that is not known"), sure=False)
        return
    for destination in written.items:
        region, zone = destination.get("Region"), destination.get(_FILE_ZONE)
        apart = regions.is_elsewhere(store, region.text)
        if disruption != "region" and apart is not True:
            is_other = zone.is_absent or zone.is_same_as(store.get(_FILE_ZONE)) is False
            apart = True if is_other or disruption == "hardware" else None
        if apart is not False:
            where = f"a replica in {region.text}" if region.text else "a replica"
            place = region.text if disruption == "region" else None
            yield replace(
                _file_replica(store, where), sure=apart is True, because=((destination.place, where),), region=place
            )


def _file_replica(store: Resource, words: str) -> Path:
    return typically("replication", facts.FILE_REPLICATION, Method.PROMOTE, stands(store, words))


SHARES = "AWS::FSx::FileSystem"
_CONFIGURATIONS = {
    "LUSTRE": "LustreConfiguration",
    "ONTAP": "OntapConfiguration",
    "OPENZFS": "OpenZFSConfiguration",
    "WINDOWS": "WindowsConfiguration",
}
SHARE_NAMES = {"LUSTRE": "Lustre", "ONTAP": "ONTAP", "OPENZFS": "OpenZFS", "WINDOWS": "Windows"}
"""What people call the kinds."""


def share_kind(store: Resource) -> str:
    """The kind of a file system; empty if it is not known."""
    written = store.get("FileSystemType").text or ""
    return written if written in _CONFIGURATIONS else ""


def share(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a file system; a copy in another Region is only made by AWS Backup."""
    if disruption == "region":
        return
    if disruption != "software":
        yield from _share_copies(store, disruption)
    yield from _share_backups(store, disruption)


def _setting(store: Resource, name: str) -> tuple[str, Value]:
    """A setting of the configuration that its kind has, with its path."""
    own = _CONFIGURATIONS.get(share_kind(store))
    for configuration in (own,) if own else _CONFIGURATIONS.values():
        value = store.get(f"{configuration}.{name}")
        if not value.is_absent:
            return f"{configuration}.{name}", value
    return f"{own or _CONFIGURATIONS['WINDOWS']}.{name}", Absent(store.place)


def _share_backups(store: Resource, disruption: str) -> Iterator[Path]:
    # Other defaults differ between tools, so where nothing is written, backups may be on or off.
    path, kept = _setting(store, "AutomaticBackupRetentionDays")
    if kept.number == 0 or (kept.is_absent and share_kind(store) in figures.UNSAVED_SHARES.value):
        return
    yield periodic("automatic backups", facts.SHARE_BACKUPS, "fsx", kept, because(store, path, kept), disruption)


def _share_copies(store: Resource, disruption: str) -> Iterator[Path]:
    path, written = _setting(store, "DeploymentType")
    is_spread, page = (
        _is_spread(store, written),
        facts.SHARE_COPIES.value.get(share_kind(store), facts.SHARE_COPIES.page),
    )
    if is_spread is not False:
        way = Path("copies in two zones", 0, Method.FAILOVER, page, because=because(store, path, written))
        loss = 0 if share_kind(store) in facts.SYNCHRONOUS.value else None
        takes = figures.SHARE_FAILOVER.value.get(share_kind(store))
        yield replace(way, typical=loss, ceiling=loss, back_typical=takes, sure=is_spread is True)
    if is_spread is not True and disruption == "hardware":
        # In most cases only, so there is no ceiling.
        way = Path(
            "copies in its zone", 0, Method.FAILOVER, page, because=stands(store, "files are replicated in a zone")
        )
        yield replace(way, sure=share_kind(store) in facts.IN_MOST_CASES.value)


def _is_spread(store: Resource, written: Value) -> bool | None:
    """Whether a file system is in two zones: only if that is written, and never Lustre's."""
    if share_kind(store) == "LUSTRE":
        return False
    if written.text is not None:
        return written.text.startswith("MULTI_AZ")
    return False if written.is_absent and share_kind(store) == "WINDOWS" else None


BUCKET = replication.BUCKET
DIRECTORY = "AWS::S3Express::DirectoryBucket"
_VERSIONS_STATUS = "VersioningConfiguration.Status"


def bucket(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a bucket."""
    if disruption == "software":
        yield from _versions(store)
    elif disruption == "region":
        yield from replication.paths(store, partial(family_copies.bucket_named, store))
    elif disruption == "hardware" or not _is_in_one_zone(store):
        reasons = stands(store, "objects are kept in several zones")
        yield lossless("copies in several zones", facts.BUCKET_COPIES.page, Method.NOTHING, reasons)


def directory(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a directory bucket: it is in one zone, and has no versions and no replication."""
    if disruption == "hardware":
        reasons = stands(store, "objects are kept on several devices of one zone")
        yield lossless("copies in its zone", facts.DIRECTORY_COPIES.page, Method.NOTHING, reasons)


def _versions(store: Resource) -> Iterator[Path]:
    status = store.get(_VERSIONS_STATUS)
    if status.is_absent or (status.text is not None and status.text != "Enabled"):
        return
    way = lossless("versions", facts.BUCKET_VERSIONS.page, Method.RESTORE, because(store, _VERSIONS_STATUS, status))
    bound = None if version_deletions.may_delete(store) else way.ceiling
    reasons = [*way.because, *_destroyed(store)]
    yield replace(way, because=reasons, ceiling=bound, reach=_kept(store), sure=status.text == "Enabled")


def _destroyed(store: Resource) -> Iterator[tuple[Place, str]]:
    """That versions go with the bucket where Terraform deletes it with all that is in it."""
    forced = store.terraform.force_destroy
    if forced.flag is True and store.terraform.prevent_destroy.flag is not True:
        words = "force_destroy true: where Terraform destroys or replaces the bucket, its versions are gone too"
        yield forced.decided, words


def _kept(store: Resource) -> float | None:
    """How long versions that are not current are kept; infinite where no rule removes them."""
    rules = store.get("LifecycleConfiguration.Rules")
    if rules.is_unknown:
        return None
    kept = [days(written) for rule in rules.items for written in _expirations(rule)]
    known = [rule for rule in kept if rule is not None]
    return None if len(known) < len(kept) else min(known, default=inf)


def _expirations(rule: Value) -> Iterator[Value]:
    """The days after which a rule may delete versions that are not current, by its present and its former property."""
    if rule.get("Status").text == "Disabled":
        return
    if not (whole := rule.get("NoncurrentVersionExpiration")).is_absent:
        yield whole.get("NoncurrentDays")
    if not (former := rule.get("NoncurrentVersionExpirationInDays")).is_absent:
        yield former


def _is_in_one_zone(store: Resource) -> bool:
    """Whether a rule surely moves objects to a storage class in one zone."""
    rules = store.get("LifecycleConfiguration.Rules")
    return any(
        rule.get("Status").text == "Enabled"
        and any(each.get("StorageClass").text in facts.BUCKET_COPIES.value for each in rule.get("Transitions").items)
        for rule in rules.items
    )
