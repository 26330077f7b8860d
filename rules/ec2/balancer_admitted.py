"""A database or cache should admit the programs that use it, not their load balancer.

An Application Load Balancer opens connections to its targets alone, over HTTP. Where the security groups of a database admit
nothing but the group of a load balancer, as its name is like that of the programs, each connection of these runs into a
timeout, though all is deployed.

What to do: admit the security group of the instances, tasks or functions (SourceSecurityGroupId; Terraform: security_groups,
referenced_security_group_id). Only groups are judged whose rules are all known, and only where a program of the same
templates, or of linked ones, has another group. The group of a load balancer that an output gives to others is not
judged, as programs may be in it, and neither is that of a Network Load Balancer, as databases may be its targets.
"""

from awslint_memo import Findings, Resource, Value, listed, rule, store_admission


@rule(
    level="warning",
    since="0.2",
    resource="AWS::EC2::SecurityGroup",
    memo="スナップショットの定期取得とマルチ-AZ デプロイメントがベストプラクティスです",
    aws="AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
    yields_to=("ec2-client-shut-out",),
)
def check(group: Resource) -> Findings:
    found = store_admission.only_balancers(group)
    if found is None:
        return
    stores, balancer = listed([store.title for store in found.stores]), found.balancer.title
    related: list[tuple[Resource | Value, str]] = [(store, "is in the group") for store in found.stores]
    related += [(found.balancer, "the load balancer")]
    client = next(iter(found.clients), None)
    if client is None:
        what = f"admits only the load balancer {balancer}, which opens no connection to {stores}"
        do = "admit the security group of the programs that use it"
    else:
        program = f"{client.program.title}, which is in {client.group.title},"
        what = f"admits only the load balancer {balancer}, so {program} does not get through to {stores}"
        do = f"admit {client.group.title}"
        related += [(client.told, "tells the program where it is")]
    # Who is shut out is told of itself.
    about = [one.program for one in found.clients]
    yield group.finding(found.source, what, do=do, related=related, about=about)


BAD = """
Resources:
  Front: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: load balancer, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]}}
  App: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: app, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Front}]}}
  Stores: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: stores, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Front}]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref Front], Subnets: [a, b]}}
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-1, SecurityGroupIds: [!Ref App]}}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, Port: 5432, VpcSecurityGroupIds: [!Ref Stores]}}
---
resource "aws_security_group" "front" {
  vpc_id = "v"
}

resource "aws_security_group" "app" {
  vpc_id = "v"
}

resource "aws_security_group" "sessions" {
  vpc_id = "v"

  ingress {
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = [aws_security_group.front.id]
  }
}

resource "aws_lb" "web" {
  subnets         = ["a", "b"]
  security_groups = [aws_security_group.front.id]
}

resource "aws_ecs_service" "web" {
  name = "web"

  network_configuration {
    subnets         = ["a", "b"]
    security_groups = [aws_security_group.app.id]
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  security_group_ids = [aws_security_group.sessions.id]
}
"""

GOOD = """
Parameters: {Group: {Type: String}}
Resources:
  Front: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: load balancer, VpcId: v}}
  App: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: app, VpcId: v}}
  Stores: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: stores, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Front}, {IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref App}]}}
  Given: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: given, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Front}, {IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Group}]}}
  Wide: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: wide, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Front}, {IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 10.0.0.0/8}]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref Front], Subnets: [a, b]}}
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-1, SecurityGroupIds: [!Ref App]}}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, Port: 5432, VpcSecurityGroupIds: [!Ref Stores]}}
  OfGiven: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, Port: 5432, VpcSecurityGroupIds: [!Ref Given]}}
  OfWide: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, Port: 5432, VpcSecurityGroupIds: [!Ref Wide]}}
---
# A group for the load balancer and its targets.
Resources:
  Shared: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: shared, VpcId: v}}
  Other: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: other, VpcId: v}}
  Stores: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: stores, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Shared}]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref Shared], Subnets: [a, b]}}
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-1, SecurityGroupIds: [!Ref Shared]}}}
  Jobs: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, SecurityGroupIds: [!Ref Other]}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, Port: 5432, VpcSecurityGroupIds: [!Ref Stores]}}
---
# The database is a target of a Network Load Balancer.
Resources:
  Front: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: load balancer, VpcId: v}}
  App: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: app, VpcId: v}}
  Stores: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: stores, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Front}]}}
  Network: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, SecurityGroups: [!Ref Front], Subnets: [a, b]}}
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-1, SecurityGroupIds: [!Ref App]}}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, Port: 5432, VpcSecurityGroupIds: [!Ref Stores]}}
---
# Programs of another stack may be in the group of the load balancer.
Resources:
  Front: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: load balancer, VpcId: v}}
  App: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: app, VpcId: v}}
  Stores: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: stores, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Front}]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref Front], Subnets: [a, b]}}
  Bastion: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, SecurityGroupIds: [!Ref App]}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, Port: 5432, VpcSecurityGroupIds: [!Ref Stores]}}
Outputs:
  Front: {Value: !Ref Front, Export: {Name: front}}
---
# Who uses it is not of these templates.
Resources:
  Front: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: load balancer, VpcId: v}}
  Stores: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: stores, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Front}]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref Front], Subnets: [a, b]}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, Port: 5432, VpcSecurityGroupIds: [!Ref Stores]}}
---
resource "aws_security_group" "app" {
  vpc_id = "v"
}

resource "aws_security_group" "sessions" {
  vpc_id = "v"
}

resource "aws_vpc_security_group_ingress_rule" "sessions" {
  security_group_id            = aws_security_group.sessions.id
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "aws_ecs_service" "web" {
  name = "web"

  network_configuration {
    subnets         = ["a", "b"]
    security_groups = [aws_security_group.app.id]
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  security_group_ids = [aws_security_group.sessions.id]
}
"""
