terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = { product = "claims", data = "confidential" }
  }
}

provider "aws" {
  alias  = "frankfurt"
  region = "eu-central-1"
}

variable "partner_replica_arn" {
  description = "Bucket at the partner for copies of reports"
  type        = string
}

data "aws_caller_identity" "current" {}

locals {
  suffix = data.aws_caller_identity.current.account_id
}

resource "aws_kms_key" "claims" {
  description         = "Claims in Ireland"
  enable_key_rotation = true
}

resource "aws_kms_key" "claims_replica" {
  provider            = aws.frankfurt
  description         = "Claims in Frankfurt"
  enable_key_rotation = true
}

module "claims" {
  source              = "./modules/replicated_bucket"
  name                = "claims-${local.suffix}"
  kms_key_arn         = aws_kms_key.claims.arn
  replica_kms_key_arn = aws_kms_key.claims_replica.arn
  rules = [
    { id = "letters", prefix = "letters/", kms = true, time_control = true, metrics = true },
    { id = "photos", prefix = "photos/", time_control = true, metrics = true },
  ]
  lifecycle_rules = [
    { id = "letters", prefix = "letters/", glacier = 365, expiration = 3650 },
    { id = "photos", prefix = "photos/", glacier = 180, expiration = 180 },
  ]
  providers = { aws = aws, aws.replica = aws.frankfurt }
}

module "tariffs" {
  source = "./modules/replicated_bucket"
  name   = "tariffs-${local.suffix}"
  rules = [
    { id = "all", prefix = "", time_control = true },
  ]
  lifecycle_rules = [
    { id = "drafts", prefix = "drafts/", expiration = 30 },
  ]
  providers = { aws = aws, aws.replica = aws.frankfurt }
}

module "scans" {
  source             = "./modules/replicated_bucket"
  name               = "scans-${local.suffix}"
  replica_versioning = "Suspended"
  rules = [
    { id = "all", prefix = "", delete_marker = "Enabled", metrics = true },
  ]
  providers = { aws = aws, aws.replica = aws.frankfurt }
}

resource "aws_s3_bucket" "reports" {
  bucket = "claims-reports-${local.suffix}"
}

resource "aws_s3_bucket_versioning" "reports" {
  bucket = aws_s3_bucket.reports.id
  versioning_configuration {
    status = "Enabled"
  }
}

data "aws_iam_policy_document" "s3_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "reports" {
  statement {
    actions   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
    resources = [aws_s3_bucket.reports.arn]
  }
  statement {
    actions   = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"]
    resources = ["${aws_s3_bucket.reports.arn}/*"]
  }
  statement {
    actions   = ["s3:ReplicateObject", "s3:ReplicateTags"]
    resources = ["${var.partner_replica_arn}/*"]
  }
}

resource "aws_iam_role" "reports" {
  name               = "claims-reports-copy"
  assume_role_policy = data.aws_iam_policy_document.s3_trust.json
  inline_policy {
    name   = "copy"
    policy = data.aws_iam_policy_document.reports.json
  }
}

resource "aws_s3_bucket_replication_configuration" "reports" {
  bucket     = aws_s3_bucket.reports.id
  role       = aws_iam_role.reports.arn
  depends_on = [aws_s3_bucket_versioning.reports]
  rule {
    id     = "partner"
    status = "Enabled"
    prefix = ""
    destination {
      bucket = var.partner_replica_arn
    }
  }
}

output "buckets" {
  value = [module.claims.bucket, module.tariffs.bucket, module.scans.bucket]
}
