"""What a revision has: git is asked what differs from the index, which tells the same as a list of all files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

from awslint_memo.files import revision as revisions
from awslint_memo.files.git import Git, NoAnswerError
from awslint_memo.files.revision import revision

pytestmark = needs_git

FILES = {"a.yaml": "a\n", "b/c.yaml": "c\n", "b/d/e f.tf": "e\n", "b/é\t.tf": "f\n", "empty": "", "g/h": "h\n"}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("original")
    made(folder / "module").commit({"x": "x\n"})
    repository = made(folder / "top")
    repository.git("submodule", "--quiet", "add", (folder / "module").as_uri(), "m")
    repository.commit(FILES)
    return repository.path


@pytest.fixture
def repository(original: Path, tmp_path: Path) -> Repository:
    shutil.copytree(original, tmp_path / "top")
    repository = Repository(tmp_path / "top")
    repository.git("update-index", "-q", "--refresh")
    return repository


def conflict(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "other")
    repository.commit({"a.yaml": "other\n", "b/c.yaml": "other\n", "both": "other\n"})
    repository.git("checkout", "-q", "main")
    repository.git("rm", "-q", "b/c.yaml")
    repository.commit({"a.yaml": "mine\n", "both": "mine\n"})
    with pytest.raises(AssertionError):
        repository.git("merge", "-q", "other")


def change(repository: Repository) -> None:
    write(repository.path, {"a.yaml": "A\n", "n": "n\n"})
    repository.git("add", "-A")


def replace_by_folder(repository: Repository) -> None:
    (repository.path / "b" / "c.yaml").unlink()
    write(repository.path, {"b/c.yaml/d.yaml": "d\n"})
    repository.git("add", "-A")


def intend(repository: Repository) -> None:
    write(repository.path, {"later": "x\n", "nothing": ""})
    repository.git("add", "-N", "later", "nothing")


def link(repository: Repository) -> None:
    (repository.path / "a.yaml").unlink()
    (repository.path / "a.yaml").symlink_to("b/c.yaml")
    repository.git("add", "a.yaml")


def move_module(repository: Repository) -> None:
    repository.git("config", "submodule.m.ignore", "all")
    Repository(repository.path / "m").commit({"x": "y\n"})
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},m")


STATES: dict[str, Callable[[Repository], object]] = {
    "nothing": lambda _: None,
    "changed": change,
    "removed": lambda one: one.git("rm", "-q", "-r", "b"),
    "moved": lambda one: one.git("mv", "b", "c"),
    "mode": lambda one: one.git("update-index", "--chmod=+x", "a.yaml"),
    "link": link,
    "folder": replace_by_folder,
    "intended": intend,
    "module": move_module,
    "conflict": conflict,
    "sparse": lambda one: one.git("sparse-checkout", "set", "b"),
    "sparse index": lambda one: one.git("sparse-checkout", "set", "--sparse-index", "b"),
    "no index": lambda one: (one.path / ".git" / "index").unlink(),
}


@pytest.mark.parametrize("state", STATES)
def test_what_differs_from_the_index_tells_what_a_revision_has(repository: Repository, state: str) -> None:
    STATES[state](repository)
    git = Git(str(repository.path))
    index = revisions._index(git)
    assert index.is_merged == (state != "conflict")
    every = revisions._tree(git, "HEAD")
    assert revisions._then(git, "HEAD", index) == every
    assert "empty" in every
    found = revision(str(repository.path), "HEAD")
    assert found.modules == {"m": every["m"][1]}
    left_out = {"m", "g/h"} if state.startswith("sparse") else {"m"}
    assert found.files == {path: one for path, one in every.items() if path not in left_out}
    assert found.renamed == ({f"c{path[1:]}": path for path in FILES if path[0] == "b"} if state == "moved" else {})


def test_a_bare_repository_beside_a_broken_one_is_not_read(tmp_path: Path) -> None:
    """Git takes the folder itself for a repository where `.git` is none."""
    made(tmp_path / "source").commit({"a.yaml": ""})
    Repository(tmp_path).git("clone", "-q", "--bare", "source", "folder")
    (tmp_path / "folder" / ".git").mkdir()
    with pytest.raises(NoAnswerError):
        Git(str(tmp_path / "folder")).ask("rev-parse", "HEAD")
    with pytest.raises(LookupError, match="git can't read this revision"):
        revision(str(tmp_path / "folder"), "HEAD")


def test_a_bare_repository_is_not_read_by_an_old_git_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path / "source").commit({"a.yaml": ""})
    Repository(tmp_path).git("clone", "-q", "--bare", "source", "folder")
    (tmp_path / "folder" / ".git").mkdir()
    monkeypatch.setattr("awslint_memo.files.git._SETTINGS", ())
    with pytest.raises(NoAnswerError, match="is not a git repository"):
        Git(str(tmp_path / "folder")).ask("rev-parse", "HEAD")
