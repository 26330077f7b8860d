"""A data stream should say its capacity mode.

In provisioned mode, the default, the shards are counted and paid for by you, and a burst that is more than they take
is refused. In on-demand mode Kinesis adds and takes away shards by itself, and takes no number of them.

What to do: write StreamModeDetails.StreamMode (Terraform: stream_mode_details): ON_DEMAND, or PROVISIONED with a
ShardCount where the load is known and even.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule


@rule(
    "kinesis-capacity-mode",
    level="advice",
    resource="AWS::Kinesis::Stream",
    memo="オンデマンドモードとプロビジョニングモードの 2 つのキャパシティモードが提供されています。",
    aws="streams/latest/dev/how-do-i-size-a-stream.html",
)
def check(stream: Resource) -> Iterator[Finding]:
    mode, shards = stream.get("StreamModeDetails.StreamMode"), stream.get("ShardCount")
    if mode.is_absent and stream.get("StreamModeDetails").is_absent:
        count = shards.number
        held = "" if count is None else f" with {count:g} shard{'' if count == 1 else 's'} that nothing adds to"
        yield stream.finding(
            mode,
            f"says no capacity mode, so it is PROVISIONED{held}; write StreamMode: ON_DEMAND to let Kinesis scale it, "
            "or PROVISIONED to say that you do",
        )
    elif mode.text == "ON_DEMAND" and shards.number is not None and shards.number > 0:
        yield stream.finding(
            shards,
            f"asks for {shards.number:g} shard{'' if shards.number == 1 else 's'} in ON_DEMAND mode, which takes no "
            "ShardCount; leave it out, or make the stream PROVISIONED",
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
