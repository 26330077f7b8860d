"""A key should be of the Region of what it encrypts.

KMS keys are of one Region, and no service takes a key of another one: a replica in a second Region needs a key there, not that of
the database that it copies. Such a database is refused when it is deployed, and a queue or topic can't encrypt messages. An encrypted
copy in another Region has no default either: a replica or a secondary cluster of a global database without a key is refused.

What to do: name a key of that Region (Terraform: one that the same provider makes). A replica of a multi-Region key has an ARN of
its own. The Region of a stack is known where its samconfig, a deploy command of the repository or the configuration tells it.
"""

from awslint_memo import Findings, Resource, commanded_regions, replica_keys, rule

SOURCES = {
    "AWS::RDS::DBCluster": ("GlobalClusterIdentifier", "ReplicationSourceIdentifier"),
    "AWS::RDS::DBInstance": ("SourceDBInstanceIdentifier",),
}
"""By what databases name that of which they are a copy (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/
API_CreateDBCluster.html, API_CreateDBInstanceReadReplica.html, read on 2026-12-01)."""


@rule(
    level="error",
    since="0.2",
    resource=("AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::SNS::Topic", "AWS::SQS::Queue"),
    memo="グローバルデータベース: 複数の AWS リージョンにまたがる Aurora データベースのレプリケーションを可能にします。",
    aws="AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html",
)
def check(user: Resource) -> Findings:
    named = user.get("KmsKeyId" if "::RDS::" in user.type else "KmsMasterKeyId")
    if named.is_absent:
        # A stack is in one Region, with what it copies of its own.
        sources = [user.get(name) for name in SOURCES.get(user.type, ())]
        is_of_stack = user.language == "cloudformation" and any(map(user.deployment.find, sources))
        if not is_of_stack and not all(source.is_absent for source in sources):
            yield from without(user)
        return
    from awslint_memo import regions  # Most of these have no key of their own.

    own, key = regions.told(user), user.deployment.find(named, "AWS::KMS::Key")
    its = None if key is None else regions.told(key)
    region = regions.in_arn(named) or (None if its is None else its.text)
    commanded = commanded_regions.elsewhere(user, region, named) if region and own is None else None
    text = own.text if own is not None else None if commanded is None else commanded.region
    if text and region and text != region:
        so = "so it is refused" if "::RDS::" in user.type else "so no message can be encrypted with it"
        yield user.finding(
            named,
            f"is a key of {region}, but {text} is needed, {so}",
            of=str(named.route),
            do=f"use a key of {text}",
            related=[(key, "the key")] if key else [(commanded.place, commanded.words)] if commanded else [],
        )


def without(database: Resource) -> Findings:
    # "For encrypted cross-region replica, kmsKeyId should be explicitly specified":
    # https://github.com/cloudposse/terraform-aws-components, modules/aurora-mysql/main.tf (read on 2026-12-01)
    copy = replica_keys.keyless(database)
    if copy is not None:
        yield database.finding(
            database.get("KmsKeyId"),
            f"but {copy.kind} in another Region that is encrypted needs a key there, so it is refused",
            do="name a key of its Region",
            level=None if copy.is_sure else "warning",
            related=[(copy.source, "what it copies")],
        )


