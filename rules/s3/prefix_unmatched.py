"""The prefix of a rule should be one that keys of objects have.

S3 compares the prefix of a lifecycle rule or a replication rule with the beginning of keys, character by character. There is no
wildcard, and no key begins with a slash unless who writes it puts one there: a rule for /logs/ finds nothing below logs/, which is
then kept for ever, or not copied. Where nothing here shows how the keys begin, a slash is advice.

What to do: write the prefix as the keys have it, without a slash before it and an asterisk behind it; for all keys, none.
"""

from awslint_memo import Findings, Resource, key_prefixes, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::S3::Bucket",
    memo="定期的なバックアップを取得して起き",
    aws="AmazonS3/latest/userguide/intro-lifecycle-filters.html",
)
def check(bucket: Resource) -> Findings:
    for asked in key_prefixes.asked(bucket):
        text = asked.value.text or ""
        begins = text.lstrip("/")
        plain = begins.strip("*")
        do = f"write {plain}" if plain else "leave it out"
        if "*" in text:
            message = f"is {text}, in which * is no wildcard, {asked.so}"
            yield bucket.finding(asked.value, message, of="Prefix", do=do)
        elif begins != text:
            writer = key_prefixes.writer(bucket, begins)
            keys = "keys do not begin with a slash" if writer is None else f"{writer.title} writes to {begins}"
            yield bucket.finding(
                asked.value,
                f"is {text}, but {keys}, {asked.so}",
                of="Prefix",
                do=do,
                level="advice" if writer is None else None,
                related=[] if writer is None else [(writer, "writes objects")],
            )


BAD = """
Resources:
  Logs: {Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, Prefix: /access/, ExpirationInDays: 90}]}}}
  Site: {Type: AWS::S3::Bucket, Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Logs, LogFilePrefix: access/}}}
---
Resources:
  Raw: {Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, Prefix: /raw, ExpirationInDays: 90}]}}}
  Readings: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {BucketARN: !GetAtt Raw.Arn, RoleARN: !ImportValue Role, Prefix: raw/year=}}}
---
Resources:
  Docs: {Type: AWS::S3::Bucket, Properties: {ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Filter: {Prefix: /}, Destination: {Bucket: !ImportValue Copy}}]}}}
---
Resources:
  Docs: {Type: AWS::S3::Bucket, Properties: {ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Filter: {And: {Prefix: docs/*, TagFilters: [{Key: a, Value: b}]}}, Destination: {Bucket: !ImportValue Copy}}]}}}
---
resource "aws_s3_bucket" "scans" {}

resource "aws_s3_bucket_lifecycle_configuration" "scans" {
  bucket = aws_s3_bucket.scans.id

  rule {
    id     = "old"
    status = "Enabled"

    filter {
      prefix = "/old/"
    }

    expiration {
      days = 30
    }
  }
}
"""

GOOD = """
Parameters: {Prefix: {Type: String}}
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      LifecycleConfiguration:
        Rules:
          - {Status: Enabled, Prefix: access/, ExpirationInDays: 90}
          - {Status: Enabled, Prefix: "", ExpirationInDays: 90}
          - {Status: Enabled, Prefix: !Ref Prefix, ExpirationInDays: 90}
          - {Status: Disabled, Prefix: /old/, ExpirationInDays: 90}
          - {Status: Enabled, ExpirationInDays: 90}
  Site: {Type: AWS::S3::Bucket, Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Logs, LogFilePrefix: access/}}}
---
variable "prefix" {}

resource "aws_s3_bucket" "scans" {}

resource "aws_s3_bucket_lifecycle_configuration" "scans" {
  bucket = aws_s3_bucket.scans.id

  rule {
    id     = "old"
    status = "Enabled"

    filter {
      prefix = var.prefix
    }

    expiration {
      days = 30
    }
  }
}
"""
