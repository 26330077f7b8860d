"""What Terraform is told to leave as others set it is advice at most."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.readers.workspace import report, write

DATABASE = """
resource "aws_db_instance" "orders" {
  engine                  = "mysql"
  backup_retention_period = 0
  storage_encrypted       = true
  lifecycle {
    ignore_changes = %s
  }
}
"""


def backups(folder: Path, files: dict[str, str]) -> dict[str, Any]:
    write(folder, files)
    (one,) = [one for one in report(str(folder), "--advice")["findings"] if one["rule"] == "rds-backup-retention"]
    made: dict[str, Any] = one
    return made


SAID = "; Terraform ignores changes of backup_retention_period, so it may be set elsewhere"


@pytest.mark.parametrize("ignored", ["[backup_retention_period]", "all", "[tags, backup_retention_period]"])
@pytest.mark.parametrize("folder", ["", "m/"])
def test_a_finding_on_an_ignored_argument_is_advice_that_says_so(tmp_path: Path, folder: str, ignored: str) -> None:
    call = {"main.tf": 'module "m" {\n  for_each = toset(["a.b"])\n  source   = "./m"\n}\n'} if folder else {}
    found = backups(tmp_path, {**call, f"{folder}main.tf": DATABASE % ignored})
    assert found["level"] == "advice"
    assert found["message"].endswith(SAID)


@pytest.mark.parametrize("ignored", ["[]", '[tags["backup_retention_period"]]', "[engine_version]"])
def test_a_finding_on_another_argument_stays(tmp_path: Path, ignored: str) -> None:
    found = backups(tmp_path, {"main.tf": DATABASE % ignored})
    assert found["level"] != "advice"
    assert "ignores" not in found["message"]


@pytest.mark.parametrize("ignored", ["all", ["backup_retention_period"]])
def test_the_names_are_texts_in_json(tmp_path: Path, ignored: Any) -> None:
    database = {"engine": "mysql", "backup_retention_period": 0, "lifecycle": {"ignore_changes": ignored}}
    found = backups(tmp_path, {"main.tf.json": json.dumps({"resource": {"aws_db_instance": {"orders": database}}})})
    assert (found["level"], found["message"].endswith(SAID)) == ("advice", True)


def test_an_override_of_one_argument_of_a_lifecycle_keeps_the_others(tmp_path: Path) -> None:
    override = 'resource "aws_db_instance" "orders" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n'
    written = {"main.tf": DATABASE % "[backup_retention_period]", "override.tf": override}
    assert backups(tmp_path, written)["level"] == "advice"


TABLE = """
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  point_in_time_recovery {
    enabled = false
  }
  lifecycle {
    ignore_changes = [point_in_time_recovery[0].%s]
  }
}
"""


@pytest.mark.parametrize(("name", "is_ignored"), [("enabled", True), ("recovery_period_in_days", False)])
def test_a_path_through_a_block_covers_what_is_below_it(tmp_path: Path, name: str, is_ignored: bool) -> None:
    write(tmp_path, {"main.tf": TABLE % name})
    (one,) = [one for one in report(str(tmp_path), "--advice")["findings"] if "point_in_time" in one["message"]]
    assert ("Terraform ignores changes of point_in_time_recovery.enabled" in one["message"]) is is_ignored
