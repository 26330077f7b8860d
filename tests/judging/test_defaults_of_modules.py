"""A finding by a default value of a Terraform module is none where each call in the run sets another value."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

MODULE = """
provider "aws" {
  region = "eu-west-1"
}
variable "multi_az" {
  default = false
}
resource "aws_db_instance" "db" {
  engine   = "mysql"
  multi_az = var.multi_az
}
"""
SETS = 'module "db" {\n  source   = "../db"\n  multi_az = true\n}\n'
LEAVES = 'module "db" {\n  source = "../db"\n}\n'


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({"live/main.tf": SETS}, 0),
        ({"live/main.tf": SETS, "other/main.tf": SETS.replace("true", "local.is_large")}, 0),
        # Its default value applies to one of them, or may.
        ({"live/main.tf": SETS, "other/main.tf": LEAVES}, 1),
        ({"live/main.tf": SETS.replace("true", "null")}, 1),
        ({"live/main.tf": SETS, "db/backend.tf": 'terraform {\n  backend "s3" {}\n}\n'}, 1),
        ({"live/main.tf": SETS, "db/terraform.tfvars": 'name = "x"\n'}, 1),
        ({"examples/main.tf": SETS}, 1),
        ({}, 1),
    ],
)
def test_a_default_that_each_call_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], count: int
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"db/main.tf": MODULE, **files})
    made = report(".", "--select", "rds-multi-az", "--advice")
    assert sum(finding["rule"] == "rds-multi-az" for finding in made["findings"]) == count
    told = [notice for notice in made["summary"]["notices"] if "default value that files here replace" in notice]
    assert bool(told) == (count == 0)


def test_every_default_is_told_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"db/main.tf": MODULE, "live/main.tf": SETS, ".awslint-memo.yaml": "environments: false\n"})
    (finding,) = report(".", "--select", "rds-multi-az", "--advice")["findings"]
    assert "each module call" not in finding["deployment"]


UNIT = """
locals {
  version = "1.2"
  source  = "git::ssh://git@example.com/shop/modules.git//db?ref=${local.version}"
}
terraform {
  source = local.source
}
inputs = {
  multi_az = local.vars.is_large
}
"""


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({"live/prod/db/terragrunt.hcl": UNIT}, 0),
        ({"live/prod/db/terragrunt.hcl": UNIT, "live/dev/db/terragrunt.hcl": UNIT.replace("multi_az", "size")}, 1),
        ({"live/prod/db/terragrunt.hcl": UNIT.replace("//db", "//cache")}, 1),
        ({"live/prod/db/terragrunt.hcl": UNIT.replace("multi_az =", "multi_az_of =")}, 1),
        # An address of another module ends with the name of this one only in part.
        ({"live/prod/db/terragrunt.hcl": UNIT.replace("//db", "//orders-db")}, 1),
        ({"live/prod/db/terragrunt.hcl": UNIT.replace("//db", "//data/db")}, 0),
    ],
)
def test_a_default_that_each_unit_replaces_which_uses_the_module_by_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], count: int
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"modules/db/main.tf": MODULE, **files})
    made = report(".", "--select", "rds-multi-az", "--advice")
    assert sum(finding["rule"] == "rds-multi-az" for finding in made["findings"]) == count
