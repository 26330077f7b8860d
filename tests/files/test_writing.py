"""A report that is written to a file replaces that file as a whole, through links, or leaves it as it was."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tests.command import invoke

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "ok.yaml").write_text(QUEUE)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    assert [path.name for path in tmp_path.rglob("*.tmp")] == []


def lint(output: str, exits: int = 1) -> str:
    result = invoke("lint", "ok.yaml", "--format", "json", "--output", output)
    assert result.exit_code == exits, result.output
    return result.stderr


def is_report(path: Path) -> bool:
    return bool(json.loads(path.read_text())["summary"]["files"] == 1)


def test_a_link_stays_and_its_target_is_replaced_with_the_same_permissions(folder: Path) -> None:
    (folder / "real").mkdir()
    target = folder / "real" / "report.json"
    target.write_text("old")
    target.chmod(0o640)
    os.symlink("real/report.json", "one")
    os.symlink("one", "two")
    lint("two")
    assert os.readlink("two") == "one"
    assert os.readlink("one") == "real/report.json"
    assert is_report(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_to_nothing_makes_the_file_that_it_leads_to(folder: Path) -> None:
    os.symlink("report.json", "link")
    lint("link")
    assert os.path.islink("link")
    assert is_report(folder / "report.json")


def test_a_new_file_has_the_permissions_that_others_get(folder: Path) -> None:
    lint("report.json")
    assert stat.S_IMODE(Path("report.json").stat().st_mode) == stat.S_IMODE(Path("ok.yaml").stat().st_mode)


def test_standard_output_gets_the_report_alone(folder: Path) -> None:
    result = invoke("lint", "ok.yaml", "--format", "json", "--output", "-")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["summary"]["findings"] == len(json.loads(result.stdout)["findings"])
    assert os.listdir() == ["ok.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_a_pipe_is_not_replaced(folder: Path) -> None:
    os.mkfifo("pipe")
    os.symlink("pipe", "link")
    for name in ("pipe", "link"):
        said = f"{name}: the report can't be written: this is no file; name a file, or - for standard output\n"
        assert lint(name, 2) == said
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
def test_a_device_is_not_replaced(folder: Path) -> None:
    assert "this is no file" in lint("/dev/full", 2)
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing/report.json", "no such file or directory"),
        ("ok.yaml/report.json", "not a directory"),
        ("x" * 300, "file name too long"),
        ("loop", "too many levels of symbolic links"),
    ],
)
def test_a_path_that_cannot_be_written_is_one_sentence(folder: Path, name: str, said: str) -> None:
    os.symlink("loop", "loop")
    assert lint(name, 2) == f"{name}: the report can't be written: {said}\n"


@pytest.mark.parametrize("failing", ["write", "replace", "fchmod"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), SystemExit(130)])
def test_a_failure_or_an_interrupt_leaves_the_old_file_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str, error: BaseException
) -> None:
    def fail(*_: Any) -> NoReturn:
        raise error

    Path("report.json").write_text("old")
    with monkeypatch.context() as patched:
        patched.setattr(os, failing, fail)
        said = lint("report.json", 2 if isinstance(error, OSError) else 130)
    assert Path("report.json").read_text() == "old"
    if isinstance(error, OSError):
        assert said == "report.json: the report can't be written: no space left on device\n"


def test_a_file_that_must_not_be_written_is_not_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("report.json").write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # The tests may run as root, who may write any file.
    assert lint("report.json", 2) == "report.json: the report can't be written: permission denied\n"
    assert Path("report.json").read_text() == "old"


def test_a_link_that_waits_under_the_name_of_the_draft_is_not_followed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "victim").write_text("old")
    os.symlink("victim", f".awslint-memo-{bytes(8).hex()}.tmp")
    monkeypatch.setattr(os, "urandom", bytes)
    assert lint("report.json", 2) == "report.json: the report can't be written: file exists\n"
    assert (folder / "victim").read_text() == "old"
    os.unlink(f".awslint-memo-{bytes(8).hex()}.tmp")


KILLED = """
import os, signal
from awslint_memo.cli import main
write = os.write
def killed(descriptor, data):
    write(descriptor, data[: len(data) // 2])
    os.kill(os.getpid(), signal.SIGKILL)
os.write = killed
main(["lint", "ok.yaml", "--format", "json", "--output", "report.json"])
"""

FULL = """
import resource
from awslint_memo.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
main(["lint", "ok.yaml", "--format", "json", "--output", "report.json"])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
def test_a_run_that_is_killed_while_it_writes_leaves_the_old_file_whole(folder: Path) -> None:
    Path("report.json").write_text("old")
    done = subprocess.run([sys.executable, "-c", KILLED], check=False)
    assert done.returncode == -signal.SIGKILL
    assert Path("report.json").read_text() == "old"
    [draft] = folder.glob(".awslint-memo-*.tmp")  # nobody was left to remove it
    assert draft.stat().st_size > 0
    draft.unlink()


@pytest.mark.skipif(find_spec("resource") is None, reason="the system has no limit of the size of files")
def test_a_disk_that_becomes_full_while_a_report_is_written_leaves_the_old_file_whole(folder: Path) -> None:
    Path("report.json").write_text("old")
    done = subprocess.run([sys.executable, "-c", FULL], check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "report.json: the report can't be written: file too large\n"
    assert Path("report.json").read_text() == "old"
