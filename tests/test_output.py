"""Output that can't be written, or not in the encoding of the terminal, gives a sentence and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.command import invoke

QUEUES = 'resource "aws_sqs_queue" "orders" {\n  count = 2\n  name  = "é日本"\n}\n'
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
