"""A function should say which messages of a batch failed, so that only these come back.

Without partial batch responses one bad message makes the whole batch come back: the good ones are worked on again, and
after a few rounds they end in the dead-letter queue together with the bad one.

What to do: add ReportBatchItemFailures to FunctionResponseTypes (Terraform: function_response_types) and let the
function return the failed messages' ids in `batchItemFailures`.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, queues, rule


@rule(
    "sqs-partial-batch-response",
    level="advice",
    resource="AWS::Lambda::EventSourceMapping",
    memo="バッチ処理を利用すると、スループットを向上させることができます。",
    aws="lambda/latest/dg/services-sqs-errorhandling.html",
)
def check(mapping: Resource) -> Iterator[Finding]:
    size = mapping.get("BatchSize", default=queues.DEFAULT_BATCH).number
    if not queues.reads_queue(mapping) or size is None or size <= 1:
        return
    answers = mapping.get("FunctionResponseTypes")
    if not any(answer.may_be(lambda written: written == "ReportBatchItemFailures") for answer in answers.items):
        yield mapping.finding(
            answers,
            f"repeats a whole batch of up to {size:g} messages when one of them fails; "
            "add ReportBatchItemFailures to FunctionResponseTypes and let the function name the failed ones",
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
