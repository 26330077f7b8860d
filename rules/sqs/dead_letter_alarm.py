"""A dead-letter queue should have an alarm on the number of its messages.

A dead-letter queue keeps failed messages for 14 days at most. If nobody looks at them by then they are deleted, and
with them the only record of what failed.

What to do: add an alarm on ApproximateNumberOfMessagesVisible of the queue above 0; NumberOfMessagesSent does not count
the messages that SQS moves there. If an alarm in another template watches the queue, suppress this finding; a queue that
an SSM parameter of the template names is not checked, since another template gets it there.
"""

from awslint_memo import Findings, Resource, alarms, dead_letters, queues, rule


@rule(
    level="advice",
    resource="AWS::SQS::Queue",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html",
)
def check(queue: Resource) -> Findings:
    sources = dead_letters.dead_letter_sources(queue)
    if not sources or queues.consumers(queue) or queues.may_have_other_consumers(queue):
        return
    if not alarms.may_be_watched(queue, "QueueName", queues.BACKLOG):
        names = " and ".join(dict.fromkeys(source.resource.title for source in sources))
        yield queue.finding(
            queue,
            f"receives the failed messages of {names}, but no alarm here watches it",
            do="unless another stack has one, add an alarm on ApproximateNumberOfMessagesVisible above 0",
            related=[(source.target, "sends its failed messages here") for source in sources],
        )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: !GetAtt Orders.QueueName}]}
---
resource "aws_sqs_queue" "failed" {}

resource "aws_lambda_function" "orders" {
  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}
"""

GOOD = """
Parameters: {Queue: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: !GetAtt Failed.QueueName}]}
---
Parameters: {Queue: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: !Ref Queue}]}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue}
  Report: {Type: AWS::Lambda::Function}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Failed.Arn, FunctionName: !Ref Report}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue}
  FailedName: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Failed.QueueName}}
---
resource "aws_sqs_queue" "orders" {
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {}

resource "aws_cloudwatch_metric_alarm" "failed" {
  metric_query {
    id = "m"

    metric {
      namespace   = "AWS/SQS"
      metric_name = "ApproximateNumberOfMessagesVisible"
      dimensions = {
        QueueName = aws_sqs_queue.failed.name
      }
    }
  }
}
"""
