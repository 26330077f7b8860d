"""Backups should move to cold storage only where their service has one.

AWS Backup moves backups of EFS and DynamoDB, for example, to cold storage, but none of RDS, Aurora, DocumentDB, Neptune or
FSx. A plan that backs up nothing else keeps all of its backups where they are, at the full price, whatever it says.

What to do: remove MoveToColdStorageAfterDays (Terraform: cold_storage_after). A plan to which other stacks may add
selections is not reported.
"""

from awslint_memo import Findings, Resource, backups, plan_services, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Backup::BackupPlan",
    memo="定期的なバックアップを取得して起き",
    aws="aws-backup/latest/devguide/API_Lifecycle.html",
    fix="safe",
)
def check(plan: Resource) -> Findings:
    entries = [(entry, kept) for entry in backups.rules(plan) for kept in backups.kept(entry)]
    cold = [(entry, kept) for entry, kept in entries if kept.cold_after.above(-1)]
    selections = plan_services.warm_selections(plan) if cold else ()
    for entry, kept in cold if selections else ():
        whose = f"{'copies of ' if kept.is_copy else ''}the rule{backups.name_of(entry)}"
        message = f"is {kept.cold_after.number:g} in {whose}, but nothing that the plan backs up has cold storage"
        yield plan.finding(
            kept.cold_after,
            message,
            of=kept.of(plan, "MoveToColdStorageAfterDays"),
            do="remove it",
            related=[(selection, "what it backs up") for selection in selections],
            fix=plan.unset(str(kept.cold_after.route)),
        )


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: monthly, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365}}]}}}
  Selection: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Plan, BackupSelection: {SelectionName: orders, IamRoleArn: r, Resources: [!GetAtt Orders.DBInstanceArn]}}}
---
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: monthly, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, CopyActions: [{DestinationBackupVaultArn: a, Lifecycle: {MoveToColdStorageAfterDays: 7}}]}]}}}
  Selection: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Plan, BackupSelection: {SelectionName: all, IamRoleArn: r, Resources: [!Sub "arn:${AWS::Partition}:rds:*:*:cluster:*", "arn:aws:fsx:*"]}}}
---
Parameters: {Arn: {Type: String}}
Resources:
  # A restore test says what it is.
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: monthly, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365}}]}}}
  Selection: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Plan, BackupSelection: {SelectionName: orders, IamRoleArn: r, Resources: [!Ref Arn]}}}
  Test: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: tests, RestoreTestingSelectionName: orders, ProtectedResourceType: RDS, ProtectedResourceArns: [!Ref Arn], IamRoleArn: r}}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_backup_plan" "monthly" {
  name = "monthly"

  rule {
    rule_name         = "monthly"
    target_vault_name = "Default"

    lifecycle {
      cold_storage_after = 60
      delete_after       = 365
    }
  }
}

resource "aws_backup_selection" "orders" {
  plan_id   = aws_backup_plan.monthly.id
  resources = [aws_rds_cluster.orders.arn]
}
"""

GOOD = """
Parameters: {Arn: {Type: String}, Days: {Type: Number}}
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}
  Files: {Type: AWS::EFS::FileSystem, Properties: {}}
  Both: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: both, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365}}]}}}
  OfBoth: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Both, BackupSelection: {SelectionName: both, IamRoleArn: r, Resources: [!GetAtt Orders.DBInstanceArn, !GetAtt Files.Arn]}}}
  ByTag: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: tag, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365}}]}}}
  OfTag: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref ByTag, BackupSelection: {SelectionName: tag, IamRoleArn: r, ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: backup, ConditionValue: monthly}]}}}
  Unknown: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: any, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365}}]}}}
  OfUnknown: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Unknown, BackupSelection: {SelectionName: any, IamRoleArn: r, Resources: [!Ref Arn]}}}
  Warm: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: warm, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {MoveToColdStorageAfterDays: -1, DeleteAfterDays: 365}}]}}}
  OfWarm: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Warm, BackupSelection: {SelectionName: warm, IamRoleArn: r, Resources: [!GetAtt Orders.DBInstanceArn]}}}
  AnyDays: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: days, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {MoveToColdStorageAfterDays: !Ref Days}}]}}}
  OfAnyDays: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref AnyDays, BackupSelection: {SelectionName: days, IamRoleArn: r, Resources: [!GetAtt Orders.DBInstanceArn]}}}
  Exported: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: exported, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365}}]}}}
  OfExported: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Exported, BackupSelection: {SelectionName: exported, IamRoleArn: r, Resources: [!GetAtt Orders.DBInstanceArn]}}}
Outputs:
  Plan: {Value: !Ref Exported}
---
Parameters: {Plan: {Type: String}}
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}
  Monthly: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: monthly, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365}}]}}}
  Databases: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Monthly, BackupSelection: {SelectionName: orders, IamRoleArn: r, Resources: [!GetAtt Orders.DBInstanceArn]}}}
  OfAnyPlan: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Plan, BackupSelection: {SelectionName: all, IamRoleArn: r, Resources: ["*"]}}}
---
resource "aws_efs_file_system" "files" {
  encrypted = true
}

resource "aws_backup_plan" "monthly" {
  name = "monthly"

  rule {
    rule_name         = "monthly"
    target_vault_name = "Default"

    lifecycle {
      cold_storage_after = 60
      delete_after       = 365
    }
  }
}

resource "aws_backup_selection" "files" {
  plan_id   = aws_backup_plan.monthly.id
  resources = [aws_efs_file_system.files.arn]
}
"""

FIXED = """
-  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: monthly, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365}}]}}}
+  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: monthly, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, Lifecycle: {DeleteAfterDays: 365}}]}}}
---
-  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: monthly, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, CopyActions: [{DestinationBackupVaultArn: a, Lifecycle: {MoveToColdStorageAfterDays: 7}}]}]}}}
+  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: monthly, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, CopyActions: [{DestinationBackupVaultArn: a}]}]}}}
"""
