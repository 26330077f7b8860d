"""An Auto Scaling group should start its instances from a launch template.

Accounts that were created since October 1, 2024 can't create launch configurations by any means, CloudFormation and Terraform
among them: there the stack is refused. In older accounts they don't have the types of instances that came since 2023, nor what
was added to launch templates: versions, several types in a group, images by a parameter.

What to do: move what the launch configuration says into an AWS::EC2::LaunchTemplate (Terraform: aws_launch_template), and name
that in LaunchTemplate of the group.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::AutoScaling::LaunchConfiguration",
    memo="インスタンスが追加される前に、事前に起動しておくプールのことを指します",
    aws="autoscaling/ec2/userguide/launch-configurations.html",
)
def check(configuration: Resource) -> Findings:
    lack = "a launch configuration, which accounts created since 2024-10-01 can't create"
    remedy = "make a launch template of"
    yield configuration.finding(
        configuration,
        f"is {lack}",
        do=f"{remedy} it",
        together=f"are each {lack}; {remedy} each",
    )


BAD = """
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchConfigurationName: !Ref Configuration}}
  Configuration: {Type: AWS::AutoScaling::LaunchConfiguration, Properties: {ImageId: ami-0123456789abcdef0, InstanceType: m5.large}}
---
resource "aws_launch_configuration" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m5.large"
}
"""

GOOD = """
Parameters: {Configuration: {Type: String}}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image", InstanceType: m7g.large}}}
  # One that is there already.
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchConfigurationName: !Ref Configuration}}
---
resource "aws_launch_template" "web" {
  image_id      = "resolve:ssm:/app/image"
  instance_type = "m7g.large"
}
"""
