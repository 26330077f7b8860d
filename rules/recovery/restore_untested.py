"""What is restored from backups should be among what restore tests restore.

Nobody knows how long a restore takes, or whether it works, until it is tried. Where a restore testing plan of AWS Backup
restores some stores regularly and leaves out one with a recovery time objective (RTO) that AWS Backup restores, that one's
time is a guess. Reported are stores that no selection of any restore testing plan of the application selects, or may
select; stores with a drill of the last year, declared under `recovery.measured`, are not.

What to do: add a selection with the store's type and ARN (Terraform: aws_backup_restore_testing_selection), and declare the
time that its restore jobs take as measured.
"""

from datetime import date

from awslint_memo import STORES, Findings, Resource, durations, restore_tests, rule, verdicts


@rule(
    level="advice",
    since="0.2",
    opt_in=True,
    resource=STORES,
    memo="ディザスタ発生時にリストアしながらセカンダリリージョンを構築する",
    aws="aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html",
)
def check(store: Resource) -> Findings:
    names = [plan.title for plan in restore_tests.plans(store)]
    if not names or not restore_tests.is_testable(store):
        return
    late = [verdict for verdict in verdicts.judged(store) if is_guess(verdict)]
    if late and not restore_tests.of_store(store):
        rto = durations.compact(late[0].rto or 0)
        message = f"is restored from backups when {late[0].when}, with an RTO of {rto} ({late[0].place('rto')})"
        message += f", but {', '.join(names)} {'does' if len(names) == 1 else 'do'} not restore it"
        do = f"add a selection with ProtectedResourceType {restore_tests.type_name(store)}"
        yield store.finding(store, message, do=do)


def is_guess(verdict: verdicts.Judged) -> bool:
    way, drill = verdict.bound.way, verdict.drill
    is_fresh = drill is not None and (date.today() - drill.on).days <= 365
    return verdict.rto is not None and not is_fresh and restore_tests.is_of_backup(way)


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Metadata: {awslint-memo: {recovery: {rto: 4h}}}
    Properties: {TableName: orders}
  Daily: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: daily, TargetBackupVault: Default, ScheduleExpression: cron(0 5 * * ? *)}]}}}
  All: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Daily, BackupSelection: {SelectionName: all, IamRoleArn: !ImportValue role, Resources: [!GetAtt Orders.Arn]}}}
  Tests: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: tests, ScheduleExpression: cron(0 5 ? * SUN *), RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: ["*"], RecoveryPointTypes: [SNAPSHOT]}}}
  Files: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Tests, RestoreTestingSelectionName: files, ProtectedResourceType: EFS, ProtectedResourceArns: ["*"], IamRoleArn: !ImportValue role}}
---
# awslint-memo: recovery[rto=4h]
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    schedule          = "cron(0 5 * * ? *)"
    target_vault_name = "Default"
  }
}

resource "aws_backup_selection" "all" {
  name         = "all"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = [aws_dynamodb_table.orders.arn]
}

resource "aws_backup_restore_testing_plan" "tests" {
  name                = "tests"
  schedule_expression = "cron(0 5 ? * SUN *)"

  recovery_point_selection {
    algorithm            = "LATEST_WITHIN_WINDOW"
    include_vaults       = ["*"]
    recovery_point_types = ["SNAPSHOT"]
  }
}

resource "aws_backup_restore_testing_selection" "other" {
  name                      = "other"
  restore_testing_plan_name = aws_backup_restore_testing_plan.tests.name
  protected_resource_type   = "DynamoDB"
  protected_resource_arns   = ["arn:aws:dynamodb:eu-west-1:123456789012:table/carts"]
  iam_role_arn              = "arn:aws:iam::123456789012:role/restore"
}
"""

GOOD = """
Parameters: {Type: {Type: String}}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Metadata: {awslint-memo: {recovery: {rto: 4h}}}
    Properties: {TableName: orders}
  Daily: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: daily, TargetBackupVault: Default, ScheduleExpression: cron(0 5 * * ? *)}]}}}
  All: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Daily, BackupSelection: {SelectionName: all, IamRoleArn: !ImportValue role, Resources: [!GetAtt Orders.Arn]}}}
  Tests: {Type: AWS::Backup::RestoreTestingPlan, Properties: {RestoreTestingPlanName: tests, ScheduleExpression: cron(0 5 ? * SUN *), RecoveryPointSelection: {Algorithm: LATEST_WITHIN_WINDOW, IncludeVaults: ["*"], RecoveryPointTypes: [SNAPSHOT]}}}
  Any: {Type: AWS::Backup::RestoreTestingSelection, Properties: {RestoreTestingPlanName: !Ref Tests, RestoreTestingSelectionName: any, ProtectedResourceType: !Ref Type, ProtectedResourceArns: ["*"], IamRoleArn: !ImportValue role}}
---
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Metadata: {awslint-memo: {recovery: {rto: 4h}}}
    Properties: {TableName: orders}
  Daily: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: daily, TargetBackupVault: Default, ScheduleExpression: cron(0 5 * * ? *)}]}}}
  All: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !Ref Daily, BackupSelection: {SelectionName: all, IamRoleArn: !ImportValue role, Resources: [!GetAtt Orders.Arn]}}}
---
# awslint-memo: recovery[rto=4h]
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_backup_restore_testing_plan" "tests" {
  name                = "tests"
  schedule_expression = "cron(0 5 ? * SUN *)"

  recovery_point_selection {
    algorithm            = "LATEST_WITHIN_WINDOW"
    include_vaults       = ["*"]
    recovery_point_types = ["SNAPSHOT"]
  }
}

resource "aws_backup_restore_testing_selection" "tables" {
  name                      = "tables"
  restore_testing_plan_name = aws_backup_restore_testing_plan.tests.name
  protected_resource_type   = "DynamoDB"
  protected_resource_arns   = ["*"]
  iam_role_arn              = "arn:aws:iam::123456789012:role/restore"
}
"""
