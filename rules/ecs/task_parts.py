"""The containers of a task definition should fit together.

ECS rejects a task definition in which two containers have one name, none is essential, one waits for a container or mounts
a volume that the definition does not have, or one has more memory or CPU units than the task. A container can wait for HEALTHY
only where the other one has a HealthCheck here, whatever its image has, and for the end of another (COMPLETE, SUCCESS) only if
that one is not essential. The command of a HealthCheck begins with CMD or CMD-SHELL; with another word, Docker runs no check, and
the health of the container stays UNKNOWN.

What to do: write the name that the other container or volume has, and Essential: false for one that ends.
"""

from collections.abc import Mapping

from awslint_memo import Findings, Resource, Value, ecs, ecs_services, ecs_tasks, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::TaskDefinition",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_ContainerDefinition.html",
)
def check(task: Resource) -> Findings:
    containers: dict[str | None, Value] = {}
    system = task.get("RuntimePlatform.OperatingSystemFamily", default="LINUX")
    for container in ecs.containers(task) or ():
        name = container.get("Name")
        first = containers.setdefault(name.text, container)
        if name.text is not None and first is not container:
            related = [(first, "the first one")]
            yield task.finding(name, "but another container has this name", do="give it another one", related=related)
        command = container.get("HealthCheck.Command").items
        if len(command) > 0 and command[0].text not in (None, ecs_tasks.NO_CHECK, *ecs_tasks.CHECK_FORMS):
            message = "but the first item of the command must be CMD or CMD-SHELL: Docker does not run another check"
            do = f"write {listed(ecs_tasks.CHECK_FORMS, last='or')} as an item of its own before it"
            yield task.finding(command[0], message, of="HealthCheck.Command", do=do, level="warning")
        # "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'":
        # https://github.com/aws/aws-cdk/issues/24629; of memory: https://github.com/pulumi/pulumi-awsx/issues/1220 (both
        # read on 2026-11-29). Of Windows, ECS ignores the size of the task.
        for path in ("Memory", "Cpu") if system.text == "LINUX" else ():
            size, whole = container.get(path), ecs_services.units(task.get(path))
            if whole is not None and size.above(whole):
                yield task.finding(size, f"but the whole task has {whole:g}", do=f"set it to at most {whole:g}")
    essential = [container.get("Essential") for container in containers.values()]
    if essential and all(value.flag is False for value in essential):
        yield task.finding(essential[0], "but no container of the task is essential", do="set it to true for one")
    if None not in containers:
        yield from mounts(task)
        yield from waits(task, containers)


def mounts(task: Resource) -> Findings:
    volumes = [volume.get("Name").text for volume in task.get("Volumes").items]
    for container in task.get("ContainerDefinitions").items if None not in volumes else ():
        for volume in (mount.get("SourceVolume") for mount in container.get("MountPoints").items):
            if volume.text not in (None, *volumes):
                yield task.finding(volume, "but the task has no such volume", do="add it to Volumes")


def waits(task: Resource, containers: Mapping[str | None, Value]) -> Findings:
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-dependson-* (read on 2026-11-29)
    for wait in (wait for container in containers.values() for wait in container.get("DependsOn").items):
        name, condition = wait.get("ContainerName"), wait.get("Condition")
        other = containers.get(name.text)
        if other is None and name.text is not None:
            yield task.finding(name, "but the task has no such container", do="write the name of one")
        if other is None:
            continue
        essential = other.get("Essential")
        if condition.text == "HEALTHY" and other.get("HealthCheck").is_absent:
            do = f"add a HealthCheck to {name.text}"
            yield task.finding(condition, f"but {name.text} has no HealthCheck, so ECS rejects it", do=do)
        if condition.is_one_of("COMPLETE", "SUCCESS") and (essential.is_absent or essential.flag is True):
            message = f"but {name.text} is essential, so ECS rejects it: its end stops the task"
            yield task.finding(condition, message, do=f"set Essential of {name.text} to false")


