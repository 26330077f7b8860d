"""Git mirrors of repositories in a folder, as `OWNER+NAME/repo` or `OWNER+NAME`, and what they have at a revision."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from awslint_memo.readers.terraform.version_constraints import allows

KEPT = re.compile(r".*(\.tf|\.tf\.json|\.json|\.tpl|\.tftpl|\.tmpl|\.ya?ml|\.sh|\.py|\.js|\.tfvars)")
"""The files that an expression of a module may read, and those of the module."""

LEFT_OUT = re.compile(r"(.*/)?(examples?|tests?|docs|wrappers|\.github)/.*")

_TAG = re.compile(r"v?(\d+\.\d+\.\d+)")
"""A tag that a registry takes for a version; prereleases are not read, as no constraint takes one unasked."""

_MOST = 300_000
"""Bytes of a file that is taken."""


@dataclass(frozen=True)
class Version:
    """A published version of a module: its number, and the commit that its tag names."""

    number: str
    commit: str

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts versions."""
        return tuple(map(int, self.number.split(".")))


class Mirror:
    """A repository, which needs no work tree. path: its folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._texts: dict[str, bytes] = {}

    def git(self, *words: str, given: bytes = b"", may_fail: bool = False) -> bytes:
        """What git prints. may_fail: whether it then prints nothing, and raises no error."""
        command = ["git", "-C", str(self.path), *words]
        return subprocess.run(command, input=given, capture_output=True, check=not may_fail).stdout

    @cached_property
    def versions(self) -> Sequence[Version]:
        """All versions, the oldest first."""
        # An annotated tag is an object of its own; what it names stands behind it.
        lines = self.git("for-each-ref", "--format=%(refname:strip=2) %(objectname) %(*objectname)", "refs/tags")
        commits: dict[str, str] = {}
        for name, *objects in map(str.split, lines.decode().splitlines()):
            match = _TAG.fullmatch(name)
            if match is not None:
                commits.setdefault(match[1], objects[-1])
        return sorted((Version(*item) for item in commits.items()), key=lambda version: version.order)

    def newest(self, constraint: str) -> Version | None:
        """What `terraform init` takes for a constraint, as far as the mirror has it; None if there is none."""
        allowed = (each for each in reversed(self.versions) if not constraint or allows(constraint, each.number))
        return next(allowed, None)

    def commit(self, ref: str) -> str | None:
        """The commit of a tag, a branch or an abbreviated one; of the default branch for ""."""
        names = (f"refs/tags/{ref}", f"refs/{ref}", f"refs/heads/{ref}", f"refs/remotes/origin/{ref}", ref)
        for name in names if ref else ("HEAD",):
            line = self.git("rev-parse", "-q", "--verify", f"{name}^{{commit}}", may_fail=True).decode().strip()
            if line:
                return line
        return None

    def files(self, commit: str) -> Mapping[str, str]:
        """The paths of the regular files of a commit, each with the name of its content."""
        files: dict[str, str] = {}
        for entry in filter(None, self.git("ls-tree", "-r", "-z", commit).decode(errors="replace").split("\0")):
            about, _, path = entry.partition("\t")
            mode, kind, name = about.split()
            if kind == "blob" and mode.startswith("100"):
                files[path] = name
        return files

    def text(self, name: str) -> bytes:
        """The content of a name, which is read once, in however many versions it stands."""
        if name not in self._texts:
            self._texts[name] = self.git("cat-file", "blob", name)
        return self._texts[name]

    def write(self, commit: str, folder: Path, *, everything: bool = False) -> None:
        """Write the files of a commit that a linter may ask for; a snapshot may lack large ones. everything: examples
        and tests too."""
        names = {
            name: thing
            for name, thing in self.files(commit).items()
            if KEPT.fullmatch(name) and (everything or not LEFT_OUT.fullmatch(name))
        }
        answer = self.git("cat-file", "--batch", given="".join(f"{thing}\n" for thing in names.values()).encode())
        start = 0
        for name in names:
            head, start = answer[start : answer.index(b"\n", start)], answer.index(b"\n", start) + 1
            if head.endswith(b"missing"):
                continue
            size = int(head.split(b" ")[2])
            if size <= _MOST:
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(answer[start : start + size])
            start += size + 1


class Mirrors:
    """The mirrors in a folder, by the address of their repositories, and packages of them in a cache."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self._kept = kept
        self._found: dict[str, Mirror] = {}
        for name in sorted(os.listdir(folder)):
            path = folder / name / "repo"
            self._found[name.replace("+", "/").lower()] = Mirror(path if path.is_dir() else folder / name)

    def repository(self, address: str) -> Mirror | None:
        """That of OWNER/NAME at GitHub, if it is there."""
        return self._found.get(address.lower())

    def package(self, address: str, commit: str) -> Path:
        """The files of a commit, written once."""
        folder = self._kept / address.replace("/", "+").lower() / commit
        if not folder.is_dir():
            folder.mkdir(parents=True)
            mirror = self.repository(address)
            if mirror is not None:
                mirror.write(commit, folder)
        return folder
