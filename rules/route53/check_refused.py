"""Route 53 should accept a health check.

A check of an endpoint names an IP address or a domain, one that searches the body the text, one of an alarm the alarm, and
one of a routing control its ARN. Checkers ask each 10 or 30 s, from three Regions at least, and 1 to 10
answers in a row change its state.

What to do: add the property that the message names, or leave Regions out, so that checkers of all Regions ask.
"""

from awslint_memo import Findings, Resource, health_checks, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Route53::HealthCheck",
    memo="プライマリが利用できない場合にセカンダリにトラフィックを自動的にフェイルオーバーさせます",
    aws="Route53/latest/APIReference/API_HealthCheckConfig.html",
)
def check(checked: Resource) -> Findings:
    kind, interval = health_checks.setting(checked, "Type"), health_checks.setting(checked, "RequestInterval")
    needed = health_checks.NEEDS.get(kind.text or "")
    if needed is not None and health_checks.setting(checked, needed).is_absent:
        yield checked.finding(kind, f"but Route 53 refuses it without {needed}", do=f"set {needed}")
    endpoint = [health_checks.setting(checked, name) for name in ("IPAddress", "FullyQualifiedDomainName")]
    if kind.text in health_checks.ENDPOINTS and all(value.is_absent for value in endpoint):
        message = "but neither IPAddress nor FullyQualifiedDomainName says what is checked, so Route 53 refuses it"
        yield checked.finding(kind, message, do="set one of them")
    searched = health_checks.setting(checked, "SearchString")
    if searched.text and kind.is_one_of("HTTP", "HTTPS", "TCP"):
        message = f"but Route 53 refuses it with {kind.text}, which searches no body"
        yield checked.finding(
            searched, message, do="remove it, or set Type to HTTPS_STR_MATCH", related=[(kind, "Type")]
        )
    if interval.number is not None and interval.number not in (
        health_checks.FAST_INTERVAL,
        health_checks.DEFAULT_INTERVAL,
    ):
        yield checked.finding(interval, "but Route 53 accepts 10 or 30 s", unit="s", do="set it to 10")
    failures = health_checks.setting(checked, "FailureThreshold")
    if failures.below(1) or failures.above(health_checks.MOST_FAILURES):
        message = f"but Route 53 accepts 1 to {health_checks.MOST_FAILURES}"
        yield checked.finding(failures, message, do=f"set it to {health_checks.DEFAULT_FAILURES}")
    regions = health_checks.setting(checked, "Regions")
    if 0 < len(regions.items) < health_checks.FEWEST_REGIONS and not any(region.is_unknown for region in regions.items):
        message = f"has {len(regions.items)} Regions, but Route 53 accepts {health_checks.FEWEST_REGIONS} at least"
        yield checked.finding(regions, message, do="add others, or leave Regions out")


BAD = """
Resources:
  Body: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS_STR_MATCH, FullyQualifiedDomainName: www.example.com}}}
---
Resources:
  Body: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: www.example.com, SearchString: ok}}}
---
Resources:
  Few: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: www.example.com, Regions: [eu-west-1, us-east-1]}}}
---
Resources:
  One: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: www.example.com, Regions: [eu-west-1]}}}
---
Resources:
  Nothing: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, ResourcePath: /health}}}
---
Resources:
  Slow: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: TCP, IPAddress: 192.0.2.1, Port: 443, RequestInterval: 20}}}
---
resource "aws_route53_health_check" "control" {
  type = "RECOVERY_CONTROL"
}
---
Resources:
  Patient: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: TCP, IPAddress: 192.0.2.1, Port: 443, FailureThreshold: 11}}}
---
resource "aws_route53_health_check" "web" {
  type              = "HTTPS"
  fqdn              = "www.example.com"
  failure_threshold = 0
}
"""

GOOD = """
Parameters: {Kind: {Type: String}, Region: {Type: String}, Name: {Type: String}}
Resources:
  Body: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS_STR_MATCH, FullyQualifiedDomainName: www.example.com, SearchString: ok, RequestInterval: 30}}}
  Unknown: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: !Ref Kind, SearchString: ok}}}
  AnyName: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: !Ref Name, Regions: [eu-west-1, !Ref Region]}}}
  Control: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: RECOVERY_CONTROL, RoutingControlArn: !Ref Name}}}
  All: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CALCULATED, HealthThreshold: 1, ChildHealthChecks: [!Ref Body]}}}
---
variable "alarm" {}

resource "aws_route53_health_check" "alarm" {
  type                    = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name   = var.alarm
  cloudwatch_alarm_region = "eu-west-1"
}

resource "aws_route53_health_check" "site" {
  type              = "HTTPS"
  fqdn              = "www.example.com"
  port              = 443
  request_interval  = 10
  failure_threshold = 3
  regions           = ["eu-west-1", "us-east-1", "ap-northeast-1"]
}
---
Parameters: {Failures: {Type: Number}}
Resources:
  Patient: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: TCP, IPAddress: 192.0.2.1, Port: 443, FailureThreshold: 10}}}
  Unknown: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: TCP, IPAddress: 192.0.2.1, Port: 443, FailureThreshold: !Ref Failures}}}
"""
