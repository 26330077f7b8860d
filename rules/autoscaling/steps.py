"""The steps of a scaling policy should meet, and leave no side open that a step comes near.

Auto Scaling refuses a policy whose steps overlap or leave a gap. Where one step begins below 0, one must have no lower
bound; where one ends above 0, one must have no upper bound. The bounds are differences from the threshold of the alarm: a policy
that an alarm invokes below its threshold needs a step below 0, or nothing scales.

What to do: let each step begin where the one below it ends, and leave the outermost bound out (Terraform:
metric_interval_lower_bound, metric_interval_upper_bound). The order in which they are written does not matter.
"""

from itertools import pairwise
from math import inf

from awslint_memo import Findings, Resource, Value, rule, scaling_steps


@rule(
    level="error",
    since="0.2",
    resource="AWS::AutoScaling::ScalingPolicy",
    memo="特定のメトリクスの閾値を超えた場合に、指定された数だけインスタンスを追加または削除します",
    aws="autoscaling/ec2/APIReference/API_StepAdjustment.html",
)
def check(policy: Resource) -> Findings:
    return judged(policy, policy.get("StepAdjustments"))


@check.on("AWS::ApplicationAutoScaling::ScalingPolicy")
def service(policy: Resource) -> Findings:
    return judged(policy, policy.get("StepScalingPolicyConfiguration.StepAdjustments"))


def judged(policy: Resource, steps: Value) -> Findings:
    bounds = [(step.get("MetricIntervalLowerBound"), step.get("MetricIntervalUpperBound")) for step in steps.items]
    if not bounds or any(bound.number is None and not bound.is_absent for pair in bounds for bound in pair):
        return
    problem, do = refusal(sorted((number(lower, -inf), number(upper, inf)) for lower, upper in bounds))
    if problem:
        yield policy.finding(steps, f"{problem}, so the policy is refused", of="StepAdjustments", do=do)
    elif (other := scaling_steps.beside(policy, steps)) is not None:
        alarm, side = other
        bound = "MetricIntervalLowerBound" if side == scaling_steps.ABOVE else "MetricIntervalUpperBound"
        message = (
            f"have none for values {side} the threshold, where {alarm.title} invokes the policy, so nothing scales"
        )
        do, related = f"let one have the {bound} 0", [(alarm, "invokes it")]
        yield policy.finding(steps, message, of="StepAdjustments", do=do, related=related)


def number(bound: Value, otherwise: float) -> float:
    return otherwise if bound.number is None else bound.number


def refusal(steps: list[tuple[float, float]]) -> tuple[str, str]:
    """What is wrong with steps that are in order, and what to do; two empty texts if nothing is."""
    for lower, upper in steps:
        if lower >= upper:
            return f"have a step from {lower:g} to {upper:g}", "let it end above its beginning"
    for (_, end), (start, _) in pairwise(steps):
        if end != start:
            both = f"overlap {shown(start, end)}" if end > start else f"leave a gap from {end:g} to {start:g}"
            return both, "let each step begin where the one below it ends"
    least, most = steps[0][0], steps[-1][1]
    if -inf < least < 0:
        return f"begin at {least:g}", "remove MetricIntervalLowerBound from the lowest step"
    if 0 < most < inf:
        return f"end at {most:g}", "remove MetricIntervalUpperBound from the highest step"
    return ("have a step without bounds", "set one of its bounds to 0") if steps == [(-inf, inf)] else ("", "")


def shown(start: float, end: float) -> str:
    return f"below {end:g}" if start == -inf else f"above {start:g}" if end == inf else f"between {start:g} and {end:g}"


