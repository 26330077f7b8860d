"""A build in a VPC should get to its source.

CodeBuild gives the network interfaces of builds no public address, so that an internet gateway leads them nowhere, in public
subnets neither. Without a NAT gateway no build gets its source from GitHub, GitLab, Bitbucket or CodeCommit, nor a package from
the internet: each fails with a timeout.

What to do: use private subnets with a route to a NAT gateway; a build that uses nothing of the VPC needs no VpcConfig.
"""

from awslint_memo import Findings, Resource, networks, outward_calls, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/userguide/vpc-support.html",
)
def check(project: Resource) -> Findings:
    subnets = project.get("VpcConfig.Subnets")
    source = "" if subnets.is_absent else outward_calls.fetched(project)
    why = networks.shut(project, subnets) if source else ""
    if why:
        message = f"{why}, and a build has no public address, so it can't fetch its source ({source})"
        do, related = "use subnets with a route to a NAT gateway", [(project.get("Source.Type"), "the source")]
        yield project.finding(subnets, message, of=str(subnets.route), do=do, related=related)


BAD = """
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Internet: {Type: AWS::EC2::InternetGateway}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Public, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Internet}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Public}}
  Tests: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/standard:7.0", ComputeType: BUILD_GENERAL1_SMALL}, Source: {Type: GITHUB, Location: "https://github.com/shop/orders.git"}, VpcConfig: {VpcId: !Ref Net, Subnets: [!Ref A], SecurityGroupIds: [sg-1]}}}
---
resource "aws_vpc" "net" {}

resource "aws_subnet" "private" {
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_codebuild_project" "tests" {
  name = "tests"

  source {
    type     = "CODECOMMIT"
    location = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/orders"
  }

  vpc_config {
    vpc_id             = aws_vpc.net.id
    subnets            = [aws_subnet.private.id]
    security_group_ids = ["sg-1"]
  }
}
"""

GOOD = """
Parameters: {Shared: {Type: "List<AWS::EC2::Subnet::Id>"}}
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Internet: {Type: AWS::EC2::InternetGateway}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref A, AllocationId: e}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Public, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Internet}}
  OverNat: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Private, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Public}}
  OfB: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref B, RouteTableId: !Ref Private}}
  InPrivate: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB}, VpcConfig: {VpcId: !Ref Net, Subnets: [!Ref B], SecurityGroupIds: [sg-1]}}}
  InBoth: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB}, VpcConfig: {VpcId: !Ref Net, Subnets: [!Ref A, !Ref B], SecurityGroupIds: [sg-1]}}}
  Elsewhere: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB}, VpcConfig: {VpcId: !Ref Net, Subnets: !Ref Shared, SecurityGroupIds: [sg-1]}}}
  InNone: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB}}}
  OwnServer: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB_ENTERPRISE}, VpcConfig: {VpcId: !Ref Net, Subnets: [!Ref A], SecurityGroupIds: [sg-1]}}}
  ByProxy: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: HTTPS_PROXY, Value: "http://10.0.0.9:3128"}]}, Source: {Type: GITHUB, BuildSpec: buildspec.yml}, VpcConfig: {VpcId: !Ref Net, Subnets: [!Ref A], SecurityGroupIds: [sg-1]}}}
---
resource "aws_vpc" "net" {}

resource "aws_subnet" "private" {
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.net.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0123456789abcdef0"
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_codebuild_project" "tests" {
  name = "tests"

  source {
    type     = "GITHUB"
    location = "https://github.com/shop/orders.git"
  }

  vpc_config {
    vpc_id             = aws_vpc.net.id
    subnets            = [aws_subnet.private.id]
    security_group_ids = ["sg-1"]
  }
}
"""
