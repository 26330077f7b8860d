"""What a root module asks for and surely does not get is told, and nothing that may be there, or have an effect."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from awslint_memo import api
from awslint_memo.readers.terraform_names import TYPE_MAPS
from awslint_memo.relations.protections import PROTECTIONS

TABLE = """
resource "aws_dynamodb_table" "runs" {
  name                        = "runs"
  deletion_protection_enabled = CONDITION
}
"""
STAGE = 'variable "stage" { type = string }\n'
SEVERAL = {"env/dev.tfvars": 'stage = "dev"\n', "env/prod.tfvars": 'stage = "prod"\n'}
MAKE = "WORKSPACES := dev prod\ndeploy:\n\tterraform workspace select $(WORKSPACE)\n"
SCRIPT = "terraform workspace select prod\n"


def table(condition: str) -> str:
    return TABLE.replace("CONDITION", condition)


def told(rule: str, files: Mapping[str, str], folder: Path) -> list[str]:
    """The messages of a rule of a repository with these files."""
    (folder / ".git").mkdir()
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    report = api.lint([str(folder)], advice=True, select=[rule])
    return [one.message for one in report.findings]


@pytest.mark.parametrize(
    ("files", "meant"),
    [
        ({"main.tf": STAGE + table('var.stage == "production"'), **SEVERAL}, "prod"),
        ({"main.tf": STAGE + table('"production" != var.stage'), **SEVERAL}, "prod"),
        ({"main.tf": STAGE + table('var.stage == "prod"'), **SEVERAL}, None),
        # What is no name of production may be an environment that somebody gives by hand.
        ({"main.tf": STAGE + table('var.stage == "qa"'), **SEVERAL}, None),
        # Not all environments are known, or one has the name.
        ({"main.tf": STAGE + table('var.stage == "production"'), "env/dev.tfvars": 'stage = "dev"\n'}, None),
        ({"main.tf": STAGE + table('var.stage == "production"')}, None),
        (
            {"main.tf": STAGE + table('var.stage == "production"'), **SEVERAL, "env/live.tfvars": 'stage = "live"\n'},
            "a value",
        ),
        (
            {
                "main.tf": STAGE + table('var.stage == "production"'),
                **SEVERAL,
                "env/main.tfvars": 'stage = "production"\n',
            },
            None,
        ),
        (
            {
                "main.tf": 'variable "stage" { default = "production" }\n' + table('var.stage == "production"'),
                **SEVERAL,
            },
            None,
        ),
        # A part of a value, another variable, and what is worked out are no comparison of it.
        ({"main.tf": STAGE + table('lower(var.stage) == "production"'), **SEVERAL}, None),
        (
            {"main.tf": STAGE + 'variable "a" {}\n' + table('var.a.stage == "production"'), **SEVERAL},
            None,
        ),
        ({"main.tf": STAGE + table('var.stage == "prod" || var.stage == "production"'), **SEVERAL}, None),
        ({"main.tf": table('terraform.workspace == "production"'), "Makefile": MAKE}, "prod"),
        ({"infra/main.tf": table('terraform.workspace == "production"'), "Makefile": MAKE}, "prod"),
        ({"main.tf": table('terraform.workspace == "prod"'), "Makefile": MAKE}, None),
        # One workspace that a program names is not all of them.
        ({"main.tf": table('terraform.workspace == "production"'), "Makefile": f"deploy:\n\t{SCRIPT}"}, None),
        (
            {
                "main.tf": table('terraform.workspace == "production"'),
                "deploy.sh": SCRIPT + "terraform workspace select -or-create dev\n",
            },
            "prod",
        ),
        (
            {
                "main.tf": table('terraform.workspace == "production"'),
                "deploy.sh": SCRIPT + 'terraform workspace select "$name"\nterraform workspace new prod-$USER\n',
            },
            None,
        ),
    ],
)
def test_a_comparison_that_never_holds(files: Mapping[str, str], meant: str | None, tmp_path: Path) -> None:
    found = [one.rpartition("compare it with ")[2] for one in told("stack-condition-never-true", files, tmp_path)]
    assert [one.partition(" that")[0] for one in found] == ([] if meant is None else [meant])


def test_each_block_that_depends_on_it_is_told(tmp_path: Path) -> None:
    main = STAGE + 'locals { is_live = var.stage == "production" }\n' + table("local.is_live")
    alarm = 'resource "aws_cloudwatch_metric_alarm" "cpu" {\n  count = local.is_live ? 1 : 0\n  alarm_name = "cpu"\n}\n'
    module = 'module "more" {\n  source = "./more"\n  is_on = local.is_live\n}\n'
    files = {"main.tf": main + alarm + module, "more/main.tf": 'variable "is_on" {}\n' + table("var.is_on"), **SEVERAL}
    found = told("stack-condition-never-true", files, tmp_path)
    assert [one.partition(" by whether")[0] for one in found] == [
        "aws_dynamodb_table.runs sets deletion_protection_enabled",
        "aws_cloudwatch_metric_alarm.cpu sets count",
        "module.more sets is_on",
    ]
    assert all("(local.is_live), but that is dev or prod in every environment" in one for one in found)


QUEUE = """
resource "aws_sqs_queue" "this" {
  name = "a"
  DELAY
}
"""


def module(*declared: str, call: str = "delay = 5", inner: str = "") -> Mapping[str, str]:
    main = f'module "queue" {{\n  source = "./queue"\n  {call}\n}}\n'
    return {"main.tf": main, "queue/main.tf": "\n".join(declared) + QUEUE.replace("DELAY", inner)}


@pytest.mark.parametrize(
    ("files", "count"),
    [
        (module('variable "delay" { type = number }'), 1),
        (module('variable "delay" {}'), 1),
        (module('variable "delay" { type = bool }', call="delay = true"), 1),
        (module('variable "delay" { type = number }', inner="delay_seconds = var.delay"), 0),
        (module('variable "delay" { type = number }', inner="delay_seconds = var . delay"), 0),
        (module('variable "delay" { type = number }', inner="# var.delay is to come"), 0),
        (module('variable "delay" { type = number }', inner="tags = { delayed = var.delay_more }"), 1),
        (module('variable "delay" { type = string }'), 0),
        (module('variable "delay" { type = number }', call="delay = null"), 0),
        (module('variable "delay" {}', call='delay = "5"'), 0),
        # It is checked, or another variable is.
        (module('variable "delay" {\n  type = number\n  validation {\n    condition = var.delay > 1\n  }\n}'), 0),
        (
            {
                **module('variable "delay" { type = number }'),
                "queue/outputs.tf": 'output "delay" {\n  value = var.delay\n}\n',
            },
            0,
        ),
        ({**module('variable "delay" { type = number }'), "queue/broken.tf": 'resource "aws_sqs_queue" {'}, 0),
        # Nobody edits what was downloaded.
        (
            {
                "main.tf": 'module "queue" {\n  source = "./.terraform/modules/queue"\n  delay = 5\n}\n',
                ".terraform/modules/queue/main.tf": f'variable "delay" {{ type = number }}\n{QUEUE}'.replace(
                    "DELAY", ""
                ),
            },
            0,
        ),
    ],
)
def test_an_input_that_nothing_reads(files: Mapping[str, str], count: int, tmp_path: Path) -> None:
    assert len(told("stack-input-unread", files, tmp_path)) == count


def test_an_input_is_told_once(tmp_path: Path) -> None:
    files = {**module('variable "delay" { type = number }')}
    files["main.tf"] += files["main.tf"].replace('"queue"', '"other"').replace("5", "7")
    [message] = told("stack-input-unread", files, tmp_path)
    assert message.startswith("delay of module.other is 7, but nothing in the module reads it; ")


SLOW = 'variable "slow_after_ms" {\n  type    = number\n  default = 400\n}\n'


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("slow_afer_ms = 150\n", 1),
        ("slow_after_ms = 150\n", 0),
        # The former name stands beside the new one, or the file is for another root too.
        ("slow_after_ms = 150\nslow_afer_ms = 150\n", 0),
        ("slow_afer_ms = 150\nregion = 1\n", 0),
        ("colour = 1\n", 0),
    ],
)
def test_a_misspelt_variable(written: str, count: int, tmp_path: Path) -> None:
    main = f'{STAGE}variable "team" {{ type = string }}\n{SLOW}{table("var.slow_after_ms > 1")}'
    values = 'team = "shop"\nstage = '
    files = {"main.tf": main, "env/dev.tfvars": f'{values}"dev"\n', "env/prod.tfvars": f'{values}"prod"\n{written}'}
    found = told("stack-input-unread", files, tmp_path)
    assert len(found) == count
    assert all(one.startswith("slow_afer_ms in ") and " is 150, but the module has no variable" in one for one in found)


BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "states"\n    key    = "KEY"\n    region = "eu-west-1"\n  }\n}\n'


def base(key: str = "base.tfstate", outputs: str = 'output "team_topic_arn" {\n  value = "a"\n}\n') -> str:
    return BACKEND.replace("KEY", key) + outputs


def reading(expression: str, config: str = 'bucket = "states"', more: str = "") -> str:
    return (
        f'data "terraform_remote_state" "base" {{\n  backend = "s3"\n  {more}\n  config = {{\n    {config}\n'
        '    key    = "base.tfstate"\n    region = "eu-west-1"\n  }\n}\n'
        "locals {\n  base = data.terraform_remote_state.base.outputs\n}\n"
        f'resource "aws_sns_topic_subscription" "mail" {{\n  protocol = "email"\n  topic_arn = {expression}\n}}\n'
    )


READ = "data.terraform_remote_state.base.outputs.on_call_topic_arn"


@pytest.mark.parametrize(
    ("files", "meant"),
    [
        ({"app/main.tf": reading(READ), "base/main.tf": base()}, "write team_topic_arn"),
        ({"app/main.tf": reading("local.base.on_call_topic_arn"), "base/main.tf": base()}, "write team_topic_arn"),
        (
            {"app/main.tf": reading("local.base.colour"), "base/main.tf": base()},
            "name an output of it, or add this one there",
        ),
        ({"app/main.tf": reading("local.base.team_topic_arn"), "base/main.tf": base()}, None),
        ({"app/main.tf": reading(f'try({READ}, "a")'), "base/main.tf": base()}, None),
        ({"app/main.tf": reading(READ, more='defaults = { on_call_topic_arn = "a" }'), "base/main.tf": base()}, None),
        # Another bucket, one that is not said, another key, and two roots with this one.
        ({"app/main.tf": reading(READ, 'bucket = "people"'), "base/main.tf": base()}, None),
        ({"app/main.tf": reading(READ, "bucket = var.bucket"), "base/main.tf": base()}, None),
        ({"app/main.tf": reading(READ), "base/main.tf": base("other.tfstate")}, None),
        ({"app/main.tf": reading(READ), "base/main.tf": base(), "old/main.tf": base()}, None),
        ({"app/main.tf": reading(READ)}, None),
        # What can't be read may declare it.
        ({"app/main.tf": reading(READ), "base/main.tf": base(), "base/more.tf": 'output "on_call {'}, None),
    ],
)
def test_an_output_that_another_root_does_not_have(files: Mapping[str, str], meant: str | None, tmp_path: Path) -> None:
    found = told("stack-import-missing", files, tmp_path)
    assert [one.rpartition("plan fails; ")[2] for one in found] == ([] if meant is None else [meant])


EVENTS = """
variable "stage" { type = string }
variable "is_protected" {
  type    = bool
  default = true
}
variable "team" { default = "shop" }

