"""A record with a health check or failover routing should have a TTL of at most 60 seconds.

A resolver keeps an answer for its TTL and sends clients to a failed target until then; AWS recommends 60 seconds or less
for records with a health check. An alias has the TTL of its target, and Route 53 rejects a TTL of its own; it rejects any other
record without one. The records of a traffic policy have the TTL of the traffic policy instance.

What to do: set TTL (Terraform: ttl) to 60 or less, and remove it from an alias.
"""

from awslint_memo import Findings, Resource, records, route53, rule, traffic_policies

LONGEST = records.LONGEST_TTL
"""Seconds: what AWS recommends at most for a record whose health is checked."""


@rule(
    level="warning",
    widened={"0.2": "traffic policy instances"},
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="TTL(DNS リゾルバでのキャッシュ期間)",
    aws="Route53/latest/DeveloperGuide/resource-record-sets-values-failover.html",
    fix="both",
)
def check(holder: Resource) -> Findings:
    for record in route53.records.records(holder):
        ttl, alias, health = record.get("TTL"), record.get("AliasTarget"), record.get("HealthCheckId")
        seconds = ttl.number
        if alias.is_known and seconds is not None:
            yield record.finding(
                ttl,
                f"is {seconds:g} s{ttl.note}, which Route 53 rejects for an alias",
                of="TTL",
                do="remove it",
                level="error",
                related=[(alias, "the alias")],
                fix=holder.unset(record.path("TTL")),
            )
        elif ttl.is_absent and alias.is_absent and record.get("ResourceRecords").is_known:
            message = "has no TTL, and Route 53 rejects a record without one that is no alias"
            yield record.finding(ttl, message, do=f"set it, to {LONGEST} for example", level="error")
        elif seconds is not None and seconds > LONGEST:
            message = f"is {seconds:g} s{ttl.note}, so resolvers send clients to a failed target for that long"
            message, fix = f"{message}; set it to {LONGEST} or less", record.set("TTL", LONGEST)
            if route53.records.policy(record) == "failover":
                related = [(record.get("Failover"), "a failover record")]
                yield record.finding(ttl, message, of="TTL", related=related, fix=fix)
            elif not (health.is_absent or health.is_unknown or health.text == ""):
                yield record.finding(ttl, message, of="TTL", related=[(health, "its health check")], fix=fix)


@check.on("AWS::Route53::TrafficPolicyInstance")
def instance(instance: Resource) -> Findings:
    ttl, policy = instance.get("TTL"), traffic_policies.policy_of(instance)
    if policy is None or not ttl.above(LONGEST) or not traffic_policies.fails_over(traffic_policies.document(policy)):
        return
    message = "so resolvers send clients to a failed target for that long"
    related = [(policy, "the policy with its health checks")]
    do, fix = f"set it to {LONGEST} or less", instance.set("TTL", LONGEST)
    yield instance.finding(ttl, message, unit="s", do=do, related=related, fix=fix, since="0.2")


BAD = """
Resources:
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, TTL: "300", ResourceRecords: [192.0.2.1], SetIdentifier: a, Failover: SECONDARY}}
---
Resources:
  Www:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneId: Z1
      RecordSets: [{Name: www.example.com, Type: A, TTL: 60, AliasTarget: {DNSName: d1.cloudfront.net, HostedZoneId: Z2FDTNDATAQYW2}}]
---
resource "aws_route53_health_check" "web" {
  type = "HTTPS"
}

resource "aws_route53_record" "www" {
  zone_id         = "Z1"
  name            = "www.example.com"
  type            = "A"
  ttl             = 61
  records         = ["192.0.2.1"]
  set_identifier  = "a"
  health_check_id = aws_route53_health_check.web.id

  weighted_routing_policy {
    weight = 1
  }
}
---
Resources:
  Policy:
    Type: AWS::Route53::TrafficPolicy
    Properties: {Name: shop, Document: '{"StartRule": "web", "Endpoints": {"a": {}, "b": {}}, "Rules": {"web": {"RuleType": "failover", "Primary": {"EndpointReference": "a", "HealthCheck": "abc"}, "Secondary": {"EndpointReference": "b"}}}}'}
  Www: {Type: AWS::Route53::TrafficPolicyInstance, Properties: {HostedZoneId: Z1, Name: www.example.com., TrafficPolicyId: !GetAtt Policy.Id, TrafficPolicyVersion: 1, TTL: 300}}
---
resource "aws_route53_traffic_policy" "shop" {
  name = "shop"
  document = jsonencode({
    StartRule = "web"
    Endpoints = { a = {}, b = {} }
    Rules = {
      web = {
        RuleType = "weighted"
        Items = [
          { EndpointReference = "a", Weight = "1", HealthCheck = "abc" },
          { EndpointReference = "b", Weight = "1" },
        ]
      }
    }
  })
}

resource "aws_route53_traffic_policy_instance" "www" {
  hosted_zone_id         = "Z1"
  name                   = "www.example.com"
  traffic_policy_id      = aws_route53_traffic_policy.shop.id
  traffic_policy_version = 1
  ttl                    = 61
}
---
Resources:
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: z, Name: www.example.com, Type: A, ResourceRecords: [192.0.2.1]}}
"""

