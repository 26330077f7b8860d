"""What came or went in a module that several roots call is told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.repositories import Repository, made, needs_git

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]

QUEUE = 'resource "aws_sqs_queue" "orders" {\n  name = "orders"\n  receive_wait_time_seconds = %s\n}\n'
ROOT = 'terraform {\n  backend "s3" {}\n}\n\nmodule "queue" {\n  source = "../../modules/queue"\n}\n'


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def test_what_is_mended_for_all_callers_is_one_line(repository: Repository) -> None:
    roots = {f"live/{name}/main.tf": ROOT for name in ("orders", "refunds", "labels")}
    repository.commit({**roots, "modules/queue/main.tf": QUEUE % 3})
    repository.commit({"modules/queue/main.tf": QUEUE % 20})
    told = invoke("lint", "--advice", "--select", "sqs-long-polling", "--against", "HEAD~1", ".").output.splitlines()
    (line,) = [line for line in told if line.startswith("mended: ")]
    assert line.endswith(" (3 times)")
    assert any(line.startswith("3 mended ") for line in told)
