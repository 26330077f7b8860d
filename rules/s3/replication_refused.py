"""S3 should accept the replication of a bucket.

Both buckets keep versions. A rule with Filter says what comes of delete markers (DeleteMarkerReplication), which a rule by tags does
not copy. Replication time control goes with metrics, and objects that KMS encrypts with a key for their replicas. S3 refuses any other
configuration.

What to do: add what the message names (Terraform: delete_marker_replication, metrics, versioning_configuration).
"""

from awslint_memo import Findings, Resource, bucket_replication, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::S3::Bucket",
    memo="定期的なバックアップを取得して起き",
    aws="AmazonS3/latest/userguide/replication-add-config.html",
)
def check(bucket: Resource) -> Findings:
    if bucket.get("ReplicationConfiguration").is_absent:
        return
    for fault in bucket_replication.faults(bucket):
        related = [] if fault.other is None else [(fault.other, "the other bucket")]
        yield bucket.finding(fault.value, f"{fault.says}, so S3 refuses it", do=fault.do, related=related)


BAD = """
Resources:
  Docs: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}, ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Priority: 1, Filter: {Prefix: a/}, Destination: {Bucket: !ImportValue Copy}}]}}}
---
Resources:
  Docs: {Type: AWS::S3::Bucket, Properties: {ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Prefix: "", Destination: {Bucket: !ImportValue Copy}}]}}}
---
Resources:
  Docs: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}, ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Priority: 1, Filter: {TagFilter: {Key: a, Value: b}}, DeleteMarkerReplication: {Status: Enabled}, Destination: {Bucket: !ImportValue Copy}}]}}}
---
Resources:
  Docs: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}, ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Prefix: "", SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}, Destination: {Bucket: !ImportValue Copy}}]}}}
---
resource "aws_s3_bucket" "docs" {}

resource "aws_s3_bucket_versioning" "docs" {
  bucket = aws_s3_bucket.docs.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "docs" {
  bucket = aws_s3_bucket.docs.id
  role   = "arn:aws:iam::123456789012:role/copy"

  rule {
    status = "Enabled"
    prefix = ""

    destination {
      bucket = "arn:aws:s3:::copy"

      replication_time {
        status = "Enabled"

        time {
          minutes = 15
        }
      }
    }
  }
}
---
resource "aws_s3_bucket" "docs" {}

resource "aws_s3_bucket_versioning" "docs" {
  bucket = aws_s3_bucket.docs.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "copy" {}

resource "aws_s3_bucket_versioning" "copy" {
  bucket = aws_s3_bucket.copy.id

  versioning_configuration {
    status = "Suspended"
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
      bucket = aws_s3_bucket.copy.arn
    }
  }
}
---
resource "aws_s3_bucket" "docs" {}

resource "aws_s3_bucket_versioning" "docs" {
  bucket = aws_s3_bucket.docs.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "docs" {
  bucket = aws_s3_bucket.docs.id
  role   = "arn:aws:iam::123456789012:role/copy"

  rule {
    status = "Enabled"

    filter {
      and {
        prefix = "a/"

        tags = {
          Kept = "yes"
        }
      }
    }

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
Parameters: {Status: {Type: String}, Markers: {Type: String}}
Resources:
  Docs: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}, ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Priority: 1, Filter: {Prefix: a/}, DeleteMarkerReplication: {Status: !Ref Markers}, Destination: {Bucket: !ImportValue Copy, Metrics: {Status: Enabled}}}]}}}
  Old: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: !Ref Status}, ReplicationConfiguration: {Role: !ImportValue Role, Rules: [{Status: Enabled, Prefix: "", Destination: {Bucket: !GetAtt Copy.Arn, ReplicationTime: {Status: Enabled, Time: {Minutes: 15}}, Metrics: {Status: Enabled, EventThreshold: {Minutes: 15}}}}]}}}
  Copy: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}
---
resource "aws_s3_bucket" "docs" {}

resource "aws_s3_bucket_versioning" "docs" {
  bucket = aws_s3_bucket.docs.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "docs" {
  bucket = aws_s3_bucket.docs.id
  role   = "arn:aws:iam::123456789012:role/copy"

  rule {
    status = "Enabled"

    filter {
      prefix = "a/"
    }

    delete_marker_replication {
      status = "Disabled"
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
---
variable "key" {
  type    = string
  default = ""
}

resource "aws_s3_bucket" "docs" {}

resource "aws_s3_bucket_versioning" "docs" {
  bucket = aws_s3_bucket.docs.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "docs" {
  bucket = aws_s3_bucket.docs.id
  role   = "arn:aws:iam::123456789012:role/copy"

  rule {
    status = "Enabled"

    filter {
      prefix = ""
    }

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
        replica_kms_key_id = var.key
      }
    }
  }
}
---
resource "aws_s3_bucket" "docs" {}

resource "aws_s3_bucket_versioning" "docs" {
  bucket = aws_s3_bucket.docs.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "docs" {
  bucket = aws_s3_bucket.docs.id
  role   = "arn:aws:iam::123456789012:role/copy"

  rule {
    status = "Enabled"

    filter {
      and {
        prefix = "a/"

        tags = {
          Kept = "yes"
        }
      }
    }

    delete_marker_replication {
      status = "Disabled"
    }

    destination {
      bucket = "arn:aws:s3:::copy"
    }
  }
}
"""
