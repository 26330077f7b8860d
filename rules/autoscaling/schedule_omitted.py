"""A scheduled action in Terraform should set all three sizes.

Terraform can't tell an omitted size from 0 and sends 0. An action that is meant to raise only the minimum therefore also
sets the maximum and the desired capacity to 0, which is rejected or terminates every instance.

What to do: write min_size, max_size and desired_capacity, with -1 for each that is to stay unchanged. An action whose
desired_capacity is written as 0 stops all instances, for which the other sizes have to be 0 too.
"""

from awslint_memo import Findings, Fix, Resource, autoscaling, rule


@rule(
    level="warning",
    language="terraform",
    resource="AWS::AutoScaling::ScheduledAction",
    memo="予め定義された時間に定義された台数だけスケーリングします",
    aws="autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html",
    fix="unsafe",
)
def check(action: Resource) -> Findings:
    omitted = [word for word, name in SIZES.items() if autoscaling.is_omitted(action, name)]
    if not omitted:
        return
    if action.get("DesiredCapacity").number == 0 and "desired_capacity" not in omitted:
        return
    names = " and no ".join(omitted)
    it = "it" if len(omitted) == 1 else "each"
    sizes = [(autoscaling.size(action, SIZES[word]), word) for word in ("min_size", "desired_capacity")]
    # With a maximum of 0, any other size that is above it.
    above = [(value, word) for value, word in sizes if "max_size" in omitted and value.above(0)][:1]
    rejected = "".join(f", which is rejected because {word} is {value.number}{value.note}" for value, word in above)
    unsafe = "keeps sizes that the action sets to 0 now"
    yield action.finding(
        action,
        f"has no {names}, so Terraform sends 0 for {it}{rejected}",
        do=f"set {it} to -1 to leave the size unchanged",
        level="error" if above else None,
        related=above,
        fix=Fix.of_all(action.set(SIZES[word], -1, unsafe=unsafe) for word in omitted),
    )


SIZES = {"min_size": "MinSize", "max_size": "MaxSize", "desired_capacity": "DesiredCapacity"}


BAD = """
resource "aws_autoscaling_schedule" "night" {
  autoscaling_group_name = "web"
  min_size               = 0
  max_size               = 4
}
---
resource "aws_autoscaling_schedule" "day" {
  autoscaling_group_name = "web"
  min_size               = 2
}
"""

GOOD = """
Resources:
  Day: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: web, MinSize: 2}}
---
resource "aws_autoscaling_schedule" "day" {
  autoscaling_group_name = "web"
  min_size               = data.aws_ssm_parameter.least.value
  max_size               = -1
  desired_capacity       = -1
}
---
resource "aws_autoscaling_schedule" "off" {
  autoscaling_group_name = "web"
  desired_capacity       = 0
}
"""

FIXED = """
   max_size               = 4
+  desired_capacity       = -1
---
   min_size               = 2
+  max_size               = -1
+  desired_capacity       = -1
"""
