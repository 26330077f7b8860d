"""A rule should wait for the lifecycle hooks that a group has.

A hook for terminations causes the event "EC2 Instance-terminate Lifecycle Action", one for launches "EC2 Instance-launch Lifecycle
Action", and a group without such a hook causes none. A rule for the other event never starts its target, so that nothing drains or
prepares the instance and the hook waits until its timeout.

What to do: write the detail-type of the group's hook into the pattern, or add a hook for the transition.
"""

from typing import Literal

from awslint_memo import Findings, Resource, hook_events, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html",
)
def check(events_rule: Resource) -> Findings:
    unmade = hook_events.unmade(events_rule)
    if unmade is not None:
        kind, group, transition = unmade
        message = f"but {group.title} has no hook for {transition}, so this event never comes"
        do, related = "name the event of a hook that it has, or add this hook", [(group, "the group")]
        level: Literal["error", "warning"] = "warning" if group.is_exposed() else "error"
        yield events_rule.finding(kind, message, of="detail-type", do=do, level=level, related=related)


BAD = """
Resources:
  Live: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {AutoScalingGroupName: live, MinSize: 2, MaxSize: 6}}
  Drain: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: !Ref Live, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING"}}
  Drains: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-launch Lifecycle Action], detail: {AutoScalingGroupName: [live]}}, Targets: [{Id: a, Arn: arn}]}}
---
resource "aws_autoscaling_group" "live" {
  name     = "live"
  min_size = 2
  max_size = 6

  initial_lifecycle_hook {
    name                 = "warm"
    lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
  }
}

resource "aws_cloudwatch_event_rule" "drains" {
  event_pattern = jsonencode({
    source      = ["aws.autoscaling"]
    detail-type = ["EC2 Instance-terminate Lifecycle Action"]
    detail      = { AutoScalingGroupName = ["live"] }
  })
}
"""

GOOD = """
Parameters: {Transition: {Type: String}, Name: {Type: String}}
Resources:
  Live: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {AutoScalingGroupName: live, MinSize: 2, MaxSize: 6}}
  Drain: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: !Ref Live, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING"}}
  Drains: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-terminate Lifecycle Action], detail: {AutoScalingGroupName: [live]}}, Targets: [{Id: a, Arn: arn}]}}
  Either: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-launch Lifecycle Action, EC2 Instance-terminate Lifecycle Action], detail: {AutoScalingGroupName: [live]}}, Targets: [{Id: a, Arn: arn}]}}
  Every: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-launch Lifecycle Action]}, Targets: [{Id: a, Arn: arn}]}}
  Elsewhere: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-launch Lifecycle Action], detail: {AutoScalingGroupName: [!Ref Name]}}, Targets: [{Id: a, Arn: arn}]}}
  Vod: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {AutoScalingGroupName: vod, MinSize: 2, MaxSize: 6, LifecycleHookSpecificationList: [{LifecycleHookName: any, LifecycleTransition: !Ref Transition}]}}
  OfVod: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-launch Lifecycle Action], detail: {AutoScalingGroupName: [vod]}}, Targets: [{Id: a, Arn: arn}]}}
---
variable "kind" {}

resource "aws_autoscaling_group" "live" {
  name     = "live"
  min_size = 2
  max_size = 6

  initial_lifecycle_hook {
    name                 = "warm"
    lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
  }
}

resource "aws_cloudwatch_event_rule" "warms" {
  event_pattern = jsonencode({
    source      = ["aws.autoscaling"]
    detail-type = ["EC2 Instance-launch Lifecycle Action"]
    detail      = { AutoScalingGroupName = ["live"] }
  })
}

resource "aws_cloudwatch_event_rule" "either" {
  event_pattern = jsonencode({
    source      = ["aws.autoscaling"]
    detail-type = [var.kind]
    detail      = { AutoScalingGroupName = ["live"] }
  })
}
"""
