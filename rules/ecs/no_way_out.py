"""Tasks on Fargate should get to where their images are.

Fargate pulls images, reads secrets and writes logs by the network interface of the task. In a public subnet, that needs a
public address; in a private one, a route to a NAT gateway, or VPC endpoints. Without any of these no task starts:
CannotPullContainerError, or ResourceInitializationError. Endpoints are judged where those of the template are all known.

What to do: run the tasks in private subnets with a route to a NAT gateway, add interface endpoints for ecr.api, ecr.dkr,
logs and where secrets are (secretsmanager, ssm) and a gateway endpoint for s3, where the layers of images are, or set AssignPublicIp to ENABLED (Terraform: assign_public_ip = true) in public subnets.
"""

from awslint_memo import Findings, Resource, Value, ecs, ecs_tasks, listed, networks, rule, task_endpoints


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/fargate-task-networking.html",
)
def check(service: Resource) -> Findings:
    task, network = service.follow("TaskDefinition", ecs.TASK), service.get("NetworkConfiguration.AwsvpcConfiguration")
    if is_judged(task, service.get("LaunchType"), service.get("CapacityProviderStrategy")):
        yield from shut_in(service, network, task)


@check.on("AWS::Events::Rule", "AWS::Scheduler::Schedule")
def scheduled(sender: Resource) -> Findings:
    is_rule = sender.type == "AWS::Events::Rule"
    for target in sender.get("Targets" if is_rule else "Target").items:
        run = target.get("EcsParameters")
        task = sender.deployment.find(run.get("TaskDefinitionArn"), ecs.TASK)
        if is_judged(task, run.get("LaunchType"), run.get("CapacityProviderStrategy")):
            yield from shut_in(
                sender, run.get(f"NetworkConfiguration.Aws{'V' if is_rule else 'v'}pcConfiguration"), task
            )


def is_judged(task: Resource | None, launch: Value, strategy: Value) -> bool:
    """Whether tasks surely run on Fargate and need what ECS does with its execution role by the network of the task."""
    providers = {item.get("CapacityProvider").text for item in strategy.items}
    is_on_fargate = launch.text == "FARGATE" or (bool(providers) and providers <= {"FARGATE", "FARGATE_SPOT"})
    return task is not None and is_on_fargate and ecs_tasks.needs_execution_role(task) is not None


def shut_in(runner: Resource, network: Value, task: Resource | None) -> Findings:
    public, named = network.get("AssignPublicIp"), network.get("Subnets")
    subnets = [runner.deployment.find(item, networks.SUBNET) for item in named.items]
    known = [one for one in subnets if one is not None]
    if not known or len(known) < len(subnets):
        return
    is_private = public.is_absent or public.is_one_of("DISABLED", "false")
    lacks = [] if task is None else task_endpoints.lacking(task, known, has_address=not is_private)
    if lacks:
        what = "lead out by VPC endpoints alone, and there is none for"
        message = f"{what} {listed(lacks)}, so no task can get its image or secrets and start"
        yield runner.finding(named, message, of=str(named.route), do="add these endpoints", since="0.2")
    elif all(networks.is_shut_in(one, has_address=True) for one in known):
        message = "lead to no gateway and no interface endpoint, so no task can get its image and start"
        do = "use subnets with a route to a NAT gateway"
        yield runner.finding(named, message, of=str(named.route), do=do)
    elif is_private and all(networks.is_shut_in(one, has_address=False) for one in known):
        but = "but an internet gateway is the only way out of its subnets, so no task can get its image and start"
        on = "true" if runner.language == "terraform" else "ENABLED"
        do = f"set it to {on}, or use subnets with a route to a NAT gateway"
        yield runner.finding(public, but, do=do, related=[(named, "the subnets")])


BAD = """
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Internet: {Type: AWS::EC2::InternetGateway}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Public, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Internet}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Public}}
  Objects: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, ServiceName: com.amazonaws.eu-west-1.s3}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web}]}}
  Web: {Type: AWS::ECS::Service, Properties: {CapacityProviderStrategy: [{CapacityProvider: FARGATE}, {CapacityProvider: FARGATE_SPOT}], TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
---
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs}}]}}
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {AssignPublicIp: ENABLED, Subnets: [!Ref A]}}}}
---
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs}}]}}
  Daily: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !ImportValue Cluster, EcsParameters: {LaunchType: FARGATE, TaskDefinitionArn: !Ref Task, NetworkConfiguration: {AwsVpcConfiguration: {Subnets: [!Ref A]}}}}]}}
---
resource "aws_vpc" "net" {}

resource "aws_internet_gateway" "net" {}

resource "aws_subnet" "public" {
  count  = 2
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.net.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.net.id
  }
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name    = "web"
    image   = "web"
    secrets = [{ name = "TOKEN", valueFrom = "token" }]
  }])
}

resource "aws_ecs_service" "web" {
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.web.arn

  network_configuration {
    subnets = aws_subnet.public[*].id
  }
}
---
resource "aws_vpc" "net" {}

resource "aws_subnet" "public" {
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.net.id
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = "igw-0123456789abcdef0"
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_ecs_task_definition" "job" {
  family = "job"
  container_definitions = jsonencode([{
    name    = "job"
    image   = "job"
    secrets = [{ name = "TOKEN", valueFrom = "token" }]
  }])
}

resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "rate(1 day)"

  target {
    arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/jobs"

    ecs_parameters {
      launch_type         = "FARGATE"
      task_definition_arn = aws_ecs_task_definition.job.arn

      network_configuration {
        subnets = [aws_subnet.public.id]
      }
    }
  }
}
---
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Api: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: !Sub "com.amazonaws.${AWS::Region}.ecr.api"}}
  Images: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.ecr.dkr}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web}]}}
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
---
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Api: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: !Sub "com.amazonaws.${AWS::Region}.ecr.api"}}
  Images: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.ecr.dkr}}
  Layers: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, ServiceName: com.amazonaws.eu-west-1.s3, RouteTableIds: [!Ref Private]}}
  Token: {Type: AWS::SecretsManager::Secret}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web, Secrets: [{Name: TOKEN, ValueFrom: !Ref Token}]}]}}
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
---
resource "aws_vpc" "net" {}

resource "aws_subnet" "private" {
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_vpc_endpoint" "images" {
  for_each          = toset(["ecr.api", "ecr.dkr", "logs"])
  vpc_id            = aws_vpc.net.id
  vpc_endpoint_type = "Interface"
  service_name      = "com.amazonaws.eu-west-1.${each.key}"
}

resource "aws_ecr_repository" "web" {
  name = "web"
}

resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  container_definitions    = jsonencode([{ name = "web", image = "${aws_ecr_repository.web.repository_url}:1" }])
}

resource "aws_ecs_service" "web" {
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.web.arn

  network_configuration {
    subnets = [aws_subnet.private.id]
  }
}
"""

