"""Alarms should stop a deployment that causes errors.

CodeDeploy itself sees only whether hooks and scripts fail. A version that starts well and then returns errors is rolled
out to all users, unless an alarm on its metrics stops the deployment while the traffic moves.

What to do: name CloudWatch alarms in AlarmConfiguration (SAM: DeploymentPreference.Alarms; a pipeline's Lambda deploy
action: Alarms), on errors and latency of the version that is deployed, and roll back on DEPLOYMENT_STOP_ON_ALARM.
"""

from awslint_memo import Findings, Fix, Resource, alarms, pipelines, releases, rule


@rule(
    level="advice",
    widened={"0.2": "deployments of functions by a pipeline"},
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="codedeploy/latest/userguide/deployment-groups-configure-advanced-options.html",
    fix="unsafe",
    yields_to=(
        "deploy-group-settings",
        "deploy-rollback-events",
        "lambda-deployment-preference",
    ),
)
def check(group: Resource) -> Findings:
    if not releases.has_no_alarms(group) or releases.moves_no_requests(group):
        return
    named, of = releases.alarms(group), "AlarmConfiguration.Enabled"
    if named.flag is False:
        has_alarms = bool(group.get("AlarmConfiguration.Alarms").items)
        yield group.finding(
            named,
            f"is false{named.note}, so alarms do not stop a deployment that causes errors",
            of=of,
            do="set it to true, with alarms on errors in AlarmConfiguration.Alarms",
            fix=group.set(of, True, unsafe="lets alarms stop deployments, which is switched off")
            if has_alarms
            else None,
        )
    else:
        lack = "has no alarm in AlarmConfiguration, so errors of a new version do not stop its deployment"
        yield group.finding(named, lack, do="name CloudWatch alarms on errors there", fix=watched(group))


@check.on("AWS::CodePipeline::Pipeline")
def actions(pipeline: Resource) -> Findings:
    for action in pipelines.actions(pipeline):
        named = releases.watching_alarms(action)
        if named is not None and named.is_absent:
            yield pipeline.finding(
                named,
                f"has no Alarms in {action.label}, so errors of a new version do not stop its deployment",
                do="name alarms",
                since="0.2",
            )


def watched(group: Resource) -> Fix:
    """The one alarm on errors that is there."""
    errors = [alarm for alarm in group.deployment.of_type(alarms.ALARM) if is_on_errors(alarm)]
    if len(errors) != 1 or group.part:
        return Fix.lacks("there is not one alarm on errors that surely is of what it deploys")
    name, unsafe = errors[0].reference("Ref"), f"lets {errors[0].written} stop deployments"
    if group.language == "terraform":
        return group.set("AlarmConfiguration", {"@alarms": [name], "Enabled": True}, unsafe=unsafe)
    return group.set("AlarmConfiguration", {"Alarms": [{"Name": name}], "Enabled": True}, unsafe=unsafe)


def is_on_errors(alarm: Resource) -> bool:
    return any(metric.name.is_one_of(*releases.ERRORS) for metric in alarms.metrics(alarm))


BAD = """
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r}}
---
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Enabled: false, Alarms: [{Name: errors}]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Linear10PercentEvery1Minute}}}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      PipelineType: V2
      Stages: [{Name: Prod, Actions: [{Name: Orders, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: Lambda, Version: "1"}, Configuration: {FunctionName: orders, FunctionAlias: live}}]}]
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"
}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  alarm_configuration {
    alarms = ["errors"]
  }
}
---
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name    = "errors"
  namespace     = "AWS/Lambda"
  metric_name   = "Errors"
  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:people"]
}

resource "aws_codedeploy_app" "orders" {
  name             = "orders"
  compute_platform = "Lambda"
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = aws_codedeploy_app.orders.name
  deployment_group_name  = "orders"
  service_role_arn       = "r"
  deployment_config_name = "CodeDeployDefault.LambdaCanary10Percent5Minutes"
}
"""

GOOD = """
Parameters: {Alarms: {Type: CommaDelimitedList}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      PipelineType: V2
      Stages: [{Name: Prod, Actions: [{Name: Orders, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: Lambda, Version: "1"}, Configuration: {FunctionName: orders, FunctionAlias: live, Alarms: errors}}]}]
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Enabled: true, Alarms: [{Name: errors}]}}}
  Unsaid: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Alarms: [{Name: errors}]}}}
  Unknown: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Enabled: true, Alarms: !Ref Alarms}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Errors: {Type: AWS::CloudWatch::Alarm}
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Linear10PercentEvery1Minute, Alarms: [!Ref Errors]}}}
  # No request comes in by its alias.
  Bypassed: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Linear10PercentEvery1Minute}}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !GetAtt Bypassed.Arn}]}}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  alarm_configuration {
    enabled = true
    alarms  = ["errors"]
  }
}
"""

FIXED = """
-  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Enabled: false, Alarms: [{Name: errors}]}}}
+  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, AlarmConfiguration: {Enabled: true, Alarms: [{Name: errors}]}}}
---
-    alarms = ["errors"]
+    alarms  = ["errors"]
+    enabled = true
---
   deployment_config_name = "CodeDeployDefault.LambdaCanary10Percent5Minutes"
+
+  alarm_configuration {
+    alarms  = [aws_cloudwatch_metric_alarm.errors.alarm_name]
+    enabled = true
+  }
"""
