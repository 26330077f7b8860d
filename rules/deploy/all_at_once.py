"""A new version should take over step by step.

When all traffic moves at once, an error in the new version hits every request before anybody can look. A canary or
linear deployment moves a part first, and goes back when an alarm says so.

What to do: name a deployment configuration such as CodeDeployDefault.LambdaCanary10Percent5Minutes or
ECSLinear10PercentEvery1Minutes (SAM: DeploymentPreference.Type; the Lambda deploy action: DeployStrategy). In-place
deployments to instances have HalfAtATime and OneAtATime.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Known, Resource, pipelines, releases, rule


@rule(
    "deploy-all-at-once",
    level="warning",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="codedeploy/latest/userguide/deployment-configurations.html",
)
def check(group: Resource) -> Iterator[Finding]:
    platform = releases.all_at_once(group)
    if platform is not None:
        name = releases.configuration(group)
        what = "deploys to all instances" if platform == "Server" else "moves all traffic to a new version"
        said = f"{name.text}, the default" if isinstance(name, Known) and name.defaulted else name.text
        message = f"{what} at once ({said}); move it in steps, with {releases.STEPPED[platform]} for one"
        yield group.finding(name, message, level="advice" if platform == "Server" else None)


@check.on("AWS::CodePipeline::Pipeline")
def actions(pipeline: Resource) -> Iterator[Finding]:
    for action in pipelines.actions(pipeline):
        strategy = releases.strategy(action)
        if strategy is not None and strategy.text in (None, "AllAtOnce"):
            said = "the default, AllAtOnce" if strategy.is_absent else "AllAtOnce"
            message = f"moves all traffic to a new version at once in {action.label} ({said}); "
            yield pipeline.finding(strategy, f"{message}set DeployStrategy to Canary10Percent5Minutes, for one")


BAD = """
Resources:
  Orders: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: orders, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.ECSAllAtOnce}}
---
Resources:
  Application: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: Lambda}}
  Orders: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Application, ServiceRoleArn: r}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce}}}
---
resource "aws_codepipeline" "p" {
  stage {
    name = "Prod"

    action {
      name     = "Orders"
      category = "Deploy"
      owner    = "AWS"
      provider = "Lambda"
      configuration = {
        FunctionName  = "orders"
        FunctionAlias = "live"
      }
    }
  }
}
"""

GOOD = """
Parameters: {Speed: {Type: String}, Application: {Type: String}}
Resources:
  Orders: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Application, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes}}
  Unknown: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Application, ServiceRoleArn: r, DeploymentConfigName: !Ref Speed}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Enabled: false, Type: AllAtOnce}}}
---
resource "aws_codedeploy_app" "orders" {
  name             = "orders"
  compute_platform = "Lambda"
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name              = aws_codedeploy_app.orders.name
  deployment_group_name = "orders"
  service_role_arn      = "r"
}
"""
