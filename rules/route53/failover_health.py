"""A primary failover record should have a health check, or it never fails over.

Route 53 considers a record without a health check always healthy, so it never answers with the secondary. An alias can
use the health of its target, except for CloudFront, whose health Route 53 can't evaluate. For API Gateway, S3 and VPC
endpoints AWS recommends a health check, because they are always reported as healthy.

What to do: set HealthCheckId (Terraform: health_check_id), or EvaluateTargetHealth of an alias to a load balancer.
"""

from awslint_memo import Findings, Resource, route53, rule


@rule(
    level="error",
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="プライマリが利用できない場合にセカンダリにトラフィックを自動的にフェイルオーバーさせます",
    aws="Route53/latest/DeveloperGuide/resource-record-sets-values-failover.html",
    fix="safe",
)
def check(holder: Resource) -> Findings:
    for record in route53.records.records(holder):
        role, evaluates = record.get("Failover"), record.get("AliasTarget.EvaluateTargetHealth")
        is_checked, takes_target = route53.records.is_checked(record), route53.records.may_evaluate_target(record)
        is_in_vain = is_checked is True and record.get("HealthCheckId").is_absent and not takes_target
        if role.text != "PRIMARY" or not (is_checked is False or is_in_vain):
            continue
        reason, remedy, fix = "has no HealthCheckId", "set HealthCheckId", None
        if is_in_vain:
            reason = "its target is always reported as healthy, and it has no HealthCheckId"
        elif route53.records.is_cloudfront(record):
            reason = "is an alias to CloudFront without HealthCheckId"
            remedy += ", and AliasTarget.EvaluateTargetHealth to false" if evaluates.flag else ""
        elif takes_target:
            reason, remedy = "has no health check", f"{remedy}, or AliasTarget.EvaluateTargetHealth to true"
            fix = record.set("AliasTarget.EvaluateTargetHealth", True)
        yield record.finding(
            role if evaluates.is_absent else evaluates,
            f"is PRIMARY{record.for_name}, but {reason}, so Route 53 never fails over",
            do=remedy,
            level="warning" if is_in_vain else None,
            fix=fix,
        )


BAD = """
Resources:
  Www:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: one, Failover: PRIMARY}
---
Resources:
  Www:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneId: Z1
      RecordSets: [{Name: www.example.com, Type: A, SetIdentifier: one, Failover: PRIMARY, AliasTarget: {DNSName: d1.cloudfront.net, HostedZoneId: Z2FDTNDATAQYW2, EvaluateTargetHealth: true}}]
---
Resources:
  Domain: {Type: AWS::ApiGateway::DomainName, Properties: {DomainName: api.example.com}}
  Www:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: one, Failover: PRIMARY, AliasTarget: {DNSName: !GetAtt Domain.RegionalDomainName, HostedZoneId: !GetAtt Domain.RegionalHostedZoneId, EvaluateTargetHealth: true}}
---
Resources:
  Www:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: one, Failover: PRIMARY, AliasTarget: {DNSName: s3-website-eu-west-1.amazonaws.com., HostedZoneId: Z1BKCTXD74EZPE, EvaluateTargetHealth: true}}
---
resource "aws_lb" "web" {}

resource "aws_route53_record" "www" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "A"
  set_identifier = "one"

  failover_routing_policy {
    type = "PRIMARY"
  }

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = false
  }
}
"""

GOOD = """
Parameters: {Check: {Type: String}, Evaluate: {Type: String}}
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Www:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: one, Failover: PRIMARY, AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID, EvaluateTargetHealth: "true"}}
  Distribution:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: a.example.com, Type: A, SetIdentifier: one, Failover: PRIMARY, HealthCheckId: abc, AliasTarget: {DNSName: d1.cloudfront.net, HostedZoneId: Z2FDTNDATAQYW2}}
  Unknown:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: b.example.com, Type: A, SetIdentifier: one, Failover: PRIMARY, HealthCheckId: !Ref Check}
  UnknownTarget:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: c.example.com, Type: A, SetIdentifier: one, Failover: PRIMARY, AliasTarget: {DNSName: !Ref Check, HostedZoneId: !Ref Check, EvaluateTargetHealth: !Ref Evaluate}}
---
resource "aws_route53_health_check" "web" {
  type = "HTTPS"
}

resource "aws_route53_record" "www" {
  zone_id         = "Z1"
  name            = "www.example.com"
  type            = "A"
  set_identifier  = "one"
  health_check_id = aws_route53_health_check.web.id

  failover_routing_policy {
    type = "PRIMARY"
  }
}
"""

FIXED = """
-    evaluate_target_health = false
+    evaluate_target_health = true
"""
