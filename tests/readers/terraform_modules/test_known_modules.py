"""Calls of public modules that are judged by facts, without the files of the modules. The facts are of acme/queue/aws,
a module that nobody has: a queue with a dead-letter queue of a module of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, report, singles
from tests.readers.plans import change
from tests.readers.workspace import write

from awslint_memo.readers.terraform_modules import tables

pytestmark = pytest.mark.usefixtures("known_modules")

SELECT = ("--select", "sqs-dead-letter-queue,sqs-dead-letter-retention,sqs-long-polling", "--advice")

LONG = ("--select", "sqs-long-polling")

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
variable "wait" {
  default  = 0
  nullable = false
}
locals {
  seconds = var.days * 86400
}
resource "aws_sqs_queue" "this" {
  name                      = var.name
  message_retention_seconds = local.seconds
  receive_wait_time_seconds = var.wait
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
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


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
        ("module.orders.aws_sqs_queue.this", 1),
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
        ("git::file://github.com/acme/terraform-aws-queue?ref=v1.0.0", "", ""),
        ("git::https://github.com:8443/acme/terraform-aws-queue?ref=v1.0.0", "", ""),
        ("git::http://github.com/acme/terraform-aws-queue?ref=v1.0.0", "", ""),
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
    assert "(acme/queue/aws; acme/queue/aws 1.0.0, known of 2026-11-30, has no variable policies; " in notice


def listed(folder: str) -> str:
    """A list of downloaded modules with a former release of acme/queue/aws, whose files lie in a folder."""
    entry = {"Key": "q", "Source": "registry.terraform.io/acme/queue/aws", "Version": "0.9.0", "Dir": folder}
    return json.dumps({"Modules": [entry]})


def test_the_version_of_a_copy_that_is_gone_says_nothing_of_the_release() -> None:
    main = call("acme/queue/aws", 'version = "~> 1.0"')
    write(Path(), {"main.tf": main, ".terraform/modules/modules.json": listed(".terraform/modules/q")})
    made = report(".")
    assert [known["version"] for known in made["coverage"]["known_modules"]] == ["1.1.0"]
    assert not any("not checked" in notice for notice in made["summary"]["notices"])


@pytest.mark.parametrize("is_known", [True, False])
def test_a_copy_outside_of_the_root_is_missed_only_if_nothing_is_known_of_the_module(is_known: bool) -> None:
    files = {"main.tf": call("acme/queue/aws" if is_known else "acme/other/aws")}
    write(Path("root"), {**files, ".terraform/modules/modules.json": listed("../copies/queue"), ".git/HEAD": ""})
    write(Path("copies/queue"), {"main.tf": 'resource "aws_sqs_queue" "this" {}\n'})
    made = report("root")
    assert len(made["coverage"]["known_modules"]) == is_known
    assert any("is outside of the root" in notice for notice in made["summary"]["notices"]) is not is_known


def test_the_address_of_a_release_leads_to_no_other_file(tmp_path: Path) -> None:
    write(tmp_path, {"facts/../acme.other.json": "{"})
    write(Path(), {"main.tf": call("../acme/other/aws") + call("acme/../other/aws").replace('"q"', '"r"', 1)})
    assert report(".")["coverage"]["modules"]["read"] == 0


def test_a_resource_of_the_root_gets_what_a_known_module_gives() -> None:
    redrive = "redrive_policy = jsonencode({ deadLetterTargetArn = module.q.arn, maxReceiveCount = 3 })"
    queue = f'resource "aws_sqs_queue" "mine" {{\n  message_retention_seconds = 1209600\n  {redrive}\n}}\n'
    write(Path(), {"main.tf": call("acme/queue/aws", "days = 2") + queue})
    select = ("--select", "sqs-dead-letter-queue,sqs-dead-letter-retention", "--advice")
    found = {finding["resource"]: finding["message"] for finding in report(".", *select)["findings"]}
    assert (
        "is 2 days, which is no longer than the 14 days of aws_sqs_queue.mine" in found["module.q.aws_sqs_queue.this"]
    )
    assert "aws_sqs_queue.mine" not in found


def test_the_report_lists_them() -> None:
    write(Path(), {"main.tf": CALLS})
    coverage = report(".")["coverage"]
    assert coverage["modules"] == {"total": 3, "read": 3}
    place = {"path": "./main.tf", "source": "acme/queue/aws", "version": "1.1.0", "read": "2026-11-30"}
    assert coverage["known_modules"] == [
        {"call": "module orders", "line": 1, **place},
        {"call": "module plain", "line": 9, **place},
    ]


def test_the_configuration_of_a_folder_switches_them_off() -> None:
    write(Path(), {"main.tf": CALLS, "near/main.tf": CALLS, "near/.awslint-memo.yaml": "public-modules: false\n"})
    made = report(".")
    assert {call["path"] for call in made["coverage"]["known_modules"]} == {"./main.tf"}
    assert any("near/main.tf:1: 2 of 2 module calls not read" in notice for notice in made["summary"]["notices"])


def test_a_default_is_said_to_be_that_of_the_release() -> None:
    write(Path(), {"main.tf": CALLS})
    finding = next(
        each for each in report(".", "--select", "sqs-long-polling", "--advice")["findings"] if each["line"] == 9
    )
    assert "is 0 s (default of module.plain.wait)" in finding["message"]
    assert [related["message"] for related in finding["related"]] == [
        "default of module.plain.wait in acme/queue/aws 1.1.0"
    ]
    said = invoke("why", "sqs-dead-letter-queue", "module.plain.aws_sqs_queue.this", ".").output
    assert "./main.tf:9:8  default of module.plain.days in acme/queue/aws 1.1.0" in said


def test_a_fix_gives_the_call_the_argument_of_whose_default_a_value_is() -> None:
    queue = 'resource "aws_sqs_queue" "mine" {\n  message_retention_seconds = 1209600\n}\n'
    written = 'module "q" {\n  source = "acme/queue/aws"\n  name   = "q"\n}\n'
    write(Path(), {"main.tf": written + queue})
    said = invoke("lint", ".", "--advice", "--select", "sqs-long-polling", "--diff", "--unsafe-fixes").output
    assert "+  wait   = 20\n" in said
    assert "-  source" not in said
    said = invoke("lint", ".", "--advice", "--select", "sqs-long-polling", "--fix", "--unsafe-fixes").output
    assert "mended 2 findings in 1 file" in said
    assert report(".", "--advice", "--select", "sqs-long-polling")["findings"] == []


def test_a_fix_says_where_the_call_is_that_it_can_t_change() -> None:
    write(Path(), {"main.tf.json": json.dumps({"module": {"q": {"source": "acme/queue/aws", "name": "q"}}})})
    said = invoke("lint", ".", "--advice", *LONG, "--diff", "--unsafe-fixes").output
    assert "@@" not in said
    assert "is made by a module; set the module's argument at ./main.tf.json:1" in said


def test_instances_of_a_known_module() -> None:
    written = call("acme/queue/aws", "for_each = toset(['a', 'b'])".replace("'", '"'), "dead_letters = { on = true }")
    write(Path(), {"main.tf": written + 'output "arns" {\n  value = [for one in module.q : one.arn]\n}\n'})
    made = report(".", "--select", "sqs-dead-letter-retention,sqs-long-polling", "--advice")
    assert made["coverage"]["resources"]["total"] == 2
    assert len(made["coverage"]["known_modules"]) == 1


def test_what_a_hostile_root_calls_is_bounded() -> None:
    many = "".join(call("acme/queue/aws").replace('"q"', f'"q{number}"', 1) for number in range(600))
    write(Path(), {"main.tf": many})
    made = report(".", *SELECT)
    assert len(made["coverage"]["known_modules"]) == 500
    assert made["coverage"]["modules"]["total"] == 600


STORE: Sequence[tuple[str, Any]] = [
    ("variable.name", {}),
    ("variable.reads", {"default": 5, "type": ["ref", "number"]}),
    ("resource.aws_dynamodb_table.this.name", ["ref", "var", "name"]),
    ("resource.aws_dynamodb_table.this.billing_mode", "PROVISIONED"),
    ("resource.aws_dynamodb_table.this.read_capacity", 5),
    ("resource.aws_dynamodb_table.this.write_capacity", 5),
]
"""Facts about acme/store/aws: a table whose reads and writes nothing scales."""


def state(lines: Iterable[tuple[str, Any]]) -> None:
    """Write a call of acme/store/aws, and these facts about it in place of all others."""
    known = {"source": "acme/store/aws", "repository": "github.com/acme/terraform-aws-store", "read": "2026-11-30"}
    table = {**known, "versions": {"1.0.0": "1" * 40}, "facts": [[0, 0, "", *line] for line in lines]}
    write(Path(), {"facts/acme.store.aws.json": json.dumps(table), "main.tf": call("acme/store/aws")})
    tables.table.cache_clear()


def test_what_an_unknown_module_of_a_known_one_may_add_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can look at that call, so no finding is told "unless" it adds something."""
    monkeypatch.setattr(tables, "FOLDER", "facts")
    select = ("--select", "dynamodb-capacity-scaling", "--profile", "all")
    inner = [("module.a.source", "acme/a/aws"), ("module.a.table", ["ref", "aws_dynamodb_table", "this", "name"])]
    state([*STORE, *inner])
    made = report(".", *select)
    (checks,) = made["coverage"]["rules"]
    assert (made["findings"], checks["checks"]["muted"]) == ([], 1)
    state(STORE)
    assert [finding["line"] for finding in report(".", *select)["findings"]] == [1]


