"""A group should be updated in one way.

With AutoScalingReplacingUpdate and WillReplace true, CloudFormation makes a new group for a change of the launch template and
deletes the old one. It then ignores AutoScalingRollingUpdate: its batches and pauses, and the instances that it leaves in
service, have no effect.

What to do: remove the one that is not meant from UpdatePolicy.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html",
    language="cloudformation",
)
def check(group: Resource) -> Findings:
    update = group.attribute("UpdatePolicy")
    replaces, rolling = update.get("AutoScalingReplacingUpdate.WillReplace"), update.get("AutoScalingRollingUpdate")
    if replaces.flag is True and rolling.is_known:
        message = f"has no effect, because WillReplace is true{replaces.note}, which comes first"
        of, related = "UpdatePolicy.AutoScalingRollingUpdate", [(replaces, "what comes first")]
        yield group.finding(rolling, message, of=of, do="remove one of them", related=related)


BAD = """
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy:
      AutoScalingReplacingUpdate: {WillReplace: "true"}
      AutoScalingRollingUpdate: {MinInstancesInService: 2}
    Properties: {MinSize: "2", MaxSize: "4"}
"""

GOOD = """
Parameters: {Replace: {Type: String}}
Resources:
  Replaced: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: true}}, Properties: {MinSize: "2", MaxSize: "4"}}
  Rolled: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: false}, AutoScalingRollingUpdate: {MinInstancesInService: 2}}, Properties: {MinSize: "2", MaxSize: "4"}}
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: !Ref Replace}, AutoScalingRollingUpdate: {MinInstancesInService: 2}}, Properties: {MinSize: "2", MaxSize: "4"}}
---
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4

  instance_refresh {
    strategy = "Rolling"
  }
}
"""
