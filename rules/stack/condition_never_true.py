"""A condition should compare a parameter with a value that it may have.

What stands in AllowedValues is all that CloudFormation takes for a parameter. A condition that compares it with anything
else, as `production` where the value is `prod`, never holds, and what it is to choose for that environment is chosen
nowhere. Where a samconfig file or files of parameter values describe all environments, and production is called otherwise
in them, it is the same. A comparison beside others in Fn::Or is not looked at: it may be there for a former name.

What to do: write the value as the parameter has it, or add it to AllowedValues.
"""

from awslint_memo import Deployment, Findings, listed, rule, stacks


@rule(
    level="warning",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
    language="cloudformation",
)
def check(deployment: Deployment) -> Findings:
    for user, place, lack in stacks.unmet(deployment, "condition"):
        value, condition, *meant = lack.names
        where = " in every environment" if lack.origin else ""
        parts = f"compares {lack.of} with {value}, but that is {listed(lack.among, last='or')}{where}"
        is_chosen = place.route is not None
        message = f"{'depends on' if is_chosen else 'is in a stack with'} the condition {condition}, which {parts}"
        near = next(iter(meant), lack.near)
        do = f"compare it with {near}" if near else "compare it with a value that it may have"
        yield user.finding(place, message, do=do, of=str(place.route or ""), related=lack.related, is_of_any_value=True)


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
"""

GOOD = """
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Size: {Type: Number, AllowedValues: [1, 2]}
  Free: {Type: String}
  IsLarge: {Type: String, AllowedValues: [true, false]}
Conditions:
  IsProduction: !Equals [!Ref Stage, prod]
  # One of these is the name that it had.
  IsAny: !Or [!Equals [!Ref Stage, prod], !Equals [!Ref Stage, production]]
  IsTwo: !Equals [!Ref Size, 2]
  IsFree: !Equals [!Ref Free, production]
  IsLarge: !Equals [!Ref IsLarge, "True"]
  Unused: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Runs: {Type: AWS::DynamoDB::Table, Properties: {DeletionProtectionEnabled: !If [IsProduction, true, !If [IsAny, true, false]]}}
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
"""
