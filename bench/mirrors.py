"""Git mirrors of repositories in a folder, as `OWNER+NAME/repo` or `OWNER+NAME`, and what they have at a revision."""

from __future__ import annotations

import os
import re
import subprocess
from functools import cached_property
from pathlib import Path

from awslint_memo.readers.terraform.version_constraints import allows

KEPT = re.compile(r".*(\.tf|\.tf\.json|\.json|\.tpl|\.tftpl|\.tmpl|\.ya?ml|\.sh|\.py|\.js|\.tfvars)")
"""The files that an expression of a module may read, and those of the module."""

LEFT_OUT = re.compile(r"(.*/)?(examples?|tests?|docs|wrappers|\.github)/.*")

_VERSION = re.compile(r"v?(\d+)\.(\d+)\.(\d+)")
_MOST = 300_000
"""Bytes of a file that is taken."""


class Mirror:
    """A repository. path: its git folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def git(self, *words: str, given: bytes = b"") -> bytes:
        """What git prints; nothing if it fails."""
        command = ["git", "-C", str(self.path), *words]
        return subprocess.run(command, input=given, capture_output=True, check=False).stdout

    @cached_property
    def versions(self) -> dict[tuple[int, int, int], str]:
        """The tags of released versions, by number; no prereleases."""
        tags: dict[tuple[int, int, int], str] = {}
        for tag in sorted(self.git("tag").decode().split()):
            match = _VERSION.fullmatch(tag)
            if match is not None:
                tags[int(match[1]), int(match[2]), int(match[3])] = tag
        return tags

    def newest(self, constraint: str) -> str | None:
        """The tag that `terraform init` takes for a constraint, as far as the mirror has it; None if there is none."""
        for _, tag in sorted(self.versions.items(), reverse=True):
            if not constraint or allows(constraint, tag):
                return tag
        return None

    def commit(self, ref: str) -> str | None:
        """The commit of a tag, a branch or an abbreviated one; of the default branch for ""."""
        names = (f"refs/tags/{ref}", f"refs/{ref}", f"refs/heads/{ref}", f"refs/remotes/origin/{ref}", ref)
        for name in names if ref else ("HEAD",):
            line = self.git("rev-parse", "-q", "--verify", f"{name}^{{commit}}").decode().strip()
            if line:
                return line
        return None

    def names(self, commit: str) -> dict[str, str]:
        """The files of a commit, with their objects."""
        listed: dict[str, str] = {}
        for line in self.git("ls-tree", "-r", "-z", commit).decode(errors="replace").split("\0"):
            about, _, name = line.partition("\t")
            mode, kind, thing = [*about.split(" "), "", ""][:3]
            if kind == "blob" and mode.startswith("100"):
                listed[name] = thing
        return listed

    def write(self, commit: str, folder: Path, *, everything: bool = False) -> None:
        """Write the files of a commit that a linter may ask for; a snapshot may lack large ones. everything: examples
        and tests too."""
        names = {
            name: thing
            for name, thing in self.names(commit).items()
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
