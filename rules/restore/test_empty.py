"""A test of restoring should have something to restore.

A restore testing plan without a selection runs and restores nothing. So does one that asks for continuous backups only,
where snapshots are made, or that looks back fewer days than backups are apart, or than lie between a backup and each test.

What to do: add an AWS::Backup::RestoreTestingSelection with the plan's name (Terraform: aws_backup_restore_testing_selection),
add SNAPSHOT to RecoveryPointTypes, or raise SelectionWindowDays. Of vaults that are not of this template, or that others
may know, only the selection is checked.
"""

from math import ceil

from awslint_memo import Findings, Resource, backups, plan_services, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Backup::RestoreTestingPlan",
    memo="ディザスタ発生時にリストアしながらセカンダリリージョンを構築する",
    aws="aws-backup/latest/devguide/API_RestoreTestingRecoveryPointSelection.html",
)
def check(plan: Resource) -> Findings:
    named = [
        selection.get("RestoreTestingPlanName")
        for selection in plan.deployment.of_type("AWS::Backup::RestoreTestingSelection")
    ]
    written = plan.get("RestoreTestingPlanName")
    is_used = any(name.is_unknown or plan.may_be_named_by(name) or name.is_same_as(written) for name in named)
    if not (is_used or plan.is_exposed(to_modules=False) or plan.may_be_completed()):
        yield plan.finding(plan, "has no selection, so it tests nothing", do="add one, or remove the plan")
    filled = backups.fillers(plan, plan.get("RecoveryPointSelection.IncludeVaults"))
    fillers = [filler for filler in filled if not plan_services.backs_up_others(filler.plan, plan)]
    if fillers and all(filler.makes_snapshots for filler in fillers):
        yield from of_snapshots(plan, [filler.schedule for filler in fillers])


def of_snapshots(plan: Resource, schedules: list[str | None]) -> Findings:
    """What is said of a plan in whose vaults are only snapshots, made by these schedules."""
    types = plan.get("RecoveryPointSelection.RecoveryPointTypes")
    if [item.text for item in types.items] == ["CONTINUOUS"]:
        do = "add SNAPSHOT to RecoveryPointTypes"
        yield plan.finding(types, "asks for continuous backups, but its vaults get only snapshots", do=do)
    window = plan.get("RecoveryPointSelection.SelectionWindowDays", default=backups.TESTED_DAYS)
    expression = plan.get("ScheduleExpression").text
    age, gap, tests = backups.days_before(expression, schedules), *map(backups.days_apart, (schedules, [expression]))
    # A day is left for backups that start late, and another time zone.
    if age is not None and window.below(age - 1):
        message = f"but the youngest backup is always {age:.0f} days old or more, so each test finds none"
        yield plan.finding(window, message, unit="days", do=f"set it to {ceil(age) + 1}, or test sooner after a backup")
        return
    # A day is left for backups that start late, and a test in each window of this length finds what there is.
    if gap is not None and tests is not None and window.below(gap - tests - 1):
        message = f"but backups are up to {ceil(gap)} days apart, so some tests find none"
        yield plan.finding(window, message, unit="days", do="raise it above that, or make backups more often")