BAD = """
# deployments: {standby: {AWS::Region: us-west-2}}
Resources:
  Replica: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !ImportValue Main, KmsKeyId: !Sub "arn:aws:kms:us-east-1:${AWS::AccountId}:alias/claims", DBInstanceClass: db.r6g.large}}
---
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "recovery"
  region = "eu-west-1"
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}

resource "aws_db_instance" "copy" {
  provider = aws.recovery

  identifier          = "copy"
  replicate_source_db = "arn:aws:rds:eu-central-1:123456789012:db:main"
  instance_class      = "db.r6g.large"
  kms_key_id          = aws_kms_key.main.arn
}
---
provider "aws" {
  region = "eu-central-1"
}

resource "aws_sqs_queue" "orders" {
  name              = "orders"
  kms_master_key_id = "arn:aws:kms:eu-west-1:123456789012:key/1"
}
---
Resources:
  Secondary: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: shop, SourceRegion: eu-west-1, StorageEncrypted: true}}
---
# deployments: {standby: {AWS::Region: us-west-2}}
Resources:
  Replica: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: "arn:aws:rds:us-east-1:111122223333:db:shop", StorageEncrypted: true, DBInstanceClass: db.r6g.large}}
---
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "recovery"
  region = "eu-west-1"
}

resource "aws_rds_global_cluster" "shop" {
  global_cluster_identifier = "shop"
  storage_encrypted         = true
}

resource "aws_rds_cluster" "primary" {
  global_cluster_identifier = aws_rds_global_cluster.shop.id
  engine                    = "aurora-postgresql"
  master_username           = "shop"
}

resource "aws_rds_cluster" "secondary" {
  provider                  = aws.recovery
  global_cluster_identifier = aws_rds_global_cluster.shop.id
  engine                    = "aurora-postgresql"
}
---
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "recovery"
  region = "eu-west-1"
}

resource "aws_db_instance" "main" {
  engine            = "postgres"
  instance_class    = "db.r6g.large"
  storage_encrypted = true
}

resource "aws_db_instance" "copy" {
  provider            = aws.recovery
  replicate_source_db = aws_db_instance.main.arn
  instance_class      = "db.r6g.large"
}
"""

GOOD = """
# deployments: {standby: {AWS::Region: us-west-2}}
Parameters: {Key: {Type: String}}
Resources:
  Replica: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !ImportValue Main, KmsKeyId: !Sub "arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/claims", DBInstanceClass: db.r6g.large}}
  Own: {Type: AWS::KMS::Key}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Own}}
  Bills: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
  Letters: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: alias/aws/sqs}}
  Plain: {Type: AWS::SNS::Topic}
---
Resources:
  Replica: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !ImportValue Main, KmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1", DBInstanceClass: db.r6g.large}}
---
variable "region" {}

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "recovery"
  region = "eu-west-1"
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}

resource "aws_kms_key" "recovery" {
  provider            = aws.recovery
  enable_key_rotation = true
}

resource "aws_db_instance" "copy" {
  provider = aws.recovery

  identifier          = "copy"
  replicate_source_db = "arn:aws:rds:eu-central-1:123456789012:db:main"
  instance_class      = "db.r6g.large"
  kms_key_id          = aws_kms_key.recovery.arn
}

resource "aws_sqs_queue" "orders" {
  provider          = aws.recovery
  kms_master_key_id = aws_kms_key.main.arn
}

resource "aws_sqs_queue" "plain" {
  provider = aws.recovery
}
---
provider "aws" {
  region = "eu-central-1"
}

variable "standby" {}

provider "aws" {
  alias  = "standby"
  region = var.standby
}

resource "aws_rds_global_cluster" "shop" {
  global_cluster_identifier = "shop"
}

resource "aws_rds_cluster" "primary" {
  global_cluster_identifier = aws_rds_global_cluster.shop.id
  engine                    = "aurora-postgresql"
  master_username           = "shop"
}

resource "aws_rds_cluster" "secondary" {
  provider                  = aws.standby
  global_cluster_identifier = aws_rds_global_cluster.shop.id
  engine                    = "aurora-postgresql"
}

resource "aws_db_instance" "main" {
  engine            = "postgres"
  storage_encrypted = true
}

resource "aws_db_instance" "near" {
  replicate_source_db = aws_db_instance.main.identifier
}

resource "aws_db_instance" "anywhere" {
  provider            = aws.standby
  replicate_source_db = aws_db_instance.main.arn
}
---
# deployments: {standby: {AWS::Region: us-east-1}}
Parameters: {Region: {Type: String}}
Resources:
  Near: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: "arn:aws:rds:us-east-1:111122223333:db:shop", SourceRegion: us-east-1, StorageEncrypted: true}}
  Any: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: shop, SourceRegion: !Ref Region, StorageEncrypted: true}}
  Plain: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: "arn:aws:rds:us-west-2:111122223333:db:shop"}}
  Lone: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, StorageEncrypted: true}}
"""
