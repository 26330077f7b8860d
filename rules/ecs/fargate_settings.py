"""A task on Fargate should have only settings that Fargate takes.

Fargate runs tasks on machines that nobody sees: tasks have network interfaces of their own (awsvpc), no path of a host, no
Docker volume, no privileged container and no GPU, logs go by awslogs, splunk or awsfirelens, and a container is given 120 s to
stop. ECS rejects a task
definition for Fargate with anything else.

What to do: take away what the message names, set NetworkMode to awsvpc (Terraform: network_mode), or run the task on EC2.
"""

from collections.abc import Iterator

from awslint_memo import Findings, Resource, Value, ecs_services, ecs_tasks, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::TaskDefinition",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/fargate-tasks-services.html",
)
def check(task: Resource) -> Findings:
    if not ecs_services.is_on_fargate(task):
        return
    mode = task.get("NetworkMode", default="bridge")
    if mode.is_one_of("bridge", "host", "none"):
        yield task.finding(mode, "but Fargate has awsvpc only", do="set it to awsvpc")
    least, most = ecs_tasks.FARGATE_STORAGE
    storage = task.get("EphemeralStorage.SizeInGiB")
    if storage.below(least) or storage.above(most):
        message = f"but Fargate gives a task {least} to {most} GiB"
        yield task.finding(storage, message, unit="GiB", do=f"set it to {least if storage.below(least) else most}")
    for container in task.get("ContainerDefinitions").items:
        driver, drivers = container.get("LogConfiguration.LogDriver"), ecs_tasks.FARGATE_LOG_DRIVERS
        if driver.text is not None and driver.text not in drivers:
            yield task.finding(driver, f"but Fargate has {listed(drivers)} only", do="set it to awslogs")
        stop, most = container.get("StopTimeout"), ecs_tasks.FARGATE_STOP
        if stop.above(most):
            yield task.finding(stop, f"but Fargate waits {most} s at most", unit="s", do=f"set it to at most {most}")
        if container.get("Privileged").flag is True:
            yield task.finding(container.get("Privileged"), "but Fargate has no privileged container", do="remove it")
    for value, what in unsupported(task):
        yield task.finding(value, f"names {what}, which Fargate does not have", of=str(value.route), do="remove it")


def unsupported(task: Resource) -> Iterator[tuple[Value, str]]:
    for container in task.get("ContainerDefinitions").items:
        for requirement in container.get("ResourceRequirements").items:
            if requirement.get("Type").text == "GPU":
                yield requirement.get("Type"), "a GPU"
    for volume in task.get("Volumes").items:
        if volume.get("Host.SourcePath").text:
            yield volume.get("Host.SourcePath"), "a path of the host"
        if volume.get("DockerVolumeConfiguration").fields:
            yield volume.get("DockerVolumeConfiguration"), "a Docker volume"
    for constraint in task.get("PlacementConstraints").items:
        if constraint.fields:
            yield constraint, "instances"


BAD = """
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: bridge, Cpu: "256", Memory: "512"}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: "256", Memory: "512"}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, EphemeralStorage: {SizeInGiB: 20}}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, EphemeralStorage: {SizeInGiB: 500}}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [EC2, FARGATE], NetworkMode: awsvpc, ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: json-file}}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: web, Image: web, ResourceRequirements: [{Type: GPU, Value: "1"}]}]}}
  Service: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Web}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Volumes: [{Name: data, Host: {SourcePath: /data}}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, PlacementConstraints: [{Type: memberOf, Expression: "attribute:ecs.os-type == linux"}]}}
---
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  container_definitions    = jsonencode([{ name = "web", image = "web", privileged = true }])
}
---
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  container_definitions    = jsonencode([{ name = "web", image = "web" }])

  volume {
    name = "data"

    docker_volume_configuration {
      driver = "local"
    }
  }
}
---
Resources:
  Cart: {Type: AWS::ECS::TaskDefinition, Properties: {Family: cart, RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: app, Image: i, StopTimeout: 180}]}}
---
resource "aws_ecs_task_definition" "cart" {
  family                   = "cart"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions    = jsonencode([{ name = "app", image = "i", stopTimeout = 300 }])
}
"""

GOOD = """
Parameters: {Mode: {Type: String}, Driver: {Type: String}, Size: {Type: Number}}
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      EphemeralStorage: {SizeInGiB: 21}
      ContainerDefinitions: [{Name: web, Image: web, Privileged: false, LogConfiguration: {LogDriver: awslogs}}]
      Volumes: [{Name: data, EFSVolumeConfiguration: {FilesystemId: fs-1}}, {Name: shared, Host: {}}, {Name: empty}]
  Large: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, EphemeralStorage: {SizeInGiB: 200}}}
  Unknown: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: !Ref Mode, PlacementConstraints: [!Ref Mode], EphemeralStorage: {SizeInGiB: !Ref Size}, ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: !Ref Driver}, ResourceRequirements: [{Type: InferenceAccelerator, Value: a}]}]}}
  OnInstances: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: bridge, ContainerDefinitions: [{Name: web, Image: web, Privileged: true}], Volumes: [{Name: data, Host: {SourcePath: /data}}]}}
---
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  container_definitions    = jsonencode([{ name = "web", image = "web" }])

  volume {
    name = "data"
  }
}
---
Parameters: {Seconds: {Type: Number}}
Resources:
  Cart: {Type: AWS::ECS::TaskDefinition, Properties: {Family: cart, RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: app, Image: i, StopTimeout: 120}, {Name: any, Image: i, StopTimeout: !Ref Seconds}]}}
  OnInstances: {Type: AWS::ECS::TaskDefinition, Properties: {Family: cart, ContainerDefinitions: [{Name: app, Image: i, Memory: 128, StopTimeout: 600}]}}
"""
