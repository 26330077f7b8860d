"""What a value is in one deployment is taken for another one, if all is the same there with which it was read."""

from __future__ import annotations

import json
from cProfile import Profile
from pathlib import Path

import pytest
from tests.linting import lint_with
from tests.readers.workspace import deployments, report

from awslint_memo.readers.terraform.variations import TerraformVariations

FLAGS = 'variable "size" {}\nvariable "flag" { type = bool }\n'
"""The flag decides nothing but whether there is a topic, so that each value of `size` has two deployments."""

TOPIC = 'resource "aws_sns_topic" "t" {\n  count = var.flag ? 1 : 0\n}\n'


def database(kept: str, more: str) -> str:
    properties = f'  engine = "postgres"\n{more}  backup_retention_period = {kept} ? 7 : 0\n'
    return f'{FLAGS}{TOPIC}resource "aws_db_instance" "db" {{\n{properties}}}\n'


@pytest.mark.parametrize(
    ("kept", "more"),
    [
        ('var.size == "large"', ""),
        ("local.m[var.size]", ""),
        ("each.value", '  for_each = var.size == "large" ? { a = true } : { a = false }\n'),
        ("each.value", "  for_each = local.of[var.size]\n"),
        ("length(aws_sqs_queue.q) > 0", ""),
        ("module.m.kept", ""),
        ('module.each["a"].kept', ""),
        ("length(module.counted) > 0", ""),
        ("local.of_queue", ""),
        ('try(local.m[var.size], var.size == "large")', ""),
    ],
)
def test_a_value_is_that_of_its_own_deployment(tmp_path: Path, kept: str, more: str) -> None:
    """By a variable, by what a block is repeated for, and by resources and modules that only some deployments have."""
    others = """
locals {
  m        = { large = true, small = false }
  of       = { large = { a = true }, small = { a = false } }
  of_queue = length(aws_sqs_queue.q) > 0
}
resource "aws_sqs_queue" "q" {
  count = var.size == "large" ? 1 : 0
}
module "m" {
  source = "./m"
  is_on  = length(aws_sqs_queue.q)
}
module "each" {
  source   = "./m"
  for_each = local.of[var.size]
  is_on    = each.value ? 1 : 0
}
module "counted" {
  source = "./m"
  count  = length(aws_sqs_queue.q)
  is_on  = 1
}
"""
    inner = 'variable "is_on" {}\noutput "kept" {\n  value = var.is_on > 0\n}\n'
    variations = deployments(tmp_path, {"main.tf": database(kept, more) + others, "m/main.tf": inner}).variations
    assert isinstance(variations, TerraformVariations)
    differing = variations.differing(frozenset(("variable", name, 0) for name in ("size", "flag")))
    given = [choices["size"] for ((choices,),) in zip(differing.choices, strict=True)]
    databases = [deployment.own_of_type("AWS::RDS::DBInstance")[0] for deployment in differing.deployments]
    numbers = [one.get("BackupRetentionPeriod").number for one in databases]
    assert numbers == [7 if size == "large" else 0 for size in given]


def test_what_nothing_decides_is_not_evaluated_in_each_deployment(tmp_path: Path) -> None:
    """A document of two hundred statements, in a deployment and in seven."""
    parts = '    actions = ["s3:Get${{local.word}}{n}"]\n    resources = ["arn:aws:s3:::b{n}/*"]\n'
    statements = "".join(f"  statement {{\n{parts.format(n=n)}  }}\n" for n in range(200))
    document = f'locals {{\n  word = "X"\n}}\ndata "aws_iam_policy_document" "d" {{\n{statements}}}\n'
    policy = 'resource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n'

    def calls(count: str, more: str = "") -> int:
        path = tmp_path / "main.tf"
        path.write_text(f"{more}{document}{policy}  count = {count}\n}}\n", encoding="utf-8")
        profile = Profile(builtins=False)
        profile.enable()
        report(str(path))
        profile.disable()
        return sum(entry.callcount for entry in profile.getstats() if "/terraform/" in str(entry.code))

    many = json.dumps([f"e{n}" for n in range(6)])
    calls("1")  # Loads what is loaded once.
    assert calls(f"contains({many}, var.env) ? 1 : 2", 'variable "env" {}\n') < 1.6 * calls("1")


def test_a_part_of_a_large_map_takes_no_step_for_each_other_part(tmp_path: Path) -> None:
    """The key of the whole is a variable's, which each value inside the part then tells."""

    def calls(count: int) -> int:
        entries = "".join(f"      q{n} = {{ wait = {{ seconds = {n} }} }}\n" for n in range(count))
        table = (
            f'variable "env" {{\n  default = "dev"\n}}\nlocals {{\n  m = {{\n    dev = {{\n{entries}    }}\n  }}\n}}\n'
        )
        queues = (
            f'resource "aws_sqs_queue" "q{n}" {{\n'
            f'  visibility_timeout_seconds = local.m[var.env]["q{n}"].wait.seconds\n}}\n'
            for n in range(count)
        )
        path = tmp_path / "main.tf"
        path.write_text(table + "".join(queues), encoding="utf-8")
        profile = Profile(builtins=False)
        profile.enable()
        report(str(path))
        profile.disable()
        return sum(entry.callcount for entry in profile.getstats())

    calls(2)  # Loads what is loaded once.
    first, whole, twice = (calls(count) for count in (2, 30, 60))
    assert twice - whole < 1.2 * (whole - first)


def test_the_key_of_a_map_is_told_of_what_is_inside() -> None:
    """Where a variable's default chose a part of a map, whoever sets the variable changes what is inside."""
    written = """
variable "env" {
  default = "dev"
}
locals {
  m = { dev = { all = [{ period = 0 }] }, prod = { all = [{ period = 7 }] } }
}
resource "aws_db_instance" "db" {
  engine                  = "postgres"
  backup_retention_period = local.m[var.env].all[0].period
}
"""
    (one,) = lint_with("rds-backup-retention", written)
    assert "(default of env)" in one.message
