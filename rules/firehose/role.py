"""The role of a delivery stream should let Firehose do what it is asked to.

Firehose reads a Kinesis stream, invokes the function that transforms records and writes into the bucket with the role that
the delivery stream names for it. Where the role lacks kinesis:GetRecords, lambda:InvokeFunction or s3:PutObject, the delivery
stream is refused, or each record fails.

What to do: allow the role the action that the message names.
"""

from awslint_memo import Findings, Resource, delivery_roles, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="データの変換や加工も柔軟に設定可能です。",
    aws="firehose/latest/dev/controlling-access.html",
)
def check(stream: Resource) -> Findings:
    for lack in delivery_roles.lacks(stream):
        role, target = lack.role.title, lack.title
        yield stream.finding(
            lack.value,
            f"names {target}, for which {role} does not allow {lack.action}, so every record fails",
            of=str(lack.value.route),
            do=f"allow it in a policy of {role}",
            related=[(lack.role, "the role")],
        )


BAD = """
Resources:
  Clean: {Type: AWS::Lambda::Function}
  Other: {Type: AWS::Lambda::Function}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: s3:PutObject, Resource: "*"}, {Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt Other.Arn}]}}]}}
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        BucketARN: !ImportValue lake
        RoleARN: !GetAtt Role.Arn
        ProcessingConfiguration:
          Enabled: true
          Processors: [{Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !Sub "${Clean.Arn}:$LATEST"}, {ParameterName: RoleArn, ParameterValue: !GetAtt Role.Arn}]}]
---
Resources:
  Events: {Type: AWS::Kinesis::Stream}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}, {Effect: Allow, Action: kinesis:DescribeStream, Resource: !GetAtt Events.Arn}]}}]}}
  Clicks: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Events.Arn, RoleARN: !GetAtt Role.Arn}, ExtendedS3DestinationConfiguration: {BucketARN: !ImportValue lake, RoleARN: !GetAtt Role.Arn}}}
---
resource "aws_s3_bucket" "lake" {
  bucket = "lake"
}

resource "aws_iam_role" "clicks" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "clicks" {
  role   = aws_iam_role.clicks.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:ListBucket", "s3:GetObject"], Resource = "*" }] })
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.clicks.arn
    bucket_arn = aws_s3_bucket.lake.arn
  }
}
---
Resources:
  Clean: {Type: AWS::Lambda::Function}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}, {Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt Clean.Arn}]}}]}}
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        BucketARN: !ImportValue lake
        RoleARN: !GetAtt Role.Arn
        ProcessingConfiguration:
          Enabled: true
          Processors: [{Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !Sub "${Clean.Arn}:$LATEST"}]}]
"""

GOOD = """
Parameters: {More: {Type: String}}
Resources:
  Events: {Type: AWS::Kinesis::Stream}
  Lake: {Type: AWS::S3::Bucket}
  Clean: {Type: AWS::Lambda::Function}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: s3:PutObject, Resource: !Sub "${Lake.Arn}/*"}, {Effect: Allow, Action: "kinesis:Get*", Resource: !GetAtt Events.Arn}, {Effect: Allow, Action: lambda:InvokeFunction, Resource: !Sub "${Clean.Arn}:*"}]}}]}}
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Events.Arn, RoleARN: !GetAtt Role.Arn}
      ExtendedS3DestinationConfiguration:
        BucketARN: !GetAtt Lake.Arn
        RoleARN: !GetAtt Role.Arn
        ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !Sub "${Clean.Arn}:$LATEST"}]}]}
  Unknown: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref More]}}
  ToUnknown: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {BucketARN: !GetAtt Lake.Arn, RoleARN: !GetAtt Unknown.Arn}}}
  Writing: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: s3:PutObject, Resource: !Sub "${Lake.Arn}/*"}]}}]}}
  TwoRoles:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        BucketARN: !GetAtt Lake.Arn
        RoleARN: !GetAtt Writing.Arn
        ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !GetAtt Clean.Arn}, {ParameterName: RoleArn, ParameterValue: !GetAtt Role.Arn}]}]}
---
variable "role" {}

resource "aws_s3_bucket" "lake" {
  bucket = "lake"
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = var.role
    bucket_arn = aws_s3_bucket.lake.arn
  }
}
"""
