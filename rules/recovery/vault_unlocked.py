"""Backups that must be kept long should lie in a vault with a lock.

Whoever may delete backups can delete those that an objective asks for, by mistake or with intent: extortion begins with
the backups. A vault lock denies that to everybody. This rule reports stores with the objective `keep` of which all backups
that are kept for so long lie in vaults of the same templates without a lock, or with one that can be taken away.

What to do: give the vault a LockConfiguration with ChangeableForDays, the days of grace after which the lock is final (3 at
least), and MinRetentionDays. A final lock can't be undone: begin with a short MinRetentionDays. Or copy the backups to a
logically air-gapped vault. Vaults that are not in the templates are not reported.
"""

from awslint_memo import Findings, Resource, durations, rule, vaults, verdicts


@rule(
    level="advice",
    resource=(
        "AWS::DocDB::DBCluster", "AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table", "AWS::EC2::Volume",
        "AWS::EFS::FileSystem", "AWS::FSx::FileSystem", "AWS::Neptune::DBCluster", "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance", "AWS::Redshift::Cluster", "AWS::S3::Bucket",
    ),
    memo="定期的なバックアップを取得して起き",
    aws="aws-backup/latest/devguide/vault-lock.html",
)  # fmt: skip
def check(store: Resource) -> Findings:
    for verdict in verdicts.judged(store)[:1]:
        keep, place = verdict.objectives.keep, verdict.objectives.place("keep")
        backups = None if keep is None else vaults.long_kept(store, verdict.bound, keep)
        if keep is None or not backups:
            continue
        here = [backup.vault for backup in backups if backup.vault is not None]
        lacking = [vaults.lock(vault) for vault in here]
        if len(here) < len(backups) or None in lacking:
            continue
        only = f"only in {here[0].title}, which has {lacking[0]}, so that they can be deleted"
        remedy = "give it a LockConfiguration with ChangeableForDays"
        yield store.finding(
            store,
            f"has its backups of {durations.compact(keep)} ({place}) {only}",
            do=remedy,
            together=f"have their backups of {durations.compact(keep)} ({place}) {only}; {remedy}",
            related=[(here[0], here[0].title)],
        )


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Metadata: {awslint-memo: {recovery: {keep: 90d}}}
    Properties: {TableName: orders}
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: orders}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties: {BackupPlan: {BackupPlanRule: [{TargetBackupVault: !Ref Vault, Lifecycle: {DeleteAfterDays: 90}}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {Resources: [!GetAtt Orders.Arn]}}
---
# awslint-memo: recovery[keep=90d]
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_backup_vault" "orders" {
  name = "orders"
}

resource "aws_backup_vault_lock_configuration" "orders" {
  backup_vault_name  = aws_backup_vault.orders.name
  min_retention_days = 30
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    target_vault_name = aws_backup_vault.orders.name

    lifecycle {
      delete_after = 90
    }
  }
}

resource "aws_backup_selection" "orders" {
  plan_id   = aws_backup_plan.daily.id
  resources = [aws_dynamodb_table.orders.arn]
}
"""

GOOD = """
Parameters: {Days: {Type: Number}, Other: {Type: String}}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Metadata: {awslint-memo: {recovery: {keep: 90d}}}
    Properties: {TableName: orders}
  Versions:
    Type: AWS::S3::Bucket
    Metadata: {awslint-memo: {recovery: {keep: 90d}}}
    Properties: {BucketName: versions, VersioningConfiguration: {Status: Enabled}}
  Vault:
    Type: AWS::Backup::BackupVault
    Properties: {BackupVaultName: orders, LockConfiguration: {MinRetentionDays: 30, ChangeableForDays: !Ref Days}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule:
          - {TargetBackupVault: !Ref Vault, Lifecycle: {DeleteAfterDays: 90}}
          - {TargetBackupVault: !Ref Other, Lifecycle: {DeleteAfterDays: 90}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {Resources: [!GetAtt Orders.Arn, !GetAtt Versions.Arn]}}
---
# awslint-memo: recovery[keep=90d]
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_backup_logically_air_gapped_vault" "orders" {
  name               = "orders"
  min_retention_days = 30
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    copy_action {
      destination_vault_arn = aws_backup_logically_air_gapped_vault.orders.arn

      lifecycle {
        delete_after = 90
      }
    }
  }
}

resource "aws_backup_selection" "orders" {
  plan_id   = aws_backup_plan.daily.id
  resources = [aws_dynamodb_table.orders.arn]
}
"""
