"""A policy should track a metric of what it scales.

Each predefined metric measures one kind of capacity: DynamoDBReadCapacityUtilization the reads of a table or an index,
ECSServiceAverageCPUUtilization the tasks of a service. A policy that tracks the metric of another kind never follows the
load of what it scales, and a table whose writes follow its reads throttles writes.

The requests for each target are those of one target group. CodeDeploy moves a service of ECS to another one with each blue/green
deployment, so that the policy sees none, or those of the old tasks; ECS does not support the metric there.

What to do: set PredefinedMetricType (Terraform: predefined_metric_type) to a metric of ScalableDimension. A customized
metric may measure anything, and is not checked.
"""

from awslint_memo import Findings, Resource, rule, scalable_targets, tracked_metrics


@rule(
    level="error",
    since="0.2",
    resource="AWS::ApplicationAutoScaling::ScalingPolicy",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/application/userguide/application-auto-scaling-target-tracking.html",
)
def check(policy: Resource) -> Findings:
    metric = policy.get("TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType")
    dimension = tracked_metrics.scaled_dimension(policy)
    fitting = tracked_metrics.fitting(metric, dimension)
    if fitting:
        yield policy.finding(
            metric,
            f"which does not measure what the policy scales: {dimension.text}",
            of="PredefinedMetricType",
            do=f"set it to {fitting[0]}{', for example' if len(fitting) > 1 else ''}",
            related=[(dimension, "what the policy scales")],
        )
    service = scalable_targets.scaled_blue_green(policy) if metric.text == scalable_targets.OF_A_TARGET else None
    if service is not None:
        message = f"but CodeDeploy moves {service.title} to another target group with each deployment, whose requests are not counted"
        related = [(service.get("DeploymentController.Type"), "the controller")]
        do = "follow the CPU, or a metric that adds up both target groups"
        yield policy.finding(metric, message, of="PredefinedMetricType", do=do, related=related, level="warning")


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {ServiceName: web, Cluster: main, TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}}}
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ResourceId: !Sub "service/main/${Web.Name}", ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 8}}
  Requests: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Target, TargetTrackingScalingPolicyConfiguration: {TargetValue: 800, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: app/web/0123456789abcdef/targetgroup/blue/0123456789abcdef}}}}
---
Resources:
  Writes: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: table/orders, ScalableDimension: "dynamodb:table:WriteCapacityUnits", MinCapacity: 5, MaxCapacity: 50}}
  Follow: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Writes, TargetTrackingScalingPolicyConfiguration: {TargetValue: 70, PredefinedMetricSpecification: {PredefinedMetricType: DynamoDBReadCapacityUtilization}}}}
---
Resources:
  Follow: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyType: TargetTrackingScaling, ScalableDimension: "rds:cluster:ReadReplicaCount", TargetTrackingScalingPolicyConfiguration: {TargetValue: 70, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}
---
resource "aws_appautoscaling_target" "replicas" {
  resource_id        = "replication-group/sessions"
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:Replicas"
  min_capacity       = 1
  max_capacity       = 3
}

resource "aws_appautoscaling_policy" "replicas" {
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.replicas.resource_id
  service_namespace  = aws_appautoscaling_target.replicas.service_namespace
  scalable_dimension = aws_appautoscaling_target.replicas.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ElastiCachePrimaryEngineCPUUtilization"
    }
  }
}
"""

GOOD = """
Parameters: {Controller: {Type: String}}
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {ServiceName: web, Cluster: main, TaskDefinition: web, DeploymentController: {Type: !Ref Controller}}}
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ResourceId: !Sub "service/main/${Web.Name}", ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 8}}
  Requests: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyType: TargetTrackingScaling, ScalingTargetId: !Ref Target, TargetTrackingScalingPolicyConfiguration: {TargetValue: 800, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: app/web/0123456789abcdef/targetgroup/blue/0123456789abcdef}}}}
---
Parameters: {Metric: {Type: String}, Dimension: {Type: String}}
Resources:
  Writes: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: table/orders, ScalableDimension: "dynamodb:table:WriteCapacityUnits", MinCapacity: 5, MaxCapacity: 50}}
  Follow: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {ScalingTargetId: !Ref Writes, TargetTrackingScalingPolicyConfiguration: {TargetValue: 70, PredefinedMetricSpecification: {PredefinedMetricType: DynamoDBWriteCapacityUtilization}}}}
  AnyMetric: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {ScalingTargetId: !Ref Writes, TargetTrackingScalingPolicyConfiguration: {TargetValue: 70, PredefinedMetricSpecification: {PredefinedMetricType: !Ref Metric}}}}
  AnyDimension: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {ScalableDimension: !Ref Dimension, TargetTrackingScalingPolicyConfiguration: {TargetValue: 70, PredefinedMetricSpecification: {PredefinedMetricType: DynamoDBReadCapacityUtilization}}}}
  Own: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {ScalingTargetId: !Ref Writes, TargetTrackingScalingPolicyConfiguration: {TargetValue: 70, CustomizedMetricSpecification: {Namespace: Shop, MetricName: Reads, Statistic: Average}}}}
---
resource "aws_appautoscaling_policy" "requests" {
  policy_type        = "TargetTrackingScaling"
  resource_id        = "service/shop/web"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value = 500

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
    }
  }
}
"""