GOOD = """
Parameters: {Seconds: {Type: Number}, Check: {Type: String}}
Resources:
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: a, Failover: PRIMARY, HealthCheckId: abc}}
  Simple: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: a.example.com, Type: A, TTL: "3600", ResourceRecords: [192.0.2.1]}}
  Unknown: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: b.example.com, Type: A, TTL: !Ref Seconds, ResourceRecords: [192.0.2.1], SetIdentifier: a, Failover: SECONDARY}}
  UnknownCheck: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: c.example.com, Type: A, TTL: "300", ResourceRecords: [192.0.2.1], HealthCheckId: !Ref Check}}
  Unchecked: {Type: AWS::Route53::TrafficPolicy, Properties: {Name: near, Document: '{"StartRule": "near", "Endpoints": {"a": {}}, "Rules": {"near": {"RuleType": "latency", "Regions": [{"EndpointReference": "a"}]}}}'}}
  Near: {Type: AWS::Route53::TrafficPolicyInstance, Properties: {HostedZoneId: Z1, Name: near.example.com., TrafficPolicyId: !GetAtt Unchecked.Id, TrafficPolicyVersion: 1, TTL: 300}}
  Checked:
    Type: AWS::Route53::TrafficPolicy
    Properties: {Name: far, Document: !Sub '{"StartRule": "far", "Endpoints": {"a": {}}, "Rules": {"far": {"RuleType": "latency", "Regions": [{"EndpointReference": "a", "HealthCheck": "${Check}"}]}}}'}
  Far: {Type: AWS::Route53::TrafficPolicyInstance, Properties: {HostedZoneId: Z1, Name: far.example.com., TrafficPolicyId: !GetAtt Checked.Id, TrafficPolicyVersion: 1, TTL: 60}}
  Elsewhere: {Type: AWS::Route53::TrafficPolicyInstance, Properties: {HostedZoneId: Z1, Name: out.example.com., TrafficPolicyId: 00000000-0000, TrafficPolicyVersion: 1, TTL: 300}}
---
resource "aws_route53_record" "www" {
  zone_id = "Z1"
  name    = "www.example.com"
  type    = "A"

  alias {
    name                   = "d1.cloudfront.net"
    zone_id                = "Z2FDTNDATAQYW2"
    evaluate_target_health = false
  }
}
---
Parameters: {Addresses: {Type: CommaDelimitedList}}
Resources:
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: z, Name: www.example.com, Type: A, TTL: "300", ResourceRecords: !Ref Addresses}}
"""

FIXED = """
-  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, TTL: "300", ResourceRecords: [192.0.2.1], SetIdentifier: a, Failover: SECONDARY}}
+  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: a, Failover: SECONDARY}}
---
-      RecordSets: [{Name: www.example.com, Type: A, TTL: 60, AliasTarget: {DNSName: d1.cloudfront.net, HostedZoneId: Z2FDTNDATAQYW2}}]
+      RecordSets: [{Name: www.example.com, Type: A, AliasTarget: {DNSName: d1.cloudfront.net, HostedZoneId: Z2FDTNDATAQYW2}}]
---
-  ttl             = 61
+  ttl             = 60
---
-  Www: {Type: AWS::Route53::TrafficPolicyInstance, Properties: {HostedZoneId: Z1, Name: www.example.com., TrafficPolicyId: !GetAtt Policy.Id, TrafficPolicyVersion: 1, TTL: 300}}
+  Www: {Type: AWS::Route53::TrafficPolicyInstance, Properties: {HostedZoneId: Z1, Name: www.example.com., TrafficPolicyId: !GetAtt Policy.Id, TrafficPolicyVersion: 1, TTL: 60}}
---
-  ttl                    = 61
+  ttl                    = 60
"""
