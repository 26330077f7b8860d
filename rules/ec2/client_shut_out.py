"""A program should get through to the database, the cache or the endpoint that it needs.

Where the security groups of a database admit other security groups alone, and not that of the service or function which has
its address in the environment, or of the instances that have it in UserData, each connection of the program runs into a timeout. So does each request to a service of AWS
whose interface endpoint with private DNS does not admit the program: all requests of the network go there, whatever other
ways it has. Tasks on Fargate pull their images, write logs and read secrets there too.

What to do: admit the security group of the program. Only groups are judged whose rules are all known and name security groups
of this template.
"""

from awslint_memo import Findings, Resource, rule, store_clients


@rule(
    level="warning",
    since="0.2",
    resource=("AWS::EC2::Instance", "AWS::EC2::LaunchTemplate", "AWS::ECS::Service", "AWS::Lambda::Function"),
    memo="スナップショットの定期取得とマルチ-AZ デプロイメントがベストプラクティスです",
    aws="AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
)
def check(client: Resource) -> Findings:
    has_groups = client.deployment.of_type("AWS::EC2::SecurityGroup")
    for shut in [*store_clients.shut_out(client), *store_clients.shut_off(client)] if has_groups else ():
        told = f"is told the address of {shut.store.title}" if shut.of is None else f"needs {shut.of.title}"
        group = shut.group.title if shut.of is None else f"{shut.group.title} of {shut.store.title}"
        yield client.finding(
            shut.told,
            f"{told}, but {group} admits only others, so no connection gets through",
            do=f"admit {shut.client_group.title} in {shut.group.title}",
            related=[(shut.group, "the security group"), (shut.admitted, "admits another one")],
        )


BAD = """
Resources:
  Clients: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: clients, VpcId: v}}
  Others: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: others, VpcId: v}}
  Store: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: store, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Others}]}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, VPCSecurityGroups: [!Ref Store]}}
  Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [s], SecurityGroupIds: [!Ref Clients]}, Environment: {Variables: {URL: !Sub "postgres://${Orders.Endpoint.Address}/orders"}}}}
---
Resources:
  Clients: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: clients, VpcId: v}}
  Others: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: others, VpcId: v}}
  Endpoints: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: endpoints, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: !Ref Others}]}}
  Queues: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: v, VpcEndpointType: Interface, PrivateDnsEnabled: true, ServiceName: !Sub "com.amazonaws.${AWS::Region}.sqs", SecurityGroupIds: [!Ref Endpoints]}}
  Orders: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [s], SecurityGroupIds: [!Ref Clients]}, Environment: {Variables: {QUEUE: !Ref Orders}}}}
---
Resources:
  Clients: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: clients, VpcId: v}}
  Others: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: others, VpcId: v}}
  Endpoints: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: endpoints, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: !Ref Others}]}}
  Registry: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: v, VpcEndpointType: Interface, PrivateDnsEnabled: true, ServiceName: !Sub "com.amazonaws.${AWS::Region}.ecr.dkr", SecurityGroupIds: [!Ref Endpoints]}}
  Images: {Type: AWS::ECR::Repository}
  Logs: {Type: AWS::Logs::LogGroup}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: !Sub "${Images.RepositoryUri}:1", LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: !Ref Logs}}}]}}
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, LaunchType: FARGATE, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [s], SecurityGroups: [!Ref Clients]}}}}
---
Resources:
  App: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: app, VpcId: v}}
  Jobs: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: jobs, VpcId: v}}
  Store: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: store, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Jobs}]}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, VpcSecurityGroupIds: [!Ref Store]}}
  Start:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        SecurityGroupIds: [!Ref App]
        UserData:
          Fn::Base64: !Sub |
            #!/bin/bash
            /opt/shop/start --database ${Orders.Endpoint.Address}
---
resource "aws_security_group" "app" {
  vpc_id = "v"
}

resource "aws_security_group" "jobs" {
  vpc_id = "v"
}

resource "aws_security_group" "store" {
  vpc_id = "v"

  ingress {
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = [aws_security_group.jobs.id]
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  security_group_ids = [aws_security_group.store.id]
}

resource "aws_instance" "web" {
  ami                    = "ami-1"
  vpc_security_group_ids = [aws_security_group.app.id]

  user_data = <<-EOT
    #!/bin/bash
    /opt/shop/start --sessions ${aws_elasticache_replication_group.sessions.primary_endpoint_address}
  EOT
}
---
variable "vpc" {}

resource "aws_security_group" "clients" {
  vpc_id = var.vpc
}

resource "aws_security_group" "others" {
  vpc_id = var.vpc
}

resource "aws_security_group" "endpoints" {
  vpc_id = var.vpc

  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    security_groups = [aws_security_group.others.id]
  }
}

resource "aws_vpc_endpoint" "secrets" {
  vpc_id              = var.vpc
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.eu-west-1.secretsmanager"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.endpoints.id]
}

resource "aws_secretsmanager_secret" "bank" {}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name    = "web"
    image   = "web"
    secrets = [{ name = "SECRET", valueFrom = aws_secretsmanager_secret.bank.arn }]
  }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.web.arn

  network_configuration {
    subnets         = ["s"]
    security_groups = [aws_security_group.clients.id]
  }
}
---
resource "aws_security_group" "clients" {
  vpc_id = "v"
}

resource "aws_security_group" "others" {
  vpc_id = "v"
}

resource "aws_security_group" "store" {
  vpc_id = "v"

  ingress {
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = [aws_security_group.others.id]
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  security_group_ids = [aws_security_group.store.id]
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name        = "web"
    image       = "web"
    environment = [{ name = "CACHE", value = aws_elasticache_replication_group.sessions.primary_endpoint_address }]
  }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  network_configuration {
    subnets         = ["s"]
    security_groups = [aws_security_group.clients.id]
  }
}
"""

