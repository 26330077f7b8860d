"""Security groups of targets should admit the port on which their load balancer reaches them.

A load balancer sends requests and health checks to the port of a container, or of the target group. If no security group
of the tasks or instances admits it, no health check passes: ECS replaces the tasks again and again, and users get errors.

A Network Load Balancer without security groups checks its targets from addresses of its subnets, which a rule with a source group
does not admit.

What to do: admit the port from the security group of the load balancer, or from the addresses of its subnets. Only groups are judged whose rules are all known;
where another stack may add one, it is a warning.
"""

from awslint_memo import Finding, Findings, Resource, balancer_groups, rule, security_groups


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
)
def check(service: Resource) -> Findings:
    for shut in security_groups.shut_to_service(service):
        yield told(shut, service)
    if not service.deployment.of_type("AWS::ElasticLoadBalancingV2::LoadBalancer"):
        return
    for other in balancer_groups.unchecked(service):
        port, name = f"{other.port.number:g}{other.port.note}", other.balancer.title
        message = (
            f"admits TCP on port {port} from security groups alone, but {name}, which checks {service.title}, has none"
        )
        yield other.group.finding(
            other.group if isinstance(other.rule.written, Resource) else other.rule.written,
            f"{message}, so no target gets healthy",
            do=f"admit the addresses of its subnets on {other.port.number:g}",
            level=None if other.is_sure else "warning",
            related=[(other.port, "the port"), (other.balancer, "has no security groups")],
        )


@check.on("AWS::AutoScaling::AutoScalingGroup")
def check_instances(group: Resource) -> Findings:
    for shut in security_groups.shut_to_instances(group):
        yield told(shut, group)
    if group.get("LoadBalancerNames").items:
        for shut in balancer_groups.shut_behind_classic(group):
            yield told(shut, group)


@check.on("AWS::EC2::Instance")
def check_instance(instance: Resource) -> Findings:
    for shut in security_groups.shut_to_instance(instance):
        yield told(shut, instance)


def told(shut: security_groups.Shut, targets: Resource) -> Finding:
    """The finding at the rule of the group that admits another port, else at the group."""
    port = f"{shut.port.number:g}"
    result = "none arrives" if shut.use == "requests" else "no target gets healthy"
    message = f"on which {targets.title} gets {shut.use} of its load balancer, so {result}"
    place = shut.group if shut.rule is None else shut.rule.last
    return shut.group.finding(
        place,
        f"admits no TCP on port {port}{shut.port.note}, {message}",
        do=f"admit {port} from the load balancer",
        level=None if shut.is_sure else "warning",
        related=[(shut.port, "the port")],
    )


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: FARGATE, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Tasks]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 3000, TargetGroupArn: !Ref Targets}]}}
  Tasks: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: tasks, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Balancers}]}}
  Balancers: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: balancers, VpcId: v}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 3000, Protocol: HTTP, TargetType: ip, VpcId: v}}
---
Resources:
  # The port of the health check is another one.
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!GetAtt Tasks.GroupId]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]}}
  Tasks: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: tasks, VpcId: v}}
  Admitted: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt Tasks.GroupId, IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, TargetType: ip, VpcId: v, HealthCheckPort: "8081"}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "2", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}, TargetGroupARNs: [!Ref Targets]}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0, SecurityGroupIds: [!Ref Instances]}}}
  Instances: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: instances, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 444, CidrIp: 10.0.0.0/8}, {IpProtocol: udp, FromPort: 0, ToPort: 65535, CidrIp: 10.0.0.0/8}]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 8080, Protocol: HTTP, VpcId: v}}
---
Resources:
  # Nothing gets in at all.
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Tasks]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]}}
  Tasks: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: tasks, VpcId: v}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, TargetType: ip, VpcId: v}}
---
Resources:
  Mail: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SecurityGroupIds: [!Ref Group]}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: mail, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 25, ToPort: 25, CidrIp: 10.0.0.0/8}]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 25, Protocol: TCP, VpcId: v, Targets: [{Id: !Ref Mail, Port: 587}]}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  load_balancer {
    container_name   = "web"
    container_port   = 9000
    target_group_arn = aws_lb_target_group.web.arn
  }

  network_configuration {
    subnets         = ["s"]
    security_groups = [aws_security_group.web.id]
  }
}

resource "aws_lb_target_group" "web" {
  port        = 9000
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "v"
}

