"""A template should not change what only CodeDeploy may change.

ECS refuses a new task definition for a service with the controller CODE_DEPLOY, since CodeDeploy deploys it. A template
with both works until the task definition is changed for the first time, and then the update fails. CodeDeploy also moves
the service to another target group, which the next run of Terraform tries to take back.

What to do: deploy with ECS itself (Strategy BLUE_GREEN, CANARY or LINEAR), or name the family of the task definition, or
let Terraform ignore changes of task_definition and load_balancer (lifecycle: ignore_changes).
"""

from awslint_memo import Findings, Resource, ecs_services, listed, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_UpdateService.html",
)
def check(service: Resource) -> Findings:
    refused = dict(ecs_services.left_to_codedeploy(service))
    if not refused:
        return
    name, value = next(iter(refused.items()))
    after = (
        "its first change fails the update" if name == "TaskDefinition" else "the first run after a deployment fails"
    )
    is_terraform = service.language == "terraform"
    yield service.finding(
        value,
        f"may be changed only by CodeDeploy (controller CODE_DEPLOY), so {after}",
        of=name,
        do=f"ignore changes of {listed([*refused])}" if is_terraform else "name its family, or deploy with ECS itself",
        related=[(service.get("DeploymentController.Type"), "deploys the service")],
    )


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, DeploymentController: {Type: CODE_DEPLOY}, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: t}]}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {Family: web}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  deployment_controller {
    type = "CODE_DEPLOY"
  }

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "t"
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  deployment_controller {
    type = "CODE_DEPLOY"
  }

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "t"
  }

  lifecycle {
    ignore_changes = [task_definition]
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
}
"""

GOOD = """
Parameters: {Task: {Type: String}, Controller: {Type: String}}
Resources:
  Family: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}}}
  Unknown: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, DeploymentController: {Type: CODE_DEPLOY}}}
  Rolling: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Own}}
  External: {Type: AWS::ECS::Service, Properties: {DeploymentController: {Type: EXTERNAL}}}
  AnyController: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Own, DeploymentController: {Type: !Ref Controller}}}
  Own: {Type: AWS::ECS::TaskDefinition, Properties: {Family: web}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  deployment_controller {
    type = "CODE_DEPLOY"
  }

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "t"
  }

  lifecycle {
    ignore_changes = [task_definition, load_balancer]
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
}
"""