GOOD = """
Resources:
  App: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: app, VpcId: v}}
  Store: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: store, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref App}]}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, VpcSecurityGroupIds: [!Ref Store]}}
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {SecurityGroupIds: [!Ref App], UserData: {Fn::Base64: !Sub "#!/bin/bash\\nstart ${Orders.Endpoint.Address}"}}}}
---
# An instance has the groups with which it is started, whatever its launch template says.
Resources:
  App: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: app, VpcId: v}}
  Usual: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: usual, VpcId: v}}
  Store: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: store, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref App}]}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, VpcSecurityGroupIds: [!Ref Store]}}
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {SecurityGroupIds: [!Ref Usual], UserData: {Fn::Base64: !Sub "#!/bin/bash\\nstart ${Orders.Endpoint.Address}"}}}}
  Web: {Type: AWS::EC2::Instance, Properties: {SecurityGroupIds: [!Ref App], LaunchTemplate: {LaunchTemplateId: !Ref Start, Version: "1"}}}
  # Its second interface is in the group that is admitted.
  Jobs: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, SecurityGroupIds: [!Ref Usual], UserData: {Fn::Base64: !Sub "#!/bin/bash\\nstart ${Orders.Endpoint.Address}"}}}
  Interface: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: s, GroupSet: [!Ref App]}}
  Attached: {Type: AWS::EC2::NetworkInterfaceAttachment, Properties: {DeviceIndex: "1", InstanceId: !Ref Jobs, NetworkInterfaceId: !Ref Interface}}
---
Parameters: {Source: {Type: String}}
Resources:
  Clients: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: clients, VpcId: v}}
  Others: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: others, VpcId: v}}
  Store: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: store, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Others}]}}
  Admitted: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Store, IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Clients}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, VPCSecurityGroups: [!Ref Store]}}
  Wide: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: wide, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 10.0.0.0/8}]}}
  Prices: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, VPCSecurityGroups: [!Ref Wide]}}
  Any: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: any, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Source}]}}
  Stock: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, VPCSecurityGroups: [!Ref Any]}}
  Shut: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: shut, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Others}]}}
  Named: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, VPCSecurityGroups: [!Ref Shut]}}
  Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [s], SecurityGroupIds: [!Ref Clients]}, Environment: {Variables: {A: !GetAtt Orders.Endpoint.Address, B: !GetAtt Prices.Endpoint.Address, C: !GetAtt Stock.Endpoint.Address, D: !Ref Named}}}}
---
Parameters: {Service: {Type: String}}
Resources:
  Clients: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: clients, VpcId: v}}
  Others: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: others, VpcId: v}}
  Shut: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: shut, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: !Ref Others}]}}
  Open: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: open, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: !Ref Clients}]}}
  Elsewhere: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: elsewhere, VpcId: other, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: !Ref Others}]}}
  Queues: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: v, VpcEndpointType: Interface, PrivateDnsEnabled: true, ServiceName: com.amazonaws.eu-west-1.sqs, SecurityGroupIds: [!Ref Open]}}
  Topics: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: v, VpcEndpointType: Interface, PrivateDnsEnabled: false, ServiceName: com.amazonaws.eu-west-1.sns, SecurityGroupIds: [!Ref Shut]}}
  Secrets: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: other, VpcEndpointType: Interface, PrivateDnsEnabled: true, ServiceName: com.amazonaws.eu-west-1.secretsmanager, SecurityGroupIds: [!Ref Elsewhere]}}
  Machines: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: v, VpcEndpointType: Interface, PrivateDnsEnabled: true, ServiceName: com.amazonaws.eu-west-1.states, SecurityGroupIds: [!Ref Shut]}}
  Unknown: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: v, VpcEndpointType: Interface, PrivateDnsEnabled: true, ServiceName: !Ref Service, SecurityGroupIds: [!Ref Shut]}}
  Orders: {Type: AWS::SQS::Queue}
  News: {Type: AWS::SNS::Topic}
  Bank: {Type: AWS::SecretsManager::Secret}
  Payout: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: "{}", RoleArn: r}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["sqs:*", "sns:*", "secretsmanager:*"], Resource: "*"}]}}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, VpcConfig: {SubnetIds: [s], SecurityGroupIds: [!Ref Clients]}, Environment: {Variables: {A: !Ref Orders, B: !Ref News, C: !Ref Bank, D: !Ref Payout}}}}
---
variable "source" {}

resource "aws_security_group" "clients" {
  vpc_id = "v"
}

resource "aws_security_group" "store" {
  vpc_id = "v"

  ingress {
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = [aws_security_group.clients.id]
  }
}

resource "aws_security_group" "any" {
  vpc_id = "v"

  ingress {
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = [var.source]
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  security_group_ids = [aws_security_group.store.id]
}

resource "aws_elasticache_replication_group" "pages" {
  security_group_ids = [aws_security_group.any.id]
}

resource "aws_lambda_function" "work" {
  function_name = "work"

  environment {
    variables = {
      PAGES    = aws_elasticache_replication_group.pages.primary_endpoint_address
      SESSIONS = aws_elasticache_replication_group.sessions.primary_endpoint_address
    }
  }

  vpc_config {
    subnet_ids         = ["s"]
    security_group_ids = [aws_security_group.clients.id]
  }
}
---
# Its group is added to the interface of the instance.
resource "aws_security_group" "app" {
  vpc_id = "v"
}

resource "aws_security_group" "usual" {
  vpc_id = "v"
}

resource "aws_security_group" "store" {
  vpc_id = "v"

  ingress {
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = [aws_security_group.app.id]
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  security_group_ids = [aws_security_group.store.id]
}

resource "aws_instance" "web" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  user_data              = "start ${aws_elasticache_replication_group.sessions.primary_endpoint_address}"
  vpc_security_group_ids = [aws_security_group.usual.id]
}

resource "aws_network_interface_sg_attachment" "web" {
  network_interface_id = aws_instance.web.primary_network_interface_id
  security_group_id    = aws_security_group.app.id
}
"""
