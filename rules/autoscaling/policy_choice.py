"""An Auto Scaling group should scale by target tracking, in both directions.

Simple scaling, the default, adds a fixed number of instances and then waits for its cooldown; target tracking keeps a
metric at a value and adds as many instances as that needs. With DisableScaleIn, target tracking leaves the group at its
highest size unless something else scales in. Predictive scaling only forecasts unless its mode is ForecastAndScale, which is how to begin where another policy scales.

A group of at most one instance, or of a fixed number, does not follow a load, so its policies are not checked.

What to do: set PolicyType to TargetTrackingScaling (Terraform: policy_type), remove DisableScaleIn or add a policy or
scheduled action that scales in, and set the predictive Mode to ForecastAndScale once its forecasts look right.
"""

from awslint_memo import Findings, Resource, Value, autoscaling, rule, scaling_in


@rule(
    level="advice",
    resource="AWS::AutoScaling::ScalingPolicy",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/ec2/userguide/as-scaling-simple-step.html",
    fix="unsafe",
    yields_to="autoscaling-policy-idle",
)
def check(policy: Resource) -> Findings:
    kind, group = policy.get("PolicyType", default="SimpleScaling"), autoscaling.group_of(policy)
    if policy.terraform.enabled.flag is False:
        return
    if kind.text == "SimpleScaling" and not autoscaling.is_of_one_size(group):
        waits = cooldown(policy, group)
        wait = f"for {waits.number} s" if waits.number is not None else "for its cooldown"
        message = f"which waits {wait} after each step"
        yield policy.finding(kind, message, do="use target tracking instead", decided_by=[waits])
    elif kind.text == "TargetTrackingScaling" and group is not None and never_scales_in(group):
        off = policy.get(DISABLED)
        yield policy.finding(
            off,
            f"is true{off.note}, and nothing else here removes instances from {group.title}",
            of=DISABLED,
            do="set it to false",
            # What scales in an exported group may be in another stack.
            level="advice" if group.is_exposed() else "warning",
            fix=policy.set(DISABLED, False, unsafe="lets the policy terminate instances"),
        )
    elif kind.text == "PredictiveScaling":
        mode = policy.get(MODE, default="ForecastOnly")
        if mode.text == "ForecastOnly" and not is_beside_others(policy, group):
            unsafe = "scales by forecasts, which somebody should look at first"
            fix = policy.set(MODE, "ForecastAndScale", unsafe=unsafe)
            yield policy.finding(mode, "so the policy never scales", do="set it to ForecastAndScale", fix=fix)


def is_beside_others(policy: Resource, group: Resource | None) -> bool:
    """Whether something else may scale the group meanwhile: who begins to forecast looks first whether that is right."""
    return group is not None and any(one is not policy for one in autoscaling.policies(group))


DISABLED, MODE = "TargetTrackingConfiguration.DisableScaleIn", "PredictiveScalingConfiguration.Mode"


def cooldown(policy: Resource, group: Resource | None) -> Value:
    """The seconds that simple scaling waits: the policy's, else the group's, which is 300 by default."""
    own = policy.get("Cooldown")
    if own.is_absent and group is not None:
        return group.get("Cooldown", default=autoscaling.DEFAULT_COOLDOWN)
    return own


def never_scales_in(group: Resource) -> bool:
    if autoscaling.is_managed(group) or autoscaling.schedules(group) or scaling_in.may_be_ended_by_program(group):
        return False
    may_be_others = autoscaling.may_have_other(group, autoscaling.POLICY, autoscaling.SCHEDULE)
    return not may_be_others and not any(autoscaling.may_scale_in(other) for other in autoscaling.policies(group))


BAD = """
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !ImportValue Web, Cooldown: "60"}}
  Busy: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Out]}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 4}}
  Cpu:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, DisableScaleIn: true}}
---
resource "aws_autoscaling_policy" "forecast" {
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
  # Who begins to forecast looks at the forecasts first.
  Ahead: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Web, PolicyType: PredictiveScaling, PredictiveScalingConfiguration: {MetricSpecifications: [{TargetValue: 40}]}}}
  # Another rule tells that it never scales.
  Idle: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Web}}
---
resource "aws_autoscaling_policy" "cpu" {
  autoscaling_group_name = "web"
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value     = 50
    disable_scale_in = true
  }
}
---
# A program ends instances that have nothing to do.
resource "aws_autoscaling_group" "workers" {
  min_size = 0
  max_size = 40
}

resource "aws_autoscaling_policy" "queue" {
  autoscaling_group_name = aws_autoscaling_group.workers.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value     = 1
    disable_scale_in = true
  }
}

resource "aws_lambda_function" "end_idle" {
  function_name = "end-idle"
  role          = aws_iam_role.end_idle.arn
}

resource "aws_iam_role" "end_idle" {
  assume_role_policy = jsonencode({})
  inline_policy {
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "autoscaling:Terminate*", Resource = "*" }] })
  }
}
---
variable "role" {}

resource "aws_autoscaling_group" "workers" {
  min_size = 0
  max_size = 40
}

resource "aws_autoscaling_policy" "queue" {
  autoscaling_group_name = aws_autoscaling_group.workers.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value     = 1
    disable_scale_in = true
  }
}

resource "aws_lambda_function" "end_idle" {
  function_name = "end-idle"
  role          = var.role
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
