"""Data with an objective for the loss of a Region should have a copy in another Region.

Backups, standbys and replicas in a Region are lost with it. A copy in another Region is made by replicated automated
backups, copies of an AWS Backup plan, a read replica, a global database, table or datastore, or replication of a
bucket. What is made elsewhere can't be seen, so it is advice, unless the configuration says
`recovery: {complete: true}`.

What to do: let one of these make a copy in a second Region, or declare `none` as the objective for `region`. A strategy
such as pilot-light asks for a copy too.
"""

from awslint_memo import STORES, Findings, Resource, rule, verdicts, wanted


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource=STORES,
    memo="定期的なバックアップを取得して起き",
    aws="wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html",
)
def check(store: Resource) -> Findings:
    for verdict in verdicts.judged(store):
        asks = [key for key in ("rpo", "rto") if getattr(verdict, key) is not None]
        asks += [] if verdict.objectives.strategy is None else ["strategy"]
        if verdict.disruption != "region" or verdict.bound.seen or not asks:
            continue
        is_complete = wanted.is_complete(store.deployment)
        doubt = "so its data" if is_complete else "so if nothing elsewhere makes one, its data"
        yield store.finding(
            store,
            f"has no copy in another Region, {doubt} are lost with the Region, in spite of its "
            f"objective ({verdict.place(asks[0])})",
            do=REMEDIES.get(store.type, "keep a copy of its data there"),
            level=verdict.level(asks[0], is_sure=is_complete),
        )


REMEDIES = {
    "AWS::Cassandra::Table": "add a Region to its keyspace",
    "AWS::DSQL::Cluster": "peer it with a cluster in another Region",
    "AWS::DocDB::DBCluster": "make it the primary of a global cluster, or copy its backups",
    "AWS::DynamoDB::GlobalTable": "add a replica",
    "AWS::DynamoDB::Table": "add a replica, or copies of a backup plan",
    "AWS::EC2::Volume": "copy its snapshots there",
    "AWS::EFS::FileSystem": "replicate it, or copy its backups",
    "AWS::ElastiCache::ReplicationGroup": "make it the primary of a global datastore",
    "AWS::Elasticsearch::Domain": "copy snapshots there, and declare that under elsewhere",
    "AWS::FSx::FileSystem": "copy the backups of a backup plan",
    "AWS::MemoryDB::Cluster": "make it part of a multi-Region cluster",
    "AWS::Neptune::DBCluster": "make it the primary of a global database, or copy its backups",
    "AWS::OpenSearchService::Domain": "copy snapshots there, and declare that under elsewhere",
    "AWS::RDS::DBCluster": "make it the primary of a global database, or copy its backups",
    "AWS::RDS::DBInstance": "replicate its automated backups, or copy those of a backup plan",
    "AWS::Redshift::Cluster": "copy its snapshots there",
    "AWS::RedshiftServerless::Namespace": "copy its snapshots there",
    "AWS::S3Express::DirectoryBucket": "keep its objects in a bucket of another Region too",
    "AWS::S3::Bucket": "replicate it to a bucket in another Region",
    "AWS::Timestream::InfluxDBInstance": "copy backups of its engine there, and declare that under elsewhere",
    "AWS::Timestream::Table": "copy the backups of a backup plan",
}


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Metadata: {awslint-memo: {recovery: {region: {rpo: 24h}}}}
    Properties: {Engine: postgres, MultiAZ: true, BackupRetentionPeriod: 7}
---
# awslint-memo: recovery[strategy=pilot-light]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  point_in_time_recovery {
    enabled = true
  }
}
"""

GOOD = """
Parameters: {Vault: {Type: String}}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Metadata: {awslint-memo: {recovery: {region: {rpo: 24h}}}}
    Properties: {Engine: postgres, MultiAZ: true, BackupRetentionPeriod: 7, AutomaticBackupReplicationRegion: eu-central-1}
  Table:
    Type: AWS::DynamoDB::Table
    Metadata: {awslint-memo: {recovery: {region: {rpo: 24h}}}}
    Properties: {TableName: table}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties: {BackupPlan: {BackupPlanRule: [{CopyActions: [{DestinationBackupVaultArn: !Ref Vault}]}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {Resources: [!GetAtt Table.Arn]}}
---
# awslint-memo: recovery[strategy=pilot-light]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-central-1"
  }
}

# awslint-memo: recovery[rebuildable=made of what others keep]
resource "aws_s3_bucket" "files" {}

variable "replica" {}

resource "aws_s3_bucket_replication_configuration" "files" {
  bucket = aws_s3_bucket.files.id
  role   = "arn:aws:iam::123456789012:role/replication"

  rule {
    status = "Enabled"

    destination {
      bucket = var.replica
    }
  }
}

provider "aws" {
  alias  = "away"
  region = "eu-central-1"
}

# May be the replica that the rule names.
# awslint-memo: recovery[rpo=1h]
resource "aws_s3_bucket" "away" {
  provider = aws.away
}

resource "aws_s3_bucket_versioning" "away" {
  provider = aws.away
  bucket   = aws_s3_bucket.away.id

  versioning_configuration {
    status = "Enabled"
  }
}
"""
