"""A task that needs secrets, logs on Fargate or a private image should have an execution role.

ECS reads the secrets of a task with its execution role, and so do tasks on Fargate write logs (awslogs) and pull images
from ECR. Without ExecutionRoleArn ECS rejects the task definition, or the tasks do not start; nor do they where the role may
not do that.

What to do: set ExecutionRoleArn (Terraform: execution_role_arn) to a role with AmazonECSTaskExecutionRolePolicy, which
may read the secrets too. TaskRoleArn is another one, for the program.
"""

from awslint_memo import Findings, Resource, ecs_tasks, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::TaskDefinition",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/task_execution_IAM_role.html",
)
def check(task: Resource) -> Findings:
    role, needed = task.get("ExecutionRoleArn"), ecs_tasks.needs_execution_role(task)
    if role.is_absent and needed is not None:
        value, work = needed
        message = f"but without it ECS can't {work}, so no task starts"
        yield task.finding(role, message, do="set it to a role that ECS may use", related=[(value, "needs it")])
    lacks = {action: (value, work) for value, action, work in reversed(ecs_tasks.unable(task))}
    if lacks:
        works = listed([work for _, work in reversed(lacks.values())])
        yield task.finding(
            role,
            f"does not allow {listed([*reversed(lacks)])}, so ECS can't {works}, and no task starts",
            of="ExecutionRoleArn",
            do="attach AmazonECSTaskExecutionRolePolicy to it",
            related=[(value, "needs it") for value, _ in lacks.values()],
        )


BAD = """
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !ImportValue Role, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: PASSWORD, ValueFrom: !ImportValue Password}]}]}}
---
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: web}}}]
---
Resources:
  Images: {Type: AWS::ECR::Repository}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: !Sub "${Images.RepositoryUri}:1"}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: !Sub "${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/web:1"}]}}
---
Resources:
  Execution: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Task: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"]}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Execution.Arn, TaskRoleArn: !GetAtt Task.Arn, RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1", LogConfiguration: {LogDriver: awslogs}}]}}
---
resource "aws_iam_role" "execution" {
  count = 2
}

resource "aws_iam_role_policy_attachment" "images" {
  count = 2

  role       = aws_iam_role.execution[count.index].name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.execution[1].name
  policy_arn = "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"
}

resource "aws_ecs_task_definition" "all" {
  count = 2

  family                   = "task${count.index}"
  execution_role_arn       = aws_iam_role.execution[count.index].arn
  requires_compatibilities = ["FARGATE"]

  container_definitions = jsonencode([{
    name             = "web"
    image            = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1"
    logConfiguration = { logDriver = "awslogs" }
  }])
}
---
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]

  container_definitions = jsonencode([{
    name             = "web"
    image            = "web"
    logConfiguration = { logDriver = "splunk", secretOptions = [{ name = "splunk-token", valueFrom = "token" }] }
  }])
}
"""

GOOD = """
Parameters: {Image: {Type: String}, Role: {Type: String}, Driver: {Type: String}}
Resources:
  WithRole: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !Ref Role, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: PASSWORD, ValueFrom: password}]}]}}
  Own: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecr:Get*", Resource: "*"}, {Effect: Allow, Action: "logs:CreateLogStream", Resource: "arn:aws:logs:*:*:log-group:web:*"}]}}]}}
  WithOwn: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Own.Arn, RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1", LogConfiguration: {LogDriver: awslogs}}]}}
  OnServers: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Bare.Arn, ContainerDefinitions: [{Name: web, Image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1"}]}}
  Bare: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  OnInstances: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1", LogConfiguration: {LogDriver: awslogs}}]}}
  Unknown: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: !Ref Image, LogConfiguration: {LogDriver: !Ref Driver}}]}}
  Public: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{Name: web, Image: "public.ecr.aws/nginx/nginx:1.27", Secrets: [], LogConfiguration: {LogDriver: splunk}}]}}
---
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = "arn:aws:iam::123456789012:role/web"

  container_definitions = jsonencode([{
    name             = "web"
    image            = "web"
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "web" } }
  }])
}
"""
