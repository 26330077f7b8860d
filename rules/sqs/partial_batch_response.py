"""A function that reads a queue in batches should use partial batch responses.

Without partial batch responses one failed message makes SQS deliver the whole batch again: the good messages are
processed again, and after several attempts they move to the dead-letter queue together with the failed one.

What to do: add ReportBatchItemFailures to FunctionResponseTypes (Terraform: function_response_types) and let the
function return the failed messages' ids in `batchItemFailures`.
"""

from awslint_memo import Findings, Resource, queues, rule


@rule(
    level="advice",
    resource="AWS::Lambda::EventSourceMapping",
    memo="バッチ処理を利用すると、スループットを向上させることができます。",
    aws="lambda/latest/dg/services-sqs-errorhandling.html",
    fix="unsafe",
)
def check(mapping: Resource) -> Findings:
    size = mapping.get("BatchSize", default=queues.DEFAULT_BATCH).number
    if not queues.reads_queue(mapping) or size is None or size <= 1:
        return
    answers = mapping.get("FunctionResponseTypes")
    fix = None
    if answers.is_absent:
        handler = "needs a function that returns batchItemFailures"
        fix = mapping.set("FunctionResponseTypes", ["ReportBatchItemFailures"], unsafe=handler)
    if not any(answer.may_be(lambda written: written == "ReportBatchItemFailures") for answer in answers.items):
        yield mapping.finding(
            answers,
            "has no ReportBatchItemFailures in FunctionResponseTypes, so one failed message fails its "
            f"whole batch of up to {size:g}",
            do="add it and return the failed ids in batchItemFailures",
            fix=fix,
        )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn        = aws_sqs_queue.orders.arn
  function_name           = "f"
  function_response_types = []
}
"""

GOOD = """
Parameters: {Answer: {Type: String}, Source: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FunctionResponseTypes: [ReportBatchItemFailures]}}
  Single: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BatchSize: 1}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FunctionResponseTypes: [!Ref Answer]}}
  OfSomething: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Source, FunctionName: f}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn        = aws_sqs_queue.orders.arn
  function_name           = "f"
  function_response_types = ["ReportBatchItemFailures"]
}
"""

FIXED = """
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FunctionResponseTypes: [ReportBatchItemFailures]}}
"""
