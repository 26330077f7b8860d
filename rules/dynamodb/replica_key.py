"""Each replica of a table with a key of its own should have a key too.

A table that is encrypted with a customer key takes replicas with keys of their Regions alone: DynamoDB refuses a replica
without one, and makes the table before that.

What to do: set kms_key_arn of each replica to a key of its Region, such as a replica of a multi-Region key.
"""

from awslint_memo import Findings, Resource, rule, tables

MANAGED = "alias/aws/dynamodb"


@rule(
    level="error",
    since="0.2",
    resource="AWS::DynamoDB::Table",
    memo="複数の AWS リージョンにまたがるデータの自動的なレプリケーションをサポートします",
    aws="amazondynamodb/latest/developerguide/globaltables-security.html",
    language="terraform",
)
def check(table: Resource) -> Findings:
    # "KMSMasterKeyId must be specified for each replica": https://github.com/hashicorp/terraform/issues/27004
    # (read on 2026-12-01)
    key = table.get("SSESpecification.KMSMasterKeyId")
    # The key that AWS manages is in each Region.
    is_open = table.get("SSESpecification").is_unknown
    if is_open or not (key.text or [*key.mentions()]) or key.ends_with(MANAGED) is True:
        return
    for replica in tables.replicas(table):
        if replica.get("KMSMasterKeyId").is_absent:
            region = replica.get("Region")
            message = "has a key and a replica without kms_key_arn, so DynamoDB refuses the replica"
            do = f"name a key of {region.text or 'its Region'} there"
            yield table.finding(region, message, do=do, related=[(key, "the key of the table")])


BAD = """
resource "aws_kms_key" "orders" {
  enable_key_rotation = true
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.orders.arn
  }

  replica {
    region_name = "eu-west-1"
  }
}
---
variable "standby" {}

resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"

  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/a"
  }

  replica {
    region_name = var.standby
  }
}
"""

GOOD = """
variable "key" {}

resource "aws_kms_key" "orders" {
  enable_key_rotation = true
}

resource "aws_kms_replica_key" "orders" {
  provider        = aws.west
  primary_key_arn = aws_kms_key.orders.arn
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.orders.arn
  }

  replica {
    region_name = "eu-west-1"
    kms_key_arn = aws_kms_replica_key.orders.arn
  }

  replica {
    region_name = "eu-west-2"
    kms_key_arn = var.key
  }
}

resource "aws_dynamodb_table" "bills" {
  name         = "bills"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  # It may be null.
  server_side_encryption {
    enabled     = true
    kms_key_arn = var.key
  }

  replica {
    region_name = "eu-west-1"
  }
}

resource "aws_dynamodb_table" "letters" {
  name         = "letters"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  server_side_encryption {
    enabled = true
  }

  replica {
    region_name = "eu-west-1"
  }
}
---
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:alias/aws/dynamodb"
  }

  replica {
    region_name = "eu-west-1"
  }
}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !ImportValue Key}}}
"""
