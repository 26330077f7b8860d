"""A function that is asked for partial batch responses should return the items that failed.

With ReportBatchItemFailures Lambda takes a batch for done unless the function raises an error or returns `batchItemFailures`. A
handler that catches the error of a message, logs it and returns nothing has that message deleted from its queue, or passed
over in its stream, as if it had been processed: no retry, no dead-letter queue, no alarm.

What to do: return `{"batchItemFailures": [{"itemIdentifier": record["messageId"]}, ...]}` with what failed. Only handlers in Python
that lie unpacked beside the template are read, and only those of which every answer is written there.
"""

from awslint_memo import Findings, Resource, batch_answers, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::EventSourceMapping",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合、デッドレターキューにリダイレクトして再処理を容易にすることができます。",
    aws="lambda/latest/dg/services-sqs-errorhandling.html",
)
def check(mapping: Resource) -> Findings:
    answers = mapping.get("FunctionResponseTypes")
    if all(answer.text != "ReportBatchItemFailures" for answer in answers.items):
        return
    program = batch_answers.unanswered(mapping)
    if program is not None:
        name = program.place.source.path.rpartition("/")[2]
        lost = "and only logs what it catches, so messages that fail are taken for done"
        idle = "so the setting does nothing, and one failed message fails its whole batch"
        yield mapping.finding(
            answers,
            f"asks for failures, but {name} never returns batchItemFailures, {lost if program.passes_over else idle}",
            do="return the ids of what failed in batchItemFailures",
            level=None if program.passes_over else "advice",
            related=[(program.place, "the program")],
        )


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Events: {Order: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}}
# --- src/app.py
import logging

log = logging.getLogger()


def handler(event, context):
    for record in event["Records"]:
        try:
            print(record["body"])
        except Exception:
            log.exception("could not ship %s", record["messageId"])
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Events: {Order: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}}
# --- src/app.py
def handler(event, context):
    for record in event["Records"]:
        print(record["body"])
    return {"statusCode": 200}
---
data "archive_file" "ship" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/ship.zip"
}

resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_function" "ship" {
  function_name = "ship"
  role          = "arn:aws:iam::111122223333:role/ship"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = data.archive_file.ship.output_path
}

resource "aws_lambda_event_source_mapping" "ship" {
  event_source_arn        = aws_sqs_queue.orders.arn
  function_name           = aws_lambda_function.ship.arn
  function_response_types = ["ReportBatchItemFailures"]
}
# --- src/app.py
def handler(event, context):
    for record in event["Records"]:
        try:
            print(record["body"])
        except Exception as error:
            print("failed", error)
            continue
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Answer: {Type: String}}
Globals: {Function: {Runtime: python3.13, CodeUri: src/}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Answers:
    Type: AWS::Serverless::Function
    Properties:
      Handler: answers.handler
      Events: {Order: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}}
  # Another module makes the answer, or a decorator.
  Elsewhere:
    Type: AWS::Serverless::Function
    Properties:
      Handler: elsewhere.handler
      Events: {Order: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}}
  Decorated:
    Type: AWS::Serverless::Function
    Properties:
      Handler: decorated.handler
      Events: {Order: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}}
  NotAsked:
    Type: AWS::Serverless::Function
    Properties:
      Handler: not_asked.handler
      Events: {Order: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}
  Unknown:
    Type: AWS::Serverless::Function
    Properties:
      Handler: not_asked.handler
      Events: {Order: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [!Ref Answer]}}}
  NotThere:
    Type: AWS::Serverless::Function
    Properties:
      Handler: not_there.handler
      Events: {Order: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}}
# --- src/answers.py
def handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            print(record["body"])
        except Exception:
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
# --- src/elsewhere.py
from shared import process


def handler(event, context):
    return process(event)
# --- src/decorated.py
from shared import batch


@batch
def handler(event, context):
    print(event)
# --- src/not_asked.py
def handler(event, context):
    print(event)
---
data "archive_file" "ship" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/ship.zip"
  excludes    = ["app.py"]
}

resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_function" "ship" {
  function_name = "ship"
  role          = "arn:aws:iam::111122223333:role/ship"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = data.archive_file.ship.output_path
}

resource "aws_lambda_event_source_mapping" "ship" {
  event_source_arn        = aws_sqs_queue.orders.arn
  function_name           = aws_lambda_function.ship.arn
  function_response_types = ["ReportBatchItemFailures"]
}
# --- src/app.py
def handler(event, context):
    print(event)
"""
