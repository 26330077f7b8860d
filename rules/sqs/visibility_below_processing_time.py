"""VisibilityTimeout should be at least as long as the consumer may work on a message.

During the visibility timeout no other consumer receives the message. If it ends before the consumer is done, the
message is delivered a second time; each receive also counts towards maxReceiveCount. Lambda rejects an event source
mapping whose function has a longer timeout than the queue's visibility timeout. Of a durable function, for whose whole
execution a mapping waits (15 minutes at most), it checks the timeout of one invocation only.

What to do: raise VisibilityTimeout (Terraform: visibility_timeout_seconds) to six times the function's timeout, or
lower the timeout. Keep messages for longer than that times maxReceiveCount (MessageRetentionPeriod). Where the consumer
is not a function, declare how long it takes: `processing-time` in the configuration, or
`Metadata: {awslint-memo: {processing-time: 45s}}` on the queue.
"""

from awslint_memo import Findings, Resource, expiry, queues, rule


@rule(
    level="error",
    resource="AWS::SQS::Queue",
    memo="可視性タイムアウトが短すぎると、メッセージが重複して処理される可能性があります。",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
    core=True,
    fix="both",
)
def check(queue: Resource) -> Findings:
    hidden = expiry.visibility(queue)
    seconds = hidden.number
    known = [(consumer.seconds, consumer) for consumer in queues.consumers(queue) if consumer.seconds is not None]
    if seconds is None or not known:
        return
    longest, slowest = max(known, key=lambda pair: pair[0])
    if seconds < longest:
        needed = max(consumer.needs() or 0 for _, consumer in known)
        is_refused = any(seconds < (consumer.least or 0) for _, consumer in known)
        twice = " and then receives a message twice" if slowest.kind == "pipe" or not is_refused else ""
        yield queue.finding(
            hidden,
            f"but {slowest.works}{twice}",
            unit="s",
            do=f"set it to at least {needed}{queues.outlived(queue, needed)}",
            level=None if is_refused else "warning",
            related=slowest.places,
            fix=queues.hiding(queue, needed, [consumer for _, consumer in known]),
        )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: "30"}}
  OrdersFunction: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !GetAtt OrdersFunction.Arn, FunctionVersion: "1", Name: live}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Live, Enabled: false}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Look: {Type: AWS::Lambda::Function, Properties: {Timeout: 20}}
  Ship: {Type: AWS::Lambda::Function, Properties: {Timeout: 20}}
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties: {Source: !GetAtt Orders.Arn, Enrichment: !GetAtt Look.Arn, Target: !GetAtt Ship.Arn}
---
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Metadata: {awslint-memo: {processing-time: 45s}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 180}}
  Approve: {Type: AWS::Lambda::Function, Properties: {Timeout: 30, DurableConfig: {ExecutionTimeout: 86400}}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Sub "${Approve}:live"}
---
resource "aws_sqs_queue" "orders" {
  visibility_timeout_seconds = 30
}

resource "aws_lambda_function" "orders" {
  timeout = 60
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.orders.arn
}
"""

GOOD = """
Parameters: {Other: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 360}}
  Function: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Imported: {Type: AWS::SQS::Queue}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Sub "${Function}:live"}
  MappingOfOther:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Imported.Arn, FunctionName: !Ref Other}
  Durable: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 5400}}
  Approve: {Type: AWS::Lambda::Function, Properties: {Timeout: 30, DurableConfig: {ExecutionTimeout: 86400}}}
  MappingOfDurable:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Durable.Arn, FunctionName: !Ref Approve}
  Notify:
    Type: AWS::Pipes::Pipe
    Properties:
      Source: !GetAtt Imported.Arn
      Target: !GetAtt Function.Arn
      TargetParameters: {LambdaFunctionParameters: {InvocationType: FIRE_AND_FORGET}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_function" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.orders.arn
}
"""

FIXED = """
-  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: "30"}}
+  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: "360"}}
---
-  Orders: {Type: AWS::SQS::Queue}
+  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 240}}
---
     Metadata: {awslint-memo: {processing-time: 45s}}
+    Properties:
+      VisibilityTimeout: 68
---
-  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 180}}
+  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 5400}}
---
-  visibility_timeout_seconds = 30
+  visibility_timeout_seconds = 360
"""