BAD = """
Resources:
  Out:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      PolicyType: StepScaling
      StepAdjustments:
        - {MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1}
        - {MetricIntervalLowerBound: 20, ScalingAdjustment: 2}
---
Resources:
  Out:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyType: StepScaling
      StepScalingPolicyConfiguration:
        StepAdjustments:
          - {MetricIntervalLowerBound: 10, ScalingAdjustment: 2}
          - {MetricIntervalLowerBound: 0, ScalingAdjustment: 1}
---
Resources:
  Out:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      StepAdjustments: [{MetricIntervalUpperBound: 0, ScalingAdjustment: -1}, {MetricIntervalUpperBound: -10, ScalingAdjustment: -2}]
---
Resources:
  Out:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      StepAdjustments:
        - {MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1}
        - {MetricIntervalLowerBound: 5, ScalingAdjustment: 2}
---
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {StepAdjustments: [{MetricIntervalLowerBound: 10, MetricIntervalUpperBound: 10, ScalingAdjustment: 1}]}}
---
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {StepAdjustments: [{ScalingAdjustment: 1}]}}
---
resource "aws_appautoscaling_policy" "in" {
  step_scaling_policy_configuration {
    step_adjustment {
      metric_interval_lower_bound = -10
      metric_interval_upper_bound = 0
      scaling_adjustment          = -1
    }
  }
}
---
resource "aws_autoscaling_policy" "out" {
  policy_type = "StepScaling"

  step_adjustment {
    metric_interval_lower_bound = "0"
    metric_interval_upper_bound = "1"
    scaling_adjustment          = 1
  }
}
---
Resources:
  In: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: StepScaling, AdjustmentType: ChangeInCapacity, StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: -1}]}}
  Idle: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EC2, MetricName: CPUUtilization, Threshold: 20, ComparisonOperator: LessThanThreshold, EvaluationPeriods: 3, AlarmActions: [!Ref In]}}
---
resource "aws_appautoscaling_policy" "out" {
  name               = "out"
  policy_type        = "StepScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/a/b"

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"

    step_adjustment {
      metric_interval_upper_bound = 0
      scaling_adjustment          = 1
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name          = "busy"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  evaluation_periods  = 2
  alarm_actions       = [aws_appautoscaling_policy.out.arn]
}
"""

GOOD = """
Parameters: {Bound: {Type: Number}}
Resources:
  Unordered:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      PolicyType: StepScaling
      StepAdjustments:
        - {MetricIntervalLowerBound: 10, ScalingAdjustment: 2}
        - {MetricIntervalUpperBound: -10, ScalingAdjustment: -1}
        - {MetricIntervalLowerBound: -10, MetricIntervalUpperBound: "10", ScalingAdjustment: 0}
  In: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {StepAdjustments: [{MetricIntervalUpperBound: 0, ScalingAdjustment: -1}]}}
  Unknown:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      StepScalingPolicyConfiguration:
        StepAdjustments:
          - {MetricIntervalLowerBound: 0, MetricIntervalUpperBound: !Ref Bound, ScalingAdjustment: 1}
          - {MetricIntervalLowerBound: 20, ScalingAdjustment: 2}
  Tracking: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyType: TargetTrackingScaling}}
---
resource "aws_autoscaling_policy" "out" {
  policy_type = "StepScaling"

  step_adjustment {
    metric_interval_lower_bound = 0
    metric_interval_upper_bound = ""
    scaling_adjustment          = 1
  }
}
---
variable "steps" {
  type = list(object({ lower = number, change = number }))
}

resource "aws_appautoscaling_policy" "out" {
  step_scaling_policy_configuration {
    dynamic "step_adjustment" {
      for_each = var.steps

      content {
        metric_interval_lower_bound = step_adjustment.value.lower
        scaling_adjustment          = step_adjustment.value.change
      }
    }
  }
}
---
Parameters: {Comparison: {Type: String}, Bound: {Type: Number}}
Resources:
  In: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: StepScaling, AdjustmentType: ChangeInCapacity, StepAdjustments: [{MetricIntervalUpperBound: 0, ScalingAdjustment: -1}]}}
  Idle: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EC2, MetricName: CPUUtilization, Threshold: 20, ComparisonOperator: LessThanThreshold, EvaluationPeriods: 3, AlarmActions: [!Ref In]}}
  # An empty queue has the value of the threshold.
  Empty: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: StepScaling, AdjustmentType: ExactCapacity, StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: 0}]}}
  IsEmpty: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Threshold: 0, ComparisonOperator: LessThanOrEqualToThreshold, EvaluationPeriods: 3, AlarmActions: [!Ref Empty]}}
  Any: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: StepScaling, AdjustmentType: ChangeInCapacity, StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: -1}]}}
  AnySide: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EC2, MetricName: CPUUtilization, Threshold: 20, ComparisonOperator: !Ref Comparison, EvaluationPeriods: 3, AlarmActions: [!Ref Any]}}
  # The policy is for when the metric is back above the threshold.
  Back: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: StepScaling, AdjustmentType: ChangeInCapacity, StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: 1}]}}
  IsBack: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EC2, MetricName: CPUUtilization, Threshold: 20, ComparisonOperator: LessThanThreshold, EvaluationPeriods: 3, OKActions: [!Ref Back]}}
  Both: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: StepScaling, AdjustmentType: ChangeInCapacity, StepAdjustments: [{MetricIntervalUpperBound: 0, ScalingAdjustment: -1}, {MetricIntervalLowerBound: 0, ScalingAdjustment: 1}]}}
  OfBoth: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EC2, MetricName: CPUUtilization, Threshold: 20, ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 3, AlarmActions: [!Ref Both]}}
"""