BAD = """
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}, {Name: web, Image: proxy}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {Memory: 1 GB, ContainerDefinitions: [{Name: web, Image: web, Memory: 2048}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, Essential: false}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {Volumes: [{Name: data}], ContainerDefinitions: [{Name: web, Image: web, MountPoints: [{SourceVolume: Data, ContainerPath: /data}]}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, DependsOn: [{ContainerName: db, Condition: START}]}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, DependsOn: [{ContainerName: db, Condition: HEALTHY}]}, {Name: db, Image: db}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, DependsOn: [{ContainerName: migrate, Condition: COMPLETE}]}, {Name: migrate, Image: web, Essential: true}]}}
---
resource "aws_ecs_task_definition" "web" {
  family = "web"
  cpu    = 256

  container_definitions = jsonencode([
    { name = "web", image = "web", cpu = 512 },
  ])
}
---
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([
    { name = "web", image = "web", dependsOn = [{ containerName = "migrate", condition = "SUCCESS" }] },
    { name = "migrate", image = "web" },
  ])
}
---
Resources:
  Report: {Type: AWS::ECS::TaskDefinition, Properties: {Family: report, ContainerDefinitions: [{Name: report, Image: i, Memory: 128, HealthCheck: {Command: [/bin/healthy, --quick]}}]}}
---
resource "aws_ecs_task_definition" "report" {
  family                = "report"
  container_definitions = jsonencode([{ name = "report", image = "i", memory = 128, healthCheck = { command = ["curl -f http://localhost/ || exit 1"] } }])
}
"""

GOOD = """
Parameters: {Name: {Type: String}, Other: {Type: String}, Essential: {Type: String}, Size: {Type: Number}, Check: {Type: String}}
Resources:
  Windows: {Type: AWS::ECS::TaskDefinition, Properties: {Cpu: "256", RuntimePlatform: {OperatingSystemFamily: WINDOWS_SERVER_2022_CORE}, ContainerDefinitions: [{Name: web, Image: web, Cpu: 512}]}}
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Cpu: "256"
      Memory: "1024"
      Volumes: [{Name: data}]
      ContainerDefinitions:
        - {Name: web, Image: web, Cpu: 256, Memory: 1024, MountPoints: [{SourceVolume: data, ContainerPath: /data}, {SourceVolume: !Ref Name, ContainerPath: /any}], DependsOn: [{ContainerName: db, Condition: HEALTHY}, {ContainerName: migrate, Condition: SUCCESS}, {ContainerName: !Ref Name, Condition: START}, {ContainerName: any, Condition: COMPLETE}, {ContainerName: any, Condition: HEALTHY}]}
        - {Name: db, Image: db, Memory: !Ref Size, HealthCheck: {Command: [CMD, "true"]}}
        - {Name: migrate, Image: web, Essential: false}
        - {Name: any, Image: web, Essential: !Ref Essential, HealthCheck: {Command: [!Ref Check]}}
  Unnamed: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, DependsOn: [{ContainerName: db, Condition: START}]}, {Name: !Ref Name, Image: db}, {Name: !Ref Other, Image: db}]}}
  AnyVolume: {Type: AWS::ECS::TaskDefinition, Properties: {Volumes: [{Name: !Ref Name}], ContainerDefinitions: [{Name: web, Image: web, MountPoints: [{SourceVolume: data, ContainerPath: /data}]}]}}
  AnyEssential: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, Essential: false}, {Name: proxy, Image: proxy, Essential: !Ref Essential}]}}
  NoContainer: {Type: AWS::ECS::TaskDefinition, Properties: {Family: web}}
---
resource "aws_ecs_task_definition" "web" {
  family = "web"
  cpu    = 512

  container_definitions = jsonencode([
    { name = "web", image = "web", cpu = 512, dependsOn = [{ containerName = "migrate", condition = "SUCCESS" }] },
    { name = "migrate", image = "web", essential = false },
  ])
}
---
Parameters: {Form: {Type: String}, Command: {Type: CommaDelimitedList}}
Resources:
  Report:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: report
      ContainerDefinitions:
        - {Name: report, Image: i, Memory: 128, HealthCheck: {Command: [CMD, /bin/healthy]}}
        - {Name: shell, Image: i, Memory: 128, HealthCheck: {Command: [CMD-SHELL, "curl -f http://localhost/ || exit 1"]}}
        - {Name: none, Image: i, Memory: 128, HealthCheck: {Command: [NONE]}}
        - {Name: any, Image: i, Memory: 128, HealthCheck: {Command: [!Ref Form, /bin/healthy]}}
        - {Name: given, Image: i, Memory: 128, HealthCheck: {Command: !Ref Command}}
"""
