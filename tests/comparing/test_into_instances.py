"""Blocks that became instances of one, and instances that became blocks: each is what its key is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
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


def test_an_instance_with_another_key_is_as_before(repository: Repository) -> None:
    told = changed(repository, instances(*THREE), instances("orders", "refunds", "stickers"), *SELECT)
    assert {*told} == {"followed", "unchanged"}
    assert told["followed"] == [f'{QUEUE}.each["stickers"]']
    text = printed("lint", *SELECT, "--against", "HEAD")
    assert 'sqs-long-polling on aws_sqs_queue.each["stickers"] (was aws_sqs_queue.each["labels"])' in text


def test_an_instance_of_a_call_with_another_key_is_as_before(repository: Repository) -> None:
    """The key of the call is the name of the shop."""
    shop = {"shop/main.tf": block("each", "${var.name}") + 'variable "name" {}\n'}
    call = 'module "shops" {\n  for_each = toset(["a", "b"])\n  source   = "./shop"\n  name     = each.key\n}\n'
    before, after = {**shop, "main.tf": call}, {**shop, "main.tf": call.replace('"b"', '"c"')}
    told = changed(repository, before, after, *SELECT)
    assert {*told} == {"followed", "unchanged"}
    assert 'sqs-long-polling module.shops["c"].aws_sqs_queue.each' in told["followed"]


def test_several_instances_with_other_keys_are_others(repository: Repository) -> None:
    told = changed(repository, instances(*THREE), instances("orders", "bills", "stickers"), *SELECT)
    assert {f'{QUEUE}.each["bills"]', f'{QUEUE}.each["stickers"]'} <= {*told["new"]}
    assert {f'{QUEUE}.each["refunds"] resource', f'{QUEUE}.each["labels"] resource'} <= {*told["gone"]}


def test_an_instance_with_another_key_is_another_one_for_the_gate(repository: Repository) -> None:
    told = changed(repository, instances(*THREE), instances("orders", "refunds", "stickers"), *SELECT, "--gate")
    assert f'{QUEUE}.each["stickers"]' in told["new"]
