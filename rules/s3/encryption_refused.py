"""A bucket should name a key only where it encrypts with one.

KMSMasterKeyID goes with the algorithms aws:kms and aws:kms:dsse. With AES256 S3 encrypts with keys of its own, and refuses the
configuration.

What to do: set SSEAlgorithm to aws:kms (Terraform: sse_algorithm), or remove the key.
"""

from awslint_memo import Findings, Resource, each, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::S3::Bucket",
    memo="定期的なバックアップを取得して起き",
    aws="AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html",
)
def check(bucket: Resource) -> Findings:
    path = "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault"
    for default in each(bucket, path):
        algorithm, key = default.get("SSEAlgorithm"), default.get("KMSMasterKeyID")
        if algorithm.is_one_of("AES256") and (key.text or [*key.mentions()]):
            message = "but S3 refuses a KMSMasterKeyID with it"
            yield bucket.finding(algorithm, message, do="set it to aws:kms", related=[(key, "the key")])


BAD = """
Resources:
  Key: {Type: AWS::KMS::Key}
  Orders: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256, KMSMasterKeyID: !GetAtt Key.Arn}}]}}}
---
resource "aws_s3_bucket" "orders" {
  bucket = "orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "AES256"
      kms_master_key_id = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  }
}
"""

GOOD = """
Parameters: {Algorithm: {Type: String}, Key: {Type: String}}
Resources:
  Orders: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{BucketKeyEnabled: true, ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]}}}
  OfKms: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !Ref Key}}]}}}
  Unknown: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: !Ref Algorithm, KMSMasterKeyID: alias/orders}}]}}}
---
resource "aws_s3_bucket" "orders" {
  bucket = "orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "AES256"
      kms_master_key_id = ""
    }
  }
}
"""
