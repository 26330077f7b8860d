"""An Auto Scaling group should say how its instances get a new version of what they are started from.

A change of the launch template, such as another image or script, is only for instances that start after it. Unless UpdatePolicy says
that CloudFormation replaces those that run, the stack is updated, and the old ones go on as they are, until scaling or a failure
replaces one: two versions run, and nobody knows for how long.

Scheduled actions change the sizes of a group, and an update of the stack sets those of the template again, unless UpdatePolicy says that it
leaves what is not modified (AutoScalingScheduledAction).

What to do: add AutoScalingRollingUpdate to UpdatePolicy, with MinInstancesInService, or WillReplace of AutoScalingReplacingUpdate.
Groups with MaxInstanceLifetime, whose instances are replaced in time, and groups that CodeDeploy or Kubernetes updates are not
judged, nor are those whose instances a command of the repository, or a program that a policy here allows it, may refresh.
"""

from awslint_memo import Findings, Resource, autoscaling, command_lines, permissions, rule

_REFRESH = "autoscaling:StartInstanceRefresh"


@rule(
    level="advice",
    since="0.2",
    resource="AWS::AutoScaling::AutoScalingGroup",
    language="cloudformation",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html",
)
def check(group: Resource) -> Findings:
    update = group.attribute("UpdatePolicy")
    is_kept = update.get("AutoScalingScheduledAction.IgnoreUnmodifiedGroupSizeProperties")
    actions = [] if is_kept.is_unknown or is_kept.flag is True else autoscaling.schedules(group)
    if actions:
        message = f"is changed by {actions[0].title}, but an update of the stack sets its sizes back"
        do = "set IgnoreUnmodifiedGroupSizeProperties of AutoScalingScheduledAction to true in UpdatePolicy"
        yield group.finding(group, message, do=do, related=[(actions[0], "changes the sizes")])
    ways = ("AutoScalingInstanceRefresh", "AutoScalingReplacingUpdate", "AutoScalingRollingUpdate")
    if update.is_unknown or any(not update.get(way).is_absent for way in ways):
        return
    is_replaced = not group.get("MaxInstanceLifetime").is_absent or autoscaling.is_of_kubernetes(group)
    deployed = group.deployment.of_type("AWS::CodeDeploy::DeploymentGroup")
    if is_replaced or deployed or group.is_open or group.is_exposed():
        return
    source = autoscaling.starter(group)
    if source is not None and not _is_refreshed(group):
        message = (
            f"has no UpdatePolicy for its instances, so those that run keep what {source.title} said when they started"
        )
        yield group.finding(
            group, message, do="add AutoScalingRollingUpdate", related=[(source, "what they are started from")]
        )


def _is_refreshed(group: Resource) -> bool:
    if permissions.allowed_resources(group.deployment, _REFRESH):
        return True
    return command_lines.first(group, r"\bautoscaling\s+start-instance-refresh\b") != ""


BAD = """
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image"}}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingScheduledAction: {IgnoreUnmodifiedGroupSizeProperties: true}}, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image"}}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 2}}, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: lt-1, Version: "1"}}}
  Night: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Web, MinSize: 0, Recurrence: 0 20 * * *}}
"""

GOOD = """
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image"}}}
  # What deploys refreshes the instances.
  Deploys: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "autoscaling:StartInstanceRefresh", Resource: "*"}]}}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 2}, AutoScalingScheduledAction: {IgnoreUnmodifiedGroupSizeProperties: true}}, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: lt-1, Version: "1"}}}
  Night: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Web, MinSize: 0, Recurrence: 0 20 * * *}}
---
Parameters: {Template: {Type: String}}
Resources:
  Rolled: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 2}}, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Own, Version: !GetAtt Own.LatestVersionNumber}}}
  Own: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image"}}}
  Renewed: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", MaxInstanceLifetime: 604800, LaunchTemplate: {LaunchTemplateId: !Ref Own, Version: !GetAtt Own.LatestVersionNumber}}}
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: "1"}}}
---
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4

  instance_refresh {
    strategy = "Rolling"
  }
}
"""
