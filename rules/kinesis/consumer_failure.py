"""A reader of a stream should limit its retries, and report the records that it drops.

A stream's records are processed in order, and by default a failing batch is retried until its records expire, after a
day or more. Until then the records behind it in the shard are not processed. Neither BisectBatchOnFunctionError nor a
destination for failures alone ends the retries.

What to do: set MaximumRetryAttempts or MaximumRecordAgeInSeconds, and name a queue or topic that is notified of dropped
records (OnFailure of a mapping, DeadLetterConfig of a pipe). The role of the function or the pipe must be allowed to
send there, or AWS rejects it.
"""

from awslint_memo import Findings, Fix, Resource, rule, streams


@rule(
    level="warning",
    resource=("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe"),
    memo="これにより、高いスループットと低いレイテンシでデータを受け取り、処理することができます。",
    aws="lambda/latest/dg/services-kinesis-parameters.html",
    fix="unsafe",
)
def check(reader: Resource) -> Findings:
    poller = streams.poller(reader)
    if poller is None:
        return
    at = poller.settings
    where = f"{at}DeadLetterConfig" if at else "DestinationConfig.OnFailure"
    if poller.gives_up_never:
        hours, is_told = streams.hours_kept(poller), not poller.on_failure.is_absent
        until = f"for up to {hours:g} h" if hours is not None else "until its records expire"
        limit = f"set it to a limit such as 3 (or {at}MaximumRecordAgeInSeconds)"
        yield reader.finding(
            poller.retries,
            f"so a failing batch blocks its shard {until}",
            do=limit if is_told else f"{limit}, and name a queue or topic in {where} for the records that are dropped",
            # A limit alone turns a shard that waits into records that are lost.
            fix=limited(reader, f"{at}MaximumRetryAttempts") if is_told else Fix.lacks(f"there is no {where} yet"),
        )
    elif poller.gives_up and poller.on_failure.is_absent:
        retries = " retry" if poller.retries.number == 1 else " retries"
        limits = ((poller.retries.number, retries), (poller.age.number, " s"))
        after = " or ".join(f"{limit:g}{unit}" for limit, unit in limits if limit is not None and limit >= 0)
        yield reader.finding(
            reader,
            f"drops failing records after {after} and has no {where}, so nothing reports them",
            do="add one with a queue or a topic",
            level="advice",
            decided_by=[poller.retries, poller.age],
        )


def limited(reader: Resource, path: str) -> Fix:
    return reader.set(path, 3, unsafe="skips records that fail, and tells the destination")  # chosen: as in the message


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
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue clicks, FunctionName: f, StartingPosition: LATEST}}
---
variable "stream" {}

resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn  = var.stream
  function_name     = "f"
  starting_position = "TRIM_HORIZON"
}
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
  OfCluster: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue cluster, FunctionName: f, StartingPosition: LATEST, Topics: [clicks]}}
  OfDocuments: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue documents, FunctionName: f, StartingPosition: LATEST, DocumentDBEventSourceConfig: {DatabaseName: shop}}}
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

FIXED = """
-    Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, BisectBatchOnFunctionError: true, DestinationConfig: {OnFailure: {Destination: !ImportValue failed}}}
+    Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, BisectBatchOnFunctionError: true, DestinationConfig: {OnFailure: {Destination: !ImportValue failed}}, MaximumRetryAttempts: 3}
"""
