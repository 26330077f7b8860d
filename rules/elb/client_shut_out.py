"""A load balancer of the internet should admit clients of the internet.

An internet-facing load balancer is reached at public addresses, so what comes to it never comes from a security group of the
template: a rule with such a source group, even its own, admits nobody there. Where no rule admits an address on the port of a
listener, each client runs into a timeout, though all is deployed.

What to do: admit the addresses of the clients on the listener's port (CidrIp: 0.0.0.0/0; Terraform: cidr_ipv4), or a prefix list
such as that of CloudFront. Only groups are judged whose rules are all known and that have some. A source group
from elsewhere may be the one that Global Accelerator makes in the VPC, and that of another load balancer may be in front of this
one: neither is judged.
"""

from awslint_memo import Findings, Resource, balancer_groups, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElasticLoadBalancingV2::LoadBalancer",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
)
def check(balancer: Resource) -> Findings:
    shut = balancer_groups.shut_to_clients(balancer)
    if shut is not None:
        port = f"{shut.port.number:g}"
        yield shut.group.finding(
            shut.group if shut.rule is None else shut.rule.last,
            f"admits no address on port {port}{shut.port.note}, on which {balancer.title} listens on the internet, so no client "
            "gets through",
            do=f"admit the addresses of the clients on {port}",
            related=[(shut.port, "the port of the listener"), (balancer, "is internet-facing")],
        )


BAD = """
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: open to all on 80, VpcId: v}}
  Own: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Group, IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Group}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internet-facing, SecurityGroups: [!Ref Group], Subnets: [a, b]}}
  Http: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Web, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
---
resource "aws_security_group" "web" {
  vpc_id = "v"

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "web" {
  subnets         = ["a", "b"]
  security_groups = [aws_security_group.web.id]
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/a"

  default_action {
    type = "fixed-response"
  }
}
"""

GOOD = """
Parameters: {Port: {Type: Number}, Source: {Type: String}}
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, SourcePrefixListId: pl-1}]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internet-facing, SecurityGroups: [!Ref Group], Subnets: [a, b]}}
  Https: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Web, Port: 443, Protocol: HTTPS, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
  # Another listener that only some need.
  Tests: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Web, Port: 8080, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
  Inner: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: inner, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Group}]}}
  Internal: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, SecurityGroups: [!Ref Inner], Subnets: [a, b]}}
  OfInternal: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Internal, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
  Unknown: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref Inner], Subnets: [a, b]}}
  AnyPort: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Unknown, Port: !Ref Port, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
  # The group of Global Accelerator may be given.
  Outer: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: outer, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Source}]}}
  Accelerated: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref Outer], Subnets: [a, b]}}
  OfAccelerated: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Accelerated, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
---
# Clients come through a Network Load Balancer.
Resources:
  Front: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: front, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}]}}
  Network: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Scheme: internet-facing, SecurityGroups: [!Ref Front], Subnets: [a, b]}}
  ToWeb: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Network, Port: 80, Protocol: TCP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Balancers}]}}
  Balancers: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: alb, Port: 80, Protocol: TCP, VpcId: v, Targets: [{Id: !Ref Web, Port: 80}]}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Front}]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internet-facing, SecurityGroups: [!Ref Group], Subnets: [a, b]}}
  Http: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Web, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
---
# Who knows the group may add a rule.
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, VpcId: v}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref Group], Subnets: [a, b]}}
  Http: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Web, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
Outputs: {Group: {Value: !Ref Group}}
---
# So may a person, where the template leaves the group empty.
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, VpcId: v}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref Group], Subnets: [a, b]}}
  Http: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Web, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
---
resource "aws_lb" "web" {
  internal        = true
  subnets         = ["a", "b"]
  security_groups = [aws_security_group.web.id]
}

resource "aws_security_group" "web" {
  vpc_id = "v"

  ingress {
    protocol        = "tcp"
    from_port       = 80
    to_port         = 80
    security_groups = ["sg-0123456789abcdef0"]
  }
}
---
# A group of elsewhere gets a rule here.
resource "aws_lb" "web" {
  subnets         = ["a", "b"]
  security_groups = [aws_security_group.web.id]
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "200"
    }
  }
}

resource "aws_security_group" "web" {
  vpc_id = "v"

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group_rule" "service" {
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 8080
  to_port                  = 8080
  security_group_id        = "sg-0123456789abcdef0"
  source_security_group_id = aws_security_group.web.id
}
"""
