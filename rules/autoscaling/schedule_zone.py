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
    recurrence, zone = action.get("Recurrence"), action.get("TimeZone")
    fields = (recurrence.text or "").split()
    if zone.is_absent and len(fields) == 5 and fields[1].isdigit():
        yield action.finding(
            recurrence,
            "without TimeZone, so the hour is that of UTC",
            of="Recurrence",
            do="set TimeZone, to Etc/UTC where that is meant",
            together="say no TimeZone, so their hours are those of UTC; set it",
        )


BAD = """
Resources:
  Morning: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, Recurrence: 0 7 * * MON-FRI, MinSize: 2}}
  Evening: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, Recurrence: 0 19 * * MON-FRI, MinSize: 1}}
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
