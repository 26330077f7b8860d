"""Capacity rebalancing should stand beside Spot Instances.

CapacityRebalance replaces Spot Instances that EC2 is about to take back. A group that launches On-Demand Instances only has
none to replace.

What to do: remove CapacityRebalance (Terraform: capacity_rebalance), or set OnDemandPercentageAboveBaseCapacity below 100.
"""

from awslint_memo import Findings, Resource, autoscaling, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html",
)
def check(group: Resource) -> Findings:
    rebalance = group.get("CapacityRebalance")
    if rebalance.flag is True and not autoscaling.may_use_spot(group):
        yield group.finding(
            rebalance, "but the group launches no Spot Instances, which alone it replaces", do="remove it"
        )


BAD = """
Resources:
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0}}}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, CapacityRebalance: true, LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}
---
Resources:
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0}}}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: 2
      MaxSize: 4
      CapacityRebalance: true
      MixedInstancesPolicy:
        InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: 100}
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
          Overrides: [{InstanceType: m7g.large}]
---
resource "aws_launch_configuration" "web" {
  image_id = "ami-0123456789abcdef0"
}

resource "aws_autoscaling_group" "web" {
  min_size             = 2
  max_size             = 4
  capacity_rebalance   = true
  launch_configuration = aws_launch_configuration.web.name
}
"""

GOOD = """
Parameters: {Share: {Type: Number}, Rebalance: {Type: String}}
Resources:
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0}}}
  Spot: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0, InstanceMarketOptions: {MarketType: spot}}}}
  Configuration: {Type: AWS::AutoScaling::LaunchConfiguration, Properties: {SpotPrice: "0.1"}}
  Mixed:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: 2
      MaxSize: 4
      CapacityRebalance: true
      MixedInstancesPolicy: {InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: 50}, LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: !Ref Template}}}
  AnyShare:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: 2
      MaxSize: 4
      CapacityRebalance: true
      MixedInstancesPolicy: {InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: !Ref Share}, LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: !Ref Template}}}
  OtherTemplates:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: 2
      MaxSize: 4
      CapacityRebalance: true
      MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: !Ref Template}, Overrides: [{LaunchTemplateSpecification: {LaunchTemplateId: !Ref Spot}}]}}
  OfTemplate: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 4, CapacityRebalance: true, LaunchTemplate: {LaunchTemplateId: !Ref Spot}}}
  OfConfiguration: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 4, CapacityRebalance: true, LaunchConfigurationName: !Ref Configuration}}
  UnknownTemplate: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 4, CapacityRebalance: true, LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0}}}
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 4, CapacityRebalance: !Ref Rebalance, LaunchTemplate: {LaunchTemplateId: !Ref Template}}}
---
resource "aws_launch_template" "web" {
  image_id = "ami-0123456789abcdef0"

  instance_market_options {
    market_type = "spot"
  }
}

resource "aws_autoscaling_group" "web" {
  min_size           = 2
  max_size           = 4
  capacity_rebalance = true

  launch_template {
    id = aws_launch_template.web.id
  }
}
"""
