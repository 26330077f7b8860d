"""AWS Backup must accept what a plan asks for.

The schedule is cron(…) with six fields. A backup stays in cold storage for 90 days at least, a continuous backup is kept for 35 days at most, a job has an hour at
least to start, buckets keep versions, and a vault that is locked fails the jobs whose backups are kept for less or more than its lock allows.

What to do: write cron(0 3 * * ? *) for each night at three, and choose a number that is allowed, in the plan or, before it is final, in the vault's lock. The backups of a
rule are compared with the lock of the rule's vault, its copies with that of theirs.
"""

from awslint_memo import Findings, Resource, backups, rule, schedules, stores


@rule(
    level="error",
    since="0.2",
    resource="AWS::Backup::BackupPlan",
    memo="定期的なバックアップを取得して起き",
    aws="aws-backup/latest/devguide/API_Lifecycle.html",
)
def check(plan: Resource) -> Findings:
    for entry in backups.rules(plan):
        name = backups.name_of(entry)
        schedule, fault = entry.get("ScheduleExpression"), schedules.backup_fault(entry.get("ScheduleExpression"))
        if fault is not None:
            message = f"is {schedule.text}{schedule.note} in the rule{name}, which {fault}"
            yield plan.finding(schedule, message, of="ScheduleExpression", do="write cron(0 3 * * ? *), for example")
        start = entry.get("StartWindowMinutes")
        if start.below(backups.SHORTEST_START):
            yield plan.finding(
                start,
                f"is {start.number:g} in the rule{name}, which AWS Backup refuses",
                of="StartWindowMinutes",
                do=f"set it to {backups.SHORTEST_START} or more",
            )
        is_continuous = entry.get("EnableContinuousBackup").flag is True
        for kept in backups.kept(entry):
            reason, do = refusal(plan, kept, is_continuous and not kept.is_copy)
            if reason:
                whose = f"copies of the rule{name}" if kept.is_copy else f"the rule{name}"
                yield plan.finding(
                    kept.days, f"is {kept.days.number:g} in {whose}, {reason}", of=kept.of(plan), do=f"set it to {do}"
                )


@check.on("AWS::Backup::BackupSelection")
def selection(chosen: Resource) -> Findings:
    for named, bucket in stores.unversioned(chosen):
        message = f"names {bucket.title}, which keeps no versions, so each backup job of it fails"
        do = f"set {bucket.in_file_words('VersioningConfiguration.Status')} of {bucket.title} to Enabled"
        yield chosen.finding(named, message, do=do, related=[(bucket, "keeps no versions")])


def refusal(plan: Resource, kept: backups.Kept, is_continuous: bool) -> tuple[str, str]:
    """Why the days that backups are kept are refused, and which are not; empty if that is not certain."""
    days, cold = kept.days.number, kept.cold_after.number
    if days is None or days < 1:
        return "", ""
    if cold is not None and cold >= 0 and days < cold + backups.COLD_DAYS:
        stay = f"stay there for {backups.COLD_DAYS} days at least"
        return (
            f"but backups move to cold storage after {cold:g} days and {stay}",
            f"{cold + backups.COLD_DAYS:g} or more",
        )
    if is_continuous and days > backups.LONGEST_CONTINUOUS:
        longest = backups.LONGEST_CONTINUOUS
        return f"but a continuous backup is kept for {longest} days at most", f"{longest} or less"
    vault = backups.vault(plan, kept.vault)
    if vault is None:
        return "", ""
    least, most = (backups.bound(vault, name).number for name in ("MinRetentionDays", "MaxRetentionDays"))
    if least is not None and days < least:
        return f"but the lock of {vault.title} wants {least:g} at least, so each job fails", f"{least:g} or more"
    if most is not None and days > most:
        return f"but the lock of {vault.title} allows {most:g} at most, so each job fails", f"{most:g} or less"
    return "", ""


