"""A name with a CNAME record should have no other records.

A CNAME says that another name has all the records. Route 53 rejects a record of any other type, such as a TXT for a verification,
beside it, whatever the routing policies are.

What to do: replace the CNAME with an alias record or an A record, which stand beside others, or give the other record a name of its
own. A CNAME at the apex of a zone is what route53-apex-cname reports.
"""

from awslint_memo import Findings, Resource, listed, route53, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="CNAME:別のドメイン名にエイリアスを設定",
    aws="Route53/latest/DeveloperGuide/ResourceRecordTypes.html",
)
def check(holder: Resource) -> Findings:
    for record in route53.records.records(holder):
        if record.type != "CNAME" or route53.records.is_apex(record):
            continue
        beside = route53.records.of_other_types(record)
        # Of several with one name, such as weighted ones, the first is told of.
        if beside and route53.records.record_set(record)[0] is record:
            others = listed([f"{other.holder.title} ({other.type})" for other in beside])
            message = f"shares its name with {others}, but Route 53 rejects any record beside a CNAME"
            related = [(other.get("Name"), f"the {other.type} record") for other in beside]
            do = "replace the CNAME with an alias or A record, or rename one"
            yield record.finding(record.get("Type"), message, do=do, related=related)


BAD = """
Resources:
  Help: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: help.example.com, Type: CNAME, TTL: "300", ResourceRecords: [shop.example.net]}}
  Verified: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: Help.example.com., Type: TXT, TTL: "300", ResourceRecords: ['"verification=1"']}}
---
Resources:
  Mail:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneName: example.com.
      RecordSets:
        - {Name: mail.example.com, Type: CNAME, TTL: "300", ResourceRecords: [mail.example.net], SetIdentifier: a, Weight: 1}
        - {Name: mail.example.com, Type: MX, TTL: "300", ResourceRecords: [10 mx.example.net]}
        - {Name: mail.example.com, Type: A, TTL: "300", ResourceRecords: [192.0.2.1], SetIdentifier: b, Weight: 1}
---
data "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "help" {
  zone_id = data.aws_route53_zone.main.zone_id
  name    = "help"
  type    = "CNAME"
  ttl     = 300
  records = ["shop.example.net"]
}

resource "aws_route53_record" "verified" {
  zone_id = data.aws_route53_zone.main.zone_id
  name    = "help.example.com"
  type    = "TXT"
  ttl     = 300
  records = ["verification=1"]
}
"""

GOOD = """
Parameters: {Name: {Type: String}, Kind: {Type: String}}
Resources:
  Help: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: help.example.com, Type: CNAME, TTL: "300", ResourceRecords: [shop.example.net]}}
  Elsewhere: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z2, Name: help.example.com, Type: TXT, TTL: "300", ResourceRecords: ['"verification=1"']}}
  Below: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: _verify.help.example.com, Type: TXT, TTL: "300", ResourceRecords: ['"verification=1"']}}
  AnyName: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: !Sub "${Name}.example.com", Type: TXT, TTL: "300", ResourceRecords: ['"verification=1"']}}
  AnyType: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: help.example.com, Type: !Ref Kind, TTL: "300", ResourceRecords: [shop.example.org]}}
  Alias: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A, AliasTarget: {DNSName: shop.eu-west-1.elb.amazonaws.com, HostedZoneId: Z3}}}
  OfAlias: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: TXT, TTL: "300", ResourceRecords: ['"verification=1"']}}
---
variable "alias" {
  type    = bool
  default = false
}

resource "aws_route53_record" "named" {
  count   = var.alias ? 0 : 1
  zone_id = "Z1"
  name    = "shop.example.com"
  type    = "CNAME"
  ttl     = 300
  records = ["shop.example.net"]
}

resource "aws_route53_record" "address" {
  count   = var.alias ? 1 : 0
  zone_id = "Z1"
  name    = "shop.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.1"]
}
"""
