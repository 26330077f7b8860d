"""A recurring scheduled action should say its time zone.

Recurrence is a time in UTC where there is no TimeZone: elsewhere the action runs at another hour, and with daylight saving
time an hour earlier or later half of the year.

What to do: set TimeZone (Terraform: time_zone) to the users' zone, Europe/Berlin for example, or to Etc/UTC where UTC is
meant. Actions at one time only, or in every hour, are not checked.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::AutoScaling::ScheduledAction",
    memo="予め定義された時間に定義された台数だけスケーリングします",
    aws="autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html",
)
def check(action: Resource) -> Findings:
    group = action.get("AutoScalingGroupName")
    others = action.deployment.of_type(action.type)
    like = [other for other in others if has_open_hour(other) and other.get("AutoScalingGroupName").is_same_as(group)]
    if like[:1] == [action]:
        recurrence, more = action.get("Recurrence"), [other for other in like if other is not action]
        message = "but without TimeZone its hour is that of UTC"
        do = f"set TimeZone{' here and in the others of the group' if more else ''}, to Etc/UTC where that is meant"
        yield action.finding(
            recurrence, message, do=do, related=[(other, f"{other.title}, likewise") for other in more]
        )


def has_open_hour(action: Resource) -> bool:
    """Whether an action surely runs at certain hours, and says no time zone."""
    fields = (action.get("Recurrence").text or "").split()
    return action.get("TimeZone").is_absent and len(fields) == 5 and fields[1].isdigit()


BAD = """
Resources:
  Night: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, Recurrence: 0 1 * * *, TimeZone: Etc/UTC, MinSize: 1}}
  Morning: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, Recurrence: 0 7 * * MON-FRI, MinSize: 2}}
  Evening: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, Recurrence: 0 19 * * MON-FRI, MinSize: 1}}
---
Parameters: {Groups: {Type: CommaDelimitedList}}
Resources:
  Morning: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Select [0, !Ref Groups], Recurrence: 0 7 * * *, MinSize: 2}}
---
resource "aws_autoscaling_schedule" "morning" {
  autoscaling_group_name = "web"
  recurrence             = "30 6 * * *"
  min_size               = 2
  max_size               = 4
  desired_capacity       = 2
}
"""

GOOD = """
Parameters: {Zone: {Type: String}, Recurrence: {Type: String}}
Resources:
  Morning: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, Recurrence: 0 7 * * MON-FRI, TimeZone: Europe/Berlin, MinSize: 2}}
  AnyZone: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, Recurrence: 0 7 * * MON-FRI, TimeZone: !Ref Zone, MinSize: 2}}
  Unknown: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, Recurrence: !Ref Recurrence, MinSize: 2}}
  Once: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, StartTime: "2027-01-01T00:00:00Z", MinSize: 2}}
  EachHour: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, Recurrence: 0 * * * *, MinSize: 2}}
  Invalid: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, Recurrence: 0 7, MinSize: 2}}
---
resource "aws_autoscaling_schedule" "morning" {
  autoscaling_group_name = "web"
  recurrence             = "0 7 * * *"
  time_zone              = "Etc/UTC"
  min_size               = 2
  max_size               = 4
  desired_capacity       = 2
}
"""
