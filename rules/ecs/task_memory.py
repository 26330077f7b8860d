"""A container should have memory, or a reservation of it, unless the whole task has.

On instances ECS places a task by the memory that its containers need. It rejects a task definition without Memory in which a
container has neither Memory nor MemoryReservation.

What to do: set MemoryReservation of the container to what it usually needs, in MiB, and Memory to what it may have at most.
"""

from awslint_memo import Findings, Resource, ecs, ecs_services, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::TaskDefinition",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_ContainerDefinition.html",
)
def check(task: Resource) -> Findings:
    # On Fargate, the task itself needs its size.
    if not task.get("Memory").is_absent or ecs_services.is_on_fargate(task):
        return
    for container in ecs.containers(task) or ():
        memory, reserved = container.get("Memory"), container.get("MemoryReservation")
        if memory.is_absent and reserved.is_absent:
            message = "and no MemoryReservation, nor has the task a Memory, so ECS rejects it"
            yield task.finding(memory, message, do="set one of them")


BAD = """
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, Memory: 512}, {Name: proxy, Image: proxy}]}}
---
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web" }])
}
"""

GOOD = """
Parameters: {Memory: {Type: Number}}
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, Memory: 512}, {Name: proxy, Image: proxy, MemoryReservation: 64}, {Name: any, Image: any, Memory: !Ref Memory}]}}
  Whole: {Type: AWS::ECS::TaskDefinition, Properties: {Memory: "512", ContainerDefinitions: [{Name: web, Image: web}]}}
  Unknown: {Type: AWS::ECS::TaskDefinition, Properties: {Memory: !Ref Memory, ContainerDefinitions: [{Name: web, Image: web}]}}
  Fargate: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: web}]}}
  None: {Type: AWS::ECS::TaskDefinition, Properties: {Family: web}}
---
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web", memoryReservation = 128 }])
}
"""
