"""A security group should let out what is called from it.

A function, task, build or canary in a VPC gets to nothing, neither in the VPC nor outside, where its security groups have no rule for
what goes out: each call ends with a timeout, no image can be pulled, no source fetched. AWS makes each group with a rule that lets
everything out. Terraform removes it, so that a group without egress lets out nothing. CloudFormation leaves it unless
SecurityGroupEgress has another one, such as that for 255.255.255.255/32 with which the CDK takes its place.

What to do: add a rule for what is called, for example for TCP 443 to 0.0.0.0/0 (aws_vpc_security_group_egress_rule,
AWS::EC2::SecurityGroupEgress). Groups to which others may add rules, and functions that surely call nothing, are not judged.
"""

from awslint_memo import Findings, Resource, Value, ecs, ecs_tasks, egress, outward_calls, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="vpc/latest/userguide/security-group-rules.html",
)
def check(function: Resource) -> Findings:
    groups = function.get("VpcConfig.SecurityGroupIds")
    if groups.is_absent:
        return  # Most functions: nothing else is loaded for them.
    call = egress.called(function) if egress.closed(function, groups) else None
    if call is not None:
        yield from told(function, groups, f"so its calls to {call[1]} time out", [(call[0], "what it calls")])


@check.on("AWS::Synthetics::Canary")
def canary(canary: Resource) -> Findings:
    yield from told(canary, canary.get("VPCConfig.SecurityGroupIds"), "so it can't store its results")


@check.on("AWS::CodeBuild::Project")
def build(project: Resource) -> Findings:
    groups = project.get("VpcConfig.SecurityGroupIds")
    source = "" if groups.is_absent else outward_calls.fetched(project)
    if source:
        yield from told(project, groups, f"so it can't fetch its source ({source})")


@check.on("AWS::ECS::Service")
def service(service: Resource) -> Findings:
    task = service.follow("TaskDefinition", ecs.TASK)
    if task is not None and service.get("LaunchType").text == "FARGATE" and ecs_tasks.needs_execution_role(task):
        groups = service.get("NetworkConfiguration.AwsvpcConfiguration.SecurityGroups")
        yield from told(service, groups, "so no task can get its image and start")


def told(user: Resource, named: Value, so: str, related: list[tuple[Resource | Value, str]] | None = None) -> Findings:
    groups = () if named.is_absent else egress.closed(user, named)
    if groups:
        group = groups[0]
        yield user.finding(
            named,
            f"is {group.title}, which has no rule for what goes out, {so}",
            of=str(named.route),
            do=f"add one to {group.title}",
            related=[(group, "the security group"), *(related or [])],
        )


BAD = """
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: work, VpcId: !ImportValue Net, SecurityGroupEgress: [{CidrIp: 255.255.255.255/32, IpProtocol: icmp, FromPort: 252, ToPort: 86}]}}
  Orders: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!ImportValue A], SecurityGroupIds: [!GetAtt Group.GroupId]}, Environment: {Variables: {STAGE: prod, ORDERS: !Ref Orders}}}}
---
variable "domain" {}

resource "aws_security_group" "prices" {
  vpc_id = "vpc-1"

  ingress {
    from_port = 443
    to_port   = 443
    protocol  = "tcp"
    self      = true
  }
}

resource "aws_lambda_function" "prices" {
  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.prices.id]
  }

  environment {
    variables = { SUPPLIER_API = "https://prices.${var.domain}" }
  }
}
---
resource "aws_security_group" "bills" {
  egress = []
}

resource "aws_rds_cluster" "bills" {
  engine = "aurora-postgresql"
}

resource "aws_lambda_function" "bills" {
  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.bills.id]
  }

  environment {
    variables = { HOST = aws_rds_cluster.bills.endpoint }
  }
}
---
resource "aws_security_group" "shop" {}

resource "aws_ecs_task_definition" "shop" {
  family                   = "shop"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = "arn:aws:iam::123456789012:role/execution"
  container_definitions    = jsonencode([{ name = "shop", image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1" }])
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  task_definition = aws_ecs_task_definition.shop.arn
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = [aws_security_group.shop.id]
  }
}
---
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: tests, VpcId: v, SecurityGroupEgress: [{CidrIp: 127.0.0.1/32, IpProtocol: "-1"}]}}
  Tests: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, Location: "https://github.com/shop/orders.git"}, VpcConfig: {VpcId: v, Subnets: [s], SecurityGroupIds: [!GetAtt Group.GroupId]}}}
---
resource "aws_security_group" "shop" {}

resource "aws_synthetics_canary" "shop" {
  name = "shop"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.shop.id]
  }
}
"""

