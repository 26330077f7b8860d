"""Alarms on Route 53, CloudFront and billing should stand in us-east-1.

These services write their metrics in US East (N. Virginia) alone. In any other Region the alarm deploys and stays in
INSUFFICIENT_DATA.

What to do: put the alarm into a stack, or below a provider, of us-east-1.
"""

from awslint_memo import Findings, Resource, alarms, namespaces, regions, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="Route53/latest/DeveloperGuide/monitoring-health-checks.html",
)
def check(alarm: Resource) -> Findings:
    told = regions.told(alarm)
    region = None if told is None else told.text
    if region is None or region == namespaces.GLOBAL_REGION or region.startswith(namespaces.OTHER_PARTITIONS):
        return
    for metric in alarms.metrics(alarm):
        if metric.namespace.text in namespaces.GLOBAL:
            message = f"but the alarm is in {region} and these metrics are only in us-east-1, so it never has data"
            yield alarm.finding(metric.namespace, message, do="deploy the alarm to us-east-1")


BAD = """
# deployments: {production: {AWS::Region: eu-west-1}}
Resources:
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Route53, MetricName: HealthCheckStatus, Dimensions: [{Name: HealthCheckId, Value: abc}]}}
---
provider "aws" {
  region = "eu-central-1"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name  = "errors"
  namespace   = "AWS/CloudFront"
  metric_name = "5xxErrorRate"
  dimensions = {
    DistributionId = "E1"
    Region         = "Global"
  }
}
"""

GOOD = """
Resources:
  AnyRegion: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Route53, MetricName: HealthCheckStatus, Dimensions: [{Name: HealthCheckId, Value: abc}]}}
---
# deployments: {here: {AWS::Region: us-east-1}, china: {AWS::Region: cn-north-1}, government: {AWS::Region: us-gov-west-1}}
Resources:
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Route53, MetricName: HealthCheckStatus, Dimensions: [{Name: HealthCheckId, Value: abc}]}}
---
# deployments: {production: {AWS::Region: eu-west-1}}
Parameters: {Namespace: {Type: String}}
Resources:
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: !Ref Namespace, MetricName: HealthCheckStatus}}
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage}}
---
variable "region" {}

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "global"
  region = "us-east-1"
}

resource "aws_cloudwatch_metric_alarm" "unknown" {
  alarm_name  = "unknown"
  namespace   = "AWS/Billing"
  metric_name = "EstimatedCharges"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  provider    = aws.global
  alarm_name  = "errors"
  namespace   = "AWS/CloudFront"
  metric_name = "5xxErrorRate"
}
"""
