"""What a run remembers of folders that it has listed, and a glance at a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from awslint_memo.files.disk import Disk, ListedDisk
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.files.source import glance


@pytest.mark.parametrize("path", ["a.yaml", "A.yaml", "b", "link", "gone", "x.yaml", ".git", "é", "."])
def test_a_listed_folder_answers_as_the_disk_does(tmp_path: Path, path: str) -> None:
    (tmp_path / "a.yaml").write_text("x")
    (tmp_path / "b").mkdir()
    (tmp_path / "é").mkdir()
    (tmp_path / "link").symlink_to("a.yaml")
    (tmp_path / "gone").symlink_to("nothing")
    disk, whole = ListedDisk(), os.path.join(tmp_path, path)
    for _ in range(2):
        assert disk.is_file(whole) == os.path.isfile(whole)
        assert disk.is_folder(whole) == os.path.isdir(whole)
        assert disk.is_link(whole) == os.path.islink(whole)
        assert disk.exists(whole) == os.path.exists(whole)
        disk.entries(str(tmp_path))


def test_it_is_known_without_a_look_what_a_listed_folder_lacks(tmp_path: Path) -> None:
    (tmp_path / "PyProject.toml").write_text("")
    disk = ListedDisk()
    assert not disk.lacks(str(tmp_path), ["x"])
    disk.entries(str(tmp_path))
    assert disk.lacks(str(tmp_path), ["x", ".y"])
    assert not disk.lacks(str(tmp_path), ["x", "pyproject.toml"])


@pytest.mark.parametrize(("size", "most", "found"), [(3, 10, 3), (40_000, 50_000, 40_000), (40_000, 39_999, 0)])
def test_a_glance_gives_what_a_file_has_unless_that_is_too_much(
    tmp_path: Path, size: int, most: int, found: int
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * size)
    assert glance(str(path), most) == b"x" * found


def test_what_a_glance_can_not_tell_is_read_with_all_checks(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("x")
    (tmp_path / "link").symlink_to("there")
    assert glance(str(tmp_path / "link"), 10) is None
    assert glance(str(tmp_path / "none"), 10) is None
    assert glance(str(tmp_path), 10) is None
    path = str(tmp_path / "unsaved.yaml")
    assert Files({path: "text"}).glance(path, path, 10) is None


def test_absolute_paths_are_those_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    disk = ListedDisk()
    known = ("/", "", ".", "..", "a", "./a", "/a", "a/b")
    for folder in (*known, "a/./b", "a/../b", "a/b/", "a/b/c", "a//b", "../a", "a/", "a/.", "a/..", "//a", "/a/b"):
        assert disk.absolute(folder) == os.path.abspath(folder)


def test_a_folder_of_many_files_is_known_too(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"F{number}").write_text("")
    disk = ListedDisk()
    disk.entries(str(tmp_path))
    assert disk.lacks(str(tmp_path), ["f20", ".git"])
    assert not disk.lacks(str(tmp_path), ["f20", "f7"])
    assert not disk.is_file(str(tmp_path / "f20"))
    assert disk.is_file(str(tmp_path / "F7"))


def test_the_size_is_that_of_a_regular_file_only(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("xy")
    (tmp_path / "link").symlink_to("a")
    for disk in (Disk(), ListedDisk()):
        assert [disk.plain_size(str(tmp_path / name)) for name in ("a", "link", "none", ".")] == [2, None, None, None]


def test_a_real_folder_is_that_of_the_system_wherever_a_link_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "l").symlink_to("a/b")
    (tmp_path / "loop").symlink_to("loop")
    root = Root()
    for folder in (
        "a/b/c",
        "l/c",
        "a/up/l/c",
        "a/up/a/up/a",
        "a/b/..",
        "l/..",
        "none/x",
        f"{tmp_path}/l/c",
        "a//b",
        "",
    ):
        assert root.real(os.path.join(folder, "file")) == os.path.realpath(os.path.join(folder, "file"))
    assert root.real("loop/x/file") == ""


def test_folders_that_unsaved_files_alone_have_are_listed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    unsaved = [
        tmp_path / "main.tf",
        tmp_path / "env/prod.tfvars",
        tmp_path / ".hidden/a.tf",
        tmp_path.parent / "b/c.tf",
    ]
    listing = Files({str(path): "" for path in unsaved}, Root([str(tmp_path)])).listing(str(tmp_path))
    assert (listing.names, listing.folders) == (["main.tf"], ["env", "there"])
