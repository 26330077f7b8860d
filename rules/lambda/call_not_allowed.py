"""The role of a function should allow what its program does.

A program that puts an item into a table, sends a message or starts a state machine does so with the role of its function. What the
role does not allow ends with AccessDenied, each time. To query an index of a table takes the permission for the index
(`${Table.Arn}/index/*`), not that for the table.

What to do: allow the action in the role; in SAM, with a policy template such as DynamoDBCrudPolicy. Only programs in Python or
JavaScript that lie beside the template are looked at, and calls for which a variable of the function names a resource of it, or by
which they answer a lifecycle hook or a pipeline.
"""

from awslint_memo import Findings, Resource, program_calls, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="lambda/latest/dg/lambda-intro-execution-role.html",
)
def check(function: Resource) -> Findings:
    for shut in program_calls.forbidden(function):
        of = f"the index {shut.index} of " if shut.index else ""
        on = "" if shut.target is None else f" on {of}{shut.target.title}"
        where = f"{shut.place.path.rpartition('/')[2]} calls {shut.call.method}{on}"
        that = " for it" if shut.index else ""
        message = (
            f"has a program that may not do what it does: {where}, but its role does not allow {shut.action}{that}"
        )
        do = f"allow {shut.action} in the role"
        yield function.finding(function, message, do=do, related=[(shut.role, "the role"), (shut.place, "the call")])


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Claims: {Type: AWS::Serverless::SimpleTable}
  Register: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{DynamoDBReadPolicy: {TableName: !Ref Claims}}]}}
# --- src/app.py
import os
import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])

def handler(event, context):
    table.get_item(Key={"id": event["id"]})
    return save(event)

def save(event):
    table.put_item(Item={"id": event["id"]})
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"], Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:ReceiveMessage", Resource: !GetAtt Orders.Arn}]}}]}}
  Send: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x, Handler: index.handler, Code: src, Role: !GetAtt Role.Arn, Environment: {Variables: {queueUrl: !Ref Orders}}}}
# --- src/index.js
const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");
exports.handler = async (event) => new SQSClient().send(new SendMessageCommand({ QueueUrl: process.env.queueUrl, MessageBody: "a" }));
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}
  Tell: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {BUS: !Ref Bus}}}}
# --- src/app.py
import os
import boto3

def handler(event, context):
    boto3.client("events").put_events(Entries=[{"EventBusName": os.getenv("BUS"), "Source": "shop", "DetailType": "a", "Detail": "{}"}])
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Told: {Type: AWS::SNS::Topic}
  Tell: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TOPIC: !Ref Told}}}}
# --- src/app.py
import os
import boto3

TOPIC = os.environ.get("TOPIC")

def handler(event, context):
    boto3.client("sns").publish(TopicArn=TOPIC, Message="a")
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Claims: {Type: AWS::Serverless::SimpleTable}
  List: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{SSMParameterReadPolicy: {ParameterName: "*"}}, {DynamoDBWritePolicy: {TableName: !Ref Claims}}]}}
# --- src/app.py
import os
import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])

def handler(event, context):
    with table.batch_writer() as batch:
        batch.put_item(Item={"id": event["id"]})
    return table.query(KeyConditionExpression="id = :id", ExpressionAttributeValues={":id": event["id"]})["Items"]
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Group: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4"}}
  Hook: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: !Ref Group, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING"}}
  Drain: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Policies: [{Statement: [{Effect: Allow, Action: "ssm:SendCommand", Resource: "*"}]}]}}
# --- src/app.py
import boto3

def handler(event, context):
    complete(event["detail"])

def complete(detail):
    boto3.client("autoscaling").complete_lifecycle_action(AutoScalingGroupName=detail["AutoScalingGroupName"], LifecycleHookName=detail["LifecycleHookName"], LifecycleActionToken=detail["LifecycleActionToken"], LifecycleActionResult="CONTINUE")
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Claims: {Type: AWS::DynamoDB::Table}
  Find: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{Statement: [{Effect: Allow, Action: ["dynamodb:Query", "dynamodb:GetItem"], Resource: [!GetAtt Claims.Arn, !Sub "${Claims.Arn}/index/by-state"]}]}]}}
# --- src/app.py
import os
import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])

def handler(event, context):
    return table.query(IndexName="by-owner", KeyConditionExpression="id = :id", ExpressionAttributeValues={":id": event["id"]})["Items"]
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["dynamodb:Scan"], Resource: !GetAtt Claims.Arn}]}}]}}
  Claims: {Type: AWS::DynamoDB::Table}
  Count: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x, Handler: index.handler, Code: src, Role: !GetAtt Role.Arn, Environment: {Variables: {tableName: !Ref Claims}}}}
# --- src/index.js
const { DynamoDBClient, ScanCommand } = require("@aws-sdk/client-dynamodb");
exports.handler = async () => new DynamoDBClient().send(new ScanCommand({ TableName: process.env.tableName, IndexName: "by-state", Select: "COUNT" }));
---
Resources:
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: release}}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*"}]}}]}}
  Check: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x, Handler: index.handler, Code: src, Role: !GetAtt Role.Arn}}
