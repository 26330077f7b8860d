"""Auto Scaling should accept a policy.

A policy that tracks ALBRequestCountPerTarget names the load balancer and the target group in ResourceLabel. No policy has a
predefined and a customized metric, and a forecast has one specification of metrics.

What to do: set PredefinedMetricSpecification.ResourceLabel (Terraform: resource_label) to the last part of the load
balancer's ARN, a slash and that of the target group's, and keep one metric.
"""

from awslint_memo import Findings, Resource, Value, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::AutoScaling::ScalingPolicy",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/ec2/APIReference/API_PutScalingPolicy.html",
)
def check(scaling: Resource) -> Findings:
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
    predefined = tracking.get("PredefinedMetricSpecification")
    metric = predefined.get("PredefinedMetricType")
    if metric.is_known and tracking.get("CustomizedMetricSpecification").is_known:
        message = "but the policy has a CustomizedMetricSpecification too, so it is refused"
        yield scaling.finding(metric, message, of="PredefinedMetricType", do="keep one of the two")
    elif metric.is_one_of("ALBRequestCountPerTarget") and predefined.get("ResourceLabel").is_absent:
        message = "but no ResourceLabel names the target group, so the policy is refused"
        yield scaling.finding(
            metric, message, of="PredefinedMetricType", do="set it to app/NAME/ID/targetgroup/NAME/ID"
        )


BAD = """
Resources:
  Requests: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget}}}}
---
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
resource "aws_appautoscaling_policy" "requests" {
  policy_type        = "TargetTrackingScaling"
  resource_id        = "service/shop/web"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value = 500

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
    }
  }
}
"""

GOOD = """
Parameters: {Metric: {Type: String}, Label: {Type: String}}
Resources:
  Requests: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: !Ref Label}}}}
  Unknown: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: !Ref Metric}}}}
  Own: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, CustomizedMetricSpecification: {Namespace: Shop, MetricName: Load, Statistic: Average}}}}
  Cpu: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyType: TargetTrackingScaling, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
---
resource "aws_autoscaling_policy" "requests" {
  name                   = "requests"
  autoscaling_group_name = "web"
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 500

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "app/shop/0123456789abcdef/targetgroup/web/0123456789abcdef"
    }
  }
}
"""
