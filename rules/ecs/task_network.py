"""A container should have only settings of the network that its network mode takes.

With the network mode awsvpc or host a container has its ports on the task's or the instance's own interface, so HostPort
can only be the ContainerPort. With awsvpc it has no links, extra hosts or host name. ECS rejects a task definition with
anything else.

What to do: leave HostPort out, and take Links, ExtraHosts and Hostname away: the containers of a task with awsvpc reach each
other at localhost.
"""

from awslint_memo import Findings, Resource, ecs_tasks, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::TaskDefinition",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_PortMapping.html",
)
def check(task: Resource) -> Findings:
    mode = task.get("NetworkMode")
    if not mode.is_one_of("awsvpc", "host"):
        return
    related = [(mode, "the network mode")]
    for container in task.get("ContainerDefinitions").items:
        for mapping in container.get("PortMappings").items:
            port, inner = mapping.get("HostPort"), mapping.get("ContainerPort").number
            if inner is not None and port.above(0) and port.number != inner:
                message = f"but with {mode.text} it can only be the port of the container, {inner:g}"
                yield task.finding(port, message, do="remove it", related=related)
        for name in ecs_tasks.NOT_IN_VPC if mode.text == "awsvpc" else ():
            value = container.get(name)
            if value.is_known and value.items:
                message = f"is written in a container, but with awsvpc ECS takes no {name}"
                yield task.finding(value, message, of=name, do="remove it", related=related)


BAD = """
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: web, Image: web, PortMappings: [{ContainerPort: 80, HostPort: 8080}]}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: web, Image: web, Links: [db]}, {Name: db, Image: db}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: web, Image: web, Hostname: web}]}}
---
resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "host"

  container_definitions = jsonencode([{
    name         = "web"
    image        = "web"
    portMappings = [{ containerPort = 80, hostPort = 8080 }]
  }])
}
"""

GOOD = """
Parameters: {Port: {Type: Number}, Mode: {Type: String}}
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: web, Image: web, Links: [], PortMappings: [{ContainerPort: 80}, {ContainerPort: 443, HostPort: "443"}, {ContainerPort: !Ref Port, HostPort: 80}, {ContainerPort: 81, HostPort: !Ref Port}, {ContainerPort: 82, HostPort: 0}]}]}}
  Bridged: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: bridge, ContainerDefinitions: [{Name: web, Image: web, Hostname: web, Links: [db], PortMappings: [{ContainerPort: 80, HostPort: 8080}]}, {Name: db, Image: db}]}}
  OnHost: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: host, ContainerDefinitions: [{Name: web, Image: web, Hostname: web}]}}
  UnknownName: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: web, Image: web, Hostname: !Ref Mode}]}}
  Unknown: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: !Ref Mode, ContainerDefinitions: [{Name: web, Image: web, Hostname: web}]}}
---
resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"

  container_definitions = jsonencode([{
    name         = "web"
    image        = "web"
    portMappings = [{ containerPort = 80, hostPort = 80 }]
  }])
}
"""
