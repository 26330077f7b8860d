"""No link that came with a repository leads what a command writes out of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.command import invoke
from tests.repositories import made, needs_git

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]

QUEUE = "Resources:\n  Orders: {Type: AWS::SQS::Queue}\n"
BASELINE = "version: 1\nfindings: []\n"
KEPT = "not to be changed\n"

WAYS = {
    "file": ("out.json", {"out.json": "{outside}/file"}),
    "new file": ("out.json", {"out.json": "{outside}/new"}),
    "folder": ("out/file", {"out": "{outside}"}),
    "chain": ("one", {"one": "two", "two": "three/file", "three": "../outside"}),
    "upwards": ("in/../../outside/file", {"in": "{inside}/deep"}),
    "of git": ("out.json", {"out.json": ".git/config"}),
}
"""A path in the repository, and links there: what each leads to."""

COMMANDS = {
    "lint": "lint q.yaml --format json --output {path}",
    "several": "lint q.yaml --format sarif --output {path} --format json --output other.json",
    "html": "lint q.yaml --format html --output {path}",
    "baseline": "lint q.yaml --write-baseline {path}",
    "graph": "graph q.yaml --output {path}",
    "recovery": "recovery q.yaml --output {path}",
    "merge": "merge report.json --output {path}",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    repository = made(tmp_path / "inside")
    repository.commit({"q.yaml": QUEUE, "deep/x": ""})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_text(KEPT, encoding="utf-8")
    monkeypatch.chdir(repository.path)
    invoke("lint", "q.yaml", "--format", "json", "--output", "report.json")
    return repository.path


def linked(folder: Path, way: str) -> str:
    path, links = WAYS[way]
    for name, to in links.items():
        (folder / name).symlink_to(to.format(outside=folder.parent / "outside", inside=folder))
    return path


def state(folder: Path) -> dict[str, bytes]:
    places = [*(folder.parent / "outside").rglob("*"), folder / ".git" / "config"]
    return {str(path): path.read_bytes() for path in places if path.is_file()}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("way", WAYS)
def test_a_link_that_leads_out_of_the_repository_is_not_followed(folder: Path, way: str, command: str) -> None:
    path = linked(folder, way)
    before = state(folder)
    words = COMMANDS[command].format(path=path).split()
    assert invoke(*words).exit_code == 2
    assert state(folder) == before


def test_a_baseline_that_is_pruned_through_a_link_stays(folder: Path) -> None:
    known = folder.parent / "outside" / "known.yaml"
    invoke("lint", "q.yaml", "--write-baseline", str(known))
    before = known.read_bytes()
    Path("known.yaml").symlink_to(known)
    Path("q.yaml").write_text(QUEUE.replace("SQS", "SNS").replace("Queue", "Topic"), encoding="utf-8")
    result = invoke("lint", "q.yaml", "--baseline", "known.yaml", "--prune-baseline")
    assert (result.exit_code, known.read_bytes()) == (2, before)
    assert "known.yaml is a symbolic link that leads out of" in result.stderr


def test_the_configuration_is_not_written_through_a_linked_folder(folder: Path) -> None:
    Path("infra").symlink_to(folder.parent / "outside")
    assert invoke("init", "infra").exit_code == 2
    assert not (folder.parent / "outside" / ".awslint-memo.yaml").exists()


def test_links_to_the_same_repository_and_a_persons_own_count(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("link").symlink_to("deep")
    own = folder.parent / "own"
    own.symlink_to(folder.parent / "outside")
    for path in (Path("link", "a.json"), own / "a.json", folder.parent / "outside" / "b.json"):
        assert invoke("lint", "q.yaml", "--format", "json", "--output", str(path)).exit_code == 1
        assert path.read_text(encoding="utf-8").startswith("{")


def test_a_working_folder_without_a_repository_is_one_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    Path("q.yaml").write_text(QUEUE, encoding="utf-8")
    Path("out.json").symlink_to(tmp_path / "file")
    result = invoke("lint", "q.yaml", "--format", "json", "--output", "out.json")
    assert (result.exit_code, (tmp_path / "file").exists()) == (2, False)


@pytest.mark.skipif(sys.platform != "linux", reason="Python has extended attributes on Linux only")
def test_a_fix_keeps_extended_attributes_and_tells_of_hard_links(folder: Path) -> None:
    path = Path("f.tf")
    path.write_text('resource "aws_sqs_queue" "q" {\n  visibility_timeout_seconds = 0\n}\n', encoding="utf-8")
    try:
        os.setxattr(path, "user.owner", b"team")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    os.link(path, folder.parent / "outside" / "other.tf")
    result = invoke("lint", "f.tf", "--fix", "--advice", "--unsafe-fixes")
    assert "mended" in result.stderr
    assert os.getxattr(path, "user.owner") == b"team"
    assert "f.tf: the file has other names (hard links), which keep its former text" in result.stderr
