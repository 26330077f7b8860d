"""CloudFormation should be able to replace the instances of a group as its UpdatePolicy says.

A rolling update ends instances only while more than MinInstancesInService run, so that this must be below MaxSize; CloudFormation
refuses the update otherwise. With WaitOnResourceSignals, or a Count in CreationPolicy, it waits for a signal of each new instance,
and fails when none comes in time, or one for another resource. With $Latest as the version of the launch template, nothing of the group changes when the
template does, so no update begins, and neither does Terraform's instance_refresh. And a rolling update leaves the instances in a warm pool as they are.

What to do: lower MinInstancesInService; end the script of the launch template with cfn-signal --resource and the name of the
group; name LatestVersionNumber of the template (Terraform: latest_version); with a warm pool, use AutoScalingReplacingUpdate. Scripts
that run other programs are not judged, unless another script of the template runs the same ones and signals itself.
"""

from awslint_memo import Findings, Resource, autoscaling, group_updates, rule, signals

ROLLING = "AutoScalingRollingUpdate"


@rule(
    level="error",
    since="0.2",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html",
    yields_to=("autoscaling-refresh-rollback",),
)
def check(group: Resource) -> Findings:
    update, most = group.attribute("UpdatePolicy"), group.get("MaxSize")
    if update.is_absent and group.attribute("CreationPolicy").is_absent:
        return
    rolling = update.get(ROLLING)
    least = rolling.get("MinInstancesInService")
    if most.number is not None and least.number is not None and least.number >= most.number:
        message = f"but MaxSize is {most.number}{most.note}, and must be above it, so no update replaces an instance"
        of, related = f"UpdatePolicy.{ROLLING}.MinInstancesInService", [(most, "MaxSize")]
        do = f"set it to at most {most.number - 1}" if most.number > 0 else "raise MaxSize"
        yield group.finding(least, message, of=of, do=do, related=related)
    unsignalled = signals.unsignalled(group)
    if unsignalled is not None:
        of = "WaitOnResourceSignals" if unsignalled.asked.flag is True else "ResourceSignal"
        starter, do = unsignalled.starter, unsignalled.remedy
        message = f"but the script of {starter.title} {unsignalled.sent}, so it times out and fails"
        started = [(starter, "what instances start with")]
        yield group.finding(unsignalled.asked, message, of=of, do=do, level="warning", related=started)
    is_updated = rolling.is_known or update.get("AutoScalingInstanceRefresh").is_known
    floating = group_updates.floating_version(group) if is_updated else None
    if floating is not None:
        version, template = floating
        message = f"which never changes, so no change of {template.title} begins an update"
        is_terraform = group.language == "terraform"
        newest = (
            f"latest_version of {template.title}" if is_terraform else f"!GetAtt {template.written}.LatestVersionNumber"
        )
        do, named = f"set it to {newest}", [(template, "the launch template")]
        yield group.finding(version, message, do=do, level="warning", related=named)
    for pool in group.deployment.of_type(autoscaling.WARM_POOL) if rolling.is_known else ():
        if autoscaling.group_of(pool) is group:
            message = f"leaves the instances in {pool.title} as they are, so old ones come into service later"
            do, of = "use AutoScalingReplacingUpdate", f"UpdatePolicy.{ROLLING}"
            yield group.finding(rolling, message, of=of, do=do, level="advice", related=[(pool, "the warm pool")])


