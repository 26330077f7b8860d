"""Weighted and latency records should have health checks.

Route 53 leaves an unhealthy record out and answers with the others of its set; it considers a record without a health
check always healthy. An alias can use the health of its target, except for CloudFront. A record of a private zone that is no
alias is not checked: no health checker reaches its target.

What to do: set HealthCheckId (Terraform: health_check_id), or EvaluateTargetHealth of an alias to a load balancer.
"""

from awslint_memo import Findings, Resource, route53, rule

TYPES = ("A", "AAAA", "CNAME")
"""The types of records that lead to something that can fail."""


@rule(
    level="advice",
    widened={"0.2": "records of domains in SAM"},
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="最も低いレイテンシを持つエンドポイントに導くことができます",
    aws="Route53/latest/DeveloperGuide/dns-failover-types.html",
    fix="safe",
    # Without another record, its health changes no answer.
    yields_to=("route53-weighted-set",),
)
def check(holder: Resource) -> Findings:
    for record in route53.records.records(holder):
        policy = route53.records.policy(record)
        if policy not in ("weighted", "latency") or record.type not in TYPES:
            continue
        is_alone = len(route53.records.record_set(record)) == 1 and route53.records.is_whole(record)
        if route53.records.is_checked(record) is not False or (is_alone and route53.records.has_own_zone(record)):
            continue
        if record.zone.is_private and record.get("AliasTarget").is_absent:
            continue
        takes_target = route53.records.may_evaluate_target(record)
        what = "HealthCheckId, or AliasTarget.EvaluateTargetHealth to true" if takes_target else "HealthCheckId"
        # The domain of an API in SAM has no property for a health check.
        what = "AliasTarget.EvaluateTargetHealth to true" if holder.part else what
        yield record.finding(
            route53.records.policies(record)[policy],
            f"is a {policy} record{record.for_name} without a health check, so Route 53 answers with it "
            "even when its target has failed",
            do=f"set {what}",
            fix=record.set("AliasTarget.EvaluateTargetHealth", True) if takes_target else None,
            since="0.2" if holder.part else "",
        )


BAD = """
Resources:
  One: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: a, Weight: 10, HealthCheckId: abc}}
  Two: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: b, Weight: 10}}
---
Resources:
  Www:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneId: Z1
      RecordSets: [{Name: www.example.com, Type: A, SetIdentifier: a, Region: eu-west-1, AliasTarget: {DNSName: d1.cloudfront.net, HostedZoneId: Z2FDTNDATAQYW2, EvaluateTargetHealth: true}}]
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: {Type: AWS::Serverless::HttpApi, Properties: {Domain: {DomainName: api.example.com, CertificateArn: !ImportValue Certificate, Route53: {HostedZoneId: Z1, SetIdentifier: a, Region: eu-west-1}}}}
---
resource "aws_route53_record" "www" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "A"
  set_identifier = "a"

  latency_routing_policy {
    region = "eu-west-1"
  }
}
---
Resources:
  Www:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: Z1
      Name: www.example.com
      Type: A
      SetIdentifier: ireland
      Region: eu-west-1
      AliasTarget:
        DNSName: !GetAtt Balancer.DNSName
        HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
"""

GOOD = """
Parameters: {Check: {Type: String}, Given: {Type: String, Default: ""}}
Resources:
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Unknown: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: a, Weight: 10, HealthCheckId: !Ref Check}}
  Given: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: given.example.com, Type: A, SetIdentifier: a, Weight: 10, HealthCheckId: !Ref Given}}
  Alias: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: b, Weight: 10, AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID, EvaluateTargetHealth: true}}}
  Alone: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: a.example.com, Type: A, SetIdentifier: a, Weight: 10}}
  Internal: {Type: AWS::Route53::HostedZone, Properties: {Name: internal.example.com, VPCs: [{VPCId: vpc-1, VPCRegion: eu-west-1}]}}
  Reader: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Internal, Name: db.internal.example.com, Type: CNAME, SetIdentifier: a, Weight: 10}}
  OtherReader: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Internal, Name: db.internal.example.com, Type: CNAME, SetIdentifier: b, Weight: 10}}
  Text: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: TXT, SetIdentifier: a, Weight: 10}}
---
resource "aws_route53_health_check" "web" {
  type = "HTTPS"
}

resource "aws_route53_record" "www" {
  zone_id         = "Z1"
  name            = "www.example.com"
  type            = "A"
  set_identifier  = "a"
  health_check_id = aws_route53_health_check.web.id

  latency_routing_policy {
    region = "eu-west-1"
  }
}
"""

FIXED = """
         HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID
+        EvaluateTargetHealth: true
"""
