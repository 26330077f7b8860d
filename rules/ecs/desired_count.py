"""A service that is scaled should not say how many tasks it has.

Application Auto Scaling changes the desired count of a service. A count that stands in the template is sent with each update of the
service, and Terraform sees a difference each time: under load a deployment takes away the tasks that scaling has started.

What to do: leave DesiredCount out, so that the count stays as it is (MinCapacity holds from the beginning). In Terraform add
desired_count to ignore_changes of lifecycle.
"""

from awslint_memo import Findings, Resource, ecs_daemons, ecs_services, rule, scalable_targets


@rule(
    level="advice",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="特定のメトリクスの閾値を超えた場合に、指定された数だけインスタンスを追加または削除します",
    aws="AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html",
)
def check(service: Resource) -> Findings:
    count = service.get("DesiredCount")
    is_its_own = count.number is not None and count.is_written and not ecs_daemons.is_daemon(service)
    if not is_its_own or ecs_services.may_ignore_count(service):
        return
    for target in ecs_services.scaling_targets(service):
        if scalable_targets.is_of_service(service, target.get("ResourceId")) and ecs_services.policies(target):
            so = f"but {target.title} scales the service, so each update of it sets the count back"
            is_terraform = service.language == "terraform"
            do = "ignore changes of desired_count" if is_terraform else "remove it"
            yield service.finding(count, so, do=do, related=[(target, "scales the service")])
            return


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {Cluster: main, TaskDefinition: web, DesiredCount: 2}}
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ResourceId: !Sub "service/main/${Web.Name}", ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 8}}
  Policy: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Target, TargetTrackingScalingPolicyConfiguration: {TargetValue: 60, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  task_definition = "web"
  desired_count   = 2

  # A pipeline deploys new task definitions.
  lifecycle {
    ignore_changes = [task_definition]
  }
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/main/${aws_ecs_service.web.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 8
}

resource "aws_appautoscaling_policy" "web" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.web.service_namespace
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
---
resource "aws_ecs_cluster" "shop" {
  name = "shop"
}

resource "aws_ecs_service" "mails" {
  name            = "mails"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = "mails"
  desired_count   = 3

  # A pipeline deploys new task definitions.
  lifecycle {
    ignore_changes = [task_definition]
  }
}

resource "aws_appautoscaling_target" "shop" {
  for_each           = toset(["mails", "bills"])
  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.shop.name}/${each.key}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 3
  max_capacity       = 9
}

resource "aws_appautoscaling_policy" "shop" {
  for_each           = aws_appautoscaling_target.shop
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = each.value.service_namespace
  resource_id        = each.value.resource_id
  scalable_dimension = each.value.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
---
Resources:
  Bills: {Type: AWS::ECS::Service, Properties: {Cluster: main, ServiceName: bills, TaskDefinition: bills, DesiredCount: 2}}
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ResourceId: service/main/bills, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 8}}
  Policy: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Target, TargetTrackingScalingPolicyConfiguration: {TargetValue: 60, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
"""

GOOD = """
resource "aws_ecs_cluster" "shop" {
  name = "shop"
}

resource "aws_ecs_cluster" "other" {
  name = "other"
}

resource "aws_ecs_service" "mails" {
  name            = "mails"
  cluster         = aws_ecs_cluster.other.id
  task_definition = "mails"
  desired_count   = 3
}

# The service of this name that is scaled is of another cluster.
resource "aws_appautoscaling_target" "shop" {
  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.shop.name}/mails"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 3
  max_capacity       = 9
}

resource "aws_appautoscaling_policy" "shop" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.shop.resource_id
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
---
Parameters: {Count: {Type: Number}}
Resources:
  Unsaid: {Type: AWS::ECS::Service, Properties: {Cluster: main, TaskDefinition: web}}
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ResourceId: !Sub "service/main/${Unsaid.Name}", ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 8}}
  Policy: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyName: cpu, PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Target, TargetTrackingScalingPolicyConfiguration: {TargetValue: 60, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
  Unscaled: {Type: AWS::ECS::Service, Properties: {Cluster: main, TaskDefinition: web, DesiredCount: 2}}
  # A target without a policy or a schedule scales nothing.
  Bare: {Type: AWS::ECS::Service, Properties: {Cluster: main, TaskDefinition: web, DesiredCount: 2}}
  OfBare: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ResourceId: !Sub "service/main/${Bare.Name}", ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 8}}
  Unknown: {Type: AWS::ECS::Service, Properties: {Cluster: main, TaskDefinition: web, DesiredCount: !Ref Count}}
  OfUnknown: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ResourceId: !Sub "service/main/${Unknown.Name}", ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 8}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  task_definition = "web"
  desired_count   = 2

  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/main/${aws_ecs_service.web.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 8
}

resource "aws_appautoscaling_policy" "web" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.web.service_namespace
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
"""
