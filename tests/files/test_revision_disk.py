"""The files of a revision: what there was at each path; and nothing of the repository is run, written or fetched."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

from awslint_memo.files import git
from awslint_memo.files.file_finder import FileFinder, Found
from awslint_memo.files.files import Files
from awslint_memo.files.revision import revision
from awslint_memo.files.revision_disk import RevisionDisk
from awslint_memo.files.root import Root
from awslint_memo.model.span import Problem

pytestmark = needs_git

TEMPLATE = "Resources: {Orders: {Type: AWS::SQS::Queue}}\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


@pytest.fixture
def past(repository: Repository) -> Iterator[list[RevisionDisk]]:
    opened: list[RevisionDisk] = []
    yield opened
    for one in opened:
        one.close()


def files_at(words: str, past: list[RevisionDisk], top: Path) -> Files:
    past.append(RevisionDisk(revision(str(top), words)))
    return Files(bounds=Root(disk=past[-1]))


def found(files: Files) -> list[str]:
    return [one.path for one in FileFinder(bounds=files.bounds).find() if isinstance(one, Found)]


def test_a_folder_is_as_it_was(repository: Repository, past: list[RevisionDisk], tmp_path: Path) -> None:
    repository.commit({"a.yaml": "then", "deep/er/b.yaml": "b", "file.yaml/c.yaml": "c"})
    repository.git("rm", "-q", "-r", "deep", "file.yaml")
    write(tmp_path, {"a.yaml": "now", "file.yaml": "now", "deep.yaml": "now"})
    files = files_at("HEAD", past, tmp_path)
    assert found(files) == ["a.yaml", "deep/er/b.yaml", "file.yaml/c.yaml"]
    assert [files.read(path).text for path in found(files)] == ["then", "b", "c"]
    assert files.read(str(tmp_path / "deep" / ".." / "a.yaml")).text == "then"
    assert (files.names("deep/er"), files.names("deep"), files.names("nowhere")) == (["b.yaml"], [], [])
    assert list(files.below("deep")) == ["er/b.yaml"]
    assert (files.is_file("a.yaml"), files.is_folder("file.yaml"), files.exists("deep.yaml")) == (True, True, False)
    assert (files.size("a.yaml"), files.size("deep.yaml"), files.size("deep")) == (4, 0, 0)
    with pytest.raises(Problem, match="no such file or directory"):
        files.read("deep.yaml")
    with pytest.raises(Problem, match="is a directory"):
        files.read("deep")


def test_symbolic_links_lead_where_they_did(repository: Repository, past: list[RevisionDisk], tmp_path: Path) -> None:
    write(tmp_path, {"modules/q/main.tf": "then", "shared/main.tf": "shared"})
    os.symlink("../modules", tmp_path / "shared" / "link")
    os.symlink(tmp_path / "shared", tmp_path / "absolute")
    os.symlink("/etc", tmp_path / "out")
    os.symlink("../../../etc", tmp_path / "far")
    os.symlink("a", tmp_path / "b")
    os.symlink("b", tmp_path / "a")
    os.symlink("nowhere.yaml", tmp_path / "broken.yaml")
    repository.commit()
    for name in ("absolute", "out", "far", "a", "b", "broken.yaml"):
        (tmp_path / name).unlink()
    (tmp_path / "shared" / "link").unlink()
    os.symlink("/etc", tmp_path / "shared" / "link")
    files = files_at("HEAD", past, tmp_path)
    assert files.read("shared/link/q/main.tf").text == "then"
    assert files.read("absolute/link/q/main.tf").text == "then"
    assert files.is_folder("absolute/link/../link/q")
    assert not any(files.exists(path) for path in ("out/passwd", "far/passwd", "a", "b/x", "broken.yaml", "out"))
    with pytest.raises(Problem, match="outside of the root"):
        files.read("out/passwd")
    assert found(files) == ["modules/q/main.tf", "shared/main.tf"]


def test_the_root_bounds_what_was_there_too(repository: Repository, past: list[RevisionDisk], tmp_path: Path) -> None:
    repository.commit({"infra/q.yaml": "q", "other.yaml": "other"})
    past.append(RevisionDisk(revision(str(tmp_path), "HEAD")))
    files = Files(bounds=Root(["infra"], "infra", past[-1]))
    assert files.is_file("infra/q.yaml")
    with pytest.raises(Problem, match="outside of the root"):
        files.read("other.yaml")


def test_a_file_of_git_lfs_is_the_one_of_now_if_it_is_the_same(
    repository: Repository, past: list[RevisionDisk], tmp_path: Path
) -> None:
    known = hashlib.sha256(b"large").hexdigest()
    repository.commit({"q.yaml": f"version https://git-lfs.github.com/spec/v1\noid sha256:{known}\nsize 5\n"})
    write(tmp_path, {"q.yaml": "large"})
    assert files_at("HEAD", past, tmp_path).read("q.yaml").text == "large"
    write(tmp_path, {"q.yaml": "larger"})
    with pytest.raises(Problem, match="this file of the revision is kept by Git LFS, which is not asked for it"):
        files_at("HEAD", past, tmp_path).read("q.yaml")


def test_a_submodule_is_as_it_is_now(repository: Repository, past: list[RevisionDisk], tmp_path: Path) -> None:
    made(tmp_path / "library").commit({"q.yaml": TEMPLATE})
    repository.git("submodule", "--quiet", "add", "./library", "sub")
    repository.commit({"a.yaml": TEMPLATE, ".gitignore": "library\n"})
    Repository(tmp_path / "sub").commit({"q.yaml": TEMPLATE, "new.yaml": TEMPLATE})
    assert found(files_at("HEAD", past, tmp_path))[:3] == ["a.yaml", "library/q.yaml", "sub/new.yaml"]
    assert "submodule" not in invoke("lint", "--against", "HEAD").output
    repository.git("add", "sub")
    assert "note: HEAD has another commit of the submodule sub; what is there now was taken for both sides\n" in (
        invoke("lint", "--against", "HEAD").output
    )


def test_what_a_sparse_checkout_leaves_out_is_on_neither_side(
    repository: Repository, past: list[RevisionDisk], tmp_path: Path
) -> None:
    write(repository.path, {"in/q.yaml": "q", "out/q.yaml": "q", "top.yaml": "q"})
    repository.commit()
    repository.git("sparse-checkout", "set", "in")
    assert found(files_at("HEAD", past, tmp_path)) == ["in/q.yaml", "top.yaml"]


def test_a_linked_work_tree_has_revisions(
    repository: Repository, past: list[RevisionDisk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"q.yaml": "then"})
    repository.git("worktree", "add", "-q", "linked")
    write(tmp_path / "linked", {"q.yaml": "now"})
    monkeypatch.chdir(tmp_path / "linked")
    assert files_at("HEAD", past, tmp_path / "linked").read("q.yaml").text == "then"


TRAPS = {
    "core.fsmonitor": "{0} #",
    "core.sshCommand": "{0}",
    "core.gitProxy": "{0}",
    "core.pager": "{0}",
    "core.editor": "{0}",
    "core.askPass": "{0}",
    "credential.helper": "!{0}",
    "diff.external": "{0}",
    "diff.trap.textconv": "{0}",
    "diff.trap.command": "{0}",
    "filter.trap.clean": "{0}",
    "filter.trap.smudge": "{0}",
    "filter.trap.process": "{0}",
    "gpg.program": "{0}",
    "log.showSignature": "true",
    "pager.ls-tree": "{0}",
    "pager.cat-file": "{0}",
    "alias.ls-tree": "!{0}",
    "alias.cat-file": "!{0}",
    "remote.origin.url": "ext::{0}",
    "remote.origin.uploadpack": "{0}",
    "remote.origin.promisor": "true",
    "remote.origin.partialclonefilter": "blob:none",
    "extensions.partialClone": "origin",
    "protocol.ext.allow": "always",
    "uploadpack.packObjectsHook": "{0}",
    "submodule.recurse": "true",
    "fetch.recurseSubmodules": "true",
}


def test_nothing_of_a_repository_is_run_or_written(repository: Repository, tmp_path: Path) -> None:
    repository.commit(
        {"q.yaml": TEMPLATE, "old.yaml": f"# Old.\n{TEMPLATE}", ".gitattributes": "* filter=trap diff=trap\n"}
    )
    write(tmp_path, {"q.yaml": TEMPLATE.replace("Orders", "Others"), "new.yaml": TEMPLATE})
    repository.git("mv", "old.yaml", "renamed.yaml")
    trap = tmp_path / ".git" / "trap"
    trap.write_text(f"#!/bin/sh\necho run >> '{tmp_path}/.git/ran'\ncat\n")
    for hook in ("post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman", "pre-auto-gc"):
        os.symlink(trap, tmp_path / ".git" / "hooks" / hook)
    trap.chmod(0o755)
    for name, value in TRAPS.items():
        repository.git("config", name, value.format(trap))
    # An object that is missing, which git would fetch.
    key = repository.git("rev-parse", "HEAD:q.yaml").strip()
    (tmp_path / ".git" / "objects" / key[:2] / key[2:]).unlink()
    before = state(tmp_path)
    text = invoke("lint", "--against", "HEAD").output
    assert "q.yaml could not be read at HEAD, so what is found in it now is not compared" in text
    text = invoke("lint", "--against", "HEAD", "--gate").output
    assert "q.yaml could not be read at HEAD, so what is found in it now counts as new" in text
    assert state(tmp_path) == before
    assert not (tmp_path / ".git" / "ran").exists()
    repository.git("status")
    assert (tmp_path / ".git" / "ran").exists(), "the trap works"


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The contents and the time of change of all files of a repository."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_what_a_partial_clone_lacks_is_not_fetched(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.commit({"q.yaml": TEMPLATE})
    repository.commit({"q.yaml": TEMPLATE.replace("Orders", "Others")})
    repository.git("clone", "-q", "--filter=blob:none", tmp_path.as_uri(), "partial")
    partial = Repository(tmp_path / "partial")
    monkeypatch.chdir(partial.path)
    before = partial.git("count-objects", "-v")
    past = RevisionDisk(revision(str(partial.path), "HEAD~1"))
    with pytest.raises(Problem, match=r"was not fetched \(a partial clone\), and nothing is fetched here"):
        Files(bounds=Root(disk=past)).read("q.yaml")
    past.close()
    assert partial.git("count-objects", "-v") == before


def test_what_the_environment_says_of_another_repository_does_not_count(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, past: list[RevisionDisk]
) -> None:
    repository.commit({"q.yaml": "mine"})
    other = made(tmp_path / "other")
    other.commit({"q.yaml": "other"})
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.path / "index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other.path / "objects"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert files_at("HEAD", past, tmp_path).read("q.yaml").text == "mine"
    assert not (tmp_path / "trace").exists()


def test_the_configuration_can_not_name_another_work_tree(
    repository: Repository, tmp_path: Path, past: list[RevisionDisk]
) -> None:
    repository.commit({"q.yaml": "mine"})
    repository.git("config", "core.worktree", "/etc")
    assert found(files_at("HEAD", past, tmp_path)) == ["q.yaml"]


def test_a_file_that_is_too_large_is_not_read(
    repository: Repository, tmp_path: Path, past: list[RevisionDisk], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"large.yaml": "a" * 100_000, "small.yaml": "small"})
    monkeypatch.setattr(git, "MAX_BYTES", 99_999)
    files = files_at("HEAD", past, tmp_path)
    with pytest.raises(Problem, match="the file is larger than"):
        files.read("large.yaml")
    assert files.read("small.yaml").text == "small"


def test_git_that_does_not_answer_is_given_up(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"q.yaml": TEMPLATE})
    monkeypatch.setattr(git, "SECONDS", 0.2)
    (tmp_path / ".git" / "index").unlink()
    os.mkfifo(tmp_path / ".git" / "index")
    result = invoke("lint", "--against", "HEAD")
    assert result.exit_code == 2
    assert result.stderr == "--against HEAD: git can't read this revision: git did not answer in 0.2 s\n"


def test_a_tree_with_paths_that_git_refuses_has_none_of_them(
    repository: Repository, tmp_path: Path, past: list[RevisionDisk]
) -> None:
    repository.commit({"q.yaml": "q"})
    blob = repository.git("rev-parse", "HEAD:q.yaml").strip()
    entries = b"".join(b"100644 %s\0%s" % (name, bytes.fromhex(blob)) for name in (b"..", b".git", b"ok.yaml"))
    (tmp_path / ".git" / "tree").write_bytes(entries)
    tree = repository.git("hash-object", "-t", "tree", "-w", "--literally", ".git/tree").strip()
    assert found(files_at(tree, past, tmp_path)) == ["ok.yaml"]
