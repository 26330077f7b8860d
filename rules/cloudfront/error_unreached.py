"""A page for objects that are not there should be for the error 403 where the bucket answers so.

S3 answers 404 for a missing object only to who may list the bucket; to others it answers 403. CloudFront reads a bucket with
s3:GetObject alone as a rule, so that what is set for the error 404, such as the page of a single-page application, never
applies, and each address that is no object shows an error.

What to do: add a custom error response for 403, or allow cloudfront.amazonaws.com s3:ListBucket for the bucket too.
"""

from awslint_memo import Findings, Resource, origins, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudFront::Distribution",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonS3/latest/API/API_GetObject.html",
)
def check(distribution: Resource) -> Findings:
    unreached = origins.unreached_error(distribution)
    if unreached is not None:
        page, bucket = unreached
        yield distribution.finding(
            page.get("ErrorCode"),
            f"but {bucket.title} answers 403 for what is not there, as CloudFront may not list it, so this never applies",
            do="add one for 403, or allow s3:ListBucket",
            related=[(bucket, "the origin")],
        )


BAD = """
Resources:
  Site: {Type: AWS::S3::Bucket}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Site, PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: cloudfront.amazonaws.com}, Action: s3:GetObject, Resource: !Sub "${Site.Arn}/*"}]}}}
  Control: {Type: AWS::CloudFront::OriginAccessControl, Properties: {OriginAccessControlConfig: {Name: s3, OriginAccessControlOriginType: s3, SigningBehavior: always, SigningProtocol: sigv4}}}
  Shop: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, CustomErrorResponses: [{ErrorCode: 404, ResponseCode: 200, ResponsePagePath: /index.html}], Origins: [{Id: a, DomainName: !GetAtt Site.RegionalDomainName, OriginAccessControlId: !GetAtt Control.Id, S3OriginConfig: {}}]}}}
---
resource "aws_s3_bucket" "site" {
  bucket = "site"
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "cloudfront.amazonaws.com" }, Action = "s3:GetObject", Resource = "${aws_s3_bucket.site.arn}/*" }] })
}

resource "aws_cloudfront_distribution" "shop" {
  ordered_cache_behavior {
    path_pattern = "/a/*"
  }

  origin {
    origin_id                = "a"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name
    origin_access_control_id = "E1"
  }

  custom_error_response {
    error_code = 404
  }
}
"""

GOOD = """
Parameters: {Code: {Type: Number}, Function: {Type: String}}
Resources:
  Site: {Type: AWS::S3::Bucket}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Site, PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: cloudfront.amazonaws.com}, Action: s3:GetObject, Resource: !Sub "${Site.Arn}/*"}]}}}
  Control: {Type: AWS::CloudFront::OriginAccessControl, Properties: {OriginAccessControlConfig: {Name: s3, OriginAccessControlOriginType: s3, SigningBehavior: always, SigningProtocol: sigv4}}}
  Listed: {Type: AWS::S3::Bucket}
  Lists: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Listed, PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: cloudfront.amazonaws.com}, Action: [s3:GetObject, s3:ListBucket], Resource: [!GetAtt Listed.Arn, !Sub "${Listed.Arn}/*"]}]}}}
  Both: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, CustomErrorResponses: [{ErrorCode: 404}, {ErrorCode: 403}], Origins: [{Id: a, DomainName: !GetAtt Site.RegionalDomainName, OriginAccessControlId: !GetAtt Control.Id, S3OriginConfig: {}}]}}}
  Any: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, CustomErrorResponses: [{ErrorCode: 404}, {ErrorCode: !Ref Code}], Origins: [{Id: a, DomainName: !GetAtt Site.RegionalDomainName, OriginAccessControlId: !GetAtt Control.Id, S3OriginConfig: {}}]}}}
  Lister: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, CustomErrorResponses: [{ErrorCode: 404}], Origins: [{Id: a, DomainName: !GetAtt Listed.RegionalDomainName, OriginAccessControlId: !GetAtt Control.Id, S3OriginConfig: {}}]}}}
  Api: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, CustomErrorResponses: [{ErrorCode: 404}], Origins: [{Id: a, DomainName: !GetAtt Site.RegionalDomainName, OriginAccessControlId: !GetAtt Control.Id, S3OriginConfig: {}}, {Id: b, DomainName: api.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]}}}
  Routed: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, CustomErrorResponses: [{ErrorCode: 404}], Origins: [{Id: a, DomainName: !GetAtt Site.RegionalDomainName, OriginAccessControlId: !GetAtt Control.Id, S3OriginConfig: {}}], DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only, FunctionAssociations: [{EventType: viewer-request, FunctionARN: !Ref Function}]}}}}
---
resource "aws_s3_bucket" "site" {
  bucket = "site"
}

resource "aws_cloudfront_distribution" "shop" {
  origin {
    origin_id                = "a"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name
    origin_access_control_id = "E1"
  }

  custom_error_response {
    error_code = 404
  }
}
"""
