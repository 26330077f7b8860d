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
    gap = backups.interval(rules[0]) if len(rules) == 1 else None
    if gap is None:
        return
    kept = next(backups.kept(rules[0]))
    # -1 and no number of days are for ever.
    seconds = (kept.days.number or 0) * 86400
    if 0 < seconds < gap:
        yield plan.finding(
            kept.days,
            f"but up to {durations.format_duration(gap)} pass between two backups of the "
            f"rule{backups.name_of(rules[0])}, so for a part of the time there is no backup",
            of=kept.of(plan),
            shown=durations.format_duration(seconds),
            do="keep them longer, or make them more often",
        )


BAD = """
Resources:
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule:
          - RuleName: Monthly
            ScheduleExpression: cron(0 5 1 * ? *)
            Lifecycle: {DeleteAfterDays: 7}
---
resource "aws_backup_plan" "orders" {
  rule {
    rule_name = "weekly"
    schedule  = "cron(0 5 ? * SUN *)"

    lifecycle {
      delete_after = 3
    }
  }
}
"""

GOOD = """
Parameters: {Kept: {Type: Number}, Times: {Type: String}}
Resources:
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanRule: [{ScheduleExpression: cron(0 5 1 * ? *), Lifecycle: {DeleteAfterDays: 35}}]}}}
  Unknown: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanRule: [{ScheduleExpression: cron(0 5 1 * ? *), Lifecycle: {DeleteAfterDays: !Ref Kept}}]}}}
  AnyTimes: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanRule: [{ScheduleExpression: !Ref Times, Lifecycle: {DeleteAfterDays: 7}}]}}}
  Always: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanRule: [{ScheduleExpression: cron(0 5 1 * ? *), Lifecycle: {DeleteAfterDays: -1}}]}}}
  Both: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanRule: [{ScheduleExpression: cron(0 5 1 * ? *), Lifecycle: {DeleteAfterDays: 7}}, {Lifecycle: {DeleteAfterDays: 35}}]}}}
---
resource "aws_backup_plan" "orders" {
  rule {
    schedule = "cron(0 5 ? * * *)"

    lifecycle {
      delete_after = 35
    }
  }
}
"""
