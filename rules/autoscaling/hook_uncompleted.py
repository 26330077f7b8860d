"""A hook that holds back new instances should be completed by something.

With a lifecycle hook for launches, an instance waits until a program calls CompleteLifecycleAction. If nothing does, the default
result follows after the timeout: ABANDON, which is the default, terminates the instance, and the group launches the next one that
waits in vain.

What to do: call `aws autoscaling complete-lifecycle-action` at the end of the script with which instances start, or let a rule for
the event start a function that does; else set DefaultResult (Terraform: default_result) to CONTINUE. A program of the machine image
may do it too.
"""

from awslint_memo import Findings, Resource, lifecycle_hooks, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/ec2/userguide/lifecycle-hooks-overview.html",
)
def check(group: Resource) -> Findings:
    for holder, transition in lifecycle_hooks.uncompleted(group):
        so = "so each is terminated after the timeout"
        message = f"holds back new instances by a hook that nothing here completes, {so}"
        do = "complete it where instances start, or set DefaultResult to CONTINUE"
        yield holder.finding(transition, message, do=do)


BAD = """
Resources:
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: !Base64 "#!/bin/bash\\nsystemctl enable --now worker\\n"}}}
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
      LifecycleHookSpecificationList: [{LifecycleHookName: install, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", DefaultResult: ABANDON}]
  Builds: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild]}}}
---
resource "aws_launch_template" "workers" {
  user_data = base64encode("#!/bin/bash\\nwget https://aws-codedeploy-eu-west-1.s3.eu-west-1.amazonaws.com/latest/install\\n./install auto\\nlogger -t bootstrap ready\\n")
}

resource "aws_autoscaling_group" "workers" {
  min_size = 2
  max_size = 6

  launch_template {
    id = aws_launch_template.workers.id
  }
}

resource "aws_autoscaling_lifecycle_hook" "install" {
  name                   = "install"
  autoscaling_group_name = aws_autoscaling_group.workers.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
}
"""

GOOD = """
Parameters: {Result: {Type: String}, Script: {Type: String}}
Resources:
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: !Base64 "#!/bin/bash\\nsystemctl enable --now worker\\n"}}}
  Draining:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
      LifecycleHookSpecificationList:
        - {LifecycleHookName: drain, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING"}
        - {LifecycleHookName: warm, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", DefaultResult: CONTINUE}
        - {LifecycleHookName: any, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", DefaultResult: !Ref Result}
        - {LifecycleHookName: told, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", NotificationTargetARN: !ImportValue Topic}
  Completing: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: !Base64 "#!/bin/bash\\naws autoscaling complete-lifecycle-action --lifecycle-action-result CONTINUE\\n"}}}
  Api: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {LaunchTemplate: {LaunchTemplateId: !Ref Completing, Version: "1"}, LifecycleHookSpecificationList: [{LifecycleHookName: install, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING"}]}}
  Unknown: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: !Ref Script}}}
  Given: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {LaunchTemplate: {LaunchTemplateId: !Ref Unknown, Version: "1"}, LifecycleHookSpecificationList: [{LifecycleHookName: install, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING"}]}}
---
Resources:
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: !Base64 "#!/bin/bash\\nsystemctl enable --now worker\\n"}}}
  Workers: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: "1"}, LifecycleHookSpecificationList: [{LifecycleHookName: install, LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING"}]}}
  Told: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling]}, Targets: [{Id: a, Arn: !ImportValue Installer}]}}
---
variable "result" {}

resource "aws_launch_template" "workers" {
  user_data = base64encode("#!/bin/bash\\nsystemctl enable --now worker\\n")
}

resource "aws_autoscaling_group" "workers" {
  min_size = 2
  max_size = 6

  launch_template {
    id = aws_launch_template.workers.id
  }

  initial_lifecycle_hook {
    name                 = "install"
    lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
    default_result       = var.result
  }
}
"""
