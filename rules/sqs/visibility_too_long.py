"""A queue should not hide a message for far longer than its consumer needs.

When a consumer dies with a message in hand, nobody tries again until the visibility timeout is over. With a timeout
of 0 a message is never hidden: every consumer receives it while others are still at work on it.

What to do: set VisibilityTimeout (Terraform: visibility_timeout_seconds) to about six times the function's timeout,
or a little above what another consumer takes; a slow one can ask for more with ChangeMessageVisibility.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, dead_letters, queues, rule


@rule(
    "sqs-visibility-too-long",
    level="advice",
    resource="AWS::SQS::Queue",
    memo="可視性タイムアウトが長すぎると、メッセージの処理が遅延する可能性があります。",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
)
def check(queue: Resource) -> Iterator[Finding]:
    hidden = queue.get("VisibilityTimeout", default=queues.DEFAULT_VISIBILITY)
    seconds = hidden.number
    consumers = queues.consumers(queue)
    times = [one.seconds for one in consumers if one.seconds is not None and one.is_whole]
    if seconds == 0 and not times and dead_letters.may_be_dead_letter(queue) is False:
        yield queue.finding(hidden, "never hides a message, so it is given out again while somebody works on it")
    if seconds is None or seconds <= 3600 or queues.may_have_other_consumers(queue):
        return
    needed = max((one.needs() or 0 for one in consumers), default=0)
    if times and len(times) == len(consumers) and seconds > max(30 * max(times), needed):
        yield queue.finding(
            hidden,
            f"hides a message for {seconds:.0f} s although nobody here works on one for longer than {max(times):g} s; "
            f"after a crash it waits that long for the next attempt, and {needed} s would do",
            related=consumers[0].places,
        )


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
}

resource "aws_lambda_function" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.orders.arn
}
"""

GOOD = """
Resources:
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
resource "aws_sqs_queue" "orders" {
  visibility_timeout_seconds = 180
}

resource "aws_lambda_function" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.orders.arn
}
"""
