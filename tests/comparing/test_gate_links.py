"""A folder or file that becomes a symbolic link takes nothing away, wherever the link leads."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

DATABASE = """\
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.t4g.medium, MultiAZ: true, BackupRetentionPeriod: 0}
"""
IN_TERRAFORM = """\
resource "aws_db_instance" "db" {
  engine                  = "postgres"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  multi_az                = true
  backup_retention_period = 0
}
"""
CALL = 'terraform {\n  backend "s3" {}\n}\nmodule "db" {\n  source = "./db"\n}\n'
KINDS = {"CloudFormation's": {"db/t.yaml": DATABASE}, "Terraform's": {"db/main.tf": IN_TERRAFORM, "main.tf": CALL}}


@pytest.fixture(params=KINDS)
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a finding in the folder db."""
    here = tmp_path / "here"
    made(here).commit({**KINDS[request.param], "other.yaml": "Resources: {T: {Type: AWS::SNS::Topic}}\n"})
    monkeypatch.chdir(here)
    return here


def lint(*options: str) -> tuple[int, str]:
    result = invoke("lint", "--against", "HEAD", *options)
    return result.exit_code, result.output


@pytest.mark.parametrize("target", ["../out", "../nowhere", ".git"])
def test_a_link_out_of_the_root_hides_nothing(folder: Path, target: str) -> None:
    shutil.rmtree("db")
    write(folder, {"../out/u.yaml": DATABASE.replace(": 0", ": 7")})
    os.symlink(target, "db")
    code, output = lint()
    assert "not comparable:" in output
    assert "its file can't be read now" in output
    code, output = lint("--gate")
    assert (code, "db is a symbolic link now, and what it leads to is not looked at" in output) == (1, True), output


def test_a_link_to_where_it_moved_hides_nothing(folder: Path) -> None:
    shutil.move("db", "moved")
    os.symlink("moved", "db")
    Repository(folder).git("add", "-A")
    code, output = lint("--gate")
    assert (code, "no longer judged" in output) == (0, False), output
    assert "1 finding as before" in output
