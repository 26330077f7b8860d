"""No requests should be led to a Region in which nothing runs.

In the second Region of a pilot light, data are live and servers are off. Requests that are led there in ordinary times,
by a weight, the latency or the dial of an accelerator, are not answered. (The memo says of a pilot light that a part of
the requests goes to the second Region; AWS's definition says that it can't answer any before its servers are started.)
A SECONDARY record is a standby, and not reported. Where a health check takes the Region out, it is advice. Without an
objective for the loss of a Region, or a strategy, nothing is said.

What to do: lead no requests there (weight 0, a SECONDARY record, dial 0) until servers run there; or let some run, which
is a warm standby.
"""

from awslint_memo import Findings, Resource, failovers, rule


@rule(
    level="error",
    since="0.2",
    opt_in=True,
    resource=("AWS::GlobalAccelerator::EndpointGroup", "AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="本番環境の一部のトラフィックをセカンダリリージョンにルーティングする",
    aws="whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html",
)
def check(holder: Resource) -> Findings:
    for dark in failovers.dark(holder):
        off = [computing.member.resource for computing in dark.off]
        names = ", ".join(dict.fromkeys(resource.title for resource in off))
        yield (holder if dark.lead.record is None else dark.lead.record).finding(
            dark.lead.place,
            f"leads requests to {dark.region}, but {names or 'nothing'} runs {'nothing ' if names else ''}there",
            do="lead none there until something does",
            level="advice" if dark.is_checked else None,
            related=[(resource, "runs nothing") for resource in off],
        )


BAD = """
# deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Metadata: {awslint-memo: {recovery: {strategy: pilot-light}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: !If [IsFirst, "2", "0"], MaxSize: "4"}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Www:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: www.example.com
      Type: A
      SetIdentifier: !Ref AWS::Region
      Weight: !If [IsFirst, 90, 10]
      AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID}
---
provider "aws" {
  region = "eu-west-1"
}

# awslint-memo: recovery[strategy=pilot-light]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-central-1"
  }
}

resource "aws_autoscaling_group" "second" {
  region   = "eu-central-1"
  min_size = 0
}

resource "aws_lb" "second" {
  region = "eu-central-1"
}

resource "aws_route53_record" "second" {
  zone_id        = "Z0123456789"
  name           = "www.example.com"
  type           = "A"
  set_identifier = "second"

  weighted_routing_policy {
    weight = 10
  }

  alias {
    name    = aws_lb.second.dns_name
    zone_id = aws_lb.second.zone_id
  }
}
"""

GOOD = """
# deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
Parameters: {Share: {Type: Number}}
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Metadata: {awslint-memo: {recovery: {strategy: pilot-light}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: !If [IsFirst, "2", "0"], MaxSize: "4"}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Www:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: www.example.com
      Type: A
      SetIdentifier: !Ref AWS::Region
      Failover: !If [IsFirst, PRIMARY, SECONDARY]
      AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID}
  Api:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: api.example.com
      Type: A
      SetIdentifier: !Ref AWS::Region
      Weight: !If [IsFirst, 100, 0]
      AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID}
  Shop:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: shop.example.com
      Type: A
      SetIdentifier: !Ref AWS::Region
      Weight: !Ref Share
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

resource "aws_autoscaling_group" "second" {
  region   = "eu-central-1"
  min_size = 1
}

resource "aws_lb" "second" {
  region = "eu-central-1"
}

resource "aws_route53_record" "second" {
  zone_id        = "Z0123456789"
  name           = "www.example.com"
  type           = "A"
  set_identifier = "second"

  weighted_routing_policy {
    weight = 10
  }

  alias {
    name    = aws_lb.second.dns_name
    zone_id = aws_lb.second.zone_id
  }
}
"""
