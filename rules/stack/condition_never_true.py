"""A condition should compare a parameter with a value that it may have.

What stands in AllowedValues is all that CloudFormation takes for a parameter. A condition that compares it with anything
else, as `production` where the value is `prod`, never holds, and what it is to choose for that environment is chosen
nowhere. Where a samconfig file or files of parameter values describe all environments, and production is called otherwise
in them, it is the same. A comparison beside others in Fn::Or is not looked at: it may be there for a former name; nor is one
with an empty text, or a word for it such as NONE, which asks whether there is a value.

So it is in Terraform where a validation lists what a variable may be, where files of variables describe all environments,
where each plan takes an entry of a map by the name (the plan of any other name fails), or where the commands of the repository
select the workspaces.

What to do: write the value as the parameter has it, or add it to AllowedValues.
"""

from awslint_memo import Deployment, Findings, listed, rule, stacks

NOTHING = ("", "empty", "nil", "none", "null", "undefined")
"""Words by which templates say that there is no value."""


@rule(
    level="warning",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
)
def check(deployment: Deployment) -> Findings:
    for user, place, lack in stacks.unmet(deployment, "condition"):
        value, condition, *meant = lack.names
        if value.lower() in NOTHING:
            continue
        may_be = f"{listed(lack.among, last='or')}{lack.origin}"
        if user.language == "terraform":
            block, argument = lack.values
            through = f" ({condition})" if condition else ""
            message = f"sets {argument} by whether {lack.of} is {value}{through}, but that is {may_be}"
            subject = "" if user.name.partition("[")[0] == block else block
        elif place.route is None:
            never = f", so no deployment has {listed([*lack.values], 3)}" if lack.values else ""
            subject, message = f"condition {condition}", f"compares {lack.of} with {value}, but that is {may_be}{never}"
        else:
            subject = ""
            message = (
                f"depends on the condition {condition}, which compares {lack.of} with {value}, but that is {may_be}"
            )
        near = next(iter(meant), lack.near)
        do = f"compare it with {near}" if near else "compare it with a value that it may have"
        yield user.finding(
            place,
            message,
            subject=subject,
            do=do,
            of=str(place.route or ""),
            related=lack.related,
            is_of_any_value=True,
        )


BAD = """
Parameters: {Stage: {Type: String, AllowedValues: [dev, test, prod]}}
Conditions: {IsProduction: !Equals [!Ref Stage, production]}
Resources:
  Runs: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsProduction, true, false]}}
---
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}, Emails: {Type: String}}
Conditions: {Pages: !And [!Not [!Equals [!Ref Emails, ""]], !Equals [prd, !Ref Stage]]}
Resources:
  Team: {Type: AWS::SNS::Topic}
  Pager: {Type: AWS::SNS::Topic, Condition: Pages, Properties: {Subscription: [{Protocol: email, Endpoint: !Ref Emails}]}}
---
Parameters: {Stage: {Type: String}}
Conditions: {IsLive: !Equals [!Ref Stage, live]}
Resources:
  Runs: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsLive, true, false]}}
# --- samconfig.toml
[dev.deploy.parameters]
parameter_overrides = "Stage=dev"

[production.deploy.parameters]
parameter_overrides = "Stage=production"
---
resource "aws_dynamodb_table" "runs" {
  name                        = "runs"
  deletion_protection_enabled = var.stage == "production"
}
# --- variables.tf
variable "stage" {
  type = string
  validation {
    condition     = contains(["dev", "prod"], var.stage)
    error_message = "dev or prod"
  }
}
---
resource "aws_dynamodb_table" "runs" {
  name                        = "runs"
  deletion_protection_enabled = local.is_live
}

resource "aws_cloudwatch_log_group" "runs" {
  name              = "runs"
  retention_in_days = local.days[terraform.workspace]
}
# --- locals.tf
locals {
  days    = { dev = 7, stage = 30, prod = 365 }
  is_live = terraform.workspace == "production" ? true : false
}
"""

GOOD = """
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Size: {Type: Number, AllowedValues: [1, 2]}
  Free: {Type: String}
  Level: {Type: String, Default: WARN, AllowedValues: [DEBUG, WARN]}
  IsLarge: {Type: String, AllowedValues: [true, false]}
Conditions:
  IsProduction: !Equals [!Ref Stage, prod]
  # One of these is the name that it had.
  IsAny: !Or [!Equals [!Ref Stage, prod], !Equals [!Ref Stage, production]]
  IsTwo: !Equals [!Ref Size, 2]
  HasLevel: !Not [!Equals [!Ref Level, ""]]
  HasNext: !Not [!Equals [!Ref Level, NONE]]
  IsFree: !Equals [!Ref Free, production]
  IsLarge: !Equals [!Ref IsLarge, "True"]
  Unused: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Runs: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsProduction, true, !If [IsAny, true, false]]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {LEVEL: !If [HasLevel, !Ref Level, !Ref AWS::NoValue], NEXT: !If [HasNext, !Ref Level, !Ref AWS::NoValue]}}}}
  Jobs: {Type: AWS::SQS::Queue, Condition: IsTwo, Properties: {DelaySeconds: !If [IsFree, 1, !If [IsLarge, 2, 3]]}}
---
Parameters: {Stage: {Type: String}}
Conditions: {IsProduction: !Equals [!Ref Stage, production], IsQa: !Equals [!Ref Stage, qa]}
Resources:
  Runs: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsProduction, true, !If [IsQa, true, false]]}}
# --- samconfig.toml
[dev.deploy.parameters]
parameter_overrides = "Stage=dev"

[production.deploy.parameters]
parameter_overrides = "Stage=production"
---
variable "stage" {
  type = string
}

resource "aws_dynamodb_table" "runs" {
  name                        = "runs"
  deletion_protection_enabled = var.stage == "prod"
}
---
resource "aws_dynamodb_table" "runs" {
  name                        = "runs"
  deletion_protection_enabled = var.stage == "pr-1"
}
# --- variables.tf
variable "stage" {
  type = string
  validation {
    condition     = contains(["dev", "prod"], var.stage) || can(regex("^pr-", var.stage))
    error_message = "an environment"
  }
}
---
resource "aws_dynamodb_table" "runs" {
  name                        = "runs"
  deletion_protection_enabled = terraform.workspace == "prod" || terraform.workspace == "production"
  stream_enabled              = terraform.workspace == "qa" || var.stage == "production"
}

resource "aws_dynamodb_table" "jobs" {
  name                        = "jobs"
  deletion_protection_enabled = terraform.workspace == "prod" ? true : terraform.workspace == "production"
}

resource "aws_cloudwatch_log_group" "runs" {
  name              = "runs"
  retention_in_days = local.days[terraform.workspace]
}
# --- variables.tf
variable "stage" { type = string }

locals {
  days = { dev = 7, prod = 365 }
}
---
# Another name makes no error here.
resource "aws_cloudwatch_log_group" "runs" {
  name              = "runs"
  retention_in_days = lookup(local.days, terraform.workspace, 30)
}

resource "aws_cloudwatch_log_group" "jobs" {
  count             = terraform.workspace == "production" ? 1 : 0
  name              = "jobs"
  retention_in_days = local.days[terraform.workspace]
}
# --- locals.tf
locals {
  days = { dev = 7, prod = 365 }
}
"""
