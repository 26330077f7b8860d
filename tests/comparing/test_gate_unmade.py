"""A resource that mends, of which nobody knows whether it is made, mends nothing for sure."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

ROOT = """\
terraform {
  backend "s3" {}
}
data "aws_caller_identity" "me" {}
variable "n" {}
"""
QUEUE = """\
resource "aws_sns_topic" "t" {
  name = "t"
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.t.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.q.arn
}
"""
POLICY = """\
resource "aws_sqs_queue_policy" "%s" {
  %s
  queue_url = %s.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = %s.arn
    }]
  })
}
"""
NEVER = 'data.aws_caller_identity.me.account_id == "000000000000"'
ENABLED = f"lifecycle {{\n    enabled = {NEVER}\n  }}"
MODULE = 'variable "queue" {}\nvariable "is_on" {\n  default = true\n}\n'
CALL = 'module "m" {\n  source = "./m"\n  queue  = aws_sqs_queue.q\n  %s\n}\n'
FUNCTION = """\
resource "aws_iam_role" "r" {
  %s
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = %s.arn
  tracing_config {
    mode = "Active"
  }
}
"""
ATTACHED = """\
resource "aws_iam_role_policy_attachment" "x" {
  %s
  role       = %s.name
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}
"""


def policy(made_by: str, name: str = "p", queue: str = "aws_sqs_queue.q") -> str:
    return POLICY % (name, made_by, queue, queue)


WAYS = {
    "count": {"more.tf": policy(f"count = {NEVER} ? 1 : 0")},
    "for_each": {"more.tf": policy(f'for_each = toset({NEVER} ? ["a"] : [])')},
    "a variable": {"more.tf": policy("count = var.n")},
    "a length": {"more.tf": policy("count = length(data.aws_caller_identity.me.tags)")},
    "the time": {"more.tf": policy('count = timestamp() == "" ? 1 : 0')},
    "a function of a provider": {"more.tf": policy("count = provider::x::y() ? 1 : 0")},
    "enabled": {"more.tf": policy(ENABLED)},
    "a local": {"more.tf": f"locals {{\n  on = {NEVER}\n}}\n" + policy("count = local.on ? 1 : 0")},
    "two": {"more.tf": policy(f"count = {NEVER} ? 1 : 0") + policy('count = timestamp() == "" ? 1 : 0', "o")},
    "a call": {"more.tf": CALL % f"count = {NEVER} ? 1 : 0", "m/main.tf": MODULE + policy("", queue="var.queue")},
    "a call by keys": {
        "more.tf": CALL % f'for_each = toset({NEVER} ? ["a"] : [])',
        "m/main.tf": MODULE + policy("", queue="var.queue"),
    },
    "a call that is enabled": {"more.tf": CALL % ENABLED, "m/main.tf": MODULE + policy("", queue="var.queue")},
    "in a module": {
        "more.tf": CALL % f"is_on = {NEVER}",
        "m/main.tf": MODULE + policy("count = var.is_on ? 1 : 0", queue="var.queue"),
    },
}
SURE = {
    "one": policy(""),
    "a count": policy("count = 1"),
    "a key that is not known": policy("for_each = toset([data.aws_caller_identity.me.account_id])"),
    "beside another": policy("") + policy(f"count = {NEVER} ? 1 : 0", "o", "aws_sqs_queue.other"),
}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def gate(rule: str = "delivery-not-allowed") -> tuple[int, str]:
    result = invoke("lint", "--against", "HEAD", "--gate", "--select", rule)
    return result.exit_code, result.output


@needs_git
@pytest.mark.parametrize("way", WAYS)
def test_what_may_not_be_made_shuts_the_gate(repository: Repository, way: str) -> None:
    repository.commit({"main.tf": ROOT + QUEUE})
    write(repository.path, WAYS[way])
    code, output = gate()
    assert code == 1, output
    assert "what mends it is made by a count, for_each or enabled that is not known" in output


@needs_git
@pytest.mark.parametrize("way", SURE)
def test_what_surely_is_made_mends(repository: Repository, way: str) -> None:
    other = 'resource "aws_sqs_queue" "other" {\n  name = "other"\n}\n'
    repository.commit({"main.tf": ROOT + QUEUE + other})
    write(repository.path, {"more.tf": SURE[way]})
    code, output = gate()
    assert (code, "mended" in output) == (0, True), output


@needs_git
@pytest.mark.parametrize("made_by", [f"count = {NEVER} ? 1 : 0", "count = var.n"])
def test_what_is_made_with_its_role_mends(repository: Repository, made_by: str) -> None:
    """The role is there by the same count as its policy; by another one, it may be there alone."""
    role = "aws_iam_role.r[0]"
    count = f"count = {NEVER} ? 1 : 0"
    repository.commit({"main.tf": ROOT + FUNCTION % (count, role)})
    write(repository.path, {"more.tf": ATTACHED % (made_by, role)})
    code, output = gate("xray-permissions")
    assert (code, "mended:" in output) == ((0, True) if made_by == count else (1, False)), output