@pytest.mark.parametrize(
    ("mode", "is_told"),
    [
        ("PROVISIONED", False),
        (["if", ["op", ">", ["ref", "var", "reads"], 0], "PROVISIONED", "PAY_PER_REQUEST"], True),
        (["if", ["op", "==", ["unknown"], 1], "PROVISIONED", "PROVISIONED"], True),
    ],
)
def test_advice_that_no_argument_of_a_call_can_follow_is_counted(
    monkeypatch: pytest.MonkeyPatch, mode: Any, is_told: bool
) -> None:
    """As for the files of a downloaded module."""
    monkeypatch.setattr(tables, "FOLDER", "facts")
    state([*(line for line in STORE if "billing_mode" not in line[0]), (f"{STORE[3][0]}", mode)])
    made = report(".", "--select", "dynamodb-capacity-scaling", "--advice")
    notices = [notice for notice in made["summary"]["notices"] if notice.startswith("1 piece of advice on what ")]
    assert (len(made["findings"]), len(notices)) == ((1, 0) if is_told else (0, 1))
    assert len(report(".", "--select", "dynamodb-capacity-scaling", "--profile", "all")["findings"]) == 1


def test_a_component_of_a_stack() -> None:
    inputs = 'inputs = {\n    name = "orders"\n    days = 14\n    dead_letters = { on = true, days = 7 }\n  }'
    component = f'component "orders" {{\n  source = "acme/queue/aws"\n  version = "~> 1.0"\n  {inputs}\n}}\n'
    deployment = 'deployment "prod" {\n  inputs = {}\n}\n'
    write(Path(), {"a.tfcomponent.hcl": component, "a.tfdeploy.hcl": deployment})
    made = report(".", "--select", "sqs-dead-letter-retention")
    assert [finding["line"] for finding in made["findings"]] == [1]
    assert [known["call"] for known in made["coverage"]["known_modules"]] == ["module orders"]


