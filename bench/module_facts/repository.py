"""Reads the published versions of a module out of a git repository, which may be a mirror without a work tree."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_TAG = re.compile(r"v?(\d+)\.(\d+)\.(\d+)")
"""A tag that a registry takes for a version; prereleases are not read, as no constraint takes one unasked."""


@dataclass(frozen=True)
class Version:
    """A published version: its number, and the commit that its tag names."""

    number: str
    commit: str

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts versions."""
        return tuple(map(int, self.number.split(".")))


@dataclass
class Repository:
    """A git repository. A text is read once, in however many versions it stands."""

    path: Path
    _texts: dict[str, bytes] = field(default_factory=dict)

    def versions(self) -> list[Version]:
        """All versions, the oldest first."""
        # An annotated tag is an object of its own; what it names stands behind it.
        lines = self._git("for-each-ref", "--format=%(refname:strip=2) %(objectname) %(*objectname)", "refs/tags")
        found: dict[str, Version] = {}
        for name, *objects in map(str.split, lines.decode().splitlines()):
            if _TAG.fullmatch(name):
                number = name.removeprefix("v")
                found.setdefault(number, Version(number, objects[-1]))
        return sorted(found.values(), key=lambda version: version.order)

    def files(self, version: Version) -> Mapping[str, str]:
        """The paths of the regular files of a version, each with the name of its content."""
        listed = self._git("ls-tree", "-r", "-z", version.commit).decode(errors="replace")
        return dict(_entries(listed))

    def text(self, name: str) -> bytes:
        """The content of a name."""
        if name not in self._texts:
            self._texts[name] = self._git("cat-file", "blob", name)
        return self._texts[name]

    def _git(self, *arguments: str) -> bytes:
        return subprocess.run(["git", "-C", str(self.path), *arguments], capture_output=True, check=True).stdout


def _entries(listed: str) -> Iterator[tuple[str, str]]:
    for entry in filter(None, listed.split("\0")):
        head, _, path = entry.partition("\t")
        mode, kind, name = head.split()
        if kind == "blob" and mode != "120000":
            yield path, name


def latest_majors(versions: list[Version], count: int) -> list[Version]:
    """The versions of the last `count` major numbers. Those below 1.0 count by their minor number, ten to a major."""
    groups = list(dict.fromkeys(map(_major, versions)))
    kept = set(groups[-count:])
    return [version for version in versions if _major(version) in kept]


def _major(version: Version) -> tuple[int, int]:
    major, minor, _ = version.order
    return major, minor // 10 if major == 0 else 0
