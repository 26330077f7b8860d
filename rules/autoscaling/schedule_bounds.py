"""The sizes of a scheduled action should fit each other and the bounds of its group.

EC2 Auto Scaling rejects an action whose minimum is above its maximum or whose desired capacity is outside of both. An
action that is valid by itself but does not fit the bounds that its group has at that time fails when it runs, and the
group is not scaled.

What to do: set MinSize, DesiredCapacity and MaxSize of the action in ascending order, or change the group's bounds
(Terraform: min_size, desired_capacity, max_size; -1 leaves a size unchanged). Bounds that another scheduled action of
the group changes are not compared; against those of a group that the stack exports or puts out, this is advice.
"""

from awslint_memo import Findings, Resource, autoscaling, rule


@rule(
    level="error",
    resource="AWS::AutoScaling::ScheduledAction",
    memo="予め定義された時間に定義された台数だけスケーリングします",
    aws="autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html",
)
def check(action: Resource) -> Findings:
    for lower, upper in (("MinSize", "MaxSize"), ("DesiredCapacity", "MaxSize"), ("MinSize", "DesiredCapacity")):
        small, large = autoscaling.size(action, lower), autoscaling.size(action, upper)
        if small.number is not None and large.number is not None and small.number > large.number:
            yield action.finding(
                small,
                f"is {small.number}{small.note}, above {upper} {large.number}{large.note}, so the action is rejected",
                of=lower,
                do=f"set it to at most {large.number}",
                related=[(large, upper)],
            )
            return
    group = autoscaling.group_of(action)
    if group is not None and not autoscaling.may_have_other(group, autoscaling.SCHEDULE):
        yield from against(group, action)


def against(group: Resource, action: Resource) -> Findings:
    """What does not fit the bounds that the group has at that time, of which the action leaves one as it is."""
    for bound, sizes in (("MaxSize", ("MinSize", "DesiredCapacity")), ("MinSize", ("MaxSize", "DesiredCapacity"))):
        limit = group.get(bound)
        if limit.number is None or any(autoscaling.changes(other, bound) for other in autoscaling.schedules(group)):
            continue
        for name in sizes:
            value = autoscaling.size(action, name)
            excess = 0 if value.number is None else value.number - limit.number
            if excess > 0 if bound == "MaxSize" else excess < 0:
                side, limits = ("above", "at least") if bound == "MaxSize" else ("below", "at most")
                yield action.finding(
                    value,
                    f"is {value.number}{value.note}, {side} {bound} {limit.number}{limit.note} of "
                    f"{group.title}, so the action fails when it runs",
                    of=name,
                    do=f"set {bound} of the action to {limits} {value.number}",
                    level="advice" if group.is_exposed() else "warning",
                    related=[(limit, f"{bound} of the group")],
                )
                return


BAD = """
Resources:
  Night: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, MinSize: 4, MaxSize: "2"}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 4}}
  Day: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Web, DesiredCapacity: 6}}
---
resource "aws_autoscaling_schedule" "day" {
  autoscaling_group_name = "web"
  min_size               = 2
  max_size               = 4
  desired_capacity       = 6
}
"""

GOOD = """
Parameters: {Least: {Type: Number}}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 4}}
  Day: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Web, DesiredCapacity: 6}}
  Morning: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Web, MaxSize: 8}}
  Unknown: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Web, MinSize: !Ref Least, MaxSize: 2}}
---
resource "aws_autoscaling_schedule" "day" {
  autoscaling_group_name = "web"
  min_size               = 2
  max_size               = -1
  desired_capacity       = -1
}
"""
