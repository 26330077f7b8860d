"""A group of traces with notifications should have insights.

X-Ray notifies of the anomalies that insights find. It rejects a group with notifications and without insights.

What to do: set InsightsConfiguration.InsightsEnabled to true, or leave notifications off.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="error",
    resource="AWS::XRay::Group",
    memo="アラーム: トレース情報に基づいてアラームを設定できます",
    aws="xray/latest/devguide/xray-console-insights.html",
    fix="both",
)
def check(group: Resource) -> Findings:
    notifies = group.get("InsightsConfiguration.NotificationsEnabled")
    insights = group.get("InsightsConfiguration.InsightsEnabled", default=False)
    if notifies.flag is True and insights.flag is False:
        message = f"is true{notifies.note}, which X-Ray rejects without insights"
        what = "set InsightsConfiguration.InsightsEnabled to true"
        of, fix = "InsightsConfiguration.NotificationsEnabled", group.set("InsightsConfiguration.InsightsEnabled", True)
        yield group.finding(notifies, message, of=of, do=what, fix=fix)


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

FIXED = """
-  Slow: {Type: AWS::XRay::Group, Properties: {GroupName: slow, InsightsConfiguration: {NotificationsEnabled: true}}}
+  Slow: {Type: AWS::XRay::Group, Properties: {GroupName: slow, InsightsConfiguration: {NotificationsEnabled: true, InsightsEnabled: true}}}
---
-  Slow: {Type: AWS::XRay::Group, Properties: {GroupName: slow, InsightsConfiguration: {InsightsEnabled: "false", NotificationsEnabled: "true"}}}
+  Slow: {Type: AWS::XRay::Group, Properties: {GroupName: slow, InsightsConfiguration: {InsightsEnabled: "true", NotificationsEnabled: "true"}}}
---
-    insights_enabled      = false
+    insights_enabled      = true
"""
