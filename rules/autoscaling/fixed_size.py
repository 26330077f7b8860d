"""An Auto Scaling group with scaling policies should have a MaxSize above its MinSize.

A policy never goes below MinSize or above MaxSize. If both are equal, policies run and change nothing.

What to do: set MaxSize above MinSize (Terraform: max_size and min_size), or remove the policies. A group whose bounds a
scheduled action changes, or whose predictive policy may exceed the maximum, is not checked. If the stack exports the
group or puts it out, a scheduled action may be in another stack, and this is advice.
"""

from awslint_memo import Findings, Resource, autoscaling, rule


@rule(
    level="warning",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="特定のメトリクスの閾値を超えた場合に、指定された数だけインスタンスを追加または削除します",
    aws="autoscaling/ec2/userguide/asg-capacity-limits.html",
)
def check(group: Resource) -> Findings:
    least, most = group.get("MinSize"), group.get("MaxSize")
    policies = autoscaling.policies(group)
    if least.number is None or least.number != most.number or not policies or may_change(group):
        return
    if any(may_pass_maximum(policy) for policy in policies):
        return
    names = " and ".join(policy.title for policy in policies)
    yield group.finding(
        most,
        f"and MinSize is {least.number}{least.note}, so {names} can't change the desired capacity",
        do="set MaxSize above MinSize",
        level="advice" if group.is_exposed() else None,
        related=[(least, "MinSize"), *((policy, "a policy without effect") for policy in policies)],
    )


def may_change(group: Resource) -> bool:
    """Whether a scheduled action changes the bounds, or may."""
    bounds = ("MinSize", "MaxSize")
    if autoscaling.may_have_other(group, autoscaling.SCHEDULE):
        return True
    return any(autoscaling.changes(action, bound) for action in autoscaling.schedules(group) for bound in bounds)


def may_pass_maximum(policy: Resource) -> bool:
    behavior = policy.get("PredictiveScalingConfiguration.MaxCapacityBreachBehavior", default="HonorMaxCapacity")
    return behavior.text != "HonorMaxCapacity"


BAD = """
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: "2", MaxSize: 2}
  Cpu:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50}}
---
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 2
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
  }
}
"""

GOOD = """
Parameters:
  Size: {Type: Number}
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 2}
  Unknown:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: !Ref Size, MaxSize: !Ref Size}
  Cpu:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {AutoScalingGroupName: !Ref Unknown, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50}}
---
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 2
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
  }
}

resource "aws_autoscaling_schedule" "day" {
  scheduled_action_name  = "day"
  autoscaling_group_name = aws_autoscaling_group.web.name
  min_size               = 2
  max_size               = 8
  desired_capacity       = -1
}
"""
