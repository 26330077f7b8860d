"""A load balancer should have one subnet in each of its Availability Zones.

Elastic Load Balancing refuses a load balancer with two subnets of the same zone, and an Application Load Balancer with a
single zone. Subnets of Outposts and Local Zones are not checked.

What to do: name one subnet of each zone in Subnets (Terraform: subnets), or put one of the subnets into another zone.
"""

from awslint_memo import Findings, Resource, autoscaling_zones, each, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::ElasticLoadBalancing::LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer"),
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
)
def check(balancer: Resource) -> Findings:
    subnets = balancer.get("Subnets")
    is_new = balancer.type.startswith("AWS::ElasticLoadBalancingV2")
    mapped = list(each(balancer, "SubnetMappings.SubnetId")) if is_new else []
    named = [*subnets.items, *mapped]
    sharing = autoscaling_zones.sharing_zone(balancer, named)
    only = autoscaling_zones.zone_of_subnets(balancer, subnets)
    is_application = is_new and balancer.get("Type", default="application").text == "application"
    if sharing is not None:
        one, other, zone = sharing
        message = f"has {one.title} and {other.title} in {zone}, so Elastic Load Balancing refuses it"
        related = [(one, "the one"), (other, "the other")]
        place = next((value for value in named if balancer.deployment.find(value) is other), subnets)
        yield balancer.finding(place, message, do="name one subnet of each zone", related=related)
    elif only is not None and is_application and not autoscaling_zones.is_special(only.subnets[0]):
        has = f"has only {only.name} in {balancer.in_file_words('Subnets')}{only.place.note}"
        message = f"{has}, but an Application Load Balancer has two zones at least"
        yield balancer.finding(only.place, message, do="add a subnet of a second zone")
    elif is_application and autoscaling_zones.is_one_subnet(subnets):
        message = "has one subnet, but an Application Load Balancer has two zones at least outside of Local Zones"
        yield balancer.finding(subnets, message, do="add a subnet of a second zone", level="advice")


BAD = """
Resources:
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, AvailabilityZone: !Select [0, !GetAZs ""]}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, AvailabilityZone: !Select [1, !GetAZs ""]}}
  C: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, AvailabilityZone: !Select [1, !GetAZs ""]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref A, !Ref B, !Ref C]}}
---
Resources:
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, AvailabilityZone: eu-west-1a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, AvailabilityZone: eu-west-1a}}
  Feed: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, SubnetMappings: [{SubnetId: !Ref A}, {SubnetId: !Ref B}]}}
---
Resources:
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, AvailabilityZone: eu-west-1a}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref A]}}
---
resource "aws_subnet" "a" {
  vpc_id            = "vpc-0123"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = "vpc-0123"
  availability_zone = "eu-west-1a"
}

resource "aws_elb" "web" {
  subnets = [aws_subnet.a.id, aws_subnet.b.id]
}
---
variable "subnet_ids" {
  type = list(string)
}

resource "aws_lb" "web" {
  subnets = [var.subnet_ids[0]]
}
"""

GOOD = """
Parameters: {Zone: {Type: String}, Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}}
Resources:
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, AvailabilityZone: !Select [0, !GetAZs ""]}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, AvailabilityZone: !Select [1, !GetAZs ""]}}
  Anywhere: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, AvailabilityZone: !Ref Zone}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref A, !Ref B, !Ref Anywhere]}}
  Unknown: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: !Ref Subnets}}
  Feed: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Subnets: [!Ref A]}}
  Rack: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, AvailabilityZone: us-west-2a, OutpostArn: !ImportValue rack}}
  OnRack: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref Rack]}}
---
variable "zones" {}

resource "aws_subnet" "web" {
  count             = 3
  vpc_id            = "vpc-0123"
  availability_zone = var.zones[count.index]
}

resource "aws_lb" "web" {
  subnets = aws_subnet.web[*].id
}
---
variable "subnet_ids" {
  type = list(string)
}

resource "aws_lb" "all" {
  subnets = var.subnet_ids
}

resource "aws_lb" "network" {
  load_balancer_type = "network"
  subnets            = [var.subnet_ids[0]]
}
"""
