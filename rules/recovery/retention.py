"""One should be able to go as far back as the objective `keep` asks for.

A mistake is often noticed days or weeks later. Backups that are deleted sooner don't contain the data any more. `keep`
says how far back one must be able to go, and is compared with the longest of all ways back that are seen. What is made
elsewhere can't be seen, so it is advice, unless the configuration says `recovery: {complete: true}`.

What to do: keep backups longer: BackupRetentionPeriod, RecoveryPeriodInDays, SnapshotRetentionLimit, NoncurrentDays, or
DeleteAfterDays of a backup plan, for what is longer than 35 days.
"""

from awslint_memo import STORES, Findings, Resource, durations, rule, verdicts, wanted


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource=STORES,
    memo="最後の正常なデータバックアップからどれだけの時間のデータ損失が許容されるか",
    aws="wellarchitected/latest/reliability-pillar/rel_backing_up_data_identified_backups_data.html",
)
def check(store: Resource) -> Findings:
    for verdict in verdicts.judged(store)[:1]:
        keep, bound = verdict.objectives.keep, verdict.bound
        if keep is None or not bound.seen or bound.most_reach >= keep:
            continue
        longest = max(bound.seen, key=lambda way: way.reach or 0)
        yield store.finding(
            store,
            f"can go back {durations.compact(bound.most_reach)} at most ({longest.how}), but "
            f"{durations.compact(keep)} are asked for ({verdict.objectives.place('keep')})",
            do="keep backups longer",
            level=verdict.level("keep", is_sure=wanted.is_complete(store.deployment)),
            related=longest.because,
        )


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Metadata: {awslint-memo: {recovery: {keep: 35d}}}
    Properties: {Engine: postgres, MultiAZ: true, BackupRetentionPeriod: 7}
---
# awslint-memo: recovery[keep=14d]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 7
  }
}
"""

GOOD = """
Parameters: {Days: {Type: Number}}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Metadata: {awslint-memo: {recovery: {keep: 35d}}}
    Properties: {Engine: postgres, MultiAZ: true, BackupRetentionPeriod: 35}
  Unknown:
    Type: AWS::RDS::DBInstance
    Metadata: {awslint-memo: {recovery: {keep: 35d}}}
    Properties: {Engine: postgres, MultiAZ: true, BackupRetentionPeriod: !Ref Days}
---
# awslint-memo: recovery[keep=14d]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  point_in_time_recovery {
    enabled = true
  }
}
"""
