"""The attributes that a table defines should be those of its keys and indexes.

AttributeDefinitions is no list of all attributes of the items: DynamoDB refuses a table that defines an attribute which is in
no key and no index, and one with a key that is not defined. Terraform's provider refuses the first in its plan.

What to do: define the attributes of KeySchema and of the indexes, and no others.
"""

from awslint_memo import Findings, Resource, listed, rule, table_keys


@rule(
    level="error",
    since="0.2",
    resource=("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
    memo="データの変更に対してトリガーを設定して、リアルタイムアプリケーションやイベント駆動型サービスを構築できます",
    aws="amazondynamodb/latest/APIReference/API_CreateTable.html",
)
def check(table: Resource) -> Findings:
    keys = table_keys.key_attributes(table)
    defined = table_keys.defined_attributes(table)
    if keys is None or defined is None:
        return
    # One place for all: who removes one of them removes the others too.
    if extra := [name for name in defined if name not in keys]:
        what, them = (f"attribute {extra[0]}, which is", "it")
        if len(extra) > 1:
            what, them = (f"attributes {listed(extra, 5)}, which are", "them")
        yield table.finding(
            defined[extra[0]],
            f"defines the {what} in no key and no index, so the table is refused",
            do=f"remove {them}; only attributes of keys are defined",
            related=[(defined[name], f"defines {name}") for name in extra[1:]],
        )
    if lacking := [name for name in keys if name not in defined]:
        is_one = len(lacking) == 1
        yield table.finding(
            keys[lacking[0]],
            f"has the {'key' if is_one else 'keys'} {listed(lacking)} and does not define the "
            f"{'attribute' if is_one else 'attributes'}, so the table is refused",
            do=f"define {listed(lacking)}",
            related=[(keys[name], f"the key {name}") for name in lacking[1:]],
        )


BAD = """
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: state, AttributeType: S}], KeySchema: [{AttributeName: id, KeyType: HASH}]}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::GlobalTable, Properties: {AttributeDefinitions: [{AttributeName: id, AttributeType: S}], KeySchema: [{AttributeName: id, KeyType: HASH}], GlobalSecondaryIndexes: [{IndexName: a, KeySchema: [{AttributeName: state, KeyType: HASH}]}]}}
---
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "amount"
    type = "N"
  }
}
---
resource "aws_dynamodb_table" "orders" {
  name      = "orders"
  hash_key  = "id"
  range_key = "at"

  attribute {
    name = "id"
    type = "S"
  }
}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: state, AttributeType: S}, {AttributeName: name, AttributeType: S}], KeySchema: [{AttributeName: id, KeyType: HASH}]}}
"""

GOOD = """
Parameters: {Key: {Type: String}}
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: state, AttributeType: S}, {AttributeName: at, AttributeType: S}], KeySchema: [{AttributeName: id, KeyType: HASH}], GlobalSecondaryIndexes: [{IndexName: a, KeySchema: [{AttributeName: state, KeyType: HASH}]}], LocalSecondaryIndexes: [{IndexName: b, KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}]}]}}
  Unknown: {Type: AWS::DynamoDB::Table, Properties: {AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: state, AttributeType: S}], KeySchema: [{AttributeName: !Ref Key, KeyType: HASH}]}}
  Plain: {Type: AWS::Serverless::SimpleTable}
---
variable "attributes" {}

resource "aws_dynamodb_table" "orders" {
  name      = "orders"
  hash_key  = "id"
  range_key = "at"

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "at"
    type = "S"
  }

  attribute {
    name = "state"
    type = "S"
  }

  attribute {
    name = "day"
    type = "S"
  }

  attribute {
    name = "kind"
    type = "S"
  }

  local_secondary_index {
    name            = "by-day"
    range_key       = "day"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "by-state"
    hash_key        = "state"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "by-kind"
    projection_type = "ALL"

    key_schema {
      attribute_name = "kind"
      key_type       = "HASH"
    }
  }
}

# Another resource may add an index.
resource "aws_dynamodb_table" "indexed" {
  name     = "indexed"
  hash_key = "id"

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "state"
    type = "S"
  }
}

resource "aws_dynamodb_global_secondary_index" "state" {
  table_name = aws_dynamodb_table.indexed.name
  index_name = "state"
}

resource "aws_dynamodb_table" "given" {
  name     = "given"
  hash_key = "id"

  dynamic "attribute" {
    for_each = var.attributes

    content {
      name = attribute.value.name
      type = attribute.value.type
    }
  }
}

resource "aws_dynamodb_table" "restored" {
  name                = "restored"
  restore_source_name = "orders"
}
"""
