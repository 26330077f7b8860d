"""Records of one name and type should share a routing policy, each with its own identifier.

Route 53 rejects a weighted, latency, failover or other such record without a SetIdentifier, a record with another policy
than the others of its name, a multivalue answer that is an alias, and one whose identifier, latency region, location or
failover role another of them has.

What to do: give all records of a name and type the same policy, and each a SetIdentifier (Terraform: set_identifier).
"""

from collections.abc import Sequence

from awslint_memo import Findings, Resource, route53, rule


@rule(
    level="error",
    widened={"0.2": "multivalue answers that are aliases"},
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="Routing Policy、TTL(DNS リゾルバでのキャッシュ期間) という 5 つの設定項目があります",
    aws="Route53/latest/DeveloperGuide/routing-policy.html",
)
def check(holder: Resource) -> Findings:
    for record in route53.records.records(holder):
        policies = route53.records.policies(record)
        identifier = record.get("SetIdentifier")
        together = [other for other in route53.records.record_set(record) if other.holder.copies.number]
        before = together[: together.index(record)] if record in together else []
        if len(policies) > 1:
            names = " and ".join(policies)
            message = f"has {names} routing{record.for_name}, but Route 53 allows only one policy; keep one of them"
            yield record.finding(next(iter(policies.values())), message)
        elif record.get("MultiValueAnswer").flag is True and record.get("AliasTarget").is_known:
            message = f"is a multivalue answer record{record.for_name} with an AliasTarget, which Route 53 rejects"
            yield record.finding(
                record.get("MultiValueAnswer"), message, do="write addresses, or another policy", since="0.2"
            )
        elif policies and identifier.is_absent:
            name, place = next(iter(policies.items()))
            message = f"is a {name} record{record.for_name} without SetIdentifier, which Route 53 rejects"
            yield record.finding(place, message, do="set SetIdentifier")
        else:
            yield from clash(record, before)


def clash(record: route53.records.Record, before: Sequence[route53.records.Record]) -> Findings:
    """What this record has that an earlier one of its name and type does not let it have."""
    policy = route53.records.policy(record)
    for other in before:
        others = route53.records.policy(other)
        if None not in (policy, others) and policy != others:
            message = (
                f"is a {policy} record{record.for_name}, but the record {other.label} of the same name is {others}"
            )
            place = next(iter(route53.records.policies(record).values()), record.get("Name"))
            related = [(other.get("Name"), f"the {others} record")]
            yield record.finding(
                place, f"{message}, which Route 53 rejects", do="give both the same routing policy", related=related
            )
            return
        same = route53.records.in_common(record, other)
        if same is not None:
            what, place = same.words, same.place
            message = f"has {what}{record.for_name} like the record {other.label}, which Route 53 rejects"
            related = [(other.get("Name"), f"has {what} already")]
            yield record.finding(place, message, do="change it in one of them", related=related)
            return


BAD = """
Resources:
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, SetIdentifier: a, MultiValueAnswer: true, AliasTarget: {DNSName: shop.eu-west-1.elb.amazonaws.com, HostedZoneId: Z2}}}
---
Resources:
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], Weight: 1}}
---
Resources:
  Www:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneId: Z1
      RecordSets: [{Name: www.example.com, Type: A, SetIdentifier: a, Weight: 1}, {Name: WWW.example.com., Type: A, SetIdentifier: b, Region: eu-west-1}]
---
resource "aws_route53_record" "one" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "A"
  set_identifier = "a"

  latency_routing_policy {
    region = "eu-west-1"
  }
}

resource "aws_route53_record" "two" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "A"
  set_identifier = "b"

  latency_routing_policy {
    region = "eu-west-1"
  }
}
"""

GOOD = """
Parameters: {Zone: {Type: String}, Region: {Type: String}}
Resources:
  A: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, SetIdentifier: a, Region: eu-west-1}}
  B: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, SetIdentifier: b, Region: !Ref Region}}
  Alias: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z3, Name: www.example.com, Type: A, AliasTarget: {DNSName: shop.eu-west-1.elb.amazonaws.com, HostedZoneId: Z2}}}
  Elsewhere: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z2, Name: www.example.com, Type: A, MultiValueAnswer: false}}
---
resource "aws_route53_record" "one" {
  zone_id = "Z1"
  name    = "www.example.com"
  type    = "A"
}

resource "aws_route53_record" "two" {
  zone_id = "Z1"
  name    = "www.example.com"
  type    = "AAAA"
}
"""
