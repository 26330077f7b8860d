"""An alarm should tell somebody.

An alarm without an action changes its colour in the console and nothing else; so does one whose actions are switched
off. Nobody looks there at night.

What to do: name a topic in AlarmActions (Terraform: alarm_actions) that somebody reads, and leave ActionsEnabled on.
An alarm on which a deployment, a composite alarm, a health check or a rule acts needs none of its own.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, alarms, rule


@rule(
    "alarm-without-action",
    level="warning",
    resource=("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"),
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/monitoring/Acting_Alarm_Changes.html",
)
def check(alarm: Resource) -> Iterator[Finding]:
    enabled = alarm.get("ActionsEnabled", default=True)
    has_actions = any(alarm.get(name).items for name in alarms.ACTIONS)
    if (has_actions and enabled.flag is not False) or alarms.may_be_acted_on(alarm):
        return
    if has_actions:
        yield alarm.finding(enabled, "has its actions switched off, so it tells nobody; set ActionsEnabled to true")
    else:
        yield alarm.finding(
            alarm, "has no action, and nothing here acts on its state; name a topic that somebody reads in AlarmActions"
        )


BAD = """
Resources:
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, AlarmActions: [!Ref AWS::NoValue]}}
---
Resources:
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, AlarmActions: [!ImportValue topic], ActionsEnabled: "false"}}
---
resource "aws_cloudwatch_metric_alarm" "old" {
  alarm_name    = "old"
  namespace     = "AWS/SQS"
  metric_name   = "ApproximateAgeOfOldestMessage"
  alarm_actions = []
}
"""

GOOD = """
Parameters: {Topics: {Type: CommaDelimitedList}, Enabled: {Type: String}}
Resources:
  Told: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, OKActions: !Ref Topics}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, AlarmActions: !Ref Topics, ActionsEnabled: !Ref Enabled}}
  Part: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage}}
  Whole: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmRule: !Sub 'ALARM("${Part}")', AlarmActions: !Ref Topics}}
  RollsBack: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {AlarmConfiguration: {Alarms: [{Name: !Ref RollsBack}]}}}
---
Resources:
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.cloudwatch], detail-type: [CloudWatch Alarm State Change]}}}
---
resource "aws_cloudwatch_metric_alarm" "old" {
  alarm_name  = "old"
  namespace   = "AWS/SQS"
  metric_name = "ApproximateAgeOfOldestMessage"
}

resource "aws_route53_health_check" "front" {
  type                  = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name = aws_cloudwatch_metric_alarm.old.alarm_name
}
"""