GOOD = """
Parameters: {Ip: {Type: String}, Net: {Type: String}}
Resources:
  Own: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Internet: {Type: AWS::EC2::InternetGateway}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref A, AllocationId: e}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Own, CidrBlock: 10.0.0.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Own, CidrBlock: 10.0.1.0/24}}
  C: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.2.0/24}}
  D: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Own, CidrBlock: 10.0.3.0/24, Ipv6CidrBlock: "2001:db8::/64"}}
  E: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Own, CidrBlock: 10.0.4.0/24}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Own}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Own}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Public, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Internet}}
  OverNat: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Private, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Public}}
  OfB: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref B, RouteTableId: !Ref Private}}
  OfC: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref C, RouteTableId: !Ref Public}}
  OfD: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref D, RouteTableId: !Ref Public}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web}]}}
  Plain: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: "registry:5000/web"}]}}
  WithIp: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {AssignPublicIp: ENABLED, Subnets: [!Ref A]}}}}
  AnyIp: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {AssignPublicIp: !Ref Ip, Subnets: [!Ref A]}}}}
  InPrivate: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A, !Ref B]}}}}
  Elsewhere: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref C]}}}}
  OverSix: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref D]}}}}
  ByMain: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref E]}}}}
  OnServers: {Type: AWS::ECS::Service, Properties: {LaunchType: EC2, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
  Shut: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Own, CidrBlock: 10.0.5.0/24}}
  Empty: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Own}}
  OfShut: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Shut, RouteTableId: !Ref Empty}}
  InOne: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {AssignPublicIp: ENABLED, Subnets: [!Ref Shut, !Ref A]}}}}
  InOther: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref Shut, !ImportValue Subnet]}}}}
  Nowhere: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task}}
  ByNat: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Cluster, RoleArn: !ImportValue Role, EcsParameters: {LaunchType: FARGATE, TaskDefinitionArn: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref B]}}}}}}
  ByServers: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !ImportValue Cluster, EcsParameters: {LaunchType: EC2, TaskDefinitionArn: !Ref Task, NetworkConfiguration: {AwsVpcConfiguration: {Subnets: [!Ref A]}}}}]}}
  Mixed: {Type: AWS::ECS::Service, Properties: {CapacityProviderStrategy: [{CapacityProvider: FARGATE}, {CapacityProvider: servers}], TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
  OwnRegistry: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Plain, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
---
# Others may add endpoints to the network.
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs}}]}}
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
Outputs: {Net: {Value: !Ref Net}}
---
# A subnet with addresses of IPv6 needs no other one.
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Internet: {Type: AWS::EC2::InternetGateway}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  OfSix: {Type: AWS::EC2::SubnetCidrBlock, Properties: {SubnetId: !Ref A, Ipv6CidrBlock: "2001:db8::/64"}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Public, DestinationIpv6CidrBlock: "::/0", GatewayId: !Ref Internet}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Public}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs}}]}}
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
---
# A VPN may bring a way out.
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Brought: {Type: AWS::EC2::VPNGatewayRoutePropagation, Properties: {RouteTableIds: [!Ref Private], VpnGatewayId: !ImportValue Vpn}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs}}]}}
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
---
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Logs: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.logs}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs}}]}}
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
---
resource "aws_vpc" "net" {}

resource "aws_subnet" "private" {
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table" "private" {
  vpc_id           = aws_vpc.net.id
  propagating_vgws = ["vgw-0123456789abcdef0"]
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name    = "web"
    image   = "web"
    secrets = [{ name = "TOKEN", valueFrom = "token" }]
  }])
}

resource "aws_ecs_service" "web" {
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.web.arn

  network_configuration {
    subnets = [aws_subnet.private.id]
  }
}
---
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Api: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: !Sub "com.amazonaws.${AWS::Region}.ecr.api"}}
  Images: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.ecr.dkr}}
  Layers: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, ServiceName: com.amazonaws.eu-west-1.s3, RouteTableIds: [!Ref Private]}}
  Secrets: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.secretsmanager}}
  Token: {Type: AWS::SecretsManager::Secret}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web, Secrets: [{Name: TOKEN, ValueFrom: !Ref Token}]}]}}
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
---
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Api: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: !Sub "com.amazonaws.${AWS::Region}.ecr.api"}}
  Images: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.ecr.dkr}}
  Any: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: !ImportValue Service}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web}]}}
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref A]}}}}
"""
