"""A service with ECS Exec should have a task role that may use the channels of Systems Manager.

ECS Exec opens a shell in a container by the agent of Systems Manager, which takes the role of the task. Without ssmmessages
actions there the agent does not connect, and `aws ecs execute-command` ends with TargetNotConnectedException, which is noticed when
somebody has to look into a container that fails.

What to do: allow the task role ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel for
"*". The execution role is another one.
"""

from awslint_memo import Findings, Resource, ecs_tasks, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonECS/latest/developerguide/ecs-exec.html",
)
def check(service: Resource) -> Findings:
    role = ecs_tasks.without_channels(service)
    if role is not None:
        switch = service.get("EnableExecuteCommand")
        message = (
            f"but {role.title}, the role of its task, does not allow {ecs_tasks.CHANNELS[0]}, so no command gets in"
        )
        yield service.finding(
            switch, message, do="allow it the four actions of ssmmessages", related=[(role, "the role")]
        )


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, EnableExecuteCommand: true}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, Memory: 128}]}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: "*"}]}}]}}
---
resource "aws_ecs_service" "web" {
  name                   = "web"
  task_definition        = aws_ecs_task_definition.web.arn
  enable_execute_command = true
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web", memory = 128 }])
  task_role_arn         = aws_iam_role.web.arn
}

resource "aws_iam_role" "web" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
"""

GOOD = """
Parameters: {Exec: {Type: String}, Policy: {Type: String}}
Resources:
  Allowed: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, EnableExecuteCommand: true}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, Memory: 128}]}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ssmmessages:*", Resource: "*"}]}}]}}
  Bare: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  OfBare: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Bare.Arn, ContainerDefinitions: [{Name: web, Image: web, Memory: 128}]}}
  Off: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref OfBare}}
  Unknown: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref OfBare, EnableExecuteCommand: !Ref Exec}}
  # Somebody gives it what it lacks.
  Given: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, ManagedPolicyArns: [!Ref Policy]}}
  OfGiven: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Given.Arn, ContainerDefinitions: [{Name: web, Image: web, Memory: 128}]}}
  AnyPolicy: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref OfGiven, EnableExecuteCommand: true}}
---
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"
}
"""