BAD = """
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {LockConfiguration: {MinRetentionDays: 30}}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule: [{RuleName: Daily, TargetBackupVault: !Ref Vault, Lifecycle: {DeleteAfterDays: 14}}]
---
Resources:
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule: [{RuleName: Daily, Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 60}}]
---
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanRule: [{RuleName: Daily, StartWindowMinutes: 30}]}}}
---
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanRule: [{RuleName: Daily, ScheduleExpression: cron(0 3 * * *)}]}}}
---
resource "aws_backup_plan" "nightly" {
  rule {
    rule_name = "nightly"
    schedule  = "0 3 * * *"
  }
}
---
Resources:
  Scans: {Type: AWS::S3::Bucket}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: p, BackupSelection: {SelectionName: scans, IamRoleArn: r, Resources: [!GetAtt Scans.Arn]}}
---
resource "aws_s3_bucket" "scans" {
  bucket = "scans"
}

resource "aws_s3_bucket_versioning" "scans" {
  bucket = aws_s3_bucket.scans.id

  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_backup_selection" "scans" {
  name         = "scans"
  plan_id      = "p"
  iam_role_arn = "r"
  resources    = [aws_s3_bucket.scans.arn]
}
---
resource "aws_backup_plan" "orders" {
  rule {
    rule_name                = "continuous"
    enable_continuous_backup = true

    lifecycle {
      delete_after = 90
    }
  }
}
---
Resources:
  Gapped: {Type: AWS::Backup::LogicallyAirGappedBackupVault, Properties: {MinRetentionDays: 7, MaxRetentionDays: 35}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule:
          - RuleName: Daily
            Lifecycle: {DeleteAfterDays: 35}
            CopyActions: [{DestinationBackupVaultArn: !GetAtt Gapped.BackupVaultArn, Lifecycle: {DeleteAfterDays: 90}}]
"""

GOOD = """
# Tags and exceptions may leave the bucket out.
Resources:
  Scans: {Type: AWS::S3::Bucket}
  Tagged:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: p, BackupSelection: {SelectionName: tagged, IamRoleArn: r, Resources: [!GetAtt Scans.Arn], Conditions: {StringEquals: [{ConditionKey: "aws:ResourceTag/backup", ConditionValue: "yes"}]}}}
  Excepted:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: p, BackupSelection: {SelectionName: excepted, IamRoleArn: r, Resources: [!GetAtt Scans.Arn, "arn:aws:dynamodb:*:*:table/*"], NotResources: [!GetAtt Scans.Arn]}}
  # Nothing tells whether AWS Backup takes capitals.
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanRule: [{RuleName: Daily, ScheduleExpression: CRON(0 3 * * ? *)}]}}}
---
Parameters: {Status: {Type: String}}
Resources:
  Scans: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}
  Any: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: !Ref Status}}}
  Orders: {Type: AWS::DynamoDB::Table}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: p, BackupSelection: {SelectionName: scans, IamRoleArn: r, Resources: [!GetAtt Scans.Arn, !GetAtt Any.Arn, !GetAtt Orders.Arn, !ImportValue other]}}
---
Parameters: {Kept: {Type: Number}, Schedule: {Type: String}}
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {LockConfiguration: {MinRetentionDays: 30, MaxRetentionDays: 120}}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule:
          - RuleName: Daily
            TargetBackupVault: !Ref Vault
            StartWindowMinutes: 60
            ScheduleExpression: !Ref Schedule
            Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 120}
            CopyActions: [{DestinationBackupVaultArn: !ImportValue Copies, Lifecycle: {DeleteAfterDays: 7}}]
          - {RuleName: Unknown, TargetBackupVault: !Ref Vault, Lifecycle: {DeleteAfterDays: !Ref Kept}}
          - RuleName: Continuous
            ScheduleExpression: cron(0 3 * * ? *)
            EnableContinuousBackup: true
            Lifecycle: {DeleteAfterDays: 35}
            CopyActions: [{DestinationBackupVaultArn: !ImportValue Copies, Lifecycle: {DeleteAfterDays: 365}}]
---
resource "aws_backup_plan" "orders" {
  rule {
    rule_name = "weekly"

    lifecycle {
      # The provider sends no number of days that is not above zero.
      cold_storage_after = 0
      delete_after       = 14
    }
  }
}
"""
