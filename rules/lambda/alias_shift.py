"""An alias of production should move to a new version step by step.

An alias that simply names a new version sends all requests to it at once, so an error in it affects every user.

What to do: let CodeDeploy move the alias (UpdatePolicy with CodeDeployLambdaAliasUpdate, SAM: DeploymentPreference), or
give the new version a share of the traffic first (RoutingConfig, Terraform: routing_config). A function at the edge is not
checked: CloudFront takes its versions, and no alias; nor is one of which an output gives others a version and nothing else, nor
one that a schedule alone starts, once an hour or less.
"""

from awslint_memo import Findings, Resource, alias_uses, aliases, edge, functions, naming, rule


@rule(
    level="advice",
    resource="AWS::Lambda::Alias",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="lambda/latest/dg/configuring-alias-routing.html",
    fix="unsafe",
    yields_to=("lambda-version-not-published", "lambda-alias-latest"),
)
def check(alias: Resource) -> Findings:
    name = alias.get("Name")
    if not naming.is_production(alias.deployment, name) or aliases.is_latest(alias):
        return
    if not aliases.weights(alias).is_absent or aliases.is_moved_by_others(alias) or alias_uses.is_moot(alias):
        return
    if alias_uses.is_started_rarely(alias) or alias_uses.only_publishes(alias):
        return
    what = f"all its traffic (Name {name.text}{name.note}) moves to a new version at once"
    function = functions.function_of(alias.deployment, alias.get("FunctionName"))
    if function is not None and edge.is_at_edge(function):
        return
    if function is not None and function.get("DeploymentPreference.Enabled").flag is False:
        switch = function.get("DeploymentPreference.Enabled")
        of = "DeploymentPreference.Enabled"
        fix = function.set(of, True, unsafe="lets CodeDeploy deploy, which somebody switched off")
        yield alias.finding(
            switch, f"is false{switch.note}, so {what}", of=of, do="set it to true to move traffic in steps", fix=fix
        )
    else:
        how = "RoutingConfig" if alias.language == "terraform" else "UpdatePolicy.CodeDeployLambdaAliasUpdate"
        yield alias.finding(name, f"has no {how}, so {what}", do="add it to move traffic in steps")


BAD = """
Resources:
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: prod}}
---
Resources:
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: orders-live, RoutingConfig: {AdditionalVersionWeights: []}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Enabled: false, Type: Canary10Percent5Minutes}}}
---
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = "7"
}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Poll: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Events: {Each: {Type: Schedule, Properties: {Schedule: rate(5 minutes)}}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Both: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Events: {Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}, Ask: {Type: HttpApi}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Often: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Events: {Each: {Type: Schedule, Properties: {Schedule: "cron(*/5 * * * ? *)"}}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Told: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
Outputs:
  Version: {Value: !Ref Told.Version}
  Function: {Value: !GetAtt Told.Arn}
"""

GOOD = """
# A distribution of another stack runs the version at the edge.
Transform: AWS::Serverless-2016-10-31
Resources:
  Rewrite: {Type: AWS::Serverless::Function, Properties: {Role: !Sub "arn:aws:iam::${AWS::AccountId}:role/Edge", AutoPublishAlias: live}}
Outputs:
  Version: {Value: !Ref Rewrite.Version, Export: {Name: Rewrite}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Remind: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
  Daily: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: "cron(0 7 * * ? *)", FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !Ref Remind.Alias, RoleArn: !ImportValue Role}}}
  Count: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Events: {Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}}}}
  Sum: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Events: {Each: {Type: Schedule, Properties: {Schedule: rate(90 minutes)}}}}}
---
Parameters: {Stage: {Type: String}, Version: {Type: String}, Weights: {Type: String}}
Resources:
  Deployed: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: prod}, UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: orders, DeploymentGroupName: orders}}}
  Split: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: live, RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: "8", FunctionWeight: 0.1}]}}}
  Dev: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: dev}}
  Product: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: product}}
  Latest: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: $LATEST, Name: prod}}
  Unnamed: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: !Ref Stage}}
  Unknown: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: prod, RoutingConfig: {AdditionalVersionWeights: !Ref Weights}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes}}}
  # No request comes in by these aliases.
  Bypassed: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
  Weekly: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !GetAtt Bypassed.Arn}]}}
  Filler: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
  Filled: {Type: Custom::Filled, Properties: {ServiceToken: !GetAtt Filler.Arn}}
---
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = "7"

  routing_config {
    additional_version_weights = {
      "8" = 0.1
    }
  }
}
---
resource "aws_codedeploy_app" "orders" {
  name             = "orders"
  compute_platform = "Lambda"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = "7"
}
"""

FIXED = """
-  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Enabled: false, Type: Canary10Percent5Minutes}}}
+  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Enabled: true, Type: Canary10Percent5Minutes}}}
"""
