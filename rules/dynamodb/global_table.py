"""A DynamoDB global table should have replicas in several Regions, and a stream for replication.

Every replica accepts writes and replicates them by the table's stream; with more than one replica the stream is
required, and must hold the new and the old image. DynamoDB enables it for a replica that Terraform adds, and Terraform
can't disable it again in the next run. Only strongly consistent tables need no stream. Version 2017.11.29 of
global tables uses more write capacity and joins tables that must be kept identical by hand.

What to do: set StreamSpecification.StreamViewType to NEW_AND_OLD_IMAGES (Terraform: stream_enabled and
stream_view_type), use replica blocks of aws_dynamodb_table instead of aws_dynamodb_global_table, and add a second Region.
A global table of one Region that the CDK generated is its usual output, and is not checked, nor is a replica of a table
in another account (GlobalTableSourceArn).
"""

import re
from collections.abc import Sequence

from awslint_memo import Findings, Fix, Resource, Value, rule, tables

VIEW = "StreamSpecification.StreamViewType"
BOTH = "NEW_AND_OLD_IMAGES"


@rule(
    level="warning",
    resource="AWS::DynamoDB::Table",
    memo="複数の AWS リージョンにまたがるデータの自動的なレプリケーションをサポートします",
    aws="amazondynamodb/latest/developerguide/GlobalTables.html",
    fix="both",
)
def check(table: Resource) -> Findings:
    yield from stream(table, tables.other_replicas(table) or [])


@check.on("AWS::DynamoDB::GlobalTable")
def global_table(table: Resource) -> Findings:
    if tables.is_version_2017(table):
        count = len(tables.replicas(table))
        replicas = f"{count} replica{'' if count == 1 else 's'}"
        yield table.finding(
            table,
            f"is a global table of version 2017.11.29, which uses more write capacity, with {replicas}",
            do="use replica blocks of its aws_dynamodb_table instead",
        )
        return
    if tables.is_of_another_account(table):
        return
    others = tables.other_replicas(table)
    yield from stream(table, others or [])
    if others == [] and table.terraform.replica_of.is_absent and not is_made_by_cdk(table):
        needs = "" if tables.stream_view(table).text == BOTH else f" and set {VIEW} to {BOTH}"
        message = "lists no second Region, so no other Region can take over"
        yield table.finding(table.get("Replicas"), message, of="Replicas", do=f"add one{needs}", level="advice")


def stream(table: Resource, others: Sequence[Value | Resource]) -> Findings:
    """The finding about a table whose replicas in other Regions have no stream that they can follow."""
    view = tables.stream_view(table)
    is_missing = view.is_absent or view.text not in (None, BOTH)
    if others and is_missing and tables.is_eventually_consistent(table):
        count = len(others) + 1
        if view.is_absent and table.language == "terraform":
            result = "no stream, so Terraform tries to disable the one that replication needs, which fails"
            message = f"has {count} replicas but {result}; set stream_enabled to true and {VIEW} to {BOTH}"
        elif view.is_absent:
            message = f"has {count} replicas but no stream, which replication needs; set {VIEW} to {BOTH}"
        else:
            message = f"is {view.text}{view.note}, but its {count} replicas need {BOTH}; set it to {BOTH}"
        of, related = "" if view.is_absent else VIEW, [(others[0], "a replica")]
        yield table.finding(view, message, of=of, level="error", related=related, fix=fix(table, view))


def is_made_by_cdk(table: Resource) -> bool:
    """The CDK ends logical ids in a hash, and says where a resource comes from unless told not to."""
    path = table.attribute("Metadata").get("aws:cdk:path")
    return not path.is_absent or re.search(r"[0-9A-F]{8}$", table.name) is not None


def fix(table: Resource, view: Value) -> Fix:
    """A stream that replication can follow; another one takes the place of a stream that is there."""
    view_fix = table.set(
        VIEW, BOTH, unsafe="" if view.is_absent else "replaces the stream, and its readers must follow"
    )
    return table.set("@stream_enabled", True) + view_fix if table.language == "terraform" else view_fix


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {BillingMode: PAY_PER_REQUEST, Replicas: [{Region: eu-west-1}, {Region: us-east-1}]}
---
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {BillingMode: PAY_PER_REQUEST, Replicas: [{Region: eu-west-1}]}
---
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  stream_enabled   = true
  stream_view_type = "KEYS_ONLY"

  replica {
    region_name = "us-east-1"
  }
}
---
resource "aws_dynamodb_global_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-west-1"
  }

  replica {
    region_name = "us-east-1"
  }
}
"""

GOOD = """
Parameters: {Consistency: {Type: String}}
Resources:
  Strong: {Type: AWS::DynamoDB::GlobalTable, Properties: {MultiRegionConsistency: STRONG, Replicas: [{Region: eu-west-1}, {Region: eu-west-2}, {Region: eu-west-3}]}}
  TableCD117FA1: {Type: AWS::DynamoDB::GlobalTable, Properties: {Replicas: [{Region: !Ref AWS::Region}]}}
  OfAnotherAccount: {Type: AWS::DynamoDB::GlobalTable, Properties: {GlobalTableSourceArn: !ImportValue Orders, Replicas: [{Region: us-east-1}]}}
  Unknown: {Type: AWS::DynamoDB::GlobalTable, Properties: {MultiRegionConsistency: !Ref Consistency, Replicas: [{Region: eu-west-1}, {Region: us-east-1}]}}
---
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  replica {
    region_name = "us-east-1"
  }
}
"""

FIXED = """
-    Properties: {BillingMode: PAY_PER_REQUEST, Replicas: [{Region: eu-west-1}, {Region: us-east-1}]}
+    Properties: {BillingMode: PAY_PER_REQUEST, Replicas: [{Region: eu-west-1}, {Region: us-east-1}], StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}}
---
-  stream_view_type = "KEYS_ONLY"
+  stream_view_type = "NEW_AND_OLD_IMAGES"
"""
