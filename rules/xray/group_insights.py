"""A group of traces can notify only of insights that it has.

X-Ray sends notifications of the anomalies that its insights find. A group with notifications and without insights is
refused.

What to do: set InsightsConfiguration.InsightsEnabled to true, or leave notifications off.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule


@rule(
    "xray-group-insights",
    level="error",
    resource="AWS::XRay::Group",
    memo="アラーム: トレース情報に基づいてアラームを設定できます",
    aws="xray/latest/devguide/xray-console-insights.html",
)
def check(group: Resource) -> Iterator[Finding]:
    notifies = group.get("InsightsConfiguration.NotificationsEnabled")
    insights = group.get("InsightsConfiguration.InsightsEnabled", default=False)
    if notifies.flag is True and insights.flag is False:
        message = "is to notify of insights that it does not have; set InsightsConfiguration.InsightsEnabled to true"
        yield group.finding(notifies, message)


BAD = """
Resources:
  Slow: {Type: AWS::XRay::Group, Properties: {GroupName: slow, InsightsConfiguration: {NotificationsEnabled: true}}}
---
Resources:
  Slow: {Type: AWS::XRay::Group, Properties: {GroupName: slow, InsightsConfiguration: {InsightsEnabled: "false", NotificationsEnabled: "true"}}}
---
resource "aws_xray_group" "slow" {
  group_name        = "slow"
  filter_expression = "responsetime > 5"

  insights_configuration {
    insights_enabled      = false
    notifications_enabled = true
  }
}
"""

GOOD = """
Parameters: {Insights: {Type: String}}
Resources:
  Slow: {Type: AWS::XRay::Group, Properties: {GroupName: slow, InsightsConfiguration: {InsightsEnabled: true, NotificationsEnabled: true}}}
  Silent: {Type: AWS::XRay::Group, Properties: {GroupName: silent, InsightsConfiguration: {InsightsEnabled: false}}}
  Plain: {Type: AWS::XRay::Group, Properties: {GroupName: plain}}
  Unknown: {Type: AWS::XRay::Group, Properties: {GroupName: x, InsightsConfiguration: {InsightsEnabled: !Ref Insights, NotificationsEnabled: true}}}
---
resource "aws_xray_group" "slow" {
  group_name        = "slow"
  filter_expression = "responsetime > 5"

  insights_configuration {
    insights_enabled      = true
    notifications_enabled = true
  }
}
"""