resource "aws_security_group" "web" {
  vpc_id = "v"
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id = aws_security_group.web.id
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 8000
  to_port           = 8999
}
---
resource "aws_autoscaling_group" "web" {
  min_size          = 1
  max_size          = 2
  target_group_arns = [aws_lb_target_group.web.arn]

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_launch_template" "web" {
  image_id               = "ami-0123456789abcdef0"
  vpc_security_group_ids = [aws_security_group.web.id]
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "v"
}

resource "aws_security_group" "web" {
  vpc_id = "v"

  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_security_group_rule" "out" {
  security_group_id = aws_security_group.web.id
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}
---
resource "aws_instance" "mail" {
  ami                    = "ami-0123456789abcdef0"
  vpc_security_group_ids = [aws_security_group.mail.id]
}

resource "aws_lb_target_group" "mail" {
  port     = 25
  protocol = "TCP"
  vpc_id   = "v"
}

resource "aws_lb_target_group_attachment" "mail" {
  target_group_arn = aws_lb_target_group.mail.arn
  target_id        = aws_instance.mail.id
}

resource "aws_security_group" "mail" {
  vpc_id = "v"

  ingress {
    protocol    = "tcp"
    from_port   = 587
    to_port     = 587
    cidr_blocks = ["10.0.0.0/8"]
  }
}
---
Resources:
  # The health check of the Classic Load Balancer goes to another port.
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "2", LaunchConfigurationName: !Ref Configuration, LoadBalancerNames: [!Ref Balancer]}}
  Configuration: {Type: AWS::AutoScaling::LaunchConfiguration, Properties: {ImageId: ami-0123456789abcdef0, InstanceType: m5.large, SecurityGroups: [!Ref Instances]}}
  Instances: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: instances, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}]}}
  Balancer: {Type: AWS::ElasticLoadBalancing::LoadBalancer, Properties: {Subnets: [a, b], Listeners: [{LoadBalancerPort: "80", InstancePort: "80", Protocol: HTTP}], HealthCheck: {Target: "HTTPS:8000/health", Interval: "30", Timeout: "5", HealthyThreshold: "2", UnhealthyThreshold: "2"}}}
---
Resources:
  Feed: {Type: AWS::ECS::Service, DependsOn: Listener, Properties: {TaskDefinition: feed, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Tasks]}}, LoadBalancers: [{ContainerName: feed, ContainerPort: 9898, TargetGroupArn: !Ref Targets}]}}
  Tasks: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: tasks, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 9898, ToPort: 9898, SourceSecurityGroupId: !ImportValue Clients}]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 9898, Protocol: TCP, TargetType: ip, VpcId: v}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Scheme: internal, Subnets: [s]}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 9898, Protocol: TCP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
"""

GOOD = """
Parameters: {Group: {Type: String}, Port: {Type: Number}, Protocol: {Type: String}}
Resources:
  Admitted: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Tasks]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 3000, TargetGroupArn: !Ref Targets}]}}
  Tasks: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: tasks, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}, {IpProtocol: tcp, FromPort: 2999, ToPort: 3000, CidrIp: 10.0.0.0/8}]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, TargetType: ip, VpcId: v}}
  # Another of its groups admits it, or may.
  Second: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Web, !Ref Tasks]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 3000, TargetGroupArn: !Ref Targets}]}}
  Web: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}]}}
  AnyGroup: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Web, !Ref Group]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 3000, TargetGroupArn: !Ref Targets}]}}
  AnyPort: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Web]}}, LoadBalancers: [{ContainerName: web, ContainerPort: !Ref Port, TargetGroupArn: !Ref Targets}]}}
  OfAll: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref All]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 3000, TargetGroupArn: !Ref Targets}]}}
  All: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: all, VpcId: v, SecurityGroupIngress: [{IpProtocol: -1, SourceSecurityGroupId: g}, {IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.0.0.0/8}]}}
  OfAnyRule: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref AnyRule]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 3000, TargetGroupArn: !Ref Targets}]}}
  AnyRule: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: any, VpcId: v, SecurityGroupIngress: [{IpProtocol: !Ref Protocol, FromPort: 1, ToPort: 2, CidrIp: 10.0.0.0/8}, {IpProtocol: tcp, FromPort: 80, ToPort: !Ref Port, CidrIp: 10.0.0.0/8}]}}
  Names: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Web]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 53, TargetGroupArn: !Ref OverUdp}]}}
  OverUdp: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 53, Protocol: UDP, TargetType: ip, VpcId: v}}
  AnyTargets: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Web]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 3000, TargetGroupArn: !ImportValue Targets}]}}