BAD = """
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: orders}}
  Weekly: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: weekly, BackupPlanRule: [{RuleName: weekly, TargetBackupVault: !Ref Vault, ScheduleExpression: cron(0 1 ? * SUN *)}]}}}
  Tests:
    Type: AWS::Backup::RestoreTestingPlan
    Properties:
      RestoreTestingPlanName: tests
      ScheduleExpression: cron(0 6 ? * THU *)
      RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [SNAPSHOT], SelectionWindowDays: 2}
  All: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Tests, RestoreTestingSelectionName: all, ProtectedResourceType: RDS, IamRoleArn: !ImportValue role}}
---
Resources:
  Tests:
    Type: AWS::Backup::RestoreTestingPlan
    Properties:
      RestoreTestingPlanName: tests
      ScheduleExpression: cron(0 5 ? * SUN *)
      RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: ["*"], RecoveryPointTypes: [SNAPSHOT]}
---
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: orders}}
  Daily: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: daily, TargetBackupVault: !Ref Vault}]}}}
  Tests:
    Type: AWS::Backup::RestoreTestingPlan
    Properties:
      RestoreTestingPlanName: tests
      ScheduleExpression: cron(0 5 ? * SUN *)
      RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [CONTINUOUS]}
  All: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Tests, RestoreTestingSelectionName: all, ProtectedResourceType: DynamoDB, IamRoleArn: !ImportValue role}}
---
resource "aws_backup_vault" "orders" {
  name = "orders"
}

resource "aws_backup_plan" "quarterly" {
  name = "quarterly"

  rule {
    rule_name         = "quarterly"
    schedule          = "cron(0 5 1 1,4,7,10 ? *)"
    target_vault_name = aws_backup_vault.orders.name
  }
}

resource "aws_backup_restore_testing_plan" "tests" {
  name                = "tests"
  schedule_expression = "cron(0 5 ? * SUN *)"

  recovery_point_selection {
    algorithm            = "LATEST_WITHIN_WINDOW"
    include_vaults       = [aws_backup_vault.orders.arn]
    recovery_point_types = ["SNAPSHOT"]
  }
}

resource "aws_backup_restore_testing_selection" "all" {
  name                      = "all"
  restore_testing_plan_name = aws_backup_restore_testing_plan.tests.name
  protected_resource_type   = "DynamoDB"
  iam_role_arn              = "arn:aws:iam::123456789012:role/restore"
}
---
Parameters: {Orders: {Type: String}, Files: {Type: String}}
Resources:
  # What the other plan puts into the vault each day is no database, as its own test says.
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: all}}
  Weekly: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: weekly, BackupPlanRule: [{RuleName: weekly, TargetBackupVault: !Ref Vault, ScheduleExpression: cron(0 1 ? * SUN *)}]}}}
  OfWeekly: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Weekly, BackupSelection: {SelectionName: orders, IamRoleArn: r, Resources: [!Ref Orders]}}}
  Daily: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: daily, TargetBackupVault: !Ref Vault}]}}}
  OfDaily: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Daily, BackupSelection: {SelectionName: files, IamRoleArn: r, Resources: [!Ref Files]}}}
  Tests: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: tests, ScheduleExpression: cron(0 6 ? * THU *), RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [SNAPSHOT], SelectionWindowDays: 2}}}
  OfTests: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Tests, RestoreTestingSelectionName: orders, ProtectedResourceType: RDS, ProtectedResourceArns: [!Ref Orders], IamRoleArn: r}}
  FileTests: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: files, ScheduleExpression: cron(0 6 ? * FRI *), RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [SNAPSHOT], SelectionWindowDays: 7}}}
  OfFileTests: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref FileTests, RestoreTestingSelectionName: files, ProtectedResourceType: EFS, ProtectedResourceArns: [!Ref Files], IamRoleArn: r}}
"""

