"""A container should write to a log group that is there.

With awslogs, a task whose log group does not exist never starts, unless awslogs-create-group is true. Where this template
makes a group with the same words in another order or case (/shop/prod/web instead of /shop/web/prod), the name is a slip. With
awslogs-create-group on Fargate, the execution role has to be allowed logs:CreateLogGroup, which
AmazonECSTaskExecutionRolePolicy does not.

What to do: refer to the log group instead of writing its name again; make the group here, or allow the role to.
"""

from awslint_memo import Findings, Resource, ecs_tasks, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ECS::TaskDefinition",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/using_awslogs.html",
)
def check(task: Resource) -> Findings:
    for named, meant in ecs_tasks.misspelt_groups(task):
        name = meant.get("LogGroupName")
        message = f"is {named.text}{named.note}, but this template makes {name.text}{name.note}, so no task may start"
        yield task.finding(named, message, of="awslogs-group", do=f"refer to {meant.title}")
    for named, created, role in ecs_tasks.unmade_groups(task):
        message = f"is true, but {role.title} does not allow logs:CreateLogGroup, so no task starts unless it is there"
        do = "make the log group here, or allow the role to"
        related = [(named, "the log group, which nothing here makes")]
        yield task.finding(created, message, of="awslogs-create-group", do=do, related=related)


BAD = """
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /shop/prod/web}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: /shop/web/prod}}}]}}
---
resource "aws_cloudwatch_log_group" "web" {
  name = "/ecs/Web"
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name             = "web"
    image            = "web"
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "/ecs/web" } }
  }])
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"]}}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/shop/${AWS::Region}/api"}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: !Sub "/shop/${AWS::Region}/web", awslogs-create-group: "true"}}}]}}
---
resource "aws_iam_role" "web" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "web" {
  role   = aws_iam_role.web.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "*" }] })
}

resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = aws_iam_role.web.arn

  container_definitions = jsonencode([{
    name             = "web"
    image            = "web"
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "/ecs/web", awslogs-create-group = "true" } }
  }])
}
"""

GOOD = """
Parameters: {Group: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"]}}
  Able: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"]}}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/shop/${AWS::Region}/web"}}
  Made: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: !Sub "/shop/${AWS::Region}/web", awslogs-create-group: "true"}}}]}}
  Allowed: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ExecutionRoleArn: !GetAtt Able.Arn, ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: new, awslogs-create-group: "true"}}}]}}
  Named: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: !Ref Group, awslogs-create-group: "true"}}}]}}
---
Parameters: {Group: {Type: String}}
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /shop/prod/web}}
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - {Name: web, Image: web, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: !Ref Logs}}}
        - {Name: api, Image: api, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: /shop/prod/web}}}
        - {Name: job, Image: job, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: /shop/prod/job}}}
        - {Name: new, Image: new, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: /shop/web/prod, awslogs-create-group: "true"}}}
        - {Name: any, Image: any, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: !Ref Group}}}
        - {Name: own, Image: own, LogConfiguration: {LogDriver: splunk, Options: {awslogs-group: /shop/web/prod}}}
---
variable "group" {}

resource "aws_cloudwatch_log_group" "web" {
  name = "/ecs/web"
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name             = "web"
    image            = "web"
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "/ecs/web" } }
  }])
}

resource "aws_ecs_task_definition" "any" {
  family = "any"
  container_definitions = jsonencode([{
    name             = "any"
    image            = "any"
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = var.group } }
  }])
}
"""
