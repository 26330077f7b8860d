"""A mapping should read a stream of its own deployment from its beginning.

A mapping with StartingPosition LATEST begins with the records that come after it has started to poll, which may be minutes
after it was created. What is written to the stream in between is not processed. With TRIM_HORIZON it begins with the oldest
record, and a stream that is created with the mapping has none that is older.

What to do: set StartingPosition (Terraform: starting_position) to TRIM_HORIZON. A mapping that exists is replaced, and reads
what the stream still holds.
"""

from awslint_memo import Findings, Fix, Resource, rule, streams


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Lambda::EventSourceMapping",
    memo="これにより、高いスループットと低いレイテンシでデータを受け取り、処理することができます。",
    aws="lambda/latest/dg/with-ddb.html",
)
def check(mapping: Resource) -> Findings:
    position = mapping.get("StartingPosition")
    stream = mapping.follow("EventSourceArn", *streams.TABLES, streams.STREAM, streams.CONSUMER)
    if position.text == "LATEST" and position.is_literal and stream is not None:
        yield mapping.finding(
            position,
            f"so what is written to {stream.title} while the mapping is created may be missed",
            do="set it to TRIM_HORIZON",
            related=[(stream, "the stream")],
            fix=Fix.lacks("it would replace the mapping, which then reads older records too"),
        )


BAD = """
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, StartingPosition: LATEST}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Work: {Type: AWS::Serverless::Function, Properties: {Events: {Orders: {Type: DynamoDB, Properties: {Stream: !GetAtt Orders.StreamArn, StartingPosition: LATEST}}}}}
---
resource "aws_kinesis_stream" "clicks" {
  name = "clicks"
}

resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn  = aws_kinesis_stream.clicks.arn
  function_name     = "clicks"
  starting_position = "LATEST"
}
"""

GOOD = """
Parameters: {Position: {Type: String}, Chosen: {Type: String, Default: LATEST}}
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, StartingPosition: TRIM_HORIZON}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, StartingPosition: !Ref Position}}
  ByDefault: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, StartingPosition: !Ref Chosen}}
  Elsewhere: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue clicks, FunctionName: f, StartingPosition: LATEST}}
---
resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn  = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
  function_name     = "clicks"
  starting_position = "LATEST"
}
"""
