"""A composite alarm should name alarms that are there.

CloudWatch refuses a rule that names an alarm which does not exist. Where a rule names shop-prod-errors beside other alarms of the
template, and these are called shop-prod-failures and the like, the name is probably a former one. An alarm of another stack may have
it.

What to do: refer to the alarm (Terraform: its alarm_name) instead of writing its name.
"""

from awslint_memo import Findings, Resource, composites, listed, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::CloudWatch::CompositeAlarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html",
)
def check(alarm: Resource) -> Findings:
    names = composites.names_nobody_has(alarm)
    if names:
        message = f"names {listed(names)}, which no alarm here is called, and CloudWatch refuses a rule with an alarm that is not there"
        do = "refer to the alarm that is meant, unless another stack makes it"
        yield alarm.finding(alarm.get("AlarmRule"), message, of="AlarmRule", do=do)


BAD = """
Resources:
  Failures: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: shop-prod-failures, Namespace: AWS/Lambda, MetricName: Errors}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: shop-prod-slow, Namespace: AWS/Lambda, MetricName: Duration}}
  Shop: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: shop-prod, AlarmRule: ALARM(shop-prod-slow) AND ALARM("shop-prod-errors")}}
---
resource "aws_cloudwatch_metric_alarm" "failures" {
  alarm_name  = "mail_prod_failures"
  namespace   = "AWS/Lambda"
  metric_name = "Errors"
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name  = "mail_prod_age"
  namespace   = "AWS/SQS"
  metric_name = "ApproximateAgeOfOldestMessage"
}

resource "aws_cloudwatch_composite_alarm" "stuck" {
  alarm_name = "mail_prod_stuck"
  alarm_rule = "ALARM(mail_prod_age) AND NOT OK(mail_prod_errors)"
}
"""

GOOD = """
Parameters: {Stage: {Type: String}}
Resources:
  Failures: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: shop-prod-failures, Namespace: AWS/Lambda, MetricName: Errors}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: shop-prod-slow, Namespace: AWS/Lambda, MetricName: Duration}}
  Right: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: shop-prod, AlarmRule: ALARM(shop-prod-slow) AND ALARM("shop-prod-failures")}}
  # Alarms of other stacks.
  Others: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: shop-both, AlarmRule: ALARM(shop-prod-slow) AND ALARM(stock-prod-slow)}}
  Only: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: shop-only, AlarmRule: ALARM(shop-prod-errors) OR ALARM(shop-prod-full)}}
  Linked: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: shop-linked, AlarmRule: !Sub "ALARM(${Slow}) OR ALARM(${Failures})"}}
---
Parameters: {Stage: {Type: String}}
Resources:
  Any: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: !Sub "${Stage}-errors", Namespace: AWS/Lambda, MetricName: Errors}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: shop-prod-slow, Namespace: AWS/Lambda, MetricName: Duration}}
  Shop: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: shop, AlarmRule: ALARM(shop-prod-slow) AND ALARM(shop-prod-errors)}}
---
resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name  = "mail-prod-age"
  namespace   = "AWS/SQS"
  metric_name = "ApproximateAgeOfOldestMessage"
}

resource "aws_cloudwatch_composite_alarm" "stuck" {
  alarm_name = "mail-prod-stuck"
  alarm_rule = "ALARM(mail-prod-age) AND ALARM(bounces)"
}
"""
