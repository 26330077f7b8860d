"""Health checks of a target group should have numbers that Elastic Load Balancing accepts.

Targets are checked every 5 to 300 s, with 2 to 120 s for an answer, and are healthy or not after 2 to 10 checks. A target
group with a number outside of its range is refused when it is deployed.

What to do: set the number to one within the range that the message names.
"""

from awslint_memo import Findings, Resource, number_limits, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElasticLoadBalancingV2::TargetGroup",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
)
def check(targets: Resource) -> Findings:
    return number_limits.refused(targets)


BAD = """
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {VpcId: v, Port: 80, Protocol: HTTP, UnhealthyThresholdCount: 1}}
---
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"

  health_check {
    healthy_threshold = 11
  }
}
"""

GOOD = """
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {VpcId: v, Port: 80, Protocol: HTTP, HealthyThresholdCount: 2, UnhealthyThresholdCount: 10, HealthCheckIntervalSeconds: 300}
---
variable "unhealthy" {}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"

  health_check {
    interval            = 5
    timeout             = 2
    unhealthy_threshold = var.unhealthy
  }
}
"""
