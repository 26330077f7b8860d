"""Records of what runs in us-east-1 should be changeable when that Region is lost.

Names are answered wherever Route 53 is, but records are changed in us-east-1 alone. A name that leads there and does not
fail over by itself has to be changed by somebody, which is not possible while the Region is lost. With accelerated recovery a
public zone is designed to take changes again within 60 minutes. Reported are zones of this run without it, where records
lead to us-east-1 as the primary Region, nothing that Route 53 checks leads them elsewhere, and data have a strategy or an
objective for the loss of the Region.

What to do: set HostedZoneFeatures.EnableAcceleratedRecovery (Terraform: enable_accelerated_recovery) before anything happens,
or let the records fail over by health checks.
"""

from awslint_memo import Findings, Resource, entries, record_entries, records, rule, strategies

HOME = "us-east-1"


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource="AWS::Route53::HostedZone",
    memo="必要に応じてトラフィックを切り替える",
    aws="Route53/latest/DeveloperGuide/accelerated-recovery.html",
)
def check(zone: Resource) -> Findings:
    switch = zone.get("HostedZoneFeatures.EnableAcceleratedRecovery")
    if not zone.get("VPCs").is_absent or record_entries.is_accelerated(zone) is not False:
        return
    holders = [holder for holder in zone.deployment.own_of_type(*records.HOLDERS) if strategies.is_for_regions(holder)]
    ways = [way for holder in holders for way in entries.of_holder(holder)]
    stuck = [way for way in ways if way.leads_from == HOME and way.by_person and is_of(zone, way.record)]
    if stuck:
        message = f"so {stuck[0].name} can't be led elsewhere while {HOME} is lost: records are changed there"
        related = [(way.holder, "leads there until somebody changes it") for way in stuck]
        yield zone.finding(switch, message, do="set it to true", related=related)


def is_of(zone: Resource, record: records.Record | None) -> bool:
    return record is not None and record.zone.resource is zone


BAD = """
# deployments: {only: {AWS::Region: us-east-1}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 1h}}}}
    Properties: {TableName: orders, Replicas: [{Region: us-east-1}, {Region: us-west-2}]}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Www:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: !Ref Zone
      Name: www.example.com
      Type: A
      AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID}
---
provider "aws" {
  region = "us-east-1"
}

# awslint-memo: recovery[strategy=pilot-light]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "us-west-2"
  }
}

resource "aws_lb" "web" {}

resource "aws_route53_zone" "main" {
  name                        = "example.com"
  enable_accelerated_recovery = false
}

resource "aws_route53_record" "web" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_lb.web.dns_name]
}
"""

GOOD = """
# deployments: {only: {AWS::Region: us-east-1}}
Parameters: {Fast: {Type: String}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 1h}}}}
    Properties: {TableName: orders, Replicas: [{Region: us-east-1}, {Region: us-west-2}]}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com, HostedZoneFeatures: {EnableAcceleratedRecovery: true}}}
  Other: {Type: AWS::Route53::HostedZone, Properties: {Name: example.net, HostedZoneFeatures: {EnableAcceleratedRecovery: !Ref Fast}}}
  Private: {Type: AWS::Route53::HostedZone, Properties: {Name: example.org, VPCs: [{VPCId: vpc-1, VPCRegion: us-east-1}]}}
  Unused: {Type: AWS::Route53::HostedZone, Properties: {Name: example.info}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [!GetAtt Balancer.DNSName]}}
  Net: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Other, Name: www.example.net, Type: CNAME, TTL: "60", ResourceRecords: [!GetAtt Balancer.DNSName]}}
  Org: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Private, Name: www.example.org, Type: CNAME, TTL: "60", ResourceRecords: [!GetAtt Balancer.DNSName]}}
---
# deployments: {only: {AWS::Region: us-east-1}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 1h}}}}
    Properties: {TableName: orders, Replicas: [{Region: us-east-1}, {Region: us-west-2}]}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: web-1.us-east-1.elb.amazonaws.com}}}
  First: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [web-1.us-east-1.elb.amazonaws.com], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref Check}}
  Second: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [web-1.us-west-2.elb.amazonaws.com], SetIdentifier: second, Failover: SECONDARY}}
---
# deployments: {only: {AWS::Region: us-east-1}}
Resources:
  Orders: {Type: AWS::DynamoDB::GlobalTable, Properties: {TableName: orders, Replicas: [{Region: us-east-1}, {Region: us-west-2}]}}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [!GetAtt Balancer.DNSName]}}
---
provider "aws" {
  region = "eu-west-1"
}

# awslint-memo: recovery[strategy=pilot-light]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "us-west-2"
  }
}

resource "aws_lb" "web" {}

resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "web" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_lb.web.dns_name]
}
"""
