"""Provisioned write capacity of a DynamoDB global table should scale automatically.

Every write goes to every replica, so each replica needs the same write capacity. DynamoDB rejects a global table with
provisioned capacity unless Auto Scaling sets its write capacity, and that of each global secondary index. PROVISIONED
is the default.

What to do: give the table and each index WriteProvisionedThroughputSettings, or set BillingMode to PAY_PER_REQUEST. In
Terraform a new aws_dynamodb_table with provisioned capacity and a replica is rejected unless its writes scale already.
"""

from awslint_memo import Findings, Resource, rule, tables


@rule(
    level="error",
    resource="AWS::DynamoDB::GlobalTable",
    memo="複数の AWS リージョンにまたがるデータの自動的なレプリケーションをサポートします",
    aws="AWSCloudFormation/latest/UserGuide/aws-properties-dynamodb-globaltable-writeprovisionedthroughputsettings.html",
)
def check(table: Resource) -> Findings:
    mode = table.get("BillingMode", default=tables.DEFAULT_BILLING_MODE)
    if mode.text != "PROVISIONED" or tables.is_of_another_account(table):
        return
    missing = ["the table"] if table.get(WRITES).is_absent else []
    indexes = [index for index in table.get("GlobalSecondaryIndexes").items if index.get(WRITES).is_absent]
    missing += [f"the index {index.get('IndexName').text or 'with an unknown name'}" for index in indexes]
    if missing:
        yield table.finding(
            mode,
            f"is PROVISIONED{mode.note}, which DynamoDB rejects without {WRITES} of {' and '.join(missing)}",
            of="BillingMode",
            do="add them, or set it to PAY_PER_REQUEST without provisioned settings",
            related=[(index, f"an index without {WRITES}") for index in indexes],
        )


WRITES = "WriteProvisionedThroughputSettings"


@check.on("AWS::DynamoDB::Table")
def terraform_table(table: Resource) -> Findings:
    """A table with replica blocks, whose writes nothing scales."""
    others = tables.other_replicas(table)
    fixed = [capacity.what for capacity in tables.unscaled(table) if capacity.what.startswith("writes")]
    if others and fixed:
        mode = table.get("BillingMode", default=tables.DEFAULT_BILLING_MODE)
        yield table.finding(
            mode,
            f"is PROVISIONED{mode.note}, which DynamoDB rejects for {len(others) + 1} replicas unless "
            f"Auto Scaling scales {' and '.join(fixed)}",
            of="BillingMode",
            do="scale the writes, or set it to PAY_PER_REQUEST and remove the fixed units",
            level="advice" if tables.is_known_elsewhere(table) else None,
            related=[(others[0], "a replica")],
        )


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {Replicas: [{Region: eu-west-1}]}
---
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas: [{Region: eu-west-1}]
      WriteProvisionedThroughputSettings: {WriteCapacityAutoScalingSettings: {MinCapacity: 5, MaxCapacity: 50, TargetTrackingScalingPolicyConfiguration: {TargetValue: 70}}}
      GlobalSecondaryIndexes: [{IndexName: by-date}]
---
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  read_capacity  = 5
  write_capacity = 5

  replica {
    region_name = "us-east-1"
  }
}
"""

GOOD = """
Parameters:
  Mode: {Type: String}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {BillingMode: PAY_PER_REQUEST, Replicas: [{Region: eu-west-1}]}
  Unknown:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {BillingMode: !Ref Mode, Replicas: [{Region: eu-west-1}]}
  OfAnotherAccount:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {GlobalTableSourceArn: !ImportValue Orders, Replicas: [{Region: us-east-1}]}
  Local:
    Type: AWS::DynamoDB::Table
    Properties: {ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}
---
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"

  replica {
    region_name = "us-east-1"
  }
}
"""
