"""Findings in downloaded modules: one a call and rule where nothing nearer can be changed, none without a remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

PROVIDER = 'provider "aws" {}\n'
CALL = 'module "m" {\n  source = "acme/m/aws"\n%s}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def laid(module: str, arguments: str = "", inner: str = "") -> None:
    """A root with a downloaded module, and one that this calls."""
    listed = [{"Key": "m", "Dir": ".terraform/modules/m"}, {"Key": "m.inner", "Dir": ".terraform/modules/inner"}]
    write(
        Path(),
        {
            "main.tf": PROVIDER + CALL % arguments,
            ".terraform/modules/modules.json": json.dumps({"Modules": listed}),
            ".terraform/modules/m/main.tf": module,
            ".terraform/modules/inner/main.tf": inner or "locals {}\n",
        },
    )


def queue(name: str, *arguments: str) -> str:
    lines = "".join(f"  {each}\n" for each in (f'name = "{name}"', *arguments))
    return f'resource "aws_sqs_queue" "{name}" {{\n{lines}}}\n'


POLLING = "sqs-long-polling"
WAIT = "receive_wait_time_seconds"


def told(*options: str, rule: str = POLLING) -> tuple[list[str], list[str]]:
    """The resources of the findings of a rule that gives advice, and the notices of what is left out."""
    found = report("--advice", "--select", rule, *options)
    notices = [one for one in found["summary"]["notices"] if "left out" in one]
    return [one["resource"] for one in found["findings"] if one["rule"] == rule], notices


LEFT_OUT = "1 piece of advice on what called modules decide, whatever the calls say: left out (--profile all tells it)"
SWITCH = 'variable "make" { default = true }\n'


@pytest.mark.parametrize(
    "module",
    [
        queue("q"),
        queue("q", f"{WAIT} = 0"),
        "locals {\n  wait = 0\n}\n" + queue("q", f"{WAIT} = local.wait"),
        SWITCH + queue("q", "count = var.make ? 1 : 0"),
    ],
)
def test_advice_that_no_input_decides_is_counted(module: str) -> None:
    laid(module)
    assert told() == ([], [LEFT_OUT])
    found, notices = told("--profile", "all")
    assert (len(found), notices) == (1, [])


VARIABLE = 'variable "wait" { default = 0 }\n'


@pytest.mark.parametrize(
    "module",
    [
        VARIABLE + queue("q", f"{WAIT} = var.wait"),
        VARIABLE + "locals {\n  wait = max(var.wait, 0)\n}\n" + queue("q", f"{WAIT} = local.wait"),
        VARIABLE + queue("q", f"{WAIT} = var.wait > 3 ? 20 : null"),
    ],
)
def test_advice_that_an_input_decides_stays(module: str) -> None:
    laid(module)
    found, notices = told()
    assert (len(found), notices) == (1, [])


TRACED = """\
variable "mode" { default = null }
resource "aws_lambda_function" "f" {
  function_name = "f"
  handler       = "a.b"
  runtime       = "python3.13"
  %s
}
"""
DYNAMIC = """\
dynamic "tracing_config" {
    for_each = var.mode == null ? [] : [true]
    content {
      mode = var.mode
    }
  }
"""


@pytest.mark.parametrize(("block", "number"), [("", 0), (DYNAMIC, 1)])
def test_a_block_that_is_made_by_an_input_is_decided_by_it(block: str, number: int) -> None:
    laid(TRACED % block)
    found, notices = told(rule="xray-lambda-tracing")
    assert (len(found), len(notices)) == (number, 1 - number)


INNER = 'module "inner" {\n  source = "acme/inner/aws"\n%s}\n'


@pytest.mark.parametrize(("argument", "is_told"), [("", False), ("  wait = 0\n", False), ("  wait = var.wait\n", True)])
def test_an_input_counts_that_reaches_an_inner_module(argument: str, is_told: bool) -> None:
    laid(VARIABLE + INNER % argument, inner=VARIABLE + queue("q", f"{WAIT} = var.wait"))
    assert told() == ((["module.m.module.inner.aws_sqs_queue.q"], []) if is_told else ([], [LEFT_OUT]))


def test_what_is_graver_stays() -> None:
    laid('resource "aws_db_instance" "d" {\n  engine                  = "mysql"\n  backup_retention_period = 0\n}\n')
    found = report("--advice", "--select", "rds-backup-retention,rds-multi-az")
    assert {(one["level"], one["line"]) for one in found["findings"]} == {("error", 2), ("warning", 2)}


def test_modules_of_the_repository_itself_are_told() -> None:
    write(Path(), {"main.tf": PROVIDER + CALL.replace("acme/m/aws", "./local") % "", "local/main.tf": queue("q")})
    assert told() == (["module.m.aws_sqs_queue.q"], [])


def test_nothing_is_said_of_it_where_advice_is_not_shown() -> None:
    laid(queue("q"))
    assert not [one for one in report("--select", POLLING)["summary"]["notices"] if "left out" in one]


def test_a_rule_is_told_once_a_call_with_the_number_of_resources() -> None:
    days = "".join(
        f'resource "aws_db_instance" "{name}" {{\n  engine = "mysql"\n  backup_retention_period = {kept}\n}}\n'
        for name, kept in (("a", 1), ("b", 2), ("c", 1))
    )
    laid(days)
    found = report("--select", "rds-backup-retention")
    [finding] = found["findings"]
    assert (finding["path"], finding["line"]) == ("main.tf", 2)
    assert finding["message"].endswith("(also for 2 other resources of this call, with other values)")
    assert finding["resources"] == [f"module.m.aws_db_instance.{name}" for name in "abc"]
    assert [one["path"] for one in finding["related"]] == [".terraform/modules/m/main.tf"] * 3
    assert found["summary"]["resources"] == 3


def test_what_two_inputs_decide_is_told_twice() -> None:
    variables = "".join(f'variable "{name}" {{ default = 1 }}\n' for name in ("first", "second"))
    databases = "".join(
        f'resource "aws_db_instance" "{name}" {{\n  engine = "mysql"\n  backup_retention_period = var.{name}\n}}\n'
        for name in ("first", "second")
    )
    laid(variables + databases)
    found = report("--select", "rds-backup-retention")["findings"]
    assert [(one["line"], "also for" in one["message"]) for one in found] == [(2, False), (2, False)]
