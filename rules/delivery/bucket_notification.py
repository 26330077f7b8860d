"""The notifications of a bucket should be for events of different objects.

S3 refuses notifications of which two are for the same event of the same object: that is so if one of their prefixes begins the
other, and one of their suffixes ends the other, an absent one included. A prefix or suffix has no wildcards: with *.csv only
objects match whose keys end in these very characters. A key does not begin with a slash, unless a program writes it so.

What to do: give each notification a prefix or suffix of its own, send to a topic that passes the event on, or use EventBridge.
Write .csv instead of *.csv, and in/ instead of /in/.
"""

from awslint_memo import Findings, Resource, notifications, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::S3::Bucket",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="AmazonS3/latest/userguide/notification-how-to-filtering.html",
)
def check(bucket: Resource) -> Findings:
    for early, late, event in notifications.overlapping(bucket):
        place = next(iter((*late.prefixes, *late.suffixes)), late.place)
        yield bucket.finding(
            place,
            f"has two notifications for {event} of the same objects, so S3 refuses them",
            do="give each a prefix or suffix of its own",
            related=[(early.place, "the other notification")],
        )
    for one in notifications.notifications(bucket):
        for value in (*one.prefixes, *one.suffixes):
            if "*" in (value.text or ""):
                message = f"has the filter {value.text}, in which * stands for itself, so it hardly ever matches"
                yield bucket.finding(value, message, do="leave the * out", level="warning")
        for value in one.prefixes:
            if value.starts_with("/"):
                message = f"has the prefix {value.text}, but keys do not begin with a slash, so it hardly ever matches"
                yield bucket.finding(value, message, do="leave the first / out", level="warning")


BAD = """
Resources:
  Papers: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {LambdaConfigurations: [{Event: "s3:ObjectCreated:*", Function: !ImportValue Work, Filter: {S3Key: {Rules: [{Name: prefix, Value: in/}]}}}], QueueConfigurations: [{Event: "s3:ObjectCreated:Put", Queue: !ImportValue Queue, Filter: {S3Key: {Rules: [{Name: Prefix, Value: in/2025/}, {Name: suffix, Value: .csv}]}}}]}}}
---
Resources:
  Papers: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {TopicConfigurations: [{Event: "s3:ObjectCreated:*", Topic: !ImportValue Topic, Filter: {S3Key: {Rules: [{Name: suffix, Value: "*.csv"}]}}}]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Papers: {Type: AWS::S3::Bucket}
  One: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: S3, Properties: {Bucket: !Ref Papers, Events: "s3:ObjectCreated:*"}}}}}
  Two: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: S3, Properties: {Bucket: !Ref Papers, Events: ["s3:ObjectRemoved:*", "s3:ObjectCreated:*"]}}}}}
---
resource "aws_s3_bucket" "papers" {
  bucket = "papers"
}

resource "aws_s3_bucket_notification" "papers" {
  bucket = aws_s3_bucket.papers.id

  lambda_function {
    lambda_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:a"
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "in/"
  }

  lambda_function {
    lambda_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:b"
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "in/2025/"
  }
}
---
resource "aws_s3_bucket" "papers" {
  bucket = "papers"
}

resource "aws_s3_bucket_notification" "papers" {
  bucket = aws_s3_bucket.papers.id

  queue {
    queue_arn     = "arn:aws:sqs:eu-west-1:123456789012:a"
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = "in/*"
  }
}
---
resource "aws_s3_bucket" "papers" {
  bucket = "papers"
}

resource "aws_s3_bucket_notification" "papers" {
  bucket = aws_s3_bucket.papers.id

  lambda_function {
    lambda_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:a"
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "in/"
  }

  queue {
    queue_arn     = "arn:aws:sqs:eu-west-1:123456789012:a"
    events        = ["s3:ObjectCreated:Put"]
    filter_prefix = "in/2025/"
    filter_suffix = ".csv"
  }
}
---
Resources:
  Papers: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {TopicConfigurations: [{Event: "s3:ObjectCreated:*", Topic: !ImportValue Topic, Filter: {S3Key: {Rules: [{Name: prefix, Value: /in/}]}}}]}}}
"""

GOOD = """
Parameters: {Prefix: {Type: String}}
Resources:
  Papers: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {LambdaConfigurations: [{Event: "s3:ObjectCreated:*", Function: !ImportValue Work, Filter: {S3Key: {Rules: [{Name: prefix, Value: in/}, {Name: suffix, Value: .csv}]}}}], QueueConfigurations: [{Event: "s3:ObjectCreated:Put", Queue: !ImportValue Queue, Filter: {S3Key: {Rules: [{Name: prefix, Value: in/2025/}, {Name: suffix, Value: .pdf}]}}}]}}}
  Unknown: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {LambdaConfigurations: [{Event: "s3:ObjectCreated:*", Function: !ImportValue Work, Filter: {S3Key: {Rules: [{Name: prefix, Value: !Ref Prefix}]}}}, {Event: "s3:ObjectCreated:*", Function: !ImportValue Work}]}}}
  Others: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {TopicConfigurations: [{Event: "s3:ObjectCreated:Put", Topic: !ImportValue Topic}, {Event: "s3:ObjectCreated:Copy", Topic: !ImportValue Topic}, {Event: "s3:ObjectRemoved:*", Topic: !ImportValue Topic}]}}}
---
resource "aws_s3_bucket" "papers" {
  bucket = "papers"
}

resource "aws_s3_bucket_notification" "papers" {
  bucket = aws_s3_bucket.papers.id

  lambda_function {
    lambda_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:a"
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "in/"
  }

  queue {
    queue_arn     = "arn:aws:sqs:eu-west-1:123456789012:a"
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = "out/"
  }
}
"""
