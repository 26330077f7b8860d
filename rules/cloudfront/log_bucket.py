"""The bucket for the logs of a distribution should allow ACLs.

CloudFront's standard logs (the property Logging) are written with an ACL. CloudFront refuses a distribution whose log bucket has
ACLs switched off.

What to do: set ObjectOwnership (Terraform: object_ownership of aws_s3_bucket_ownership_controls) to BucketOwnerPreferred, or
deliver logs by CloudWatch Logs (AWS::Logs::Delivery), which needs no ACLs.
"""

from awslint_memo import Findings, Resource, origins, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudFront::Distribution",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html",
)
def check(distribution: Resource) -> Findings:
    lacking = origins.without_acls(distribution)
    if lacking is not None:
        bucket, owned = lacking
        message = f"which allows no ACLs, but {distribution.title} writes its logs there, so CloudFront refuses it"
        related = [(distribution.get("DistributionConfig.Logging.Bucket"), "the log bucket")]
        yield bucket.finding(owned, message, do="set it to BucketOwnerPreferred", related=related)


BAD = """
Resources:
  Logs: {Type: AWS::S3::Bucket, Properties: {OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}}}
  Shop: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Logging: {Bucket: !GetAtt Logs.DomainName}}}}
---
resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_cloudfront_distribution" "shop" {
  logging_config {
    bucket = aws_s3_bucket.logs.bucket_domain_name
  }
}
"""

GOOD = """
Parameters: {Ownership: {Type: String}}
Resources:
  Logs: {Type: AWS::S3::Bucket, Properties: {OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerPreferred}]}}}
  Any: {Type: AWS::S3::Bucket, Properties: {OwnershipControls: {Rules: [{ObjectOwnership: !Ref Ownership}]}}}
  Own: {Type: AWS::S3::Bucket, Properties: {OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}}}
  Shop: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Logging: {Bucket: !GetAtt Logs.DomainName}}}}
  Help: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Logging: {Bucket: !GetAtt Any.DomainName}}}}
---
resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_cloudfront_distribution" "shop" {
  logging_config {
    bucket = aws_s3_bucket.logs.bucket_domain_name
  }
}
"""
