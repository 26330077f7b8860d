"""A health check should not ask for the name of the records that it decides about.

Without IPAddress, Route 53 looks the name of FullyQualifiedDomainName up and checks the address that it gets. If that is
the name of the records that use the check, the answer follows from its own verdict: after the failover it checks the
secondary, finds it healthy, and turns back to the failed primary. AWS calls the results unpredictable.

What to do: set FullyQualifiedDomainName (Terraform: fqdn) to a name of the server itself, with another record.
"""

from awslint_memo import Findings, Resource, health_checks, route53, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Route53::HealthCheck",
    memo="プライマリが利用できない場合にセカンダリにトラフィックを自動的にフェイルオーバーさせます",
    aws="Route53/latest/APIReference/API_HealthCheckConfig.html",
)
def check(health_check: Resource) -> Findings:
    its = [record for record in health_checks.users(health_check) if health_checks.is_named_by(health_check, record)]
    policies = {record: route53.records.policy(record) for record in its}
    for policy in ("failover", "weighted", "latency"):
        decided = [record for record in its if policies[record] == policy]
        if decided:
            name = health_checks.setting(health_check, "FullyQualifiedDomainName")
            message = f"but that is the name of the {policy} record {decided[0].label}, which uses this check"
            message += ", so it checks whichever record answers"
            do = "set it to a name of the server itself"
            related = [(record.get("Name"), "the record") for record in decided]
            is_error = policy == "failover"
            yield health_check.finding(name, message, do=do, level=None if is_error else "warning", related=related)
            return


BAD = """
Resources:
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: WWW.example.com.}}}
  First: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref Check}}
  Second: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.2], SetIdentifier: second, Failover: SECONDARY}}
---
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_health_check" "www" {
  type = "HTTP"
  fqdn = "www.example.com"
}

resource "aws_route53_record" "one" {
  zone_id         = aws_route53_zone.main.zone_id
  name            = "www"
  type            = "A"
  ttl             = 60
  records         = ["192.0.2.1"]
  set_identifier  = "one"
  health_check_id = aws_route53_health_check.www.id

  weighted_routing_policy {
    weight = 10
  }
}
---
resource "aws_route53_health_check" "www" {
  type = "HTTP"
  fqdn = "www.example.com"
}

resource "aws_route53_record" "one" {
  zone_id         = "Z1"
  name            = "www.example.com"
  type            = "A"
  ttl             = 60
  records         = ["192.0.2.1"]
  set_identifier  = "one"
  health_check_id = aws_route53_health_check.www.id

  failover_routing_policy {
    type = "PRIMARY"
  }
}
---
Resources:
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: TCP, Port: 443, FullyQualifiedDomainName: www.example.com}}}
  Here: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: here, Region: eu-west-1, HealthCheckId: !Ref Check}}
"""

GOOD = """
Parameters: {Domain: {Type: String}, Server: {Type: String}}
Resources:
  Address: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: www.example.com, IPAddress: 192.0.2.1}}}
  ByAddress: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: www.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref Address}}
  Server: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: first.example.com}}}
  ByServer: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: api.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref Server}}
  Unknown: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: !Ref Server}}}
  ByUnknown: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: !Ref Domain, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref Unknown}}
  All: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CALCULATED, HealthThreshold: 1, ChildHealthChecks: [!Ref Server]}}}
  ByAll: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: all.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, Failover: PRIMARY, HealthCheckId: !Ref All}}
  Plain: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: plain.example.com}}}
  Multivalue: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneName: example.com., Name: plain.example.com, Type: A, TTL: "60", ResourceRecords: [192.0.2.1], SetIdentifier: first, MultiValueAnswer: true, HealthCheckId: !Ref Plain}}
---
resource "aws_route53_health_check" "www" {
  type       = "HTTP"
  fqdn       = "www.example.com"
  ip_address = "192.0.2.1"
}

resource "aws_route53_record" "one" {
  zone_id         = "Z1"
  name            = "www.example.com"
  type            = "A"
  ttl             = 60
  records         = ["192.0.2.1"]
  set_identifier  = "one"
  health_check_id = aws_route53_health_check.www.id

  failover_routing_policy {
    type = "PRIMARY"
  }
}
"""