GOOD = """
Parameters: {Name: {Type: String}, Days: {Type: Number}, Plan: {Type: String}}
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: orders}}
  Continuous: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: continuous}}
  Exported: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: exported}}
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: plan, BackupPlanRule: [{RuleName: a, ScheduleExpression: "cron(0 5 1 * ? *)", TargetBackupVault: !Ref Vault}, {RuleName: b, ScheduleExpression: "cron(0 5 1 1,7 ? *)", EnableContinuousBackup: true, TargetBackupVault: !Ref Continuous}, {RuleName: c, TargetBackupVault: !Ref Exported}]}}}
  Monthly: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: monthly, ScheduleExpression: "cron(0 5 2 * ? *)", RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [SNAPSHOT, CONTINUOUS], SelectionWindowDays: 7}}}
  OfMonthly: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: monthly, RestoreTestingSelectionName: all, ProtectedResourceType: DynamoDB, IamRoleArn: !ImportValue role}}
  Any: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: any, ScheduleExpression: rate(1 day), RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: [!GetAtt Vault.BackupVaultArn, !GetAtt Continuous.BackupVaultArn], RecoveryPointTypes: [CONTINUOUS], SelectionWindowDays: 1}}}
  OfAny: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Any, RestoreTestingSelectionName: all, ProtectedResourceType: DynamoDB, IamRoleArn: !ImportValue role}}
  Others: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: others, ScheduleExpression: rate(1 day), RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: ["*"], RecoveryPointTypes: [CONTINUOUS]}}}
  OfOthers: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Others, RestoreTestingSelectionName: all, ProtectedResourceType: DynamoDB, IamRoleArn: !ImportValue role}}
  Shared: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: shared, ScheduleExpression: rate(1 day), RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: [!GetAtt Exported.BackupVaultArn], RecoveryPointTypes: [CONTINUOUS]}}}
Outputs: {Vault: {Value: !Ref Exported}, Shared: {Value: !Ref Shared}}
---
Parameters: {Name: {Type: String}, Days: {Type: Number}, Schedule: {Type: String}}
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: orders}}
  Yearly: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: plan, BackupPlanRule: [{RuleName: a, ScheduleExpression: "cron(0 5 1 1,7 ? *)", TargetBackupVault: !Ref Vault}]}}}
  Unknown: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: any, ScheduleExpression: rate(1 day), RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [!Ref Name], SelectionWindowDays: !Ref Days}}}
  UnknownTests: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: tests, ScheduleExpression: !Ref Schedule, RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [SNAPSHOT], SelectionWindowDays: 1}}}
  OfUnknown: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Name, RestoreTestingSelectionName: all, ProtectedResourceType: DynamoDB, IamRoleArn: !ImportValue role}}
---
Parameters: {Orders: {Type: String}, Other: {Type: String}}
Resources:
  # What the daily plan backs up is not known.
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: all}}
  Weekly: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: weekly, BackupPlanRule: [{RuleName: weekly, TargetBackupVault: !Ref Vault, ScheduleExpression: cron(0 1 ? * SUN *)}]}}}
  OfWeekly: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Weekly, BackupSelection: {SelectionName: orders, IamRoleArn: r, Resources: [!Ref Orders]}}}
  Daily: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: daily, TargetBackupVault: !Ref Vault}]}}}
  OfDaily: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Daily, BackupSelection: {SelectionName: files, IamRoleArn: r, Resources: [!Ref Other, "arn:aws:elasticfilesystem:*:*:file-system/*"]}}}
  Tests: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: tests, ScheduleExpression: cron(0 6 ? * THU *), RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: [!GetAtt Vault.BackupVaultArn], RecoveryPointTypes: [SNAPSHOT], SelectionWindowDays: 2}}}
  OfTests: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Tests, RestoreTestingSelectionName: orders, ProtectedResourceType: RDS, ProtectedResourceArns: [!Ref Orders], IamRoleArn: r}}
---
Resources:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/selections.yaml}}
  Tests: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: tests, ScheduleExpression: rate(1 day), RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: ["*"], RecoveryPointTypes: [SNAPSHOT]}}}
---
resource "aws_backup_restore_testing_plan" "tests" {
  name                = "tests"
  schedule_expression = "cron(0 5 ? * SUN *)"

  recovery_point_selection {
    algorithm            = "LATEST_WITHIN_WINDOW"
    include_vaults       = ["*"]
    recovery_point_types = ["SNAPSHOT"]
  }
}

resource "aws_backup_restore_testing_selection" "all" {
  name                      = "all"
  restore_testing_plan_name = aws_backup_restore_testing_plan.tests.name
  protected_resource_type   = "DynamoDB"
  iam_role_arn              = "arn:aws:iam::123456789012:role/restore"
}
"""
