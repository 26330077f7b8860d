"""A git repository in a folder of a test, and the words to change it."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from tests.readers.workspace import write

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

_OURS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "protocol.file.allow",
    "GIT_CONFIG_VALUE_0": "always",
    "GIT_CONFIG_KEY_1": "maintenance.auto",  # which starts programs of its own with each commit
    "GIT_CONFIG_VALUE_1": "false",
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b",
}


class Repository:
    """A repository with a work tree."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_new = False

    @classmethod
    def made(cls, path: Path) -> Repository:
        """A new repository whose branch is main."""
        path.mkdir(parents=True, exist_ok=True)
        shutil.copytree(_new(), path / ".git", dirs_exist_ok=True)
        repository = cls(path)
        repository._is_new = True
        return repository

    def git(self, *arguments: str) -> str:
        """What a git command prints; fails if it does."""
        self._is_new = False
        known = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, env={**known, **_OURS}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, files: Mapping[str, str] | None = None) -> str:
        """Write files, commit all that there is, and give the commit."""
        if self._is_new and os.listdir(self.path) == [".git"]:
            # Two processes of git take ten times as long as a copy of what they wrote for another test.
            first = _committed(tuple((files or {}).items()))
            shutil.copytree(first, self.path, ignore=_of_git, dirs_exist_ok=True)
            self._is_new = False
        else:
            write(self.path, files or {})
            self.git("add", "-A")
            self.git("commit", "-q", "--allow-empty", "-m", "change")
        return self.head()

    def head(self) -> str:
        """The commit that is checked out, without a process where a file of git says it."""
        directory = self.path / ".git"
        if directory.is_dir():
            kind, _, name = (directory / "HEAD").read_text(encoding="utf-8").strip().rpartition("ref: ")
            branch = directory / name
            if kind == "" and branch.is_file():
                return branch.read_text(encoding="utf-8").strip()
        return self.git("rev-parse", "HEAD").strip()


def _of_git(folder: str, names: list[str]) -> list[str]:
    """What of git's own is not copied."""
    return [name for name in names if name in ("config", "hooks")] if os.path.basename(folder) == ".git" else []


made = Repository.made


def _temporary() -> Path:
    folder = Path(mkdtemp())
    folder.chmod(0o755)  # A copy has the same mode, and some tests read theirs as another user.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _committed(files: tuple[tuple[str, str], ...]) -> Path:
    """A folder with a repository of one commit, and the files in it."""
    repository = made(_temporary())
    write(repository.path, dict(files))
    repository.git("add", "-A")
    repository.git("commit", "-q", "--allow-empty", "-m", "change")
    return repository.path


@cache
def _new() -> Path:
    """What git writes for a new repository, which is copied for each: a process of git takes ten times as long."""
    folder = _temporary()
    Repository(folder).git("init", "-q", "-b", "main")
    for sample in (folder / ".git" / "hooks").glob("*.sample"):
        sample.unlink()
    return folder / ".git"
