"""The old version should stay for a while after a blue/green deployment.

With a waiting time of 0 minutes CodeDeploy ends the old instances or tasks as soon as the traffic has moved. An alarm
that goes off a minute later finds nothing to which the traffic could return, so going back means a new deployment.

What to do: set TerminationWaitTimeInMinutes of TerminateBlueInstancesOnDeploymentSuccess to 15, for example. Groups of
development and of functions are not reported.
"""

from typing import Literal

from awslint_memo import Findings, Resource, naming, releases, rule

WAIT = "BlueGreenDeploymentConfiguration.TerminateBlueInstancesOnDeploymentSuccess"


@rule(
    level="advice",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codedeploy/latest/APIReference/API_BlueInstanceTerminationOption.html",
    fix="unsafe",
)
def check(group: Resource) -> Findings:
    path = f"{WAIT}.TerminationWaitTimeInMinutes"
    wait = group.get(path)
    is_ended = group.get(f"{WAIT}.Action").text == "TERMINATE"
    if wait.number != 0 or not is_ended or naming.is_development(group.deployment, group.get("DeploymentGroupName")):
        return
    is_watched = any(alarm.fields for alarm in releases.alarms(group).items)
    level: Literal["warning", "advice"] = "warning" if is_watched else "advice"
    fix = group.set(path, 15, unsafe="keeps the old version for 15 minutes longer, which costs")
    message = "so the old version is ended at once, and nothing is left to go back to"
    yield group.finding(wait, message, unit="min", do="set it to 15, for example", level=level, fix=fix)


BAD = """
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: TERMINATE, TerminationWaitTimeInMinutes: 0}}}}
---
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: TERMINATE, TerminationWaitTimeInMinutes: 0}}}}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  blue_green_deployment_config {
    terminate_blue_instances_on_deployment_success {
      action                           = "TERMINATE"
      termination_wait_time_in_minutes = 0
    }
  }
}
"""

GOOD = """
Parameters: {Minutes: {Type: Number}, Action: {Type: String}}
Resources:
  Kept: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: KEEP_ALIVE, TerminationWaitTimeInMinutes: 0}}}}
  Waits: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: b, ServiceRoleArn: r, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: TERMINATE, TerminationWaitTimeInMinutes: 5}}}}
  Unknown: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: c, ServiceRoleArn: r, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: TERMINATE, TerminationWaitTimeInMinutes: !Ref Minutes}}}}
  AnyAction: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: d, ServiceRoleArn: r, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: !Ref Action, TerminationWaitTimeInMinutes: 0}}}}
  Tried: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: e, DeploymentGroupName: web-dev, ServiceRoleArn: r, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: TERMINATE, TerminationWaitTimeInMinutes: 0}}}}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  blue_green_deployment_config {
    terminate_blue_instances_on_deployment_success {
      action = "TERMINATE"
    }
  }
}
"""

FIXED = """
-  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: TERMINATE, TerminationWaitTimeInMinutes: 0}}}}
+  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: TERMINATE, TerminationWaitTimeInMinutes: 15}}}}
---
-  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: TERMINATE, TerminationWaitTimeInMinutes: 0}}}}
+  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, BlueGreenDeploymentConfiguration: {TerminateBlueInstancesOnDeploymentSuccess: {Action: TERMINATE, TerminationWaitTimeInMinutes: 15}}}}
---
-      termination_wait_time_in_minutes = 0
+      termination_wait_time_in_minutes = 15
"""
