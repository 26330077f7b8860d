"""A lifecycle rule for noncurrent versions should stand at a bucket that has some.

Only versioning keeps former versions of objects. In a bucket without it, the expiration and the transitions of noncurrent
versions have no effect, and what is overwritten or deleted is gone at once.

What to do: set VersioningConfiguration.Status of the bucket to Enabled (Terraform: aws_s3_bucket_versioning), or remove these
actions. Where versioning is suspended, versions from before may be left; such a bucket is not judged, nor one with Object Lock,
which turns versioning on.
"""

from awslint_memo import Findings, Resource, each, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::S3::Bucket",
    memo="定期的なバックアップを取得して起き",
    aws="AmazonS3/latest/userguide/intro-lifecycle-rules.html",
)
def check(bucket: Resource) -> Findings:
    keeping = ("VersioningConfiguration", "ObjectLockEnabled", "ObjectLockConfiguration", "ReplicationConfiguration")
    if any(not bucket.get(name).is_absent for name in keeping) or bucket.is_open:
        return
    for lifecycle in each(bucket, "LifecycleConfiguration.Rules"):
        names = ("Expiration", "ExpirationInDays", "Transition", "Transitions")
        actions = [lifecycle.get(f"NoncurrentVersion{name}") for name in names]
        idle = next((action for action in actions if action.is_known), None)
        if idle is not None and lifecycle.get("Status").text == "Enabled":
            on = "set VersioningConfiguration.Status to Enabled"
            if bucket.language == "terraform":
                on = "add an aws_s3_bucket_versioning with status Enabled"
            message = "has no effect, because the bucket keeps no versions"
            yield bucket.finding(idle, message, of=str(idle.route), do=f"{on}, or remove it")


BAD = """
Resources:
  Reports: {Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]}}}
---
Resources:
  Reports: {Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpirationInDays: 30}]}}}
---
Resources:
  Reports: {Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionTransition: {StorageClass: GLACIER, TransitionInDays: 30}}]}}}
---
resource "aws_s3_bucket" "reports" {
  bucket = "reports"
}

resource "aws_s3_bucket_lifecycle_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    id     = "history"
    status = "Enabled"

    noncurrent_version_expiration {
      noncurrent_days = 60
    }

    noncurrent_version_transition {
      noncurrent_days = 30
      storage_class   = "GLACIER"
    }
  }
}
"""

GOOD = """
Parameters: {Status: {Type: String}}
Resources:
  Kept: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}, LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]}}}
  # Versions from before expire.
  Suspended: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Suspended}, LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]}}}
  Locked: {Type: AWS::S3::Bucket, Properties: {ObjectLockEnabled: true, LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]}}}
  Off: {Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: {Rules: [{Status: Disabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}, {Status: !Ref Status, NoncurrentVersionExpiration: {NoncurrentDays: 30}}, {Status: Enabled, ExpirationInDays: 30}]}}}
---
Transform: Versions
Resources:
  Reports: {Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]}}}
---
resource "aws_s3_bucket" "reports" {
  bucket = "reports"
}

resource "aws_s3_bucket_versioning" "reports" {
  bucket = aws_s3_bucket.reports.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    id     = "history"
    status = "Enabled"

    noncurrent_version_expiration {
      noncurrent_days = 60
    }
  }
}

resource "aws_s3_bucket" "given" {
  bucket = "given"
}

module "versions" {
  source = "example/versions/aws"
  bucket = aws_s3_bucket.given.id
}

resource "aws_s3_bucket_lifecycle_configuration" "given" {
  bucket = aws_s3_bucket.given.id

  rule {
    id     = "history"
    status = "Enabled"

    noncurrent_version_expiration {
      noncurrent_days = 60
    }
  }
}
---
variable "versioned" {
  type = string
}

resource "aws_s3_bucket" "reports" {
  bucket = "reports"
}

resource "aws_s3_bucket_versioning" "any" {
  bucket = var.versioned

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    id     = "history"
    status = "Enabled"

    noncurrent_version_expiration {
      noncurrent_days = 60
    }
  }
}
"""
