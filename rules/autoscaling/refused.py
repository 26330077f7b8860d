"""Auto Scaling should accept a group and what belongs to it.

Instances live for a day at least; a maintenance policy has both percentages, at most 100 apart; a lifecycle hook waits for
30 to 7200 s, and has a role where it notifies a topic or a queue; a scheduled action starts before it ends, and recurs by a plain cron expression of five fields,
"30 8 * * 1-5", not by cron(…) as EventBridge writes it. The launch templates
of a mixed instances policy ask for no Spot Instances themselves.

What to do: set what the message names (Terraform: max_instance_lifetime, instance_maintenance_policy, heartbeat_timeout,
role_arn, end_time, recurrence), or remove it (instance_market_options).
"""

from awslint_memo import Findings, Resource, Value, autoscaling, rule, schedules

MAINTENANCE = "InstanceMaintenancePolicy"
NOTIFIED = ("AWS::SNS::Topic", "AWS::SQS::Queue")


@rule(
    level="error",
    since="0.2",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html",
)
def check(group: Resource) -> Findings:
    lifetime = group.get("MaxInstanceLifetime")
    if lifetime.above(0) and lifetime.below(autoscaling.SHORTEST_LIFETIME):
        yield group.finding(
            lifetime,
            "which Auto Scaling refuses",
            unit="s",
            do=f"set it to at least {autoscaling.SHORTEST_LIFETIME}, or to 0",
        )
    least, most = (group.get(f"{MAINTENANCE}.{name}HealthyPercentage") for name in ("Min", "Max"))
    for given, other, missing in ((least, most, "MaxHealthyPercentage"), (most, least, "MinHealthyPercentage")):
        if given.is_known and other.is_absent:
            yield group.finding(given, f"but Auto Scaling refuses it without {missing}", do=f"set {missing} too")
    if least.number is not None and least.number >= 0 and most.above(least.number + 100):
        message = f"but MinHealthyPercentage is {least.number}, and Auto Scaling accepts 100 between them at most"
        yield group.finding(most, message, do=f"set it to at most {least.number + 100}", related=[(least, "the least")])
    for template in autoscaling.mixed_templates(group):
        market = template.get("LaunchTemplateData.InstanceMarketOptions.MarketType")
        if market.is_one_of("spot"):
            message = f"but Auto Scaling refuses such a template in the mixed instances policy of {group.title}"
            shares = "instances_distribution" if group.language == "terraform" else "InstancesDistribution"
            do = f"remove InstanceMarketOptions, and set {shares} of the policy"
            yield template.finding(market, message, do=do, related=[(group.get("MixedInstancesPolicy"), "the policy")])
    for hook in group.get("LifecycleHookSpecificationList").items:
        yield from waiting(group, hook.get("HeartbeatTimeout"))


@check.on("AWS::AutoScaling::LifecycleHook")
def lifecycle_hook(hook: Resource) -> Findings:
    yield from waiting(hook, hook.get("HeartbeatTimeout"))
    target, role = hook.get("NotificationTargetARN"), hook.get("RoleARN")
    if role.is_absent and hook.deployment.find(target, *NOTIFIED) is not None:
        message = "but Auto Scaling refuses the hook without a role that may notify its target"
        yield hook.finding(role, message, do="set it", related=[(target, "what is notified")])


@check.on("AWS::AutoScaling::ScheduledAction")
def schedule(action: Resource) -> Findings:
    start, end = action.get("StartTime"), action.get("EndTime")
    if start.text and end.text and start.text.endswith("Z") and end.text.endswith("Z") and end.text <= start.text:
        message = f"but StartTime is {start.text}, so Auto Scaling refuses the action"
        yield action.finding(end, message, do="set it to a later time", related=[(start, "the start")])
    recurrence, fault = action.get("Recurrence"), schedules.recurrence_fault(action)
    if fault is not None:
        message = f"is {recurrence.text}{recurrence.note}, which {fault}"
        yield action.finding(recurrence, message, of="Recurrence", do="write 30 8 * * 1-5, for example")


def waiting(holder: Resource, timeout: Value) -> Findings:
    least, most = autoscaling.HEARTBEATS
    if timeout.below(least) or timeout.above(most):
        message = f"but Auto Scaling accepts {least} to {most} s"
        yield holder.finding(timeout, message, unit="s", do=f"set it to {least if timeout.below(least) else most}")


