"""A group of subnets for databases should have two Availability Zones.

RDS, Amazon DocumentDB and Neptune refuse a group whose subnets are all in one zone: a standby or a reader would have nowhere
to go. Groups for Outposts and Local Zones are not checked, so a single subnet of which no file says where it is gets advice.

What to do: add a subnet of a second zone to SubnetIds (Terraform: subnet_ids).
"""

from awslint_memo import Findings, Resource, autoscaling_zones, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::RDS::DBSubnetGroup", "AWS::DocDB::DBSubnetGroup", "AWS::Neptune::DBSubnetGroup"),
    memo="スナップショットの定期取得とマルチ-AZ デプロイメントがベストプラクティスです",
    aws="AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
)
def check(group: Resource) -> Findings:
    named = group.get("SubnetIds")
    zone = autoscaling_zones.zone_of_subnets(group, named)
    if zone is None and autoscaling_zones.is_one_subnet(named):
        message = "has one subnet, but two zones are the least that is accepted outside of Outposts and Local Zones"
        yield group.finding(named, message, do="add a subnet of a second zone", level="advice")
    if zone is None or any(autoscaling_zones.is_special(subnet) for subnet in zone.subnets):
        return
    yield group.finding(
        zone.place,
        f"has only {zone.name} in SubnetIds{zone.place.note}, but two zones are the least that is accepted",
        do="add a subnet of a second zone",
        related=[(subnet, "its subnet") for subnet in zone.subnets],
    )


BAD = """
Resources:
  One: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}}
  Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}}
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Ref One, !Ref Two]}}
---
Resources:
  One: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.0.0/24}}
  Group: {Type: AWS::Neptune::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Ref One]}}
---
Resources:
  One: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ""]}}
  Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [0, !GetAZs ""]}}
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Ref One, !Ref Two]}}
---
resource "aws_subnet" "data" {
  vpc_id            = "vpc-0123"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "us-gov-west-1a"
}

resource "aws_db_subnet_group" "orders" {
  subnet_ids = [aws_subnet.data.id]
}
---
Parameters: {Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}}
Resources:
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Select [0, !Ref Subnets]]}}
---
Parameters: {First: {Type: "AWS::EC2::Subnet::Id"}}
Resources:
  Database: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: database.yaml, Parameters: {SubnetIds: !Ref First}}}
# --- database.yaml
Parameters: {SubnetIds: {Type: "List<AWS::EC2::Subnet::Id>"}}
Resources:
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: !Ref SubnetIds}}
---
resource "aws_db_subnet_group" "orders" {
  subnet_ids = ["subnet-0123456789abcdef0"]
}
"""

GOOD = """
Parameters: {Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}, Zone: {Type: String}, First: {Type: "AWS::EC2::Subnet::Id"}, Second2: {Type: "AWS::EC2::Subnet::Id"}}
Resources:
  One: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ""]}}
  Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [1, !GetAZs ""]}}
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Ref One, !Ref Two]}}
  Unknown: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: !Ref Subnets}}
  Joined: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Ref First, !Ref Second2]}}
  OfText: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Ref Zone]}}
  Local: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: us-west-2-lax-1a}}
  Second: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.4.0/24, AvailabilityZone: us-west-2a}}
  Half: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Ref Rack, !Ref Second]}}
  AnyZone: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.5.0/24, AvailabilityZone: !Ref Zone}}
  SameZone: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.6.0/24, AvailabilityZone: !Ref Zone}}
  Perhaps: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Ref AnyZone, !Ref SameZone]}}
  InLocal: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Ref Local]}}
  Rack: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.3.0/24, AvailabilityZone: us-west-2a, OutpostArn: !ImportValue rack}}
  OnRack: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: orders, SubnetIds: [!Ref Rack]}}
---
variable "zones" {}

resource "aws_subnet" "data" {
  count             = length(var.zones)
  vpc_id            = "vpc-0123"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = var.zones[count.index]
}

resource "aws_db_subnet_group" "orders" {
  subnet_ids = aws_subnet.data[*].id
}

variable "subnets" {}

# Terraform 0.11 takes it for the list that it is.
resource "aws_db_subnet_group" "nested" {
  subnet_ids = ["${var.subnets}"]
}

resource "aws_db_subnet_group" "two" {
  subnet_ids = [var.subnets[0], var.subnets[1]]
}
"""
