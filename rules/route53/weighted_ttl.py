"""The records of a weighted set should have the same TTL.

Route 53 keeps one TTL for all records of a weighted set: if they have different ones, the last that it receives applies
to all of them, and which that is depends on the order in which the records are created.

What to do: give all records of the set the same TTL (Terraform: ttl).
"""

from collections.abc import Sequence

from awslint_memo import Findings, Fix, Resource, Value, route53, rule


@rule(
    level="advice",
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="複数のリソースに対して異なる重みを設定し、トラフィックを分散させる",
    aws="Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html",
    fix="unsafe",
)
def check(holder: Resource) -> Findings:
    for record in route53.records.records(holder):
        weighted = [
            member for member in route53.records.record_set(record) if route53.records.policy(member) == "weighted"
        ]
        timed = [(member, member.get("TTL")) for member in weighted if member.get("TTL").number is not None]
        first = next(iter(timed), None)
        other = next((member for member, ttl in timed if first is not None and ttl.number != first[1].number), None)
        if first is None or other is not record:
            continue
        ttl = record.get("TTL")
        yield record.finding(
            ttl,
            f"is {ttl.text} s{ttl.note}, but the record {first[0].label} has {first[1].text} "
            f"s{first[1].note}, and Route 53 keeps one TTL for all weighted records{record.for_name}",
            of="TTL",
            do="set both to the same value",
            related=[(first[1], "another TTL")],
            fix=fix(timed),
        )


def fix(timed: Sequence[tuple[route53.records.Record, Value]]) -> Fix | None:
    """The shortest TTL of a set for all of its records: no answer is then kept for longer than somebody wanted."""
    if not all(ttl.is_literal for _, ttl in timed):
        return None
    least = min(int(ttl.number) for _, ttl in timed if ttl.number is not None)
    return Fix.of_all(member.set("TTL", least) for member, ttl in timed if ttl.number != least)


BAD = """
Resources:
  One: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: a, Weight: 10}}
  Two: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com., Type: A, TTL: 300, ResourceRecords: [192.0.2.2], SetIdentifier: b, Weight: 10}}
---
Resources:
  Www:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneId: Z1
      RecordSets: [{Name: www.example.com, Type: A, TTL: "60", SetIdentifier: a, Weight: 10}, {Name: www.example.com, Type: A, TTL: "90", SetIdentifier: b, Weight: 10}]
---
resource "aws_route53_record" "one" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "A"
  ttl            = 60
  set_identifier = "a"

  weighted_routing_policy {
    weight = 1
  }
}

resource "aws_route53_record" "two" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "A"
  ttl            = 61
  set_identifier = "b"

  weighted_routing_policy {
    weight = 1
  }
}
"""

GOOD = """
Parameters: {Seconds: {Type: Number}}
Resources:
  One: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: a, Weight: 10}}
  Two: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, TTL: 60, ResourceRecords: [192.0.2.2], SetIdentifier: b, Weight: 10}}
  Unknown: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, TTL: !Ref Seconds, ResourceRecords: [192.0.2.3], SetIdentifier: c, Weight: 10}}
  Alias: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: d, Weight: 10, AliasTarget: {DNSName: a.example.com, HostedZoneId: Z1}}}
  OtherType: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: AAAA, TTL: "300", ResourceRecords: ["2001:db8::1"], SetIdentifier: e, Weight: 10}}
---
resource "aws_route53_record" "one" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "A"
  ttl            = 60
  set_identifier = "a"

  latency_routing_policy {
    region = "eu-west-1"
  }
}

resource "aws_route53_record" "two" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "A"
  ttl            = 61
  set_identifier = "b"

  latency_routing_policy {
    region = "eu-west-2"
  }
}
"""

FIXED = """
-  Two: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com., Type: A, TTL: 300, ResourceRecords: [192.0.2.2], SetIdentifier: b, Weight: 10}}
+  Two: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com., Type: A, TTL: 60, ResourceRecords: [192.0.2.2], SetIdentifier: b, Weight: 10}}
---
-      RecordSets: [{Name: www.example.com, Type: A, TTL: "60", SetIdentifier: a, Weight: 10}, {Name: www.example.com, Type: A, TTL: "90", SetIdentifier: b, Weight: 10}]
+      RecordSets: [{Name: www.example.com, Type: A, TTL: "60", SetIdentifier: a, Weight: 10}, {Name: www.example.com, Type: A, TTL: "60", SetIdentifier: b, Weight: 10}]
---
-  ttl            = 61
+  ttl            = 60
"""
