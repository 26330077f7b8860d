"""An Auto Scaling group should replace the instances that its load balancer finds ill.

By default only EC2's own checks count. An instance whose program hangs still runs: the load balancer stops sending it
requests, nobody replaces it, and the group goes on with one instance less than it thinks.

What to do: set HealthCheckType to ELB (Terraform: health_check_type), or to VPC_LATTICE behind a VPC Lattice target
group, with a HealthCheckGracePeriod that covers the start of the program. Several types stand in one text: "ELB,EBS".
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, groups, rule


@rule(
    "autoscaling-health-check",
    level="warning",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="autoscaling/ec2/userguide/health-checks-overview.html",
)
def check(group: Resource) -> Iterator[Finding]:
    kind = group.get("HealthCheckType", default="EC2")
    if kind.text is None:
        return
    checks = {word.strip().upper() for word in kind.text.split(",")}
    missing = {front.check: front for front in groups.fronts(group) if front.check not in checks}
    for check_, front in missing.items():
        named = next((link.resource for link in front.place.mentions()), None)
        kind_of = "a load balancer" if check_ == "ELB" else "VPC Lattice"
        yield group.finding(
            kind,
            f"stands behind {kind_of}{f' ({named})' if named else ''}, but replaces only what {kind.text} finds ill; "
            f"add {check_} to HealthCheckType",
            related=[(front.place, "what sends it requests")],
        )


BAD = """
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, TargetGroupARNs: [!Ref Targets]}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
---
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: "ELB,EBS", TrafficSources: [{Identifier: !ImportValue Service, Type: vpc-lattice}]}
---
resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 4
  health_check_type = "EC2"
}

resource "aws_autoscaling_attachment" "web" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  elb                    = "web"
}
---
resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 4
  target_group_arns = [aws_lb_target_group.web.arn]
}

resource "aws_lb_target_group" "web" {
  name = "web"
}
"""

GOOD = """
Parameters:
  Check: {Type: String}
  Maybe: {Type: CommaDelimitedList}
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: "EBS, ELB", LoadBalancerNames: [web]}
  Alone:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, TargetGroupARNs: !Ref Maybe}
  Unknown:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: !Ref Check, LoadBalancerNames: [web]}
---
resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 4
  health_check_type = "ELB"
  load_balancers    = ["web"]
}
"""
