"""A warm pool should be no larger than its group, and use a state that its instances support.

A pool keeps instances initialized, so that the group need not wait for their start. Instances beyond the group's maximum
are paid for but never used. An instance hibernates only if it was launched with hibernation configured; without it every
instance that enters the pool fails, and the pool stays empty.

What to do: set the pool's MinSize to at most the group's MaxSize, and HibernationOptions.Configured to true in the launch
template (Terraform: a hibernation_options block), or keep the pool Stopped. Launch templates elsewhere are not checked.
"""

from awslint_memo import Findings, Resource, autoscaling, rule


@rule(
    level="error",
    resource=("AWS::AutoScaling::WarmPool", "AWS::AutoScaling::AutoScalingGroup"),
    memo="インスタンスが必要になったときに素早く対応でき、起動にかかる時間を最小限に抑えることができます",
    aws="autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html",
    fix="unsafe",
)
def check(resource: Resource) -> Findings:
    pool = autoscaling.warm_pool(resource)
    if pool is None or pool.group is None:
        return
    most = pool.group.get("MaxSize")
    if most.number is not None and (pool.size.number or 0) > most.number and not may_grow(pool.group):
        fixed = "MinSize" if resource.type == autoscaling.WARM_POOL else "@warm_pool.MinSize"
        whose = "the group" if pool.group is resource else pool.group.title
        yield resource.finding(
            pool.size,
            f"but MaxSize of {whose} is {most.number}{most.note}, so the pool has instances that are never used",
            of=in_pool(resource, "MinSize"),
            do=f"set it to at most {most.number}",
            level="advice" if pool.group.is_exposed() else "warning",
            related=[(most, "MaxSize of the group")],
            fix=resource.set(fixed, int(most.number)) if most.is_literal else None,
        )
    template = autoscaling.launch_template(pool.group)
    if template is None or pool.state.text != "Hibernated":
        return
    hibernates = template.get(HIBERNATION, default=False)
    if hibernates.flag is False:
        yield resource.finding(
            pool.state,
            f"but {template.title} launches instances without hibernation",
            of=in_pool(resource, "PoolState"),
            do=f"set {template.property_names.get(HIBERNATION, HIBERNATION)} to true there",
            related=[(hibernates, "the launch template")],
        )


HIBERNATION = "LaunchTemplateData.HibernationOptions.Configured"
BLOCK = {"MinSize": "warm_pool.min_size", "PoolState": "warm_pool.pool_state"}


def in_pool(resource: Resource, name: str) -> str:
    """What a property of the pool is called at the resource that has it: Terraform's group has a block for the pool."""
    return name if resource.type == autoscaling.WARM_POOL else BLOCK[name]


def may_grow(group: Resource) -> bool:
    """Whether a scheduled action may raise the group's maximum."""
    actions = autoscaling.schedules(group)
    return autoscaling.may_have_other(group, autoscaling.SCHEDULE) or any(
        autoscaling.changes(action, "MaxSize") for action in actions
    )


BAD = """
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 4}}
  Pool: {Type: AWS::AutoScaling::WarmPool, Properties: {AutoScalingGroupName: !Ref Web, MinSize: 6}}
---
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 1, MaxSize: 4, LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceType: m5.large}}}
  Pool: {Type: AWS::AutoScaling::WarmPool, Properties: {AutoScalingGroupName: !Ref Web, PoolState: Hibernated}}
---
resource "aws_autoscaling_group" "web" {
  min_size = 1
  max_size = 4

  launch_template {
    id      = aws_launch_template.web.id
    version = "$Latest"
  }

  warm_pool {
    pool_state = "Hibernated"
  }
}

resource "aws_launch_template" "web" {
  name = "web"

  hibernation_options {
    configured = false
  }
}
"""

GOOD = """
Parameters: {Pooled: {Type: Number}}
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 1, MaxSize: 4, MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: !Ref Template, Version: "1"}}}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {HibernationOptions: {Configured: true}}}}
  Pool: {Type: AWS::AutoScaling::WarmPool, Properties: {AutoScalingGroupName: !Ref Web, MinSize: 2, PoolState: Hibernated}}
  Unknown: {Type: AWS::AutoScaling::WarmPool, Properties: {AutoScalingGroupName: !Ref Web, MinSize: !Ref Pooled}}
---
resource "aws_autoscaling_group" "web" {
  min_size = 1
  max_size = 4

  launch_template {
    id      = "lt-0a1b2c3d"
    version = "1"
  }

  warm_pool {
    pool_state = "Hibernated"
    min_size   = 4
  }
}
"""

FIXED = """
-  Pool: {Type: AWS::AutoScaling::WarmPool, Properties: {AutoScalingGroupName: !Ref Web, MinSize: 6}}
+  Pool: {Type: AWS::AutoScaling::WarmPool, Properties: {AutoScalingGroupName: !Ref Web, MinSize: 4}}
"""
