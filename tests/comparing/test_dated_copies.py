"""Calls of one module with a date in their names: each resource is that of the call that gave way to its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke
from tests.comparing.test_against import changes
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]

SERVICES = ("batcher", "id_minter", "matcher", "router")
SELECT = ("--select", "sqs-long-polling", "--against", "HEAD")
STACK = "".join(f'module "{name}" {{\n  source = "../service"\n}}\n' for name in SERVICES)
STACK += 'module "readers" {\n  source   = "../service"\n  for_each = toset(["calm", "mets", "tei"])\n}\n'
SERVICE = 'resource "aws_sqs_queue" "q" {\n  visibility_timeout_seconds = 240\n}\n'
MODULES = {"stack/main.tf": STACK, "service/main.tf": SERVICE}
INSTANCES = (*(f"module.{name}" for name in SERVICES), *(f'module.readers["{key}"]' for key in ("calm", "mets", "tei")))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def calls(*dates: str) -> dict[str, str]:
    return {"main.tf": "".join(f'module "of_{date}" {{\n  source = "./stack"\n}}\n' for date in dates)}


def followed() -> dict[str, str]:
    """What the queues were called that are called otherwise now, by what they are called."""
    report = json.loads(invoke("lint", "--format", "json", *SELECT).stdout)
    return {one["resource"]: one["former"]["resource"] for one in report["against"]["followed"]}


def queues(date: str) -> list[str]:
    return [f"module.of_{date}.{name}.aws_sqs_queue.q" for name in INSTANCES]


def test_each_service_is_followed_from_the_one_that_is_called_so(repository: Repository) -> None:
    repository.commit({**MODULES, **calls("08_24", "09_23")})
    one_more = 'module "archiver" {\n  source = "../service"\n}\n'
    write(repository.path, {**calls("09_23", "10_03"), "stack/main.tf": one_more + STACK})
    told = changes(*SELECT)
    assert {*told} == {"followed", "new", "unchanged"}
    assert all(".module.archiver." in each for each in told["new"])
    assert followed() == dict(zip(queues("10_03"), queues("08_24"), strict=True))


def test_what_was_too_much_to_be_read_is_not_what_is_gone(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second call was there before, and most of it was not looked at for its amount."""
    monkeypatch.setattr("awslint_memo.readers.terraform.tree._MAX_MODULES", 12)
    repository.commit({**MODULES, **calls("08_24", "09_23")})
    write(repository.path, calls("09_23", "10_03"))
    told = changes(*SELECT)
    assert {*told} == {"followed", "gone", "not_comparable", "unchanged"}
    assert all(".of_09_23." in each and "was not read at HEAD" in each for each in told["not_comparable"])
    assert all(now == was.replace("08_24", "10_03") for now, was in followed().items())
