"""A cache policy that caches nothing should have nothing in its key.

With a MaxTTL of 0 (and so MinTTL and DefaultTTL of 0) CloudFront caches nothing. It then refuses a policy with headers, cookies or
query strings in the key of the cache, or with gzip or Brotli ("is invalid for policy with caching disabled").

What to do: set the behavior that the message names to none, and the formats to false. Send headers, cookies and query strings to the
origin with an origin request policy, or set MaxTTL (Terraform: max_ttl) above 0.
"""

from awslint_memo import Findings, Resource, rule

KEYS = "CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin"


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudFront::CachePolicy",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="cloudfront/latest/APIReference/API_CachePolicyConfig.html",
)
def check(policy: Resource) -> Findings:
    longest = policy.get("CachePolicyConfig.MaxTTL")
    if longest.number != 0:
        return
    related, why = [(longest, "caching")], "but CloudFront refuses it, as MaxTTL is 0 and nothing is cached"
    keys = policy.get(KEYS)
    for what in ("Header", "Cookie", "QueryString"):
        behavior = keys.get(f"{what}sConfig.{what}Behavior")
        if behavior.text not in (None, "none"):
            do = "set it to none, and send them with an origin request policy"
            yield policy.finding(behavior, f"{why}{longest.note}", do=do, related=related)
    formats = [keys.get(f"EnableAcceptEncoding{name}") for name in ("Gzip", "Brotli")]
    enabled = [value for value in formats if value.flag is True]
    if enabled:
        do = "set it to false" if len(enabled) == 1 else "set it and EnableAcceptEncodingBrotli to false"
        yield policy.finding(enabled[0], f"{why}{longest.note}", do=do, related=related)


BAD = """
Resources:
  Dynamic: {Type: AWS::CloudFront::CachePolicy, Properties: {CachePolicyConfig: {Name: dynamic, MinTTL: 0, DefaultTTL: 0, MaxTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: {EnableAcceptEncodingGzip: false, HeadersConfig: {HeaderBehavior: whitelist, Headers: [Authorization]}, CookiesConfig: {CookieBehavior: none}, QueryStringsConfig: {QueryStringBehavior: none}}}}}
---
Resources:
  Dynamic: {Type: AWS::CloudFront::CachePolicy, Properties: {CachePolicyConfig: {Name: dynamic, MinTTL: 0, DefaultTTL: 0, MaxTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: {EnableAcceptEncodingGzip: true, EnableAcceptEncodingBrotli: true, HeadersConfig: {HeaderBehavior: none}, CookiesConfig: {CookieBehavior: none}, QueryStringsConfig: {QueryStringBehavior: none}}}}}
---
resource "aws_cloudfront_cache_policy" "dynamic" {
  name        = "dynamic"
  default_ttl = 0
  max_ttl     = 0
  min_ttl     = 0

  parameters_in_cache_key_and_forwarded_to_origin {
    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "all"
    }
  }
}
---
resource "aws_cloudfront_cache_policy" "dynamic" {
  name        = "dynamic"
  default_ttl = 0
  max_ttl     = 0
  min_ttl     = 0

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = true

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "none"
    }
  }
}
"""

GOOD = """
Parameters: {Longest: {Type: Number}, Cookies: {Type: String}}
Resources:
  Dynamic: {Type: AWS::CloudFront::CachePolicy, Properties: {CachePolicyConfig: {Name: dynamic, MinTTL: 0, DefaultTTL: 0, MaxTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: {EnableAcceptEncodingGzip: false, HeadersConfig: {HeaderBehavior: none}, CookiesConfig: {CookieBehavior: !Ref Cookies}, QueryStringsConfig: {QueryStringBehavior: none}}}}}
  # The origin may say that an answer is cached for a second.
  Short: {Type: AWS::CloudFront::CachePolicy, Properties: {CachePolicyConfig: {Name: short, MinTTL: 0, DefaultTTL: 0, MaxTTL: 1, ParametersInCacheKeyAndForwardedToOrigin: {EnableAcceptEncodingGzip: true, HeadersConfig: {HeaderBehavior: whitelist, Headers: [Authorization]}, CookiesConfig: {CookieBehavior: all}, QueryStringsConfig: {QueryStringBehavior: all}}}}}
  Any: {Type: AWS::CloudFront::CachePolicy, Properties: {CachePolicyConfig: {Name: any, MinTTL: 0, DefaultTTL: 0, MaxTTL: !Ref Longest, ParametersInCacheKeyAndForwardedToOrigin: {EnableAcceptEncodingGzip: true, HeadersConfig: {HeaderBehavior: none}, CookiesConfig: {CookieBehavior: none}, QueryStringsConfig: {QueryStringBehavior: all}}}}}
---
resource "aws_cloudfront_cache_policy" "files" {
  name        = "files"
  default_ttl = 0
  min_ttl     = 0

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_gzip = true

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "all"
    }
  }
}
"""
