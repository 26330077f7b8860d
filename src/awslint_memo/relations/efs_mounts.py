"""How tasks of Amazon ECS and servers mount file systems of EFS, and what the policy of one denies of that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations.efs import FILES
from awslint_memo.relations.iam.statements import action_fits, is_anybody, statements
from awslint_memo.relations.xray.tracers import USER_DATA, script_in
from awslint_memo.syntax.embedded import parse_embedded

MOUNTS = fact("elasticfilesystem:ClientMount", page="efs/latest/ug/iam-access-control-nfs-efs.html", read="2026-12-02")
"""What a client asks the policy of a file system for; without a policy everybody is let in who reaches it."""

_VOLUME = "AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html"

OFF = fact("DISABLED", page=_VOLUME, read="2026-12-02")
"""TransitEncryption and IAM of a volume where nobody says so."""

_TLS, _POINT = "aws:securetransport", "elasticfilesystem:accesspointarn"
_OTHER_THAN = ("arnnotequals", "arnnotlike", "stringnotequals", "stringnotlike")
_SAME_AS = ("arnequals", "arnlike", "stringequals", "stringlike")
LACKS = {_TLS: "connections without TLS", _POINT: "mounts without an access point", "iam": "mounts without IAM"}
"""What a mount may lack, in words."""

_BY_VOLUME = {
    _TLS: "set TransitEncryption to ENABLED",
    _POINT: "set AuthorizationConfig.AccessPointId",
    "iam": "set AuthorizationConfig.IAM to ENABLED",
}
_BY_SCRIPT = {
    _TLS: "mount it with -t efs -o tls",
    _POINT: "mount it with -t efs -o tls,accesspoint= and its id",
    "iam": "mount it with -t efs -o tls,iam",
}
"""How a volume, and the script of a server, mount it otherwise (efs/latest/ug/efs-mount-helper.html)."""


@record(frozen=True, eq=False)
class Mount:
    """A file system of EFS in a volume of a task. volume: its EFSVolumeConfiguration."""

    volume: Value

    def setting(self, path: str) -> Value:
        """A setting of the volume; the volume itself has none where it is Absent."""
        return self.volume.get(path)

    def is_off(self, path: str) -> bool:
        """Whether TransitEncryption or IAM surely is off."""
        value = self.volume.get(path)
        return value.is_absent or value.is_one_of(OFF)

    @property
    def lacks(self) -> set[str]:
        """What the mount surely does without."""
        point = self.volume.get("AuthorizationConfig.AccessPointId")
        offs = ((_TLS, "TransitEncryption"), ("iam", "AuthorizationConfig.IAM"))
        return {name for name, path in offs if self.is_off(path)} | ({_POINT} if point.is_absent else set())


def mounts(task: Resource) -> Iterator[Mount]:
    """The volumes of a task that are file systems of EFS."""
    for volume in task.get("Volumes").items:
        configuration = volume.get("EFSVolumeConfiguration")
        if configuration.fields:
            yield Mount(configuration)


def denied(task: Resource, mount: Mount) -> tuple[Resource, str, str] | None:
    """The file system of here whose policy surely denies a mount, what that denies, in words, and the remedy; else
    None."""
    files = task.deployment.find(mount.setting("FilesystemId"), FILES)
    key = "" if files is None else _missed(files, mount.lacks)
    return (files, LACKS[key], _BY_VOLUME[key]) if files is not None and key else None


def _missed(files: Resource, lacks: set[str]) -> str:
    """What the policy of a file system surely wants of a mount that lacks it; "" where it may let that in."""
    document = parse_embedded(files.get("FileSystemPolicy"))
    if not document.is_known:
        return ""
    written = statements(document)
    for statement in written:
        key = _denies(statement)
        if key in lacks:
            return key
    # A policy takes the place of that by which everybody is let in.
    wanted = [_wants(statement) & lacks for statement in written if _may_let(statement)]
    return min(wanted[0]) if wanted and all(wanted) else ""


_FILES, _GAP = "\ue000", "\ue001"
"""Stand in a script for a file system of here, and for what is not known."""

_PLAIN = regex(
    r"^[ \t]*(?:sudo[ \t]+)?mount[ \t](?:[^#\n\ue001]*[ \t])?-t[ \t]*(?:efs|nfs4?)[ \t](?:[^#\n\ue001]*[ \t])?[\"']?"
    r"\ue000(\d+);[^\s:]*:?/?[^\s:]*[ \t]+[\"']?/[^\n\ue001]*$"
    r"|^[^#\n\ue001]*\ue000(\d+);[^\s:]*:/?[^\s:]*[ \t]+/\S+[ \t]+(?:efs|nfs4?)[ \t][^\n\ue001]*/etc/fstab",
    re.M,
)
"""A command that mounts a file system, and one that writes its line into /etc/fstab."""

_SECURED = regex(r"tls|stunnel|accesspoint|\biam\b|efs-proxy|https?://|\bsource[ \t]", re.I)
"""What a script that mounts by TLS says, or one that runs another script."""


def script_of(server: Resource) -> Value:
    """What a server runs at its start."""
    return server.get(USER_DATA[server.type])


def shut_out(server: Resource) -> tuple[Resource, str, str] | None:
    """As `denied`, for the file system that the script of a server mounts at its start by plain NFS."""
    pieces = script_of(server).pieces if server.deployment.of_type(FILES) else ()
    named: list[Resource] = []
    script = ""
    for piece in pieces:
        files = _named(server, piece)
        text = script_in(piece) if piece.is_known else _GAP
        script += text if files is None else f"{_FILES}{len(named)};"
        named += [] if files is None else [files]
    # A line that is not known may set up anything.
    if _SECURED.search(script) or any(line.lstrip().startswith(_GAP) for line in script.splitlines()):
        return None
    for found in _PLAIN.finditer(script):
        files = named[int(found[1] or found[2])]
        key = _missed(files, set(LACKS))
        if key:
            return files, LACKS[key], _BY_SCRIPT[key]
    return None


def _named(server: Resource, piece: Value) -> Resource | None:
    """The file system whose id, or name in DNS, a piece of a script is."""
    names = {piece.resource} if isinstance(piece, Link) else set()
    if isinstance(piece, Unknown) and piece.key.endswith(".dns_name"):
        names = {link.resource for link in piece.mentions()}
    found = server.deployment.resource(names.pop()) if len(names) == 1 else None
    return found if found is not None and found.type == FILES else None


def _denies(statement: Value) -> str:
    """The key without which a statement surely denies everybody to mount; "" where it may deny for something else."""
    is_denial = statement.get("Effect").text == "Deny" and action_fits(statement, MOUNTS) is True
    conditions = [*_conditions(statement)]
    if not is_denial or not is_anybody(statement.get("Principal")) or len(conditions) != 1:
        return ""
    operator, key, value = conditions[0]
    if key == _TLS and operator in ("bool", "boolifexists") and value.flag is False:
        return _TLS
    is_null = operator == "null" and value.flag is True
    return _POINT if key == _POINT and (is_null or operator in _OTHER_THAN) else ""


def _may_let(statement: Value) -> bool:
    """Whether a statement may let somebody mount."""
    return statement.get("Effect").text != "Deny" and action_fits(statement, MOUNTS) is not False


def _wants(statement: Value) -> set[str]:
    """What a mount surely has to have for a statement to let it."""
    wants = {"iam"} if _is_for_some(statement.get("Principal")) else set()
    for operator, key, value in _conditions(statement):
        if (key == _TLS and operator == "bool" and value.flag is True) or (key == _POINT and operator in _SAME_AS):
            wants.add(key)
    return wants


def _is_for_some(principal: Value) -> bool:
    """Whether a Principal surely names roles, users or accounts alone."""
    named = principal.get("AWS").items
    return principal.is_known and bool(named) and all(_is_somebody(item) for item in named)


def _is_somebody(named: Value) -> bool:
    """Whether what a Principal names surely is not everybody."""
    return isinstance(named, Link) or len(named.pieces) > 1 or named.text not in (None, "*")


def _conditions(statement: Value) -> Iterator[tuple[str, str, Value]]:
    """The operators of a statement's conditions, each with its key, in small letters, and the value."""
    for operator, keys in statement.get("Condition").fields.items():
        for key, value in keys.fields.items():
            yield operator.lower(), key.lower(), value.items[0] if len(value.items) == 1 else value
