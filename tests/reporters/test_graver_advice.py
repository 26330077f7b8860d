"""An error that holds in some deployments only is advice, which a plain run does not show: its last line says so."""

from __future__ import annotations

from pathlib import Path

from tests.command import invoke
from tests.readers.workspace import write

TEMPLATE = """\
Parameters: {P: {Type: String, Default: a}}
Conditions: {C: !Equals [!Ref P, a]}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.medium
      MultiAZ: true
      MaxAllocatedStorage: 100
      BackupRetentionPeriod: %s
"""
MODULE = """\
%s
variable "days" {
  default = %s
}
resource "aws_db_instance" "d" {
  engine                    = "postgres"
  instance_class            = "db.t4g.medium"
  multi_az                  = true
  max_allocated_storage     = 100
  final_snapshot_identifier = "d"
  backup_retention_period   = var.days
}
"""
SAYS = "1 piece of advice not shown (--advice), 1 error among them that holds in some deployments only"


def printed(path: Path, *options: str) -> str:
    return invoke("lint", str(path), *options).output


def test_an_error_of_some_values_is_told_in_the_last_line(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": TEMPLATE % "!If [C, 0, 7]"})
    assert SAYS in printed(tmp_path).strip().splitlines()[-1]
    assert "among them" not in printed(tmp_path, "--advice")
    assert "among them that holds in some deployments only" in printed(tmp_path, "--format", "html")


def test_so_is_one_that_a_caller_may_end(tmp_path: Path) -> None:
    provider = 'provider "aws" {\n  region = "eu-west-1"\n}'
    write(tmp_path, {"main.tf": MODULE % (provider, "0")})
    assert "error[rds-backup-retention]" in printed(tmp_path)
    write(tmp_path, {"main.tf": MODULE % ("", "0")})
    assert SAYS in printed(tmp_path).strip().splitlines()[-1]


def test_what_is_advice_in_any_case_is_not_told_so(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": (TEMPLATE % "7").replace("      MaxAllocatedStorage: 100\n", "")})
    last = printed(tmp_path).strip().splitlines()[-1]
    assert last.endswith("1 piece of advice not shown (--advice)")
