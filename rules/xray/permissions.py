"""The role of what is traced should allow it to send traces.

A function with active tracing, and a state machine with tracing, send their segments with the permissions of their role.
Without xray:PutTraceSegments they run on, and their traces are lost. (Until 2020 Lambda is known to have rejected such
functions; its present page only says that the role needs the permission.) So does an X-Ray daemon or ADOT collector in a task of
ECS with the task's role, without which one on Fargate has no permission at all.

What to do: attach AWSXRayDaemonWriteAccess to the role. SAM does this for the roles that it generates.
"""

from awslint_memo import Findings, Resource, containers, ecs_services, permissions, rule, tracing


@rule(
    level="warning",
    widened={"0.2": "tasks of ECS with a daemon or collector"},
    resource="AWS::Lambda::Function",
    memo="エージェントによって収集され、X-Ray API に送信されます",
    aws="lambda/latest/dg/services-xray.html",
    fix="unsafe",
)
def check(function: Resource) -> Findings:
    yield from untraced(function, "Role", "TracingConfig.Mode")


@check.on("AWS::StepFunctions::StateMachine")
def state_machine(machine: Resource) -> Findings:
    yield from untraced(machine, "RoleArn", "TracingConfiguration.Enabled")


@check.on("AWS::ECS::TaskDefinition")
def task_definition(task: Resource) -> Findings:
    senders = [one for one in containers.containers(task) or () if containers.sends_to_xray(one)]
    named, role = task.get("TaskRoleArn"), task.follow("TaskRoleArn", permissions.ROLE)
    if not senders:
        return
    image = (senders[0].get("Image"), "sends the traces")
    name = senders[0].get("Name").text or "the collector"
    if named.is_absent and ecs_services.is_on_fargate(task):
        message = f"so {name} may not send the traces that it gets, and they are lost"
        do = "name a role with AWSXRayDaemonWriteAccess"
        yield task.finding(named, message, do=do, related=[image], since="0.2")
    elif role is not None and not permissions.may_get_more(role) and permissions.may_trace(role) is False:
        message = (
            f"names {role.title}, which does not allow xray:PutTraceSegments, so the traces that {name} gets are lost"
        )
        do = "attach AWSXRayDaemonWriteAccess to the role"
        yield task.finding(
            named, message, do=do, related=[(role, "the role"), image], fix=permissions.granted(role), since="0.2"
        )


def untraced(resource: Resource, path: str, switched: str) -> Findings:
    """What is found where this deployment makes the role of a resource which is surely traced."""
    role = resource.deployment.find(resource.get(path), permissions.ROLE)
    if role is None or tracing.is_traced(resource) is not True or permissions.may_trace(role) is not False:
        return
    yield resource.finding(
        tracing.switch(resource),
        f"but {role.title} does not allow xray:PutTraceSegments, so its traces are lost",
        of=switched,
        do="attach AWSXRayDaemonWriteAccess to the role",
        related=[(role, "the role")],
        fix=permissions.granted_to(resource, role, tracing.switch(resource)),
    )


BAD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
  Orders: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, TracingConfig: {Mode: Active}}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Tracing: Active}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: {Effect: Allow, Action: "logs:*", Resource: "*"}}}]}}
  Orders: {Type: AWS::Serverless::Function, Properties: {Role: !GetAtt Role.Arn}}
---
Resources:
  Role: {Type: AWS::IAM::Role}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, TracingConfiguration: {Enabled: true}}}
---
Resources:
  Role: {Type: AWS::IAM::Role}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web}, {Name: xray, Image: amazon/aws-xray-daemon}]}}
---
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions: [{Name: web, Image: web}, {Name: adot, Image: public.ecr.aws/aws-observability/aws-otel-collector, Command: [--config=/etc/ecs/ecs-default-config.yaml]}]
---
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "logs" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "logs:*"
        Resource = "*"
      },
    ]
  })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.r.arn

  tracing_config {
    mode = "Active"
  }
}
"""

GOOD = """
Parameters: {Policy: {Type: String}, RoleArn: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"]}}
  Orders: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, TracingConfig: {Mode: Active}}}
  OpenRole: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt OpenRole.Arn, TracingConfig: {Mode: Active}}}
  Elsewhere: {Type: AWS::Lambda::Function, Properties: {Role: !Ref RoleArn, TracingConfig: {Mode: Active}}}
  Bare: {Type: AWS::IAM::Role}
  Write: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref Bare], PolicyDocument: {Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}}}
  Allowed: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Bare.Arn, TracingConfig: {Mode: Active}}}
---
Parameters: {Image: {Type: String}, Policy: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"]}}
  Bare: {Type: AWS::IAM::Role}
  Open: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: xray, Image: amazon/aws-xray-daemon}]}}
  Opened: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Open.Arn, ContainerDefinitions: [{Name: xray, Image: amazon/aws-xray-daemon}]}}
  Other: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Bare.Arn, ContainerDefinitions: [{Name: any, Image: !Ref Image}, {Name: adot, Image: aws-otel-collector, Command: [--config=/own.yaml]}]}}
  Own: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Bare.Arn, ContainerDefinitions: [{Name: adot, Image: aws-otel-collector, Command: [--config=/etc/ecs/ecs-default-config.yaml], Environment: [{Name: AOT_CONFIG_CONTENT, Value: "exporters: {}"}]}]}}
  # On EC2, it has the role of the instance.
  Server: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [EC2], ContainerDefinitions: [{Name: xray, Image: amazon/aws-xray-daemon}]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Tracing: Active, Policies: [AmazonS3ReadOnlyAccess]}}
---
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy_attachment" "xray" {
  role       = aws_iam_role.r.name
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.r.arn

  tracing_config {
    mode = "Active"
  }
}
"""

FIXED = """
-  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
+  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", !Sub "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"]}}
---
-  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: {Effect: Allow, Action: "logs:*", Resource: "*"}}}]}}
+  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: {Effect: Allow, Action: "logs:*", Resource: "*"}}}], ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"]}}
---
-  Role: {Type: AWS::IAM::Role}
+  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"]}}
---
-  Role: {Type: AWS::IAM::Role}
+  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"]}}
---
   assume_role_policy = jsonencode({ Statement = [] })
+}
+
+resource "aws_iam_role_policy_attachment" "r_xray" {
+  role       = aws_iam_role.r.name
+  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
"""
