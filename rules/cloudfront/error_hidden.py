"""Error pages of a distribution should not stand for the errors of an API behind it.

CustomErrorResponses are of the whole distribution, whatever origin answers. A single-page application that answers 403 or 404 with
/index.html and status 200 gives that page to the callers of the API too: a refused or failed request looks like a success, and what
the API says of it is lost.

What to do: rewrite the paths of the application with a function of CloudFront at its own behavior, and remove the error responses;
or give the API a distribution of its own.
"""

from awslint_memo import Findings, Resource, origins, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CloudFront::Distribution",
    memo="トラフィックフロー: 複数の Routing Policy を組み合わせて使用する場合に",
    aws="AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html",
)
def check(distribution: Resource) -> Findings:
    hidden = origins.hidden_error(distribution)
    if hidden is not None:
        response, path = hidden
        code, becomes = response.get("ErrorCode"), response.get("ResponseCode")
        yield distribution.finding(
            becomes,
            f"is {becomes.text} for errors {code.text} of every origin, so callers of {path.text} get the page for an error of the API",
            of=str(becomes.route),
            do="rewrite paths of the site in a function of CloudFront, and remove it",
        )


BAD = """
Resources:
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        CustomErrorResponses: [{ErrorCode: 403, ResponseCode: 200, ResponsePagePath: /index.html}]
        DefaultCacheBehavior: {TargetOriginId: site, ViewerProtocolPolicy: https-only}
        CacheBehaviors: [{PathPattern: "/api/*", TargetOriginId: api, ViewerProtocolPolicy: https-only}]
        Origins:
          - {Id: site, DomainName: site.s3.eu-west-1.amazonaws.com, S3OriginConfig: {}}
          - {Id: api, DomainName: !Sub "${Api}.execute-api.${AWS::Region}.amazonaws.com", CustomOriginConfig: {OriginProtocolPolicy: https-only}}
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: orders, ProtocolType: HTTP}}
---
resource "aws_cloudfront_distribution" "shop" {
  default_cache_behavior {
    target_origin_id = "site"
  }

  ordered_cache_behavior {
    path_pattern     = "/api/*"
    target_origin_id = "api"
  }

  origin {
    origin_id   = "site"
    domain_name = "site.s3.eu-west-1.amazonaws.com"
  }

  origin {
    origin_id   = "api"
    domain_name = "a1.execute-api.eu-west-1.amazonaws.com"
  }

  custom_error_response {
    error_code    = 404
    response_code = 200
  }
}
"""

GOOD = """
Parameters: {Domain: {Type: String}}
Resources:
  # The code of the error stays, or another origin is a bucket too, or is not known.
  Kept: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, CustomErrorResponses: [{ErrorCode: 404, ResponseCode: 404, ResponsePagePath: /404.html}], CacheBehaviors: [{PathPattern: "/api/*", TargetOriginId: api}], Origins: [{Id: api, DomainName: a1.execute-api.eu-west-1.amazonaws.com}]}}}
  Images: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, CustomErrorResponses: [{ErrorCode: 404, ResponseCode: 200, ResponsePagePath: /index.html}], CacheBehaviors: [{PathPattern: "/images/*", TargetOriginId: images}], Origins: [{Id: images, DomainName: images.s3.eu-west-1.amazonaws.com}, {Id: api, DomainName: a1.execute-api.eu-west-1.amazonaws.com}]}}}
  Unknown: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, CustomErrorResponses: [{ErrorCode: 404, ResponseCode: 200, ResponsePagePath: /index.html}], CacheBehaviors: [{PathPattern: "/api/*", TargetOriginId: api}], Origins: [{Id: api, DomainName: !Ref Domain}]}}}
---
resource "aws_cloudfront_distribution" "shop" {
  default_cache_behavior {
    target_origin_id = "site"
  }

  origin {
    origin_id   = "site"
    domain_name = "site.s3.eu-west-1.amazonaws.com"
  }

  custom_error_response {
    error_code    = 404
    response_code = 200
  }
}
"""
