"""A deployment that an alarm stops should be rolled back.

An alarm stops a deployment, and that is an event of its own: where a group names the events on which it rolls back and
this one is not among them, a stopped deployment stays half-way, with the new version on a part of what serves. The other way
round, this event never happens where a group has no alarms.

What to do: add DEPLOYMENT_STOP_ON_ALARM to AutoRollbackConfiguration.Events, and name alarms in AlarmConfiguration.
"""

from awslint_memo import Findings, Resource, releases, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codedeploy/latest/APIReference/API_AutoRollbackConfiguration.html",
    fix="safe",
)
def check(group: Resource) -> Findings:
    alarms = releases.alarms(group)
    has_alarms = any(alarm.fields for alarm in alarms.items)
    events = group.get("AutoRollbackConfiguration.Events")
    names = [event.text for event in events.items]
    if releases.rollback(group).flag is not True or not names or None in names:
        return
    # Who names all three, as SAM does, means whatever happens.
    is_meant = len(names) < 3 and "DEPLOYMENT_STOP_ON_ALARM" in names
    if is_meant and releases.has_no_alarms(group) and alarms.flag is None:
        message = "has DEPLOYMENT_STOP_ON_ALARM, but no alarm stops a deployment of the group, so it never happens"
        do = "name alarms on errors in AlarmConfiguration"
        yield group.finding(events, message, of="AutoRollbackConfiguration.Events", do=do, level="advice")
    elif has_alarms and "DEPLOYMENT_STOP_ON_ALARM" not in names:
        yield group.finding(
            events,
            "has no DEPLOYMENT_STOP_ON_ALARM, so a deployment that an alarm stops stays half-way",
            of="AutoRollbackConfiguration.Events",
            do="add it",
            related=[(alarms, "stop the deployment")],
            fix=group.append("AutoRollbackConfiguration.Events", "DEPLOYMENT_STOP_ON_ALARM"),
        )


BAD = """
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_REQUEST]}}}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  alarm_configuration {
    enabled = true
    alarms  = ["errors"]
  }

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE"]
  }
}
---
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Enabled: true, Alarms: []}, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM]}}}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }
}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Linear10PercentEvery1Minute}}}
---
Parameters: {Events: {Type: CommaDelimitedList}, Event: {Type: String}, Alarms: {Type: CommaDelimitedList}}
Resources:
  Both: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM]}}}
  NoAlarm: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: b, ServiceRoleArn: r, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE]}}}
  AlarmsOff: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: c, ServiceRoleArn: r, AlarmConfiguration: {Enabled: false, Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE]}}}
  AnyAlarms: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: d, ServiceRoleArn: r, AlarmConfiguration: {Alarms: !Ref Alarms}, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE]}}}
  Off: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: e, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: false, Events: [DEPLOYMENT_FAILURE]}}}
  Unsaid: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: f, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true}}}
  AnyEvents: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: g, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true, Events: !Ref Events}}}
  AnyEvent: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: h, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE, !Ref Event]}}}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  alarm_configuration {
    enabled = true
    alarms  = ["errors"]
  }

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }
}
"""

FIXED = """
-  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_REQUEST]}}}
+  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_REQUEST, DEPLOYMENT_STOP_ON_ALARM]}}}
"""
