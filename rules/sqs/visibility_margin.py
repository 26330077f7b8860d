"""VisibilityTimeout should be several times as long as the consumer may work on a message.

A visibility timeout just as long as one attempt leaves no time for retries: Lambda may gather a batch first, and it
tries again when it is throttled. AWS recommends six times the function's timeout plus the batching window. For a
consumer that is not a function, one and a half times its usual time is asked for.

What to do: set VisibilityTimeout (Terraform: visibility_timeout_seconds) to the number that the message names. The
options `factor` (functions) and `declared-factor` (declared processing times) change what is asked for.
"""

from awslint_memo import Findings, Resource, queues, rule


@rule(
    level="warning",
    resource="AWS::SQS::Queue",
    memo="可視性タイムアウトは、メッセージの処理時間の平均値よりも少し長めに設定しましょう。",
    aws="lambda/latest/dg/services-sqs-configure.html",
    core=True,
    fix="safe",
    ranges={"factor": (1, None), "declared_factor": (1, None)},
)
def check(queue: Resource, *, factor: float = 6, declared_factor: float = 1.5) -> Findings:
    hidden = queue.get("VisibilityTimeout", default=queues.DEFAULT_VISIBILITY)
    seconds = hidden.number
    known = [
        (one.needs(factor, declared_factor) or 0, one) for one in queues.consumers(queue) if one.seconds is not None
    ]
    if seconds is None or any(seconds < (one.seconds or 0) for _, one in known):
        return
    needed, one = max(known, key=lambda pair: pair[0], default=(0, None))
    if one is not None and seconds < needed:
        times = f"{declared_factor if one.kind == 'declared' else factor:g} x {one.seconds:g} s"
        window = f" + {one.window:g} s batching window" if one.window else ""
        yield queue.finding(
            hidden,
            f"but {one.works}, which leaves too little time for retries",
            unit="s",
            do=f"set it to at least {needed} ({times}{window})",
            related=one.places,
            fix=queues.hiding(queue, needed, [consumer for _, consumer in known]),
        )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
  OrdersFunction: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref OrdersFunction}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 362}}
  OrdersFunction: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref OrdersFunction, MaximumBatchingWindowInSeconds: 5}
---
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Metadata: {awslint-memo: {processing-time: 25s}}
---
resource "aws_sqs_queue" "orders" {
  visibility_timeout_seconds = 60
}

resource "aws_lambda_function" "orders" {
  timeout = 60
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.orders.function_name
}
"""

GOOD = """
Parameters: {Hidden: {Type: Number}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 365}}
  OrdersFunction: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref OrdersFunction, MaximumBatchingWindowInSeconds: 5}
  TooShort:
    Type: AWS::SQS::Queue
    Metadata: {awslint-memo: {processing-time: 45s}}
  Unknown:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: !Ref Hidden}
    Metadata: {awslint-memo: {processing-time: 45s}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_function" "orders" {
  timeout = 5
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"
}
"""

FIXED = """
-  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
+  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 360}}
---
-  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 362}}
+  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 365}}
---
     Metadata: {awslint-memo: {processing-time: 25s}}
+    Properties:
+      VisibilityTimeout: 38
---
-  visibility_timeout_seconds = 60
+  visibility_timeout_seconds = 360
"""
