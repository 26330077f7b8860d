"""An Auto Scaling group with several instances should launch them in several Availability Zones.

If a group uses one zone, all of its instances fail with that zone, and it can't launch others elsewhere; it also fails to
scale out when that zone is short of the instance type. With several zones Auto Scaling balances the instances by itself,
and replaces them in the other zones when a zone fails.

What to do: set VPCZoneIdentifier to subnets (Terraform: vpc_zone_identifier), or AvailabilityZones to zones, of two or
three zones. A group of at most one instance and one in a cluster placement group are not checked, nor one with a twin in
another zone: a group behind the same target group or load balancer, or with the same launch template and sizes.
"""

from awslint_memo import Findings, Resource, autoscaling, autoscaling_zones, each, instances, rule


@rule(
    level="warning",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="autoscaling/ec2/userguide/auto-scaling-benefits.html",
    taste="costs",
)
def check(group: Resource) -> Findings:
    most = group.get("MaxSize")
    zone = instances.single_zone(group)
    # A group of four virtual CPUs may be one instance.
    has_several = (most.number or 0) > 1 and autoscaling.counts_instances(group)
    if zone is None or not has_several or instances.is_placed_together(group) or holds_volumes(group):
        return
    if autoscaling_zones.has_twin_elsewhere(group):
        return
    second = "a subnet in a second zone" if zone.property == "VPCZoneIdentifier" else "a second zone"
    of_both = zone.property == "AvailabilityZones" and not group.get("VPCZoneIdentifier").is_absent
    subnet = ", and a subnet there to VPCZoneIdentifier" if of_both else ""
    yield group.finding(
        zone.place,
        f"is {most.number}{most.note}, but all instances launch in {zone.name}{zone.place.note}",
        of="MaxSize",
        do=f"add {second} to {zone.property}{subnet}",
        related=[(most, "MaxSize"), *((subnet, "its subnet") for subnet in zone.subnets)],
    )


def holds_volumes(group: Resource) -> bool:
    """Whether tasks keep their data on volumes of EBS by a driver of Docker, which are of one zone."""
    tasks = group.deployment.of_type("AWS::ECS::TaskDefinition")
    drivers = (driver.text for task in tasks for driver in each(task, "Volumes.DockerVolumeConfiguration.Driver"))
    return any(driver is not None and "ebs" in driver for driver in drivers)


BAD = """
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: "4", AvailabilityZones: [eu-west-1a]}}
  Database: {Type: AWS::ECS::TaskDefinition, Properties: {Volumes: [{Name: data, DockerVolumeConfiguration: {Driver: local}}]}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 4, VPCZoneIdentifier: [!Ref One, !Ref Two]}}
  One: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: eu-west-1a}}
  Two: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: eu-west-1a}}
---
resource "aws_autoscaling_group" "web" {
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.one.id]
}

resource "aws_subnet" "one" {
  availability_zone = "eu-west-1a"
}
---
variable "subnet_ids" {
  type = list(string)
}

resource "aws_autoscaling_group" "import" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [var.subnet_ids[0]]
}
---
Parameters: {Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 4, VPCZoneIdentifier: [!Select [0, !Ref Subnets]]}}
---
# The other group behind the target group is in the same zone.
Resources:
  First: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 2, VPCZoneIdentifier: [!Ref One], TargetGroupARNs: [!Ref Targets]}}
  Second: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 1, VPCZoneIdentifier: [!Ref Two], TargetGroupARNs: [!Ref Targets]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {VpcId: v, Port: 80, Protocol: HTTP}}
  One: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}}
  Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}}
"""

GOOD = """
Parameters:
  Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
Resources:
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 4, VPCZoneIdentifier: [!Ref Subnets]}}
  One: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 1, AvailabilityZones: [eu-west-1a]}}
  Two: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 2, VPCZoneIdentifier: [subnet-1a2b, subnet-4d5e]}}
---
Resources:
  # The volumes of its tasks are of one zone.
  Instances: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 2, AvailabilityZones: [eu-west-1a]}}
  Database:
    Type: AWS::ECS::TaskDefinition
    Properties: {Volumes: [{Name: data, DockerVolumeConfiguration: {Driver: rexray/ebs, Scope: shared}}]}
---
resource "aws_autoscaling_group" "of_virtual_cpus" {
  max_size              = 4
  desired_capacity_type = "vcpu"
  availability_zones    = ["eu-west-1a"]
}

resource "aws_autoscaling_group" "web" {
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.one.id, aws_subnet.two.id]
}

resource "aws_subnet" "one" {}

resource "aws_subnet" "two" {}
---
Resources:
  First: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 2, VPCZoneIdentifier: [!Ref One], TargetGroupARNs: [!Ref Targets]}}
  Second: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 2, VPCZoneIdentifier: [!Ref Two], TargetGroupARNs: [!Ref Targets]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {VpcId: v, Port: 80, Protocol: HTTP}}
  One: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ""]}}
  Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [1, !GetAZs ""]}}
---
resource "aws_launch_template" "web" {
  image_id = "ami-0123456789abcdef0"
}

resource "aws_autoscaling_group" "first" {
  max_size           = 2
  min_size           = 1
  availability_zones = ["eu-west-1a"]

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_group" "second" {
  max_size           = 2
  min_size           = 1
  availability_zones = ["eu-west-1b"]

  launch_template {
    id = aws_launch_template.web.id
  }
}
---
variable "subnet_ids" {
  type = list(string)
}

resource "aws_launch_template" "web" {
  image_id = "ami-0123456789abcdef0"
}

# Each has a subnet of its own.
resource "aws_autoscaling_group" "first" {
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [var.subnet_ids[0]]

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_group" "second" {
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [var.subnet_ids[1]]

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_group" "each" {
  count               = length(var.subnet_ids)
  max_size            = 2
  vpc_zone_identifier = [var.subnet_ids[count.index]]
}
"""
