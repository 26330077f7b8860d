"""A DynamoDB table should keep backups for a restore to any second.

A program that writes or deletes the wrong items does so in every replica too, and nothing brings them back unless
point-in-time recovery is on: it then holds the last 35 days, second by second. It is off unless switched on, for each
replica of a global table on its own.

What to do: set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled to true on the table and on every replica
(Terraform: a point_in_time_recovery block, and point_in_time_recovery in each replica).
"""

from collections.abc import Iterator

from awslint_memo import Finding, Known, Resource, Value, rule, tables


@rule(
    "dynamodb-point-in-time-recovery",
    level="warning",
    resource=("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
    memo="定期的なバックアップを取得して起き",
    aws="amazondynamodb/latest/developerguide/Point-in-time-recovery.html",
)
def check(table: Resource) -> Iterator[Finding]:
    replicas = tables.replicas(table)
    missing = [(switch(one), where(one, replicas)) for one in replicas if switch(one).flag is False]
    if table.type == tables.TABLE:
        own = table.get(SWITCH, default=False)
        if own.flag is False:
            missing.insert(0, (own, "its own Region" if replicas else ""))
    if not missing:
        return
    places = ", ".join(name for _, name in missing if name)
    yield table.finding(
        missing[0][0],
        f"can't be restored to a point in time{' in ' if places else ''}{places}; switch PointInTimeRecoveryEnabled on",
        related=[(one, f"off in {name}") for one, name in missing[1:]],
    )


SWITCH = "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled"


def switch(replica: Value) -> Value:
    """Whether a replica keeps backups; off where nothing says so."""
    written = replica.get(SWITCH)
    return Known(False, written.place, defaulted=True) if written.is_absent else written


def where(replica: Value, replicas: list[Value]) -> str:
    """The Region of a replica, else its number where there are several."""
    return replica.get("Region").text or (f"replica {replicas.index(replica) + 1}" if len(replicas) > 1 else "")


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: PAY_PER_REQUEST}
---
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas:
        - {Region: eu-west-1, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: "true"}}
        - {Region: us-east-1}
---
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  point_in_time_recovery {
    enabled = false
  }
}
---
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  point_in_time_recovery {
    enabled = true
  }

  replica {
    region_name = "us-east-1"
  }
}
"""

GOOD = """
Parameters:
  Restorable: {Type: String}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
  Unknown:
    Type: AWS::DynamoDB::Table
    Properties: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: !Ref Restorable}}
  Cache:
    Type: AWS::DAX::Cluster
    Properties: {NodeType: dax.t3.small, ReplicationFactor: 3, IAMRoleARN: !ImportValue Role}
---
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  point_in_time_recovery {
    enabled = true
  }

  replica {
    region_name            = "us-east-1"
    point_in_time_recovery = true
  }
}
"""
