"""One should be able to go as far back as the objective `keep` asks for.

A mistake is often noticed days or weeks later. Backups that are deleted sooner don't contain the data any more. `keep`
says how far back one must be able to go, and is compared with the longest of all ways back that are seen. What is made
elsewhere can't be seen, so it is advice, unless the configuration says `recovery: {complete: true}`.

What to do: keep backups longer: BackupRetentionPeriod, RecoveryPeriodInDays, SnapshotRetentionLimit, NoncurrentDays, or
DeleteAfterDays of a backup plan, for what is longer than 35 days.
"""

from awslint_memo import Findings, Resource, durations, rule, verdicts, wanted


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource=(
        "AWS::DocDB::DBCluster", "AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table", "AWS::EC2::Volume",
        "AWS::EFS::FileSystem", "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElastiCache::ServerlessCache", "AWS::FSx::FileSystem", "AWS::MemoryDB::Cluster", "AWS::Neptune::DBCluster",
        "AWS::OpenSearchService::Domain", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::Redshift::Cluster",
        "AWS::RedshiftServerless::Namespace", "AWS::S3::Bucket", "AWS::S3Express::DirectoryBucket",
    ),
    memo="最後の正常なデータバックアップからどれだけの時間のデータ損失が許容されるか",
    aws="wellarchitected/latest/reliability-pillar/rel_backing_up_data_identified_backups_data.html",
)  # fmt: skip
def check(store: Resource) -> Findings:
    for one in verdicts.judged(store)[:1]:
        keep = one.objectives.keep
        if keep is None or not one.bound.seen or one.bound.most_reach >= keep:
            continue
        longest = max(one.bound.seen, key=lambda way: way.reach or 0)
        yield store.finding(
            store,
            f"can go back {durations.compact(one.bound.most_reach)} at most ({longest.how}), but "
            f"{durations.compact(keep)} are asked for ({one.objectives.place('keep')})",
            do="keep backups longer",
            level=one.level("keep", is_sure=wanted.is_complete(store.deployment)),
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
