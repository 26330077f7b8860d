"""OpenTofu makes nothing of a block whose `lifecycle` says that it is not enabled: that mends nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

RULE = "sqs-dead-letter-queue"

QUEUE = """\
terraform {
  backend "s3" {}
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_sqs_queue" "failed" {
  name                      = "orders-failed"
  message_retention_seconds = 1209600
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.q.arn
  function_name    = "orders"
}
"""
REDRIVE = """\
resource "aws_sqs_queue_redrive_policy" "q" {
  queue_url      = aws_sqs_queue.q.id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
%s}
"""
MODULE = """\
variable "url" {}
variable "arn" {}
resource "aws_sqs_queue_redrive_policy" "q" {
  queue_url      = var.url
  redrive_policy = jsonencode({ deadLetterTargetArn = var.arn, maxReceiveCount = 5 })
}
"""
CALL = """\
module "redrive" {
  source = "./redrive"
  url    = aws_sqs_queue.q.id
  arn    = aws_sqs_queue.failed.arn
%s}
"""
JSON = {
    "resource": {
        "aws_sqs_queue_redrive_policy": {
            "q": {
                "queue_url": "${aws_sqs_queue.q.id}",
                "redrive_policy": '{"deadLetterTargetArn": "${aws_sqs_queue.failed.arn}", "maxReceiveCount": 5}',
            }
        }
    }
}
VARIABLE = 'variable "on" {}\n'
DEFAULT = 'variable "on" {\n  default = false\n}\n'


def lifecycle(value: str) -> str:
    return f"  lifecycle {{\n    enabled = {value}\n  }}\n" if value else ""


def in_json(enabled: object) -> str:
    said = json.loads(json.dumps(JSON))
    said["resource"]["aws_sqs_queue_redrive_policy"]["q"]["lifecycle"] = enabled
    return json.dumps(said)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    repository: Repository = made(tmp_path)
    repository.commit({"main.tf": QUEUE, "redrive/main.tf": MODULE})
    return repository


def gate() -> tuple[int, str]:
    result = invoke("lint", "--against", "HEAD", "--gate", "--select", RULE)
    return result.exit_code, result.output


NOTHING: dict[str, dict[str, str]] = {
    "a companion": {"more.tf": REDRIVE % lifecycle("false")},
    "by a text": {"more.tf": REDRIVE % lifecycle('"false"')},
    "by a local": {"more.tf": f"locals {{\n  on = 1 > 2\n}}\n{REDRIVE % lifecycle('local.on')}"},
    "in JSON": {"more.tf.json": in_json({"enabled": False})},
    "in a list in JSON": {"more.tf.json": in_json([{"enabled": False}])},
    "by an override": {"more.tf": REDRIVE % "", "x_override.tf": REDRIVE % lifecycle("false")},
    "a call": {"more.tf": CALL % lifecycle("false")},
    "a default": {"more.tf": DEFAULT + REDRIVE % lifecycle("var.on")},
}


@needs_git
@pytest.mark.parametrize("way", NOTHING)
def test_what_is_not_made_mends_nothing(repository: Repository, way: str) -> None:
    write(repository.path, NOTHING[way])
    _, output = gate()
    assert "1 finding as before" in output, output
    assert "mended" not in output


@needs_git
@pytest.mark.parametrize("text", [REDRIVE, CALL])
def test_what_may_not_be_made_shuts_the_gate(repository: Repository, text: str) -> None:
    write(repository.path, {"more.tf": VARIABLE + text % lifecycle("var.on")})
    code, output = gate()
    assert (code, "mended" in output) == (1, False), output


@needs_git
def test_what_is_made_mends(repository: Repository) -> None:
    write(repository.path, {"more.tf": REDRIVE % lifecycle("true")})
    code, output = gate()
    assert (code, "mended" in output) == (0, True), output


@needs_git
@pytest.mark.parametrize("default", ["false", "true"])
def test_a_resource_that_a_default_does_not_make_any_more_shuts_the_gate(repository: Repository, default: str) -> None:
    off = QUEUE.replace('  name = "q"\n', f'  name = "q"\n{lifecycle("var.on")}')
    write(repository.path, {"main.tf": off + DEFAULT.replace("false", default)})
    code, output = gate()
    assert code == (1 if default == "false" else 0), output
    if default == "true":
        assert "1 finding as before" in output  # The address is as it was.
