"""A behavior of a distribution should be reached.

CloudFront takes the first behavior in CacheBehaviors whose path fits a request. One that stands behind another with a wider path, as
/api/orders/* does behind /api/*, gets no request, and what it says of its origin, its methods and its cache has no effect. A path is
compared without the query string: one such as /feed.xml?full=* fits no request, as its question mark is any one character of a path.

What to do: write the narrower path first, or remove it. Choose by the query string in a function of CloudFront, or at the origin.
"""

from awslint_memo import Findings, Resource, origins, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CloudFront::Distribution",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html",
)
def check(distribution: Resource) -> Findings:
    for path, wider in origins.unreached(distribution):
        message, do = (
            "but the path alone is compared with it, without the query string, so it fits no request",
            "remove that",
        )
        if wider:
            message, do = f"but {wider} stands before it and takes all of its requests, so it gets none", "put it first"
        yield distribution.finding(path, message, of="PathPattern", do=do)


BAD = """
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {CacheBehaviors: [{PathPattern: /api/*, TargetOriginId: api}, {PathPattern: api/orders/*, TargetOriginId: orders}]}}}
---
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {CacheBehaviors: [{PathPattern: "/search?q=*", TargetOriginId: search}]}}}
---
resource "aws_cloudfront_distribution" "site" {
  ordered_cache_behavior {
    path_pattern     = "*.js"
    target_origin_id = "files"
  }

  ordered_cache_behavior {
    path_pattern     = "/admin/*.js"
    target_origin_id = "admin"
  }
}
"""

GOOD = """
Parameters: {Path: {Type: String}}
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {CacheBehaviors: [{PathPattern: !Ref Path, TargetOriginId: any}, {PathPattern: /api/orders/*, TargetOriginId: orders}, {PathPattern: /api/*, TargetOriginId: api}, {PathPattern: /v?/feed, TargetOriginId: feed}, {PathPattern: /v1/*, TargetOriginId: v1}]}}}
---
resource "aws_cloudfront_distribution" "site" {
  ordered_cache_behavior {
    path_pattern     = "/admin/*.js"
    target_origin_id = "admin"
  }

  ordered_cache_behavior {
    path_pattern     = "*.js"
    target_origin_id = "files"
  }
}
"""
