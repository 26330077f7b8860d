"""A load balancer of a service should send requests to a port that a container maps.

ECS registers a container of the task definition by its name and port. It rejects a service whose load balancer names a
container that the task definition does not have, or a port that is not in the PortMappings of that container.

What to do: write the name and the port of the container in LoadBalancers, or add the port to PortMappings.
"""

from awslint_memo import Findings, Resource, ecs, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_LoadBalancer.html",
)
def check(service: Resource) -> Findings:
    task = service.follow("TaskDefinition", ecs.TASK)
    containers = {item.get("Name").text: item for item in (task and ecs.containers(task)) or ()}
    if task is None or not containers or None in containers:
        return
    for balancer in service.get("LoadBalancers").items:
        name, port = balancer.get("ContainerName"), balancer.get("ContainerPort")
        container = containers.get(name.text)
        if container is None:
            if name.text is not None:
                message = f"but {task.title} has no such container, so ECS rejects the service"
                do = f"name {listed(list(filter(None, containers)))}"
                yield service.finding(name, message, do=do, related=[(task, "the task definition")])
            continue
        ports = ecs.ports(container)
        if ports is not None and port.number is not None and port.number not in ports:
            known = f"maps {listed([f'{known:g}' for known in ports])}" if ports else "maps no port"
            message = f"but {name.text} {known}, so ECS rejects the service"
            do = f"set it to {ports[0]:g}" if len(ports) == 1 else "map it in the container"
            yield service.finding(port, message, do=do, related=[(container, f"the container in {task.title}")])


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, LoadBalancers: [{ContainerName: web, ContainerPort: 8080, TargetGroupArn: !ImportValue Targets}]}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, PortMappings: [{ContainerPort: 80}]}]}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, LoadBalancers: [{ContainerName: Web, ContainerPort: 80, TargetGroupArn: !ImportValue Targets}]}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, PortMappings: [{ContainerPort: 80}]}]}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
  }
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web" }])
}
"""

GOOD = """
Parameters: {Name: {Type: String}, Port: {Type: Number}}
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers:
        - {ContainerName: web, ContainerPort: "80", TargetGroupArn: !ImportValue Targets}
        - {ContainerName: web, ContainerPort: !Ref Port, TargetGroupArn: !ImportValue Targets}
        - {ContainerName: !Ref Name, ContainerPort: 1, TargetGroupArn: !ImportValue Targets}
        - {ContainerName: any, ContainerPort: 2, TargetGroupArn: !ImportValue Targets}
        - {ContainerName: range, ContainerPort: 3, TargetGroupArn: !ImportValue Targets}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - {Name: web, Image: web, PortMappings: [{ContainerPort: 80}, {ContainerPort: 81}]}
        - {Name: any, Image: any, PortMappings: [{ContainerPort: !Ref Port}]}
        - {Name: range, Image: range, PortMappings: [{ContainerPortRange: 8000-8100}]}
  Other: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref AnyNames, LoadBalancers: [{ContainerName: other, ContainerPort: 80, TargetGroupArn: !ImportValue Targets}]}}
  Unknown: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref AnyContainers, LoadBalancers: [{ContainerName: other, ContainerPort: 80, TargetGroupArn: !ImportValue Targets}]}}
  AnyContainers: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: !Split [",", !Ref Name]}}
  AnyNames: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}, {Name: !Ref Name, Image: web}]}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
  }
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web", portMappings = [{ containerPort = 80 }] }])
}
"""
