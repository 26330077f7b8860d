"""A service should have the settings that its tasks need, and no others.

Tasks with network interfaces of their own (awsvpc, as all on Fargate) need NetworkConfiguration, and others can't have one.
A service has a launch type or a strategy of capacity providers, not both. Fargate has no placement, and a DAEMON service,
which runs a task on each instance, runs on no Fargate and has neither a desired count, nor what scales one, nor a strategy of placement;
it starts no task beside another one (MaximumPercent is 100), and neither CodeDeploy nor others deploy it. In a strategy of capacity
providers, one has a Base at most, and of several one has a Weight above 0. ECS rejects a service, or the default strategy of a cluster,
with anything else. Terraform's provider leaves out the count of a DAEMON service, so that it has no effect.

What to do: add NetworkConfiguration with subnets (Terraform: network_configuration), or take away what the message names.
"""

from awslint_memo import Findings, Resource, capacity_strategies, ecs, ecs_daemons, ecs_services, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_CreateService.html",
)
def check(service: Resource) -> Findings:
    network = service.get("NetworkConfiguration.AwsvpcConfiguration")
    task = service.follow("TaskDefinition", ecs.TASK)
    if network.is_absent and ecs_services.needs_network(service):
        message = "but its tasks have network interfaces of their own (awsvpc)"
        yield service.finding(network, message, do="add it, with subnets")
    # Of a task on Fargate, its own network mode is told.
    elif network.fields and task is not None and not ecs_services.is_on_fargate(task):
        mode = task.get("NetworkMode", default="bridge")
        if mode.is_one_of("bridge", "host", "none"):
            message = f"is written, but {task.title} has the network mode {mode.text}{mode.note}"
            do = f"remove it, or set {task.in_file_words('NetworkMode')} of {task.title} to awsvpc"
            yield service.finding(network, message, of="NetworkConfiguration.AwsvpcConfiguration", do=do)
    for value, of, reason in ecs_daemons.excluded(service):
        yield service.finding(value, f"is written, but {reason}, so ECS rejects the service", of=of, do="remove it")
    yield from strategy(service)
    yield from daemon(service)


def strategy(user: Resource) -> Findings:
    for value, message, do, other in capacity_strategies.refused(user):
        related = [] if other is None else [(other, "the other one")]
        yield user.finding(value, message, do=do, related=related)


@check.on("AWS::ECS::Cluster", "AWS::ECS::ClusterCapacityProviderAssociations")
def default_strategy(cluster: Resource) -> Findings:
    return strategy(cluster)


def daemon(service: Resource) -> Findings:
    count, target = ecs_daemons.ignored_count(service), ecs_daemons.scaled(service)
    if count is not None:
        message = "but a DAEMON service has a task on each instance, and the provider sends no count"
        yield service.finding(count, message, do="remove it", level="advice")
    if target is not None:
        message = f"scales {service.title}, but ECS refuses to change the number of tasks of a DAEMON service"
        related = [(service.get("SchedulingStrategy"), "the strategy")]
        yield target.finding(target, message, do="remove it, with its policies", related=related)


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: web, DesiredCount: 2}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, DesiredCount: 2}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a]}}}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {Family: web}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: EC2, TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: spot}]}}
---
Resources:
  Agent: {Type: AWS::ECS::Service, Properties: {SchedulingStrategy: DAEMON, TaskDefinition: agent, DesiredCount: 1}}
---
Resources:
  Agent: {Type: AWS::ECS::Service, Properties: {SchedulingStrategy: DAEMON, TaskDefinition: agent, PlacementStrategies: [{Type: spread, Field: instanceId}]}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"
  launch_type     = "FARGATE"
}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"
  launch_type     = "FARGATE"

  network_configuration {
    subnets = ["a"]
  }

  placement_constraints {
    type = "distinctInstance"
  }
}
---
resource "aws_ecs_service" "agent" {
  name                = "agent"
  task_definition     = "agent"
  launch_type         = "FARGATE"
  scheduling_strategy = "DAEMON"

  network_configuration {
    subnets = ["a"]
  }
}
---
Resources:
  Agent: {Type: AWS::ECS::Service, Properties: {SchedulingStrategy: DAEMON, TaskDefinition: agent, DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 200}}}
