"""What scaling policies size should have a maximum above its minimum.

A policy never goes below MinSize of an Auto Scaling group or above its MaxSize. If both are equal, policies run and change
nothing. MinCapacity and MaxCapacity bound a service of ECS, a table and what else Application Auto Scaling sizes.

What to do: set MaxSize above MinSize (Terraform: max_size and min_size; max_capacity and min_capacity), or remove the
policies. What has no capacity at all is switched off, and not checked. A group whose bounds a scheduled action changes, or whose predictive policy may exceed the maximum, is not
checked. If the stack exports the group or puts it out, a scheduled action may be in another stack, and this is advice; so it
is of a group of one instance, which has to stay the only one where it keeps data.
"""

from awslint_memo import Findings, Resource, autoscaling, ecs_services, rule


@rule(
    level="warning",
    widened={"0.2": "targets of Application Auto Scaling"},
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="特定のメトリクスの閾値を超えた場合に、指定された数だけインスタンスを追加または削除します",
    aws="autoscaling/ec2/userguide/asg-capacity-limits.html",
)
def check(group: Resource) -> Findings:
    least, most = group.get("MinSize"), group.get("MaxSize")
    policies = autoscaling.policies(group)
    is_fixed = bool(least.number) and least.number == most.number and not may_change(group)
    if not is_fixed or not policies or any(may_pass_maximum(policy) for policy in policies):
        return
    names, is_single = " and ".join(policy.title for policy in policies), least.number == 1
    yield group.finding(
        most,
        f"and MinSize is {least.number}{least.note}, so {names} can't change the desired capacity",
        do="remove them, or set MaxSize above MinSize" if is_single else "set MaxSize above MinSize",
        level="advice" if is_single or group.is_exposed() else None,
        related=[(least, "MinSize"), *((policy, "a policy without effect") for policy in policies)],
    )


@check.on("AWS::ApplicationAutoScaling::ScalableTarget")
def check_target(target: Resource) -> Findings:
    least, most = target.get("MinCapacity"), target.get("MaxCapacity")
    policies = ecs_services.policies(target) if least.number is not None and least.number == most.number else None
    if (
        policies
        and most.number
        and not any(may_pass_maximum(policy, "PredictiveScalingPolicyConfiguration") for policy in policies)
    ):
        yield target.finding(
            most,
            f"and MinCapacity is {least.number}{least.note}, so {' and '.join(each.title for each in policies)} can't change it",
            do="set MaxCapacity above MinCapacity",
            # Defaults of a template for many, which each stack sets.
            level="advice" if least.note and most.note else None,
            related=[(least, "MinCapacity"), *((policy, "a policy without effect") for policy in policies)],
            since="0.2",
        )


def may_change(group: Resource) -> bool:
    """Whether a scheduled action changes the bounds, or may."""
    actions = autoscaling.schedules(group)
    return autoscaling.may_have_other(group, autoscaling.SCHEDULE) or any(
        autoscaling.changes(action, bound) for action in actions for bound in ("MinSize", "MaxSize")
    )


def may_pass_maximum(policy: Resource, settings: str = "PredictiveScalingConfiguration") -> bool:
    behavior = policy.get(f"{settings}.MaxCapacityBreachBehavior", default="HonorMaxCapacity")
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
---
Resources:
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/web, ScalableDimension: "ecs:service:DesiredCount", ServiceNamespace: ecs, MinCapacity: 2, MaxCapacity: 2}}
  Cpu: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Tasks, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
---
resource "aws_appautoscaling_target" "reads" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/orders"
  min_capacity       = 5
  max_capacity       = 5
}

resource "aws_appautoscaling_policy" "reads" {
  name               = "reads"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.reads.service_namespace
  scalable_dimension = aws_appautoscaling_target.reads.scalable_dimension
  resource_id        = aws_appautoscaling_target.reads.resource_id
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
---
resource "aws_appautoscaling_target" "tasks" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/web"
  min_capacity       = 2
  max_capacity       = 2
}

resource "aws_appautoscaling_policy" "tasks" {
  name               = "tasks"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.tasks.resource_id
}

resource "aws_appautoscaling_scheduled_action" "day" {
  name               = "day"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.tasks.resource_id
  schedule           = "cron(0 7 * * ? *)"

  scalable_target_action {
    max_capacity = 8
  }
}
"""
