"""The policy of a key should let the service use it that encrypts or reads with it.

CloudFront reads a bucket with an origin access control as cloudfront.amazonaws.com, and CloudWatch Logs and EventBridge encrypt log groups
and events as services too. That the account may use a customer key is not enough for them: where its policy does not name the service,
which is so by default, each object of the bucket gets the error 403, and the log group is refused.

What to do: allow the service in KeyPolicy (Terraform: policy of aws_kms_key), cloudfront.amazonaws.com kms:Decrypt with the
distribution as aws:SourceArn, logs.REGION.amazonaws.com kms:Encrypt*, kms:Decrypt*, kms:ReEncrypt*, kms:GenerateDataKey* and
kms:Describe*. Templates with grants for keys are not judged.
"""

from awslint_memo import Findings, Resource, closed_keys, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::KMS::Key",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
)
def check(key: Resource) -> Findings:
    for users in closed_keys.closed(key):
        first = users[0]
        policy, more = key.get("KeyPolicy"), len(users) - 1
        encrypted = f"{first.target.title} and {more} more are" if more else f"{first.target.title} is"
        yield key.finding(
            key if policy.is_absent else policy,
            f"does not let {first.service} use it, with which {encrypted} encrypted, so {first.outcome}",
            do=f"allow {first.service} {listed([*first.actions])} in its policy",
            # Objects may be written with another key, or none.
            level="warning" if first.source is not None else None,
            related=[(user.value, f"names {user.target.title}") for user in users],
        )


BAD = """
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}]}}}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 30, KmsKeyId: !GetAtt Key.Arn}}
---
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}, {Effect: Allow, Principal: {Service: sqs.amazonaws.com}, Action: "kms:*", Resource: "*"}]}}}
  Orders: {Type: AWS::Events::EventBus, Properties: {Name: orders, KmsKeyIdentifier: !Ref Key}}
---
resource "aws_kms_key" "assets" {}

resource "aws_s3_bucket" "assets" {
  bucket = "assets"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "assets" {
  bucket = aws_s3_bucket.assets.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.assets.arn
    }
  }
}

resource "aws_cloudfront_origin_access_control" "assets" {
  name                              = "assets"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "assets" {
  enabled = true

  origin {
    domain_name              = aws_s3_bucket.assets.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.assets.id
    origin_id                = "assets"
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "assets"
    viewer_protocol_policy = "redirect-to-https"
  }
}
---
resource "aws_kms_key" "logs" {}

resource "aws_cloudwatch_log_group" "orders" {
  name              = "orders"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.logs.arn
}
"""

GOOD = """
Parameters: {Given: {Type: String}, Service: {Type: String}}
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {Service: !Sub "logs.${AWS::Region}.amazonaws.com"}, Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"], Resource: "*", Condition: {ArnLike: {"kms:EncryptionContext:aws:logs:arn": !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:*"}}}]}}}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 30, KmsKeyId: !GetAtt Key.Arn}}
  Elsewhere: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 30, KmsKeyId: !Ref Given}}
  AnyService: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {Service: !Ref Service}, Action: "kms:*", Resource: "*"}]}}}
  Unknown: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 30, KmsKeyId: !GetAtt AnyService.Arn}}
  Plain: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 30}}
---
resource "aws_kms_key" "assets" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

resource "aws_s3_bucket" "assets" {
  bucket = "assets"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "assets" {
  bucket = aws_s3_bucket.assets.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.assets.arn
    }
  }
}

resource "aws_cloudfront_origin_access_control" "assets" {
  name                              = "assets"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "assets" {
  enabled = true

  origin {
    domain_name              = aws_s3_bucket.assets.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.assets.id
    origin_id                = "assets"
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "assets"
    viewer_protocol_policy = "redirect-to-https"
  }
}
"""
