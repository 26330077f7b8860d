"""A composite alarm should not depend on itself, nor act on instances.

Where the rules of composite alarms lead back to the first one, CloudWatch evaluates none of them any more. It rejects a
composite alarm with an action on an instance or with a scaling policy.

What to do: remove one of the alarms from AlarmRule (Terraform: alarm_rule); put the action on one of the metric alarms.
"""

from awslint_memo import Findings, Resource, alarms, composites, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudWatch::CompositeAlarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html",
)
def check(alarm: Resource) -> Findings:
    way = composites.way_back(alarm)
    if way:
        others = [other for other in way if other is not alarm]
        words = f" through {' and '.join(other.title for other in others)}" if others else ""
        message = f"leads back to the alarm itself{words}, so CloudWatch does not evaluate it"
        related = [(other.get("AlarmRule"), "the way back") for other in others]
        rule_text = alarm.get("AlarmRule")
        yield alarm.finding(rule_text, message, of="AlarmRule", do="remove one of the alarms", related=related)
    for action in (item for name in alarms.ACTIONS for item in alarm.get(name).items):
        if composites.is_for_metric_alarms(alarm, action):
            message = "is an action on instances or their number, which CloudWatch rejects for a composite alarm"
            yield alarm.finding(action, message, of="the action", do="put it on one of the metric alarms")


BAD = """
Resources:
  Shop: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: shop, AlarmRule: 'ALARM("errors") OR ALARM(shop)'}}
---
Resources:
  Recover:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties: {AlarmName: recover, AlarmRule: ALARM(a) AND ALARM(b), AlarmActions: ["arn:aws:automate:eu-west-1:ec2:reboot"]}
---
resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = "web"
  scaling_adjustment     = 1
}

resource "aws_cloudwatch_composite_alarm" "busy" {
  alarm_name    = "busy"
  alarm_rule    = "ALARM(a) AND ALARM(b)"
  alarm_actions = [aws_autoscaling_policy.out.arn]
}
---
Resources:
  Shop: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: shop, AlarmRule: !Sub "ALARM(${Front})"}}
  Front: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmRule: NOT OK("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop")}}
"""

GOOD = """
Parameters: {Rule: {Type: String}, Action: {Type: String}, Stage: {Type: String}}
Resources:
  Errors: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: shop-errors, Namespace: AWS/Lambda, MetricName: Errors}}
  Front: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: front, AlarmRule: !Sub "ALARM(${Errors}) OR ALARM(front-slow)", AlarmActions: ["arn:aws:sns:eu-west-1:123456789012:operations"]}}
  Shop: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: shop, AlarmRule: !Sub "ALARM(shop-errors) OR ALARM(${Front})"}}
  Unknown: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: unknown, AlarmRule: !Ref Rule, AlarmActions: [!Ref Action]}}
  OfStage: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: !Sub "${Stage}-shop", AlarmRule: !Sub "ALARM(shop) OR ALARM(${Stage}-front)"}}
---
resource "aws_sns_topic" "operations" {}

resource "aws_cloudwatch_composite_alarm" "shop" {
  alarm_name    = "shop"
  alarm_rule    = "ALARM(shop-front) OR ALARM(shop-back)"
  alarm_actions = [aws_sns_topic.operations.arn]
}
"""
