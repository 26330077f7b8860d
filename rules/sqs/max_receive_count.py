"""A message should get several chances before it goes to the dead-letter queue, but not hundreds.

With a maxReceiveCount of 1 a single hiccup, a deployment or a throttled function sends a good message away. Lambda
receives more messages than it can work on at once, and each receive counts: AWS asks for 5 at least. A count above
100 lets one bad message come back for hours before anybody sees it.

What to do: set maxReceiveCount to 5 where Lambda reads the queue, and to a handful elsewhere.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, dead_letters, queues, rule


@rule(
    "sqs-max-receive-count",
    level="warning",
    resource="AWS::SQS::Queue",
    memo="デッドレターキューの利用",
    aws="lambda/latest/dg/services-sqs-configure.html",
)
def check(queue: Resource) -> Iterator[Finding]:
    count = dead_letters.redrive_policy(queue).get("maxReceiveCount")
    times = count.number
    if times is None:
        return
    reader = next((one for one in queues.consumers(queue) if one.kind == "mapping"), None)
    # In a FIFO queue the messages behind a failing one wait for it, which is a reason to give up early.
    is_gentle = queues.is_fifo(queue) is not False
    if times > 100:
        message = f"tries a message {times:g} times before it sets it aside; 5 to 10 show a bad one sooner"
        yield queue.finding(count, message, level="advice")
    elif times < 5 and reader is not None:
        message = f"sets a message aside after {attempts(times)}, but Lambda ({reader.who}) may use some up without work; let it try 5"
        yield queue.finding(
            count, message, level="advice" if is_gentle else None, related=[(reader.source or queue, "the reader")]
        )
    elif times == 1:
        message = "sets a message aside after 1 attempt, so that one hiccup is enough; let it try at least 3 times"
        yield queue.finding(count, message, level="advice" if is_gentle else None)


def attempts(times: float) -> str:
    return "1 attempt" if times == 1 else f"{times:g} attempts"


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 1}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: "3"}}}
  OrdersFunction: {Type: AWS::Lambda::Function}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref OrdersFunction}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 1000}}}
---
resource "aws_sqs_queue" "orders" {
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 1
  })
}

resource "aws_sqs_queue" "failed" {}
"""

GOOD = """
Parameters: {Count: {Type: Number}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 5}}}
  OrdersFunction: {Type: AWS::Lambda::Function}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref OrdersFunction}}
  ReadByContainers: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 3}}}
  Unknown: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: !Sub '{"deadLetterTargetArn": "${OrdersFunction.Arn}", "maxReceiveCount": ${Count}}'}}
---
resource "aws_sqs_queue" "orders" {
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {}
"""
