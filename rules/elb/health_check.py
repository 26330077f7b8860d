"""The health check of a target group should be one that Elastic Load Balancing takes.

A check must be over before the next one begins: an Application Load Balancer wants a timeout below the interval, a Network
Load Balancer none above it. Targets that speak HTTP are checked by HTTP or HTTPS, only Network Load Balancers check by TCP,
and checks of instances and addresses can't be turned off. Elastic Load Balancing refuses anything else.

What to do: set HealthCheckTimeoutSeconds (Terraform: health_check.timeout) below HealthCheckIntervalSeconds (interval), and
HealthCheckProtocol to HTTP or HTTPS.
"""

from awslint_memo import Findings, Resource, rule, target_groups


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElasticLoadBalancingV2::TargetGroup",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
)
def check(group: Resource) -> Findings:
    times = target_groups.times(group)
    if times is not None and times.are_refused:
        interval, timeout = times.interval, times.timeout
        is_default = timeout.note == " (default)"
        place, other, name = (interval, timeout, TIMEOUT) if is_default else (timeout, interval, INTERVAL)
        above = "must be above it" if times.least else "must not be below it"
        wants = f"and the interval {above}" if is_default else f"which {above}"
        message = f"but {name} is {other.number:g} s{other.note}, {wants}, so Elastic Load Balancing refuses the group"
        do = f"set {TIMEOUT if is_default else 'it'} below {interval.number:g}"
        yield group.finding(place, message, unit="s", do=do, related=[(other, name)])
    checked = group.get("HealthCheckProtocol")
    if (why := target_groups.refused_protocol(group)) is not None:
        yield group.finding(checked, f"{why}, so Elastic Load Balancing refuses the group", do="set it to HTTP")
    switch, kind = group.get("HealthCheckEnabled"), group.get("TargetType", default="instance")
    if switch.flag is False and kind.text in target_groups.ALWAYS_CHECKED:
        message = f"but the targets are of the type {kind.text}{kind.note}, whose health is always checked"
        yield group.finding(switch, message, do="remove it", related=[(kind, "the type of the targets")])


INTERVAL, TIMEOUT = "HealthCheckIntervalSeconds", "HealthCheckTimeoutSeconds"


BAD = """
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 20}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 443, Protocol: HTTPS, TargetType: ip, VpcId: v, HealthCheckTimeoutSeconds: 30}}
---
Resources:
  # The default timeout is as long.
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, HealthCheckIntervalSeconds: 5}}
---
Resources:
  Mail: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 25, Protocol: TCP, VpcId: v, HealthCheckIntervalSeconds: 5}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, HealthCheckProtocol: TCP}}
---
Resources:
  Names: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 53, Protocol: UDP, VpcId: v, HealthCheckProtocol: UDP}}
---
Resources:
  Mail: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 25, Protocol: TCP, VpcId: v, HealthCheckEnabled: false}}
---
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "v"

  health_check {
    interval = 15
    timeout  = 15
  }
}
---
resource "aws_lb_target_group" "mail" {
  port     = 25
  protocol = "TCP"
  vpc_id   = "v"

  health_check {
    enabled  = false
    protocol = "TCP"
  }
}
"""

GOOD = """
Parameters: {Seconds: {Type: Number}, Protocol: {Type: String}, Kind: {Type: String}}
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, HealthCheckIntervalSeconds: 6}}
  Slow: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, HealthCheckIntervalSeconds: 121, HealthCheckTimeoutSeconds: 120}}
  Mail: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 25, Protocol: TCP, VpcId: v, HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 10}}
  ByHttp: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 25, Protocol: TCP, VpcId: v, HealthCheckProtocol: HTTP, HealthCheckIntervalSeconds: 6}}
  AnyInterval: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v, HealthCheckIntervalSeconds: !Ref Seconds, HealthCheckTimeoutSeconds: 60}}
  AnyProtocol: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: !Ref Protocol, VpcId: v, HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 60, HealthCheckProtocol: TCP}}
  AnyKind: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: !Ref Kind, HealthCheckEnabled: false}}
  Function: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda, HealthCheckEnabled: false}}
---
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "v"

  health_check {
    interval = 15
    timeout  = 14
  }
}

# The provider writes HTTP here.
resource "aws_lb_target_group" "mail" {
  port     = 25
  protocol = "TCP"
  vpc_id   = "v"

  health_check {
    interval = 8
  }
}
"""
