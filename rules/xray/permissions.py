"""The role of what is traced should allow it to send traces.

A function with active tracing, and a state machine with tracing, send their segments with the permissions of their role.
Without xray:PutTraceSegments they run on, and their traces are lost. (Until 2020 Lambda is known to have rejected such
functions; its present page only says that the role needs the permission.)

What to do: attach AWSXRayDaemonWriteAccess to the role. SAM does this for the roles that it generates.
"""

from awslint_memo import Findings, Resource, permissions, rule, tracing


@rule(
    level="warning",
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
        fix=permissions.granted(role),
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
   assume_role_policy = jsonencode({ Statement = [] })
+}
+
+resource "aws_iam_role_policy_attachment" "r_xray" {
+  role       = aws_iam_role.r.name
+  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
"""
