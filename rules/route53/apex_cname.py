"""An alias record should be used at the apex of a zone and for AWS resources, not a CNAME.

DNS allows no other records beside a CNAME, and a zone's apex always has NS and SOA records, so Route 53 rejects a CNAME
there. An alias record is allowed at every name, its queries are free, and it follows the addresses of its target.

What to do: replace the CNAME with an A and an AAAA record with AliasTarget (Terraform: alias). An alias leads to
resources of AWS and to records of the same zone only: for another target, write its addresses into an A record. An alias
of a private zone can't lead to CloudFront, and none to an environment of Elastic Beanstalk without the Region in its name.
A CNAME below the apex of a private zone, to an internal load balancer, or with a name for the inside (internal, broker), is not
checked: its queries are few.
"""

import re

from awslint_memo import Findings, Resource, route53, rule


@rule(
    level="error",
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="CNAME:別のドメイン名にエイリアスを設定",
    aws="Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
)
def check(holder: Resource) -> Findings:
    for record in route53.records.records(holder):
        if record.type != "CNAME" or is_blank(record):
            continue
        target = route53.alias_targets.aliasable(record)
        if route53.records.is_apex(record):
            zone = record.zone.resource
            name = f" ({record.name.shown})" if record.for_name else ""
            yield record.finding(
                record.get("Type"),
                f"is at the apex of its zone{name}, where Route 53 rejects a CNAME",
                do=f"replace it with {record_of(record, target)}",
                related=[] if zone is None else [(zone, "its zone")],
            )
        elif target is not None and not is_internal(record):
            name, place = target.words, target.place
            message = f"is a CNAME to {name}, but queries to an alias record are free"
            yield record.finding(place, message, do=f"replace it with {record_of(record, target)}", level="advice")


WORDS = ("internal", "internally", "private", "intranet", "local", "corp", "broker", "brokers")


def is_blank(record: route53.records.Record) -> bool:
    """Whether a record surely leads nowhere yet: its targets are empty texts, or absent."""
    targets = record.get("ResourceRecords")
    is_given = targets.is_unknown or not record.get("AliasTarget").is_absent
    return not is_given and all(target.text == "" or target.is_absent for target in targets.items)


def is_internal(record: route53.records.Record) -> bool:
    """Whether a record is of a private zone, leads to an internal load balancer, or its name or that of its zone is one
    for the inside."""
    zone = record.zone.resource
    names = " ".join((record.name.shown, "" if zone is None else f"{zone.written} {zone.get('Name').text or ''}"))
    is_inside = record.zone.is_private or route53.alias_targets.leads_inside(record)
    return is_inside or not set(WORDS).isdisjoint(re.split(r"[^a-z]+", names.lower()))


def record_of(record: route53.records.Record, target: route53.records.Named | None) -> str:
    """What can stand in place of a CNAME: an alias leads to AWS's resources alone."""
    if target is not None:
        has_ipv4_only = route53.alias_targets.has_ipv4_only(record.holder.deployment, target.place)
        return "an alias record of type A" if has_ipv4_only else "alias records of types A and AAAA"
    is_known = all(value.text is not None for value in record.get("ResourceRecords").items)
    return "an A record with the target's addresses" if is_known else "an alias record or an A record with addresses"


BAD = """
Parameters: {Domain: {Type: String}}
Resources:
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: !Ref Domain}}
  Root: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !GetAtt Zone.Id, Name: !Sub "${Domain}.", Type: CNAME, TTL: "60", ResourceRecords: [www.example.org]}}
---
Resources:
  Records:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneName: Example.com.
      RecordSets: [{Name: example.com, Type: CNAME, TTL: "60", ResourceRecords: [www.example.org]}]
---
Resources:
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [web-1.eu-west-1.elb.amazonaws.com]}}
---
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "root" {
  zone_id = aws_route53_zone.main.zone_id
  name    = aws_route53_zone.main.name
  type    = "CNAME"
  ttl     = 60
  records = ["www.example.org"]
}
---
data "aws_route53_zone" "main" {
  name         = "Example.com."
  private_zone = false
}

locals {
  zone = data.aws_route53_zone.main.id
}

resource "aws_route53_record" "root" {
  zone_id = local.zone
  name    = "example.com"
  type    = "CNAME"
  ttl     = 60
  records = ["www.example.org"]
}
---
resource "aws_route53_record" "root" {
  zone_id = "Z1"
  name    = ""
  type    = "CNAME"
  ttl     = 60
  records = ["www.example.org"]
}
---
resource "aws_route53_record" "www" {
  zone_id = "Z1"
  name    = "www.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_lb.both.dns_name]
}

resource "aws_lb" "both" {
  ip_address_type = "dualstack"
}
"""

GOOD = """
# Its queries come from inside of the network.
resource "aws_lb" "inside" {
  internal = true
}

resource "aws_route53_record" "inside" {
  zone_id = "Z0123"
  name    = "orders"
  type    = "CNAME"
  ttl     = 300
  records = [aws_lb.inside.dns_name]
}
---
variable "name" {
  default = ""
}

resource "aws_route53_zone" "shop" {
  name = "example.com"
}

resource "aws_route53_record" "blank" {
  zone_id = aws_route53_zone.shop.zone_id
  name    = var.name
  type    = "CNAME"
  ttl     = 60
  records = [""]
}
---
Parameters: {Domain: {Type: String}, Target: {Type: String}}
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Root: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: example.com, Type: A, AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID}}}
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [www.example.org]}}
  Api: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Inside, Name: api.example.net, Type: CNAME, TTL: "60", ResourceRecords: [!GetAtt Balancer.DNSName]}}
  Inside: {Type: AWS::Route53::HostedZone, Properties: {Name: example.net, VPCs: [{VPCId: vpc-1, VPCRegion: eu-west-1}]}}
  Broker: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: broker.example.com, Type: CNAME, TTL: "60", ResourceRecords: [!GetAtt Balancer.DNSName]}}
  Unknown: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: !Ref Domain, Type: CNAME, TTL: "60", ResourceRecords: [!Ref Target]}}
---
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www.${aws_route53_zone.main.name}"
  type    = "CNAME"
  ttl     = 60
  records = ["www.example.org"]
}
---
variable "domain" {}

variable "zone_id" {}

data "aws_route53_zone" "parent" {
  name = "example.com"
}

data "aws_route53_zone" "given" {
  zone_id = var.zone_id
}

data "aws_route53_zone" "each" {
  for_each = toset(["example.com", "example.net"])
  name     = each.key
}

resource "aws_route53_record" "below" {
  zone_id = data.aws_route53_zone.parent.zone_id
  name    = "shop.example.com"
  type    = "CNAME"
  ttl     = 60
  records = ["www.example.org"]
}

resource "aws_route53_record" "short" {
  zone_id = data.aws_route53_zone.parent.zone_id
  name    = "example"
  type    = "CNAME"
  ttl     = 60
  records = ["www.example.org"]
}

resource "aws_route53_record" "unknown" {
  zone_id = data.aws_route53_zone.given.zone_id
  name    = var.domain
  type    = "CNAME"
  ttl     = 60
  records = ["www.example.org"]
}

resource "aws_route53_record" "other" {
  zone_id = data.aws_route53_zone.each["example.net"].zone_id
  name    = "www.example.com"
  type    = "CNAME"
  ttl     = 60
  records = ["www.example.org"]
}
"""
