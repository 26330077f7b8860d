"""An origin group of a distribution should be made of its origins, and be used.

CloudFront sends a request to the second origin of a group only if a behavior has the group as its target, and only for GET,
HEAD and OPTIONS: it refuses a behavior with a group that allows methods that write, and a group or a behavior that names an
origin which the distribution does not have. While the behaviors name the first origin itself, nothing fails over.

What to do: write the Id of the group into TargetOriginId (Terraform: target_origin_id), let the behavior for PUT and POST have
one origin as its target, and write the Id of an origin where another name stands. Distributions whose functions may choose the
origin are not judged as unused, nor are groups of the same domain name twice, with which nothing would be gained.
"""

from collections.abc import Sequence

from awslint_memo import Findings, Resource, Value, each, listed, origins, rule

CONFIG = "DistributionConfig"
RUNNING = ("FunctionAssociations", "LambdaFunctionAssociations")


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudFront::Distribution",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html",
)
def check(distribution: Resource) -> Findings:
    groups = {group.get("Id").text: group for group in each(distribution, f"{CONFIG}.OriginGroups.Items")}
    ids = [origin.get("Id").text for origin in each(distribution, f"{CONFIG}.Origins")]
    names = [name for name in ids if name is not None]
    behaviors = list(origins.behaviors(distribution))
    targets = [behavior.get("TargetOriginId") for behavior in behaviors]
    if ids and None not in (*ids, *groups):
        members = each(distribution, f"{CONFIG}.OriginGroups.Items.Members.Items.OriginId")
        for named, known in (*((one, ids) for one in members), *((one, (*ids, *groups)) for one in targets)):
            if named.text is not None and named.text not in known:
                message = "but the distribution has no such origin, so CloudFront refuses it"
                yield distribution.finding(named, message, do=f"write {listed(names, 3, 'or')}")
    for behavior, target in zip(behaviors, targets, strict=True):
        if target.text in groups and target.text is not None:
            yield from writing(distribution, behavior, target)
    is_routed = any(not behavior.get(name).is_absent for behavior in behaviors for name in RUNNING)
    texts = [target.text for target in targets]
    for name, group in groups.items() if texts and None not in texts and not is_routed else ():
        if name not in (None, *texts) and not origins.is_one_origin(distribution, group):
            yield from unused(distribution, group, behaviors)


def unused(distribution: Resource, group: Value, behaviors: Sequence[Value]) -> Findings:
    name, members = group.get("Id"), [member.get("OriginId").text for member in group.get("Members.Items").items]
    of_members = [one for one in behaviors if one.get("TargetOriginId").text in members]
    # One that only reads can have the group as it is.
    behavior = next((one for one in of_members if not origins.may_write(one)), next(iter(of_members), None))
    if behavior is None:
        message = "is the target of no behavior, so nothing fails over to its second origin"
        do = f"set {_named(distribution, 'TargetOriginId')} of a behavior to {name.text}"
        yield distribution.finding(name, message, of=f"the origin group {name.text}", do=do)
    else:
        target = behavior.get("TargetOriginId")
        message, do = f"but only its group {name.text} fails over, and no behavior has it", f"set it to {name.text}"
        if origins.may_write(behavior):
            methods = _named(distribution, "AllowedMethods")
            do = f"remove the group, or name it in a behavior whose {methods} are GET, HEAD and OPTIONS at most"
        yield distribution.finding(target, message, do=do, related=[(name, "the group")])


def _named(distribution: Resource, name: str) -> str:
    """The name of a behavior's property in the file."""
    return distribution.in_file_words(f"{CONFIG}.DefaultCacheBehavior.{name}").rpartition(".")[2]


def writing(distribution: Resource, behavior: Value, target: Value) -> Findings:
    for method in behavior.get("AllowedMethods").items:
        if method.text not in (None, *origins.FAILED_OVER):
            message = (
                f"but the behavior has the origin group {target.text}, which CloudFront refuses for methods that write"
            )
            methods, to = (_named(distribution, name) for name in ("AllowedMethods", "TargetOriginId"))
            do, related = f"set {to} to one origin, or remove it", [(target, "the origin group")]
            yield distribution.finding(method, message, of=methods, do=do, related=related)
            return


