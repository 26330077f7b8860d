"""A restore testing plan should have something to restore.

A plan without a selection tests nothing. One that looks only for continuous backups, in vaults into which no plan makes any,
finds none; nor does one whose window is shorter than the time between two backups.

What to do: add an AWS::Backup::RestoreTestingSelection (Terraform: aws_backup_restore_testing_selection), add SNAPSHOT to
RecoveryPointTypes, and set SelectionWindowDays to more than the time between backups. The last two are asked only where all
vaults and the plans that fill them are here.
"""

from awslint_memo import Findings, Resource, backups, rule

DAY = 86400


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Backup::RestoreTestingPlan",
    memo="ディザスタ発生時にリストアしながらセカンダリリージョンを構築する手法です",
    aws="aws-backup/latest/devguide/API_RestoreTestingRecoveryPointSelection.html",
)
def check(plan: Resource) -> Findings:
    selections = plan.deployment.of_type("AWS::Backup::RestoreTestingSelection")
    named = [each.get("RestoreTestingPlanName") for each in selections]
    is_selecting = any(plan.may_be_named_by(value) or value.is_unknown for value in named)
    if not is_selecting and not plan.is_exposed() and not plan.may_be_completed():
        yield plan.finding(plan, "has no selection, so it tests nothing", do="add one that names the plan")
    included = [backups.vault(plan, value) for value in plan.get("RecoveryPointSelection.IncludeVaults").items]
    vaults = [vault for vault in included if vault is not None]
    entries = backups.rules_into(vaults) if len(vaults) == len(included) else None
    if not entries:
        return
    types = plan.get("RecoveryPointSelection.RecoveryPointTypes")
    continuous = [entry.get("EnableContinuousBackup") for entry in entries]
    is_only = {item.text for item in types.items} == {"CONTINUOUS"}
    if is_only and all(value.is_absent or value.flag is False for value in continuous):
        message = "is only CONTINUOUS, but no plan here makes continuous backups in its vaults, so it tests nothing"
        yield plan.finding(types, message, of="RecoveryPointTypes", do="add SNAPSHOT")
    days = plan.get("RecoveryPointSelection.SelectionWindowDays", default=backups.TESTED_DAYS)
    gaps = [backups.interval(entry) for entry in entries]
    shortest = min(gap if gap is not None else 0 for gap in gaps) / DAY
    if days.number is not None and days.number < shortest:
        message = f"but backups are up to {shortest:g} days apart, so there may be none to test"
        yield plan.finding(days, message, of="SelectionWindowDays", do=f"set it to more than {shortest:g}")


BAD = """
Resources:
  Testing:
    Type: AWS::Backup::RestoreTestingPlan
    Properties: {RestoreTestingPlanName: testing, RecoveryPointSelection: {IncludeVaults: ["*"], RecoveryPointTypes: [SNAPSHOT]}}
---
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: vault}}
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanRule: [{RuleName: Daily, TargetBackupVault: !Ref Vault, EnableContinuousBackup: false}, {RuleName: Weekly, TargetBackupVault: !Ref Vault}]}}}
  Testing:
    Type: AWS::Backup::RestoreTestingPlan
    Properties: {RestoreTestingPlanName: testing, RecoveryPointSelection: {IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [CONTINUOUS]}}
  Databases: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Testing}}
---
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: vault}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties: {BackupPlan: {BackupPlanRule: [{RuleName: Quarterly, ScheduleExpression: 'cron(0 5 1 1,4,7,10 ? *)', TargetBackupVault: !Ref Vault}]}}
  Testing:
    Type: AWS::Backup::RestoreTestingPlan
    Properties: {RestoreTestingPlanName: testing, RecoveryPointSelection: {IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [SNAPSHOT]}}
  Databases: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Testing}}
---
resource "aws_backup_restore_testing_plan" "testing" {
  name                = "testing"
  schedule_expression = "cron(0 12 ? * * *)"

  recovery_point_selection {
    algorithm            = "LATEST_WITHIN_WINDOW"
    include_vaults       = ["*"]
    recovery_point_types = ["SNAPSHOT"]
  }
}
"""

GOOD = """
Transform: AddsSelections
Resources:
  Testing: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RecoveryPointSelection: {IncludeVaults: ["*"], RecoveryPointTypes: [SNAPSHOT]}}}
---
Parameters: {Days: {Type: Number}, Schedule: {Type: String}}
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: vault}}
  Weekly: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: weekly}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule:
          - {RuleName: Daily, TargetBackupVault: !Ref Vault, EnableContinuousBackup: true}
          - {RuleName: Weekly, ScheduleExpression: 'cron(0 5 ? * SUN *)', TargetBackupVault: !Ref Weekly}
  Testing:
    Type: AWS::Backup::RestoreTestingPlan
    Properties: {RestoreTestingPlanName: testing, RecoveryPointSelection: {IncludeVaults: [!GetAtt Vault.BackupVaultArn, !GetAtt Weekly.BackupVaultArn], RecoveryPointTypes: [CONTINUOUS], SelectionWindowDays: 1}}
  Databases: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Testing}}
  Both:
    Type: AWS::Backup::RestoreTestingPlan
    Properties: {RestoreTestingPlanName: both, RecoveryPointSelection: {IncludeVaults: [!GetAtt Weekly.BackupVaultArn], RecoveryPointTypes: [CONTINUOUS, SNAPSHOT], SelectionWindowDays: 7}}
  OfBoth: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Both}}
  Elsewhere:
    Type: AWS::Backup::RestoreTestingPlan
    Properties: {RestoreTestingPlanName: elsewhere, RecoveryPointSelection: {IncludeVaults: [!GetAtt Weekly.BackupVaultArn, "*"], RecoveryPointTypes: [CONTINUOUS], SelectionWindowDays: 1}}
  OfElsewhere: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Elsewhere}}
  Unknown:
    Type: AWS::Backup::RestoreTestingPlan
    Properties: {RestoreTestingPlanName: unknown, RecoveryPointSelection: {IncludeVaults: [!GetAtt Weekly.BackupVaultArn], RecoveryPointTypes: [SNAPSHOT], SelectionWindowDays: !Ref Days}}
  OfUnknown: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Unknown}}
---
Parameters: {Schedule: {Type: String}}
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: vault}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule:
          - {RuleName: Weekly, ScheduleExpression: 'cron(0 5 ? * SUN *)', TargetBackupVault: !Ref Vault}
          - {RuleName: AnyTime, ScheduleExpression: !Ref Schedule, TargetBackupVault: !Ref Vault}
  Testing:
    Type: AWS::Backup::RestoreTestingPlan
    Properties: {RestoreTestingPlanName: testing, RecoveryPointSelection: {IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [SNAPSHOT], SelectionWindowDays: 1}}
Outputs:
  Testing: {Value: !Ref Testing, Export: {Name: testing}}
---
Parameters: {Plan: {Type: String}}
Resources:
  Testing: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RecoveryPointSelection: {IncludeVaults: ["*"], RecoveryPointTypes: [SNAPSHOT]}}}
  OfAnyPlan: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Plan}}
---
resource "aws_backup_restore_testing_plan" "testing" {
  name                = "testing"
  schedule_expression = "cron(0 12 ? * * *)"

  recovery_point_selection {
    algorithm            = "LATEST_WITHIN_WINDOW"
    include_vaults       = ["*"]
    recovery_point_types = ["SNAPSHOT"]
  }
}

resource "aws_backup_restore_testing_selection" "databases" {
  name                      = "databases"
  restore_testing_plan_name = aws_backup_restore_testing_plan.testing.name
}
"""
