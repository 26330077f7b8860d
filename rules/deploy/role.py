"""The role of a deployment group should let CodeDeploy deploy on its platform.

CodeDeploy has a policy for each platform: AWSCodeDeployRoleForECS, AWSCodeDeployRoleForLambda, and AWSCodeDeployRole for instances, which
allows nothing with services of ECS or aliases. Where the role lacks what the platform takes, the group is made and each of
its deployments fails.

What to do: attach the policy that the message names, or allow the role the action.
"""

from awslint_memo import Findings, Resource, deployment_roles, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codedeploy/latest/userguide/getting-started-create-service-role.html",
)
def check(group: Resource) -> Findings:
    lack = deployment_roles.unable(group)
    if lack is not None:
        role, action, policy = lack
        yield group.finding(
            group.get("ServiceRoleArn"),
            f"is {role.title}, which does not allow {action}, so each deployment fails",
            of="ServiceRoleArn",
            do=f"attach {policy} to it",
            related=[(role, "the role")],
        )


BAD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole"]}}
  Orders: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: ECS}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !GetAtt Role.Arn, DeploymentConfigName: CodeDeployDefault.ECSAllAtOnce, ECSServices: [{ClusterName: shop, ServiceName: orders}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"]}}
  Orders: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: Lambda}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !GetAtt Role.Arn}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["ec2:*", "s3:GetObject"], Resource: "*"}]}}]}}
  Orders: {Type: AWS::CodeDeploy::Application}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !GetAtt Role.Arn, AutoScalingGroups: [orders]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {}}
  Orders: {Type: AWS::CodeDeploy::Application}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !GetAtt Role.Arn, Ec2TagFilters: [{Key: Name, Type: KEY_AND_VALUE, Value: orders}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}}]}}
  Orders: {Type: AWS::CodeDeploy::Application}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !GetAtt Role.Arn, Ec2TagSet: {Ec2TagSetList: [{Ec2TagGroup: [{Key: Name, Type: KEY_AND_VALUE, Value: orders}]}]}}}
---
resource "aws_iam_role" "deploy" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codedeploy.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole"
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name         = "orders"
  service_role_arn = aws_iam_role.deploy.arn

  ecs_service {
    cluster_name = "shop"
    service_name = "orders"
  }
}
"""

GOOD = """
# The lists may be empty.
Parameters: {Groups: {Type: CommaDelimitedList}, Tags: {Type: String}}
Resources:
  App: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: Server}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}}]}}
  Scaled: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref App, ServiceRoleArn: !GetAtt Role.Arn, AutoScalingGroups: !Ref Groups}}
  Tagged: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref App, ServiceRoleArn: !GetAtt Role.Arn, Ec2TagFilters: !Ref Tags}}
---
Parameters: {Policy: {Type: String}, Platform: {Type: String}}
Resources:
  ForEcs: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"]}}
  ForLambda: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:*", Resource: "arn:aws:lambda:eu-west-1:111122223333:function:orders:live"}]}}]}}
  ForServers: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole"]}}
  Given: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Exported: {Type: AWS::IAM::Role}
  Empty: {Type: AWS::IAM::Role, Properties: {}}
  Tasks: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: ECS}}
  Functions: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: Lambda}}
  Servers: {Type: AWS::CodeDeploy::Application}
  Any: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: !Ref Platform}}
  A: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Tasks, ServiceRoleArn: !GetAtt ForEcs.Arn}}
  B: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Functions, ServiceRoleArn: !GetAtt ForLambda.Arn}}
  C: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Servers, ServiceRoleArn: !GetAtt ForServers.Arn, AutoScalingGroups: [orders]}}
  D: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Tasks, ServiceRoleArn: !GetAtt Given.Arn}}
  E: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Tasks, ServiceRoleArn: !GetAtt Exported.Arn}}
  F: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Any, ServiceRoleArn: !GetAtt Empty.Arn}}
  # It deploys to machines elsewhere, which it finds by tags of its own.
  G: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Servers, ServiceRoleArn: !GetAtt Empty.Arn, OnPremisesInstanceTagFilters: [{Key: Name, Type: KEY_AND_VALUE, Value: orders}]}}
Outputs: {Role: {Value: !GetAtt Exported.Arn}}
---
resource "aws_iam_role" "deploy" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codedeploy.amazonaws.com" } }]
  })
  managed_policy_arns = ["arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"]
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name         = "orders"
  service_role_arn = aws_iam_role.deploy.arn

  ecs_service {
    cluster_name = "shop"
    service_name = "orders"
  }
}
"""
