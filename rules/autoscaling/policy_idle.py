"""A simple or step scaling policy should be an action of an alarm.

Such a policy does nothing by itself: an alarm invokes it when its metric passes the threshold. Target tracking makes its
alarms itself, step and simple scaling do not.

What to do: name the policy in AlarmActions of an alarm (Terraform: alarm_actions), or use target tracking. A policy that
the stack exports or puts out is not checked, because its alarm may be in another stack.
"""

from awslint_memo import Findings, Resource, Value, lifecycle_hooks, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::AutoScaling::ScalingPolicy",
    memo="特定のメトリクスの閾値を超えた場合に、指定された数だけインスタンスを追加または削除します",
    aws="autoscaling/ec2/userguide/as-scaling-simple-step.html",
)
def check(policy: Resource) -> Findings:
    kind = policy.get("PolicyType", default="SimpleScaling")
    if policy.terraform.enabled.flag is not False and kind.is_one_of("SimpleScaling", "StepScaling"):
        yield from idle(policy, kind)


@check.on("AWS::ApplicationAutoScaling::ScalingPolicy")
def service(policy: Resource) -> Findings:
    kind = policy.get("PolicyType")
    if kind.text == "StepScaling":
        yield from idle(policy, kind)


def idle(policy: Resource, kind: Value) -> Findings:
    if not lifecycle_hooks.may_run(policy):
        actions = "alarm_actions" if policy.language == "terraform" else "AlarmActions"
        message = "but no alarm here invokes the policy, so it never scales"
        yield policy.finding(kind, message, do=f"name it in {actions} of an alarm")


BAD = """
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !ImportValue Web, PolicyType: StepScaling}}
  In: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !ImportValue Web, PolicyType: StepScaling}}
  High: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref In, "arn:aws:sns:eu-west-1:111122223333:told"]}}
---
Parameters: {TopicArn: {Type: String}}
Resources:
  Out: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {ScalingTargetId: !ImportValue Orders, PolicyType: StepScaling}}
  High: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref TopicArn]}}
---
resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = "web"
  scaling_adjustment     = 2
  adjustment_type        = "ChangeInCapacity"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:told"]
}
"""

GOOD = """
Parameters: {Kind: {Type: String}}
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !ImportValue Web, PolicyType: StepScaling}}
  In: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !ImportValue Web}}
  Busy: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {ScalingTargetId: !ImportValue Orders, PolicyType: StepScaling}}
  Tracking: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {ScalingTargetId: !ImportValue Orders, PolicyType: TargetTrackingScaling}}
  Unknown: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !ImportValue Web, PolicyType: !Ref Kind}}
  PutOut: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !ImportValue Web, PolicyType: StepScaling}}
  High: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Out], OKActions: [!GetAtt In.Arn]}}
  Both: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmRule: ALARM(High), InsufficientDataActions: [!Ref Busy]}}
Outputs:
  Policy: {Value: !Ref PutOut}
---
Parameters: {Action: {Type: String}}
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !ImportValue Web, PolicyType: StepScaling}}
  High: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Action]}}
---
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !ImportValue Web, PolicyType: StepScaling}}
  Caller: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {POLICY: !Ref Out}}}}
---
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !ImportValue Web, PolicyName: out, PolicyType: StepScaling}}
  Role:
    Type: AWS::IAM::Role
    Properties: {Policies: [{PolicyDocument: {Statement: [{Effect: Allow, Action: "autoscaling:ExecutePolicy", Resource: "*"}]}}]}
---
resource "aws_autoscaling_policy" "off" {
  name                   = "off"
  autoscaling_group_name = "web"
  policy_type            = "StepScaling"
  enabled                = false
}

resource "aws_appautoscaling_policy" "out" {
  name        = "out"
  policy_type = "StepScaling"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_actions = [aws_appautoscaling_policy.out.arn]
}
"""
