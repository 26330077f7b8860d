"""Data with a recovery objective should have a backup.

Replicas and standbys copy a mistake within seconds: only a backup, or an older version, brings back what was deleted or
spoiled. This rule reports stores with an objective for which nothing in the templates makes one. What another stack, an
organization's policy or a program does can't be seen, so it is advice, unless the configuration says
`recovery: {complete: true}`; backups made elsewhere can be declared under `recovery.elsewhere`.

What to do: turn on automated backups, point-in-time recovery or versioning, or select the store in an AWS Backup plan.
For data that are made again from others, declare `rebuildable` with the reason. Nodes of Memcached are not checked.
"""

from awslint_memo import STORES, Findings, Resource, rule, verdicts, wanted


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource=STORES,
    memo="定期的なバックアップを取得して起き",
    aws="wellarchitected/latest/reliability-pillar/rel_backing_up_data_identified_backups_data.html",
)
def check(store: Resource) -> Findings:
    for verdict in verdicts.judged(store)[:1]:
        asks = [key for key in ("rpo", "rto") if getattr(verdict, key) is not None]
        asks += ["keep"] if verdict.objectives.keep is not None else []
        # With a plan elsewhere, at the shortest interval, the RPO is missed all the same: then another rule says that.
        if not asks or verdict.bound.seen or (verdict.bound.ways and verdict.rpo_verdict == "unmet"):
            continue
        is_complete = wanted.is_complete(store.deployment)
        doubt = "so data" if is_complete else "so if nothing elsewhere makes one, data"
        yield store.finding(
            store,
            f"has no backup, {doubt} that are deleted or spoiled are lost, in spite of its objective "
            f"({verdict.place(asks[0])})",
            do=REMEDIES.get(store.type.split("::")[1], "set BackupRetentionPeriod to 1 or more"),
            level=verdict.level(asks[0], is_sure=is_complete),
        )


REMEDIES = {
    "Cassandra": "set PointInTimeRecoveryEnabled to true",
    "DSQL": "make a backup plan for it",
    "DynamoDB": "set PointInTimeRecoveryEnabled to true",
    "EC2": "make snapshots of it, by a lifecycle policy or a backup plan",
    "EFS": "turn on its automatic backups",
    "ElastiCache": "set SnapshotRetentionLimit to 1 or more, or declare it rebuildable",
    "FSx": "set AutomaticBackupRetentionDays to 1 or more",
    "MemoryDB": "set SnapshotRetentionLimit to 1 or more",
    "Redshift": "set AutomatedSnapshotRetentionPeriod to 1 or more",
    "S3": "enable versioning",
    "S3Express": "keep its objects in a bucket with versions too",
    "Timestream": "make a backup plan for it",
}


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Metadata: {awslint-memo: {recovery: {rpo: 24h}}}
    Properties: {BillingMode: PAY_PER_REQUEST}
---
# awslint-memo: recovery[keep=35d]
resource "aws_s3_bucket" "documents" {
  bucket = "documents"
}
"""

GOOD = """
Parameters: {Status: {Type: String}}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Metadata: {awslint-memo: {recovery: {rpo: 24h}}}
    Properties: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
  Documents:
    Type: AWS::S3::Bucket
    Metadata: {awslint-memo: {recovery: {rpo: 24h}}}
    Properties: {VersioningConfiguration: {Status: !Ref Status}}
  NoObjective: {Type: AWS::S3::Bucket}
---
# awslint-memo: recovery[keep=35d]
resource "aws_s3_bucket" "documents" {
  bucket = "documents"
}

resource "aws_s3_bucket_versioning" "documents" {
  bucket = aws_s3_bucket.documents.id

  versioning_configuration {
    status = "Enabled"
  }
}
"""
