"""A health check should be used: by a record, by another check, or by an alarm.

A health check changes nothing by itself. Where no record, no calculated health check and no endpoint has its id, Route 53
answers as if it did not exist; where no alarm watches its metric HealthCheckStatus, nobody learns that it fails. It is paid for all
the same.

What to do: set HealthCheckId of the records that lead to what it checks, or add an alarm in us-east-1 on HealthCheckStatus of
AWS/Route53 with the dimension HealthCheckId. A health check that the stack exports or puts out is not judged.
"""

from awslint_memo import Findings, Resource, mentions, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Route53::HealthCheck",
    memo="プライマリが利用できない場合にセカンダリにトラフィックを自動的にフェイルオーバーさせます",
    aws="Route53/latest/DeveloperGuide/dns-failover.html",
)
def check(health_check: Resource) -> Findings:
    if mentions.mentioning(health_check) or health_check.is_open or health_check.is_exposed():
        return
    yield health_check.finding(
        health_check,
        "is used by no record, health check or alarm, so nothing follows when it fails",
        do="name it in a record, or let an alarm watch it",
    )


BAD = """
Resources:
  Site: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: www.example.com}}}
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [web.example.com]}}
---
resource "aws_route53_health_check" "site" {
  fqdn = "www.example.com"
  port = 443
  type = "HTTPS"
}
"""

GOOD = """
Resources:
  OfRecord: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: a.example.com}}}
  Www: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: CNAME, TTL: "60", ResourceRecords: [a.example.com], HealthCheckId: !Ref OfRecord}}
  OfAlarm: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: b.example.com}}}
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Route53, MetricName: HealthCheckStatus, Dimensions: [{Name: HealthCheckId, Value: !Ref OfAlarm}], Statistic: Minimum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: LessThanThreshold, AlarmActions: [!ImportValue topic]}}
  # Another stack may use it.
  Shown: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: c.example.com}}}
Outputs:
  Check: {Value: !GetAtt Shown.HealthCheckId}
---
Transform: Adds
Resources:
  Unknown: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: www.example.com}}}
---
resource "aws_route53_health_check" "site" {
  fqdn = "www.example.com"
  port = 443
  type = "HTTPS"
}

resource "aws_route53recoverycontrolconfig_safety_rule" "site" {
  asserted_controls = [aws_route53_health_check.site.id]
}
"""
