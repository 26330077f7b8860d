"""Amazon EFS: the root directories of access points, and who makes them."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.relations.efs import FILES, TARGET
from awslint_memo.relations.mentions import mentioning

POINT = "AWS::EFS::AccessPoint"

_PAGE = "efs/latest/ug/API_RootDirectory.html"

PATH = fact(r"/|(?:/(?!\.)[^$#<>;`|&?{}^*/\n]+){1,4}", page=_PAGE, read="2026-12-02")
"""The path of a root directory: it begins with a slash, and has four levels at most and no slash at its end."""

LONGEST = fact(100, page=_PAGE, read="2026-12-02")
"""The most characters of such a path."""

PERMISSIONS = fact("[0-7]{3,4}", page="efs/latest/ug/API_CreationInfo.html", read="2026-12-02")
"""The permissions of a root directory that EFS makes: three or four digits of an octal number."""

_PATH, _OCTAL = regex(PATH), regex(PERMISSIONS)
_MAKERS = frozenset((POINT, TARGET, "AWS::EFS::FileSystem"))


def refused(point: Resource) -> Iterator[tuple[Value, str, str, str]]:
    """What EFS surely refuses of the root directory of an access point: the value, its name, why and what to do."""
    path, permissions = point.get("RootDirectory.Path"), point.get("RootDirectory.CreationInfo.Permissions")
    text = path.text
    if text and (not _PATH.fullmatch(text) or len(text) > LONGEST):
        if not text.startswith("/"):
            why, do = "a path begins with /", f"write /{text}"
        elif text.endswith("/"):
            why, do = "a path has no / at its end", f"write {text.rstrip('/')}"
        elif text.count("/") > 4:
            why, do = "a path has four levels at most", "write a shorter one"
        else:
            why, do = "no part of a path begins with a dot or has such characters", "write another one"
        yield path, "RootDirectory.Path", f"but {why}, so EFS refuses it", do
    if permissions.text is not None and not _OCTAL.fullmatch(permissions.text):
        message = "but EFS takes three or four octal digits, and refuses it"
        yield permissions, "Permissions", message, 'write "0755", for example'


def unmade(point: Resource) -> tuple[Value, bool] | None:
    """The path of an access point for which nothing of it says how EFS makes the directory, and whether surely nothing
    here can have made it before: the file system is new, and only access points reach it. None where EFS makes it."""
    root = point.get("RootDirectory")
    path = root.get("Path")
    if not path.text or path.text.strip("/") == "" or not root.get("CreationInfo").is_absent:
        return None
    files = point.follow("FileSystemId", FILES)
    if files is None:
        return path, False
    beside = [other for other in point.deployment.of_type(POINT) if other.name != point.name]
    if any(_may_make(other, path.text) for other in beside if _is_of(other, files)):
        return None
    is_sure = _MAKERS.issuperset(mentioning(files)) and not files.is_exposed() and not files.may_be_completed()
    return path, is_sure


def _is_of(point: Resource, files: Resource) -> bool:
    """Whether an access point is one of a file system, or may be."""
    named = point.follow("FileSystemId", FILES)
    return named is None or named.name == files.name


def _may_make(point: Resource, path: str) -> bool:
    """Whether clients of an access point make a directory, or may: it is their root, or in it."""
    root = point.get("RootDirectory.Path")
    if root.is_absent:
        return True
    text = root.text
    return text is None or f"{path}/".startswith(f"{text.rstrip('/')}/") or f"{text}/".startswith(f"{path}/")
