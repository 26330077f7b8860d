"""Auto Scaling should accept a policy.

A policy that tracks a metric has a predefined or a customized one, not both, and a forecast has one specification of
metrics. Each setting belongs to one or two types of policy: the cooldown to simple scaling, the warm-up to steps and to what tracks a
metric. What belongs to another type has no effect; Terraform's provider refuses most of it.

What to do: keep one of them (Terraform: predefined_metric_specification or customized_metric_specification, and one
metric_specification), and remove what belongs to another type.
"""

from typing import Literal

from awslint_memo import Findings, Resource, Value, autoscaling, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::AutoScaling::ScalingPolicy",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/ec2/APIReference/API_PutScalingPolicy.html",
)
def check(scaling: Resource) -> Findings:
    kind = scaling.get("PolicyType", default="SimpleScaling")
    for name, kinds in autoscaling.POLICY_SETTINGS.items() if kind.text is not None else ():
        value = scaling.get(name)
        # Terraform's provider leaves out what is 0 or empty.
        is_set = value.is_known and bool(value.items) and value.text not in ("", "0")
        if is_set and kind.text not in kinds:
            is_refused = scaling.language == "terraform" and name in autoscaling.REFUSED_BY_PROVIDER
            then = "so Terraform's provider refuses it" if is_refused else "so it has no effect"
            message = f"is written, but PolicyType is {kind.text}{kind.note}, which does not have it, {then}"
            level: Literal["error", "advice"] = "error" if is_refused else "advice"
            yield scaling.finding(value, message, of=name, do="remove it", level=level, related=[(kind, "the type")])
    yield from tracked(scaling, scaling.get("TargetTrackingConfiguration"))
    yield from forecasting(scaling, scaling.get("PredictiveScalingConfiguration"))


@check.on("AWS::ApplicationAutoScaling::ScalingPolicy")
def service_policy(scaling: Resource) -> Findings:
    yield from tracked(scaling, scaling.get("TargetTrackingScalingPolicyConfiguration"))
    yield from forecasting(scaling, scaling.get("PredictiveScalingPolicyConfiguration"))


def forecasting(scaling: Resource, predictive: Value) -> Findings:
    forecast = predictive.get("MetricSpecifications").items
    if len(forecast) > 1:
        yield scaling.finding(
            forecast[1], "has a second MetricSpecification, but Auto Scaling accepts one", do="remove it"
        )


def tracked(scaling: Resource, tracking: Value) -> Findings:
    metric = tracking.get("PredefinedMetricSpecification.PredefinedMetricType")
    if metric.is_known and tracking.get("CustomizedMetricSpecification").is_known:
        message = "but the policy has a CustomizedMetricSpecification too, so it is refused"
        yield scaling.finding(metric, message, of="PredefinedMetricType", do="keep one of the two")


BAD = """
Resources:
  Both: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyType: TargetTrackingScaling, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}, CustomizedMetricSpecification: {Namespace: Shop, MetricName: Load, Statistic: Average}}}}
---
Resources:
  Forecast:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: web
      PolicyType: PredictiveScaling
      PredictiveScalingConfiguration:
        Mode: ForecastAndScale
        MetricSpecifications:
          - {TargetValue: 50, PredefinedMetricPairSpecification: {PredefinedMetricType: ASGCPUUtilization}}
          - {TargetValue: 50, PredefinedMetricPairSpecification: {PredefinedMetricType: ASGNetworkIn}}
---
Resources:
  Forecast:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyType: PredictiveScaling
      PredictiveScalingPolicyConfiguration:
        MetricSpecifications:
          - {TargetValue: 50, PredefinedMetricPairSpecification: {PredefinedMetricType: ECSServiceCPUUtilization}}
          - {TargetValue: 50, PredefinedMetricPairSpecification: {PredefinedMetricType: ECSServiceMemoryUtilization}}
---
resource "aws_appautoscaling_policy" "load" {
  policy_type        = "TargetTrackingScaling"
  resource_id        = "service/shop/web"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }

    customized_metric_specification {
      namespace   = "Shop"
      metric_name = "Load"
      statistic   = "Average"
    }
  }
}
---
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: StepScaling, AdjustmentType: ChangeInCapacity, Cooldown: "300", StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: 1}]}}
---
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, AdjustmentType: ChangeInCapacity, ScalingAdjustment: 1, EstimatedInstanceWarmup: 120}}
---
resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = "web"
  policy_type            = "TargetTrackingScaling"
  cooldown               = 300

  target_tracking_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
---
# The provider leaves this out of other policies than those of steps.
resource "aws_autoscaling_policy" "cpu" {
  name                    = "cpu"
  autoscaling_group_name  = "web"
  policy_type             = "TargetTrackingScaling"
  metric_aggregation_type = "Average"

  target_tracking_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
"""

GOOD = """
Parameters: {Metric: {Type: String}}
Resources:
  Tracked: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}}}
  Unknown: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: !Ref Metric}}}}
  Own: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, CustomizedMetricSpecification: {Namespace: Shop, MetricName: Load, Statistic: Average}}}}
  Cpu: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyType: TargetTrackingScaling, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
---
resource "aws_autoscaling_policy" "load" {
  name                   = "load"
  autoscaling_group_name = "web"
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
---
Parameters: {Kind: {Type: String}}
Resources:
  Simple: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, AdjustmentType: ChangeInCapacity, ScalingAdjustment: 1, Cooldown: "300"}}
  Steps: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: StepScaling, AdjustmentType: ChangeInCapacity, EstimatedInstanceWarmup: 120, MetricAggregationType: Average, StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: 1}]}}
  Any: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: !Ref Kind, AdjustmentType: ChangeInCapacity, Cooldown: "300", EstimatedInstanceWarmup: 120}}
  None: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: StepScaling, AdjustmentType: ChangeInCapacity, Cooldown: !Ref "AWS::NoValue", StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: 1}]}}
---
resource "aws_autoscaling_policy" "cpu" {
  name                      = "cpu"
  autoscaling_group_name    = "web"
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = 120
  cooldown                  = 0

  target_tracking_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
"""
