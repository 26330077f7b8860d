"""A name with failover routing should have a primary and a secondary record.

Route 53 answers with the primary record while it is healthy and with the secondary when it is not. Without a secondary
it answers with the failed primary; with a secondary alone it always answers with that.

What to do: add the other record with the same Name and Type and a SetIdentifier of its own. If the hosted zone is not in
the template, or the stack exports it or puts it out, the other record may be in another stack, and this is advice.
"""

from awslint_memo import Findings, Resource, route53, rule

OTHER = {"PRIMARY": "SECONDARY", "SECONDARY": "PRIMARY"}


@rule(
    level="warning",
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="プライマリとセカンダリの 2 つのリソースを設定し",
    aws="Route53/latest/DeveloperGuide/routing-policy-failover.html",
)
def check(holder: Resource) -> Findings:
    for record in route53.records.records(holder):
        role = record.get("Failover")
        together = route53.records.record_set(record)
        roles = [member.get("Failover") for member in together]
        missing = OTHER.get(role.text or "")
        if missing is None or together[0] is not record or not route53.records.is_whole(record):
            continue
        if any(role.is_unknown or role.text == missing for role in roles):
            continue
        is_own = route53.records.has_own_zone(record)
        yield record.finding(
            role,
            f"is {role.text}{role.note}{record.for_name}, but the template has no {missing} record for this name",
            do=(f"{'' if is_own else 'if no other stack has one, '}add a {missing} record with the same name and type"),
            level=None if is_own else "advice",
        )


BAD = """
Resources:
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  Www:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: one, Failover: PRIMARY, HealthCheckId: abc}
---
Resources:
  Www:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneName: example.com.
      RecordSets: [{Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: two, Failover: SECONDARY}]
---
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "www" {
  zone_id        = aws_route53_zone.main.zone_id
  name           = "www"
  type           = "A"
  ttl            = 60
  records        = ["192.0.2.1"]
  set_identifier = "one"

  failover_routing_policy {
    type = "PRIMARY"
  }
}
"""

GOOD = """
Parameters: {Role: {Type: String}, Domain: {Type: String}}
Resources:
  Www:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneName: !Sub "${Domain}."
      RecordSets: [{Name: !Ref Domain, Type: A, SetIdentifier: one, Failover: PRIMARY, HealthCheckId: abc}]
  Other:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneName: !Sub "${Domain}.", Name: !Sub "${Domain}.", Type: A, SetIdentifier: two, Failover: SECONDARY}
  Unknown:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: api.example.com, Type: A, SetIdentifier: one, Failover: !Ref Role}
---
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "one" {
  zone_id        = aws_route53_zone.main.zone_id
  name           = "www"
  type           = "A"
  set_identifier = "one"

  failover_routing_policy {
    type = "PRIMARY"
  }
}

resource "aws_route53_record" "two" {
  zone_id        = aws_route53_zone.main.zone_id
  name           = "WWW.example.com."
  type           = "A"
  set_identifier = "two"

  failover_routing_policy {
    type = "SECONDARY"
  }
}
"""
