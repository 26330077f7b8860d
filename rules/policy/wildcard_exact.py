"""A wildcard in a condition should stand under an operator that knows wildcards.

StringEquals compares all characters: with arn:aws:events:eu-west-1:123456789012:rule/* only a source matches whose ARN ends in an
asterisk, and none does. The statement then allows nothing, or denies nothing; under StringNotEquals it is always met. The same text
under StringLike, or ArnLike and ArnEquals for an ARN, means what it says.

What to do: write StringLike (StringNotLike, ArnLike), or the whole value. Keys whose values may be any text, such as tags, are not
judged.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::ApiGateway::RestApi",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::IAM::Role",
        "AWS::IAM::RolePolicy",
        "AWS::KMS::Key",
        "AWS::Logs::ResourcePolicy",
        "AWS::S3::Bucket",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::Topic",
        "AWS::SNS::TopicInlinePolicy",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::Queue",
        "AWS::SQS::QueueInlinePolicy",
        "AWS::SQS::QueuePolicy",
    ),
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
)
def check(holder: Resource) -> Findings:
    if holder.type.endswith(("::Bucket", "::Queue", "::Topic")) and holder.terraform.policy.is_absent:
        return
    from awslint_memo import exact_conditions  # Most of these have no policy of their own.

    for found in exact_conditions.inexact(holder):
        deed = "allows" if found.effect == "Allow" else "denies"
        so = f"so the statement {deed} nothing"
        if found.is_negated and found.is_alone:
            so = "so it always holds"
        elif found.is_vacuous or not found.is_alone:
            so = "so this value never matches"
        yield holder.finding(
            found.value,
            f"compares {found.key} by {found.name} with a value in which * stands for itself, {so}",
            do=f"write {found.like}",
            level="warning" if found.is_vacuous or not found.is_alone else None,
        )


BAD = """
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Topic]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: cloudwatch.amazonaws.com}
            Action: sns:Publish
            Resource: !Ref Topic
            Condition: {StringEquals: {"aws:SourceArn": !Sub "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*"}}
---
Resources:
  Deploys:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Federated: !Sub "arn:aws:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com"}
            Action: sts:AssumeRoleWithWebIdentity
            Condition: {StringEquals: {"token.actions.githubusercontent.com:sub": "repo:shop/orders:*"}}
---
Resources:
  Closed:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: files
      PolicyDocument:
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::files/*", Condition: {StringNotEquals: {"aws:PrincipalArn": ["arn:aws:iam::123456789012:role/ops-*"]}}}
---
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "kms:Decrypt", Resource: "*", Condition: {"ForAnyValue:StringEquals": {"kms:ViaService": [sqs.eu-west-1.amazonaws.com, "s3.*.amazonaws.com"]}}}
---
Resources:
  Reads:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Deny, Action: "ec2:RunInstances", Resource: "*", Condition: {StringEqualsIfExists: {"ec2:InstanceType": "t2.*"}}}
---
resource "aws_sqs_queue" "loads" {
  name = "loads"
}

data "aws_iam_policy_document" "loads" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.loads.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:events:eu-west-1:123456789012:rule/loads-*"]
    }
  }
}

resource "aws_sqs_queue_policy" "loads" {
  queue_url = aws_sqs_queue.loads.id
  policy    = data.aws_iam_policy_document.loads.json
}
---
resource "aws_sns_topic" "news" {
  name = "news"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:s3:::news-*" } }
    }]
  })
}
"""

GOOD = """
Parameters: {Source: {Type: String}}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*", Condition: {ArnEquals: {"aws:SourceArn": !Sub "arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/*"}, StringLike: {"aws:SourceArn": "arn:aws:events:*"}}}
          - {Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*", Condition: {StringEquals: {"aws:SourceArn": !Ref Source, "aws:SourceAccount": !Ref AWS::AccountId}}}
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "sqs:*", Resource: "arn:aws:sqs:*:*:*", Condition: {Bool: {"aws:SecureTransport": "*"}, StringEquals: {"aws:ResourceTag/Name": "a*", "aws:PrincipalArn": "${*}"}}}
  Of:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: "acm:RequestCertificate", Resource: "*", Condition: {"ForAllValues:StringEquals": {"acm:DomainNames": ["*.example.com"]}}}
          - {Effect: Allow, Action: "dynamodb:GetItem", Resource: "*", Condition: {StringEquals: {"dynamodb:LeadingKeys": "a*"}}}
          - {Effect: Allow, Action: "s3:ListBucket", Resource: "*", Condition: {StringEquals: {"s3:prefix": "home/${aws:username}"}}}
  Written:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: logs.amazonaws.com}, Action: "sts:AssumeRole", Condition: {StringEquals: {"aws:SourceArn": !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:orders:*"}}}
  Reports: {Type: AWS::S3::Bucket}
  OfReports:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Reports
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: billingreports.amazonaws.com}, Action: "s3:PutObject", Resource: !Sub "${Reports.Arn}/*", Condition: {StringEquals: {"aws:SourceArn": !Sub "arn:aws:cur:us-east-1:${AWS::AccountId}:definition/*"}}}
---
variable "policy" {}

data "aws_iam_policy_document" "loads" {
  source_policy_documents = [var.policy]

  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "StringLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:events:*:*:rule/loads-*"]
    }
  }
}

resource "aws_sqs_queue_policy" "loads" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/123456789012/loads"
  policy    = data.aws_iam_policy_document.loads.json
}
"""
