"""A failed deployment should be rolled back automatically.

Without automatic rollback, a deployment that fails or that an alarm stops leaves the new version on whatever it has
reached, until somebody redeploys the old version by hand. A deployment whose request has its own settings
(CreateDeployment: autoRollbackConfiguration) may override those of the group.

What to do: set AutoRollbackConfiguration.Enabled to true and name the events, DEPLOYMENT_FAILURE and, with alarms,
DEPLOYMENT_STOP_ON_ALARM. The group that SAM generates from a DeploymentPreference has it.
"""

from awslint_memo import Findings, Resource, releases, rule

FAILURE = "DEPLOYMENT_FAILURE"


@rule(
    level="warning",
    widened={"0.2": "events without DEPLOYMENT_FAILURE"},
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codedeploy/latest/userguide/deployments-rollback-and-redeploy.html",
    fix="both",
    yields_to=("lambda-deployment-preference",),
)
def check(group: Resource) -> Findings:
    enabled = releases.rollback(group)
    events = group.get("AutoRollbackConfiguration.Events")
    names = [event.text for event in events.items]
    is_lacking = bool(names) and not {None, FAILURE}.intersection(names)
    if enabled.flag is False:
        named = {"Events": [FAILURE]} if events.is_absent else {}
        fix = group.set("AutoRollbackConfiguration", {"Enabled": True, **named})
        yield group.finding(
            enabled,
            f"is false{enabled.note}, so a deployment that fails is not rolled back",
            of="AutoRollbackConfiguration.Enabled",
            do="set it to true, with the event DEPLOYMENT_FAILURE",
            fix=fix + group.append("AutoRollbackConfiguration.Events", FAILURE) if is_lacking else fix,
        )
    elif enabled.flag is True and is_lacking:
        yield group.finding(
            events,
            "has no DEPLOYMENT_FAILURE, so a deployment that fails is not rolled back",
            of="AutoRollbackConfiguration.Events",
            do="add it",
            fix=group.append("AutoRollbackConfiguration.Events", FAILURE),
            since="0.2",
        )


BAD = """
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r}}
---
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: "false", Events: [DEPLOYMENT_FAILURE]}}}
---
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Events: [DEPLOYMENT_FAILURE]}}}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"
}
---
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_STOP_ON_REQUEST]}}}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]
  }
}
"""

GOOD = """
Parameters: {Rollback: {Type: String}, Event: {Type: String}, Events: {Type: CommaDelimitedList}}
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE]}}}
  Unknown: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: !Ref Rollback}}}
  AnyEvent: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_STOP_ON_ALARM, !Ref Event]}}}
  AnyEvents: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: true, Events: !Ref Events}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Linear10PercentEvery1Minute}}}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE"]
  }
}
"""

FIXED = """
-  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r}}
+  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE]}}}
---
-  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: "false", Events: [DEPLOYMENT_FAILURE]}}}
+  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: "true", Events: [DEPLOYMENT_FAILURE]}}}
---
-  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Events: [DEPLOYMENT_FAILURE]}}}
+  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Events: [DEPLOYMENT_FAILURE], Enabled: true}}}
---
   service_role_arn      = "r"
+
+  auto_rollback_configuration {
+    enabled = true
+    events  = ["DEPLOYMENT_FAILURE"]
+  }
---
-  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_STOP_ON_REQUEST]}}}
+  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_STOP_ON_REQUEST, DEPLOYMENT_FAILURE]}}}
"""
