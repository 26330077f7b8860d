"""A dead-letter queue should have an alarm on the number of its messages.

A dead-letter queue keeps failed messages for 14 days at most. If nobody looks at them by then they are deleted, and
with them the only record of what failed.

What to do: add an alarm on ApproximateNumberOfMessagesVisible of the queue above 0; NumberOfMessagesSent does not count the
messages that SQS moves there from another queue: an alarm on it never fires, which is a warning. It counts those that Lambda,
EventBridge or SNS send, so an alarm on it is enough where all come from these. A function that is polled for, or whose result
is awaited, sends nothing to its dead-letter queue, which lambda-dead-letter-unused reports. If an alarm in another template
watches the queue, suppress this finding; a queue that an SSM parameter or a custom resource of the template names is not
checked, since another template gets it there, or a program that may make the alarm.
"""

from awslint_memo import (
    Findings,
    Resource,
    alarms,
    alerts,
    dead_letters,
    functions,
    invocations,
    listed,
    queues,
    rule,
)

ALARMED = "ApproximateNumberOfMessagesVisible above 0"


@rule(
    level="advice",
    resource="AWS::SQS::Queue",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html",
    fix="unsafe",
    widened={"0.2": "alarms on messages that are sent, which do not count those that SQS moves"},
)
def check(queue: Resource) -> Findings:
    named = dead_letters.dead_letter_sources(queue)
    # lambda-dead-letter-unused tells of a function that sends nothing there.
    sources = [
        source
        for source in named
        if source.resource.type not in (functions.FUNCTION, invocations.INVOKE_CONFIG)
        or not invocations.is_unused(source.target, source.resource)
    ]
    if not sources or queues.consumers(queue) or queues.may_have_other_consumers(queue):
        return
    is_sent = all(source.resource.type != queues.QUEUE for source in sources)
    metrics = (*queues.BACKLOG, queues.SENT) if is_sent else queues.BACKLOG
    if alarms.may_be_watched(queue, "QueueName", metrics):
        return
    names = listed(list(dict.fromkeys(source.resource.title for source in sources)), most=3)  # chosen: fits a line
    lack, do = "no alarm here watches it", f"unless another stack has one, add an alarm on {ALARMED}"
    related = [(source.target, "sends its failed messages here") for source in sources]
    watch = next(alarms.watching(queue, "QueueName"), None)
    if watch is not None:
        alarm, metric = watch
        if metric.name.is_one_of("NumberOfMessagesReceived"):
            return  # It counts where something that is not of here receives them.
        if metric.name.is_one_of(queues.SENT) and all(source.resource.type == queues.QUEUE for source in sources):
            message = f"which does not count what SQS moves to {queue.title} from {names}, so none of them sets it off"
            do = "watch ApproximateNumberOfMessagesVisible"
            yield alarm.finding(metric.name, message, do=do, level="warning", related=related, since="0.2")
            return
        uncounted = "them" if is_sent else "what SQS moves there"
        lack, do = f"{alarm.title} watches {metric.name.text}, which does not count {uncounted}", f"watch {ALARMED}"
        related = [(metric.name, "the metric that it watches"), *related]
    fix = alerts.on_queue(queue) if watch is None else None
    yield queue.finding(queue, f"receives the failed messages of {names}, but {lack}", do=do, related=related, fix=fix)


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
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  OrdersFunction: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Failed: {Type: AWS::SQS::Queue}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {Namespace: AWS/SQS, MetricName: NumberOfMessagesSent, Dimensions: [{Name: QueueName, Value: !GetAtt Failed.QueueName}]}
---
resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_sqs_queue" "orders" {
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "failed"
  namespace           = "AWS/SQS"
  metric_name         = "NumberOfMessagesSent"
  dimensions          = { QueueName = aws_sqs_queue.failed.name }
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
}
---
resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_sqs_queue" "orders" {
  name           = "orders"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sns_topic" "people" {
  name = "people"
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name    = "age"
  namespace     = "AWS/SQS"
  metric_name   = "ApproximateAgeOfOldestMessage"
  alarm_actions = [aws_sns_topic.people.arn]
  dimensions    = { QueueName = aws_sqs_queue.orders.name }
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
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue, Properties: {QueueName: orders-failed}}
  Watched: {Type: Custom::QueueWatch, Properties: {ServiceToken: !ImportValue watcher, Watch: {Queue: orders-failed, Most: 0}}}
---
Resources:
  Destination:
    Type: AWS::Lambda::EventInvokeConfig
    Properties: {FunctionName: orders, Qualifier: $LATEST, DestinationConfig: {OnFailure: {Destination: !GetAtt Failed.Arn}}}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [orders]}
      Targets: [{Id: orders, Arn: !ImportValue OrdersFunction, DeadLetterConfig: {Arn: !GetAtt Failed.Arn}}]
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !ImportValue Orders
      Protocol: lambda
      Endpoint: !ImportValue OrdersFunction
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn}
  Failed: {Type: AWS::SQS::Queue}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {Namespace: AWS/SQS, MetricName: NumberOfMessagesSent, Dimensions: [{Name: QueueName, Value: !GetAtt Failed.QueueName}]}
---
resource "aws_sqs_queue" "failed" {}

resource "aws_lambda_function_event_invoke_config" "orders" {
  function_name = "orders"

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  namespace   = "AWS/SQS"
  metric_name = "NumberOfMessagesSent"
  dimensions = {
    QueueName = aws_sqs_queue.failed.name
  }
}
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
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Failed: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Polled: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_sqs_queue" "failed" {}

resource "aws_lambda_function" "work" {
  function_name = "work"
  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_lambda_event_source_mapping" "polled" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.work.arn
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name = aws_lambda_function.work.function_name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}
"""

FIXED = """
resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_cloudwatch_metric_alarm" "failed_alarm" {
  alarm_name  = "${aws_sqs_queue.failed.name}-not-empty"
  namespace   = "AWS/SQS"
  metric_name = "ApproximateNumberOfMessagesVisible"
  dimensions = {
    QueueName = aws_sqs_queue.failed.name
  }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.people.arn]
}

resource "aws_sqs_queue" "orders" {
  name           = "orders"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sns_topic" "people" {
  name = "people"
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name    = "age"
  namespace     = "AWS/SQS"
  metric_name   = "ApproximateAgeOfOldestMessage"
  alarm_actions = [aws_sns_topic.people.arn]
  dimensions    = { QueueName = aws_sqs_queue.orders.name }
}
"""
