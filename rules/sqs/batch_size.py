"""Lambda should read messages in batches of a size that the queue supports.

With a batch size of 1 every message costs an invocation and calls to SQS of its own. For more than 10 messages Lambda
needs a batching window of at least 1 second and rejects the mapping without one; a FIFO queue supports at most 10
messages and no batching window. A function whose code in the template handles `Records[0]` alone needs a size of 1, and
one that may run for more than a minute does a whole job for each message, beside which an invocation is nothing.

What to do: leave BatchSize at 10, or set MaximumBatchingWindowInSeconds (Terraform: maximum_batching_window_in_seconds)
to 1 or more with a larger one.
"""

from awslint_memo import Findings, Fix, Resource, batch_answers, functions, queues, rule


@rule(
    level="advice",
    resource="AWS::Lambda::EventSourceMapping",
    memo="バッチ処理を利用すると、スループットを向上させることができます。",
    aws="lambda/latest/dg/services-sqs-parameters.html",
    fix="both",
    taste=True,
)
def check(mapping: Resource) -> Findings:
    if not queues.reads_queue(mapping):
        return
    is_fifo = queues.names_fifo_queue(mapping.deployment, mapping.get("EventSourceArn"))
    batch = mapping.get("BatchSize", default=queues.DEFAULT_BATCH)
    window = mapping.get("MaximumBatchingWindowInSeconds", default=0)
    function = functions.function_of(mapping.deployment, mapping.get("FunctionName"))
    if batch.number == 1 and (function is None or not handles_one(function)):
        remedy = "set it to 10 if the handler reads every record and reports each that fails"
        yield mapping.finding(
            batch, "so every message is an invocation of its own", do=remedy, fix=larger_batch(mapping)
        )
    elif batch.above(queues.MAX_PLAIN_BATCH) and is_fifo:
        yield mapping.finding(
            batch,
            "but a FIFO queue supports at most 10, so Lambda rejects it",
            do="set it to 10",
            level="error",
            fix=mapping.set("BatchSize", queues.MAX_PLAIN_BATCH),
        )
    elif batch.above(queues.MAX_PLAIN_BATCH) and window.below(1):
        yield mapping.finding(
            batch,
            "which Lambda rejects above 10 without a batching window",
            do="set MaximumBatchingWindowInSeconds to at least 1",
            level="error",
            related=[(window, "the batching window")],
            fix=mapping.set("MaximumBatchingWindowInSeconds", 1),
        )
    if is_fifo and window.above(0):
        yield mapping.finding(
            window,
            "but FIFO queues support no batching window",
            unit="s",
            do="remove it",
            level="error",
            fix=mapping.unset("MaximumBatchingWindowInSeconds"),
        )


def handles_one(function: Resource) -> bool:
    """Whether a function needs, or may well need, an invocation for each message."""
    is_job = functions.timeout(function).above(60)  # chosen: beside a minute an invocation costs nothing
    return is_job or functions.reads_first_record_only(function)


def larger_batch(mapping: Resource) -> Fix | None:
    """A batch of 10 whose failed messages are tried again; they must not expire on their way to the dead letters."""
    if batch_answers.answers_failures(mapping) is None:
        return Fix.lacks("the handler has to read every record and return batchItemFailures first")
    fix = mapping.set("BatchSize", queues.DEFAULT_BATCH, unsafe="needs a handler in which each record fails alone")
    if mapping.get("FunctionResponseTypes").is_absent:
        fix += mapping.set("FunctionResponseTypes", ["ReportBatchItemFailures"])
    queue = mapping.follow("EventSourceArn", queues.QUEUE)
    return fix if queue is None else queues.outliving(queue, fix)


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BatchSize: 1}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Each: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: "exports.handler = async (event) => { log(event.Records[0]); for (const record of event.Records) await work(record) }"}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Each, BatchSize: 1}}
---
resource "aws_sqs_queue" "orders" {
  visibility_timeout_seconds = 43200
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 10
  })
}

resource "aws_sqs_queue" "failed" {
  message_retention_seconds = 1209600
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"
  batch_size       = 1
}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Sub "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders", FunctionName: f, BatchSize: "100"}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BatchSize: 100}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, MaximumBatchingWindowInSeconds: 5}}
---
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
  function_name    = "orders"
  batch_size       = 100
}
"""

GOOD = """
Parameters: {Size: {Type: Number}, Source: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f}}
  Large: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BatchSize: 100, MaximumBatchingWindowInSeconds: 1}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BatchSize: !Ref Size}}
  OfSomething: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Source, FunctionName: f, BatchSize: 100}}
  First: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: "def handler(event, context):\n    work(event['Records'][0]['body'])\n"}}}
  OneByOne: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref First, BatchSize: 1}}
  Job: {Type: AWS::Lambda::Function, Properties: {Code: {S3Bucket: code, S3Key: job}, Timeout: 120}}
  JobByJob: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Job, BatchSize: 1}}
  Stream: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:kinesis:eu-west-1:123456789012:stream/orders", FunctionName: f, BatchSize: 100}}
---
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn                   = "arn:aws:sqs:eu-west-1:123456789012:orders"
  function_name                      = "orders"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 5
}
"""

FIXED = """
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Sub "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders", FunctionName: f, BatchSize: "100"}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Sub "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders", FunctionName: f, BatchSize: "100", MaximumBatchingWindowInSeconds: 1}}
---
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BatchSize: 100}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BatchSize: 10}}
---
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, MaximumBatchingWindowInSeconds: 5}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f}}
---
-  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
-  function_name    = "orders"
-  batch_size       = 100
+  event_source_arn                   = "arn:aws:sqs:eu-west-1:123456789012:orders"
+  function_name                      = "orders"
+  batch_size                         = 100
+  maximum_batching_window_in_seconds = 1
"""
