"""A new version of a service should be taken back where it fails, and get its traffic step by step.

In a rolling update ECS goes on replacing tasks of a version that does not start or does not become healthy, until
somebody stops it. A circuit breaker notices that and goes back to the last version that worked; deployment alarms do the
same for a version that starts and then returns errors. A blue/green deployment moves all traffic at once, so an error in
the new version affects every request.

What to do: set Enable and Rollback of DeploymentConfiguration.DeploymentCircuitBreaker to true (Terraform:
deployment_circuit_breaker), or name alarms in DeploymentConfiguration.Alarms and set its Enable and Rollback. Where ECS moves
the traffic of a load balancer or of Service Connect, set Strategy to CANARY or LINEAR. Services that CodeDeploy or another
controller deploys are not judged, nor are daemons, which have no desired count to fail by, nor those behind a Classic Load
Balancer, for which ECS has refused a circuit breaker. With Terraform's wait_for_steady_state an apply succeeds after a
rollback, as the old version is stable: add a postcondition that task_definition is the new one.
"""

from typing import Literal

from awslint_memo import Findings, Resource, ecs, ecs_daemons, ecs_tasks, rollouts, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="AmazonECS/latest/developerguide/deployment-failure-detection.html",
    fix="both",
)
def check(service: Resource) -> Findings:
    strategy = ecs.strategy(service)
    if strategy is None:
        return
    if strategy.text == "ROLLING" and not ecs_daemons.is_daemon(service) and rollouts.has_no_way_back(service):
        rollback, is_shared = rollouts.breaker_without_rollback(service), ecs_tasks.shares_files(service)
        if rollback is not None:
            message = "is false, so ECS does not go back to the last version where a deployment fails; set it to true"
            of = f"{ecs.BREAKER}.Rollback"
            fix = rollouts.rolling_back(service, of, True, shares_files=is_shared)
            yield service.finding(rollback, message, of=of, fix=fix)
        else:
            lack = "neither a circuit breaker nor alarms that roll a failed deployment back"
            remedy = "turn on DeploymentCircuitBreaker, with rollback"
            place = service.get(ecs.BREAKER)
            on = {"Enable": True, "Rollback": True}
            fix = rollouts.rolling_back(service, ecs.BREAKER, {**on}, shares_files=is_shared)
            yield service.finding(place, f"has {lack}", do=remedy, together=f"have {lack}; {remedy}", fix=fix)
    moved = rollouts.moved_at_once(service)
    if moved is not None:
        of, value = moved
        is_strategy = of.endswith("Strategy")
        remedy = "set it to CANARY or LINEAR" if is_strategy else "set it to 10, for example"
        what = "all traffic to the new version at once"
        together = f"are deployed by {value.text}, which moves {what}; set {of} of each to CANARY or LINEAR"
        message = f"is {value.text}{value.note}, which moves {what}; {remedy}"
        level: Literal["warning", "advice"] = "warning" if value.number == 100 else "advice"
        yield service.finding(value, message, of=of, level=level, together=together if is_strategy else "")


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, ServiceConnectConfiguration: {Enabled: true}, DeploymentConfiguration: {Strategy: LINEAR, LinearConfiguration: {StepPercent: 100}}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: false}}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: ROLLING, Alarms: {AlarmNames: [], Enable: false, Rollback: false}}}}
  Jobs: {Type: AWS::ECS::Service, Properties: {TaskDefinition: jobs, DeploymentController: {Type: ECS}}}
---
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: web
      DeploymentConfiguration: {Strategy: BLUE_GREEN, BakeTimeInMinutes: 10}
      LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: blue, AdvancedConfiguration: {AlternateTargetGroupArn: green, ProductionListenerRule: l, RoleArn: r}}]
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  deployment_circuit_breaker {
    enable   = false
    rollback = true
  }
}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  deployment_configuration {
    strategy = "CANARY"

    canary_configuration {
      canary_percent              = 10
      canary_bake_time_in_minutes = 0
    }
  }

  service_connect_configuration {
    enabled = true
  }
}
---
variable "waits" {
  default = false
}

resource "aws_ecs_service" "web" {
  name                  = "web"
  task_definition       = "web"
  wait_for_steady_state = var.waits
}
"""

GOOD = """
Parameters: {Controller: {Type: String}, Breaker: {Type: String}, Strategy: {Type: String}}
Resources:
  Classic: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LoadBalancers: [{ContainerName: web, ContainerPort: 80, LoadBalancerName: classic}]}}
  Broken: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}}}
  Watched: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Alarms: {AlarmNames: [errors], Enable: true, Rollback: true}}}}
  ByCodeDeploy: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}}}
  Daemon: {Type: AWS::ECS::Service, Properties: {TaskDefinition: agent, SchedulingStrategy: DAEMON}}
  External: {Type: AWS::ECS::Service, Properties: {DeploymentController: {Type: EXTERNAL}}}
  Unknown: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: !Ref Controller}}}
  UnknownBreaker: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: !Ref Breaker, Rollback: true}}}}
  UnknownStrategy: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: !Ref Strategy}}}
  MovesNoTraffic: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: BLUE_GREEN}}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  deployment_configuration {
    strategy = "LINEAR"

    linear_configuration {
      step_percent              = 20
      step_bake_time_in_minutes = 5
    }
  }

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "blue"

    advanced_configuration {
      alternate_target_group_arn = "green"
      production_listener_rule   = "l"
      role_arn                   = "r"
    }
  }
}
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
-  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web}}
+  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}}}
---
-  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: false}}}}
+  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}}}
---
-  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: ROLLING, Alarms: {AlarmNames: [], Enable: false, Rollback: false}}}}
-  Jobs: {Type: AWS::ECS::Service, Properties: {TaskDefinition: jobs, DeploymentController: {Type: ECS}}}
+  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentConfiguration: {Strategy: ROLLING, Alarms: {AlarmNames: [], Enable: false, Rollback: false}, DeploymentCircuitBreaker: {Enable: true, Rollback: true}}}}
+  Jobs: {Type: AWS::ECS::Service, Properties: {TaskDefinition: jobs, DeploymentController: {Type: ECS}, DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}}}
---
-    enable   = false
+    enable   = true
---
   wait_for_steady_state = var.waits
+
+  deployment_circuit_breaker {
+    enable   = true
+    rollback = true
+  }
"""
