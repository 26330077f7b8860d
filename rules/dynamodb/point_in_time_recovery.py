"""A DynamoDB table should have point-in-time recovery.

A program that writes or deletes the wrong items does so in every replica. Only a backup brings the items back:
point-in-time recovery can restore the table to any second of the last 35 days. It is off by default, and is switched on
for each replica of a global table separately.

What to do: set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled to true on the table and on every replica
(Terraform: a point_in_time_recovery block, and point_in_time_recovery in each replica). A replica of a table in another
account (GlobalTableSourceArn) is not checked, nor is a table with Terraform's locks (LockID) or open connections
(connectionId), one named after locks or a cache, or one whose items expire (TTL) and that is named after sessions, tokens,
rate limits, invitations, one-time passwords or the like, or after what is under way (states, executions, runners), unless it
must stay: these are made anew.

It is advice where the template says that the items may go: a simple table of SAM, a DeletionPolicy of Delete, TTL, at most
five units of fixed capacity, a name after what a program is at (state, progress, offsets, connections, counters, access tokens, invitations), a copy by
DMS from which tables are loaded, items that stand in the same root (aws_dynamodb_table_item), a tag about backups, or false that is
written; and where a plan of AWS Backup that stands here
surely selects the table.
Deletion protection, prevent_destroy, a DeletionPolicy of Retain or replicas say that they must stay.
"""

from awslint_memo import Findings, Fix, Known, Resource, Value, rule, table_items, tables


@rule(
    level="warning",
    resource=("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
    memo="定期的なバックアップを取得して起き",
    aws="amazondynamodb/latest/developerguide/Point-in-time-recovery.html",
    fix="both",
    taste="costs",
    commented=("PITR", "point-in-time", "PointInTimeRecoveryEnabled", "point_in_time_recovery"),
)
def check(table: Resource) -> Findings:
    if tables.is_of_another_account(table) or table_items.is_rebuildable(table):
        return
    replicas = tables.replicas(table)
    is_off = table.type == tables.TABLE and table.get(SWITCH, default=False).flag is False
    missing = [(table.get(SWITCH, default=False), "its own Region" if replicas else "")] if is_off else []
    missing += [(switch(replica), where(replica, replicas)) for replica in replicas if switch(replica).flag is False]
    if not missing:
        return
    first, places = missing[0][0], " and ".join(name for _, name in missing if name)
    where_off, there = (f" in {places}", " there") if places else ("", "")
    plan = next(iter(tables.plans(table)), "")
    is_needed = not table_items.may_go(table) and not is_chosen(table)
    do = "set it to true" if is_needed else "unless its items can be made anew, set it to true"
    yield table.finding(
        first,
        f"is false{first.note}{where_off}, so the table has no point-in-time recovery{there}",
        of="PointInTimeRecoveryEnabled" if is_off or table.type != tables.TABLE else "replica.point_in_time_recovery",
        do=f"unless what {plan} has not backed up yet may go, set it to true" if plan else do,
        level=None if is_needed and not plan else "advice",
        related=[(other, f"off in {name}") for other, name in missing[1:]],
        fix=fix(table, replicas),
    )


def is_chosen(table: Resource) -> bool:
    """Whether false is written: who wrote that knows of recovery, and which items must stay."""
    return table.type == tables.TABLE and table.get(SWITCH).flag is False and table.get(SWITCH).is_literal


SWITCH = "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled"


def switch(replica: Value) -> Value:
    """Whether a replica keeps backups; off where nothing says so."""
    written = replica.get(SWITCH)
    return Known(False, written.place, defaulted=True) if written.is_absent else written


def where(replica: Value, replicas: list[Value]) -> str:
    """The Region of a replica, else its number where there are several."""
    return replica.get("Region").text or (f"replica {replicas.index(replica) + 1}" if len(replicas) > 1 else "")


def fix(table: Resource, replicas: list[Value]) -> Fix | None:
    """Recovery for the table and each replica that has none."""
    paths = [SWITCH] if table.type == tables.TABLE and table.get(SWITCH, default=False).flag is False else []
    off = [number for number, replica in enumerate(replicas) if switch(replica).flag is False]
    paths += [f"{tables.replica_path(table, number)}.{SWITCH}" for number in off]
    if tables.plans(table):
        return Fix.lacks("a plan of AWS Backup backs it up, and a person should decide whether that is enough")
    if table_items.may_go(table, expires=False):
        return Fix.lacks("its items may be made anew, which only a person knows who fills it")
    expires = table.get("TimeToLiveSpecification.Enabled", default=False).flag is not False
    if is_chosen(table) and (expires or table_items.may_go(table)):
        return Fix.lacks(f"false is written there, and its items {'expire' if expires else 'may go'}")
    unsafe = "keeps for 35 days what expired" if expires else ""
    return Fix.of_all(table.set(path, True, unsafe=unsafe) for path in paths)


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
---
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "Default"
    schedule          = "cron(0 5 * * ? *)"

    lifecycle {
      delete_after = 30
    }
  }
}

resource "aws_backup_selection" "tables" {
  name         = "tables"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = [aws_dynamodb_table.orders.arn]
}
"""

GOOD = """
Parameters:
  Restorable: {Type: String}
Resources:
  UserInvites:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties: {DeletionProtectionEnabled: true, TimeToLiveSpecification: {AttributeName: expires_at, Enabled: true}}
  LoginOtp: {Type: AWS::DynamoDB::Table, Properties: {TimeToLiveSpecification: {AttributeName: until, Enabled: true}}}
  JobLocks: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
  PriceCache: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: Sessions, TimeToLiveSpecification: {AttributeName: until, Enabled: true}}
  RateLimitsTable:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties: {TableName: rate-limits, TimeToLiveSpecification: {AttributeName: until, Enabled: true}}
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
  Unknown:
    Type: AWS::DynamoDB::Table
    Properties: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: !Ref Restorable}}
  OfAnotherAccount:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      GlobalTableSourceArn: arn:aws:dynamodb:eu-west-1:111122223333:table/orders
      Replicas: [{Region: us-east-1, GlobalTableSettingsReplicationMode: ENABLED}]
  Status:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: loader-execution-status, TimeToLiveSpecification: {AttributeName: until, Enabled: true}}
  Rooms:
    Type: AWS::DynamoDB::Table
    Properties: {KeySchema: [{AttributeName: connection_id, KeyType: HASH}]}
  Cache:
    Type: AWS::DAX::Cluster
    Properties: {NodeType: dax.t3.small, ReplicationFactor: 3, IAMRoleARN: !ImportValue Role}
---
resource "aws_dynamodb_table" "terraform" {
  hash_key = "LockID"
}

resource "aws_dynamodb_table" "runners" {
  name         = "runners"
  billing_mode = "PAY_PER_REQUEST"

  ttl {
    attribute_name = "until"
    enabled        = true
  }
}

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

FIXED = """
-    Properties: {BillingMode: PAY_PER_REQUEST}
+    Properties: {BillingMode: PAY_PER_REQUEST, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
---
-        - {Region: us-east-1}
+        - {Region: us-east-1, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
---
-    enabled = false
+    enabled = true
---
-    region_name = "us-east-1"
+    region_name            = "us-east-1"
+    point_in_time_recovery = true
"""
