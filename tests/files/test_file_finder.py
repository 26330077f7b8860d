"""Which files a run checks, and patterns for files and folders."""

import os
from pathlib import Path
from typing import Any

import pytest
from tests.cases import each_case

from awslint_memo.files.file_finder import SKIPPED, FileFinder, Found, Unfollowed
from awslint_memo.files.left_out import Patterns
from awslint_memo.model.patterns import is_literal, matches, path_matches
from awslint_memo.model.span import Problem


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*paths: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text("x", encoding="utf-8")


def found(walk: FileFinder, *paths: str) -> list[str]:
    return [shown(one) for one in walk.find(paths)]


def shown(one: Found | Unfollowed | Problem) -> str:
    return f"! {one.path}: {one.message}" if isinstance(one, Problem) else one.path


def test_a_walk_finds_what_may_be_a_template_in_sorted_order(here: Path) -> None:
    make("b/z.yml", "b/a.YAML", "b/c.tf.json", "a.template", "readme.md", "main.tf", "b/c/d.json")
    assert found(FileFinder()) == ["a.template", "b/a.YAML", "b/c/d.json", "b/c.tf.json", "b/z.yml", "main.tf"]


def test_paths_begin_as_the_user_wrote_them(here: Path) -> None:
    make("b/z.yml")
    assert found(FileFinder(), "./b") == ["./b/z.yml"]
    assert found(FileFinder(), ".") == ["./b/z.yml"]
    assert found(FileFinder(), "b/") == ["b/z.yml"]
    assert found(FileFinder(), str(here / "b")) == [str(here / "b" / "z.yml")]


def test_a_file_that_is_named_is_found_whatever_its_name(here: Path) -> None:
    make("b/notes.txt", "b/x.yaml")
    assert list(FileFinder(Patterns(exclude=[("", "b")])).find(["b/notes.txt", "b/x.yaml"])) == [
        Found("b/notes.txt", named=True),
        Found("b/x.yaml", named=True),
    ]


def test_a_file_comes_once_and_as_named_even_if_its_folder_comes_first(here: Path) -> None:
    make("b/x.yaml", "b/y.yaml")
    assert list(FileFinder().find(["b", "./b/x.yaml", "b"])) == [
        Found("b/x.yaml", named=True),
        Found("b/y.yaml", named=False),
    ]


@pytest.mark.parametrize("name", sorted(SKIPPED))
def test_each_skipped_folder_can_be_walked(here: Path, name: str) -> None:
    make(f"app/{name}/x.yaml", f"app/{name}/deep/{name}/y.yaml")
    assert found(FileFinder()) == []
    assert found(FileFinder(), f"app/{name}") == [f"app/{name}/x.yaml"]
    assert f"app/{name}/x.yaml" in found(FileFinder(Patterns(include=[("", name)])))
    assert found(FileFinder(Patterns(include=[("", f"app/{name}")])))[-1] == f"app/{name}/x.yaml"


def test_excluded_folders_and_files_are_left_out_relative_to_the_root(here: Path) -> None:
    make("top/a/old/x.yaml", "top/a/new.yaml", "top/a/draft-1.yaml")
    walk = FileFinder(Patterns([(str(here / "top"), one) for one in ("a/old", "draft-*")]))
    assert found(walk) == ["top/a/new.yaml"]
    assert found(walk, "top/a") == ["top/a/new.yaml"]


def test_exclude_is_stronger_than_include(here: Path) -> None:
    make("cdk.out/x.json", "cdk.out/asset.1/y.json")
    assert found(FileFinder(Patterns([("", "asset.*")], [("", "cdk.out")]))) == ["cdk.out/x.json"]


def test_a_loop_of_links_ends_and_a_link_to_nothing_is_passed_over(here: Path) -> None:
    make("a/x.yaml")
    os.symlink("..", "a/up", target_is_directory=True)
    os.symlink("nowhere", "a/gone.yaml")
    os.symlink("x.yaml", "a/y.yaml")
    os.symlink("self.yaml", "a/self.yaml")
    assert found(FileFinder()) == ["a/x.yaml", "a/y.yaml"]
    assert found(FileFinder(), "a/up")[0] == "a/up/a/x.yaml"


