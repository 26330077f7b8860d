"""A termination policy that takes the newest instance should be explained.

By default an Auto Scaling group terminates instances in the zone that has most, those of the oldest launch template
first, which keeps the zones balanced and replaces outdated instances. OldestInstance and NewestInstance consider only
the age. With NewestInstance a group that scales in while its instances are replaced terminates the new ones, and the old
ones stay. Policies that take old instances first are not checked, nor is a group that nothing scales in: neither a scaling
policy nor a scheduled action here, nor somebody elsewhere to whom the group is put out. A rolling update of CloudFormation
ends the instances that it replaces itself.

What to do: remove TerminationPolicies (Terraform: termination_policies), or note the reason in the group's Metadata
(Terraform's JSON: a "//" text) with the word "termination". Don't put NewestInstance first in a group with rolling
updates. A group of at most one instance needs no reason.
"""

from collections.abc import Iterator

from awslint_memo import Findings, Fix, Resource, Value, rule, scaling_in


@rule(
    level="advice",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="NewestInstance: 最も新しい起動時間を持つインスタンスが優先的に終了されます",
    aws="autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html",
    fix="both",
)
def check(group: Resource) -> Findings:
    policies = group.get("TerminationPolicies")
    names = [policy.text for policy in policies.items]
    if None in names or "NewestInstance" not in names or not scaling_in.may_be_scaled_in(group):
        return
    listed = ", ".join(name or "" for name in names)
    update = group.attribute("UpdatePolicy")
    rolling = next((update.get(name) for name in UPDATES if update.get(name).is_known), None)
    if names[0] == "NewestInstance" and rolling is not None and scaling_in.is_scaled_in(group):
        yield group.finding(
            policies,
            "so scaling in during a rolling update terminates the new instances first",
            shown=listed,
            do="remove it",
            level="warning",
            related=[(rolling, "the rolling update")],
            fix=fix(group, policies, [name or "" for name in names]),
        )
    elif not is_explained(group) and not group.get("MaxSize").below(2):
        in_place = group.language == "cloudformation"
        explain = "write the reason under Termination in Metadata" if in_place else "suppress this with the reason"
        message = f"is {listed}{policies.note}, and nothing explains why"
        yield group.finding(policies, message, of="TerminationPolicies", do=f"remove it, or {explain}")


def fix(group: Resource, policies: Value, names: list[str]) -> Fix:
    """None are left, or those that remain in a list that is given to a module, for its callers."""
    if policies.is_literal:
        return group.unset("TerminationPolicies")
    return group.set("TerminationPolicies", [name for name in names if name != "NewestInstance"] or ["Default"])


UPDATES = ("AutoScalingRollingUpdate", "AutoScalingInstanceRefresh")


def is_explained(group: Resource) -> bool:
    note = group.terraform.note
    notes = [*texts(note), *texts(group.attribute("Metadata"))]
    # A plan keeps no notes.
    return note.is_unknown or any("terminat" in note.lower() for note in notes)


def texts(value: Value) -> Iterator[str]:
    """Every name and text inside a value."""
    yield value.text or ""
    for name, inner in value.fields.items():
        yield name
        yield from texts(inner)
    for item in value.items:
        if item is not value:
            yield from texts(item)


BAD = """
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 4, TerminationPolicies: [NewestInstance]}}
  Policy: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling}}
---
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 2}}
    Properties: {MinSize: 2, MaxSize: 4, TerminationPolicies: [NewestInstance, Default]}
  Policy: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling}}
---
resource "aws_autoscaling_group" "web" {
  max_size             = 4
  termination_policies = ["NewestInstance"]

  instance_refresh {
    strategy = "Rolling"
  }
}

resource "aws_autoscaling_policy" "web" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"
}
---
provider "aws" {}

variable "policies" {
  default = ["NewestInstance", "OldestInstance"]
}

resource "aws_autoscaling_group" "web" {
  max_size             = 4
  termination_policies = var.policies

  instance_refresh {
    strategy = "Rolling"
  }
}

resource "aws_autoscaling_policy" "web" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"
}
---
# Who scales the group that is put out is not known.
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 2}}
    Properties: {MinSize: 2, MaxSize: 4, TerminationPolicies: [NewestInstance]}
Outputs:
  Web: {Value: !Ref Web, Export: {Name: web}}
"""

GOOD = """
Parameters:
  Policy: {Type: String}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 4, TerminationPolicies: [Default]}}
  Renewed: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 4, TerminationPolicies: [OldestInstance]}}
  Canary:
    Type: AWS::AutoScaling::AutoScalingGroup
    Metadata: {TerminationPolicies: the newest is the canary and goes first}
    Properties: {MinSize: 2, MaxSize: 4, TerminationPolicies: [NewestInstance]}
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MaxSize: 4, TerminationPolicies: [!Ref Policy]}}
---
{"resource": {"aws_autoscaling_group": {"web": {
  "//": "termination: new hosts have the emptiest caches",
  "termination_policies": ["NewestInstance"]
}}}}
---
Resources:
  # CloudFormation ends the old instances itself, and nothing scales the group in.
  Queen:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 1}}
    Properties: {MinSize: 1, MaxSize: 2, TerminationPolicies: [NewestInstance]}
  Growing: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 4, TerminationPolicies: [NewestInstance]}}
  Grow: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Growing, PolicyType: SimpleScaling, AdjustmentType: ChangeInCapacity, ScalingAdjustment: 1}}
---
resource "aws_autoscaling_group" "queen" {
  min_size             = 1
  max_size             = 2
  termination_policies = ["NewestInstance"]
}
"""

FIXED = """
-    Properties: {MinSize: 2, MaxSize: 4, TerminationPolicies: [NewestInstance, Default]}
+    Properties: {MinSize: 2, MaxSize: 4}
---
-  max_size             = 4
-  termination_policies = ["NewestInstance"]
+  max_size = 4
---
-  default = ["NewestInstance", "OldestInstance"]
+  default = ["OldestInstance"]
"""
