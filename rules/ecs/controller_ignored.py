"""A circuit breaker or alarms should belong to a service that ECS itself deploys.

ECS heeds its circuit breaker and its deployment alarms only in deployments that it makes itself. With the controller
CODE_DEPLOY or EXTERNAL it rejects the service.

With such a controller, tasks on Fargate have no use for MinimumHealthyPercent and MaximumPercent, which is advice.

What to do: remove them. With CodeDeploy, name the alarms in AlarmConfiguration of the deployment group, and roll back on
DEPLOYMENT_FAILURE and DEPLOYMENT_STOP_ON_ALARM.
"""

from awslint_memo import Findings, Resource, ecs, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="AmazonECS/latest/APIReference/API_DeploymentAlarms.html",
    fix="safe",
)
def check(service: Resource) -> Findings:
    controller = service.get("DeploymentController.Type")
    if not controller.is_one_of("CODE_DEPLOY", "EXTERNAL"):
        return
    # "Deployment circuit breaker feature is only supported with ECS deployment controller", and the same of "Alarm based
    # rollback": "Troubleshooting Amazon ECS deployment strategy updates" in ECS's guide (read on 2026-11-29).
    for path in (ecs.BREAKER, ecs.ALARMS):
        enabled = service.get(f"{path}.Enable")
        if enabled.flag is True:
            remedy = "remove it" if path == ecs.BREAKER else "name the alarms in CodeDeploy's deployment group instead"
            yield service.finding(
                enabled,
                f"but ECS rejects it with the controller {controller.text}",
                do=remedy if controller.text == "CODE_DEPLOY" else "remove it",
                related=[(controller, "deploys the service")],
                fix=service.unset(path),
            )
    for path, usual in (("MinimumHealthyPercent", 100), ("MaximumPercent", 200)):
        percent = service.get(f"DeploymentConfiguration.{path}")
        # https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html (read on 2026-12-02)
        if service.get("LaunchType").text == "FARGATE" and percent.number not in (None, usual):
            message = f"but with the controller {controller.text} ECS does not use it for tasks on Fargate"
            related = [(controller, "deploys the service")]
            yield service.finding(percent, message, do="remove it", level="advice", related=related)


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {DeploymentController: {Type: EXTERNAL}, DeploymentConfiguration: {Alarms: {AlarmNames: [errors], Enable: true, Rollback: true}}}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  deployment_controller {
    type = "CODE_DEPLOY"
  }

  alarms {
    enable      = true
    rollback    = true
    alarm_names = ["errors"]
  }
}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: FARGATE, DeploymentController: {Type: CODE_DEPLOY}, DeploymentConfiguration: {MinimumHealthyPercent: 50}}}
"""

GOOD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: FARGATE, DeploymentController: {Type: CODE_DEPLOY}, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 200}}}
  OnHosts: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: EC2, DeploymentController: {Type: CODE_DEPLOY}, DeploymentConfiguration: {MinimumHealthyPercent: 50}}}
---
Parameters: {Controller: {Type: String}, Enable: {Type: String}}
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}}}
  Own: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: ECS}, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}}}
  Off: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: false, Rollback: false}}}}
  AnyController: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: !Ref Controller}, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}}}
  Unknown: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: !Ref Enable, Rollback: true}}}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  deployment_controller {
    type = "CODE_DEPLOY"
  }
}
"""

FIXED = """
-  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}}}
+  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}}}
---
-  Web: {Type: AWS::ECS::Service, Properties: {DeploymentController: {Type: EXTERNAL}, DeploymentConfiguration: {Alarms: {AlarmNames: [errors], Enable: true, Rollback: true}}}}
+  Web: {Type: AWS::ECS::Service, Properties: {DeploymentController: {Type: EXTERNAL}}}
"""
