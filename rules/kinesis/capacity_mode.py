"""A data stream should state its capacity mode.

In provisioned mode, the default, you choose and pay for a number of shards, and requests beyond their capacity are
rejected. In on-demand mode Kinesis adds and removes shards itself, and accepts no ShardCount.

What to do: write StreamModeDetails.StreamMode (Terraform: stream_mode_details): ON_DEMAND, or PROVISIONED with a
ShardCount if the load is known and even.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="advice",
    resource="AWS::Kinesis::Stream",
    memo="オンデマンドモードとプロビジョニングモードの 2 つのキャパシティモードが提供されています。",
    aws="streams/latest/dev/how-do-i-size-a-stream.html",
)
def check(stream: Resource) -> Findings:
    mode, shards = stream.get("StreamModeDetails.StreamMode"), stream.get("ShardCount")
    if stream.get("StreamModeDetails").is_absent:
        count = shards.number
        held = "" if count is None else f" with {count:g} shard{'' if count == 1 else 's'}{shards.note}"
        without = "" if shards.is_absent else " without ShardCount"
        yield stream.finding(
            mode,
            f"has no StreamModeDetails.StreamMode, so it is PROVISIONED{held} and does not scale",
            do=f"set it to ON_DEMAND{without}, or to PROVISIONED if the load is known and even",
        )
    elif mode.text == "ON_DEMAND" and shards.above(0):
        yield stream.finding(
            shards,
            f"but StreamMode is ON_DEMAND{mode.note}, which accepts no ShardCount",
            do="remove it, or set StreamMode to PROVISIONED",
            level="error",
            related=[(mode, "the capacity mode")],
        )


BAD = """
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
---
Resources:
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: "2", StreamModeDetails: {StreamMode: ON_DEMAND}}}
---
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1
}
---
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 4

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}
"""

GOOD = """
Parameters: {Mode: {Type: String}, Shards: {Type: Number}}
Resources:
  Scaled: {Type: AWS::Kinesis::Stream, Properties: {StreamModeDetails: {StreamMode: ON_DEMAND}}}
  Sized: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 2, StreamModeDetails: {StreamMode: PROVISIONED}}}
  Either: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: !Ref Shards, StreamModeDetails: {StreamMode: !Ref Mode}}}
  SomeShards: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: !Ref Shards, StreamModeDetails: {StreamMode: ON_DEMAND}}}
---
resource "aws_kinesis_stream" "scaled" {
  name = "scaled"

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream" "sized" {
  name        = "sized"
  shard_count = 2

  stream_mode_details {
    stream_mode = "PROVISIONED"
  }
}
"""
