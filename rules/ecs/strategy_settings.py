"""The settings of a deployment should belong to its strategy.

ECS takes the settings of a canary or linear deployment only with that strategy, makes deployments that are blue/green,
linear or canary only as its own controller, and asks for BakeTimeInMinutes for a blue/green one. What does not fit is
rejected.

What to do: set DeploymentConfiguration.Strategy to the strategy of the settings, remove another controller, or set
BakeTimeInMinutes.
"""

from awslint_memo import Findings, Resource, ecs, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
)
def check(service: Resource) -> Findings:
    strategy = service.get("DeploymentConfiguration.Strategy", default=ecs.DEFAULT_STRATEGY)
    controller = service.get("DeploymentController.Type", default=ecs.DEFAULT_CONTROLLER)
    for name, part in (("CANARY", "CanaryConfiguration"), ("LINEAR", "LinearConfiguration")):
        settings = service.get(f"DeploymentConfiguration.{part}")
        if settings.fields and strategy.text not in (None, name):
            message = f"has {part}, but its Strategy is {strategy.text}{strategy.note}"
            yield service.finding(settings, message, do=f"set Strategy to {name}, or remove {part}")
    if not strategy.is_one_of("BLUE_GREEN", "CANARY", "LINEAR"):
        return
    if controller.text not in (None, ecs.DEFAULT_CONTROLLER):
        message = f"but the controller is {controller.text}, and only ECS itself deploys so"
        yield service.finding(strategy, message, do="remove DeploymentController", related=[(controller, "deploys it")])
    elif strategy.text == "BLUE_GREEN":
        bake = service.get("DeploymentConfiguration.BakeTimeInMinutes")
        if bake.is_absent:
            message = "but must have it with the strategy BLUE_GREEN"
            yield service.finding(bake, message, do="set it to 5, for example", level="warning")


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {CanaryConfiguration: {CanaryPercent: 10, CanaryBakeTimeInMinutes: 5}}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: CANARY, LinearConfiguration: {StepPercent: 10}}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}, DeploymentConfiguration: {Strategy: LINEAR}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: EXTERNAL}, DeploymentConfiguration: {Strategy: BLUE_GREEN}}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  deployment_configuration {
    strategy = "BLUE_GREEN"
  }
}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  deployment_controller {
    type = "CODE_DEPLOY"
  }

  deployment_configuration {
    strategy = "CANARY"
  }
}
"""

GOOD = """
Parameters: {Strategy: {Type: String}, Controller: {Type: String}, Minutes: {Type: Number}}
Resources:
  Canary: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: CANARY, CanaryConfiguration: {CanaryPercent: 10}}}}
  Linear: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: ECS}, DeploymentConfiguration: {Strategy: LINEAR, LinearConfiguration: {StepPercent: 10}}}}
  BlueGreen: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: BLUE_GREEN, BakeTimeInMinutes: !Ref Minutes}}}
  Rolling: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}}}
  AnyStrategy: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: !Ref Strategy, LinearConfiguration: {StepPercent: 10}}}}
  AnyController: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: !Ref Controller}, DeploymentConfiguration: {Strategy: LINEAR}}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  deployment_configuration {
    strategy             = "BLUE_GREEN"
    bake_time_in_minutes = 5
  }
}
"""
