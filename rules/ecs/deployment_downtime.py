"""A service that gets requests should keep a task during a rolling update.

With a MinimumHealthyPercent of 0 and a MaximumPercent of 100 ECS stops all tasks of the old version before it starts one
of the new, so nobody is served until a new task is healthy, and a version that does not start is an outage.

What to do: set MinimumHealthyPercent to 100 and MaximumPercent to 200. Services without a load balancer and Service
Connect (workers), tasks that take a port of their instance, and a single task with a volume of its own are not reported.
"""

from awslint_memo import Findings, Resource, ecs_services, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
    fix="unsafe",
    taste=True,
)
def check(service: Resource) -> Findings:
    update = ecs_services.update(service)
    if update is None or update.starts or not update.stops_all or not ecs_services.may_run_beside(service):
        return
    # A comment above them explains both.
    first, second = sorted((update.minimum, update.maximum), key=lambda value: value.place.span.line)
    settings = {"MinimumHealthyPercent": 100, "MaximumPercent": 200}
    yield service.finding(
        first,
        f"and {second.route} {second.text}, so a deployment stops all tasks before it starts one",
        do="set MinimumHealthyPercent to 100 and MaximumPercent to 200",
        related=[(second, "the other limit")],
        fix=service.set("DeploymentConfiguration", settings, unsafe="runs up to twice the tasks during a deployment"),
    )


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: FARGATE, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 100}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, DesiredCount: 1, ServiceConnectConfiguration: {Enabled: true}, DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 150}}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: web, Image: web}]}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, DesiredCount: 2, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 100}}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, Volumes: [{Name: shared}], ContainerDefinitions: [{Name: web, Image: web}]}}
---
resource "aws_ecs_service" "web" {
  name                               = "web"
  task_definition                    = "web"
  desired_count                      = 2
  deployment_maximum_percent         = 100
  deployment_minimum_healthy_percent = 0

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "t"
  }

  network_configuration {
    subnets = ["a"]
  }
}
"""

GOOD = """
Parameters: {Percent: {Type: Number}}
Resources:
  Kept: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 2, LaunchType: FARGATE, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 50, MaximumPercent: 100}}}
  Started: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 2, LaunchType: FARGATE, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 0}}}
  Unknown: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: FARGATE, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: !Ref Percent, MaximumPercent: 100}}}
  Worker: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: FARGATE, DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 100}}}
  HostPort: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 100}}}
  Stateful: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, DesiredCount: 1, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 100}}}
  AnyNumber: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 100}}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, Volumes: [{Name: data}], ContainerDefinitions: [{Name: web, Image: web}]}}
---
resource "aws_ecs_service" "web" {
  name                               = "web"
  task_definition                    = "web"
  launch_type                        = "FARGATE"
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 200

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "t"
  }
}
"""

FIXED = """
-  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: FARGATE, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 100}}}
+  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: FARGATE, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 200}}}
---
-  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, DesiredCount: 1, ServiceConnectConfiguration: {Enabled: true}, DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 150}}}
+  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, DesiredCount: 1, ServiceConnectConfiguration: {Enabled: true}, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 200}}}
---
-  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, DesiredCount: 2, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 100}}}
+  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, DesiredCount: 2, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}], DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 200}}}
"""