locals {
  events = EVENTS
}

resource "aws_dynamodb_table" "events" {
  name                        = "events"
  deletion_protection_enabled = SWITCH
}
"""


def environments(**values: str) -> Mapping[str, str]:
    return {f"env/{name}.tfvars": f'stage = "{name}"\nteam = "shop"\n{more}\n' for name, more in values.items()}


def events(keys: str, switch: str = "local.events[var.stage]") -> Mapping[str, str]:
    return {"main.tf": EVENTS.replace("EVENTS", keys).replace("SWITCH", switch)}


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({**events("{ dev = true, prod = false }"), **environments(dev="", prod="")}, 1),
        ({**events("{ dev = true, qa = true, prod = false }"), **environments(dev="", qa="", prod="")}, 1),
        ({**events("{}", "var.is_protected"), **environments(dev="", prod="is_protected = false")}, 1),
        ({**events("{ dev = false, prod = true }"), **environments(dev="", prod="")}, 0),
        # None is protected, not only production, or production alone is known.
        ({**events("{ dev = false, prod = false }"), **environments(dev="", prod="")}, 0),
        ({**events("{ dev = true, qa = false, prod = false }"), **environments(dev="", qa="", prod="")}, 0),
        ({**events("{ dev = true, prod = false }"), **environments(prod="")}, 0),
        ({**events("{ dev = true, prod = false }")}, 0),
        ({**events("{ a = true, b = false }"), **environments(a="", b="")}, 0),
        ({**events("{ dev = true, dev-prod = false }"), **environments(**{"dev": "", "dev-prod": ""})}, 0),
    ],
)
def test_production_alone_may_be_deleted(files: Mapping[str, str], count: int, tmp_path: Path) -> None:
    assert len(told("stack-production-unprotected", files, tmp_path)) == count


def test_every_protection_has_its_word_in_terraform() -> None:
    words = {table.type: table.properties for table in TYPE_MAPS.values() if table.type in PROTECTIONS}
    assert words.keys() == PROTECTIONS.keys()
    assert all(PROTECTIONS[type_] in properties for type_, properties in words.items())
