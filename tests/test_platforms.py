"""What a user does first, in processes of its own: for every system and Python, also where little else is tried."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.fixture_outputs import FIXTURES, command

OUTPUTS = ["broken/tab.out", "terraform/modules/modules.out", "orders/plan/plan.out"]
BASE = """\
Resources:
  Grösse:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, BackupRetentionPeriod: 0}
"""


def run(*words: str, folder: Path, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "awslint_memo", *words],
        cwd=folder,
        env=environment,
        input=stdin.encode(),
        capture_output=True,
        check=False,
    )


def text(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stdout + done.stderr).decode("utf-8").replace("\r\n", "\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "t.yaml").write_bytes(BASE.replace("\n", "\r\n").encode())
    return tmp_path


@pytest.mark.parametrize("output", OUTPUTS)
def test_it_finds_in_fixtures_what_they_say(output: str) -> None:
    expected = (FIXTURES / output).read_text(encoding="utf-8").rstrip("\n").split("\n")
    done = run(*command(FIXTURES / output), folder=FIXTURES)
    assert f"[exit {done.returncode}]" == expected[-1], text(done)
    told = [re.sub(r"\\", "/", part) for part in (text(done), "\n".join(expected[1:-1]))]
    assert sorted(told[0].splitlines()) == sorted(told[1].splitlines())


def test_a_fix_keeps_line_ends_and_mends(folder: Path) -> None:
    assert run("lint", "--select", "rds-backup-retention", "--fix", "--unsafe-fixes", folder=folder).returncode == 0
    data = (folder / "infra" / "t.yaml").read_bytes()
    assert data == BASE.replace("Period: 0", "Period: 7").replace("\n", "\r\n").encode()


@pytest.mark.parametrize("form", ["json", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "agent", "html"])
def test_every_format_is_written_to_a_file(form: str, folder: Path) -> None:
    done = run("lint", "--format", form, "--output", "report", "infra", folder=folder)
    assert done.returncode == 1, text(done)
    report = (folder / "report").read_text(encoding="utf-8")
    assert "rds-backup-retention" in report
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(report)


def test_many_templates_are_judged_by_as_many_processes_as_there_can_be(folder: Path) -> None:
    for number in range(4):
        one = "".join(BASE.partition("\n")[2].replace("Grösse", f"B{at}") for at in range(700))
        (folder / "infra" / f"many{number}.yaml").write_text(f"Resources:\n{one}", encoding="utf-8")
    done = run("lint", "--select", "rds-backup-retention", "--format", "json", folder=folder)
    assert json.loads(done.stdout)["summary"]["findings"] == 4 * 700 + 1, text(done)[-500:]


def test_standard_input_explanations_and_reasons(folder: Path) -> None:
    done = run("lint", "-", "--stdin-filename", "t.yaml", folder=folder, stdin=BASE)
    assert (done.returncode, "t.yaml:4:" in text(done)) == (1, True)
    assert "THE MEMO SAYS" in text(run("explain", "sqs-long-polling", folder=folder))
    assert "BackupRetentionPeriod" in text(run("why", "rds-backup-retention", "Grösse", "infra", folder=folder))


def test_an_editor_is_served(folder: Path) -> None:
    if find_spec("pygls") is None:
        pytest.skip("pygls is not installed")
    bodies: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    texts = [json.dumps({"jsonrpc": "2.0", **body}) for body in bodies]
    done = run("server", folder=folder, stdin="".join(f"Content-Length: {len(one)}\r\n\r\n{one}" for one in texts))
    assert b"awslint-memo" in done.stdout
