"""Files beside a template are found by their paths, and nothing else is opened."""

from pathlib import Path

import pytest

from awslint_memo.files.beside import MAX_BYTES, FilesBeside
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    top = tmp_path / "repository"
    for folder in (".git", "stacks/web", "ci"):
        (top / folder).mkdir(parents=True)
    (tmp_path / "outside.yml").write_text("outside")
    (top / "ci/web.yml").write_text("above")
    (top / "stacks/web/template.yaml").write_text("Resources: {}")
    monkeypatch.chdir(top)
    return top


def beside() -> FilesBeside:
    return FilesBeside(Files(bounds=Root([NEAR])))


NEAR = "stacks/web/template.yaml"


def test_a_path_is_relative_to_the_folder_of_the_file_or_to_one_above(top: Path) -> None:
    named = beside().named("ci/web.yml", NEAR)
    assert named is not None
    assert (named.path, named.text) == ("ci/web.yml", "above")
    assert beside().at("ci/web.yml", NEAR) is None
    found = beside().at("../../ci/web.yml", NEAR)
    assert found is not None
    assert found.path == "ci/web.yml"


def test_of_several_files_none_is_meant_unless_they_are_equal(top: Path) -> None:
    (top / "stacks/ci").mkdir()
    (top / "stacks/ci/web.yml").write_text("between")
    assert beside().named("ci/web.yml", NEAR) is None
    (top / "stacks/ci/web.yml").write_text("above")
    assert beside().named("ci/web.yml", NEAR) is not None


@pytest.mark.parametrize("written", ["../outside.yml", "../../../outside.yml", "/etc/passwd", "ci", "none.yml", "a\0b"])
def test_what_is_outside_or_no_file_is_not_opened(top: Path, written: str) -> None:
    assert beside().named(written, NEAR) is None
    assert beside().at(written, NEAR) is None


def test_large_and_binary_files_are_left_alone(top: Path) -> None:
    (top / "ci/large.yml").write_bytes(b" " * (MAX_BYTES + 1))
    (top / "ci/image.yml").write_bytes(b"\0\1\2\3")
    (top / "ci/odd.yml").write_bytes(b"a\xff")
    assert [beside().named(f"ci/{name}.yml", NEAR) for name in ("large", "image", "odd")] == [None, None, None]


def test_it_tells_whether_what_was_asked_is_as_before(top: Path) -> None:
    before = beside()
    before.named("ci/web.yml", NEAR)
    assert beside().is_as_in(before)
    (top / "ci/web.yml").write_text("other")
    assert not beside().is_as_in(before)
    after = beside()
    after.named("ci/web.yml", NEAR)
    later = beside()
    assert later.is_as_in(after)
    (top / "ci/web.yml").unlink()
    assert not beside().is_as_in(later)