# --- src/index.js
const { CodePipelineClient, PutJobSuccessResultCommand } = require("@aws-sdk/client-codepipeline");
exports.handler = async (event) => new CodePipelineClient().send(new PutJobSuccessResultCommand({ jobId: event["CodePipeline.job"].id }));
---
data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/code.zip"
}

resource "aws_sqs_queue" "orders" {}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "work" {
  role = aws_iam_role.work.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = aws_sqs_queue.orders.arn }]
  })
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = aws_iam_role.work.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = data.archive_file.code.output_path

  environment {
    variables = { QUEUE_URL = aws_sqs_queue.orders.url }
  }
}
# --- src/app.py
import os

import boto3


def handler(event, context):
    boto3.client("sqs").send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody="{}")
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Other: {Type: String}}
Resources:
  Claims: {Type: AWS::Serverless::SimpleTable}
  Amend: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{DynamoDBCrudPolicy: {TableName: !Ref Claims}}]}}
  # It does not call what writes.
  Read: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.read, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{DynamoDBReadPolicy: {TableName: !Ref Claims}}]}}
  Unknown: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Other}}, Policies: [{DynamoDBReadPolicy: {TableName: !Ref Claims}}]}}
  Elsewhere: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Role: !ImportValue Role, Environment: {Variables: {TABLE: !Ref Claims}}}}
# --- src/app.py
import os
import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])

def handler(event, context):
    table.put_item(Item={"id": event["id"]})

def read(event, context):
    table.get_item(Key={"id": event["id"]})
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Claims: {Type: AWS::Serverless::SimpleTable}
  # A policy template that is not known may allow anything.
  Amend: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{LaterPolicy: {TableName: !Ref Claims}}]}}
  Indexed: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{Statement: [{Effect: Allow, Action: "dynamodb:Query", Resource: !Sub "${Claims.Arn}/index/*"}]}]}}
# --- src/app.py
import os
import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])

def handler(event, context):
    return table.query(IndexName="by-day", KeyConditionExpression="day = :day")["Items"]
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Claims: {Type: AWS::Serverless::SimpleTable}
  Assumes: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{DynamoDBReadPolicy: {TableName: !Ref Claims}}]}}
# --- src/app.py
import os
import boto3

session = boto3.client("sts").assume_role(RoleArn=os.environ["ROLE"], RoleSessionName="a")
table = boto3.resource("dynamodb").Table(os.environ["TABLE"])

def handler(event, context):
    table.put_item(Item={"id": event["id"]})
---
Transform: AWS::Serverless-2016-10-31
Parameters: {More: {Type: String}}
Resources:
  Group: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4"}}
  Drain: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Policies: [{Statement: [{Effect: Allow, Action: "autoscaling:Complete*", Resource: "arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/web-*"}]}]}}
  # It does not call what answers.
  Look: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.look, CodeUri: src/}}
  Unknown: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Policies: [!Ref More]}}
  Elsewhere: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Role: !ImportValue Role}}
# --- src/app.py
import boto3

def handler(event, context):
    boto3.client("autoscaling").complete_lifecycle_action(**event["detail"])

def look(event, context):
    return event["detail"]
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}
---
Transform: AWS::Serverless-2016-10-31
Parameters: {Other: {Type: String}}
Resources:
  Claims: {Type: AWS::DynamoDB::Table}
  Find: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{DynamoDBReadPolicy: {TableName: !Ref Claims}}]}}
  Named: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{Statement: [{Effect: Allow, Action: "dynamodb:*", Resource: !Sub "${Claims.Arn}/index/by-*"}]}]}}
  Begins: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{Statement: [{Effect: Allow, Action: "dynamodb:*", Resource: !Sub "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Claims}*"}]}]}}
  All: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{Statement: [{Effect: Allow, Action: "dynamodb:*", Resource: "arn:aws:dynamodb:eu-west-1:123456789012:table/*"}]}]}}
  Given: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{Statement: [{Effect: Allow, Action: "dynamodb:*", Resource: [!GetAtt Claims.Arn, !Ref Other]}]}]}}
  # It asks for no index.
  Whole: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.whole, CodeUri: src/, Environment: {Variables: {TABLE: !Ref Claims}}, Policies: [{Statement: [{Effect: Allow, Action: "dynamodb:Query", Resource: !GetAtt Claims.Arn}]}]}}
# --- src/app.py
import os
import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])

def handler(event, context):
    return table.query(IndexName="by-owner", KeyConditionExpression="id = :id", ExpressionAttributeValues={":id": event["id"]})["Items"]

def whole(event, context):
    return table.query(KeyConditionExpression="id = :id", ExpressionAttributeValues={":id": event["id"]})["Items"]
"""
