"""A failover record should notice a failure soon.

Route 53 needs FailureThreshold failed checks in a row, RequestInterval apart, and resolvers keep the old answer for the
TTL of the record: with the defaults and a TTL of 60 s, about 150 s pass. A declared RTO for the loss of the Region may be
shorter than that.

What to do: set RequestInterval to 10 (Terraform: request_interval), which replaces the check, or a shorter TTL.
"""

from awslint_memo import Findings, Resource, durations, health_checks, rule, strategies


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Route53::HealthCheck",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="Route53/latest/APIReference/API_HealthCheckConfig.html",
)
def check(health_check: Resource, *, seconds: int = 90) -> Findings:
    noticed = health_checks.detection(health_check)
    records = [record for record in health_checks.users(health_check) if record.get("Failover").text == "PRIMARY"]
    if noticed is None or not records:
        return
    longest = max(records, key=lambda record: record.get("TTL").number or 0)
    ttl = longest.get("TTL").number or 0
    objective = strategies.region_rto(health_check)
    is_above_rto = objective is not None and noticed + ttl > objective[0]
    if noticed + ttl <= seconds and not is_above_rto:
        return
    interval = health_checks.setting(health_check, "RequestInterval", health_checks.DEFAULT_INTERVAL)
    failures = health_checks.setting(health_check, "FailureThreshold", health_checks.DEFAULT_FAILURES)
    message = f"but with FailureThreshold {failures.number:g}{failures.note} and a TTL of {ttl:g} s"
    message += f" the record {longest.label} fails over after about {noticed + ttl:g} s"
    if objective is not None and is_above_rto:
        message += f", more than the RTO of {durations.compact(objective[0])} ({objective[1]})"
    is_fast = interval.number == health_checks.FAST_INTERVAL
    do = "set fewer failures or a shorter TTL" if is_fast else f"set it to {health_checks.FAST_INTERVAL}"
    related = [(longest.get("TTL"), "the record's TTL")]
    yield health_check.finding(
        interval, message, unit="s", do=do, level="warning" if is_above_rto else None, related=related
    )


BAD = """
Resources:
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: first.example.com}}}
  First: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref Check}}
---
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql}
    Metadata: {awslint-memo: {recovery: {region: {rto: 1m}}}}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: first.example.com, RequestInterval: 10}}}
  First: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref Check}}
---
resource "aws_route53_health_check" "www" {
  type              = "HTTP"
  fqdn              = "first.example.com"
  request_interval  = 10
  failure_threshold = 5
}

resource "aws_route53_record" "one" {
  zone_id         = "Z1"
  name            = "www.example.com"
  type            = "A"
  ttl             = 300
  records         = ["192.0.2.1"]
  set_identifier  = "one"
  health_check_id = aws_route53_health_check.www.id

  failover_routing_policy {
    type = "PRIMARY"
  }
}
"""

GOOD = """
Parameters: {Interval: {Type: Number}}
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql}
    Metadata: {awslint-memo: {recovery: {region: {rto: 90s}}}}
  Fast: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: first.example.com, RequestInterval: 10}}}
  First: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref Fast}}
  Unknown: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: first.example.com, RequestInterval: !Ref Interval}}}
  Second: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: api.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref Unknown}}
  Alarm: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CLOUDWATCH_METRIC, AlarmIdentifier: {Name: down, Region: eu-west-1}}}}
  Third: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: shop.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref Alarm}}
  Slow: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: first.example.com}}}
  Weighted: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: all.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Weight: 1, HealthCheckId: !Ref Slow}}
---
resource "aws_route53_health_check" "www" {
  type             = "HTTP"
  fqdn             = "first.example.com"
  request_interval = "30"
}

resource "aws_lb" "web" {}

resource "aws_route53_record" "one" {
  zone_id         = "Z1"
  name            = "www.example.com"
  type            = "A"
  set_identifier  = "one"
  health_check_id = aws_route53_health_check.www.id

  failover_routing_policy {
    type = "PRIMARY"
  }

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = true
  }
}
"""
