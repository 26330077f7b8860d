"""The role of a function should let Lambda read the source of its mapping.

Lambda polls a queue or stream with the role of the function, and refuses to create the mapping if the role may not receive
and delete messages, or get records.

What to do: attach AWSLambdaSQSQueueExecutionRole, AWSLambdaKinesisExecutionRole or AWSLambdaDynamoDBExecutionRole to the
role. SAM does this for the roles that it makes for functions with such events.
"""

from awslint_memo import Findings, Resource, mapping_roles, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::EventSourceMapping",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="lambda/latest/dg/services-sqs-configure.html",
    fix="unsafe",
)
def check(mapping: Resource) -> Findings:
    lack = mapping_roles.lack(mapping)
    if lack is not None:
        do, fix = lack.remedy
        yield mapping.finding(
            mapping,
            f"is refused, because {lack.role.title} does not allow {lack.action} for {lack.source.title}",
            do=do,
            related=[(lack.role, "the role"), (lack.source, "the source")],
            fix=fix,
        )


BAD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Orders.Arn}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["kinesis:Get*"], Resource: !GetAtt Others.Arn}]}}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Orders: {Type: AWS::Kinesis::Stream}
  Others: {Type: AWS::Kinesis::Stream}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Orders.Arn}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

data "aws_iam_policy_document" "work" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [aws_sqs_queue.orders.arn]
  }
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = data.aws_iam_policy_document.work.json
}

resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn
}

resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "work" {
  function_name    = aws_lambda_function.work.arn
  event_source_arn = aws_sqs_queue.orders.arn
}
---
Resources:
  Boundary: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "logs:*", Resource: "*"}]}}}
  Role: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !Ref Boundary, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Orders.Arn}}
---
resource "aws_iam_policy" "boundary" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:Get*", Resource = "*" }] })
}

resource "aws_iam_role" "work" {
  assume_role_policy   = jsonencode({ Statement = [] })
  permissions_boundary = aws_iam_policy.boundary.arn
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "*" }] })
}

resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn
}

resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "work" {
  function_name    = aws_lambda_function.work.arn
  event_source_arn = aws_sqs_queue.orders.arn
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
  Other: {Type: AWS::IAM::Role}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Orders: {Type: AWS::SQS::Queue}
  # A policy of the queue lets the role read only if it names the role.
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sqs:SendMessage", Resource: !GetAtt Orders.Arn}
          - {Effect: Allow, Principal: {AWS: !GetAtt Other.Arn}, Action: "sqs:*", Resource: !GetAtt Orders.Arn}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Orders.Arn}}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Policy: {Type: String}, RoleArn: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Orders.Arn}}
  OpenRole: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Open: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt OpenRole.Arn}}
  OfOpen: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Open, EventSourceArn: !GetAtt Orders.Arn}}
  Elsewhere: {Type: AWS::Lambda::Function, Properties: {Role: !Ref RoleArn}}
  OfElsewhere: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Elsewhere, EventSourceArn: !GetAtt Orders.Arn}}
  Sam: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}}}
  Polls: {Type: AWS::Serverless::Function, Properties: {Policies: [{SQSPollerPolicy: {QueueName: !GetAtt Orders.QueueName}}]}}
  OfPolls: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Polls, EventSourceArn: !GetAtt Orders.Arn}}
  Connected: {Type: AWS::Serverless::Function}
  OfConnected: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Connected, EventSourceArn: !GetAtt Orders.Arn}}
  Connector: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Orders}, Destination: {Id: Connected}, Permissions: [Read, Write]}}
  StreamRole: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:*", Resource: !Sub "${Table.Arn}/stream/*"}]}}]}}
  Stream: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt StreamRole.Arn}}
  Table: {Type: AWS::DynamoDB::Table}
  OfStream: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Stream, EventSourceArn: !GetAtt Table.StreamArn}}
  Bare: {Type: AWS::IAM::Role}
  ByPolicy: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Bare.Arn}}
  Allowed: {Type: AWS::SQS::Queue}
  Allow: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Allowed], PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Bare.Arn}, Action: "sqs:*", Resource: "*"}]}}}
  OfPolicy: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref ByPolicy, EventSourceArn: !GetAtt Allowed.Arn}}
  ToldRole: {Type: AWS::IAM::Role}
  Told: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt ToldRole.Arn}}
  OfTold: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Told, EventSourceArn: !GetAtt Orders.Arn}}
Outputs: {Role: {Value: !Ref ToldRole}}
---
Resources:
  # Written for every action.
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "*:*", Resource: "*"}]}}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Orders.Arn}}
---
Parameters: {Boundary: {Type: String}}
Resources:
  Limits: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "*", Resource: "*"}, {Effect: Deny, Action: "iam:*", Resource: "*"}]}}}
  Role: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !Ref Limits, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Orders.Arn}}
  OtherRole: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !Ref Boundary, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}}]}}
  Other: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt OtherRole.Arn}}
  OfOther: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Other, EventSourceArn: !GetAtt Orders.Arn}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_policy" "work" {
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = "sqs:*"
      Resource = "arn:aws:sqs:*:*:orders"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "work" {
  role       = aws_iam_role.work.name
  policy_arn = aws_iam_policy.work.arn
}

resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "work" {
  function_name    = aws_lambda_function.work.arn
  event_source_arn = aws_sqs_queue.orders.arn
}
"""

FIXED = """
-  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
+  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", !Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"]}}
---
-  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["kinesis:Get*"], Resource: !GetAtt Others.Arn}]}}]}}
+  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["kinesis:Get*"], Resource: !GetAtt Others.Arn}]}}], ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole"]}}
---
   assume_role_policy = jsonencode({ Statement = [] })
+}
+
+resource "aws_iam_role_policy_attachment" "work_source" {
+  role       = aws_iam_role.work.name
+  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"
---
-  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
+  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", !Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"]}}
"""
