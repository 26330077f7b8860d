"""Terragrunt's functions that find, read and name files give the values and modules of units."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

MODULE = """
variable "days" {}
resource "aws_db_instance" "main" {
  engine                  = "postgres"
  backup_retention_period = var.days
}
"""
SOURCE = 'terraform {\n  source = "../../../module"\n}\n'
ROOT = 'include "root" {\n  path = find_in_parent_folders()\n}\n'


def found(folder: Path, files: dict[str, str]) -> list[str]:
    write(folder, {"module/main.tf": MODULE, ".git/HEAD": "", **files})
    made = report("--select", "rds-backup-retention", str(folder / "live"))
    return [Path(one["path"]).name for one in made["findings"]]


def unit(days: str, more: str = "") -> str:
    return f"{SOURCE}{more}inputs = {{\n  days = {days}\n}}\n"


READ = 'locals {\n  env = read_terragrunt_config(find_in_parent_folders("env.hcl"))\n}\n'


@pytest.mark.parametrize(
    ("days", "more", "files"),
    [
        ("local.env.locals.days", READ, {"env.hcl": "locals {\n  days = 0\n}\n"}),
        ("local.env.inputs.days", READ, {"env.hcl": "inputs = { days = 0 }\n"}),
        ("local.env.locals.all.days", READ, {"env.hcl": "locals {\n  n = 0\n  all = { days = local.n }\n}\n"}),
        ("local.env.locals.up.locals.days", READ, {
            "env.hcl": 'locals {\n  up = read_terragrunt_config(find_in_parent_folders("account.hcl"))\n}\n',
            "../account.hcl": "locals {\n  days = 0\n}\n",
        }),
        ('yamldecode(file(find_in_parent_folders("env.yaml"))).days', "", {"env.yaml": "days: 0\n"}),
        ('read_terragrunt_config("${get_repo_root()}/top.hcl").locals.days', "", {
            "../../top.hcl": "locals {\n  days = 0\n}\n",
        }),
        ('read_terragrunt_config("../env.hcl").locals.days', "", {"env.hcl": "locals {\n  days = 0\n}\n"}),
        ('read_terragrunt_config(find_in_parent_folders("x", "x"), { locals = { days = 0 } }).locals.days', "", {}),
        ('basename(get_terragrunt_dir()) == "db" ? 0 : 7', "", {}),
        ('basename(dirname(get_original_terragrunt_dir())) == "prod" ? 0 : 7', "", {}),
    ],
)  # fmt: skip
def test_what_a_unit_reads_is_known(tmp_path: Path, days: str, more: str, files: dict[str, str]) -> None:
    others = {f"live/prod/{name}": text for name, text in files.items()}
    assert len(found(tmp_path, {"live/prod/db/terragrunt.hcl": unit(days, more), **others})) == 1


@pytest.mark.parametrize(
    "days",
    [
        'read_terragrunt_config(find_in_parent_folders("none.hcl")).locals.days',
        'read_terragrunt_config("/etc/env.hcl").locals.days',
        'read_terragrunt_config("../../../../outside.hcl").locals.days',
        'read_terragrunt_config(find_in_parent_folders("env.hcl")).dependency.days',
        'read_terragrunt_config(find_in_parent_folders("broken.hcl")).locals.days',
        'read_terragrunt_config(find_in_parent_folders("circle.hcl")).locals.days',
        'get_env("DAYS", "0")',
        "path_relative_to_include()",
    ],
)
def test_what_is_not_read_is_not_known(tmp_path: Path, days: str) -> None:
    top = tmp_path / "top"
    (tmp_path / "outside.hcl").write_text("locals {\n  days = 0\n}\n")
    circle = 'locals {\n  days = read_terragrunt_config(find_in_parent_folders("circle.hcl")).locals.days\n}\n'
    files = {"env.hcl": "locals {\n  days = 0\n}\n", "broken.hcl": "locals {\n  days = \n", "circle.hcl": circle}
    others = {f"live/prod/{name}": text for name, text in files.items()}
    write(top, {"module/main.tf": MODULE, ".git/HEAD": "", "live/prod/db/terragrunt.hcl": unit(days), **others})
    made = report("--select", "rds-backup-retention", "--root", str(top), str(top / "live"))
    assert made["findings"] == []


def test_what_is_included_is_evaluated_where_the_unit_is(tmp_path: Path) -> None:
    top = f"{READ}inputs = {{ days = local.env.locals.days }}\n"
    files = {f"live/{env}/env.hcl": f"locals {{\n  days = {days}\n}}\n" for env, days in (("dev", 7), ("prod", 0))}
    units = {f"live/{env}/db/terragrunt.hcl": SOURCE + ROOT for env in ("dev", "prod")}
    assert len(found(tmp_path, {"live/terragrunt.hcl": top, **files, **units})) == 1


def test_the_way_from_what_is_included_to_the_unit_is_known(tmp_path: Path) -> None:
    top = 'inputs = { days = path_relative_to_include() == "prod/db" ? 0 : 7 }\n'
    units = {f"live/{env}/db/terragrunt.hcl": SOURCE + ROOT for env in ("dev", "prod")}
    assert len(found(tmp_path, {"live/terragrunt.hcl": top, **units})) == 1


@pytest.mark.parametrize(
    "source",
    [
        "${get_repo_root()}//module",
        "${dirname(find_in_parent_folders())}/../module",
        "${get_parent_terragrunt_dir()}/../module",
    ],
)
def test_the_module_may_be_named_where_a_unit_includes(tmp_path: Path, source: str) -> None:
    top = f'terraform {{\n  source = "{source}"\n}}\n'
    files = {"live/prod/db/terragrunt.hcl": f"{ROOT}inputs = {{ days = 0 }}\n", "live/terragrunt.hcl": top}
    assert len(found(tmp_path, files)) == 1


def test_a_source_may_be_made_of_functions(tmp_path: Path) -> None:
    source = 'terraform {\n  source = "${dirname(find_in_parent_folders("top.hcl"))}/module"\n}\n'
    files = {"live/prod/db/terragrunt.hcl": f"{source}inputs = {{ days = 0 }}\n", "top.hcl": ""}
    assert len(found(tmp_path, files)) == 1
