"""Production should not be the one environment that may be deleted.

Deletion protection refuses to delete a table or database. Where a template turns it off for production and on for all other
environments, the branches of the choice are probably the wrong way round.

What to do: swap them, or turn the protection on in all environments.
"""

from awslint_memo import Deployment, Findings, rule, stacks


@rule(
    level="warning",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html",
)
def check(deployment: Deployment) -> Findings:
    for user, place, lack in stacks.unmet(deployment, "protection"):
        message = "is false in production and true everywhere else, so production alone may be deleted by mistake"
        yield user.finding(
            place, message, of=str(place.route or lack.of), do="give production true", related=lack.related
        )


BAD = """
Parameters: {Stage: {Type: String, AllowedValues: [dev, test, prod]}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Customers: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsProd, false, true]}}
---
Parameters: {Stage: {Type: String}}
Mappings:
  Kept:
    dev: {Protected: true}
    staging: {Protected: true}
    production: {Protected: false}
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {DeletionProtection: !FindInMap [Kept, !Ref Stage, Protected]}}
---
Parameters: {Stage: {Type: String}}
Conditions: {IsProd: !Equals [production, !Ref Stage], IsSmall: !Not [{Condition: IsProd}]}
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {DeletionProtection: !If [IsSmall, "true", "false"]}}
---
variable "environment" { type = string }

locals {
  is_kept = { dev = true, prod = false }
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  deletion_protection_enabled = local.is_kept[var.environment]
}
# --- env/dev.tfvars
environment = "dev"
# --- env/prod.tfvars
environment = "prod"
"""

GOOD = """
Parameters: {Stage: {Type: String, AllowedValues: [dev, test, prod]}, Kind: {Type: String}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Equals [!Ref Stage, dev]
  IsSmall: !Not [{Condition: IsProd}]
  IsLoad: !Equals [!Ref Kind, load]
Mappings:
  Kept:
    dev: {Protected: false, All: true, None: false}
    staging: {Protected: true, All: true, None: false}
    prod: {Protected: true, All: true, None: false}
Resources:
  A: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsProd, true, false]}}
  B: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsSmall, false, true]}}
  C: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsDev, true, false]}}
  D: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsLoad, false, true]}}
  E: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsProd, !If [IsLoad, false, true], true]}}
  F: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !FindInMap [Kept, !Ref Stage, Protected]}}
  G: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !FindInMap [Kept, !Ref Stage, All]}}
  H: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !FindInMap [Kept, !Ref Stage, None]}}
---
variable "stage" {
  type = string
}

resource "aws_dynamodb_table" "runs" {
  name                        = "runs"
  deletion_protection_enabled = var.stage == "prod"
}
---
variable "stage" { type = string }
variable "is_kept" { type = bool }

resource "aws_dynamodb_table" "runs" {
  name                        = "runs"
  deletion_protection_enabled = var.is_kept
}
# --- env/dev.tfvars
stage   = "dev"
is_kept = true
# --- env/prod.tfvars
stage = "prod"
"""
