"""A listener should have a protocol of its load balancer and of the target groups behind it.

An Application Load Balancer has HTTP and HTTPS, a Network Load Balancer TCP, TLS, UDP and the like, and so have the target
groups of each. HTTPS and TLS need a certificate, and each rule of a listener a priority of its own. Elastic Load Balancing
refuses anything else.

What to do: change what the message names.
"""

from awslint_memo import Findings, Resource, load_balancers, rule, target_groups


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElasticLoadBalancingV2::Listener",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="elasticloadbalancing/latest/APIReference/API_CreateListener.html",
)
def check(listener: Resource) -> Findings:
    protocol, certificates = listener.get("Protocol"), listener.get("Certificates")
    layer = load_balancers.layer(protocol)
    balancer = listener.follow("LoadBalancerArn", load_balancers.BALANCER)
    if balancer is not None and layer is not None:
        kind = balancer.get("Type", default="application")
        if kind.is_one_of("application", "network") and kind.text != layer:
            message = f"but {balancer.title} is of type {kind.text}{kind.note}"
            do = f"set it to {'HTTPS or HTTP' if kind.text == 'application' else 'TCP or TLS'}"
            yield listener.finding(protocol, message, do=do, related=[(kind, "the load balancer")])
            return
    if protocol.is_one_of(*load_balancers.WITH_CERTIFICATE) and certificates.is_absent:
        yield listener.finding(certificates, f"but {protocol.text} needs one", do="name a certificate of ACM")
    for named in load_balancers.forwarded(listener):
        targets = listener.deployment.find(named, target_groups.TARGET_GROUP)
        other = None if targets is None else load_balancers.layer(targets.get("Protocol"))
        if targets is not None and None not in (layer, other) and layer != other:
            message = (
                f"names {targets.title}, which has {targets.get('Protocol').text}, but the listener has {protocol.text}"
            )
            related = [(targets.get("Protocol"), f"the protocol of {targets.title}")]
            yield listener.finding(named, message, of="DefaultActions", do="give both one protocol", related=related)


@check.on("AWS::ElasticLoadBalancingV2::ListenerRule")
def priority(listener_rule: Resource) -> Findings:
    other = load_balancers.same_priority(listener_rule)
    if other is not None:
        value = listener_rule.get("Priority")
        message, related = f"but {other.title} has it too", [(other.get("Priority"), f"that of {other.title}")]
        yield listener_rule.finding(value, message, do="give each rule of a listener another one", related=related)


BAD = """
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !ImportValue Balancer, Port: 443, Protocol: HTTPS, DefaultActions: [{Type: forward, TargetGroupArn: !ImportValue Targets}]}}
---
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Subnets: [a, b]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !ImportValue Targets}]}}
---
Resources:
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: TCP, VpcId: !ImportValue Vpc}}
  Web: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !ImportValue Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
---
Resources:
  A: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !ImportValue Listener, Priority: 1, Actions: [{Type: forward, TargetGroupArn: !ImportValue A}], Conditions: [{Field: path-pattern, Values: [/a]}]}}
  B: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !ImportValue Listener, Priority: "1", Actions: [{Type: forward, TargetGroupArn: !ImportValue B}], Conditions: [{Field: path-pattern, Values: [/b]}]}}
---
resource "aws_lb" "web" {
  subnets = ["a", "b"]
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "TLS"

  default_action {
    type             = "forward"
    target_group_arn = "t"
  }
}
---
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "v"
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = "b"
  port              = 80
  protocol          = "TCP"

  default_action {
    type = "forward"

    forward {
      target_group {
        arn = aws_lb_target_group.web.arn
      }
    }
  }
}
---
resource "aws_lb_listener" "web" {
  load_balancer_arn = "b"
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "t"
  }
}

resource "aws_lb_listener_rule" "a" {
  listener_arn = aws_lb_listener.web.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = "a"
  }
}

resource "aws_lb_listener_rule" "b" {
  listener_arn = aws_lb_listener.web.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = "b"
  }
}
"""

GOOD = """
Parameters: {Protocol: {Type: String}, Type: {Type: String}, Priority: {Type: Number}}
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Any: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: !Ref Type, Subnets: [a, b]}}
  Appliances: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: gateway, Subnets: [a]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 443, Protocol: HTTPS, Certificates: [{CertificateArn: !ImportValue Certificate}], DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Unknown: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: !Ref Protocol, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Network}]}}
  OnAny: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Any, Port: 80, Protocol: TCP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref AnyTargets}]}}
  Through: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Appliances, DefaultActions: [{Type: forward, TargetGroupArn: !ImportValue Appliances}]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: !ImportValue Vpc}}
  Network: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: TCP, VpcId: !ImportValue Vpc}}
  AnyTargets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: !Ref Protocol, VpcId: !ImportValue Vpc}}
  A: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Web, Priority: 1, Actions: [{Type: forward, TargetGroupArn: !Ref Targets}], Conditions: [{Field: path-pattern, Values: [/a]}]}}
  B: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Web, Priority: 2, Actions: [{Type: forward, TargetGroupArn: !Ref Targets}], Conditions: [{Field: path-pattern, Values: [/b]}]}}
  C: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref OnAny, Priority: 1, Actions: [{Type: forward, TargetGroupArn: !Ref Targets}], Conditions: [{Field: path-pattern, Values: [/c]}]}}
  D: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Web, Priority: !Ref Priority, Actions: [{Type: forward, TargetGroupArn: !Ref Targets}], Conditions: [{Field: path-pattern, Values: [/d]}]}}
  E: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Web, Priority: !Ref Priority, Actions: [{Type: forward, TargetGroupArn: !Ref Targets}], Conditions: [{Field: path-pattern, Values: [/e]}]}}
---
resource "aws_lb" "web" {
  load_balancer_type = "network"
  subnets            = ["a", "b"]
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "TLS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"

  default_action {
    type             = "forward"
    target_group_arn = "t"
  }
}
"""
