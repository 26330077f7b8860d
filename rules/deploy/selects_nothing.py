"""A deployment group should name a tag of its instances.

CodeDeploy deploys to the instances that bear the tags of a group, compared letter for letter. Where no instance bears them, each
deployment fails, since there is nothing to deploy to.

What to do: write both alike. Instances of elsewhere may bear the tag; it is told only where instances of the template bear its key
with other values alone.
"""

from awslint_memo import Findings, Resource, deployment_tags, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codedeploy/latest/userguide/instances-tagging.html",
)
def check(group: Resource) -> Findings:
    for one in deployment_tags.unborne(group):
        message = f"wants {one.key}={one.value}, which no instance here bears, but {one.bearer.title} has {one.other}"
        yield group.finding(one.place, message, do="write both alike", related=[(one.bearer, one.bearer.title)])


BAD = """
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "1", Tags: [{Key: Role, Value: web-server, PropagateAtLaunch: true}]}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, Ec2TagSet: {Ec2TagSetList: [{Ec2TagGroup: [{Key: Role, Value: web, Type: KEY_AND_VALUE}]}]}}}
---
Resources:
  Web: {Type: AWS::EC2::Instance, Properties: {Tags: [{Key: Role, Value: Web}]}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, Ec2TagFilters: [{Key: Role, Value: web, Type: KEY_AND_VALUE}]}}
---
resource "aws_autoscaling_group" "web" {
  min_size = 1
  max_size = 1

  tag {
    key                 = "Role"
    value               = "web-server"
    propagate_at_launch = true
  }
  tag {
    key                 = "Stage"
    value               = "prod"
    propagate_at_launch = true
  }
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  ec2_tag_set {
    ec2_tag_filter {
      key   = "Role"
      type  = "KEY_AND_VALUE"
      value = "web"
    }
  }
  ec2_tag_set {
    ec2_tag_filter {
      key   = "Stage"
      type  = "KEY_AND_VALUE"
      value = "prod"
    }
  }
}
"""

GOOD = """
Parameters: {Role: {Type: String}}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "1", Tags: [{Key: Role, Value: web, PropagateAtLaunch: true}]}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, Ec2TagSet: {Ec2TagSetList: [{Ec2TagGroup: [{Key: Role, Value: api, Type: KEY_AND_VALUE}, {Key: Role, Value: web, Type: KEY_AND_VALUE}]}]}}}
  Elsewhere: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, Ec2TagFilters: [{Key: Name, Value: web, Type: KEY_AND_VALUE}]}}
  Any: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, Ec2TagFilters: [{Key: Role, Value: !Ref Role, Type: KEY_AND_VALUE}]}}
  Keys: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, Ec2TagFilters: [{Key: Role, Type: KEY_ONLY}]}}
---
variable "role" {}

resource "aws_instance" "web" {
  tags = { Role = var.role }
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  ec2_tag_filter {
    key   = "Role"
    type  = "KEY_AND_VALUE"
    value = "web"
  }
}
"""
