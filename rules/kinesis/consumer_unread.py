"""A consumer with enhanced fan-out should be read by what it was registered for.

A mapping has the throughput of a consumer only where its EventSourceArn is the ARN of the consumer. With that of the stream, it shares
2 MB per second of each shard with the other readers, while the consumer is paid for by the hour and read by nobody.

What to do: set EventSourceArn to the ConsumerARN of the consumer, or remove the consumer. A program that reads with the name of the
consumer is not known here.
"""

from awslint_memo import Findings, Resource, rule, streams


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Kinesis::StreamConsumer",
    memo="データはシャードと呼ばれるパーティションに分割され、各シャードで並行処理が可能です。",
    aws="lambda/latest/dg/services-kinesis-create.html",
)
def check(consumer: Resource) -> Findings:
    past = streams.bypassing(consumer)
    if past:
        source = past[0].in_file_words("EventSourceArn")
        yield consumer.finding(
            consumer,
            f"is read by nothing here, as {past[0].title} reads the stream itself, so its throughput is not used",
            do=f"set {source} of {past[0].title} to its ARN, or remove it unless a program reads with its name",
            related=[(one.get("EventSourceArn"), "reads the stream itself") for one in past],
        )


BAD = """
Resources:
  Prices: {Type: AWS::Kinesis::Stream, Properties: {StreamModeDetails: {StreamMode: ON_DEMAND}}}
  Fast: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: fast, StreamARN: !GetAtt Prices.Arn}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, DependsOn: Fast, Properties: {EventSourceArn: !GetAtt Prices.Arn, FunctionName: work, StartingPosition: TRIM_HORIZON, MaximumRetryAttempts: 3, BisectBatchOnFunctionError: true, DestinationConfig: {OnFailure: {Destination: !ImportValue failed}}}}
---
resource "aws_kinesis_stream" "prices" {
  name = "prices"
}

resource "aws_kinesis_stream_consumer" "fast" {
  name       = "fast"
  stream_arn = aws_kinesis_stream.prices.arn
}

resource "aws_lambda_event_source_mapping" "prices" {
  event_source_arn  = aws_kinesis_stream.prices.arn
  function_name     = "work"
  starting_position = "TRIM_HORIZON"
}
"""

GOOD = """
Parameters: {Source: {Type: String}}
Resources:
  Prices: {Type: AWS::Kinesis::Stream, Properties: {StreamModeDetails: {StreamMode: ON_DEMAND}}}
  Fast: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: fast, StreamARN: !GetAtt Prices.Arn}}
  # A program reads with its name, another stack with its ARN.
  Named: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: named, StreamARN: !GetAtt Prices.Arn}}
  Program: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {CONSUMER: named}}}}
  Other: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: other, StreamARN: !GetAtt Prices.Arn}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: reader, Image: reader, Environment: [{Name: CONSUMER, Value: other}]}]}}
  Shared: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: shared, StreamARN: !GetAtt Prices.Arn}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Fast, FunctionName: work, StartingPosition: TRIM_HORIZON, MaximumRetryAttempts: 3}}
  Plain: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Prices.Arn, FunctionName: others, StartingPosition: TRIM_HORIZON, MaximumRetryAttempts: 3}}
  # Nothing here reads the stream itself.
  Mails: {Type: AWS::Kinesis::Stream, Properties: {StreamModeDetails: {StreamMode: ON_DEMAND}}}
  OfMails: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: mails, StreamARN: !GetAtt Mails.Arn}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Source, FunctionName: work, StartingPosition: TRIM_HORIZON, MaximumRetryAttempts: 3}}
Outputs: {Shared: {Value: !GetAtt Shared.ConsumerARN}}
---
resource "aws_kinesis_stream" "prices" {
  name = "prices"
}

resource "aws_kinesis_stream_consumer" "fast" {
  name       = "fast"
  stream_arn = aws_kinesis_stream.prices.arn
}

resource "aws_lambda_event_source_mapping" "prices" {
  event_source_arn  = aws_kinesis_stream_consumer.fast.arn
  function_name     = "work"
  starting_position = "TRIM_HORIZON"
}
"""
