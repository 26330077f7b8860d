"""What scales down to nothing should be able to come back.

Processor, memory and requests for each target are measured only where something runs. A service or a group that scales
by these alone and has a minimum of 0 writes no metric once it is at 0, so no policy ever starts the first task again.

What to do: set MinCapacity (of an Auto Scaling group: MinSize) to 1 or more, or add a policy on what waits to be done,
such as the length of a queue, or a schedule. Nothing is reported where a policy here lets a program start tasks or instances.
"""

from awslint_memo import Findings, Resource, autoscaling, ecs_services, permissions, rule

_SIZED = ("autoscaling:SetDesiredCapacity", "autoscaling:UpdateAutoScalingGroup")


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ApplicationAutoScaling::ScalableTarget",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    fix="unsafe",
)
def check(target: Resource) -> Findings:
    least = target.get("MinCapacity")
    if least.number != 0 or target.get("ScalableDimension").text != ecs_services.DESIRED_COUNT:
        return
    policies = ecs_services.policies(target)
    is_open = permissions.allowed_resources(target.deployment, "ecs:UpdateService")
    if policies and all(map(ecs_services.needs_tasks, policies)) and not is_open:
        names = [(policy, "measures only what runs") for policy in policies]
        message = "but its policies measure only tasks that run, so it never comes back from 0"
        fix = target.set("MinCapacity", 1, unsafe="keeps a task running")
        yield target.finding(least, message, do="set it to 1", related=names, fix=fix)


@check.on("AWS::AutoScaling::AutoScalingGroup")
def groups(group: Resource) -> Findings:
    least = group.get("MinSize")
    if least.number != 0 or autoscaling.is_managed(group) or autoscaling.schedules(group):
        return
    policies = autoscaling.policies(group)
    if (
        policies
        and all(map(autoscaling.needs_instances, policies))
        and not permissions.allowed_resources(group.deployment, *_SIZED)
        and not autoscaling.may_have_other(group, autoscaling.POLICY, autoscaling.SCHEDULE)
    ):
        names = [(policy, "measures only what runs") for policy in policies]
        message = "but its policies measure only instances that run, so it never comes back from 0"
        fix = group.set("MinSize", 1, unsafe="keeps an instance running")
        yield group.finding(least, message, do="set it to 1", related=names, fix=fix)


BAD = """
Resources:
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/web, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 0, MaxCapacity: 4}}
  Cpu: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Target, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
  Other: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: other, PolicyType: StepScaling, ResourceId: service/main/jobs, ScalableDimension: "ecs:service:DesiredCount"}}
---
Resources:
  Group: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "4"}}
  Cpu: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Group, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}}}
---
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/main/web"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 0
  max_capacity       = 4
}

resource "aws_appautoscaling_policy" "requests" {
  name               = "requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.web.service_namespace
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 100

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
    }
  }
}
---
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 0
  max_size = 4
}

resource "aws_autoscaling_policy" "requests" {
  name                   = "requests"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 100

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
    }
  }
}
"""

GOOD = """
Parameters: {Least: {Type: Number}, Id: {Type: String}}
Resources:
  Kept: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/kept, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 1, MaxCapacity: 4}}
  OfKept: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Kept, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
  Unknown: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/unknown, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: !Ref Least, MaxCapacity: 4}}
  OfUnknown: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Unknown, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
  ByQueue: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/queue, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 0, MaxCapacity: 4}}
  OfQueue: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: queue, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref ByQueue, TargetTrackingScalingPolicyConfiguration: {TargetValue: 5, CustomizedMetricSpecification: {MetricName: Backlog, Namespace: Jobs, Statistic: Average}}}}
  AndCpu: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref ByQueue, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
  Steps: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/steps, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 0, MaxCapacity: 4}}
  OfSteps: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: steps, PolicyType: StepScaling, ScalingTargetId: !Ref Steps}}
  Growing: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/growing, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 0, MaxCapacity: 4}}
  OfGrowing: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Growing, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, DisableScaleIn: true, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
  Scheduled: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/scheduled, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 0, MaxCapacity: 4, ScheduledActions: [{ScheduledActionName: day, Schedule: cron(0 6 * * ? *), ScalableTargetAction: {MinCapacity: 1}}]}}
  OfScheduled: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Scheduled, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
  ByHand: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/hand, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 0, MaxCapacity: 4}}
  Endpoint: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: endpoint/e/variant/v, ScalableDimension: "sagemaker:variant:DesiredInstanceCount", MinCapacity: 0, MaxCapacity: 4}}
  OfEndpoint: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Endpoint, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
---
Parameters: {Id: {Type: String}}
Resources:
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/web, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 0, MaxCapacity: 4}}
  Cpu: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Target, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
  Any: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: any, PolicyType: StepScaling, ResourceId: !Ref Id, ScalableDimension: "ecs:service:DesiredCount"}}
---
Parameters: {Id: {Type: String}}
Resources:
  Kept: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "4"}}
  OfKept: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Kept, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}}}
  Scheduled: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "4"}}
  OfScheduled: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Scheduled, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}}}
  Days: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Scheduled, MinSize: 1}}
  Managed: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "4", Tags: [{Key: AmazonECSManaged, Value: "", PropagateAtLaunch: true}]}}
  OfManaged: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Managed, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}}}
  Stepped: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "4"}}
  OfStepped: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Stepped, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}}}
  Step: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Stepped, PolicyType: StepScaling, AdjustmentType: ChangeInCapacity, StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: 1}]}}
  ByHand: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "4"}}
  Named: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {AutoScalingGroupName: named, MinSize: "0", MaxSize: "4"}}
  OfNamed: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Named, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}}}
  Any: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Id, PolicyType: SimpleScaling, AdjustmentType: ChangeInCapacity, ScalingAdjustment: 1}}
---
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/main/web"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 0
  max_capacity       = 4
}

resource "aws_appautoscaling_policy" "requests" {
  name               = "requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = "service/main/web"
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value = 100

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
    }
  }
}

resource "aws_appautoscaling_scheduled_action" "day" {
  name               = "day"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = "ecs:service:DesiredCount"
  schedule           = "cron(0 6 * * ? *)"

  scalable_target_action {
    min_capacity = 1
    max_capacity = 4
  }
}
---
# A function starts the first task.
Resources:
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/web, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 0, MaxCapacity: 4}}
  Cpu: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Target, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
  Starts:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: ["ecs:DescribeServices", "ecs:UpdateService"], Resource: "*"}]}}
---
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 0
  max_size = 4
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_iam_role_policy" "starts" {
  role   = "starter"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "autoscaling:SetDesiredCapacity", Resource = "*" }] })
}
"""

FIXED = """
-  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/web, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 0, MaxCapacity: 4}}
+  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/main/web, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 1, MaxCapacity: 4}}
---
-  Group: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "4"}}
+  Group: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "4"}}
---
-  min_capacity       = 0
+  min_capacity       = 1
---
-  min_size = 0
+  min_size = 1
"""
