"""Replication should copy what the bucket encrypts with a key of KMS.

S3 leaves objects that KMS encrypts out of replication unless a rule asks for them. A bucket that encrypts so by default has nothing but
such objects, so that a rule without SourceSelectionCriteria copies none of them, and the other Region stays empty.

What to do: set SourceSelectionCriteria.SseKmsEncryptedObjects.Status to Enabled, name a key of the other Region in
Destination.EncryptionConfiguration.ReplicaKmsKeyID, and let the role use both keys.
"""

from awslint_memo import Findings, Resource, bucket_replication, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::S3::Bucket",
    memo="定期的なバックアップを取得して起き",
    aws="AmazonS3/latest/userguide/replication-config-for-kms-objects.html",
)
def check(bucket: Resource) -> Findings:
    if bucket.get("ReplicationConfiguration").is_absent:
        return
    for left in bucket_replication.leaving_out(bucket):
        message = (
            "encrypts its objects with KMS, which this replication rule does not ask for, so it copies none of them"
        )
        encryption = bucket.get("BucketEncryption")
        do = "set SourceSelectionCriteria.SseKmsEncryptedObjects.Status to Enabled, with a key for the replicas"
        yield bucket.finding(left, message, do=do, related=[(encryption, "the encryption")])


BAD = """
Resources:
  Docs: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}]}, VersioningConfiguration: {Status: Enabled}, ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Prefix: "", Destination: {Bucket: !ImportValue Copy}}]}}}
---
resource "aws_s3_bucket" "docs" {}

resource "aws_s3_bucket_server_side_encryption_configuration" "docs" {
  bucket = aws_s3_bucket.docs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "docs" {
  bucket = aws_s3_bucket.docs.id
  role   = "arn:aws:iam::123456789012:role/copy"

  rule {
    status = "Enabled"

    filter {}

    delete_marker_replication {
      status = "Enabled"
    }

    destination {
      bucket = "arn:aws:s3:::copy"
    }
  }
}
"""

GOOD = """
Parameters: {Kms: {Type: String}}
Resources:
  Own: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]}, ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Prefix: "", Destination: {Bucket: !ImportValue Copy}}]}}}
  Off: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}]}, ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Disabled, Prefix: "", Destination: {Bucket: !ImportValue Copy}}]}}}
  Unknown: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}]}, ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Prefix: "", SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: !Ref Kms}}, Destination: {Bucket: !ImportValue Copy}}]}}}
---
resource "aws_s3_bucket" "docs" {}

resource "aws_s3_bucket_server_side_encryption_configuration" "docs" {
  bucket = aws_s3_bucket.docs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "docs" {
  bucket = aws_s3_bucket.docs.id
  role   = "arn:aws:iam::123456789012:role/copy"

  rule {
    status = "Enabled"

    filter {}

    delete_marker_replication {
      status = "Enabled"
    }

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = "arn:aws:s3:::copy"

      encryption_configuration {
        replica_kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/1"
      }
    }
  }
}
"""
