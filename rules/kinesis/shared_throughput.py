"""Three readers should not share the throughput of one shard.

A shard offers 2 MB and five reads per second to all of its standard readers together. With three or more readers, reads
are throttled, and a reader that falls behind processes old records. An on-demand stream adds shards by the data that
is written, not by the number of readers: five reads per second and shard remain, so with five readers it is advice.

What to do: give the readers enhanced fan-out (AWS::Kinesis::StreamConsumer), with 2 MB per second for each of them, or
add shards. The option `most` is the number of readers that may share the only shard of a provisioned stream.
"""

from awslint_memo import Findings, Resource, rule, streams


@rule(
    level="warning",
    widened={"0.2": "five readers of an on-demand stream"},
    resource="AWS::Kinesis::Stream",
    memo="データはシャードと呼ばれるパーティションに分割され、各シャードで並行処理が可能です。",
    aws="streams/latest/dev/enhanced-consumers.html",
    ranges={"most": (1, None)},
)
def check(stream: Resource, *, most: int = 2) -> Findings:
    mode, shards = stream.get("StreamModeDetails.StreamMode", default="PROVISIONED"), stream.get("ShardCount")
    readers = streams.sharing_readers(stream)
    names = ", ".join(dict.fromkeys(reader.resource.title for reader in readers))
    related = [(reader.place, f"{reader.resource.title} reads it") for reader in readers]
    if mode.text == "PROVISIONED" and shards.number == 1 and len(readers) > most:
        yield stream.finding(
            shards,
            f"is 1{shards.note}, so {len(readers)} readers ({names}) share the 2 MB/s of one shard",
            of="ShardCount",
            do="give them enhanced fan-out, or set it to at least 2",
            related=related,
        )
    elif mode.text == "ON_DEMAND" and len(readers) >= streams.READS_PER_SECOND:
        yield stream.finding(
            mode,
            f"is ON_DEMAND{mode.note}, but {len(readers)} readers ({names}) share the "
            f"{streams.READS_PER_SECOND} reads per second of each shard",
            of="StreamModeDetails.StreamMode",
            do="give some of them enhanced fan-out",
            level="advice",
            related=related,
            since="0.2",
        )


BAD = """
Resources:
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
  Count: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: count}}
  Guard: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: guard}}
  Keep: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Clicks.Arn}}}
---
Resources:
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {StreamModeDetails: {StreamMode: ON_DEMAND}}}
  A: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: a}}
  B: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: b}}
  C: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: c}}
  D: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: d}}
  E: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: e}}
---
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1
}

resource "aws_lambda_event_source_mapping" "count" {
  event_source_arn = aws_kinesis_stream.clicks.arn
  function_name    = "count"
}

resource "aws_lambda_event_source_mapping" "guard" {
  event_source_arn = aws_kinesis_stream.clicks.arn
  function_name    = "guard"
}

resource "aws_kinesis_firehose_delivery_stream" "keep" {
  kinesis_source_configuration {
    kinesis_stream_arn = aws_kinesis_stream.clicks.arn
  }
}
"""

GOOD = """
Parameters: {Shards: {Type: Number}}
Resources:
  Unknown: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: !Ref Shards}}
  A: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Unknown.Arn, FunctionName: a}}
  B: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Unknown.Arn, FunctionName: b}}
  C: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Unknown.Arn, FunctionName: c}}
---
Resources:
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
  FanOut: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: fan, StreamARN: !GetAtt Clicks.Arn}}
  A: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: a}}
  B: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: b}}
  C: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref FanOut, FunctionName: c}}
---
Resources:
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {StreamModeDetails: {StreamMode: ON_DEMAND}}}
  A: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: a}}
  B: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: b}}
  C: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: c}}
  D: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: d}}
  FanOut: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: fan, StreamARN: !GetAtt Clicks.Arn}}
  E: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref FanOut, FunctionName: e}}
---
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1
}

resource "aws_lambda_event_source_mapping" "count" {
  event_source_arn = aws_kinesis_stream.clicks.arn
  function_name    = "count"
}

resource "aws_lambda_event_source_mapping" "guard" {
  event_source_arn = aws_kinesis_stream.clicks.arn
  function_name    = "guard"
}
"""
