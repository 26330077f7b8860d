"""The role of a function that is traced should allow it to send traces.

Lambda checks the role when it creates a function with active tracing, and rejects the function if xray:PutTraceSegments
is missing. Step Functions does not check; its traces are then lost. A policy that is a resource of its own may be
created after the function, so that a deployment fails on some days only.

What to do: attach AWSXRayDaemonWriteAccess to the role itself, or make the function depend on the policy. SAM does this
for the roles that it generates.
"""

from awslint_memo import Findings, Resource, Value, permissions, rule, tracing


@rule(
    level="error",
    resource="AWS::Lambda::Function",
    memo="エージェントによって収集され、X-Ray API に送信されます",
    aws="lambda/latest/dg/services-xray.html",
    fix="unsafe",
)
def check(function: Resource) -> Findings:
    role = traced_role(function, "Role")
    if role is None:
        return
    switch, related = tracing.switch(function), [(role, "the role")]
    if permissions.may_trace(role) is False:
        message = f"{missing(switch, role)} Lambda rejects the function; {REMEDY}"
        fix = permissions.granted(role)
        yield function.finding(switch, message, of="TracingConfig.Mode", related=related, fix=fix)
    late = permissions.late_policy(function, role)
    if late is not None:
        message = f"may be created before {late.title}, which lets {role.title} send traces, and Lambda then rejects it"
        message = f"{message}; add {late.title} to its DependsOn"
        related = [(late, "lets the role send traces"), *related]
        yield function.finding(switch, message, level="advice", related=related)


@check.on("AWS::StepFunctions::StateMachine")
def state_machine(machine: Resource) -> Findings:
    role = traced_role(machine, "RoleArn")
    if role is not None and permissions.may_trace(role) is False:
        switch = tracing.switch(machine)
        related = [(role, "the role")]
        of, fix = "TracingConfiguration.Enabled", permissions.granted(role)
        yield machine.finding(
            switch,
            f"{missing(switch, role)} its traces are lost",
            of=of,
            do=REMEDY,
            level="warning",
            related=related,
            fix=fix,
        )


REMEDY = "attach AWSXRayDaemonWriteAccess to the role"


def missing(switch: Value, role: Resource) -> str:
    """What the messages say of a role without the permission, up to what follows from it."""
    return f"is {switch.text}{switch.note}, but {role.title} does not allow xray:PutTraceSegments, so"


def traced_role(resource: Resource, path: str) -> Resource | None:
    """The role that this deployment makes for a resource which is surely traced."""
    role = resource.deployment.find(resource.get(path), permissions.ROLE)
    return role if tracing.is_traced(resource) is True else None


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
  Policy: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref Role], PolicyDocument: {Statement: [{Effect: Allow, Action: [xray:Put*], Resource: "*"}]}}}
  Orders: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, TracingConfig: {Mode: Active}}}
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
  Waits: {Type: AWS::Lambda::Function, DependsOn: Write, Properties: {Role: !GetAtt Bare.Arn, TracingConfig: {Mode: Active}}}
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
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"]}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, TracingConfiguration: {Enabled: true}}}
---
   assume_role_policy = jsonencode({ Statement = [] })
+}
+
+resource "aws_iam_role_policy_attachment" "r_xray" {
+  role       = aws_iam_role.r.name
+  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
"""
