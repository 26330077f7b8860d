"""A variable of a function should hold the name that its program gives to AWS.

A program that gives a variable to `send_message` as QueueUrl needs the URL of the queue. With the ARN in the variable SQS refuses
each call with InvalidAddress, and what the function should have sent is lost or tried again until it expires. `publish` needs
the ARN of the topic, and `start_execution` that of the state machine, and not their names.

What to do: give the variable the attribute that the call takes: `!Ref Queue` (Terraform: `aws_sqs_queue.queue.url`) for a URL,
`!Ref Topic` or `!Ref StateMachine` (Terraform: `arn`) for an ARN. Only handlers that lie unpacked beside the template are
read, and only calls that name the variable themselves.
"""

from awslint_memo import Findings, Resource, program_calls, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合、デッドレターキューにリダイレクトして再処理を容易にすることができます。",
    aws="AWSSimpleQueueService/latest/APIReference/API_SendMessage.html",
)
def check(function: Resource) -> Findings:
    for wrong in program_calls.misnamed(function):
        name, call = wrong.place.path.rpartition("/")[2], wrong.call
        needed = "URL" if wrong.argument == "QueueUrl" else "ARN"
        holds = "an ARN" if wrong.attribute == "Arn" else "a name"
        yield function.finding(
            wrong.written,
            f"is {holds}, but {name} gives it to {call.method} as {wrong.argument}, which AWS refuses each time",
            of=f"Environment.Variables.{call.variable}",
            do=f"set it to the {needed}",
            related=[(wrong.place, "the call")],
        )


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src
      Environment: {Variables: {QUEUE_URL: !GetAtt Orders.Arn}}
# --- src/app.py
import os

import boto3

sqs = boto3.client("sqs")


def handler(event, context):
    sqs.send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody="{}")
---
data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/code.zip"
}

resource "aws_sns_topic" "orders" {}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = "arn:aws:iam::111122223333:role/work"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = data.archive_file.code.output_path

  environment {
    variables = { TOPIC = aws_sns_topic.orders.name }
  }
}
# --- src/app.py
import os

import boto3


def handler(event, context):
    boto3.client("sns").publish(TopicArn=os.environ["TOPIC"], Message="{}")
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Queue: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Placed: {Type: AWS::SNS::Topic}
  Table: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}]}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src
      Environment:
        Variables: {QUEUE_URL: !Ref Orders, OTHER_URL: !Ref Queue, TOPIC: !Ref Placed, TABLE: !GetAtt Table.Arn, QUEUE_ARN: !GetAtt Orders.Arn}
# --- src/app.py
import os

import boto3

sqs = boto3.client("sqs")


def handler(event, context):
    sqs.send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody=os.environ["QUEUE_ARN"])
    sqs.send_message(QueueUrl=os.environ["OTHER_URL"], MessageBody="{}")
    boto3.client("sns").publish(TopicArn=os.environ["TOPIC"], Message="{}")
    # A table may be named by its ARN.
    boto3.client("dynamodb").put_item(TableName=os.environ["TABLE"], Item={"id": {"S": "1"}})
---
data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/code.zip"
}

resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = "arn:aws:iam::111122223333:role/work"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = data.archive_file.code.output_path

  environment {
    variables = { QUEUE_URL = aws_sqs_queue.orders.id }
  }
}
# --- src/app.py
import os

import boto3


def handler(event, context):
    boto3.client("sqs").send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody="{}")
"""