def test_a_folder_that_cannot_be_opened_is_said_and_the_others_are_walked(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("a/x.yaml", "b/x.yaml", "c/x.yaml")
    scandir = os.scandir

    def closed(path: str) -> Any:
        if path == "b":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert found(FileFinder()) == ["a/x.yaml", "! b: permission denied", "c/x.yaml"]


def test_a_path_that_does_not_exist_is_said_and_the_others_are_found(here: Path) -> None:
    make("x.yaml")
    results = FileFinder().find(["typo.yaml", "x.yaml", "x.yaml/below", "nul\0"])
    assert [(type(one), one.path) for one in results] == [
        (Problem, "typo.yaml"),
        (Found, "x.yaml"),
        (Problem, "x.yaml/below"),
        (Problem, "nul\0"),
    ]
    assert found(FileFinder(), "typo.yaml") == ["! typo.yaml: no such file or folder"]


@each_case(
    ("pattern", "text", "fits"),
    [
        ("sqs-*", "sqs-long-polling", True),
        ("sqs-*", "rds-multi-az", False),
        ("*", "", True),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("*-az", "rds-multi-az", True),
        ("*-a", "rds-multi-az", False),
        ("aws_sqs_queue.b[0]", "aws_sqs_queue.b[0]", True),
        ("aws_sqs_queue.b[0]", "aws_sqs_queue.b0", False),
        ('module.a["x"].*', 'module.a["x"].aws_sqs_queue.b[0]', True),
        ("*a*b*", "xxaxxbxx", True),
        ("*a*b*", "xxbxxaxx", False),
    ],
)
def test_globs(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits


def test_a_glob_with_many_wildcards_is_fast() -> None:
    assert matches("*a" * 500 + "b", "a" * 5000) is False
    assert path_matches("/".join(["**", "a"] * 200) + "/b", "/".join("a" * 400)) is False


@each_case(
    ("pattern", "path", "fits"),
    [
        ("legacy", "a/legacy/x.yaml", True),
        ("legacy/", "a/legacy/x.yaml", True),
        ("legacy", "a/legacy2/x.yaml", False),
        ("*.json", "a/b/x.json", True),
        ("a/b", "a/b/x.yaml", True),
        ("a/b", "c/a/b/x.yaml", False),
        ("/a", "a/x.yaml", True),
        ("./a/b", "a/b", True),
        ("a/*.yaml", "a/x.yaml", True),
        ("a/*.yaml", "a/b/x.yaml", False),
        ("a/**/*.yaml", "a/x.yaml", True),
        ("a/**/*.yaml", "a/b/c/x.yaml", True),
        ("**/b/x.yaml", "b/x.yaml", True),
        ("**/b/x.yaml", "a/b/x.yaml", True),
        ("a/**", "a/b/c", True),
        ("**", "a/b/c", True),
        ("", "a", False),
        ("a/b", "../a/b", False),
    ],
)
def test_path_globs(pattern: str, path: str, fits: bool) -> None:
    assert path_matches(pattern, path) is fits


def test_literal_patterns() -> None:
    assert is_literal("module.a[0].b")
    assert not is_literal("module.*")
    assert not is_literal("a?")


@pytest.mark.parametrize(("manifest", "is_found"), [("{}", True), ('{"artifacts": {}}', True), ("[", True)])
def test_a_manifest_of_another_kind_hides_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manifest: str, is_found: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "asset.prod").mkdir()
    (tmp_path / "asset.prod" / "a.yaml").write_text("")
    (tmp_path / "manifest.json").write_text(manifest)
    paths = [found.path for found in FileFinder().find()]
    assert (os.path.join("asset.prod", "a.yaml") in paths) == is_found
