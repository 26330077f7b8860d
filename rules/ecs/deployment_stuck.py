"""A rolling update should be able to start a task or to stop one.

ECS replaces tasks between two limits: MaximumPercent of the tasks may run (rounded down), and MinimumHealthyPercent of
them stay (rounded up). Where it may neither start one more nor stop one, no deployment ever proceeds: 100 and 100, or
150 and 100 with one task.

What to do: set MaximumPercent to 200 (Terraform: deployment_maximum_percent), or MinimumHealthyPercent below 100 where a
service may have fewer tasks for a while.
"""

from awslint_memo import Findings, Resource, ecs_services, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
    fix="unsafe",
)
def check(service: Resource) -> Findings:
    update = ecs_services.update(service)
    if update is None or update.starts or update.stops:
        return
    counted, maximum, minimum = update.tasks, update.maximum, update.minimum
    number = "" if counted is None else " with 1 task" if counted.count == 1 else f" with {counted.count:g} tasks"
    yield service.finding(
        maximum,
        f"and MinimumHealthyPercent {minimum.text}{minimum.note}, so{number} ECS can neither start a new task "
        "nor stop an old one",
        do="set MaximumPercent to 200",
        level="warning" if counted is not None and counted.is_scaled else None,
        related=[] if counted is None else [(counted.value, "the number of tasks")],
        fix=service.set(str(maximum.route), 200, unsafe="runs up to twice the tasks during a deployment"),
    )


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 100}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 1, DeploymentConfiguration: {MaximumPercent: 150}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 1, DeploymentConfiguration: {MinimumHealthyPercent: 50, MaximumPercent: 100}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 4, DeploymentConfiguration: {MinimumHealthyPercent: 75, MaximumPercent: 125}}}
  Scaled: {Type: AWS::ECS::Service, Properties: {ServiceName: scaled, TaskDefinition: web, DesiredCount: 4, DeploymentConfiguration: {MinimumHealthyPercent: 75, MaximumPercent: 125}}}
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/scaled, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 8}}
---
resource "aws_ecs_service" "web" {
  name                               = "web"
  task_definition                    = "web"
  desired_count                      = 2
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 100
}
"""

GOOD = """
Parameters: {Percent: {Type: Number}, Count: {Type: Number}, Strategy: {Type: String}, Kind: {Type: String}}
Resources:
  Default: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 1}}
  Stops: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 2, DeploymentConfiguration: {MinimumHealthyPercent: 50, MaximumPercent: 100}}}
  Starts: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 2, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 150}}}
  None: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 0, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 100}}}
  AnyCount: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: !Ref Count, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 150}}}
  AnyPercent: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 1, DeploymentConfiguration: {MinimumHealthyPercent: !Ref Percent, MaximumPercent: 100}}}
  AnyMaximum: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 1, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: !Ref Percent}}}
  Daemon: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, SchedulingStrategy: DAEMON, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 100}}}
  AnyKind: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, SchedulingStrategy: !Ref Kind, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 100}}}
  ByCodeDeploy: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 100}}}
  External: {Type: AWS::ECS::Service, Properties: {DeploymentController: {Type: EXTERNAL}, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 100}}}
  BlueGreen: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: BLUE_GREEN, BakeTimeInMinutes: 5, MinimumHealthyPercent: 100, MaximumPercent: 100}}}
  AnyStrategy: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: !Ref Strategy, MinimumHealthyPercent: 100, MaximumPercent: 100}}}
  Scaled: {Type: AWS::ECS::Service, Properties: {ServiceName: scaled, TaskDefinition: web, DesiredCount: 1, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 150}}}
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/scaled, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 4}}
  Twice: {Type: AWS::ECS::Service, Properties: {ServiceName: twice, TaskDefinition: web, DesiredCount: 1, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 150}}}
  First: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/twice, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 1, MaxCapacity: 4}}
  Second: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/twice, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 1, MaxCapacity: 4}}
---
resource "aws_ecs_service" "web" {
  name                       = "web"
  task_definition            = "web"
  desired_count              = 1
  deployment_maximum_percent = 150

  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_ecs_service" "unsaid" {
  name                       = "unsaid"
  task_definition            = "web"
  deployment_maximum_percent = 150
}
"""

FIXED = """
-  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 100}}}
+  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 200}}}
---
-  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 1, DeploymentConfiguration: {MaximumPercent: 150}}}
+  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 1, DeploymentConfiguration: {MaximumPercent: 200}}}
---
-  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 1, DeploymentConfiguration: {MinimumHealthyPercent: 50, MaximumPercent: 100}}}
+  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DesiredCount: 1, DeploymentConfiguration: {MinimumHealthyPercent: 50, MaximumPercent: 200}}}
---
-  Scaled: {Type: AWS::ECS::Service, Properties: {ServiceName: scaled, TaskDefinition: web, DesiredCount: 4, DeploymentConfiguration: {MinimumHealthyPercent: 75, MaximumPercent: 125}}}
+  Scaled: {Type: AWS::ECS::Service, Properties: {ServiceName: scaled, TaskDefinition: web, DesiredCount: 4, DeploymentConfiguration: {MinimumHealthyPercent: 75, MaximumPercent: 200}}}
---
-  deployment_maximum_percent         = 100
+  deployment_maximum_percent         = 200
"""
