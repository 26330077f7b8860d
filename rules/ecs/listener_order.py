"""A service should be created after the listener that forwards to it.

ECS rejects a service whose target group belongs to no load balancer yet. CloudFormation creates what does not refer to each
other at the same time, and a load balancer takes minutes, so such a service mostly fails the first deployment of the stack.

What to do: let the service depend on the listener, or on the rule of one (DependsOn).
"""

from awslint_memo import Findings, Resource, creation_order, ecs_services, load_balancers, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ECS::Service",
    language="cloudformation",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/service-load-balancing.html",
)
def check(service: Resource) -> Findings:
    # "The target group with targetGroupArn … does not have an associated load balancer":
    # https://github.com/hashicorp/terraform-provider-aws, internal/service/ecs/service.go (read on 2026-11-29)
    for _, targets in ecs_services.registrations(service):
        listener = load_balancers.awaited(service, targets)
        if listener is not None:
            message = f"does not wait for {listener.title}, so {targets.title} may have no load balancer yet"
            do, related = f"add DependsOn: {creation_order.own_id(listener)}", [(listener, "forwards to the service")]
            yield service.finding(service, message, do=do, related=related)
            return


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: !Split [",", !ImportValue Subnets]}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
---
Resources:
  Web: {Type: AWS::ECS::Service, DependsOn: Listener, Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: !Split [",", !ImportValue Subnets]}}
  Other: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]}}
  Rule: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Other, Priority: 1, Actions: [{Type: forward, TargetGroupArn: !Ref Targets}], Conditions: [{Field: path-pattern, Values: [/a]}]}}
  Listener: {Type: AWS::SQS::Queue}
"""

GOOD = """
Parameters: {Balancer: {Type: String}}
Resources:
  Web: {Type: AWS::ECS::Service, DependsOn: [Listener], Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]}}
  Told: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, Environment: [{Name: ADDRESS, Value: !GetAtt Own.DNSName}]}]}}
  There: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Others}]}}
  Elsewhere: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !ImportValue Targets}]}}
  Known: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Exported}]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc}}
  Others: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc}}
  Exported: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc}}
  Own: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: !Split [",", !ImportValue Subnets]}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Own, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  OfExported: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Own, Port: 81, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Exported}]}}
  OnOther: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Others}]}}
Outputs: {Targets: {Value: !Ref Exported}}
---
resource "aws_ecs_service" "web" {
  name = "web"

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
}
"""
