"""Output that can't be written, or not in the encoding of the terminal, gives a sentence and no traceback."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.command import invoke

QUEUES = """\
resource "aws_sqs_queue" "orders" {
  count = 2
  name  = "é日本"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders[0].arn
}
"""
COMMANDS = [
    ["lint", "main.tf", "--advice"],
    ["why", "sqs-long-polling", "aws_sqs_queue.orders", "main.tf"],
    ["rules"],
    ["explain", "sqs-long-polling"],
]


def run(arguments: list[str], folder: Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    (folder / "main.tf").write_text(QUEUES, encoding="utf-8")
    command = [sys.executable, "-m", "awslint_memo", *arguments]
    return subprocess.run(command, cwd=folder, stderr=subprocess.PIPE, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda one: one[0])
def test_a_full_disk(arguments: list[str], tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = run(arguments, tmp_path, stdout=full)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [b"the output could not be written: no space left on device"]


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda one: one[0])
def test_a_terminal_with_another_encoding(arguments: list[str], encoding: str, tmp_path: Path) -> None:
    done = run(arguments, tmp_path, stdout=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert done.returncode == (1 if arguments[0] == "lint" else 0)
    assert done.stdout
    assert b"Traceback" not in done.stderr


def test_why_finds_all_instances_of_a_resource(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(QUEUES, encoding="utf-8")
    shown = invoke("why", "sqs-long-polling", "aws_sqs_queue.orders", str(tmp_path)).stdout
    assert "on aws_sqs_queue.orders[0]," in shown
    assert "on aws_sqs_queue.orders[1]," in shown


def test_why_names_the_files_that_it_could_not_read(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text("Resources: {Q: {Type: AWS::SQS::Queue}}\n")
    (tmp_path / "broken.yaml").write_text("Resources:\n\tQ:\n    Type: AWS::SQS::Queue\n")
    result = invoke("why", "sqs-long-polling", "Q", str(tmp_path))
    assert result.exit_code == 2
    assert "sqs-long-polling on Q" in result.stdout
    assert "broken.yaml:2:1: " in result.stderr


def test_why_suggests_the_resource_of_a_module_before_one_with_a_similar_name(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "main.tf").write_text('resource "aws_sqs_queue" "q" {\n}\n')
    (tmp_path / "main.tf").write_text('module "m" {\n  source = "./inner"\n}\nresource "aws_sqs_queue" "v" {\n}\n')
    result = invoke("why", "sqs-long-polling", "aws_sqs_queue.q", str(tmp_path))
    assert result.exit_code == 2
    assert result.stderr.rstrip().endswith("did you mean module.m.aws_sqs_queue.q?")


LINES = {
    "lint": "lint main.tf",
    "missing": "lint missing.tf",
    "explain": "explain nothing",
    "usage": "lint --nothing",
    "help": "--help",
    "version": "--version",
}


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in which AWSLINT stands for the command."""
    (folder / "main.tf").write_text(QUEUES, encoding="utf-8")
    line = line.replace("AWSLINT", f"{sys.executable} -m awslint_memo")
    return subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, check=False, timeout=60)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
@pytest.mark.parametrize("command", LINES)
def test_full_streams_give_no_traceback_and_no_other_exit_code(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = f"AWSLINT {LINES[command]}"
    without_errors = shell(f"{line} 2>/dev/full", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert without_errors.returncode == invoke(*shlex.split(LINES[command])).exit_code
    assert shell(f"{line} >/dev/full 2>&1", tmp_path).returncode == 2
    full = shell(f"{line} >/dev/full", tmp_path)
    assert full.returncode == 2
    assert full.stderr
    assert b"Traceback" not in full.stderr


@pytest.mark.skipif(os.name != "posix", reason="the shell closes streams")
class TestClosedStreams:
    def test_output(self, tmp_path: Path) -> None:
        for more in ("", " --output report.txt"):
            done = shell(f"AWSLINT lint main.tf{more} >&-", tmp_path)
            assert (done.returncode, done.stderr) == (2, b"standard output is closed; nothing can be shown\n")
        assert not (tmp_path / "report.txt").exists()

    def test_errors(self, tmp_path: Path) -> None:
        assert shell("AWSLINT lint main.tf 2>&-", tmp_path).returncode == 1
        assert shell("AWSLINT lint missing.tf 2>&-", tmp_path).returncode == 2

    def test_input(self, tmp_path: Path) -> None:
        done = shell("AWSLINT lint - <&-", tmp_path)
        said = b"<stdin>:1:1: standard input is closed; give the file to it, or name the file\n"
        assert (done.returncode, done.stderr) == (2, said)
        assert shell("AWSLINT lint main.tf <&-", tmp_path).returncode == 1

    def test_all(self, tmp_path: Path) -> None:
        assert shell("AWSLINT lint main.tf <&- >&- 2>&-", tmp_path).returncode == 2

    def test_no_file_gets_the_number_of_a_closed_stream(self, tmp_path: Path) -> None:
        done = shell("AWSLINT lint main.tf --format json --output report.json <&- 2>&-; cat report.json", tmp_path)
        assert done.stdout.endswith(b"}\n")


def test_a_reader_that_leaves_ends_a_run_without_a_traceback(tmp_path: Path) -> None:
    done = shell("AWSLINT rules --format json | true", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_working_folder_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    for path in ("", "../main.tf"):
        done = shell(f"mkdir gone; cd gone; rmdir ../gone; AWSLINT lint {path}", tmp_path)
        said = b".:1:1: the working folder does not exist any more; change to one that does\n"
        assert (done.returncode, done.stderr) == (2, said)