GOOD = """
Parameters: {Group: {Type: String}}
Resources:
  # AWS's own rule lets everything out.
  Usual: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: work, VpcId: v}}
  Closed: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: work, VpcId: v, SecurityGroupEgress: [{CidrIp: 127.0.0.1/32, IpProtocol: "-1"}]}}
  Opened: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: work, VpcId: v, SecurityGroupEgress: [{CidrIp: 127.0.0.1/32, IpProtocol: "-1"}]}}
  Out: {Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: !GetAtt Opened.GroupId, CidrIp: 0.0.0.0/0, IpProtocol: tcp, FromPort: 443, ToPort: 443}}
  Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [s], SecurityGroupIds: [!GetAtt Usual.GroupId]}, Environment: {Variables: {PARTNER_API: "https://api.partner.example"}}}}
  Other: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [s], SecurityGroupIds: [!GetAtt Opened.GroupId]}, Environment: {Variables: {PARTNER_API: "https://api.partner.example"}}}}
  Both: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [s], SecurityGroupIds: [!GetAtt Closed.GroupId, !GetAtt Usual.GroupId]}, Environment: {Variables: {PARTNER_API: "https://api.partner.example"}}}}
  Given: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [s], SecurityGroupIds: [!GetAtt Closed.GroupId, !Ref Group]}, Environment: {Variables: {PARTNER_API: "https://api.partner.example"}}}}
  # It computes, and calls nothing.
  Sandbox: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [s], SecurityGroupIds: [!GetAtt Closed.GroupId]}, Environment: {Variables: {LIMIT: "10", FRONTEND_URL: "https://shop.example"}}}}
---
variable "group" {}

resource "aws_security_group" "inline" {
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "apart" {}

resource "aws_vpc_security_group_egress_rule" "apart" {
  security_group_id = aws_security_group.apart.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "older" {}

resource "aws_security_group_rule" "older" {
  security_group_id = aws_security_group.older.id
  type              = "egress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group" "left" {
  lifecycle {
    ignore_changes = [egress]
  }
}

resource "aws_lambda_function" "apart" {
  function_name = "apart"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.apart.id]
  }

  environment {
    variables = { PARTNER_API = "https://api.partner.example" }
  }
}

resource "aws_lambda_function" "inline" {
  function_name = "inline"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.inline.id]
  }

  environment {
    variables = { PARTNER_API = "https://api.partner.example" }
  }
}

resource "aws_lambda_function" "left" {
  function_name = "left"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.left.id]
  }

  environment {
    variables = { PARTNER_API = "https://api.partner.example" }
  }
}

resource "aws_lambda_function" "older" {
  function_name = "older"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.older.id]
  }

  environment {
    variables = { PARTNER_API = "https://api.partner.example" }
  }
}
---
variable "group" {}

resource "aws_security_group" "shared" {}

# Its group is that of the module, or another one.
resource "aws_security_group_rule" "given" {
  security_group_id = var.group
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_lambda_function" "shared" {
  function_name = "shared"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.shared.id]
  }

  environment {
    variables = { PARTNER_API = "https://api.partner.example" }
  }
}

resource "aws_security_group" "told" {}

output "group" {
  value = aws_security_group.told.id
}

resource "aws_lambda_function" "told" {
  function_name = "told"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.told.id]
  }

  environment {
    variables = { PARTNER_API = "https://api.partner.example" }
  }
}
"""
