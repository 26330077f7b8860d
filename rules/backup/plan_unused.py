"""A backup plan should have a selection.

A plan says when backups are made and how long they are kept; a selection says of what. Without one the plan makes no
backups.

What to do: add an AWS::Backup::BackupSelection (Terraform: aws_backup_selection) that names the plan. A plan that other
stacks get is not checked.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Backup::BackupPlan",
    memo="定期的なバックアップを取得して起き",
    aws="aws-backup/latest/devguide/assigning-resources.html",
)
def check(plan: Resource) -> Findings:
    named = [each.get("BackupPlanId") for each in plan.deployment.of_type("AWS::Backup::BackupSelection")]
    if any(plan.may_be_named_by(value) or value.is_unknown for value in named):
        return
    if not plan.is_exposed(to_modules=False) and not plan.may_be_completed():
        yield plan.finding(plan, "has no selection, so it makes no backups", do="add one that names the plan")


BAD = """
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: Daily, TargetBackupVault: Default}]}}}
---
resource "aws_backup_plan" "daily" {
  name = "daily"
}

resource "aws_backup_plan" "weekly" {
  name = "weekly"
}

resource "aws_backup_selection" "orders" {
  plan_id = aws_backup_plan.weekly.id
}
"""

GOOD = """
Transform: AddsSelections
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily}}}
---
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily}}}
  Orders: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Plan}}
---
Parameters: {Plan: {Type: String}}
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily}}}
  OfAnyPlan: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Plan}}
---
Parameters: {Id: {Type: String}}
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily}}}
  OfAnyPlan: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Id}}
---
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily}}}
Outputs:
  Plan: {Value: !Ref Plan, Export: {Name: plan}}
---
resource "aws_backup_plan" "daily" {
  name = "daily"
}

resource "aws_backup_selection" "orders" {
  plan_id = aws_backup_plan.daily.id
}
"""
