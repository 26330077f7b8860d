"""A reader of a stream should give up on a record some time, and say which.

A stream's records are worked on in order, and by default a batch that fails is tried again until its records expire,
after a day or more. Nothing behind it in the shard is worked on until then. Cutting the batch in two on an error and
naming a destination for failures do not end that.

What to do: set MaximumRetryAttempts or MaximumRecordAgeInSeconds, and name a queue or topic that is told of the records
given up (OnFailure of a mapping, DeadLetterConfig of a pipe).
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule, streams


@rule(
    "kinesis-consumer-failure",
    level="warning",
    resource=("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe"),
    memo="これにより、高いスループットと低いレイテンシでデータを受け取り、処理することができます。",
    aws="lambda/latest/dg/services-kinesis-parameters.html",
)
def check(reader: Resource) -> Iterator[Finding]:
    poller = streams.poller(reader)
    if poller is None:
        return
    at = poller.settings
    if poller.gives_up_never:
        hours = streams.hours_kept(poller)
        until = f"for up to {hours:g} h" if hours is not None else "until its records expire"
        yield reader.finding(
            poller.retries,
            f"tries a batch that fails again {until}, and nothing behind it in the shard is worked on; set "
            f"{at}MaximumRetryAttempts or {at}MaximumRecordAgeInSeconds",
        )
    elif poller.gives_up and poller.on_failure.is_absent:
        limits = ((poller.retries.number, " retries"), (poller.age.number, " s"))
        after = " or ".join(f"{limit:g}{unit}" for limit, unit in limits if limit is not None and limit >= 0)
        where = f"{at}DeadLetterConfig" if at else "DestinationConfig.OnFailure"
        yield reader.finding(
            reader,
            f"gives up on records after {after} and tells nobody which; name a queue or topic in {where}",
            level="advice",
        )


BAD = """
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, BisectBatchOnFunctionError: true, DestinationConfig: {OnFailure: {Destination: !ImportValue failed}}}
---
Resources:
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties: {Source: !ImportValue clicks, SourceParameters: {KinesisStreamParameters: {StartingPosition: LATEST, MaximumRetryAttempts: 3}}}
---
resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn       = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026"
  function_name          = "f"
  maximum_retry_attempts = -1
}
"""

GOOD = """
Parameters: {Attempts: {Type: Number}, Stream: {Type: String}}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Clicks: {Type: AWS::Kinesis::Stream}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, MaximumRetryAttempts: 0, DestinationConfig: {OnFailure: {Destination: !GetAtt Queue.Arn}}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, MaximumRetryAttempts: !Ref Attempts}}
  OfSomething: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Stream, FunctionName: f}}
  OfQueue: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Queue.Arn, FunctionName: f}}
  PipeOfQueue: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Queue.Arn}}
---
resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn              = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
  function_name                 = "f"
  maximum_record_age_in_seconds = 3600

  destination_config {
    on_failure {
      destination_arn = "arn:aws:sqs:eu-west-1:111122223333:failed"
    }
  }
}
"""
