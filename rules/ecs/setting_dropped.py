"""Settings of a task or a service should be ones that reach ECS.

Terraform's provider reads container_definitions as JSON and drops each key that a container does not have, such as
networkMode, which belongs to the task, or health_check instead of healthCheck. It says nothing of it: neither the plan nor
ECS has the setting; CloudFormation refuses such a key. And triggers of a service start a deployment only with force_new_deployment.

What to do: write the key as ECS has it (camel case), put what belongs to the task beside container_definitions, and set
force_new_deployment to true where triggers are to deploy.
"""

from awslint_memo import Findings, Resource, Value, ecs_tasks, listed, rule


@rule(
    level="warning",
    since="0.2",
    language="terraform",
    resource="AWS::ECS::TaskDefinition",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_ContainerDefinition.html",
)
def check(task: Resource) -> Findings:
    strange: dict[str, Value] = {}
    for key, value, meant in ecs_tasks.dropped(task):
        if meant:
            message = f"has {key} in a container, but no container has such a key, so Terraform drops it"
            yield task.finding(value, message, of="container_definitions", do=f"write {meant}")
        else:
            strange.setdefault(key, value)
    if strange:
        keys, it = listed([*strange]), "them" if len(strange) > 1 else "it"
        message = f"{keys} in a container, but no container has such a key, so Terraform drops {it}"
        do = f"remove {it}, or write {it} where the task or the service has {it}"
        yield task.finding(
            next(iter(strange.values())),
            f"has {message}",
            of="container_definitions",
            do=do,
            level="advice",
            together=f"have {message}; {do}",
        )


@check.on("AWS::ECS::Service")
def service(service: Resource) -> Findings:
    # "triggers ... will only work if force_new_deployment is set to true as well":
    # https://github.com/pulumi/pulumi-aws/issues/4069 (read on 2026-11-30)
    triggers, forced = service.terraform.triggers, service.terraform.force_new_deployment
    if triggers.fields and (forced.is_absent or forced.flag is False):
        message = "but force_new_deployment is not true, so a change of them deploys nothing"
        do = "set force_new_deployment to true"
        yield service.finding(triggers, f"are written, {message}", of="triggers", do=do, decided_by=[forced])


BAD = """
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([
    { name = "web", image = "web", health_check = { command = ["CMD", "true"] } },
  ])
}
---
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = <<JSON
[{"name": "web", "image": "web", "essential": true, "expanded": true}]
JSON
}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  triggers = {
    redeployment = "sha256:1"
  }
}
---
resource "aws_ecs_service" "web" {
  name                 = "web"
  task_definition      = "web"
  force_new_deployment = false

  triggers = {
    image = "sha256:1"
  }
}
"""

GOOD = """
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, NetworkMode: awsvpc}]}}
---
variable "containers" {
  type = string
}

variable "forced" {
  type = bool
}

resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([
    { Name = "web", image = "web", healthCheck = { command = ["CMD", "true"] }, environment = [], placementConstraints = [], expanded = null },
  ])
}

resource "aws_ecs_task_definition" "unknown" {
  family                = "web"
  container_definitions = var.containers
}

resource "aws_ecs_service" "web" {
  name                 = "web"
  task_definition      = "web"
  force_new_deployment = true

  triggers = {
    redeployment = "sha256:1"
  }
}

resource "aws_ecs_service" "any" {
  name                 = "web"
  task_definition      = "web"
  force_new_deployment = var.forced

  triggers = {
    redeployment = "sha256:1"
  }
}

resource "aws_ecs_service" "none" {
  name            = "web"
  task_definition = "web"
}
"""
