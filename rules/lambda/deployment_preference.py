"""A function with a DeploymentPreference should have an alias.

SAM's DeploymentPreference moves the traffic of an alias from one version to the next. Without AutoPublishAlias there is
neither an alias nor a version, and SAM rejects the template.

What to do: set AutoPublishAlias of the function, or in Globals, to the name of the alias, such as live.
"""

from awslint_memo import Findings, Resource, aliases, rule


@rule(
    level="error",
    resource="AWS::Lambda::Function",
    memo="本番向けは V1 と V2 でトラフィック分割をしています。これは一気に新しいバージョンに切り替える",
    aws="serverless-application-model/latest/developerguide/automating-updates-to-serverless-apps.html",
    language="cloudformation",
)
def check(function: Resource) -> Findings:
    preference = function.get("DeploymentPreference")
    # Only SAM has it; one that is switched off asks for nothing.
    is_on = preference.get("Enabled").is_absent or preference.get("Enabled").flag is True
    if preference.fields and is_on and not (aliases.may_have_alias(function) or function.may_be_completed()):
        kind = preference.get("Type").text
        how = f" ({kind})" if kind else ""
        yield function.finding(
            preference,
            f"is set{how}, but the function has no alias, so SAM rejects it",
            of="DeploymentPreference",
            do="set AutoPublishAlias to a name such as live",
        )


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {DeploymentPreference: {Type: Canary10Percent5Minutes}}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {DeploymentPreference: {Enabled: true, Type: Linear10PercentEvery1Minute}}}
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Handler: index.handler}}
  Bills: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Alias: {Type: String}, Gradual: {Type: String}}
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes}}}
  Named: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: !Ref Alias, DeploymentPreference: {Type: AllAtOnce}}}
  Plain: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: index.handler}}
  Off: {Type: AWS::Serverless::Function, Properties: {DeploymentPreference: {Enabled: false, Type: AllAtOnce}}}
  Unknown: {Type: AWS::Serverless::Function, Properties: {DeploymentPreference: {Enabled: !Ref Gradual, Type: AllAtOnce}}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce}}}
Resources:
  Orders: {Type: AWS::Serverless::Function}
---
# The rest of the template, with its conditions and perhaps Globals, stands in other files.
Resources:
  Orders: {Type: AWS::Serverless::Function, Condition: IsLive, Properties: {DeploymentPreference: {Type: AllAtOnce}}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}
"""
