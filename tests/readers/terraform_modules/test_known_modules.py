"""Calls of public modules that are judged by facts, without the files of the modules. The facts are of acme/queue/aws,
a module that nobody has: a queue with a dead-letter queue of a module of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, report
from tests.readers.workspace import write

from awslint_memo.readers.terraform_modules import tables

FACTS = Path(__file__).parent / "facts"

SELECT = ("--select", "sqs-dead-letter-queue,sqs-dead-letter-retention", "--advice")

MODULE = {
    "main.tf": """\
variable "name" {}
variable "days" {
  type    = number
  default = 1
}
variable "dead_letters" {
  type    = object({ on = optional(bool, false), days = optional(number, 14) })
  default = {}
}
locals {
  seconds = var.days * 86400
}
resource "aws_sqs_queue" "this" {
  name                      = var.name
  message_retention_seconds = local.seconds
  redrive_policy = var.dead_letters.on ? jsonencode({
    deadLetterTargetArn = module.dead_letters[0].arn
    maxReceiveCount     = 5
  }) : null
}
module "dead_letters" {
  source = "./modules/dead-letters"
  count  = var.dead_letters.on ? 1 : 0
  name   = "${var.name}-dead"
  days   = var.dead_letters.days
}
output "arn" {
  value = aws_sqs_queue.this.arn
}
""",
    "modules/dead-letters/main.tf": """\
variable "name" {}
variable "days" {}
resource "aws_sqs_queue" "this" {
  name                      = var.name
  message_retention_seconds = var.days * 86400
}
output "arn" {
  value = aws_sqs_queue.this.arn
}
""",
}
"""The files of acme/queue/aws 1.1.0, of which the facts are."""

CALLS = """\
module "orders" {
  source  = "acme/queue/aws"
  version = "~> 1.0"