---
# Others may admit what they need.
Resources:
  Service: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Tasks]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 3000, TargetGroupArn: !Ref Targets}]}}
  Tasks: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: tasks, VpcId: v}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, TargetType: ip, VpcId: v}}
Outputs:
  Group: {Value: !Ref Tasks, Export: {Name: tasks}}
---
Parameters: {Group: {Type: String}}
Resources:
  Service: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Tasks]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 3000, TargetGroupArn: !Ref Targets}]}}
  Tasks: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: tasks, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}]}}
  OfAnyGroup: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Group, IpProtocol: tcp, FromPort: 3000, ToPort: 3000, CidrIp: 10.0.0.0/8}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, TargetType: ip, VpcId: v}}
---
Resources:
  # Tasks on these instances are registered by their own ports.
  Instances: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "2", LaunchConfigurationName: !Ref Configuration, TargetGroupARNs: [!Ref Targets]}}
  Configuration: {Type: AWS::AutoScaling::LaunchConfiguration, Properties: {ImageId: ami-0123456789abcdef0, InstanceType: m5.large, SecurityGroups: [!Ref Group]}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: instances, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 32768, ToPort: 65535, CidrIp: 10.0.0.0/8}]}}
  Service: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v}}
---
resource "aws_instance" "mail" {
  ami                    = "ami-0123456789abcdef0"
  vpc_security_group_ids = [aws_security_group.mail.id]
}

resource "aws_network_interface_sg_attachment" "mail" {
  security_group_id    = aws_security_group.all.id
  network_interface_id = aws_instance.mail.primary_network_interface_id
}

resource "aws_lb_target_group" "mail" {
  port     = 25
  protocol = "TCP"
  vpc_id   = "v"
}

resource "aws_lb_target_group_attachment" "mail" {
  target_group_arn = aws_lb_target_group.mail.arn
  target_id        = aws_instance.mail.id
}

resource "aws_security_group" "mail" {
  vpc_id = "v"

  ingress {
    protocol    = "tcp"
    from_port   = 587
    to_port     = 587
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_security_group" "all" {
  vpc_id = "v"

  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["10.0.0.0/8"]
  }
}
---
Resources:
  # Its own group, or an address of its subnets, is admitted.
  Feed: {Type: AWS::ECS::Service, DependsOn: Listener, Properties: {TaskDefinition: feed, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Tasks]}}, LoadBalancers: [{ContainerName: feed, ContainerPort: 9898, TargetGroupArn: !Ref Targets}]}}
  Tasks: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: tasks, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 9898, ToPort: 9898, SourceSecurityGroupId: !Ref OfBalancer}]}}
  OfBalancer: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: balancer, VpcId: v}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 9898, Protocol: TCP, TargetType: ip, VpcId: v}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Scheme: internal, Subnets: [s], SecurityGroups: [!Ref OfBalancer]}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 9898, Protocol: TCP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Other: {Type: AWS::ECS::Service, DependsOn: OfBare, Properties: {TaskDefinition: feed, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Both]}}, LoadBalancers: [{ContainerName: feed, ContainerPort: 9898, TargetGroupArn: !Ref Others}]}}
  Both: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: tasks, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 9898, ToPort: 9898, SourceSecurityGroupId: !Ref OfBalancer}, {IpProtocol: tcp, FromPort: 9898, ToPort: 9898, CidrIp: 10.0.0.0/16}]}}
  Others: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 9898, Protocol: TCP, TargetType: ip, VpcId: v}}
  Bare: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Scheme: internal, Subnets: [s]}}
  OfBare: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Bare, Port: 9898, Protocol: TCP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Others}]}}
---
# Behind an Application Load Balancer the source group is that of the balancer.
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  load_balancer {
    container_name   = "web"
    container_port   = 9000
    target_group_arn = aws_lb_target_group.web.arn
  }

  network_configuration {
    subnets         = ["s"]
    security_groups = [aws_security_group.tasks.id]
  }
}

resource "aws_lb" "web" {
  subnets         = ["s", "t"]
  security_groups = ["sg-0123456789abcdef0"]
}

resource "aws_lb_listener_rule" "web" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/1/2"

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  port        = 9000
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "v"
}

resource "aws_security_group" "tasks" {
  vpc_id = "v"

  ingress {
    protocol        = "tcp"
    from_port       = 9000
    to_port         = 9000
    security_groups = ["sg-0123456789abcdef0"]
  }
}
"""
