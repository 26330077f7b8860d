"""A new version should take over step by step.

If all traffic moves at once, an error in the new version affects every request. A canary or linear deployment moves a
part of the traffic first, and can be rolled back by an alarm before the rest moves.

What to do: name a deployment configuration such as CodeDeployDefault.LambdaCanary10Percent5Minutes or
ECSLinear10PercentEvery1Minutes (SAM: DeploymentPreference.Type; the Lambda deploy action: DeployStrategy). In-place
deployments to instances have HalfAtATime and OneAtATime.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, pipelines, releases, rule


@rule(
    "deploy-all-at-once",
    level="warning",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="codedeploy/latest/userguide/deployment-configurations.html",
    yields_to=("lambda-deployment-preference",),
)
def check(group: Resource) -> Iterator[Finding]:
    platform = releases.all_at_once(group)
    if platform is not None:
        name = releases.configuration(group)
        what = "all instances get" if platform == "Server" else "all traffic moves to"
        message = (
            f"is {name.text}{name.note}, so {what} the new version at once; "
            f"set it to {releases.STEPPED[platform]}, for example"
        )
        yield group.finding(name, message, of="DeploymentConfigName", level="advice" if platform == "Server" else None)


@check.on("AWS::CodePipeline::Pipeline")
def actions(pipeline: Resource) -> Iterator[Finding]:
    for action in pipelines.actions(pipeline):
        strategy = releases.strategy(action)
        if strategy is not None and strategy.text in (None, "AllAtOnce"):
            note = " (default)" if strategy.is_absent else strategy.note
            message = (
                f"is AllAtOnce{note}, so all traffic moves to the new version at once; "
                "set it to Canary10Percent5Minutes, for example"
            )
            yield pipeline.finding(strategy, message, of=f"DeployStrategy in {action.label}")


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
