"""An Auto Scaling group behind a load balancer should use the load balancer's health check.

By default only EC2's own checks count. An instance on which the application hangs still passes them: the load balancer
stops sending it requests, but the group does not replace it and goes on with less capacity than it should have.

What to do: set HealthCheckType to ELB (Terraform: health_check_type), or to VPC_LATTICE behind a VPC Lattice target
group, with a HealthCheckGracePeriod that covers the start of the application. Several types are written as one text:
"ELB,EBS".
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
        # EC2's checks always apply, so this type alone need not be repeated.
        wanted = check_ if kind.text == "EC2" else f"{kind.text},{check_}"
        yield group.finding(
            kind,
            f"is {kind.text}{kind.note}, so an instance that {kind_of}{f' ({named})' if named else ''} reports as "
            f"unhealthy is not replaced; set it to {wanted}",
            of="HealthCheckType",
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
