"""AWS Backup must accept what a plan asks for.

A backup stays in cold storage for 90 days at least, a continuous backup is kept for 35 days at most, a job has an hour at
least to start, and a vault that is locked fails the jobs whose backups are kept for less or more than its lock allows.

What to do: choose a number that is allowed, in the plan or, before it is final, in the vault's lock. The backups of a
rule are compared with the lock of the rule's vault, its copies with that of theirs.
"""

from awslint_memo import Findings, Resource, backups, rule


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
Parameters: {Kept: {Type: Number}}
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
            Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 120}
            CopyActions: [{DestinationBackupVaultArn: !ImportValue Copies, Lifecycle: {DeleteAfterDays: 7}}]
          - {RuleName: Unknown, TargetBackupVault: !Ref Vault, Lifecycle: {DeleteAfterDays: !Ref Kept}}
          - RuleName: Continuous
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
