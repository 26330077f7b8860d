"""A behavior should not send the viewer's host to an origin that answers for its own.

API Gateway, the URL of a function and a bucket know by the header Host who is meant. With AWS's policies AllViewer,
AllViewerAndCloudFrontHeaders-2022-06 and HostHeaderOnly, with an own policy that sends Host, and with "*" or Host among forwarded
headers, they get the host that the viewer asked for, and answer 403: the signature of an origin access control does not fit either.

What to do: use the policy AllViewerExceptHostHeader, or send only the headers that the origin needs. Where API Gateway has a domain
name of its own, nothing is said, as that may be the viewer's host.
"""

from awslint_memo import Findings, Resource, forwarded_hosts, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudFront::Distribution",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html",
)
def check(distribution: Resource) -> Findings:
    for sent in forwarded_hosts.forwarded(distribution):
        message = f"sends the host of the viewer to an origin by {sent.how}, and {sent.answers}"
        yield distribution.finding(sent.value, message, do=sent.do, related=[(sent.origin, "the origin")])


BAD = """
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: api, DomainName: !Sub "${Api}.execute-api.${AWS::Region}.amazonaws.com", CustomOriginConfig: {OriginProtocolPolicy: https-only}}], DefaultCacheBehavior: {TargetOriginId: api, ViewerProtocolPolicy: https-only, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, OriginRequestPolicyId: 216adef6-5c7f-47e4-b989-5492eafa07d3}}}}
---
Resources:
  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}
  Sent: {Type: AWS::CloudFront::OriginRequestPolicy, Properties: {OriginRequestPolicyConfig: {Name: sent, CookiesConfig: {CookieBehavior: all}, QueryStringsConfig: {QueryStringBehavior: all}, HeadersConfig: {HeaderBehavior: whitelist, Headers: [Accept, Host]}}}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: api, DomainName: !Select [2, !Split [/, !GetAtt Url.FunctionUrl]], CustomOriginConfig: {OriginProtocolPolicy: https-only}}], DefaultCacheBehavior: {TargetOriginId: api, ViewerProtocolPolicy: https-only, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, OriginRequestPolicyId: !Ref Sent}}}}
---
Resources:
  Files: {Type: AWS::S3::Bucket}
  Control: {Type: AWS::CloudFront::OriginAccessControl, Properties: {OriginAccessControlConfig: {Name: files, OriginAccessControlOriginType: s3, SigningBehavior: always, SigningProtocol: sigv4}}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: files, DomainName: !GetAtt Files.RegionalDomainName, OriginAccessControlId: !GetAtt Control.Id, S3OriginConfig: {OriginAccessIdentity: ""}}], DefaultCacheBehavior: {TargetOriginId: files, ViewerProtocolPolicy: https-only, ForwardedValues: {QueryString: true, Headers: ["*"]}}}}}
---
data "aws_cloudfront_origin_request_policy" "all" {
  name = "Managed-AllViewer"
}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "api"
    domain_name = replace(aws_apigatewayv2_api.shop.api_endpoint, "https://", "")
  }

  ordered_cache_behavior {
    path_pattern             = "/api/*"
    target_origin_id         = "api"
    origin_request_policy_id = data.aws_cloudfront_origin_request_policy.all.id
  }
}
---
resource "aws_cloudfront_origin_request_policy" "all" {
  name = "all"

  headers_config {
    header_behavior = "allViewer"
  }
}

resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "shop"
    domain_name = "abcdef.lambda-url.eu-west-1.on.aws"
  }

  default_cache_behavior {
    target_origin_id         = "shop"
    origin_request_policy_id = aws_cloudfront_origin_request_policy.all.id
  }
}
"""

GOOD = """
Parameters: {Policy: {Type: String}, Domain: {Type: String}}
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Front: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: web, DomainName: !GetAtt Front.DNSName, CustomOriginConfig: {OriginProtocolPolicy: https-only}}, {Id: own, DomainName: !Ref Domain, CustomOriginConfig: {OriginProtocolPolicy: https-only}}, {Id: api, DomainName: !Sub "${Api}.execute-api.${AWS::Region}.amazonaws.com", CustomOriginConfig: {OriginProtocolPolicy: https-only}}], DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: https-only, OriginRequestPolicyId: 216adef6-5c7f-47e4-b989-5492eafa07d3}, CacheBehaviors: [{PathPattern: /api/*, TargetOriginId: api, ViewerProtocolPolicy: https-only, OriginRequestPolicyId: !Ref Policy}, {PathPattern: /own/*, TargetOriginId: own, ViewerProtocolPolicy: https-only, OriginRequestPolicyId: 216adef6-5c7f-47e4-b989-5492eafa07d3}, {PathPattern: /v2/*, TargetOriginId: api, ViewerProtocolPolicy: https-only, OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac}, {PathPattern: /edge/*, TargetOriginId: api, ViewerProtocolPolicy: https-only, OriginRequestPolicyId: 216adef6-5c7f-47e4-b989-5492eafa07d3, FunctionAssociations: [{EventType: viewer-request, FunctionARN: f}]}]}}}
---
# The API answers for the host of the viewer too.
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_domain_name" "shop" {
  domain_name = "shop.example.com"

  domain_name_configuration {
    certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_cloudfront_distribution" "site" {
  aliases = ["shop.example.com"]

  origin {
    origin_id   = "api"
    domain_name = "${aws_apigatewayv2_api.shop.id}.execute-api.eu-west-1.amazonaws.com"
  }

  default_cache_behavior {
    target_origin_id         = "api"
    origin_request_policy_id = "216adef6-5c7f-47e4-b989-5492eafa07d3"
  }
}
"""
