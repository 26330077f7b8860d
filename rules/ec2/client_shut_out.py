"""A program should get through to the database or cache whose address it is told.

Where the security groups of a database admit other security groups alone, and not that of the service or function which has
its address in the environment, each connection of the program runs into a timeout.

What to do: admit the security group of the program. Only groups are judged whose rules are all known and name security groups
of this template.
"""

from awslint_memo import Findings, Resource, rule, store_clients


@rule(
    level="warning",
    since="0.2",
    resource=("AWS::ECS::Service", "AWS::Lambda::Function"),
    memo="スナップショットの定期取得とマルチ-AZ デプロイメントがベストプラクティスです",
    aws="AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
)
def check(client: Resource) -> Findings:
    has_groups = client.deployment.of_type("AWS::EC2::SecurityGroup")
    for shut in store_clients.shut_out(client) if has_groups else ():
        yield client.finding(
            shut.told,
            f"is told the address of {shut.store.title}, but {shut.group.title} admits only others, so no connection gets through",
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
"""
