"""The bounds of what is scaled should leave room to scale out.

A minimum or a desired capacity above the maximum is refused. With DynamicScalingOutSuspended no policy scales out, and with a maximum of 0 a
group launches nothing. While a process of a group is suspended (Terraform: suspended_processes), what needs it does nothing: its policies
without AlarmNotification, its scheduled actions without ScheduledActions, its health checks without ReplaceUnhealthy.

What to do: set the minimum to at most the maximum (Terraform: min_capacity, max_capacity; min_size, max_size), leave
dynamic scaling on, and suspend processes by hand, for as long as it takes. A group that a scheduled action, another stack or another program may size is not checked for 0.
A suspension that others may end is not told of: Terraform ignores changes of suspended_processes, or a role here may resume the
process or do its work.
"""

from awslint_memo import Findings, Resource, Value, autoscaling, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ApplicationAutoScaling::ScalableTarget",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    taste=True,
)
def check(target: Resource) -> Findings:
    yield from crossed(target, target.get("MinCapacity"), target.get("MaxCapacity"), "MaxCapacity")
    for action in target.get("ScheduledActions").items:
        sizes = action.get("ScalableTargetAction")
        yield from crossed(target, sizes.get("MinCapacity"), sizes.get("MaxCapacity"), "MaxCapacity")
    suspended = target.get("SuspendedState.DynamicScalingOutSuspended")
    if suspended.flag is True:
        yield target.finding(suspended, "so no policy scales out", do="set it to false", level="warning")


@check.on("AWS::ApplicationAutoScaling::ScheduledAction")
def terraform_schedule(action: Resource) -> Findings:
    sizes = action.get("ScalableTargetAction")
    return crossed(action, sizes.get("MinCapacity"), sizes.get("MaxCapacity"), "MaxCapacity")


@check.on("AWS::AutoScaling::AutoScalingGroup")
def group(scaled: Resource) -> Findings:
    most = scaled.get("MaxSize")
    yield from crossed(scaled, scaled.get("MinSize"), most, "MaxSize")
    yield from crossed(scaled, scaled.get("DesiredCapacity"), most, "MaxSize")
    is_sized = autoscaling.schedules(scaled) or autoscaling.may_have_other(scaled, autoscaling.SCHEDULE)
    if (
        most.number == 0
        and not is_sized
        and not autoscaling.is_managed(scaled)
        and not scaled.is_exposed(to_modules=False)
    ):
        so = "so the group never launches an instance"
        yield scaled.finding(most, so, do="set it to at least 1, or remove the group", level="advice")
    if scaled.terraform.suspended_processes.is_absent:
        return
    from awslint_memo import scaling_in  # Few groups need it.

    for process, so in scaling_in.standing_still(scaled):
        message = f"has {process.text} suspended, {so}"
        yield scaled.finding(process, message, do="remove it from suspended_processes", level="warning")


def crossed(scaled: Resource, least: Value, most: Value, name: str) -> Findings:
    if least.number is not None and most.number is not None and least.number > most.number:
        message = f"but {name} is {most.number}{most.note}, so it is refused"
        yield scaled.finding(least, message, do=f"set it to at most {most.number}", related=[(most, name)])


BAD = """
Resources:
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MinCapacity: 4, MaxCapacity: "2"}}
---
Resources:
  Tasks:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      MinCapacity: 1
      MaxCapacity: 8
      ScheduledActions: [{Schedule: 'cron(0 7 * * ? *)', ScalableTargetAction: {MinCapacity: 4, MaxCapacity: 2}}]
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "4", MaxSize: "2"}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", DesiredCapacity: "6"}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 0, MaxSize: 0}}
---
resource "aws_appautoscaling_target" "tasks" {
  min_capacity = 1
  max_capacity = 4

  suspended_state {
    dynamic_scaling_out_suspended = true
  }
}
---
resource "aws_autoscaling_group" "jobs" {
  min_size            = 1
  max_size            = 9
  suspended_processes = ["AZRebalance", "AlarmNotification"]
}

resource "aws_autoscaling_policy" "busy" {
  name                   = "busy"
  autoscaling_group_name = aws_autoscaling_group.jobs.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
---
resource "aws_autoscaling_group" "jobs" {
  min_size            = 0
  max_size            = 9
  suspended_processes = ["ScheduledActions"]
}

resource "aws_autoscaling_schedule" "night" {
  autoscaling_group_name = aws_autoscaling_group.jobs.name
  scheduled_action_name  = "night"
  recurrence             = "0 22 * * *"
  time_zone              = "Etc/UTC"
  min_size               = 3
  max_size               = 9
  desired_capacity       = 3
}
---
resource "aws_lb_target_group" "web" {
  port = 80
}

resource "aws_autoscaling_group" "web" {
  min_size            = 0
  max_size            = 9
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.web.arn]
  suspended_processes = ["ReplaceUnhealthy"]
}
---
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 9
  suspended_processes = ["Launch"]
}
---
resource "aws_appautoscaling_scheduled_action" "morning" {
  schedule = "cron(0 7 * * ? *)"

  scalable_target_action {
    min_capacity = 8
    max_capacity = 4
  }
}
"""

