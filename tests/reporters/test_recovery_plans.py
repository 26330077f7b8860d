"""What `recovery` says of stores that a plan of AWS Backup may back up, one of another template among them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows, starting

DAYS = "recovery: {rpo: 48h, regions: [eu-west-1, eu-central-1]}\n"
BUCKET = """\
Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties: {%s}
"""
VERSIONS = "VersioningConfiguration: {Status: Enabled}"
PLAN = """\
Resources:
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: here
            ScheduleExpression: cron(0 2 ? * * *)
            StartWindowMinutes: 60
            CopyActions: [{DestinationBackupVaultArn: "arn:aws:backup:eu-central-1:111122223333:backup-vault:there"}]
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection:
        SelectionName: all
        IamRoleArn: arn:aws:iam::111122223333:role/backup
        Resources: ["arn:aws:s3:::*"]
        Conditions:
          StringEquals: [{ConditionKey: "aws:ResourceTag/aws:cloudformation:logical-id", ConditionValue: %s}]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ways(here: Path, disruption: str, properties: str, logical_id: str = "Files") -> str:
    """What the table says of the bucket after a disruption, with the plan in another template."""
    lines = rows(
        here,
        {"a.yaml": BUCKET % properties, "b.yaml": PLAN % logical_id},
        "--disruption",
        disruption,
        configuration=DAYS,
    )
    return starting(lines, "Files")


def test_a_plan_of_another_template_that_may_select_a_bucket_is_told(here: Path) -> None:
    assert "whether Selection of another template selects it" in ways(here, "region", VERSIONS)


def test_a_plan_selects_no_bucket_by_the_logical_id_of_another(here: Path) -> None:
    assert "Selection" not in ways(here, "region", VERSIONS, "OtherBucket")


def test_a_plan_of_another_template_backs_up_no_bucket_without_versions(here: Path) -> None:
    for properties in ("", "VersioningConfiguration: {Status: Suspended}"):
        assert "Selection" not in ways(here, "region", properties)
        assert "Selection" not in ways(here, "software", properties)


OWN_PLAN = """\
Resources:
  Files:
    Type: AWS::S3::Bucket
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - {RuleName: daily, TargetBackupVault: here, ScheduleExpression: cron(0 2 ? * * *)}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection:
        SelectionName: all
        IamRoleArn: arn:aws:iam::111122223333:role/backup
        Resources: [!GetAtt Files.Arn]
"""


def test_a_plan_is_no_sure_backup_of_a_bucket_without_versions(here: Path) -> None:
    line = starting(rows(here, {"a.yaml": OWN_PLAN}, configuration=DAYS), "Files software")
    assert "software not told 48h ?" in line
    assert "whether the bucket has versions, without which AWS Backup can't back it up" in line


def test_what_a_plan_of_another_template_loses_is_by_its_schedule(here: Path) -> None:
    ways(here, "region", VERSIONS)
    report: Any = json.loads(printed("recovery", "--runbook", "region", "--format", "json"))
    words = json.dumps(report)
    assert "25h or more expected" in words
    assert "1h or more" not in words
