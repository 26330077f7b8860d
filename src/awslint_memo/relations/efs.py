"""Amazon EFS: the mount targets of a file system, whether it is in its replica's Region, and what backs it up."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import name_words
from awslint_memo.model.span import Span
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations import commanded_regions
from awslint_memo.relations.recovery import regions, tags
from awslint_memo.syntax.embedded import own_file

FILES = "AWS::EFS::FileSystem"
TARGET = "AWS::EFS::MountTarget"

BACKUP_STATUS = fact("DISABLED", page="efs/latest/ug/API_CreateFileSystem.html", read="2026-12-01")
"""The BackupPolicy of a regional file system for which none is given; that of One Zone is ENABLED."""

_CREATE = "efs/latest/ug/API_CreateFileSystem.html"

MAX_IO = fact("maxIO", page=_CREATE, read="2026-12-02")
"""The performance mode that neither One Zone has nor goes with elastic throughput (efs/latest/ug/performance.html)."""

DEFAULT_THROUGHPUT = fact("bursting", page=_CREATE, read="2026-12-02")
"""The throughput of a file system for which none is given."""

PROVISIONED = fact("provisioned", page=_CREATE, read="2026-12-02")
"""The throughput for which ProvisionedThroughputInMibps has to say how much it is."""

ELASTIC = fact("elastic", page="efs/latest/ug/performance.html", read="2026-12-02")
"""The throughput that goes with the General Purpose performance mode alone."""

WITHOUT_ARCHIVE = fact(
    ("bursting", "provisioned"), page="efs/latest/ug/API_PutLifecycleConfiguration.html", read="2026-12-02"
)
"""The throughputs with which no files go to the storage class Archive: EFS refuses TransitionToArchive
(https://github.com/aws/aws-cdk/pull/33713)."""

_OWN_REGION = regex(r"AWS::Region|data\.aws_region\.\w+\.(?:id|name|region)")
_SELECTION = "AWS::Backup::BackupSelection"


def is_regional(files: Resource) -> bool:
    """Whether a file system surely is in several zones, and not in One Zone."""
    return files.get("AvailabilityZoneName").is_absent


def mount_targets(files: Resource) -> Sequence[Resource] | None:
    """All mount targets of a file system, each of which may stand for several; None where there may be others."""
    if files.copies.number != 1 or files.may_be_completed() or files.is_exposed(to_modules=False):
        return None
    found, unclear = files.deployment.once(_targets)
    return None if unclear.may_be(files) else found.get(files.name, [])


def _targets(deployment: Deployment) -> tuple[dict[str, list[Resource]], NameIndex]:
    """The mount targets of each file system, and the file systems that others may belong to."""
    found: dict[str, list[Resource]] = {}
    unclear: list[Value] = []
    for target in deployment.of_type(TARGET):
        named = target.get("FileSystemId")
        files = deployment.find(named, FILES)
        if files is None:
            unclear.append(named)
        else:
            found.setdefault(files.name, []).append(target)
    return found, name_index(deployment, unclear)


def same_region(files: Resource, replica: Value) -> tuple[str, list[tuple[Value | Span, str]]] | None:
    """The Region of a file system, as words, if a replica surely is in the same one, with what tells so; else None."""
    own = regions.told(files)
    key = replica.key if isinstance(replica, Unknown) else ""
    if files.terraform.provider.is_absent and _OWN_REGION.fullmatch(key):
        return "the Region of the file system", []
    if own is not None and own.text is not None and own.text == replica.text:
        return own.text, [(own, "its Region")] if files.language == "terraform" else []
    if replica.text is None or not commanded_regions.is_fixed(replica):
        return None
    commanded = next((one for one in commanded_regions.of_resource(files) if one.region == replica.text), None)
    return None if commanded is None else (commanded.region, [(commanded.place, commanded.words)])


_OF_SHORT_LIFE = frozenset(("cache", "caches", "scratch", "temp", "temporary", "tmp"))
"""Words in the names of file systems whose files are made anew. Chosen."""


def is_of_short_life(files: Resource) -> bool:
    """Whether a file system is named after what is made anew when it is lost: caches, temporary files."""
    name = tags.tags(files).get("Name")
    return not _OF_SHORT_LIFE.isdisjoint(name_words(f"{files.name} {'' if name is None else name.text or ''}"))


def is_written(value: Value) -> bool:
    """Whether a value is written, or a default, and not one that users of the template may choose besides."""
    return all(step.decides for step in value.origin.steps)


def may_be_selected(files: Resource, *, is_refused: bool = False) -> bool:
    """Whether a backup plan of this run or of an unread module may back up a file system, in this deployment or where
    other parameters are given; a tag that is named after backups is for a plan, wherever that is. is_refused: whether
    somebody wrote that it has no backups, so that an output is for who mounts it, and not for a plan."""
    if any("backup" in name_words(key) for key in tags.tags(files)):
        return True
    is_given = not is_refused and files.is_exposed(to_modules=False)
    if files.may_be_completed() or is_given or files.deployment.of_type(_SELECTION):
        return True
    source = own_file(files)
    return source is not None and _SELECTION in source.text
