"""A group that trusts its load balancer's health check should give new instances time to start.

With HealthCheckType ELB and a HealthCheckGracePeriod of 0, EC2 Auto Scaling replaces an instance as soon as the load
balancer finds that its application does not answer yet, so instances that start slowly are replaced again and again.

What to do: set HealthCheckGracePeriod (Terraform: health_check_grace_period) to the seconds that the application takes to
start, 300 for example. A group with a lifecycle hook for launches is not checked.
"""

from awslint_memo import Findings, Resource, autoscaling, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html",
    fix="unsafe",
)
def check(group: Resource) -> Findings:
    kind, grace = group.get("HealthCheckType"), group.get("HealthCheckGracePeriod", default=0)
    is_trusted = "ELB" in (kind.text or "").upper() and any(front.check == "ELB" for front in autoscaling.fronts(group))
    if is_trusted and grace.number == 0 and not autoscaling.may_have_launch_hook(group):
        yield group.finding(
            grace,
            "so instances that do not answer the load balancer at once are replaced while they start",
            unit="s",
            do="set it to the time that the application takes to start, 300 for example",
            related=[(kind, "the health check")],
            fix=group.set("HealthCheckGracePeriod", 300, unsafe="replaces failed instances later"),
        )


BAD = """
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: 2
      MaxSize: 4
      HealthCheckType: ELB
      LoadBalancerNames: [web]
---
resource "aws_autoscaling_group" "web" {
  min_size                  = 2
  max_size                  = 4
  health_check_type         = "ELB"
  health_check_grace_period = 0
  load_balancers            = ["web"]
}

resource "aws_autoscaling_lifecycle_hook" "last" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_TERMINATING"
}
"""

GOOD = """
Parameters: {Grace: {Type: Number}}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: ELB, HealthCheckGracePeriod: 60, LoadBalancerNames: [web]}}
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: ELB, HealthCheckGracePeriod: !Ref Grace, LoadBalancerNames: [web]}}
  ByInstances: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: EC2, LoadBalancerNames: [web]}}
  WithoutFront: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: ELB}}
  Hooked:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: 2
      MaxSize: 4
      HealthCheckType: ELB
      LoadBalancerNames: [web]
      LifecycleHookSpecificationList: [{LifecycleHookName: ready, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING"}]
---
resource "aws_autoscaling_group" "by_default_300" {
  min_size          = 2
  max_size          = 4
  health_check_type = "ELB"
  load_balancers    = ["web"]
}

resource "aws_autoscaling_group" "hooked" {
  min_size                  = 2
  max_size                  = 4
  health_check_type         = "ELB"
  health_check_grace_period = 0
  load_balancers            = ["web"]
}

resource "aws_autoscaling_lifecycle_hook" "ready" {
  autoscaling_group_name = aws_autoscaling_group.hooked.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
}
"""

FIXED = """
       HealthCheckType: ELB
+      HealthCheckGracePeriod: 300
       LoadBalancerNames: [web]
---
-  health_check_grace_period = 0
+  health_check_grace_period = 300
"""
