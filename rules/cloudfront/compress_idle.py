"""A behavior that compresses should have a cache policy with a format.

CloudFront compresses what it caches by the formats of the cache policy. Where neither gzip nor Brotli is enabled there, Compress
has no effect, and viewers get everything as large as the origin sends it.

What to do: set EnableAcceptEncodingGzip and EnableAcceptEncodingBrotli to true in the cache policy (a policy whose TTLs are 0 takes
neither), or Compress to false.
"""

from awslint_memo import Findings, Resource, each, rule

KEYS = "CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin"
FORMATS = ("EnableAcceptEncodingBrotli", "EnableAcceptEncodingGzip")


@rule(
    level="advice",
    since="0.2",
    resource="AWS::CloudFront::Distribution",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html",
)
def check(distribution: Resource) -> Findings:
    told: set[str] = set()
    has_policies = distribution.deployment.of_type("AWS::CloudFront::CachePolicy")
    for path in ("DefaultCacheBehavior", "CacheBehaviors") if has_policies else ():
        for behavior in each(distribution, f"DistributionConfig.{path}"):
            compress = behavior.get("Compress")
            policy = distribution.deployment.find(behavior.get("CachePolicyId"), "AWS::CloudFront::CachePolicy")
            if policy is None or compress.flag is not True or policy.name in told:
                continue
            told.add(policy.name)
            formats = [policy.get(f"{KEYS}.{name}", default=False) for name in FORMATS]
            if all(value.flag is False for value in formats):
                message = f"but {policy.title} enables neither gzip nor Brotli, so nothing is compressed"
                caches = policy.get("CachePolicyConfig.MaxTTL").number != 0
                off = "set it to false"
                do = f"enable both there, or {off}" if caches else f"{off}, as what is not cached is not compressed"
                related = [(policy, "the cache policy")]
                yield distribution.finding(compress, message, do=do, related=related)


BAD = """
Resources:
  Assets: {Type: AWS::CloudFront::CachePolicy, Properties: {CachePolicyConfig: {Name: assets, DefaultTTL: 60, MaxTTL: 60, MinTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: {EnableAcceptEncodingGzip: false}}}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {Compress: true, CachePolicyId: !Ref Assets}, CacheBehaviors: [{PathPattern: a, Compress: true, CachePolicyId: !Ref Assets}]}}}
---
resource "aws_cloudfront_cache_policy" "switches" {
  name        = "switches"
  default_ttl = 0
  max_ttl     = 0

  parameters_in_cache_key_and_forwarded_to_origin {
    cookies_config {
      cookie_behavior = "none"
    }
  }
}

resource "aws_cloudfront_distribution" "site" {
  ordered_cache_behavior {
    path_pattern    = "/switches/*"
    compress        = true
    cache_policy_id = aws_cloudfront_cache_policy.switches.id
  }
}
"""

GOOD = """
Parameters: {Gzip: {Type: String}}
Resources:
  Assets: {Type: AWS::CloudFront::CachePolicy, Properties: {CachePolicyConfig: {Name: assets, DefaultTTL: 60, MaxTTL: 60, MinTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: {EnableAcceptEncodingGzip: false, EnableAcceptEncodingBrotli: true}}}}
  Unknown: {Type: AWS::CloudFront::CachePolicy, Properties: {CachePolicyConfig: {Name: unknown, DefaultTTL: 60, MaxTTL: 60, MinTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: {EnableAcceptEncodingGzip: !Ref Gzip}}}}
  Off: {Type: AWS::CloudFront::CachePolicy, Properties: {CachePolicyConfig: {Name: off, DefaultTTL: 0, MaxTTL: 0, MinTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: {EnableAcceptEncodingGzip: false}}}}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultCacheBehavior: {Compress: true, CachePolicyId: !Ref Assets}
        CacheBehaviors:
          - {PathPattern: a, Compress: true, CachePolicyId: !Ref Unknown}
          - {PathPattern: b, Compress: false, CachePolicyId: !Ref Off}
          - {PathPattern: c, Compress: true, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6}
---
resource "aws_cloudfront_cache_policy" "assets" {
  name = "assets"

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_gzip = true
  }
}

resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    compress        = true
    cache_policy_id = aws_cloudfront_cache_policy.assets.id
  }
}
"""
