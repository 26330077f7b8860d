"""A hook for launches should be there before the first instances of its group.

A lifecycle hook that is a resource of its own names its group, so it is made after it. A group that begins with instances
launches them at once: they start without the hook, so what it waits for (an installation, a registration) is not waited for, and
they serve as they are. The same happens each time the group is replaced.

What to do: write the hook in the group: LifecycleHookSpecificationList (Terraform: initial_lifecycle_hook), which is there before
anything is launched; or begin with no instances.
"""

from awslint_memo import Findings, Resource, autoscaling, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::AutoScaling::LifecycleHook",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="AWSCloudFormation/latest/TemplateReference/aws-properties-autoscaling-autoscalinggroup-lifecyclehookspecification.html",
)
def check(hook: Resource) -> Findings:
    transition, group = hook.get("LifecycleTransition"), autoscaling.group_of(hook)
    if group is None or not group.is_new or not transition.is_one_of("autoscaling:EC2_INSTANCE_LAUNCHING"):
        return
    size = next((size for name in ("DesiredCapacity", "MinSize") if (size := group.get(name)).above(0)), None)
    if size is not None:
        first = f"so the first {size.text} start without the hook"
        message = f"holds back new instances of {group.title}, but is made after it, {first}"
        do = f"write it in {group.in_file_words('LifecycleHookSpecificationList')} of the group"
        yield hook.finding(transition, message, do=do, related=[(size, "the instances that it begins with")])


BAD = """
Resources:
  Workers: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "6"}}
  Install: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: !Ref Workers, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING"}}
---
resource "aws_autoscaling_group" "workers" {
  min_size         = 0
  max_size         = 6
  desired_capacity = 1
}

resource "aws_autoscaling_lifecycle_hook" "install" {
  name                   = "install"
  autoscaling_group_name = aws_autoscaling_group.workers.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
}
"""

GOOD = """
Parameters: {Size: {Type: Number}, Group: {Type: String}}
Resources:
  Workers: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "6", LifecycleHookSpecificationList: [{LifecycleHookName: install, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING"}]}}
  Drain: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: !Ref Workers, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING"}}
  Empty: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "6"}}
  Later: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: !Ref Empty, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING"}}
  Any: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: !Ref Size, MaxSize: "6"}}
  AnyHook: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: !Ref Any, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING"}}
  Elsewhere: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: !Ref Group, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING"}}
---
resource "aws_autoscaling_group" "workers" {
  min_size         = 0
  max_size         = 6
  desired_capacity = 0
}

resource "aws_autoscaling_lifecycle_hook" "install" {
  name                   = "install"
  autoscaling_group_name = aws_autoscaling_group.workers.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
}
"""