  name         = "orders"
  days         = 14
  dead_letters = { on = true, days = 7 }
}
module "plain" {
  source  = "registry.terraform.io/acme/queue/aws"
  version = "1.1.0"
  name    = "plain"
}
"""


@pytest.fixture(autouse=True)
def facts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tables, "FOLDER", str(FACTS))
    tables.table.cache_clear()
    yield
    tables.table.cache_clear()


def told(arguments: Mapping[str, Any]) -> set[tuple[object, ...]]:
    names = ("rule", "level", "message", "resource", "route", "path", "line", "fingerprint")
    return {tuple(finding[name] for name in names) for finding in arguments["findings"]}


def call(source: str, *arguments: str) -> str:
    lines = "".join(f"  {argument}\n" for argument in (f'source = "{source}"', 'name = "q"', *arguments))
    return f'module "q" {{\n{lines}}}\n'


def test_the_findings_are_those_of_the_module_itself() -> None:
    write(Path("here"), {"main.tf": CALLS})
    write(Path("there"), {"main.tf": CALLS})
    for name in ("orders", "plain"):
        write(Path("there/.terraform/modules", name), MODULE)
    keys = {"orders": "orders", "plain": "plain", "orders.dead_letters": "orders/modules/dead-letters"}
    listed = ", ".join(
        f'{{"Key": "{key}", "Version": "1.1.0", "Dir": ".terraform/modules/{folder}"}}' for key, folder in keys.items()
    )
    write(Path("there"), {".terraform/modules/modules.json": f'{{"Modules": [{listed}]}}'})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir("there")
        downloaded = report(".", *SELECT)
        patch.chdir("../here")
        known = report(".", *SELECT)
    assert told(known) == told(downloaded)
    assert {(finding["resource"], finding["line"]) for finding in known["findings"]} == {
        ("module.orders.module.dead_letters[0].aws_sqs_queue.this", 1),
        ("module.plain.aws_sqs_queue.this", 9),
    }
    assert (
        known["coverage"]["resources"]
        == downloaded["coverage"]["resources"]
        == {
            "total": 3,
            "judged": 3,
            "unjudged": [],
        }
    )


def test_a_notice_says_which_calls_are_judged_by_facts() -> None:
    write(Path(), {"main.tf": CALLS})
    said = invoke("lint", ".").output
    assert (
        "note: 2 calls of public modules judged by facts of 2026-11-30, without the files of the modules: "
        "module orders (acme/queue/aws 1.1.0) in ./main.tf and module plain (acme/queue/aws 1.1.0) in ./main.tf" in said
    )
    assert "not looked at" not in said


@pytest.mark.parametrize(
    ("source", "constraint", "version"),
    [
        ("acme/queue/aws", "", "2.0.0"),
        ("Acme/Queue/aws", "~> 1.0.0", "1.0.0"),
        ("registry.opentofu.org/acme/queue/aws", "< 2", "1.1.0"),
        ("acme/queue/aws", "~> 3.0", ""),
        ("acme/queue/aws", "${var.version}", ""),
        ("acme/queue/aws", "newest", ""),
        ("acme/queue/google", "", ""),
        ("acme/other/aws", "", ""),
        ("app.terraform.io/acme/queue/aws", "", ""),
        ("../acme/queue/aws", "", ""),
        ("acme/queue/aws//modules/dead-letters", "1.1.0", "1.1.0"),
        ("acme/queue/aws//modules/other", "1.1.0", ""),
        ("git::https://github.com/acme/terraform-aws-queue.git?ref=v1.0.0", "", "1.0.0"),
        ("github.com/acme/terraform-aws-queue?ref=1.1.0", "", "1.1.0"),
        ("git@github.com:acme/terraform-aws-queue.git//modules/dead-letters?depth=1&ref=v2.0.0", "", "2.0.0"),
        (f"git::ssh://git@github.com/acme/terraform-aws-queue?ref=11{'0' * 38}", "", "1.1.0"),
        ("github.com/acme/terraform-aws-queue", "", ""),
        ("github.com/acme/terraform-aws-queue?ref=main", "", ""),
        ("github.com/acme/terraform-aws-queue?ref=v9.0.0", "", ""),
        ("github.com/other/terraform-aws-queue?ref=v1.0.0", "", ""),
        ("git::https://git.acme.dev/acme/terraform-aws-queue?ref=v1.0.0", "", ""),
    ],
)
def test_the_newest_release_that_a_call_allows(source: str, constraint: str, version: str) -> None:
    write(Path(), {"main.tf": call(source, *([f'version = "{constraint}"'] if constraint else []))})
    said = re.findall(r"acme/queue/aws ([\d.]+)\)", invoke("lint", ".").output)
    assert said == ([version] if version else [])


def test_an_argument_that_the_release_does_not_have() -> None:
    write(Path(), {"main.tf": call("acme/queue/aws", 'version = "1.0.0"', "policies = []")})
    made = report(".", *SELECT)
    assert made["findings"] == []
    (notice,) = made["summary"]["notices"]
    assert "(acme/queue/aws; acme/queue/aws 1.0.0 has no variable policies; " in notice


def test_the_address_of_a_release_leads_to_no_other_file(tmp_path: Path) -> None:
    write(tmp_path, {"facts/../acme.other.json": "{"})
    write(Path(), {"main.tf": call("../acme/other/aws") + call("acme/../other/aws").replace('"q"', '"r"', 1)})
    assert report(".")["coverage"]["modules"]["read"] == 0


def test_a_resource_of_the_root_gets_what_a_known_module_gives() -> None:
    redrive = "redrive_policy = jsonencode({ deadLetterTargetArn = module.q.arn, maxReceiveCount = 3 })"
    queue = f'resource "aws_sqs_queue" "mine" {{\n  message_retention_seconds = 1209600\n  {redrive}\n}}\n'
    write(Path(), {"main.tf": call("acme/queue/aws", "days = 2") + queue})
    found = {finding["resource"]: finding["message"] for finding in report(".", *SELECT)["findings"]}
    assert (
        "is 2 days, which is no longer than the 14 days of aws_sqs_queue.mine" in found["module.q.aws_sqs_queue.this"]
    )
    assert "aws_sqs_queue.mine" not in found
