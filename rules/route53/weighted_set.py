"""A weighted set should have several records and a weight above 0.

Route 53 answers with each record of a weighted set in proportion to its weight. If there is only one record, it is
always the answer. If every weight is 0, all records answer equally often, although 0 beside other weights means "never".

What to do: give each target a weighted record of the same Name and Type, and at least one of them a weight above 0; 0
beside others is fine for a target on standby. If the hosted zone is not in the template, or the stack exports it or puts
it out, other records may be in another stack, and this is advice.
"""

from awslint_memo import Findings, Resource, route53, rule


@rule(
    level="warning",
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="複数のリソースに対して異なる重みを設定し、トラフィックを分散させる",
    aws="Route53/latest/DeveloperGuide/routing-policy-weighted.html",
)
def check(holder: Resource) -> Findings:
    for record in route53.records.records(holder):
        together = route53.records.record_set(record)
        if any(route53.records.policy(member) != "weighted" for member in together):
            continue
        if together[0] is not record or not route53.records.is_whole(record):
            continue
        weight = record.get("Weight")
        is_here = route53.records.has_own_zone(record)
        elsewhere = "" if is_here else "if no other stack has others, "
        if len(together) == 1:
            message = f"is the only weighted record{record.for_name}, so its weight has no effect"
            yield record.finding(
                weight,
                message,
                do=f"{elsewhere}add a second one, or remove the weight",
                level=None if is_here else "advice",
            )
        elif all(member.get("Weight").number == 0 for member in together):
            message = (
                f"has the weight 0, like all {len(together)} records of its set, so all of them answer equally often"
            )
            related = [(member.get("Weight"), "0 as well") for member in together[1:]]
            what = f"{elsewhere}set a weight above 0 for those that should answer"
            yield record.finding(weight, message, do=what, level=None if is_here else "advice", related=related)


BAD = """
Resources:
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, SetIdentifier: a, Weight: 10}}
---
Resources:
  Www:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneId: Z1
      RecordSets: [{Name: www.example.com, Type: A, SetIdentifier: a, Weight: "0"}, {Name: www.example.com, Type: A, SetIdentifier: b, Weight: 0}]
---
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "www" {
  zone_id        = aws_route53_zone.main.zone_id
  name           = "www"
  type           = "A"
  set_identifier = "a"

  weighted_routing_policy {
    weight = 10
  }
}
"""

GOOD = """
Parameters: {Weight: {Type: Number}, Zone: {Type: String}, Other: {Type: String}}
Resources:
  Active: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: a, Weight: 1}}
  Passive: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: b, Weight: 0}}
  Unknown: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: a.example.com, Type: A, SetIdentifier: a, Weight: !Ref Weight}}
  AlsoUnknown: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: a.example.com, Type: A, SetIdentifier: b, Weight: !Ref Weight}}
  MayBeOther: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: b.example.com, Type: A, SetIdentifier: a, Weight: 1}}
  OrNot: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Other, Name: b.example.com, Type: A, SetIdentifier: b, Weight: 1}}
---
variable "weight" {}

resource "aws_route53_record" "one" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "A"
  set_identifier = "a"

  weighted_routing_policy {
    weight = 10
  }
}

resource "aws_route53_record" "two" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "A"
  set_identifier = "b"

  weighted_routing_policy {
    weight = var.weight
  }
}
"""
