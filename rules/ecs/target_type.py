"""A target group of tasks with network interfaces of their own should have addresses as targets.

Tasks with the network mode awsvpc, as all on Fargate are, are registered by their IP address. A target group of
instances, which is what a group without TargetType is, takes none of them, and ECS rejects the service.

What to do: set TargetType of the target group to ip (Terraform: target_type), which makes a new target group.
"""

from awslint_memo import Findings, Resource, ecs_services, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/service-load-balancing.html",
    fix="unsafe",
)
def check(service: Resource) -> Findings:
    if not ecs_services.is_in_vpc(service):
        return
    for balancer, targets in ecs_services.registrations(service):
        kind = targets.get("TargetType", default="instance")
        if kind.text not in (None, "ip"):
            yield targets.finding(
                kind,
                f"but {service.title} registers tasks by their IP address (awsvpc)",
                do="set it to ip",
                related=[(balancer.get("TargetGroupArn"), f"used by {service.title}")],
                fix=targets.set("TargetType", "ip", unsafe="replaces the target group if it exists"),
            )


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: FARGATE, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetType: instance}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = aws_lb_target_group.web.arn
  }

  network_configuration {
    subnets = ["a"]
  }
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "v"
}
"""

GOOD = """
Parameters: {Type: {Type: String}, Imported: {Type: String}}
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: web
      LaunchType: FARGATE
      LoadBalancers:
        - {ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Addresses}
        - {ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref AnyType}
        - {ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Imported}
  Addresses: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetType: ip}}
  AnyType: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetType: !Ref Type}}
  OnInstances: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Instances}]}}
  Bridged: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, LaunchType: EC2, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Instances}]}}
  # Of the network that its tasks do not take, another rule tells.
  Both: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a]}}, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Instances}]}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: bridge}}
  Instances: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"
  launch_type     = "FARGATE"

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "v"
}
"""

FIXED = """
-  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v}}
+  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetType: ip}}
---
-  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetType: instance}}
+  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetType: ip}}
---
-  port     = 80
-  protocol = "HTTP"
-  vpc_id   = "v"
+  port        = 80
+  protocol    = "HTTP"
+  vpc_id      = "v"
+  target_type = "ip"
"""
