"""A service that answers requests should not run on Fargate Spot alone.

AWS interrupts tasks on Fargate Spot when it needs the capacity, with two minutes of warning, and starts no others while it has none.
A service of which all tasks are there may be left without any.

What to do: add FARGATE to the strategy with a Base for the tasks that must run, and let FARGATE_SPOT have what is above.
"""

from awslint_memo import Findings, Resource, ecs, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="AmazonECS/latest/developerguide/fargate-capacity-providers.html",
    taste="costs",
)
def check(service: Resource) -> Findings:
    balancers = service.get("LoadBalancers").items
    spot = ecs.spot_alone(service) if balancers else None
    if spot is not None:
        message = "has FARGATE_SPOT alone, so AWS may interrupt all of its tasks, and a load balancer sends it requests"
        do = "add FARGATE with a Base for the tasks that must run"
        yield service.finding(spot, message, of=str(spot.route), do=do, related=[(balancers[0], "sends it requests")])


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE_SPOT, Weight: 1}], LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: arn}]}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE, Weight: 0}, {CapacityProvider: FARGATE_SPOT, Weight: 4}], LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: arn}]}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "arn"
  }
}
"""

GOOD = """
Parameters: {Provider: {Type: String}, Weight: {Type: Number}}
Resources:
  WithBase: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE, Base: 2, Weight: 0}, {CapacityProvider: FARGATE_SPOT, Weight: 1}], LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: arn}]}}
  Both: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE, Weight: 1}, {CapacityProvider: FARGATE_SPOT, Weight: 3}], LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: arn}]}}
  AnyWeight: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE, Weight: !Ref Weight}, {CapacityProvider: FARGATE_SPOT, Weight: 3}], LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: arn}]}}
  AnyProvider: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: !Ref Provider, Weight: 1}], LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: arn}]}}
  # It takes messages of a queue, which others take when it is interrupted.
  Worker: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE_SPOT, Weight: 1}]}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 2
    weight            = 0
  }

  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "arn"
  }
}
"""
