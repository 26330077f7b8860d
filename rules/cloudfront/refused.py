"""A distribution should be one that CloudFront takes.

A behavior allows GET and HEAD, these and OPTIONS, or all seven methods, and caches the first or the second set. An origin has a domain name, no URL, and CustomOriginConfig unless it is a bucket. A page for an error has a status, other
domain names have a certificate, and the bucket for logs is named by its domain name. CloudFront refuses any other distribution.

What to do: write what the message names.
"""

from awslint_memo import Findings, Resource, distributions, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudFront::Distribution",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="cloudfront/latest/APIReference/API_AllowedMethods.html",
)
def check(distribution: Resource) -> Findings:
    for fault in distributions.faults(distribution):
        yield distribution.finding(fault.value, f"{fault.says}, so CloudFront refuses it", do=fault.do)


BAD = """
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: web, DomainName: www.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}], DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: https-only, AllowedMethods: [GET, HEAD, POST]}}}}
---
Resources:
  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: web, DomainName: !GetAtt Url.FunctionUrl, CustomOriginConfig: {OriginProtocolPolicy: https-only}}], DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: https-only}}}}
---
Resources:
  Files: {Type: AWS::S3::Bucket}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: web, DomainName: !GetAtt Files.RegionalDomainName, OriginAccessControlId: !ImportValue Control}], DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: https-only}}}}
---
Resources:
  Front: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: web, DomainName: !GetAtt Front.DNSName, S3OriginConfig: {OriginAccessIdentity: ""}}], DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: https-only}}}}
---
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Aliases: [www.example.com], Origins: [{Id: web, DomainName: web.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}], DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: https-only}}}}
---
Resources:
  Logs: {Type: AWS::S3::Bucket}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Logging: {Bucket: !Ref Logs}, Origins: [{Id: web, DomainName: web.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}], DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: https-only}}}}
---
resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "web"
    domain_name = "web.s3.eu-west-1.amazonaws.com"
  }

  default_cache_behavior {
    target_origin_id = "web"
    allowed_methods  = ["GET", "HEAD"]
    cached_methods   = ["GET"]
  }
}
---
resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "web"
    domain_name = "https://web.example.com"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
---
resource "aws_s3_bucket" "files" {
  bucket = "files"
}

resource "aws_s3_bucket_website_configuration" "files" {
  bucket = aws_s3_bucket.files.id
}

resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id                = "web"
    domain_name              = aws_s3_bucket_website_configuration.files.website_endpoint
    origin_access_control_id = "E1"
  }
}
---
resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "web"
    domain_name = "web.s3.eu-west-1.amazonaws.com"
  }

  custom_error_response {
    error_code         = 404
    response_page_path = "/404.html"
  }
}
---
resource "aws_cloudfront_distribution" "site" {
  aliases = ["www.example.com"]

  origin {
    origin_id   = "web"
    domain_name = "web.s3.eu-west-1.amazonaws.com"
  }

  custom_error_response {
    error_code    = 404
    response_code = 404
  }

  viewer_certificate {
    acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
    ssl_support_method  = "sni-only"
  }
}
---
resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "web"
    domain_name = "web.s3.eu-west-1.amazonaws.com"
  }

  logging_config {
    bucket = aws_s3_bucket.logs.id
  }
}
---
resource "aws_cloudfront_distribution" "site" {
  aliases = ["www.example.com"]

  origin {
    origin_id   = "web"
    domain_name = "web.s3.eu-west-1.amazonaws.com"
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
"""

GOOD = """
Parameters: {Method: {Type: String}, Domain: {Type: String}, Certificate: {Type: String}}
Resources:
  Files: {Type: AWS::S3::Bucket}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Aliases: [!Ref Domain], ViewerCertificate: {AcmCertificateArn: !Ref Certificate}, Logging: {Bucket: !GetAtt Files.DomainName}, CustomErrorResponses: [{ErrorCode: 404, ErrorCachingMinTTL: 0}, {ErrorCode: 403, ResponseCode: 404, ResponsePagePath: /404.html}], Origins: [{Id: files, DomainName: !GetAtt Files.RegionalDomainName, S3OriginConfig: {OriginAccessIdentity: ""}}, {Id: web, DomainName: !Ref Domain, CustomOriginConfig: {OriginProtocolPolicy: https-only}}, {Id: unfilled, DomainName: !Join ["", [!Ref Files, ".s3.${AWS::URLSuffix}"]], S3OriginConfig: {OriginAccessIdentity: ""}}], DefaultCacheBehavior: {TargetOriginId: files, ViewerProtocolPolicy: https-only, AllowedMethods: [HEAD, GET, OPTIONS], CachedMethods: [HEAD, GET]}, CacheBehaviors: [{PathPattern: /api/*, TargetOriginId: web, ViewerProtocolPolicy: https-only, AllowedMethods: [GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE]}, {PathPattern: /any/*, TargetOriginId: web, ViewerProtocolPolicy: https-only, AllowedMethods: [GET, !Ref Method]}]}}}
---
# deployments: {beijing: {AWS::Region: cn-north-1}}
# In China a distribution needs no certificate for another domain name.
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Aliases: [www.example.cn], Origins: [{Id: web, DomainName: web.example.cn, CustomOriginConfig: {OriginProtocolPolicy: http-only}}], DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: allow-all}}}}
---
variable "domain" {
  type = string
}

resource "aws_s3_bucket" "files" {
  bucket = "files"
}

resource "aws_cloudfront_distribution" "site" {
  aliases = []

  origin {
    origin_id                = "files"
    domain_name              = aws_s3_bucket.files.bucket_regional_domain_name
    origin_access_control_id = "E1"
  }

  origin {
    origin_id   = "any"
    domain_name = var.domain
  }

  origin {
    origin_id   = "inside"
    domain_name = "web.example.com"

    vpc_origin_config {
      vpc_origin_id = "vo_1"
    }
  }

  default_cache_behavior {
    target_origin_id = "files"
    allowed_methods  = ["GET", "HEAD", "OPTIONS"]
    cached_methods   = ["GET", "HEAD"]
  }

  custom_error_response {
    error_code    = 404
    response_code = 0
  }

  logging_config {
    bucket = "${var.domain}.s3.amazonaws.com"
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
"""
