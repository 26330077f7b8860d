"""A health check should be able to change.

Route 53 takes a check that is disabled for healthy, and a calculated one that needs 0 healthy children. One that needs
more children than it has is unhealthy, and an inverted one the other way round. The records that use such a check never
fail over, or are never used.

What to do: remove disabled; set HealthThreshold (Terraform: child_health_threshold) between 1 and the number of children.
"""

from awslint_memo import Findings, Resource, health_checks, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Route53::HealthCheck",
    memo="プライマリが利用できない場合にセカンダリにトラフィックを自動的にフェイルオーバーさせます",
    aws="Route53/latest/APIReference/API_HealthCheckConfig.html",
)
def check(health_check: Resource) -> Findings:
    disabled, inverted = health_check.terraform.disabled, health_checks.setting(health_check, "Inverted")
    usual, turned = ("unhealthy", "healthy") if inverted.flag is True else ("healthy", "unhealthy")
    if disabled.flag is True and health_checks.is_used(health_check):
        message = f"is true{disabled.note}, so Route 53 always takes what uses the check for {usual}"
        yield health_check.finding(disabled, message, of="disabled", do="remove it")
    threshold = health_checks.setting(health_check, "HealthThreshold")
    children = health_checks.setting(health_check, "ChildHealthChecks")
    if health_checks.setting(health_check, "Type").text != "CALCULATED":
        return
    if threshold.number == 0:
        yield health_check.finding(threshold, f"so the check is always {usual}", do="set it to at least 1")
    elif isinstance(children.plain, list) and threshold.above(len(children.items)):
        message = f"but the check has {len(children.items)} ChildHealthChecks, so it is always {turned}"
        yield health_check.finding(threshold, message, do=f"set it to at most {len(children.items)}")


BAD = """
Resources:
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CALCULATED, HealthThreshold: 0, ChildHealthChecks: [abc, def]}}}
---
Resources:
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CALCULATED, HealthThreshold: 3, ChildHealthChecks: [abc, def]}}}
---
Resources:
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CALCULATED, HealthThreshold: 0, Inverted: true, ChildHealthChecks: [abc, def]}}}
---
resource "aws_route53_health_check" "www" {
  type     = "HTTP"
  fqdn     = "first.example.com"
  disabled = true
}

resource "aws_route53_record" "www" {
  zone_id         = "Z1"
  name            = "www.example.com"
  type            = "A"
  health_check_id = aws_route53_health_check.www.id
}
---
resource "aws_route53_health_check" "www" {
  type     = "HTTP"
  fqdn     = "first.example.com"
  disabled = true
}

resource "aws_route53_health_check" "all" {
  type                   = "CALCULATED"
  child_health_threshold = 1
  child_healthchecks     = [aws_route53_health_check.www.id]
}
"""

GOOD = """
Parameters: {Threshold: {Type: Number}, Children: {Type: CommaDelimitedList}}
Resources:
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CALCULATED, HealthThreshold: 2, ChildHealthChecks: [abc, def]}}}
  Unknown: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CALCULATED, HealthThreshold: !Ref Threshold, ChildHealthChecks: [abc, def]}}}
  AnyChildren: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CALCULATED, HealthThreshold: 3, ChildHealthChecks: !Ref Children}}}
  Endpoint: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, HealthThreshold: 0, FullyQualifiedDomainName: www.example.com}}}
---
variable "disabled" {
  type = bool
}

resource "aws_route53_health_check" "unused" {
  type     = "HTTP"
  fqdn     = "first.example.com"
  disabled = true
}

resource "aws_route53_health_check" "www" {
  type     = "HTTP"
  fqdn     = "first.example.com"
  disabled = var.disabled
}

resource "aws_route53_record" "www" {
  zone_id         = "Z1"
  name            = "www.example.com"
  type            = "A"
  health_check_id = aws_route53_health_check.www.id
}
"""
