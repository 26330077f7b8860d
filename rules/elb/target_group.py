"""A target group should have settings of its protocol and its targets.

Instances and addresses need a port, a protocol and a VPC. Targets of the type alb, which are Application Load Balancers behind
a Network Load Balancer, have a protocol of the latter, such as TCP, and are checked by HTTP. A health check by TCP, which is
the default of its other targets, has no path and no matcher, and cookies make only HTTP requests stick to a target. Functions
have no delay of deregistration, no slow start and no cookies. Only round robin starts targets slowly. Elastic Load Balancing refuses a target group with anything else. While stickiness is off, which is the default in CloudFormation, its
duration and its cookie have no effect; that is advice.

What to do: change or remove what the message names.
"""

from awslint_memo import Findings, Resource, load_balancers, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElasticLoadBalancingV2::TargetGroup",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
)
def check(targets: Resource) -> Findings:
    kind, protocol = targets.get("TargetType", default="instance"), targets.get("Protocol")
    layer = load_balancers.layer(protocol)
    for name in ("Port", "Protocol", "VpcId") if kind.is_one_of("instance", "ip") else ():
        if targets.get(name).is_absent:
            message = f"but targets of type {kind.text}{kind.note} need it"
            yield targets.finding(targets.get(name), message, do="add it")
    if kind.text == "alb" and layer == "application":
        yield targets.finding(protocol, "but targets of type alb have TCP", do="set it to TCP")
    yield from sticky(targets, layer)
    yield from idle(targets)
    slowly = load_balancers.started_slowly(targets)
    if slowly is not None:
        algorithm, slow = slowly
        message = f"is {algorithm.text}{algorithm.note}, with which no target starts slowly, so slow_start is refused"
        do, related = "set it to round_robin, or slow_start to 0", [(slow, "the slow start")]
        yield targets.finding(algorithm, message, of="load_balancing.algorithm.type", do=do, related=related)
    # Load balancers as targets are checked by HTTP unless something else is written.
    if kind.is_one_of("instance", "ip"):
        yield from checked(targets, layer)


def idle(targets: Resource) -> Findings:
    for name, value, note in load_balancers.idle_stickiness(targets):
        message, do = f"but stickiness.enabled is false{note}, so it has no effect", "set stickiness.enabled to true"
        yield targets.finding(value, message, of=name, do=f"{do}, or remove it", level="advice")


def checked(targets: Resource, layer: str | None) -> Findings:
    protocol = targets.get("HealthCheckProtocol")
    # Terraform's provider writes HTTP if the block of the check is there.
    is_default = protocol.is_absent and targets.language != "terraform"
    for name in ("HealthCheckPath", "Matcher") if layer == "network" and (is_default or protocol.text == "TCP") else ():
        value = targets.get(name)
        if value.is_known:
            message = f"is written, but the health check uses TCP{' (default)' if is_default else ''}, which has none"
            do = "remove it, or set HealthCheckProtocol to HTTP"
            yield targets.finding(value, message, of=name, do=do)


def sticky(targets: Resource, layer: str | None) -> Findings:
    for attribute in targets.get("TargetGroupAttributes").items:
        key = attribute.get("Key")
        if key.text is not None and (why := load_balancers.unfit(key.text, targets)) is not None:
            yield targets.finding(key, f"but {why}, so it is refused", of="TargetGroupAttributes", do="remove it")
    for value in load_balancers.sticky_kinds(targets):
        of = load_balancers.STICKY.get(value.text or "")
        if of is not None and layer is not None and (of == "HTTP") != (layer == "application"):
            do, protocol = (
                "set it to lb_cookie" if layer == "application" else "set it to source_ip",
                targets.get("Protocol"),
            )
            message, related = f"but Protocol is {protocol.text}, which does not have it", [(protocol, "the protocol")]
            yield targets.finding(value, message, of="stickiness.type", do=do, related=related)


BAD = """
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: slow_start.duration_seconds, Value: "60"}, {Key: load_balancing.algorithm.type, Value: least_outstanding_requests}]}}
---
resource "aws_lb_target_group" "web" {
  port                          = 80
  protocol                      = "HTTP"
  vpc_id                        = "vpc-1"
  slow_start                    = 60
  load_balancing_algorithm_type = "weighted_random"
}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: ip, Port: 80, Protocol: HTTP}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, VpcId: !ImportValue Vpc}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: alb, Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: TCP, VpcId: !ImportValue Vpc, HealthCheckPath: /health}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: TCP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: stickiness.type, Value: lb_cookie}]}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTPS, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: stickiness.type, Value: source_ip}]}}
---
resource "aws_lb_target_group" "web" {
  port        = 443
  protocol    = "TLS"
  target_type = "ip"
  vpc_id      = "v"

  health_check {
    protocol = "TCP"
    matcher  = "200"
  }
}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: stickiness.enabled, Value: "false"}, {Key: stickiness.lb_cookie.duration_seconds, Value: "3600"}]}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: stickiness.app_cookie.cookie_name, Value: session}]}}
---
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "v"

  stickiness {
    enabled         = false
    type            = "lb_cookie"
    cookie_duration = 3600
  }
}
---
Resources:
  Quote: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda, TargetGroupAttributes: [{Key: deregistration_delay.timeout_seconds, Value: "30"}]}}
---
Resources:
  Quote: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: TCP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: slow_start.duration_seconds, Value: "30"}]}}
---
Resources:
  Quote: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: lambda.multi_value_headers.enabled, Value: "true"}]}}
---
resource "aws_lb_target_group" "portal" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-1"

  stickiness {
    type = "source_ip"
  }
}
"""

