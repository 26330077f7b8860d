"""A folder in which somebody runs Terraform is a root, also where no provider is configured there."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write

MAIN = """\
variable "days" {
  default = 0
}
resource "aws_db_instance" "d" {
  engine                    = "postgres"
  instance_class            = "db.t4g.medium"
  multi_az                  = true
  final_snapshot_identifier = "d"
  backup_retention_period   = var.days
}
"""
CALL = 'provider "aws" {\n  region = "eu-west-1"\n}\nmodule "d" {\n  source = "../infra"\n  days   = 7\n}\n'
WORKFLOW = """\
jobs:
  deploy:
    steps:
      - name: Deploy
        working-directory: %s
        run: terraform %s -auto-approve
"""
ROOTS = {
    "a lock file": {"infra/.terraform.lock.hcl": ""},
    "a workflow": {".github/workflows/a.yml": WORKFLOW % ("infra", "apply")},
    "a script": {"scripts/deploy.sh": "#!/bin/sh\nterraform -chdir=infra apply\n"},
    "a script below": {"scripts/deploy.sh": "#!/bin/sh\ncd ../infra\ntofu init\ntofu apply\n"},
    "a Makefile": {"Makefile": "deploy:\n\tcd infra && terraform apply\n"},
    "a variable": {"deploy.sh": "DIR=infra\nterraform -chdir=$DIR apply\n"},
}
OTHERS = {
    "nothing": {},
    "a test": {".github/workflows/a.yml": WORKFLOW % ("infra", "validate")},
    "a plan": {"Makefile": "plan:\n\tcd infra && terraform plan\n"},
    "another folder": {".github/workflows/a.yml": WORKFLOW % ("infra/examples", "apply")},
    "any folder": {"deploy.sh": "terraform -chdir=$1 apply\n"},
    "a lock file of what is called": {"infra/.terraform.lock.hcl": "", "live/main.tf": CALL},
}


def levels(path: Path, files: dict[str, str], folder: str = "infra") -> str:
    write(path, {f"{folder}/main.tf": MAIN, **files})
    return invoke("lint", str(path), "--select", "rds-backup-retention", "--advice").output


@pytest.mark.parametrize("way", ROOTS)
def test_where_somebody_deploys_the_defaults_are_no_matter_of_callers(tmp_path: Path, way: str) -> None:
    assert "error[rds-backup-retention]" in levels(tmp_path, ROOTS[way])


@pytest.mark.parametrize("way", OTHERS)
def test_what_others_may_call_is_a_module(tmp_path: Path, way: str) -> None:
    assert "error[rds-backup-retention]" not in levels(tmp_path, OTHERS[way])


@pytest.mark.parametrize("folder", ["modules/infra", "terraform-modules/infra"])
def test_the_lock_file_of_a_modules_tests_says_nothing(tmp_path: Path, folder: str) -> None:
    printed = levels(tmp_path, {f"{folder}/.terraform.lock.hcl": ""}, folder)
    assert "advice[rds-backup-retention]" in printed
    assert "unless the caller sets days" in printed


def test_a_root_without_its_provider_keeps_what_a_policy_locks(tmp_path: Path) -> None:
    write(tmp_path, {"infra/main.tf": MAIN, **ROOTS["a workflow"], "policy.yaml": 'policy: {locked: ["*"]}\n'})
    result = invoke("lint", str(tmp_path), "--policy", str(tmp_path / "policy.yaml"))
    assert (result.exit_code, "error[rds-backup-retention]" in result.output) == (1, True), result.output
