"""Instances should have a role with which they read what is deployed to them.

The agent of CodeDeploy gets the revision from the bucket of the pipeline with the role of its instance. Where the role does not
allow s3:GetObject there, each deployment of the pipeline fails on each instance.

What to do: allow s3:GetObject on the objects of the bucket in a policy of the role, and kms:Decrypt with its key. Only roles are judged
whose policies are all known, and buckets whose policy allows nobody else.
"""

from awslint_memo import Findings, Resource, host_roles, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="AWS リソースの構築",
    aws="codedeploy/latest/userguide/getting-started-create-iam-instance-profile.html",
)
def check(group: Resource) -> Findings:
    # Groups with the same role are told of once.
    for unread in {unread.role.name: unread for unread in reversed([*host_roles.unread(group)])}.values():
        message = (
            f"has {unread.instances.title}, whose {unread.role.title} does not allow {host_roles.READS} in {unread.bucket.title}, "
            f"so each deployment of {unread.pipeline.title} fails"
        )
        yield group.finding(
            group.get("AutoScalingGroups"),
            message,
            of="AutoScalingGroups",
            do="allow it in a policy of the role",
            related=[(unread.role, "the role"), (unread.pipeline, "the pipeline")],
        )


BAD = """
Resources:
  Artifacts: {Type: AWS::S3::Bucket}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {IamInstanceProfile: {Arn: !GetAtt Profile.Arn}}}}
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Start, Version: !GetAtt Start.LatestVersionNumber}}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoScalingGroups: [!Ref Web]}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !Ref Artifacts}
      Stages:
        - {Name: Prod, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeploy, Version: "1"}, Configuration: {ApplicationName: web, DeploymentGroupName: !Ref Group}}]}
---
resource "aws_s3_bucket" "artifacts" {
  bucket = "artifacts"
}

resource "aws_iam_role" "web" {
  name               = "web"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "web" {
  role   = aws_iam_role.web.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "logs:*", Resource = "*" }] })
}

resource "aws_iam_instance_profile" "web" {
  name = "web"
  role = aws_iam_role.web.name
}

resource "aws_launch_template" "web" {
  name = "web"

  iam_instance_profile {
    name = aws_iam_instance_profile.web.name
  }
}

resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 4

  launch_template {
    id      = aws_launch_template.web.id
    version = aws_launch_template.web.latest_version
  }
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"
  autoscaling_groups    = [aws_autoscaling_group.web.name]
}

resource "aws_codepipeline" "release" {
  name = "release"

  artifact_store {
    location = aws_s3_bucket.artifacts.bucket
    type     = "S3"
  }

  stage {
    name = "Prod"

    action {
      name     = "Web"
      category = "Deploy"
      owner    = "AWS"
      provider = "CodeDeploy"

      configuration = {
        ApplicationName     = "web"
        DeploymentGroupName = aws_codedeploy_deployment_group.web.deployment_group_name
      }
    }
  }
}
"""

GOOD = """
Parameters: {Policy: {Type: String}}
Resources:
  Artifacts: {Type: AWS::S3::Bucket}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: read, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:Get*", Resource: !Sub "${Artifacts.Arn}/*"}]}}]
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {IamInstanceProfile: {Arn: !GetAtt Profile.Arn}}}}
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Start, Version: !GetAtt Start.LatestVersionNumber}}}
  Given:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: [!Ref Policy]
  OfGiven: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Given]}}
  ByGiven: {Type: AWS::AutoScaling::LaunchConfiguration, Properties: {ImageId: ami-1, InstanceType: t3.small, IamInstanceProfile: !Ref OfGiven}}
  Other: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchConfigurationName: !Ref ByGiven}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoScalingGroups: [!Ref Web, !Ref Other]}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !Ref Artifacts}
      Stages:
        - {Name: Prod, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeploy, Version: "1"}, Configuration: {ApplicationName: web, DeploymentGroupName: !Ref Group}}]}
---
# The bucket lets the role read.
Resources:
  Artifacts: {Type: AWS::S3::Bucket}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Artifacts, PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Role.Arn}, Action: "s3:GetObject", Resource: !Sub "${Artifacts.Arn}/*"}]}}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {IamInstanceProfile: {Arn: !GetAtt Profile.Arn}}}}
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Start, Version: !GetAtt Start.LatestVersionNumber}}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoScalingGroups: [!Ref Web]}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !Ref Artifacts}
      Stages:
        - {Name: Prod, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeploy, Version: "1"}, Configuration: {ApplicationName: web, DeploymentGroupName: !Ref Group}}]}
---
variable "group" {}

resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"
  autoscaling_groups    = [var.group]
}
"""
