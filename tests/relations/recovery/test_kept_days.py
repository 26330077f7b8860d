"""What the table says of backups that are to be kept for more or fewer days than AWS accepts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reporters.recovery_tables import rows

from awslint_memo.relations.recovery import kept_days

SETTINGS = {
    "AWS::DocDB::DBCluster": "BackupRetentionPeriod",
    "AWS::ElastiCache::CacheCluster": "SnapshotRetentionLimit",
    "AWS::ElastiCache::ReplicationGroup": "SnapshotRetentionLimit",
    "AWS::ElastiCache::ServerlessCache": "SnapshotRetentionLimit",
    "AWS::MemoryDB::Cluster": "SnapshotRetentionLimit",
    "AWS::Neptune::DBCluster": "BackupRetentionPeriod",
    "AWS::RDS::DBCluster": "BackupRetentionPeriod",
    "AWS::RDS::DBInstance": "BackupRetentionPeriod",
    "AWS::Redshift::Cluster": "AutomatedSnapshotRetentionPeriod",
}
ENGINES = {
    "AWS::ElastiCache::CacheCluster": "redis",
    "AWS::ElastiCache::ReplicationGroup": "redis",
    "AWS::ElastiCache::ServerlessCache": "redis",
    "AWS::RDS::DBCluster": "aurora-mysql",
    "AWS::RDS::DBInstance": "postgres",
}
WANTED = "recovery: {rpo: 48h, keep: 14d, complete: true, regions: [eu-west-1, eu-central-1]}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _software(here: Path, type_: str, days: int) -> str:
    engine = f"Engine: {ENGINES[type_]}, " if type_ in ENGINES else ""
    text = f"Resources: {{Data: {{Type: {type_}, Properties: {{{engine}{SETTINGS[type_]}: {days}}}}}}}\n"
    told = rows(here, {"a.yaml": text}, configuration=WANTED)
    [line] = [line for line in told if " software " in line]
    return line


def test_each_setting_with_a_limit_is_tried() -> None:
    assert set(SETTINGS) == set(kept_days.LIMITS)


@pytest.mark.parametrize("type_", sorted(SETTINGS))
def test_a_refused_number_of_days_gives_no_figure(here: Path, type_: str) -> None:
    least, most = kept_days.LIMITS[type_].value
    line = _software(here, type_, most)
    assert f"{most}d back" in line
    assert "keep 14d \u2713" in line
    line = _software(here, type_, most + 1)
    assert "back" not in line.partition(" not told:")[0]
    assert "keep 14d ?" in line
    assert f"AWS accepts {least} to {most} days, and refuses {most + 1} (set it to {most})" in line
    # Daily snapshots lose a day or more whatever they are kept for; nothing else is a figure.
    assert ("software 24h or more 48h ?" if "Snapshot" in SETTINGS[type_][:8] else "software not told 48h ?") in line


def test_a_database_of_terraform_with_a_refused_default_says_where_it_is_from(here: Path) -> None:
    text = """\
        variable "days" {
          default = 2555
        }
        resource "aws_db_instance" "main" {
          engine                  = "postgres"
          backup_retention_period = var.days
        }
        """
    told = rows(here, {"a.tf": text}, configuration=WANTED)
    [line] = [line for line in told if " software " in line]
    assert "2555d" not in line
    assert "refuses 2555 (default of days) (set it to 35)" in line
    # A failover needs no backups.
    text = text.replace("var.days", "var.days\n          multi_az = true")
    told = rows(here, {"a.tf": text}, configuration=WANTED)
    assert any(" az nothing" in line and "failover" in line for line in told)


def test_a_bucket_without_versions_is_told_so_whatever_else_a_selection_asks_for(here: Path) -> None:
    text = """\
        variable "tags" {
          type = map(string)
        }
        resource "aws_s3_bucket" "reports" {
          tags = var.tags
        }
        resource "aws_backup_plan" "daily" {
          name = "daily"
          rule {
            rule_name         = "daily"
            target_vault_name = "main"
            schedule          = "cron(0 5 * * ? *)"
          }
        }
        resource "aws_backup_selection" "tagged" {
          name         = "tagged"
          plan_id      = aws_backup_plan.daily.id
          iam_role_arn = "arn:aws:iam::123456789012:role/backup"
          selection_tag {
            type  = "STRINGEQUALS"
            key   = "backup"
            value = "yes"
          }
        }
        """
    told = rows(here, {"a.tf": text}, configuration=WANTED)
    [line] = [line for line in told if " software " in line]
    assert "not told: whether the bucket has versions, without which AWS Backup can't back it up" in line
