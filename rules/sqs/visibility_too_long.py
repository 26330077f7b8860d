"""VisibilityTimeout should not be far longer than the consumer needs, and not 0.

When a consumer fails while it works on a message, the message is not delivered again until the visibility timeout ends.
With a timeout of 0 every consumer receives a message while others still work on it.

What to do: set VisibilityTimeout (Terraform: visibility_timeout_seconds) to about six times the function's timeout,
or a little more than another consumer takes; a slow one can ask for more with ChangeMessageVisibility. A timeout is left alone
that uses up a written MessageRetentionPeriod with maxReceiveCount: somebody chose how often a message is tried, and for how
long, as is one in which a message expires: it is tried once.
"""

from awslint_memo import Findings, Fix, Resource, dead_letters, expiry, queues, rule

ALIKE = "other queues here have the same, so somebody chose it for all of them"


@rule(
    level="advice",
    resource="AWS::SQS::Queue",
    memo="可視性タイムアウトが長すぎると、メッセージの処理が遅延する可能性があります。",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
    fix="unsafe",
)
def check(queue: Resource) -> Findings:
    hidden = expiry.visibility(queue)
    seconds = hidden.number
    consumers = queues.consumers(queue)
    times = [consumer.seconds for consumer in consumers if consumer.seconds is not None and consumer.is_whole]
    if seconds == 0 and not times and dead_letters.may_be_dead_letter(queue) is False:
        message = f"is 0 s{hidden.note}, so a message is delivered again while it is still processed"
        yield queue.finding(hidden, message, of="VisibilityTimeout", do="set it above the processing time")
    if seconds is None or seconds <= 3600 or queues.may_have_other_consumers(queue) or queue.is_exposed():
        return
    if not times or len(times) != len(consumers):
        return
    needed = max(consumer.needs() or 0 for consumer in consumers)
    if seconds > max(30 * max(times), needed) and not is_in_step(queue, seconds):  # chosen: more than any retry needs
        yield queue.finding(
            hidden,
            f"but its consumers take at most {max(times):g} s, so a failed message waits too long for its next attempt",
            unit="s",
            do=f"set it to {needed}",
            related=consumers[0].places,
            fix=Fix.lacks(ALIKE) if expiry.is_hidden_alike(queue) else queues.hiding(queue, needed, consumers),
        )


def is_in_step(queue: Resource, seconds: float) -> bool:
    """Whether a message that is hidden for this time gets to the dead-letter queue just before it expires, or expires
    while it is hidden and so is tried once only, where there is no such queue."""
    kept, policy = queue.get("MessageRetentionPeriod").number, dead_letters.redrive_policy(queue)
    if policy.is_absent:
        return kept is not None and kept <= seconds
    count = policy.get("maxReceiveCount").number
    return kept is not None and count is not None and count * seconds <= kept < (count + 1) * seconds


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200}}
  OrdersFunction: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref OrdersFunction}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 0}}
---
resource "aws_sqs_queue" "orders" {
  visibility_timeout_seconds = 43200
  message_retention_seconds  = 1209600
  redrive_policy             = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-west-1:123456789012:failed", maxReceiveCount = 5 })
}

resource "aws_lambda_function" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.orders.arn
}
"""

GOOD = """
Resources:
  # 20 attempts, 12 hours apart, in 10 days and 30 minutes.
  Patient: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200, MessageRetentionPeriod: 865800, RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 20}}}
  Refunds: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  ToRefunds: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Patient.Arn, FunctionName: !Ref Refunds}}
  Unread: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200}}
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 5400}}
  Shared: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200}}
  OrdersFunction: {Type: AWS::Lambda::Function, Properties: {Timeout: 900}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref OrdersFunction}
  MappingOfElsewhere:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Shared.Arn, FunctionName: !ImportValue SlowFunction}
---
# A message expires before it could be tried again.
Resources:
  Fleeting: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 14400, MessageRetentionPeriod: 60}}
  Work: {Type: AWS::Lambda::Function, Properties: {Timeout: 20}}
  ToWork: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Fleeting.Arn, FunctionName: !Ref Work}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200}}
  OrdersFunction: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref OrdersFunction}
Outputs:
  ForSlowReaders: {Value: !GetAtt Orders.Arn, Export: {Name: orders}}
---
resource "aws_sqs_queue" "orders" {
  visibility_timeout_seconds = 180
}

resource "aws_lambda_function" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.orders.arn
}
"""

FIXED = """
-  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200}}
+  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 360}}
---
-  visibility_timeout_seconds = 43200
+  visibility_timeout_seconds = 18
"""