---
Resources:
  Agent: {Type: AWS::ECS::Service, Properties: {SchedulingStrategy: DAEMON, TaskDefinition: agent, DeploymentController: {Type: CODE_DEPLOY}}}
---
Resources:
  Agent: {Type: AWS::ECS::Service, Properties: {SchedulingStrategy: DAEMON, Cluster: main, TaskDefinition: agent}}
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ResourceId: !Sub "service/main/${Agent.Name}", ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 8}}
---
resource "aws_ecs_service" "agent" {
  name                = "agent"
  task_definition     = "agent"
  scheduling_strategy = "DAEMON"
  desired_count       = 4
}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE, Base: 2, Weight: 1}, {CapacityProvider: FARGATE_SPOT, Base: 1, Weight: 3}], NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a]}}}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE, Base: 2}, {CapacityProvider: FARGATE_SPOT, Weight: 0}], NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a]}}}}
---
Resources:
  Main: {Type: AWS::ECS::Cluster, Properties: {CapacityProviders: [FARGATE, FARGATE_SPOT], DefaultCapacityProviderStrategy: [{CapacityProvider: FARGATE, Base: 1, Weight: 1}, {CapacityProvider: FARGATE_SPOT, Base: 1, Weight: 1}]}}
---
resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = "main"
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]

  default_capacity_provider_strategy {
    base              = 1
    weight            = 1
    capacity_provider = "FARGATE"
  }

  default_capacity_provider_strategy {
    base              = 1
    weight            = 4
    capacity_provider = "FARGATE_SPOT"
  }
}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"

  capacity_provider_strategy {
    base              = 2
    weight            = 100
    capacity_provider = "FARGATE"
  }

  capacity_provider_strategy {
    base              = 1
    weight            = 50
    capacity_provider = "FARGATE_SPOT"
  }

  network_configuration {
    subnets = ["a"]
  }
}
"""

GOOD = """
Parameters: {Subnets: {Type: CommaDelimitedList}, Mode: {Type: String}, Launch: {Type: String}}
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: web, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: !Ref Subnets}}}}
  Spot: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE_SPOT}], NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a]}}}}
  Sets: {Type: AWS::ECS::Service, Properties: {DeploymentController: {Type: EXTERNAL}, TaskDefinition: !Ref InVpc, LaunchType: FARGATE}}
  Any: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref AnyMode, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a]}}}}
  AnyLaunch: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, LaunchType: !Ref Launch, PlacementStrategies: [{Type: spread, Field: instanceId}]}}
  Bridged: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Bridge, LaunchType: EC2, PlacementStrategies: [{Type: spread, Field: instanceId}]}}
  Agent: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Bridge, SchedulingStrategy: DAEMON, PlacementConstraints: [{Type: memberOf, Expression: "attribute:a == b"}]}}
  Exporter: {Type: AWS::ECS::Service, Properties: {Cluster: main, TaskDefinition: !Ref Bridge, SchedulingStrategy: DAEMON, DeploymentController: {Type: ECS}, DeploymentConfiguration: {MinimumHealthyPercent: 50, MaximumPercent: 100}}}
  Target: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: ecs, ResourceId: !Sub "service/main/${Launch}", ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 8}}
  InVpc: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc}}
  AnyMode: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: !Ref Mode}}
  Bridge: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: bridge}}
  Wrong: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref OnFargate, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a]}}}}
  OnFargate: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE]}}
---
resource "aws_ecs_service" "exporter" {
  name                       = "exporter"
  task_definition            = "exporter"
  scheduling_strategy        = "DAEMON"
  deployment_maximum_percent = 200
}
---
Parameters: {Base: {Type: Number}, Weight: {Type: Number}}
Resources:
  OneBase: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE, Base: 2, Weight: 0}, {CapacityProvider: FARGATE_SPOT, Base: 0, Weight: 3}], NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a]}}}}
  AnyBase: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, CapacityProviderStrategy: [{CapacityProvider: FARGATE, Base: 2, Weight: !Ref Weight}, {CapacityProvider: FARGATE_SPOT, Base: !Ref Base}], NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a]}}}}
  # One provider needs no weight.
  Alone: {Type: AWS::ECS::Cluster, Properties: {DefaultCapacityProviderStrategy: [{CapacityProvider: FARGATE}]}}
"""
