"""The CPU utilization that a policy tracks should be one that can be exceeded, with room to spare.

Target tracking scales out when the metric is above TargetValue. The utilization of instances is never above 100 %, so a
higher target never scales out; with one near 100 new capacity starts when all there is has been busy for minutes. Only
services of Amazon ECS can use more CPU than they reserve. DynamoDB and Keyspaces accept targets of 20 to 90 %.

What to do: set TargetValue (Terraform: target_value) so that there is capacity left while more is started.
"""

from awslint_memo import Findings, Resource, Value, rule, tracked_metrics


@rule(
    level="advice",
    since="0.2",
    resource="AWS::AutoScaling::ScalingPolicy",
    memo="CPU 使用率やネットワークトラフィックの目標値を指定できます。",
    aws="autoscaling/ec2/userguide/as-scaling-target-tracking.html",
)
def check(policy: Resource) -> Findings:
    return judged(policy, policy.get("TargetTrackingConfiguration"))


@check.on("AWS::ApplicationAutoScaling::ScalingPolicy")
def service(policy: Resource) -> Findings:
    tracking = policy.get("TargetTrackingScalingPolicyConfiguration")
    metric, target = tracking.get("PredefinedMetricSpecification.PredefinedMetricType"), tracking.get("TargetValue")
    least, most = tracked_metrics.TABLE_TARGETS
    if metric.is_one_of(*tracked_metrics.TABLE_METRICS) and (target.below(least) or target.above(most)):
        message = f"but the service accepts {least} to {most} % for {metric.text}"
        yield policy.finding(target, message, of="TargetValue", do="set it to 70, for example", level="error")
    else:
        yield from judged(policy, tracking)


def judged(policy: Resource, tracking: Value) -> Findings:
    target, is_bounded = tracking.get("TargetValue"), tracked_metrics.tracks_cpu(tracking)
    if is_bounded is None or not target.number or target.number < 90:  # chosen: a tenth is little for minutes
        return
    above = target.number > 100
    if above and is_bounded:
        message = "but CPU utilization is never above 100 %, so it never scales out"
    elif above:
        message = "so it scales out only when tasks use more CPU than they reserve, which they are not always given"
    else:
        message = "so it scales out only when the CPUs have nearly nothing left"
    yield policy.finding(
        target, message, of="TargetValue", do="set it below 90", level="error" if above and is_bounded else None
    )


BAD = """
Resources:
  Cpu:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      PolicyType: TargetTrackingScaling
      TargetTrackingConfiguration: {TargetValue: 120, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}
---
Resources:
  Low: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {TargetTrackingScalingPolicyConfiguration: {TargetValue: 10, PredefinedMetricSpecification: {PredefinedMetricType: CassandraWriteCapacityUtilization}}}}
---
Resources:
  Reads:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      TargetTrackingScalingPolicyConfiguration: {TargetValue: 95, PredefinedMetricSpecification: {PredefinedMetricType: DynamoDBReadCapacityUtilization}}
---
Resources:
  Cpu:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: "100.5"
        CustomizedMetricSpecification: {Namespace: AWS/RDS, MetricName: CPUUtilization, Statistic: Average}
---
resource "aws_appautoscaling_policy" "cpu" {
  policy_type = "TargetTrackingScaling"

  target_tracking_scaling_policy_configuration {
    target_value = 150

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
---
resource "aws_autoscaling_policy" "cpu" {
  policy_type = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 90

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
---
Resources:
  Cpu:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      TargetTrackingScalingPolicyConfiguration: {TargetValue: 100, PredefinedMetricSpecification: {PredefinedMetricType: RDSReaderAverageCPUUtilization}}
"""

GOOD = """
Parameters: {Target: {Type: Number}, Metric: {Type: String}}
Resources:
  Cpu:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      TargetTrackingConfiguration: {TargetValue: 89, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}
  Reads: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {TargetTrackingScalingPolicyConfiguration: {TargetValue: 70, PredefinedMetricSpecification: {PredefinedMetricType: DynamoDBReadCapacityUtilization}}}}
  Requests:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      TargetTrackingConfiguration: {TargetValue: 1000, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget}}
  Backlog:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 500
        CustomizedMetricSpecification: {Namespace: Shop, MetricName: CPUUtilization, Statistic: Average}
  Sum:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 500
        CustomizedMetricSpecification: {Namespace: AWS/EC2, MetricName: CPUUtilization, Statistic: Sum}
  AnyTarget:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      TargetTrackingConfiguration: {TargetValue: !Ref Target, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}
  AnyMetric:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      TargetTrackingConfiguration: {TargetValue: 120, PredefinedMetricSpecification: {PredefinedMetricType: !Ref Metric}}
---
resource "aws_appautoscaling_policy" "cpu" {
  policy_type = "TargetTrackingScaling"

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
"""
