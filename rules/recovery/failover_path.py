"""With a standby in a second Region, a name should lead there when the first Region is lost.

Servers that run in a second Region help nobody if every record leads to the first one: changing records is then a
part of the recovery, done by hand while Route 53's control plane may be impaired. Reported are records of zones in this
run that surely lead to the primary Region alone, where warm-standby or more is declared and no record, accelerator or
distribution leads elsewhere; and failover pairs whose PRIMARY and SECONDARY lead to one Region.

What to do: add a SECONDARY record (or a latency or weighted one) for the second Region, with a health check.
"""

from awslint_memo import Findings, Resource, failovers, rule, strategies


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="必要に応じてトラフィックを切り替える",
    aws="whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html",
)
def check(holder: Resource) -> Findings:
    declared = strategies.of_family(holder)
    if declared is None or strategies.is_less(declared, "warm-standby"):
        return
    for way in failovers.one_way(holder):
        record = way.lead.record
        if record is None:
            continue
        message = f"leads to {way.region} alone, so {declared} has no way to take over"
        remedy = "add a SECONDARY record that leads to the other Region"
        if way.pair:
            message = f"leads to {way.region} as its PRIMARY does, so both are lost together"
            remedy = "lead it to another Region"
        yield record.finding(record.get("Name"), message, do=remedy)


BAD = """
# deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Metadata: {awslint-memo: {recovery: {strategy: warm-standby}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Zone: {Type: AWS::Route53::HostedZone, Condition: IsFirst, Properties: {Name: example.com}}
  Www:
    Type: AWS::Route53::RecordSet
    Condition: IsFirst
    Properties:
      HostedZoneId: !Ref Zone
      Name: www.example.com
      Type: A
      AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID}
---
provider "aws" {
  region = "eu-west-1"
}

# awslint-memo: recovery[strategy=warm-standby]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-central-1"
  }
}

resource "aws_lb" "one" {}

resource "aws_lb" "other" {}

resource "aws_route53_zone" "example" {
  name = "example.com"
}

resource "aws_route53_record" "one" {
  zone_id        = aws_route53_zone.example.zone_id
  name           = "www.example.com"
  type           = "A"
  set_identifier = "one"

  failover_routing_policy {
    type = "PRIMARY"
  }

  alias {
    name    = aws_lb.one.dns_name
    zone_id = aws_lb.one.zone_id
  }
}

resource "aws_route53_record" "other" {
  zone_id        = aws_route53_zone.example.zone_id
  name           = "www.example.com"
  type           = "A"
  set_identifier = "other"

  failover_routing_policy {
    type = "SECONDARY"
  }

  alias {
    name    = aws_lb.other.dns_name
    zone_id = aws_lb.other.zone_id
  }
}
"""

GOOD = """
# deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
Parameters: {Elsewhere: {Type: String}}
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Metadata: {awslint-memo: {recovery: {strategy: warm-standby}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Zone: {Type: AWS::Route53::HostedZone, Condition: IsFirst, Properties: {Name: example.com}}
  Www:
    Type: AWS::Route53::RecordSet
    Condition: IsFirst
    Properties:
      HostedZoneId: !Ref Zone
      Name: www.example.com
      Type: A
      SetIdentifier: first
      Failover: PRIMARY
      AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID}
  Standby:
    Type: AWS::Route53::RecordSet
    Condition: IsFirst
    Properties:
      HostedZoneId: !Ref Zone
      Name: www.example.com
      Type: A
      SetIdentifier: second
      Failover: SECONDARY
      AliasTarget: {DNSName: !Ref Elsewhere, HostedZoneId: Z0123456789}
---
provider "aws" {
  region = "eu-west-1"
}

# awslint-memo: recovery[strategy=warm-standby]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-central-1"
  }
}

resource "aws_lb" "shop" {}

resource "aws_route53_record" "www" {
  zone_id = "Z0123456789"
  name    = "www.example.com"
  type    = "A"

  alias {
    name    = aws_lb.shop.dns_name
    zone_id = aws_lb.shop.zone_id
  }
}
"""
