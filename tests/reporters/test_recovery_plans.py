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


def test_a_plan_that_one_deployment_of_another_template_has_may_select_a_store(here: Path) -> None:
    condition = "Parameters: {Stage: {Type: String}}\nConditions: {IsProd: !Equals [!Ref Stage, prod]}\n"
    plan = condition + PLAN % "Files"
    for type_ in ("BackupPlan", "BackupSelection"):
        plan = plan.replace(f"Type: AWS::Backup::{type_}\n", f"Type: AWS::Backup::{type_}\n    Condition: IsProd\n")
    stages = "deployments: {dev: {Stage: dev}, prod: {Stage: prod}}\n"
    wanted = stages + DAYS.replace("{rpo", "{complete: true, rpo")
    lines = rows(here, {"plan.yaml": plan, "data.yaml": BUCKET % VERSIONS}, configuration=wanted)
    assert any("of another template selects it" in line for line in lines)


APPLICATION = (
    "recovery: {rpo: 48h, complete: true, regions: [eu-west-1, eu-central-1], applications: {a: {paths: ['*']}}}\n"
)


@pytest.mark.parametrize(("copied", "verdict"), [(True, "unknown"), (False, "unmet")])
def test_a_plan_of_another_stack_helps_elsewhere_by_copies_alone(here: Path, copied: bool, verdict: str) -> None:
    [copies] = [line for line in PLAN.splitlines(keepends=True) if "CopyActions" in line]
    plan = (PLAN if copied else PLAN.replace(copies, "")) % "Files"
    (here / ".awslint-memo.yaml").write_text(APPLICATION, encoding="utf-8")
    (here / "plan.yaml").write_text(plan, encoding="utf-8")
    (here / "data.yaml").write_text(BUCKET % VERSIONS, encoding="utf-8")
    [store] = [
        store
        for family in json.loads(printed("recovery", "--format", "json"))["families"]
        for store in family["stores"]
    ]
    assert store["disruptions"]["region"]["verdict"] == verdict


ONE = """\
Parameters: {Has: {Type: String}, Suffix: {Type: String}}
Conditions: {HasPlan: !Equals [!Ref Has, plan]}
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub "orders-${Suffix}"}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Condition: HasPlan
    Properties: {BackupPlan: {BackupPlanName: p, BackupPlanRule: [{RuleName: r, TargetBackupVault: here}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Condition: HasPlan
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {SelectionName: s, IamRoleArn: r, Resources: [%s]}}
"""


@pytest.mark.parametrize(
    ("named", "may_select"),
    [
        ('!Sub "arn:${AWS::Partition}:dynamodb:*:*:table/orders-*"', True),
        ('!Sub "arn:aws:dynamodb:${AWS::Region}:111122223333:table/orders-${Suffix}"', False),
        ("!GetAtt Orders.Arn", False),
    ],
)
def test_a_plan_of_one_deployment_selects_by_wildcards_in_another_of_the_same_template(
    here: Path, named: str, may_select: bool
) -> None:
    stages = "deployments: {one: {Has: plan, Suffix: one}, two: {Has: none, Suffix: two}}\n"
    wanted = stages + "recovery: {rpo: 48h, complete: true}\n"
    lines = rows(here, {"data.yaml": ONE % named}, configuration=wanted)
    assert any("of another stack selects it" in line for line in lines) == may_select


TWO_REGIONS = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "there"
  region = "eu-central-1"
}
resource "aws_dynamodb_table" "here" {
  name = "here"
}
resource "aws_dynamodb_table" "there" {
  provider = aws.there
  name     = "there"
}
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "here"
    schedule          = "cron(0 2 * * ? *)"
  }
}
resource "aws_backup_selection" "tables" {
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  name         = "tables"
  plan_id      = aws_backup_plan.daily.id
  resources    = ["arn:aws:dynamodb:*:*:table/*"]
}
"""
ELSEWHERE = """\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: there}
"""
DEPLOYED = """\
deployments:
  plan: {AWS::Region: eu-west-1, paths: [b.yaml]}
  table: {AWS::Region: %s, paths: [a.yaml]}
"""


def test_a_plan_backs_up_nothing_of_another_region_in_one_root(here: Path) -> None:
    wanted = "recovery: {rpo: 48h, complete: true, regions: [eu-west-1, eu-central-1]}\n"
    lines = rows(here, {"a.tf": TWO_REGIONS}, "--disruption", "software", configuration=wanted)
    assert "cron(0 2 * * ? *)" in starting(lines, "aws_dynamodb_table.here")
    assert "software everything" in starting(lines, "aws_dynamodb_table.there")


@pytest.mark.parametrize(("region", "may"), [("eu-west-1", True), ("eu-central-1", False)])
def test_a_plan_backs_up_nothing_of_another_region_in_another_template(here: Path, region: str, *, may: bool) -> None:
    plan = PLAN.replace('"arn:aws:s3:::*"', '"arn:aws:dynamodb:*:*:table/*"').split("        Conditions")[0]
    files = {"a.yaml": ELSEWHERE, "b.yaml": plan}
    lines = rows(here, files, "--disruption", "software", configuration=DAYS + DEPLOYED % region)
    assert ("Selection" in starting(lines, "Table")) is may
