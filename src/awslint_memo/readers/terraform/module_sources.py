"""Where modules lie that Terraform would download: in the repository itself, whose address a call names, or in a
folder that the configuration names.

https://developer.hashicorp.com/terraform/language/modules/sources (read on 2026-11-30)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record

_FORCED = "git::"
_HOSTS = ("github.com", "bitbucket.org")
"""Hosts whose addresses Terraform takes for those of repositories without `git::`."""

_ADDRESS = regex(r"(?:[a-z+]+://)?(?:(?P<user>[^@/:]+)(?::[^@/]*)?@)?(?P<host>[^/:@]+)(?::\d+(?=/))?[:/]/*(?P<path>.+)")


@record(frozen=True)
class GitSource:
    """repository: its host and path, such as github.com/acme/infra. folder: that of the module in it."""

    repository: str
    folder: str = ""


def git_source(source: str, *, is_forced: bool = False) -> GitSource | None:
    """What the `source` of a module call asks of git; None if it is none for git. is_forced: whether it surely is."""
    address = source.partition("?")[0]
    is_forced = is_forced or address.startswith(_FORCED)
    match = _ADDRESS.fullmatch(address.removeprefix(_FORCED))
    if match is None or not (is_forced or match["user"] == "git" or (match["host"] in _HOSTS and ":" not in address)):
        return None
    path, _, folder = match["path"].partition("//")
    parts = path.strip("/").split("/")
    if match["host"] in _HOSTS and not folder:
        # https://github.com/owner/name/folder is the short way to write the folder.
        parts, folder = parts[:2], "/".join(parts[2:])
    return GitSource("/".join((match["host"], *parts)).removesuffix(".git").lower(), folder.strip("/"))


_NAME = regex(r"\{(\d)\}")
"""A place for any name in a part of a source."""


class ModuleSources:
    """The folders with modules that nobody downloads: those of the repository itself, and of checkouts beside it.

    given: the folders that the configuration of a folder names, by the beginning of the sources.
    """

    def __init__(self, files: Files, given: Callable[[str], Mapping[str, str]]) -> None:
        self._files, self._given = files, given
        self._remotes: dict[str, frozenset[str]] = {}
        self._sorted: tuple[Mapping[str, str], Sequence[tuple[str, str]]] = {}, ()

    def folder(self, path: str, source: str) -> str | None:
        """The folder of the module that the `source` of a call in `path` names, as it is here, whatever version or
        revision is asked for; None if that is not known."""
        asked = git_source(source)
        if asked is not None:
            top = self._files.root_above(os.path.join(path, "_"))
            if asked.repository in self._addresses(top):
                return path_from(os.path.join(top, *asked.folder.split("/")))
        address, given = source.partition("?")[0], self._given(path)
        for start, literal in self._starts(given):
            fit = _fit(start.rstrip("/").split("/"), address.split("/")) if address.startswith(literal) else None
            if fit is not None:
                names, inner = fit
                folder = given[start]
                for number, name in names.items():
                    folder = folder.replace(f"{{{number}}}", name)
                return os.path.join(folder, *inner)
        return None

    def _starts(self, given: Mapping[str, str]) -> Sequence[tuple[str, str]]:
        """The beginnings of sources, the longest first, each with its own beginning up to the first name. Each call is
        compared with all of them."""
        if self._sorted[0] is not given:
            starts = sorted(given, key=len, reverse=True)
            self._sorted = given, [(start, _NAME.split(start, maxsplit=1)[0].rstrip("/")) for start in starts]
        return self._sorted[1]

    def _addresses(self, top: str) -> frozenset[str]:
        if top not in self._remotes and not os.path.exists(os.path.join(top, ".git")):
            self._remotes[top] = frozenset()
        if top not in self._remotes:
            from awslint_memo.files.git import Git, NoAnswerError  # Few configurations name repositories.

            try:
                told = Git(top).line("config", "--no-includes", "--get-regexp", r"^remote\..*\.url$")
            except (LookupError, NoAnswerError):
                told = ""
            urls = (line.partition(" ")[2] for line in told.splitlines())
            sources = (git_source(url, is_forced=True) for url in urls)
            self._remotes[top] = frozenset(source.repository for source in sources if source is not None)
        return self._remotes[top]


def _fit(start: Sequence[str], parts: Sequence[str]) -> tuple[Mapping[str, str], Sequence[str]] | None:
    """What stands for the names in the beginning of a source, and the parts behind it; None if it begins otherwise.
    start, parts: what stands between the slashes of both."""
    if len(start) > len(parts):
        return None
    names: dict[str, str] = {}
    for number, (wanted, part) in enumerate(zip(start, parts, strict=False), 1):
        is_last = number == len(start)
        found = part.removesuffix(".git") if is_last and not wanted.endswith(".git") else part
        before, *name = _NAME.split(wanted, maxsplit=1)
        behind = name[1] if name else ""
        inner = found.removeprefix(before).removesuffix(behind)
        if found != f"{before}{inner}{behind}" or bool(inner) != bool(name):
            return None
        if name and names.setdefault(name[0], inner) != inner:
            return None
    return names, [part for part in parts[len(start) :] if part]
