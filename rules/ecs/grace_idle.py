"""A service should have a grace period only for health checks that it has.

For HealthCheckGracePeriodSeconds, ECS ignores that a load balancer, VPC Lattice or a HealthCheck of a container finds a new task
unhealthy. A service with none of them does not use it, and ECS has refused it there ("only valid for services configured to use load
balancers"). The HEALTHCHECK of an image is none: ECS does not look at it.

What to do: remove it, attach the load balancer that was meant, or add a HealthCheck with a StartPeriod to the container.
"""

from awslint_memo import Findings, Resource, ecs, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_CreateService.html",
)
def check(service: Resource) -> Findings:
    grace = service.get("HealthCheckGracePeriodSeconds")
    task = service.follow("TaskDefinition", ecs.TASK) if grace.above(0) else None
    if task is None:
        return
    # Of another controller, task sets bring the load balancer.
    controller = service.get("DeploymentController.Type", default="ECS")
    attached = (service.get(name) for name in ("LoadBalancers", "VpcLatticeConfigurations"))
    if controller.text != "ECS" or not all(
        value.is_absent or (value.is_known and not value.items) for value in attached
    ):
        return
    containers = ecs.containers(task)
    if containers and all(one.is_known and one.get("HealthCheck").is_absent for one in containers):
        so = "but the service has no load balancer and no container a HealthCheck, so it does nothing"
        do = "remove it, or add the load balancer or the HealthCheck"
        yield service.finding(grace, so, unit="s", do=do, related=[(task, "the task")])


BAD = """
Resources:
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: work, Image: "work:1"}]}}
  Work: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, HealthCheckGracePeriodSeconds: 60, LoadBalancers: []}}
---
resource "aws_ecs_task_definition" "work" {
  family                = "work"
  container_definitions = jsonencode([{ name = "work", image = "work:1" }])
}

resource "aws_ecs_service" "work" {
  name                              = "work"
  task_definition                   = aws_ecs_task_definition.work.arn
  health_check_grace_period_seconds = 120
}
"""

GOOD = """
Parameters: {Grace: {Type: Number}, Group: {Type: String}, Balancers: {Type: String}, HasGroup: {Type: String}}
Conditions: {IsBalanced: !Equals [!Ref HasGroup, "true"]}
Resources:
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: work, Image: "work:1"}]}}
  Checked: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: agent, Image: "agent:1"}, {Name: work, Image: "work:1", HealthCheck: {Command: [CMD, "true"]}}]}}
  Balanced: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, HealthCheckGracePeriodSeconds: 60, LoadBalancers: [{ContainerName: work, ContainerPort: 80, TargetGroupArn: !Ref Group}]}}
  Lattice: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, HealthCheckGracePeriodSeconds: 60, VpcLatticeConfigurations: [{PortName: web, RoleArn: a, TargetGroupArn: !Ref Group}]}}
  ByContainer: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Checked, HealthCheckGracePeriodSeconds: 60}}
  Maybe: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, HealthCheckGracePeriodSeconds: !If [IsBalanced, 60, 0], LoadBalancers: !If [IsBalanced, [{ContainerName: work, ContainerPort: 80, TargetGroupArn: !Ref Group}], !Ref AWS::NoValue]}}
  None: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, HealthCheckGracePeriodSeconds: 0}}
  Any: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, HealthCheckGracePeriodSeconds: !Ref Grace}}
  Elsewhere: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !ImportValue Task, HealthCheckGracePeriodSeconds: 60}}
  BySets: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, HealthCheckGracePeriodSeconds: 60, DeploymentController: {Type: EXTERNAL}}}
---
resource "aws_lb_target_group" "work" {
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-1"
}

resource "aws_ecs_task_definition" "work" {
  family                = "work"
  container_definitions = jsonencode([{ name = "work", image = "work:1" }])
}

resource "aws_ecs_service" "work" {
  name                              = "work"
  task_definition                   = aws_ecs_task_definition.work.arn
  health_check_grace_period_seconds = 120

  load_balancer {
    container_name   = "work"
    container_port   = 80
    target_group_arn = aws_lb_target_group.work.arn
  }
}
"""
