"""Ways back for file systems of FSx."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.model.value import Absent, Value
from awslint_memo.relations.recovery import facts
from awslint_memo.relations.recovery.reasons import because, days, stands
from awslint_memo.relations.recovery.ways import Back, Way

TYPE = "AWS::FSx::FileSystem"
_CONFIGURATIONS = {
    "LUSTRE": "LustreConfiguration",
    "ONTAP": "OntapConfiguration",
    "OPENZFS": "OpenZFSConfiguration",
    "WINDOWS": "WindowsConfiguration",
}
NAMES = {"LUSTRE": "Lustre", "ONTAP": "ONTAP", "OPENZFS": "OpenZFS", "WINDOWS": "Windows"}
"""What people call the kinds."""


def kind(store: Resource) -> str:
    """The kind of a file system; empty if it is not known."""
    written = store.get("FileSystemType").text or ""
    return written if written in _CONFIGURATIONS else ""


def file_system(store: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for a file system; a copy in another Region is only made by AWS Backup."""
    if disruption == "region":
        return
    if disruption != "software":
        yield from _copies(store, disruption)
    yield from _backups(store, disruption)


def _setting(store: Resource, name: str) -> tuple[str, Value]:
    """A setting of the configuration that its kind has, with its path."""
    wanted = _CONFIGURATIONS.get(kind(store))
    for configuration in (wanted,) if wanted else _CONFIGURATIONS.values():
        value = store.get(f"{configuration}.{name}")
        if not value.is_absent:
            return f"{configuration}.{name}", value
    return f"{wanted or _CONFIGURATIONS['WINDOWS']}.{name}", Absent(store.place)


def _backups(store: Resource, disruption: str) -> Iterator[Way]:
    # Defaults differ between kinds and tools, so where nothing is written, backups may be on or off.
    path, kept = _setting(store, "AutomaticBackupRetentionDays")
    if kept.number == 0:
        return
    yield Way(
        "automatic backups",
        facts.SHARE_BACKUPS.value,
        Back.RESTORE,
        facts.SHARE_BACKUPS.page,
        every=("fsx", facts.SHARE_BACKUPS.value),
        reach=days(kept) if disruption == "software" else None,
        sure=kept.number is not None,
        because=because(store, path, kept),
    )


def _copies(store: Resource, disruption: str) -> Iterator[Way]:
    path, written = _setting(store, "DeploymentType")
    is_spread, page = _is_spread(store, written), facts.SHARE_COPIES.value.get(kind(store), facts.SHARE_COPIES.page)
    if is_spread is not False:
        way = Way("copies in two zones", 0, Back.FAILOVER, page, because=because(store, path, written))
        loss = 0 if kind(store) in facts.SYNCHRONOUS.value else None
        yield replace(way, typical=loss, ceiling=loss, sure=is_spread is True)
    if is_spread is not True and disruption == "hardware":
        # In most cases only, so there is no ceiling.
        way = Way("copies in its zone", 0, Back.FAILOVER, page, because=stands(store, "files are replicated in a zone"))
        yield replace(way, sure=kind(store) in facts.IN_MOST_CASES.value)


def _is_spread(store: Resource, written: Value) -> bool | None:
    """Whether a file system is in two zones: only if that is written, and never Lustre's."""
    if kind(store) == "LUSTRE":
        return False
    if written.text is not None:
        return written.text.startswith("MULTI_AZ")
    return False if written.is_absent and kind(store) == "WINDOWS" else None