GOOD = """
Parameters: {Algorithm: {Type: String}, Slow: {Type: Number}}
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetGroupAttributes: [{Key: slow_start.duration_seconds, Value: "60"}, {Key: load_balancing.algorithm.type, Value: !Ref Algorithm}]}}
  Round: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetGroupAttributes: [{Key: slow_start.duration_seconds, Value: "60"}, {Key: load_balancing.algorithm.type, Value: round_robin}]}}
  Least: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetGroupAttributes: [{Key: slow_start.duration_seconds, Value: !Ref Slow}, {Key: load_balancing.algorithm.type, Value: least_outstanding_requests}]}}
  AtOnce: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetGroupAttributes: [{Key: slow_start.duration_seconds, Value: "0"}, {Key: load_balancing.algorithm.type, Value: least_outstanding_requests}]}}
---
Parameters: {Protocol: {Type: String}, Type: {Type: String}}
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: ip, Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, HealthCheckPath: /health, Matcher: {HttpCode: "200"}, TargetGroupAttributes: [{Key: stickiness.type, Value: lb_cookie}, {Key: deregistration_delay.timeout_seconds, Value: "30"}]}}
  Function: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda}}
  Behind: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: alb, Port: 443, Protocol: TCP, VpcId: !ImportValue Vpc, HealthCheckProtocol: HTTPS, HealthCheckPath: /health}}
  BehindByDefault: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: alb, Port: 443, Protocol: TCP, VpcId: !ImportValue Vpc, HealthCheckPath: /health, Matcher: {HttpCode: "200"}}}
  OfAnyTargets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: !Ref Type, Port: 443, Protocol: TCP, VpcId: !ImportValue Vpc, HealthCheckPath: /health}}
  Network: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: TCP, VpcId: !ImportValue Vpc, HealthCheckProtocol: TCP, TargetGroupAttributes: [{Key: stickiness.type, Value: source_ip}, {Key: stickiness.type, Value: !Ref Type}, {Key: !Ref Type, Value: lb_cookie}]}}
  Appliance: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 6081, Protocol: GENEVE, VpcId: !ImportValue Vpc, HealthCheckProtocol: TCP, TargetGroupAttributes: [{Key: stickiness.type, Value: lb_cookie}]}}
  AnyCheck: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: TCP, VpcId: !ImportValue Vpc, HealthCheckProtocol: !Ref Protocol, HealthCheckPath: /}}
  Unknown: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: !Ref Protocol, VpcId: !ImportValue Vpc, HealthCheckProtocol: !Ref Protocol, HealthCheckPath: /}}
  Plain: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, HealthCheckPath: /health}}
  Sticky: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: stickiness.enabled, Value: "true"}, {Key: stickiness.lb_cookie.duration_seconds, Value: "3600"}]}}
  AnySwitch: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: stickiness.enabled, Value: !Ref Type}, {Key: stickiness.lb_cookie.duration_seconds, Value: "3600"}]}}
  AnyKey: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: !Ref Type, Value: "true"}, {Key: stickiness.lb_cookie.duration_seconds, Value: "3600"}]}}
  AnyType: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: !Ref Type}}
---
resource "aws_lb_target_group" "web" {
  port        = 443
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = "v"

  health_check {
    protocol = "HTTPS"
    matcher  = "200"
  }
}
---
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "TCP"
  vpc_id   = "v"

  health_check {
    path = "/health"
  }
}

resource "aws_lb_target_group" "sticky" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "v"

  stickiness {
    type            = "lb_cookie"
    cookie_duration = 3600
  }
}

resource "aws_lb_target_group" "loose" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "v"

  stickiness {
    enabled         = false
    type            = "lb_cookie"
    cookie_duration = 86400
  }
}

resource "aws_lb_target_group" "mail" {
  port     = 25
  protocol = "TCP"
  vpc_id   = "v"

  health_check {
    protocol = "TCP"
    path     = ""
    matcher  = ""
  }
}
---
Parameters: {Kind: {Type: String}, Key: {Type: String}}
Resources:
  Function: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda, TargetGroupAttributes: [{Key: lambda.multi_value_headers.enabled, Value: "true"}, {Key: !Ref Key, Value: "1"}]}}
  AnyKind: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: !Ref Kind, Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: lambda.multi_value_headers.enabled, Value: "true"}, {Key: deregistration_delay.timeout_seconds, Value: "30"}]}}
  Slow: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: slow_start.duration_seconds, Value: "30"}, {Key: load_balancing.cross_zone.enabled, Value: "true"}]}}
  Proxied: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: TCP, VpcId: !ImportValue Vpc, TargetGroupAttributes: [{Key: proxy_protocol_v2.enabled, Value: "true"}, {Key: preserve_client_ip.enabled, Value: "true"}]}}
---
# The provider takes another type while stickiness is off.
resource "aws_lb_target_group" "network" {
  port     = 8883
  protocol = "TCP"
  vpc_id   = "vpc-1"

  stickiness {
    enabled = false
    type    = "lb_cookie"
  }
}

resource "aws_lb_target_group" "mqtt" {
  port     = 8883
  protocol = "TCP"
  vpc_id   = "vpc-1"

  stickiness {
    type = "source_ip"
  }
}
"""
