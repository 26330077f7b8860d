"""What `recovery` tells of stores whose backups lose more the farther one goes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows, starting

DATABASE = """\
    resource "aws_db_instance" "orders" {
      engine                  = "postgres"
      backup_retention_period = %s
    }
    resource "aws_efs_file_system" "files" {}
    resource "aws_efs_backup_policy" "files" {
      file_system_id = aws_efs_file_system.files.id
      backup_policy {
        status = "ENABLED"
      }
    }
    resource "aws_backup_vault" "main" {
      name = "main"
    }
    resource "aws_backup_plan" "main" {
      name = "main"
      rule {
        rule_name         = "daily"
        target_vault_name = aws_backup_vault.main.name
        schedule          = "cron(0 3 * * ? *)"
        lifecycle {
          delete_after = 30
        }
      }
      rule {
        rule_name         = "weekly"
        target_vault_name = aws_backup_vault.main.name
        schedule          = "cron(0 3 ? * SUN *)"
        lifecycle {
          delete_after = 90
        }
      }
    }
    resource "aws_backup_selection" "main" {
      name         = "main"
      plan_id      = aws_backup_plan.main.id
      iam_role_arn = "arn:aws:iam::123456789012:role/backup"
      resources    = [aws_db_instance.orders.arn, aws_efs_file_system.files.arn]
    }
    """


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_loss_is_told_with_how_far_back_it_holds(here: Path) -> None:
    # A day and the 8 hours in which a backup starts; a week and these.
    told = starting(rows(here, {"main.tf": DATABASE % 7}), "aws_db_instance.orders software")
    assert "5m typically, 7d back; 32h expected, 30d back; 176h expected, 90d back" in told
    assert "1h ~, keep 14d ✓ (32h expected)" in told


def test_what_keeps_long_enough_by_itself_needs_no_word_on_others(here: Path) -> None:
    told = starting(rows(here, {"main.tf": DATABASE % 35}), "aws_db_instance.orders software")
    assert "5m typically, 35d back; 176h expected, 90d back 1h ~, keep 14d ✓ restore" in told


def test_backups_of_two_makers_miss_what_both_together_miss(here: Path) -> None:
    """Two that are made once a day are 12 hours apart at best."""
    told = starting(rows(here, {"main.tf": DATABASE % 7}), "aws_efs_file_system.files software")
    assert "32h expected, 35d back; 176h expected, 90d back 1h ≠, keep 14d ✓" in told
    assert "AWS documents no figure" not in told
    wanted = "recovery: {rpo: 16h}\n"
    told = starting(rows(here, {"main.tf": DATABASE % 7}, configuration=wanted), "aws_efs_file_system.files software")
    assert "16h ?" in told


def test_the_ways_of_one_plan_are_told_apart_by_the_names_of_its_rules(here: Path) -> None:
    rows(here, {"main.tf": DATABASE % 7})
    told = printed("recovery", "--runbook", "software")
    assert "AWS Backup plan aws_backup_plan.main, rule daily (restore, loses 32h expected)" in told
    assert "AWS Backup plan aws_backup_plan.main, rule weekly (restore, loses 176h expected)" in told


def test_json_has_each_step(here: Path) -> None:
    rows(here, {"main.tf": DATABASE % 7})
    report = json.loads(printed("recovery", "--format", "json"))
    [store] = [each for family in report["families"] for each in family["stores"] if "orders" in each["resource"]]
    steps = store["disruptions"]["software"]["by_reach"]
    assert [(step["figure"]["words"], step["reach_in_secs"]) for step in steps] == [
        ("5m typically", 7 * 86400),
        ("32h expected", 30 * 86400),
        ("176h expected", 90 * 86400),
    ]
    assert store["disruptions"]["region"]["by_reach"] == []