BAD = """
Resources:
  Films:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: films, DomainName: films.example.com}, {Id: replica, DomainName: replica.example.com}]
        OriginGroups: {Quantity: 1, Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: films}, {OriginId: replica}]}}]}
        DefaultCacheBehavior: {TargetOriginId: films, ViewerProtocolPolicy: https-only}
---
Resources:
  Films:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: films, DomainName: films.example.com}, {Id: replica, DomainName: replica.example.com}]
        OriginGroups: {Quantity: 1, Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: films}, {OriginId: replica}]}}]}
        DefaultCacheBehavior: {TargetOriginId: films, ViewerProtocolPolicy: https-only}
        CacheBehaviors:
          - PathPattern: /uploads/*
            TargetOriginId: both
            ViewerProtocolPolicy: https-only
            AllowedMethods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]
---
Resources:
  Films:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: films, DomainName: films.example.com}, {Id: replica, DomainName: replica.example.com}]
        OriginGroups: {Quantity: 1, Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: films}, {OriginId: standby}]}}]}
        DefaultCacheBehavior: {TargetOriginId: both, ViewerProtocolPolicy: https-only}
---
# The behavior that writes can't have the group.
Resources:
  Films:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: films, DomainName: films.example.com}, {Id: replica, DomainName: replica.example.com}]
        OriginGroups: {Quantity: 1, Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: films}, {OriginId: replica}]}}]}
        DefaultCacheBehavior: {TargetOriginId: films, ViewerProtocolPolicy: https-only, AllowedMethods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]}
---
resource "aws_cloudfront_distribution" "guides" {
  origin {
    origin_id   = "guides"
    domain_name = "guides.example.com"
  }

  origin {
    origin_id   = "guides-standby"
    domain_name = "standby.example.com"
  }

  origin_group {
    origin_id = "group"

    dynamic "member" {
      for_each = ["guides", "guides-backup"]

      content {
        origin_id = member.value
      }
    }
  }

  default_cache_behavior {
    target_origin_id = "group"
    allowed_methods  = ["GET", "HEAD"]
  }
}
---
resource "aws_cloudfront_distribution" "studio" {
  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
  }

  origin {
    origin_id   = "standby"
    domain_name = "standby.example.com"
  }

  origin_group {
    origin_id = "group"

    member {
      origin_id = "api"
    }

    member {
      origin_id = "standby"
    }
  }

  default_cache_behavior {
    target_origin_id = "group"
    allowed_methods  = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
  }
}
"""

GOOD = """
Parameters: {Name: {Type: String}, Method: {Type: String}, Function: {Type: String}}
Resources:
  # Uploads go to one origin, and what is read fails over.
  Films:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: films, DomainName: films.example.com}, {Id: replica, DomainName: replica.example.com}]
        OriginGroups: {Quantity: 1, Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: films}, {OriginId: replica}]}}]}
        DefaultCacheBehavior: {TargetOriginId: both, ViewerProtocolPolicy: https-only, AllowedMethods: [GET, HEAD, OPTIONS]}
        CacheBehaviors:
          - PathPattern: /uploads/*
            TargetOriginId: films
            ViewerProtocolPolicy: https-only
            AllowedMethods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]
  # What is not known may be the group, an origin, or a method that reads.
  Any:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: films, DomainName: films.example.com}, {Id: !Ref Name, DomainName: replica.example.com}]
        OriginGroups: {Quantity: 1, Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: films}, {OriginId: replica}]}}]}
        DefaultCacheBehavior: {TargetOriginId: !Ref Name, ViewerProtocolPolicy: https-only}
        CacheBehaviors: [{PathPattern: /a/*, TargetOriginId: both, ViewerProtocolPolicy: https-only, AllowedMethods: [GET, HEAD, !Ref Method]}]
  AnyMember:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: films, DomainName: films.example.com}, {Id: replica, DomainName: replica.example.com}]
        OriginGroups: {Quantity: 1, Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: films}, {OriginId: !Ref Name}]}}]}
        DefaultCacheBehavior: {TargetOriginId: both, ViewerProtocolPolicy: https-only}
  # The function may choose the group.
  Routed:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: films, DomainName: films.example.com}, {Id: replica, DomainName: replica.example.com}]
        OriginGroups: {Quantity: 1, Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: films}, {OriginId: replica}]}}]}
        DefaultCacheBehavior: {TargetOriginId: films, ViewerProtocolPolicy: https-only, FunctionAssociations: [{EventType: viewer-request, FunctionARN: !Ref Function}]}
  # Both are the same bucket.
  Media: {Type: AWS::S3::Bucket}
  Twice:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: films, DomainName: !GetAtt Media.RegionalDomainName}, {Id: thumbs, DomainName: !Sub "${Media}.s3.eu-west-1.amazonaws.com"}, {Id: a, DomainName: a.example.com}, {Id: b, DomainName: a.example.com}]
        OriginGroups: {Quantity: 2, Items: [{Id: both, Members: {Quantity: 2, Items: [{OriginId: films}, {OriginId: thumbs}]}}, {Id: pair, Members: {Quantity: 2, Items: [{OriginId: a}, {OriginId: b}]}}]}
        DefaultCacheBehavior: {TargetOriginId: films, ViewerProtocolPolicy: https-only}
  Plain:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: films, DomainName: films.example.com}]
        DefaultCacheBehavior: {TargetOriginId: films, ViewerProtocolPolicy: https-only, AllowedMethods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]}
---
variable "origins" {
  type = map(string)
}

resource "aws_cloudfront_distribution" "guides" {
  dynamic "origin" {
    for_each = var.origins

    content {
      origin_id   = origin.key
      domain_name = origin.value
    }
  }

  origin_group {
    origin_id = "group"

    member {
      origin_id = "guides"
    }

    member {
      origin_id = "guides-standby"
    }
  }

  default_cache_behavior {
    target_origin_id = "group"
    allowed_methods  = ["GET", "HEAD", "OPTIONS"]
  }

  ordered_cache_behavior {
    path_pattern     = "/api/*"
    target_origin_id = "guides"
    allowed_methods  = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
  }
}
"""
