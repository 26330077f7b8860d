"""A bucket should send its events to EventBridge where a rule waits for them.

S3 sends events such as "Object Created" to EventBridge only from buckets that turn it on. A rule that names only buckets
without it never matches.

What to do: set NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled of the bucket to true (Terraform:
eventbridge = true in aws_s3_bucket_notification).
"""

from awslint_memo import Findings, Resource, rule, targets


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonS3/latest/userguide/EventBridge.html",
)
def check(event_rule: Resource) -> Findings:
    buckets = targets.silent_buckets(event_rule)
    if buckets:
        # Others that know the bucket may turn them on by a call.
        is_known = any(bucket.is_exposed() for bucket in buckets)
        yield event_rule.finding(
            event_rule.get("EventPattern"),
            f"waits for events of {buckets[0].title}, which sends none to EventBridge, so it never matches",
            of="EventPattern",
            do="turn EventBridge notifications of the bucket on",
            level="warning" if is_known else None,
            related=[(bucket, "sends no events to EventBridge") for bucket in buckets],
        )


BAD = """
Resources:
  Uploaded: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [Object Created], detail: {bucket: {name: [!Ref Uploads]}}}}}
  Uploads: {Type: AWS::S3::Bucket}
---
Resources:
  Uploaded: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [Object Created], detail.bucket.name: [!Ref Uploads]}}}
  Uploads: {Type: AWS::S3::Bucket}
---
resource "aws_cloudwatch_event_rule" "uploaded" {
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail      = { bucket = { name = [aws_s3_bucket.uploads.id] } }
  })
}

resource "aws_s3_bucket" "uploads" {}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Uploads: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "uploads-${AWS::AccountId}"}}
  Work: {Type: AWS::Serverless::Function, Properties: {Events: {Created: {Type: EventBridgeRule, Properties: {Pattern: {source: [aws.s3], detail-type: [Object Created], detail: {bucket: {name: [!Sub "uploads-${AWS::AccountId}"]}}}}}}}}
Outputs: {Bucket: {Value: !Ref Uploads}}
"""

GOOD = """
Resources:
  Uploaded: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [Object Created], detail: {bucket: {name: [!Ref Uploads]}}}}}
  Uploads: {Type: AWS::S3::Bucket}
  Notifications: {Type: Custom::S3BucketNotifications, Properties: {ServiceToken: !ImportValue Notify, BucketName: !Ref Uploads, NotificationConfiguration: {EventBridgeConfiguration: {}}}}
---
Parameters: {Bucket: {Type: String}, Config: {Type: String}}
Resources:
  Uploaded: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [Object Created], detail: {bucket: {name: [!Ref Uploads, !Ref Silent]}}}}}
  Elsewhere: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [Object Created], detail: {bucket: {name: [!Ref Bucket]}}}}}
  Any: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [Object Created]}}}
  Trail: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [AWS API Call via CloudTrail], detail: {bucket: {name: [!Ref Silent]}}}}}
  Unknown: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [Object Created], detail: {bucket: {name: [!Ref Open]}}}}}
  OnBus: {Type: AWS::Events::Rule, Properties: {EventBusName: !ImportValue Bus, EventPattern: {source: [aws.s3], detail-type: [Object Created], detail: {bucket: {name: [!Ref Silent]}}}}}
  Uploads: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {EventBridgeConfiguration: {EventBridgeEnabled: true}}}}
  Silent: {Type: AWS::S3::Bucket}
  Open: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: !Ref Config}}
---
resource "aws_cloudwatch_event_rule" "uploaded" {
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail      = { bucket = { name = [aws_s3_bucket.uploads.id] } }
  })
}

resource "aws_s3_bucket" "uploads" {}

resource "aws_s3_bucket_notification" "uploads" {
  bucket      = aws_s3_bucket.uploads.id
  eventbridge = true
}
"""