BAD = """
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 6, MaxBatchSize: 2}}
    Properties: {MinSize: "3", MaxSize: "6"}
---
Resources:
  Start:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        UserData:
          Fn::Base64: |
            #!/bin/bash -e
            dnf install -y nginx
            systemctl enable --now nginx
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 2, PauseTime: PT10M, WaitOnResourceSignals: true}}
    Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref Start, Version: !GetAtt Start.LatestVersionNumber}}
---
Resources:
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: {Fn::Base64: "#!/bin/bash\\nsystemctl enable --now bidding"}}}}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    CreationPolicy: {ResourceSignal: {Count: 2, Timeout: PT10M}}
    Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref Start, Version: !GetAtt Start.LatestVersionNumber}}
---
# The program signals in neither script.
Resources:
  Start:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        UserData:
          Fn::Base64: !Sub |
            #!/bin/bash -x
            dnf install -y aws-cfn-bootstrap
            /opt/bidding/start web
            /opt/aws/bin/cfn-signal -e $? --stack ${AWS::StackName} --resource Web --region ${AWS::Region}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    CreationPolicy: {ResourceSignal: {Count: 3}}
    Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref Start, Version: !GetAtt Start.LatestVersionNumber}}
  StartWorkers:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        UserData:
          Fn::Base64: |
            #!/bin/bash -x
            dnf install -y aws-cfn-bootstrap
            /opt/bidding/start worker
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 2, WaitOnResourceSignals: true}}
    Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref StartWorkers, Version: !GetAtt StartWorkers.LatestVersionNumber}}
---
Resources:
  Start:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties:
      ImageId: ami-1
      InstanceType: m6i.large
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          /opt/aws/bin/cfn-init -v --stack ${AWS::StackName} --resource Start --region ${AWS::Region}
          /opt/aws/bin/cfn-signal -e $? --stack ${AWS::StackName} \\
            --resource Start --region ${AWS::Region}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    CreationPolicy: {ResourceSignal: {Timeout: PT10M}}
    Properties: {MinSize: "3", MaxSize: "6", LaunchConfigurationName: !Ref Start}
---
Resources:
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-1}}}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 2}}
    Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref Start, Version: $Latest}}
---
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 2}}
    Properties: {MinSize: "3", MaxSize: "6"}
  Pool: {Type: AWS::AutoScaling::WarmPool, Properties: {AutoScalingGroupName: !Ref Web, MinSize: 2}}
---
resource "aws_launch_template" "bids" {
  name     = "bids"
  image_id = "ami-1"
}

resource "aws_autoscaling_group" "bids" {
  min_size = 3
  max_size = 6

  launch_template {
    id      = aws_launch_template.bids.id
    version = "$Latest"
  }

  instance_refresh {
    strategy = "Rolling"
  }
}
---
resource "aws_launch_template" "bids" {
  name_prefix = "bids-"
  image_id    = "ami-1"
}

resource "aws_autoscaling_group" "bids" {
  min_size = 3
  max_size = 6

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.bids.id
        version            = "$Default"
      }
    }
  }

  instance_refresh {
    strategy = "Rolling"
  }
}
"""

