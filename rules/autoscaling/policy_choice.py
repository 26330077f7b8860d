"""An Auto Scaling group should scale by target tracking, in both directions.

Simple scaling, the default, adds a fixed number of instances and then waits for its cooldown; target tracking keeps a
metric at a value and adds as many instances as that needs. With DisableScaleIn, target tracking leaves the group at its
highest size unless something else scales in. Predictive scaling only forecasts unless its mode is ForecastAndScale.

A group of at most one instance, or of a fixed number, does not follow a load, so its policies are not checked.

What to do: set PolicyType to TargetTrackingScaling (Terraform: policy_type), remove DisableScaleIn or add a policy or
scheduled action that scales in, and set the predictive Mode to ForecastAndScale once its forecasts look right.
"""

from awslint_memo import Findings, Resource, autoscaling, rule


@rule(
    level="advice",
    resource="AWS::AutoScaling::ScalingPolicy",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/ec2/userguide/as-scaling-simple-step.html",
    fix="unsafe",
)
def check(policy: Resource) -> Findings:
    type_ = policy.get("PolicyType", default="SimpleScaling")
    if policy.terraform.enabled.flag is False:
        return
    if type_.text == "SimpleScaling":
        if autoscaling.is_of_one_size(autoscaling.group_of(policy)):
            return
        seconds = cooldown(policy)
        wait = f"for {seconds} s" if seconds is not None else "for its cooldown"
        message = f"is SimpleScaling{type_.note}, which waits {wait} after each step; use target tracking instead"
        yield policy.finding(type_, message, of="PolicyType")
    elif type_.text == "TargetTrackingScaling" and never_scales_in(policy):
        path = "TargetTrackingConfiguration.DisableScaleIn"
        off, group = policy.get(path), policy.follow("AutoScalingGroupName")
        where = f"from {group.title if group is not None else ''}"
        message = f"is true{off.note}, and nothing else here removes instances {where}; set it to false"
        # What scales in an exported group may be in another stack.
        is_exposed = group is not None and group.is_exposed()
        fix = policy.set(path, False, unsafe="lets the policy terminate instances")
        yield policy.finding(off, message, of=path, level="advice" if is_exposed else "warning", fix=fix)
    elif type_.text == "PredictiveScaling":
        path = "PredictiveScalingConfiguration.Mode"
        mode = policy.get(path, default="ForecastOnly")
        if mode.text == "ForecastOnly":
            message = f"is ForecastOnly{mode.note}, so the policy never scales; set it to ForecastAndScale"
            fix = policy.set(
                path, "ForecastAndScale", unsafe="scales by forecasts, which somebody should look at first"
            )
            yield policy.finding(mode, message, of=path, fix=fix)


def cooldown(policy: Resource) -> int | float | None:
    """Seconds that simple scaling waits: the policy's, else the group's, which is 300 by default."""
    group = autoscaling.group_of(policy)
    own = policy.get("Cooldown")
    return (
        own.number
        if not own.is_absent or group is None
        else group.get("Cooldown", default=autoscaling.DEFAULT_COOLDOWN).number
    )


def never_scales_in(policy: Resource) -> bool:
    group = autoscaling.group_of(policy)
    if group is None or autoscaling.is_managed(group) or autoscaling.schedules(group):
        return False
    may_be_others = autoscaling.may_have_other(group, autoscaling.POLICY, autoscaling.SCHEDULE)
    return not may_be_others and not any(autoscaling.may_scale_in(other) for other in autoscaling.policies(group))


BAD = """
Resources:
  Out:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {AutoScalingGroupName: !ImportValue Web, AdjustmentType: ChangeInCapacity, ScalingAdjustment: 1, Cooldown: "60"}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 4}}
  Cpu:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, DisableScaleIn: true}}
---
resource "aws_autoscaling_policy" "forecast" {
  name                   = "forecast"
  autoscaling_group_name = "web"
  policy_type            = "PredictiveScaling"

  predictive_scaling_configuration {
    metric_specification {
      target_value = 40
    }
  }
}
"""

GOOD = """
Parameters:
  Type: {Type: String}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 4}}
  Cpu:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, DisableScaleIn: true}}
  In:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {AutoScalingGroupName: !Ref Web, PolicyType: StepScaling, AdjustmentType: ChangeInCapacity, StepAdjustments: [{MetricIntervalUpperBound: 0, ScalingAdjustment: -1}]}
  Unknown: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Web, PolicyType: !Ref Type}}
---
resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = "web"
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value     = 50
    disable_scale_in = true
  }
}
"""

FIXED = """
-    Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, DisableScaleIn: true}}
+    Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, DisableScaleIn: false}}
---
   predictive_scaling_configuration {
+    mode = "ForecastAndScale"
+
"""
