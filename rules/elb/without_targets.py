"""A target group behind a listener should have targets.

A load balancer answers 503 to every request for a target group in which nothing is registered. Instances are registered by their
Auto Scaling group or an attachment, tasks by their service, functions and addresses by the target group itself or an attachment.

What to do: name the target group in TargetGroupARNs of the group, in LoadBalancers of the service or in Targets (Terraform:
aws_lb_target_group_attachment, aws_autoscaling_attachment), or remove it with its listener. A target group is not reported that an
output or another stack may know, or that anything else here mentions, nor one beside a cluster of Kubernetes, a cluster of ECS
without services, or a program that may register targets; nor where nothing here could be a target; nor is the default of a listener
that has rules.
"""

from awslint_memo import Findings, Resource, registrations, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::ElasticLoadBalancingV2::TargetGroup",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
)
def check(targets: Resource) -> Findings:
    listener = registrations.without_targets(targets)
    if listener is not None:
        message = (
            f"gets the requests of {listener.title}, but nothing here registers targets in it, so each ends with 503"
        )
        do = "unless something else registers targets, name it where they are made"
        yield targets.finding(targets, message, do=do, related=[(listener, "forwards to it")])


BAD = """
Resources:
  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: HealthyHostCount, Dimensions: [{Name: TargetGroup, Value: !GetAtt Targets.TargetGroupFullName}, {Name: LoadBalancer, Value: !GetAtt Balancer.LoadBalancerFullName}]}}
---
resource "aws_lb" "web" {
  subnets = ["subnet-1", "subnet-2"]
}

resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
}

resource "aws_lb_target_group" "other" {
  name     = "other"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
}

resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = "i-0123456789abcdef0"
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_listener_rule" "other" {
  listener_arn = aws_lb_listener.web.arn

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.other.arn
  }

  condition {
    path_pattern {
      values = ["/other/*"]
    }
  }
}
"""

GOOD = """
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref OfGroup}]}}
  ToService: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 1, Conditions: [{Field: path-pattern, Values: [/a]}], Actions: [{Type: forward, TargetGroupArn: !Ref OfService}]}}
  ToAddresses: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 2, Conditions: [{Field: path-pattern, Values: [/b]}], Actions: [{Type: forward, TargetGroupArn: !Ref OfAddresses}]}}
  ToTold: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 3, Conditions: [{Field: path-pattern, Values: [/c]}], Actions: [{Type: forward, TargetGroupArn: !Ref Told}]}}
  ToExported: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 4, Conditions: [{Field: path-pattern, Values: [/d]}], Actions: [{Type: forward, TargetGroupArn: !Ref Exported}]}}
  ToGiven: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 5, Conditions: [{Field: path-pattern, Values: [/e]}], Actions: [{Type: forward, TargetGroupArn: !Ref OfGiven}]}}
  OfGiven: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1, TargetType: ip, Targets: {"Fn::Transform": {Name: Addresses}}}}
  OfGroup: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  OfService: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1, TargetType: ip}}
  OfAddresses: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1, TargetType: ip, Targets: [{Id: 10.0.0.7}]}}
  Told: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  Exported: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  # Nothing is sent to it yet.
  Spare: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  Servers: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", TargetGroupARNs: [!Ref OfGroup]}}
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref OfService}]}}
  # It may register them itself.
  Registers: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {GROUP: !Ref Told}}}}
  ToNamed: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 6, Conditions: [{Field: path-pattern, Values: [/f]}], Actions: [{Type: forward, TargetGroupArn: !Ref Named}]}}
  Named: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1}}
Outputs: {Exported: {Value: !Ref Exported}, Named: {Value: !GetAtt Named.TargetGroupName}}
---
resource "aws_lb" "web" {
  subnets = ["subnet-1", "subnet-2"]
}

resource "aws_lb_target_group" "each" {
  for_each = toset(["api", "admin"])
  name     = each.key
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
}

resource "aws_autoscaling_attachment" "each" {
  for_each               = aws_lb_target_group.each
  autoscaling_group_name = "web"
  lb_target_group_arn    = each.value.arn
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.each["api"].arn
  }
}
---
# A controller in the cluster registers targets.
Resources:
  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0}}
  Cluster: {Type: AWS::EKS::Cluster, Properties: {RoleArn: arn, ResourcesVpcConfig: {SubnetIds: [subnet-1, subnet-2]}}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1, TargetType: ip}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
---
# Stacks of services add rules to the listener, which can't do without a default.
Resources:
  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
  Nobody: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Nobody}]}}
Outputs: {Listener: {Value: !Ref Listener}}
---
# Nothing here could be a target: another stack or a team registers its own.
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: shop, Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
---
# A deployment registers the instances again, in the target group of this name.
Resources:
  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: shop, Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Releases: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: shop, ServiceRoleArn: r, LoadBalancerInfo: {TargetGroupInfoList: [{Name: shop}]}}}
---
# The services of the cluster are made elsewhere.
Resources:
  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: shop, Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Cluster: {Type: AWS::ECS::Cluster}
---
# The server registers itself.
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: shop, Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      UserData: {"Fn::Base64": "#!/bin/bash\\naws elbv2 register-targets --target-group-arn $(/opt/shop/group) --targets Id=$(/opt/shop/instance)"}
---
# The role lets a program register targets.
Resources:
  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: shop, Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: register, PolicyDocument: {Statement: [{Effect: Allow, Action: "elasticloadbalancing:Register*", Resource: "*"}]}}]
"""
