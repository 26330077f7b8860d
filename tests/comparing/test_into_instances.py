"""Blocks that became instances of one, and instances that became blocks: each is what its key is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.comparing.test_following import changed
from tests.repositories import Repository, made, needs_git

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]

SELECT = ("--advice", "--select", "sqs-long-polling,lambda-runtime-retired")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def block(name: str, key: str, more: str = "") -> str:
    return f"""\
resource "aws_sqs_queue" "{name}" {{
{more}  name                      = "shop-{key}"
  receive_wait_time_seconds = 3
}}

resource "aws_lambda_function" "{name}" {{
{more}  function_name = "shop-{key}"
  handler       = "{key}.main"
  runtime       = "python3.6"
  filename      = "{key}.zip"
  timeout       = 30
}}
"""


def blocks(*names: str) -> dict[str, str]:
    return {"main.tf": "".join(block(name, name) for name in names)}


def instances(*names: str) -> dict[str, str]:
    keys = ", ".join(f'"{name}"' for name in names)
    return {"main.tf": block("each", "${each.key}", f"  for_each = toset([{keys}])\n")}


THREE = ("orders", "refunds", "labels")
QUEUE = "sqs-long-polling aws_sqs_queue"
FUNCTION = "lambda-runtime-retired aws_lambda_function"


def test_blocks_that_became_instances_of_one_are_as_before(repository: Repository) -> None:
    told = changed(repository, blocks(*THREE), instances(*THREE), *SELECT)
    assert {*told} == {"followed", "unchanged"}
    assert {f'{QUEUE}.each["{name}"]' for name in THREE} <= {*told["followed"]}


def test_instances_that_became_blocks_are_as_before(repository: Repository) -> None:
    told = changed(repository, instances(*THREE), blocks(*THREE), *SELECT)
    assert {*told} == {"followed", "unchanged"}
    assert {f"{QUEUE}.{name}" for name in THREE} <= {*told["followed"]}


def test_a_block_that_is_no_instance_is_gone_and_an_instance_that_was_no_block_is_new(repository: Repository) -> None:
    told = changed(repository, blocks(*THREE), instances("orders", "refunds", "bills"), *SELECT)
    assert f"{QUEUE}.labels resource" in told["gone"]
    assert {f'{QUEUE}.each["bills"]', f'{FUNCTION}.each["bills"]'} == {*told["new"]}


@pytest.mark.parametrize("is_split", [False, True])
def test_many_blocks_are_known_by_their_keys_alone(repository: Repository, is_split: bool) -> None:
    """A list of keys makes the block of the instances unlike each of the others."""
    names = [f"queue_of_{number}" for number in range(20)]
    way = (blocks(*names), instances(*names))
    told = changed(repository, *(way[::-1] if is_split else way), *SELECT)
    assert {*told} == {"followed", "unchanged"}


def test_a_block_that_was_no_instance_is_new_and_an_instance_that_is_no_block_is_gone(repository: Repository) -> None:
    told = changed(repository, instances(*THREE), blocks("orders", "refunds", "bills"), *SELECT)
    assert f'{QUEUE}.each["labels"] resource' in told["gone"]
    assert {f"{QUEUE}.bills", f"{FUNCTION}.bills"} == {*told["new"]}