BAD = """
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, MaxInstanceLifetime: 3600}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, InstanceMaintenancePolicy: {MinHealthyPercentage: 50, MaxHealthyPercentage: 200}}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, InstanceMaintenancePolicy: {MinHealthyPercentage: 90}}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, InstanceMaintenancePolicy: {MinHealthyPercentage: 0, MaxHealthyPercentage: 110}}}
---
Resources:
  Drain: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: web, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING", HeartbeatTimeout: 10}}
---
Resources:
  Ended: {Type: AWS::SQS::Queue}
  Drain: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: web, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING", NotificationTargetARN: !GetAtt Ended.Arn}}
---
Resources:
  Sale: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, MinSize: 4, StartTime: "2027-05-01T00:00:00Z", EndTime: "2027-04-01T00:00:00Z", Recurrence: "0 8 * * *"}}
---
Resources:
  Workers: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceMarketOptions: {MarketType: spot}}}}
  Batch: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: !Ref Workers, Version: !GetAtt Workers.LatestVersionNumber}, Overrides: [{InstanceType: m5.large}]}}}}
---
resource "aws_launch_template" "arm" {
  instance_market_options {
    market_type = "spot"
  }
}

resource "aws_autoscaling_group" "batch" {
  min_size = 2
  max_size = 6

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = "lt-1"
      }

      override {
        instance_type = "m7g.large"

        launch_template_specification {
          launch_template_id = aws_launch_template.arm.id
        }
      }
    }
  }
}
---
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 6

  initial_lifecycle_hook {
    name                 = "drain"
    lifecycle_transition = "autoscaling:EC2_INSTANCE_TERMINATING"
    heartbeat_timeout    = 14400
  }
}
---
Resources:
  Morning: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, MinSize: 4, TimeZone: Etc/UTC, Recurrence: cron(30 8 ? * 2-6 *)}}
---
resource "aws_autoscaling_schedule" "morning" {
  scheduled_action_name  = "morning"
  autoscaling_group_name = "web"
  min_size               = 4
  max_size               = 8
  desired_capacity       = 4
  recurrence             = "30 8 ? * MON-FRI *"
  time_zone              = "Etc/UTC"
}
"""

GOOD = """
Parameters: {Lifetime: {Type: Number}, Seconds: {Type: Number}, Target: {Type: String}}
Resources:
  Off: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, MaxInstanceLifetime: 0, InstanceMaintenancePolicy: {MinHealthyPercentage: -1, MaxHealthyPercentage: -1}}}
  Day: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, MaxInstanceLifetime: 86400, InstanceMaintenancePolicy: {MinHealthyPercentage: 90, MaxHealthyPercentage: 190}}}
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, MaxInstanceLifetime: !Ref Lifetime}}
  # A group without a mixed policy may launch Spot Instances by its template; the first version of another may be an old one.
  Spot: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceMarketOptions: {MarketType: spot}}}}
  OfSpot: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, LaunchTemplate: {LaunchTemplateId: !Ref Spot, Version: "1"}}}
  Old: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: !Ref Spot, Version: "3"}}}}}
  AnyMarket: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceMarketOptions: {MarketType: !Ref Target}}}}
  Mixed: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: !Ref AnyMarket, Version: "1"}}}}}
  Drain: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: web, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING", HeartbeatTimeout: 30}}
  AnyTarget: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: web, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING", HeartbeatTimeout: !Ref Seconds, NotificationTargetARN: !Ref Target}}
  Cleared: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 6, InstanceMaintenancePolicy: {MinHealthyPercentage: -1, MaxHealthyPercentage: 100}}}
  Sale: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, MinSize: 4, StartTime: "2027-04-01T00:00:00Z", EndTime: "2027-05-01T00:00:00Z"}}
  East: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, MinSize: 4, StartTime: "2027-05-01T02:00:00+09:00", EndTime: "2027-04-30T20:00:00Z"}}
  Daily: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, MinSize: 4, TimeZone: Etc/UTC, Recurrence: "30 8 * * 1-5"}}
  Named: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, MinSize: 4, TimeZone: Etc/UTC, Recurrence: "@daily"}}
  Recurs: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, MinSize: 4, TimeZone: Etc/UTC, Recurrence: !Sub "0 ${Seconds} * * *"}}
  West: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, MinSize: 4, StartTime: "2027-04-30T20:00:00Z", EndTime: "2027-04-30T19:00:00-05:00"}}
---
resource "aws_sns_topic" "ended" {}

resource "aws_iam_role" "notifies" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "autoscaling.amazonaws.com" } }] })
}

resource "aws_autoscaling_lifecycle_hook" "drain" {
  name                    = "drain"
  autoscaling_group_name  = "web"
  lifecycle_transition    = "autoscaling:EC2_INSTANCE_TERMINATING"
  notification_target_arn = aws_sns_topic.ended.arn
  role_arn                = aws_iam_role.notifies.arn
}
"""
