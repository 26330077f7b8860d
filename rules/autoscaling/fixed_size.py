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
    is_fixed = least.number is not None and least.number == most.number and not may_change(group)
    if not is_fixed or not policies or any(may_pass_maximum(policy) for policy in policies):
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
    actions = autoscaling.schedules(group)
    return autoscaling.may_have_other(group, autoscaling.SCHEDULE) or any(
        autoscaling.changes(action, bound) for action in actions for bound in ("MinSize", "MaxSize")
    )


def may_pass_maximum(policy: Resource) -> bool:
    behavior = policy.get("PredictiveScalingConfiguration.MaxCapacityBreachBehavior", default="HonorMaxCapacity")
    return behavior.text != "HonorMaxCapacity"


BAD = """
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: 2}}
  Cpu: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling}}
---
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 2
}

resource "aws_autoscaling_policy" "cpu" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"
}
"""

GOOD = """
Parameters:
  Size: {Type: Number}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 2}}
  Varying: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 4}}
  Requests: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Varying, PolicyType: TargetTrackingScaling}}
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: !Ref Size, MaxSize: !Ref Size}}
  Cpu: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Unknown, PolicyType: TargetTrackingScaling}}
---
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 2
}

resource "aws_autoscaling_policy" "cpu" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"
}

resource "aws_autoscaling_schedule" "day" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  min_size               = 2
  max_size               = 8
  desired_capacity       = -1
}
"""