def test_a_plan_of_calls_whose_modules_are_not_here() -> None:
    """What it finds stands at the call, and is the finding of the configuration beside it."""
    queue = {"name": "q", "message_retention_seconds": 1209600, "receive_wait_time_seconds": 0}
    address, inner = "module.q.aws_sqs_queue.this", "module.q.module.dead_letters[0].aws_sqs_queue.this"
    dead = {**queue, "message_retention_seconds": 604800}
    changes = [
        {**change(address, queue, {"redrive_policy": True, "arn": True}), "module_address": "module.q"},
        {**change(inner, dead, {"arn": True}), "module_address": "module.q.module.dead_letters[0]"},
    ]
    calls = {"module_calls": {"q": {"source": "acme/queue/aws", "module": {}}}}
    plan = {
        "format_version": "1.2",
        "planned_values": {"root_module": {}},
        "resource_changes": changes,
        "configuration": {"root_module": calls},
    }
    written = call("acme/queue/aws", "days = 14", "dead_letters = { on = true, days = 7 }")
    write(Path(), {"main.tf": written, "plan.json": json.dumps(plan)})
    select = ("--select", "sqs-dead-letter-retention,sqs-long-polling", "--advice")
    of_plan, of_both = report("plan.json", *select), report("plan.json", "main.tf", *select)
    assert {(each["resource"], each["path"], each["line"]) for each in singles(of_plan)} == {
        (inner, "main.tf", 1),
        (address, "main.tf", 1),
    }
    assert len(singles(of_both)) == len(singles(of_plan))
    assert of_plan["coverage"]["resources"]["total"] == 2
    fixed = invoke("lint", "plan.json", *select, "--diff", "--unsafe-fixes").output
    assert "+  wait " in fixed
    assert "is made by a module; set the module's argument at main.tf:1" in fixed
