"""A name should lead to another Region within the recovery time objective (RTO).

After a Region is lost, requests go there until the failure is noticed and resolvers have forgotten the old answer. What is
behind the name can't be back before, however ready it is: five checks 30 s apart and a TTL of 300 s are 7 minutes and a
half. Reported are records and accelerators that surely lead to the primary Region, where the checks that have to fail (or
the periods of the alarm behind them) and the TTL together take longer than the RTO for the loss of the Region, if it comes
at the worst moment. What AWS documents no figure for, such as the time until an alias takes over its target's health,
counts as nothing. A single record of a name is advice: another Region may have names of its own.

What to do: set a shorter TTL, fewer or faster checks, or shorter periods of the alarm; or declare a longer RTO.
"""

from awslint_memo import Findings, Resource, durations, entries, health_checks, rule

REMEDIES = {
    "accelerator": "lower ThresholdCount or HealthCheckIntervalSeconds",
    "alarm": "lower Period or EvaluationPeriods of its alarm",
    "alias": "declare a longer RTO, as AWS sets the TTL of what the alias leads to",
    "check": "lower FailureThreshold or RequestInterval of its check",
    "record": "set a shorter TTL",
}


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource=("AWS::GlobalAccelerator::EndpointGroup", "AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"),
    memo="ディザスタ発生後にサービスやシステムを正常な運用状態に戻すための目標時間",
    aws="Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html",
    yields_to=("route53-detection-time",),
)
def check(holder: Resource) -> Findings:
    for way in entries.of_holder(holder):
        objective = entries.rto(way)
        if objective is None or not entries.is_late(way):
            continue
        steps = "; ".join(f"{step.what}, {durations.compact(step.least)}" for step in way.steps if step.least)
        is_made = entries.leads(way)
        message = f"leads to {way.leads_from} for {durations.compact(way.least)} or more after its loss"
        message += f"{'' if is_made else ', if somebody leads it elsewhere then'} ({steps})"
        message += f", but the RTO is {durations.compact(objective[0])} ({objective[1]})"
        if way.record is None:
            yield holder.finding(holder.get("HealthCheckIntervalSeconds"), message, do=REMEDIES["accelerator"])
            continue
        ttl, failing = way.record.get("TTL"), health_checks.check_of(way.record)
        place = way.record.get("AliasTarget") if ttl.is_absent else ttl
        do = remedy({step.kind for step in way.steps if step.least}, failing, has_ttl=not ttl.is_absent)
        about = [] if failing is None else [failing]
        related = [(each, "its check") for each in about]
        yield way.record.finding(
            place, message, do=do, level=None if is_made else "advice", about=about, related=related
        )


def remedy(slow: set[str], failing: Resource | None, *, has_ttl: bool) -> str:
    """What makes a record lead elsewhere sooner. slow: the kinds of the steps that take time."""
    of_alarm = failing is not None and health_checks.setting(failing, "Type").text == "CLOUDWATCH_METRIC"
    every = ["alarm" if of_alarm else "check"] if "detection" in slow else []
    every += ["record"] if "caching" in slow and has_ttl else []
    return " and ".join(REMEDIES[key] for key in every or ["alias"])


BAD = """
# deployments: {only: {AWS::Region: eu-west-1}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 5m}, strategy: warm-standby}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_ELB_5XX_Count, Statistic: Sum, Period: 300, EvaluationPeriods: 2, Threshold: 10, ComparisonOperator: GreaterThanThreshold}}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CLOUDWATCH_METRIC, AlarmIdentifier: {Name: !Ref Down, Region: eu-west-1}}}}
  First: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [web-1.eu-west-1.elb.amazonaws.com], SetIdentifier: first, Region: eu-west-1, HealthCheckId: !Ref Check}}
  Second: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [web-1.eu-central-1.elb.amazonaws.com], SetIdentifier: second, Region: eu-central-1}}
---
# deployments: {only: {AWS::Region: eu-west-1}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 5m}, strategy: warm-standby}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: web-1.eu-west-1.elb.amazonaws.com, FailureThreshold: 9}}}
  First: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, AliasTarget: {DNSName: web-1.eu-west-1.elb.amazonaws.com, HostedZoneId: Z32O12XQLNTSW2}, SetIdentifier: first, Region: eu-west-1, HealthCheckId: !Ref Check}}
  Second: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, AliasTarget: {DNSName: web-1.eu-central-1.elb.amazonaws.com, HostedZoneId: Z215JYRZR1TBD5}, SetIdentifier: second, Region: eu-central-1}}
---
provider "aws" {
  region = "eu-west-1"
}

# awslint-memo: recovery[region.rto=30m]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-central-1"
  }
}

resource "aws_lb" "web" {}

resource "aws_route53_record" "web" {
  zone_id = "Z1"
  name    = "www.example.com"
  type    = "CNAME"
  ttl     = 3600
  records = [aws_lb.web.dns_name]
}
---
provider "aws" {
  region = "eu-west-1"
}

# awslint-memo: recovery[region.rto=1m]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-central-1"
  }
}

resource "aws_instance" "one" {}

resource "aws_globalaccelerator_endpoint_group" "one" {
  listener_arn          = "arn:aws:globalaccelerator::123456789012:accelerator/a/listener/b"
  endpoint_group_region = "eu-west-1"

  endpoint_configuration {
    endpoint_id = aws_instance.one.id
  }
}

resource "aws_globalaccelerator_endpoint_group" "other" {
  listener_arn          = "arn:aws:globalaccelerator::123456789012:accelerator/a/listener/b"
  endpoint_group_region = "eu-central-1"

  endpoint_configuration {
    endpoint_id = "i-0123456789abcdef0"
  }
}
"""

GOOD = """
# deployments: {only: {AWS::Region: eu-west-1}}
Parameters: {Seconds: {Type: Number}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 5m}, strategy: warm-standby}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: web-1.eu-west-1.elb.amazonaws.com, FailureThreshold: 8}}}
  First: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [web-1.eu-west-1.elb.amazonaws.com], SetIdentifier: first, Region: eu-west-1, HealthCheckId: !Ref Check}}
  Second: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [web-1.eu-central-1.elb.amazonaws.com], SetIdentifier: second, Region: eu-central-1}}
  Unknown: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: api.example.com, Type: CNAME, TTL: !Ref Seconds, ResourceRecords: [web-1.eu-west-1.elb.amazonaws.com]}}
---
provider "aws" {
  region = "eu-west-1"
}

# awslint-memo: recovery[region.rto=5m]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-central-1"
  }
}

resource "aws_route53_record" "elsewhere" {
  zone_id = "Z1"
  name    = "status.example.com"
  type    = "CNAME"
  ttl     = 3600
  records = ["status.example.net"]
}
"""
