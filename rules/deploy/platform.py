"""A deployment group should name a deployment configuration of its application's platform.

CodeDeploy's own configurations are for one platform: CodeDeployDefault.Lambda… for functions, CodeDeployDefault.ECS… for
ECS, the others for instances. A group that names one of another platform is refused.

What to do: name a configuration of the platform that ComputePlatform of the application says (Server where it is absent).
"""

from awslint_memo import Findings, Resource, releases, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="codedeploy/latest/userguide/deployment-configurations.html",
)
def check(group: Resource) -> Findings:
    name = group.get("DeploymentConfigName")
    application = group.follow("ApplicationName", releases.APPLICATION)
    _, found, kind = (name.text or "").partition("CodeDeployDefault.")
    if application is None or not found:
        return
    platform = application.get("ComputePlatform", default="Server")
    named = next((known for known in ("Lambda", "ECS") if kind.startswith(known)), "Server")
    if platform.is_one_of("Lambda", "ECS", "Server") and platform.text != named:
        what = f"is for {named}, but {application.title} is for {platform.text}{platform.note}, so the group is refused"
        yield group.finding(
            name,
            f"is {name.text}{name.note}, which {what}",
            of="DeploymentConfigName",
            do=f"name one for {platform.text}",
            related=[(application, "its application")],
        )


BAD = """
Resources:
  Orders: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: Lambda}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.ECSLinear10PercentEvery1Minutes}}
---
Resources:
  Orders: {Type: AWS::CodeDeploy::Application}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes}}
---
resource "aws_codedeploy_app" "orders" {
  name             = "orders"
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = aws_codedeploy_app.orders.name
  deployment_config_name = "CodeDeployDefault.OneAtATime"
}
"""

GOOD = """
Parameters: {Platform: {Type: String}, Config: {Type: String}}
Resources:
  Orders: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: Lambda}}
  Servers: {Type: AWS::CodeDeploy::Application}
  Any: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: !Ref Platform}}
  Lambda: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes}}
  Half: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Servers, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.HalfAtATime}}
  Own: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: ECSLike}}
  Elsewhere: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.ECSAllAtOnce}}
  Unknown: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Any, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.ECSAllAtOnce}}
  Given: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: !Ref Config}}
---
resource "aws_codedeploy_app" "orders" {
  name             = "orders"
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = aws_codedeploy_app.orders.name
  deployment_config_name = "CodeDeployDefault.ECSCanary10Percent5Minutes"
}
"""
