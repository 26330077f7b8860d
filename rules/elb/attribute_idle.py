"""A load balancer should have the attributes of its type.

The idle timeout, HTTP/2 and the treatment of headers are attributes of Application Load Balancers, the routing policy of
clients one of Network Load Balancers. Elastic Load Balancing refuses an attribute of another type; Terraform's provider does
not even send it, so that it has no effect. A Network Load Balancer writes access logs of connections by TLS only.

What to do: remove it. The idle timeout of a Network Load Balancer is tcp.idle_timeout.seconds of its listener (Terraform:
tcp_idle_timeout_seconds).
"""

from awslint_memo import Findings, Resource, load_balancers, origins, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElasticLoadBalancingV2::LoadBalancer",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html",
)
def check(balancer: Resource) -> Findings:
    kind = balancer.get("Type", default="application")
    if not kind.is_one_of("application", "network", "gateway"):
        return
    for attribute in balancer.get("LoadBalancerAttributes").items:
        key = attribute.get("Key")
        of = load_balancers.type_of_attribute(key.text or "")
        if of is not None and kind.text != of:
            message = f"but only load balancers of type {of} have it, so it is refused"
            yield balancer.finding(key, message, do="remove it", related=[(kind, "the type")])
    for name, (of, usual) in load_balancers.ARGUMENTS.items():
        value = getattr(balancer.terraform, name)
        if kind.text != of and value.text not in (None, usual):
            message = f"is {value.text}{value.note}, but only load balancers of type {of} have it, so it has no effect"
            yield balancer.finding(value, message, of=name, do="remove it", level="advice")
    if (logs := origins.idle_logs(balancer)) is not None:
        message = "writes no access logs, as none of its listeners ends TLS, and other connections are not logged"
        do = "use flow logs of the VPC, and switch these off"
        yield balancer.finding(logs, message, do=do, level="advice")


BAD = """
Resources:
  Partners: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Subnets: [a, b], LoadBalancerAttributes: [{Key: deletion_protection.enabled, Value: "true"}, {Key: idle_timeout.timeout_seconds, Value: "900"}]}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b], LoadBalancerAttributes: [{Key: dns_record.client_routing_policy, Value: availability_zone_affinity}]}}
---
resource "aws_lb" "partners" {
  load_balancer_type = "network"
  idle_timeout       = 900
}
---
resource "aws_lb" "ingest" {
  load_balancer_type = "network"

  access_logs {
    bucket  = "logs"
    enabled = true
  }
}

resource "aws_lb_listener" "syslog" {
  load_balancer_arn = aws_lb.ingest.arn
  port              = 514
  protocol          = "TCP"
}
---
Resources:
  Ingest: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Subnets: [a, b], LoadBalancerAttributes: [{Key: access_logs.s3.enabled, Value: "true"}, {Key: access_logs.s3.bucket, Value: logs}]}}
  Syslog: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Ingest, Port: 514, Protocol: UDP, DefaultActions: []}}
"""

GOOD = """
Parameters: {Type: {Type: String}}
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b], LoadBalancerAttributes: [{Key: idle_timeout.timeout_seconds, Value: "900"}, {Key: access_logs.s3.enabled, Value: "true"}]}}
  Any: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: !Ref Type, Subnets: [a, b], LoadBalancerAttributes: [{Key: idle_timeout.timeout_seconds, Value: "900"}]}}
---
resource "aws_lb" "web" {
  idle_timeout = 900
}

resource "aws_lb" "partners" {
  load_balancer_type         = "network"
  idle_timeout               = 60
  drop_invalid_header_fields = false

  access_logs {
    bucket  = "logs"
    enabled = true
  }
}

resource "aws_lb_listener" "partners" {
  load_balancer_arn = aws_lb.partners.arn
  port              = 443
  protocol          = "TLS"
}
---
variable "protocol" {}

resource "aws_lb" "any" {
  load_balancer_type = "network"

  access_logs {
    bucket  = "logs"
    enabled = true
  }
}

resource "aws_lb_listener" "any" {
  load_balancer_arn = aws_lb.any.arn
  port              = 443
  protocol          = var.protocol
}

resource "aws_lb" "idle" {
  load_balancer_type = "network"

  access_logs {
    bucket  = "logs"
    enabled = true
  }
}
"""
