terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.replica]
    }
  }
}

variable "name" {
  type = string
}

variable "kms_key_arn" {
  type    = string
  default = null
}

variable "replica_kms_key_arn" {
  type    = string
  default = null
}

variable "rules" {
  type = list(object({
    id            = string
    prefix        = string
    time_control  = optional(bool, false)
    metrics       = optional(bool, false)
    kms           = optional(bool, false)
    delete_marker = optional(string, "Disabled")
  }))
}

variable "replica_versioning" {
  type    = string
  default = "Enabled"
}

variable "lifecycle_rules" {
  type = list(object({
    id         = string
    prefix     = string
    glacier    = optional(number)
    expiration = optional(number)
  }))
  default = []
}

resource "aws_s3_bucket" "source" {
  bucket = var.name
}

resource "aws_s3_bucket_versioning" "source" {
  bucket = aws_s3_bucket.source.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "source" {
  count  = var.kms_key_arn == null ? 0 : 1
  bucket = aws_s3_bucket.source.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket" "replica" {
  provider = aws.replica
  bucket   = "${var.name}-replica"
}

resource "aws_s3_bucket_versioning" "replica" {
  provider = aws.replica
  bucket   = aws_s3_bucket.replica.id
  versioning_configuration {
    status = var.replica_versioning
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "source" {
  count      = length(var.lifecycle_rules) > 0 ? 1 : 0
  bucket     = aws_s3_bucket.source.id
  depends_on = [aws_s3_bucket_versioning.source]

  dynamic "rule" {
    for_each = var.lifecycle_rules
    content {
      id     = rule.value.id
      status = "Enabled"
      filter {
        prefix = rule.value.prefix
      }
      dynamic "transition" {
        for_each = rule.value.glacier == null ? [] : [rule.value.glacier]
        content {
          days          = transition.value
          storage_class = "GLACIER"
        }
      }
      dynamic "expiration" {
        for_each = rule.value.expiration == null ? [] : [rule.value.expiration]
        content {
          days = expiration.value
        }
      }
    }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "copy" {
  statement {
    actions   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
    resources = [aws_s3_bucket.source.arn]
  }
  statement {
    actions   = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"]
    resources = ["${aws_s3_bucket.source.arn}/*"]
  }
  statement {
    actions   = ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"]
    resources = ["${aws_s3_bucket.replica.arn}/*"]
  }
  dynamic "statement" {
    for_each = var.kms_key_arn == null ? {} : { "kms:Decrypt" = var.kms_key_arn, "kms:Encrypt" = var.replica_kms_key_arn }
    content {
      actions   = [statement.key]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role" "copy" {
  name               = "${var.name}-copy"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "copy" {
  role   = aws_iam_role.copy.id
  policy = data.aws_iam_policy_document.copy.json
}

resource "aws_s3_bucket_replication_configuration" "this" {
  bucket     = aws_s3_bucket.source.id
  role       = aws_iam_role.copy.arn
  depends_on = [aws_s3_bucket_versioning.source, aws_s3_bucket_versioning.replica]

  dynamic "rule" {
    for_each = { for i, r in var.rules : i => r }
    content {
      id       = rule.value.id
      status   = "Enabled"
      priority = rule.key + 1
      filter {
        prefix = rule.value.prefix
      }
      delete_marker_replication {
        status = rule.value.delete_marker
      }
      dynamic "source_selection_criteria" {
        for_each = rule.value.kms ? [1] : []
        content {
          sse_kms_encrypted_objects {
            status = "Enabled"
          }
        }
      }
      destination {
        bucket = aws_s3_bucket.replica.arn
        dynamic "encryption_configuration" {
          for_each = rule.value.kms ? [var.replica_kms_key_arn] : []
          content {
            replica_kms_key_id = encryption_configuration.value
          }
        }
        dynamic "replication_time" {
          for_each = rule.value.time_control ? [15] : []
          content {
            status = "Enabled"
            time {
              minutes = replication_time.value
            }
          }
        }
        dynamic "metrics" {
          for_each = rule.value.metrics ? [15] : []
          content {
            status = "Enabled"
            event_threshold {
              minutes = metrics.value
            }
          }
        }
      }
    }
  }
}

output "bucket" {
  value = aws_s3_bucket.source.bucket
}
