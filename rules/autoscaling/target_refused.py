"""Application Auto Scaling should accept a target, and act on it.

Provisioned concurrency is that of an alias or a version, so a target that names neither is refused, and so is one with more
than the five replicas that a shard of a cache has, or with a ResourceId of another form. That is made of names, such as
service/CLUSTER/SERVICE, and of no ARN: with the cluster's ARN, which is its id in Terraform, the target is created and listed, but
is not attached to the service, which is never scaled. The schedule of an action is at(…), cron(…) or
rate(…). An Aurora cluster has 15 readers at most, whatever MaxCapacity says. While
ScheduledScalingSuspended is true, no scheduled action changes anything.

What to do: name the alias (function:NAME:ALIAS), lower MaxCapacity (Terraform: max_capacity), write the schedule as cron(30 8 ? * MON-FRI *), or set the suspension to
false.
"""

from awslint_memo import Findings, Resource, Value, caches, rule, scalable_targets, schedules, tracked_metrics

CONCURRENCY = "lambda:function:ProvisionedConcurrency"


@rule(
    level="error",
    since="0.2",
    resource="AWS::ApplicationAutoScaling::ScalableTarget",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/application/APIReference/API_RegisterScalableTarget.html",
)
def check(target: Resource) -> Findings:
    dimension, capacity, scaled = (target.get(name) for name in ("ScalableDimension", "MaxCapacity", "ResourceId"))
    most = tracked_metrics.MOST_SCALED.get(dimension.text or "")
    if most is not None and capacity.above(most):
        # The API says "Maximum capacity cannot be greater than 5" of replicas (https://github.com/badmintoncryer/cdk-preflight,
        # pf-appautoscaling-elasticache-replicas-max-capacity-5, read on 2026-11-29); of readers, no page says so.
        is_refused = dimension.text == caches.REPLICAS
        message = f"but {dimension.text} never gets above {most}{', so the target is refused' if is_refused else ''}"
        do, related = f"set it to at most {most}", [(dimension, "what is scaled")]
        yield target.finding(capacity, message, do=do, related=related, level=None if is_refused else "advice")
    _, _, qualifier = (scaled.text or "").removeprefix("function:").partition(":")
    if dimension.text == CONCURRENCY and scaled.text is not None and qualifier in ("", "$LATEST"):
        message = "but provisioned concurrency is that of an alias or a version, so the target is refused"
        yield target.finding(scaled, message, do="name an alias")
    elif (wrong := scalable_targets.wrong_id(target)) is not None:
        do = f"write {scalable_targets.form(dimension)}"
        yield target.finding(scaled, wrong, of="ResourceId", do=do)
    suspended, actions = target.get("SuspendedState.ScheduledScalingSuspended"), target.get("ScheduledActions")
    if suspended.flag is True and actions.is_known and actions.items:
        message = "so none of its ScheduledActions changes anything"
        yield target.finding(suspended, message, do="set it to false", related=[(actions, "the actions")])
    for action in actions.items:
        yield from scheduled(target, action.get("Schedule"))


@check.on("AWS::ApplicationAutoScaling::ScheduledAction")
def terraform_action(action: Resource) -> Findings:
    return scheduled(action, action.get("Schedule"))


def scheduled(holder: Resource, schedule: Value) -> Findings:
    fault = schedules.form_fault(schedule)
    if fault is not None:
        message = f"is {schedule.text}{schedule.note}, which {fault}"
        yield holder.finding(
            schedule, message, of=str(schedule.route), do="write cron(30 8 ? * MON-FRI *), for example"
        )


BAD = """
Resources:
  Readers: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: rds, ScalableDimension: "rds:cluster:ReadReplicaCount", ResourceId: "cluster:orders", MinCapacity: 1, MaxCapacity: 20}}
---
Resources:
  Replicas: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: elasticache, ScalableDimension: "elasticache:replication-group:Replicas", ResourceId: replication-group/sessions, MinCapacity: 1, MaxCapacity: 6}}
---
Resources:
  Warm: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: lambda, ScalableDimension: "lambda:function:ProvisionedConcurrency", ResourceId: "function:orders", MinCapacity: 1, MaxCapacity: 20}}
---
Resources:
  Reads:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: dynamodb
      ScalableDimension: "dynamodb:table:ReadCapacityUnits"
      ResourceId: table/orders
      MinCapacity: 5
      MaxCapacity: 50
      SuspendedState: {ScheduledScalingSuspended: true}
      ScheduledActions: [{ScheduledActionName: morning, Schedule: "cron(0 7 * * ? *)", ScalableTargetAction: {MinCapacity: 20}}]
---
resource "aws_appautoscaling_target" "warm" {
  service_namespace  = "lambda"
  scalable_dimension = "lambda:function:ProvisionedConcurrency"
  resource_id        = "function:orders:$LATEST"
  min_capacity       = 1
  max_capacity       = 20
}
---
Resources:
  Cluster: {Type: AWS::ECS::Cluster}
  Service: {Type: AWS::ECS::Service, Properties: {Cluster: !Ref Cluster}}
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ScalableDimension: "ecs:service:DesiredCount", ResourceId: !Join [/, [service, !Ref Cluster, !Ref Service]], MinCapacity: 1, MaxCapacity: 20}}
---
Resources:
  Reads: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:table:ReadCapacityUnits", ResourceId: orders, MinCapacity: 1, MaxCapacity: 20}}
---
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/web"
  min_capacity       = 1
  max_capacity       = 20
}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}], AttributeDefinitions: [{AttributeName: id, AttributeType: S}], ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}}
  Writes: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:index:WriteCapacityUnits", ResourceId: !Sub "table/${Orders}", MinCapacity: 5, MaxCapacity: 100}}
---
Resources:
  Reads: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:table:ReadCapacityUnits", ResourceId: table/orders, MinCapacity: 5, MaxCapacity: 50, ScheduledActions: [{ScheduledActionName: morning, Schedule: 30 8 * * 1-5, ScalableTargetAction: {MinCapacity: 20}}]}}
---
resource "aws_appautoscaling_scheduled_action" "morning" {
  name               = "morning"
  service_namespace  = "ecs"
  resource_id        = "service/main/web"
  scalable_dimension = "ecs:service:DesiredCount"
  schedule           = "30 8 * * 1-5"

  scalable_target_action {
    min_capacity = 4
    max_capacity = 20
  }
}
"""