GOOD = """
# What others resume, or do in the place of the process.
resource "aws_lb_target_group" "web" {
  port = 80
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 9
  target_group_arns   = [aws_lb_target_group.web.arn]
  suspended_processes = ["AddToLoadBalancer"]
}

resource "aws_autoscaling_group" "jobs" {
  min_size            = 2
  max_size            = 9
  suspended_processes = ["Launch"]

  lifecycle {
    ignore_changes = [suspended_processes]
  }
}

resource "aws_iam_role" "joins" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "joins" {
  role   = aws_iam_role.joins.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "elasticloadbalancing:RegisterTargets", Resource = "*" }] })
}
---
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 9
  suspended_processes = ["Launch"]
}

resource "aws_iam_role" "resumes" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "resumes" {
  role   = aws_iam_role.resumes.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "autoscaling:ResumeProcesses", Resource = "*" }] })
}
---
Parameters: {Least: {Type: Number}, Suspended: {Type: String}}
Resources:
  Tasks:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      MinCapacity: 2
      MaxCapacity: 2
      SuspendedState: {DynamicScalingInSuspended: true, DynamicScalingOutSuspended: !Ref Suspended}
      ScheduledActions: [{Schedule: 'cron(0 7 * * ? *)', ScalableTargetAction: {MinCapacity: 4}}]
  Unknown: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MinCapacity: !Ref Least, MaxCapacity: 2}}
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 2}}
  Office: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 0, MaxSize: 0}}
  Morning: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Office, MaxSize: 4}}
  Exported: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 0, MaxSize: 0}}
  Hosts: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 0, MaxSize: 0}}
  Provider: {Type: AWS::ECS::CapacityProvider, Properties: {AutoScalingGroupProvider: {AutoScalingGroupArn: !Ref Hosts}}}
Outputs:
  Group: {Value: !Ref Exported, Export: {Name: group}}
---
resource "aws_appautoscaling_target" "tasks" {
  min_capacity = 1
  max_capacity = 4
}
---
variable "suspended" {
  type = list(string)
}

resource "aws_lb_target_group" "web" {
  port = 80
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 9
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.web.arn]
  suspended_processes = ["AZRebalance", "AlarmNotification", "ScheduledActions", "Terminate"]
}

# Prediction does not need alarms.
resource "aws_autoscaling_policy" "web" {
  name                   = "web"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "PredictiveScaling"
}

resource "aws_autoscaling_group" "jobs" {
  min_size            = 1
  max_size            = 9
  suspended_processes = var.suspended
}

resource "aws_autoscaling_policy" "jobs" {
  name                   = "jobs"
  autoscaling_group_name = aws_autoscaling_group.jobs.name
  policy_type            = "TargetTrackingScaling"
}

# Nothing scales it and nothing is checked beyond the machine itself.
resource "aws_autoscaling_group" "database" {
  min_size            = 1
  max_size            = 1
  health_check_type   = "EC2"
  suspended_processes = ["ReplaceUnhealthy", "HealthCheck", "AddToLoadBalancer"]
}
---
Parameters: {Group: {Type: String}}
Resources:
  Named: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {AutoScalingGroupName: web, MinSize: 0, MaxSize: 0}}
  Morning: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Group, MaxSize: 4}}
"""
