"""The actions of an alarm should be in its own Region.

CloudWatch refuses an alarm that names a topic, a function or a policy of another Region.

What to do: name one of the alarm's Region. A topic of each Region may have subscriptions to one function or queue.
"""

from awslint_memo import Findings, Resource, Value, alarms, regions, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm", "AWS::CloudWatch::LogAlarm"),
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
)
def check(alarm: Resource) -> Findings:
    told = regions.told(alarm)
    home = None if told is None else told.text
    for name in alarms.ACTIONS if home else ():
        for action in alarm.get(name).items:
            region = region_of(alarm, action)
            if region and region != home:
                message = f"names an action in {region} in {name}, but the alarm is in {home}, so CloudWatch refuses it"
                yield alarm.finding(action, message, do=f"name one in {home}")


def region_of(alarm: Resource, action: Value) -> str:
    """The Region that surely is in the ARN of an action, or that of the topic that it is; else empty."""
    topic = alarm.deployment.find(action, "AWS::SNS::Topic")
    if topic is not None:
        told = regions.told(topic)
        return (told.text or "") if told is not None else ""
    parts = (action.pieces[0].text or "").split(":")
    return parts[3] if len(parts) > 4 else ""


BAD = """
# deployments: {production: {AWS::Region: eu-west-1}}
Resources:
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Failed, AlarmActions: ["arn:aws:sns:us-east-1:123456789012:operations"]}}
---
# deployments: {production: {AWS::Region: eu-west-1}}
Resources:
  Shop: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmRule: ALARM(failed), OKActions: [!Sub "arn:aws:sns:us-east-1:${AWS::AccountId}:operations"]}}
---
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "global"
  region = "us-east-1"
}

resource "aws_sns_topic" "operations" {
  provider = aws.global
  name     = "operations"
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name    = "failed"
  namespace     = "Shop"
  metric_name   = "Failed"
  alarm_actions = [aws_sns_topic.operations.arn]
}
"""

GOOD = """
Resources:
  AnyRegion: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Failed, AlarmActions: ["arn:aws:sns:us-east-1:123456789012:operations"]}}
---
# deployments: {production: {AWS::Region: eu-west-1}}
Parameters: {Topic: {Type: String}, Region: {Type: String}}
Resources:
  Own: {Type: AWS::SNS::Topic}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Failed, AlarmActions: [!Ref Own, !Ref Topic, "arn:aws:sns:eu-west-1:123456789012:operations", !Sub "arn:aws:sns:${AWS::Region}:${AWS::AccountId}:operations"], OKActions: ["arn:aws:ssm-incidents::123456789012:response-plan/shop", !Sub "arn:aws:sns:${Region}:123456789012:operations", !Sub "arn:aws:sns:us-${Region}:123456789012:operations"]}}
---
variable "region" {}

provider "aws" {
  region = var.region
}

resource "aws_sns_topic" "operations" {
  name   = "operations"
  region = "us-east-1"
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name    = "failed"
  namespace     = "Shop"
  metric_name   = "Failed"
  alarm_actions = [aws_sns_topic.operations.arn]
}
"""
