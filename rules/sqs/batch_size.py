"""Lambda should read messages in batches of a size that the queue supports.

With a batch size of 1 every message costs an invocation and calls to SQS of its own. For more than 10 messages Lambda
needs a batching window of at least 1 second and rejects the mapping without one; a FIFO queue supports at most 10
messages and no batching window. A function whose code in the template handles `Records[0]` alone needs a size of 1.

What to do: leave BatchSize at 10, or set MaximumBatchingWindowInSeconds (Terraform: maximum_batching_window_in_seconds)
to 1 or more with a larger one.
"""

from awslint_memo import Findings, Resource, functions, queues, rule


@rule(
    level="advice",
    resource="AWS::Lambda::EventSourceMapping",
    memo="バッチ処理を利用すると、スループットを向上させることができます。",
    aws="lambda/latest/dg/services-sqs-parameters.html",
    fix="both",
)
def check(mapping: Resource) -> Findings:
    if not queues.reads_queue(mapping):
        return
    is_fifo = queues.names_fifo_queue(mapping.deployment, mapping.get("EventSourceArn"))
    batch = mapping.get("BatchSize", default=queues.DEFAULT_BATCH)
    window = mapping.get("MaximumBatchingWindowInSeconds", default=0)
    size, seconds = batch.number, window.number
    function = functions.function_of(mapping.deployment, mapping.get("FunctionName"))
    if size == 1 and (function is None or not functions.reads_first_record_only(function)):
        message = f"is 1{batch.note}, so every message is an invocation of its own; set it to 10 if the handler reads every record"
        fix = mapping.set("BatchSize", queues.DEFAULT_BATCH, unsafe=HANDLER)
        if mapping.get("FunctionResponseTypes").is_absent:
            fix += mapping.set("FunctionResponseTypes", ["ReportBatchItemFailures"])
        yield mapping.finding(batch, message, of="BatchSize", fix=fix)
    elif size is not None and size > queues.MAX_PLAIN_BATCH and is_fifo:
        message = f"is {size:g}{batch.note}, but a FIFO queue supports at most 10, so Lambda rejects it; set it to 10"
        fix = mapping.set("BatchSize", queues.MAX_PLAIN_BATCH)
        yield mapping.finding(batch, message, of="BatchSize", level="error", fix=fix)
    elif size is not None and size > queues.MAX_PLAIN_BATCH and seconds is not None and seconds < 1:
        yield mapping.finding(
            batch,
            "which Lambda rejects above 10 without a batching window",
            do="set MaximumBatchingWindowInSeconds to at least 1",
            level="error",
            related=[(window, "the batching window")],
            fix=mapping.set("MaximumBatchingWindowInSeconds", 1),
        )
    if is_fifo and seconds is not None and seconds > 0:
        message = f"is {seconds:g} s{window.note}, but FIFO queues support no batching window; remove it"
        of = "MaximumBatchingWindowInSeconds"
        yield mapping.finding(window, message, of=of, level="error", fix=mapping.unset(of))


HANDLER = "needs a handler that reads every record, and returns batchItemFailures"


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BatchSize: 1}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Each: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: "exports.handler = async (event) => { log(event.Records[0]); for (const one of event.Records) await work(one) }"}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Each, BatchSize: 1}}
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
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BatchSize: 1}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BatchSize: 10, FunctionResponseTypes: [ReportBatchItemFailures]}}
---
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Each, BatchSize: 1}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Each, BatchSize: 10, FunctionResponseTypes: [ReportBatchItemFailures]}}
---
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
