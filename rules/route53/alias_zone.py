"""An alias record should name the zone of its target.

HostedZoneId of AliasTarget is not the zone in which the record is, but that in which AWS has the name of the target: that of the
load balancer, of the domain of an API, or Z2FDTNDATAQYW2 for CloudFront. In another zone the name does not exist, so Route 53
refuses the record.

What to do: take the id from the target, as !GetAtt Balancer.CanonicalHostedZoneID or !GetAtt Domain.RegionalHostedZoneId (Terraform:
aws_lb.main.zone_id). The zone of the record itself is right only where the alias leads to another record there.
"""

from awslint_memo import Findings, Resource, alias_targets, route53, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="CNAME:別のドメイン名にエイリアスを設定",
    aws="Route53/latest/APIReference/API_AliasTarget.html",
)
def check(holder: Resource) -> Findings:
    for record in route53.records.records(holder):
        wrong = alias_targets.wrong_zone(record)
        if wrong is not None:
            message = f"{wrong.words}, so Route 53 refuses the record"
            do = "set it to the zone id of the target"
            yield record.finding(wrong.place, message, of="AliasTarget.HostedZoneId", do=do)


BAD = """
Parameters: {Zone: {Type: "AWS::Route53::HostedZone::Id"}}
Resources:
  Domain: {Type: AWS::ApiGatewayV2::DomainName, Properties: {DomainName: api.example.com}}
  Api: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: api.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Domain.RegionalDomainName, HostedZoneId: !Ref Zone}}}
---
Resources:
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Records:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneName: example.com.
      RecordSets: [{Name: www.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !Ref Zone}}]
---
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: Z2FDTNDATAQYW2}}}
---
Resources:
  Pages: {Type: AWS::CloudFront::Distribution}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Pages.DomainName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID}}}
---
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_lb" "web" {}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www"
  type    = "A"

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_route53_zone.main.zone_id
    evaluate_target_health = true
  }
}
---
resource "aws_route53_record" "www" {
  zone_id = "Z0123456789ABC"
  name    = "www.example.com"
  type    = "A"

  alias {
    name                   = "web-1234567890.eu-west-1.elb.amazonaws.com"
    zone_id                = "Z0123456789ABC"
    evaluate_target_health = true
  }
}
"""

GOOD = """
Parameters: {Zone: {Type: "AWS::Route53::HostedZone::Id"}, OfTarget: {Type: String}, Target: {Type: String}}
Resources:
  Domain: {Type: AWS::ApiGatewayV2::DomainName, Properties: {DomainName: api.example.com}}
  Pages: {Type: AWS::CloudFront::Distribution}
  Api: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: api.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Domain.RegionalDomainName, HostedZoneId: !GetAtt Domain.RegionalHostedZoneId}}}
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Pages.DomainName, HostedZoneId: Z2FDTNDATAQYW2}}}
  # It leads to another record of its zone.
  Shop: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: shop.example.com, Type: A, AliasTarget: {DNSName: www.example.com, HostedZoneId: !Ref Zone}}}
  OfName: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: orders.example.com, Type: A, AliasTarget: {DNSName: !Ref Domain, HostedZoneId: !Ref Zone}}}
  Unknown: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: a.example.com, Type: A, AliasTarget: {DNSName: !Ref Target, HostedZoneId: !Ref Zone}}}
  Given: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: b.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Domain.RegionalDomainName, HostedZoneId: !Ref OfTarget}}}
  # In China CloudFront has another zone.
  There: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: c.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Pages.DomainName, HostedZoneId: Z3RFFRIM2A3IF5}}}
---
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_lb" "web" {}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www"
  type    = "A"

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = true
  }
}

resource "aws_route53_record" "apex" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "example.com"
  type    = "A"

  alias {
    name                   = aws_route53_record.www.fqdn
    zone_id                = aws_route53_zone.main.zone_id
    evaluate_target_health = true
  }
}
---
# Terraform asks for the zone_id that is missing.
resource "aws_lb" "web" {}

resource "aws_route53_record" "web" {
  zone_id = "Z0123456789ABC"
  name    = "www.example.com"
  type    = "A"

  alias {
    name                   = aws_lb.web.dns_name
    evaluate_target_health = true
  }
}
"""
