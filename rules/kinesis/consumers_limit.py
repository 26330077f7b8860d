"""A Kinesis stream should not have more registered consumers than it takes.

A provisioned stream takes 20 consumers with enhanced fan-out, and so does one on demand, unless the account has On-demand
Advantage, which takes 50. Kinesis refuses more.

What to do: remove consumers, let some share the throughput of the stream without fan-out, or split the stream.
"""

from awslint_memo import Findings, Resource, rule, streams


@rule(
    level="error",
    since="0.2",
    resource="AWS::Kinesis::Stream",
    memo="データはシャードと呼ばれるパーティションに分割され、各シャードで並行処理が可能です。",
    aws="kinesis/latest/APIReference/API_RegisterStreamConsumer.html",
)
def check(stream: Resource) -> Findings:
    mode = stream.get("StreamModeDetails.StreamMode", default="PROVISIONED").text
    consumers = streams.consumers(stream)
    count = sum(int(consumer.copies.number or 0) for consumer in consumers)
    limit = streams.MOST_CONSUMERS[mode != "PROVISIONED"]
    if mode is not None and count > limit:
        message = f"has {count} consumers with enhanced fan-out, but Kinesis takes {limit} and refuses the others"
        yield stream.finding(stream, message, do="remove some", related=[(consumers[-1], "one of them")])


BAD = """
Transform: AWS::LanguageExtensions
Resources:
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 4}}
  Fn::ForEach::Readers:
    - Letter
    - [A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U]
    - Reader${Letter}: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: !Sub "reader-${Letter}", StreamARN: !GetAtt Clicks.Arn}}
---
resource "aws_kinesis_stream" "clicks" {
  shard_count = 4
}

resource "aws_kinesis_stream_consumer" "reader" {
  count      = 21
  name       = "reader-${count.index}"
  stream_arn = aws_kinesis_stream.clicks.arn
}
---
resource "aws_kinesis_stream" "clicks" {
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream_consumer" "reader" {
  count      = 51
  name       = "reader-${count.index}"
  stream_arn = aws_kinesis_stream.clicks.arn
}
"""

GOOD = """
Parameters: {Mode: {Type: String}}
Resources:
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {StreamModeDetails: {StreamMode: !Ref Mode}}}
  Reader: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: reader, StreamARN: !GetAtt Clicks.Arn}}
---
resource "aws_kinesis_stream" "clicks" {
  shard_count = 4
}

resource "aws_kinesis_stream_consumer" "reader" {
  count      = 20
  name       = "reader-${count.index}"
  stream_arn = aws_kinesis_stream.clicks.arn
}
---
variable "readers" {
  type = number
}

variable "mode" {
  type = string
}

resource "aws_kinesis_stream" "clicks" {
  shard_count = 4
}

resource "aws_kinesis_stream_consumer" "reader" {
  count      = var.readers
  name       = "reader-${count.index}"
  stream_arn = aws_kinesis_stream.clicks.arn
}

resource "aws_kinesis_stream" "orders" {
  stream_mode_details {
    stream_mode = var.mode
  }
}

resource "aws_kinesis_stream_consumer" "orders" {
  count      = 60
  name       = "reader-${count.index}"
  stream_arn = aws_kinesis_stream.orders.arn
}
"""