GOOD = """
Parameters: {Index: {Type: String}}
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}], AttributeDefinitions: [{AttributeName: id, AttributeType: S}], ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}}
  Writes: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:table:WriteCapacityUnits", ResourceId: !Sub "table/${Orders}", MinCapacity: 5, MaxCapacity: 100}}
  Reads: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:index:ReadCapacityUnits", ResourceId: !Sub "table/${Orders}/index/by-day", MinCapacity: 5, MaxCapacity: 100}}
  Unknown: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:index:ReadCapacityUnits", ResourceId: !Sub "table/${Orders}${Index}", MinCapacity: 5, MaxCapacity: 100}}
---
Parameters: {Most: {Type: Number}, Alias: {Type: String}, Off: {Type: String}, Actions: {Type: String}}
Resources:
  Readers: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: rds, ScalableDimension: "rds:cluster:ReadReplicaCount", ResourceId: "cluster:orders", MinCapacity: 1, MaxCapacity: 15}}
  Replicas: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: elasticache, ScalableDimension: "elasticache:replication-group:Replicas", ResourceId: replication-group/sessions, MinCapacity: 1, MaxCapacity: 5}}
  Unknown: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: rds, ScalableDimension: "rds:cluster:ReadReplicaCount", ResourceId: "cluster:orders", MinCapacity: 1, MaxCapacity: !Ref Most}}
  Warm: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: lambda, ScalableDimension: "lambda:function:ProvisionedConcurrency", ResourceId: !Sub "function:orders:${Alias}", MinCapacity: 1, MaxCapacity: 20}}
  Paused: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:table:ReadCapacityUnits", ResourceId: table/orders, MinCapacity: 1, MaxCapacity: 20, SuspendedState: {ScheduledScalingSuspended: !Ref Off}, ScheduledActions: [{ScheduledActionName: morning, Schedule: "cron(0 7 * * ? *)", ScalableTargetAction: {MinCapacity: 20}}]}}
  NoActions: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:table:ReadCapacityUnits", ResourceId: table/orders, MinCapacity: 1, MaxCapacity: 20, SuspendedState: {ScheduledScalingSuspended: true}, ScheduledActions: []}}
  AnyActions: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:table:ReadCapacityUnits", ResourceId: table/orders, MinCapacity: 1, MaxCapacity: 20, SuspendedState: {ScheduledScalingSuspended: true}, ScheduledActions: !Ref Actions}}
  Once: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:table:ReadCapacityUnits", ResourceId: table/orders, MinCapacity: 1, MaxCapacity: 20, ScheduledActions: [{ScheduledActionName: sale, Schedule: "at(2027-11-26T00:00:00)", ScalableTargetAction: {MinCapacity: 20}}, {ScheduledActionName: often, Schedule: rate(1 hour), ScalableTargetAction: {MinCapacity: 20}}, {ScheduledActionName: any, Schedule: !Ref Off, ScalableTargetAction: {MinCapacity: 20}}]}}
---
resource "aws_appautoscaling_target" "warm" {
  service_namespace  = "lambda"
  scalable_dimension = "lambda:function:ProvisionedConcurrency"
  resource_id        = "function:orders:live"
  min_capacity       = 1
  max_capacity       = 20
}
---
Parameters: {ClusterName: {Type: String}, Id: {Type: String}}
Resources:
  Cluster: {Type: AWS::ECS::Cluster}
  Service: {Type: AWS::ECS::Service, Properties: {Cluster: !Ref Cluster}}
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ScalableDimension: "ecs:service:DesiredCount", ResourceId: !Join [/, [service, !Ref Cluster, !GetAtt Service.Name]], MinCapacity: 1, MaxCapacity: 20}}
  Given: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ScalableDimension: "ecs:service:DesiredCount", ResourceId: !Sub "service/${ClusterName}/web", MinCapacity: 1, MaxCapacity: 20}}
  Split: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ScalableDimension: "ecs:service:DesiredCount", ResourceId: !Select [5, !Split [":", !Ref Service]], MinCapacity: 1, MaxCapacity: 20}}
  Any: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ScalableDimension: "ecs:service:DesiredCount", ResourceId: !Ref Id, MinCapacity: 1, MaxCapacity: 20}}
  Table: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
  Reads: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:table:ReadCapacityUnits", ResourceId: !Sub "table/${Table}", MinCapacity: 1, MaxCapacity: 20}}
  Index: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: dynamodb, ScalableDimension: "dynamodb:index:ReadCapacityUnits", ResourceId: table/orders/index/by-day, MinCapacity: 1, MaxCapacity: 20}}
  Broker: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: kafka, ScalableDimension: "kafka:broker-storage:VolumeSize", ResourceId: "arn:aws:kafka:us-east-1:111122223333:cluster/demo/6357e0b2-5", MinCapacity: 1, MaxCapacity: 20}}
---
resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "web" {
  name    = "web"
  cluster = aws_ecs_cluster.main.id
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_target" "by_id" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = element(split(":", aws_ecs_service.web.id), 5)
  min_capacity       = 1
  max_capacity       = 20
}
"""