GOOD = """
variable "release" {}

variable "template" {}

variable "number" {}

resource "aws_launch_template" "bids" {
  name     = "bids"
  image_id = "ami-1"
}

# Its tag changes with each release.
resource "aws_autoscaling_group" "tagged" {
  min_size = 3
  max_size = 6

  launch_template {
    id      = aws_launch_template.bids.id
    version = "$Latest"
  }

  tag {
    key                 = "Release"
    value               = var.release
    propagate_at_launch = true
  }

  instance_refresh {
    strategy = "Rolling"
    triggers = ["tag"]
  }
}

resource "aws_autoscaling_group" "replaced" {
  min_size = 3
  max_size = 6

  launch_template {
    id      = aws_launch_template.bids.id
    version = "$Latest"
  }

  instance_refresh {
    strategy = "Rolling"
  }

  lifecycle {
    replace_triggered_by = [aws_launch_template.bids]
  }
}

# Each release has a template of its own, with another id.
resource "aws_launch_template" "released" {
  name     = "bids-${var.release}"
  image_id = "ami-1"
}

resource "aws_autoscaling_group" "released" {
  min_size = 3
  max_size = 6

  launch_template {
    id      = aws_launch_template.released.id
    version = "$Latest"
  }

  instance_refresh {
    strategy = "Rolling"
  }
}

resource "aws_autoscaling_group" "numbered" {
  min_size = 3
  max_size = 6

  launch_template {
    id      = aws_launch_template.bids.id
    version = aws_launch_template.bids.latest_version
  }

  instance_refresh {
    strategy = "Rolling"
  }
}

resource "aws_autoscaling_group" "given" {
  min_size = 3
  max_size = 6

  launch_template {
    id      = var.template
    version = var.number
  }

  instance_refresh {
    strategy = "Rolling"
  }
}

# Scaling and failures alone replace its instances, as nothing says otherwise.
resource "aws_autoscaling_group" "unrefreshed" {
  min_size = 3
  max_size = 6

  launch_template {
    id      = aws_launch_template.bids.id
    version = "$Latest"
  }
}
---
Parameters: {Most: {Type: Number}, Least: {Type: Number}, Waits: {Type: String}, Script: {Type: String}, Any: {Type: String}}
Resources:
  Start:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        UserData:
          Fn::Base64: !Sub |
            #!/bin/bash
            dnf install -y nginx
            /opt/aws/bin/cfn-signal -e $? --stack ${AWS::StackName} --resource Web
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    CreationPolicy: {ResourceSignal: {Count: 2}}
    UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 5, WaitOnResourceSignals: true}}
    Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref Start, Version: !GetAtt Start.LatestVersionNumber}}
  # What a script runs may send the signal, and so may a script that is not known.
  Fetches: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: {Fn::Base64: "#!/bin/bash\\ncurl -s https://example.com/start.sh | bash"}}}}
  OfFetches: {Type: AWS::AutoScaling::AutoScalingGroup, CreationPolicy: {ResourceSignal: {Count: 2}}, Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref Fetches, Version: "1"}}}
  AnyScript: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: !Ref Script}}}
  OfAnyScript: {Type: AWS::AutoScaling::AutoScalingGroup, CreationPolicy: {ResourceSignal: {Count: 2}}, Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref AnyScript, Version: "1"}}}
  # The image may have a program that sends it.
  Own: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: {Fn::Base64: "#!/bin/bash\\nset -e\\n/opt/bidding/start --wait"}}}}
  OfOwn: {Type: AWS::AutoScaling::AutoScalingGroup, CreationPolicy: {ResourceSignal: {Count: 2}}, Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref Own, Version: "1"}}}
  # Not known for which it signals, or not by this script alone.
  Chooses: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: {Fn::Base64: !Sub "#!/bin/bash\\n/opt/aws/bin/cfn-signal --stack ${AWS::StackName} --resource ${Any}"}}}}
  OfChooses: {Type: AWS::AutoScaling::AutoScalingGroup, CreationPolicy: {ResourceSignal: {Count: 2}}, Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref Chooses, Version: "1"}}}
  Twice: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: {Fn::Base64: "#!/bin/bash\\ncat > /opt/ready <<END\\ncfn-signal --resource OfTwice\\nEND\\n/opt/aws/bin/cfn-signal --resource Web"}}}}
  OfTwice: {Type: AWS::AutoScaling::AutoScalingGroup, CreationPolicy: {ResourceSignal: {Count: 2}}, Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref Twice, Version: "1"}}}
  NoScript: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: !Ref Any}}}
  OfNoScript: {Type: AWS::AutoScaling::AutoScalingGroup, CreationPolicy: {ResourceSignal: {Count: 2}}, Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref NoScript, Version: "1"}}}
  Plain: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: {Fn::Base64: "#!/bin/bash\\nsystemctl enable --now bidding"}}}}
  NoWait: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 0, WaitOnResourceSignals: !Ref Waits}}, Properties: {MinSize: "0", MaxSize: "1", LaunchTemplate: {LaunchTemplateId: !Ref Plain, Version: "1"}}}
  AnySize: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 6}}, Properties: {MinSize: "3", MaxSize: !Ref Most}}
  AnyLeast: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: !Ref Least}}, Properties: {MinSize: "3", MaxSize: "6", LaunchTemplate: {LaunchTemplateId: !Ref Plain, Version: !Ref Any}}}
  # A new group has a new warm pool.
  Pooled: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: true}}, Properties: {MinSize: "3", MaxSize: "6"}}
  Pool: {Type: AWS::AutoScaling::WarmPool, Properties: {AutoScalingGroupName: !Ref Pooled, MinSize: 2}}
  AnyPool: {Type: AWS::AutoScaling::WarmPool, Properties: {AutoScalingGroupName: !Ref Any, MinSize: 2}}
---
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4
}
"""
