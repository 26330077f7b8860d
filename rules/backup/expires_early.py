"""A backup should be kept until the next one is made.

If a plan deletes backups sooner than it makes new ones, there is none at all for a part of the time, and a loss then
can't be mended.

What to do: set DeleteAfterDays (Terraform: delete_after) of the rule to more than the longest time between two backups,
or make backups more often. Only plans with a single rule are checked, as another rule may fill the gap.
"""

from awslint_memo import Findings, Resource, backups, durations, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Backup::BackupPlan",
    memo="定期的なバックアップを取得して起き",
    aws="aws-backup/latest/devguide/plan-options-and-configuration.html",
)
def check(plan: Resource) -> Findings:
    rules = backups.rules(plan)
    if len(rules) != 1:
        return
    one = rules[0]
    gap, kept = backups.interval(one), next(backups.kept(one))
    days = kept.days
    # -1 and no number of days are for ever.
    seconds = None if days.number is None else days.number * 86400
    if gap is None or seconds is None or not 0 < seconds < gap:
        return
    yield plan.finding(
        days,
        f"is {durations.format_duration(seconds)}, but up to {durations.format_duration(gap)} pass "
        f"between two backups of the rule{backups.name_of(one)}, so for a part of the time there is no "
        "backup",
        of=kept.of(plan),
        do="keep them longer, or make them more often",
    )


BAD = """
Resources:
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: orders
        BackupPlanRule:
          - RuleName: Monthly
            TargetBackupVault: Default
            ScheduleExpression: cron(0 5 1 * ? *)
            Lifecycle: {DeleteAfterDays: 7}
---
resource "aws_backup_plan" "orders" {
  name = "orders"

  rule {
    rule_name         = "weekly"
    target_vault_name = "Default"
    schedule          = "cron(0 5 ? * SUN *)"

    lifecycle {
      delete_after = 3
    }
  }
}
"""

GOOD = """
Parameters: {Kept: {Type: Number}, Times: {Type: String}}
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: a, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, ScheduleExpression: cron(0 5 1 * ? *), Lifecycle: {DeleteAfterDays: 35}}]}}}
  Unknown: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: b, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, ScheduleExpression: cron(0 5 1 * ? *), Lifecycle: {DeleteAfterDays: !Ref Kept}}]}}}
  AnyTimes: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: e, BackupPlanRule: [{RuleName: Sometimes, TargetBackupVault: Default, ScheduleExpression: !Ref Times, Lifecycle: {DeleteAfterDays: 7}}]}}}
  Always: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: c, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, ScheduleExpression: cron(0 5 1 * ? *), Lifecycle: {DeleteAfterDays: -1}}]}}}
  Both: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: d, BackupPlanRule: [{RuleName: Monthly, TargetBackupVault: Default, ScheduleExpression: cron(0 5 1 * ? *), Lifecycle: {DeleteAfterDays: 7}}, {RuleName: Daily, TargetBackupVault: Default, Lifecycle: {DeleteAfterDays: 35}}]}}}
---
resource "aws_backup_plan" "orders" {
  name = "orders"

  rule {
    rule_name         = "daily"
    target_vault_name = "Default"
    schedule          = "cron(0 5 ? * * *)"

    lifecycle {
      delete_after = 35
    }
  }
}
"""
