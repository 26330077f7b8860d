"""An instance refresh that may roll back should have something to go back to.

EC2 Auto Scaling can roll back to a numbered version of a launch template only: not to $Latest or $Default, and not to an
image that a parameter of Systems Manager names. With auto_rollback it refuses to start the refresh. Neither does it roll back
a refresh without a desired configuration, which Terraform gives it, and an automation document or a state machine that calls
StartInstanceRefresh has to write.

What to do: set version to latest_version of the launch template (aws_launch_template.web.latest_version), which Terraform
knows as a number, and write the image's id; beside AutoRollback of a call, name the launch template and its version in
DesiredConfiguration.
"""

from awslint_memo import Findings, Resource, autoscaling, group_updates, rule

VERSIONS = ("LaunchTemplate.Version", "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.Version")


@rule(
    level="error",
    since="0.2",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="autoscaling/ec2/userguide/instance-refresh-rollback.html",
)
def check(group: Resource) -> Findings:
    rollback = group.terraform.auto_rollback
    if rollback.flag is not True:
        return
    versions = [version for path in VERSIONS if (version := group.get(path)).is_one_of("$Latest", "$Default")]
    template = autoscaling.launch_template(group)
    image = None if template is None else template.get("LaunchTemplateData.ImageId")
    if versions:
        do = "set version to latest_version of the launch template"
        why, place = f"the launch template's version {versions[0].text}", versions[0]
    elif image is not None and image.starts_with("resolve:ssm:"):
        why, place, do = "an image that a Systems Manager parameter names", image, "write the image's id"
    else:
        return
    message = f"is true{rollback.note}, but there is no way back to {why}, so the instance refresh is refused"
    yield group.finding(rollback, message, of="auto_rollback", do=do, related=[(place, "what is not numbered")])


@check.on("AWS::SSM::Document", "AWS::StepFunctions::StateMachine")
def check_call(caller: Resource) -> Findings:
    for rollback in group_updates.without_return(caller):
        message = "but EC2 Auto Scaling can't roll back a refresh without DesiredConfiguration, and the call has none"
        do = "add DesiredConfiguration with the launch template and its version"
        yield caller.finding(rollback, message, of="AutoRollback", do=do)


BAD = """
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4

  launch_template {
    id      = "lt-0123456789abcdef0"
    version = "$Latest"
  }

  instance_refresh {
    strategy = "Rolling"

    preferences {
      auto_rollback = true
    }
  }
}
---
resource "aws_launch_template" "web" {
  image_id = "resolve:ssm:/shop/image"
}

resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4

  launch_template {
    id = aws_launch_template.web.id
  }

  instance_refresh {
    strategy = "Rolling"

    preferences {
      auto_rollback = true
    }
  }
}
---
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
        version            = "$Default"
      }
    }
  }

  instance_refresh {
    strategy = "Rolling"

    preferences {
      auto_rollback = true
    }
  }
}
---
Resources:
  Refresh:
    Type: AWS::SSM::Document
    Properties:
      DocumentType: Automation
      Content:
        schemaVersion: "0.3"
        mainSteps:
          - name: refresh
            action: aws:executeAwsApi
            inputs: {Service: autoscaling, Api: StartInstanceRefresh, AutoScalingGroupName: web, Preferences: {MinHealthyPercentage: 90, AutoRollback: true}}
---
resource "aws_ssm_document" "refresh" {
  name          = "refresh"
  document_type = "Automation"

  content = jsonencode({
    schemaVersion = "0.3"
    mainSteps = [{
      name   = "refresh"
      action = "aws:executeAwsApi"
      inputs = { Service = "autoscaling", Api = "StartInstanceRefresh", AutoScalingGroupName = "web", Preferences = { AutoRollback = true } }
    }]
  })
}
---
Resources:
  Refresh:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/refresh
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::aws-sdk:autoscaling:startInstanceRefresh", Parameters: {AutoScalingGroupName: web, Preferences: {AutoRollback: true}}, End: true}}}
"""

GOOD = """
Parameters: {Version: {Type: String}}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: !Ref Version}}}
---
resource "aws_launch_template" "web" {
  image_id = "ami-0123456789abcdef0"
}

resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4

  launch_template {
    id      = aws_launch_template.web.id
    version = aws_launch_template.web.latest_version
  }

  instance_refresh {
    strategy = "Rolling"

    preferences {
      auto_rollback = true
    }
  }
}
---
variable "version_of_template" {
  type = string
}

resource "aws_autoscaling_group" "unknown" {
  min_size = 2
  max_size = 4

  launch_template {
    id      = "lt-0123456789abcdef0"
    version = var.version_of_template
  }

  instance_refresh {
    strategy = "Rolling"

    preferences {
      auto_rollback = true
    }
  }
}

resource "aws_autoscaling_group" "without_rollback" {
  min_size = 2
  max_size = 4

  launch_template {
    id      = "lt-0123456789abcdef0"
    version = "$Latest"
  }

  instance_refresh {
    strategy = "Rolling"
  }
}
---
Parameters: {Rolls: {Type: String}}
Resources:
  Refresh:
    Type: AWS::SSM::Document
    Properties:
      DocumentType: Automation
      Content:
        schemaVersion: "0.3"
        mainSteps:
          - {name: desired, action: "aws:executeAwsApi", inputs: {Service: autoscaling, Api: StartInstanceRefresh, AutoScalingGroupName: web, DesiredConfiguration: {LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: "3"}}, Preferences: {AutoRollback: true}}}
          - {name: plain, action: "aws:executeAwsApi", inputs: {Service: autoscaling, Api: StartInstanceRefresh, AutoScalingGroupName: web, Preferences: {MinHealthyPercentage: 90}}}
          - {name: unknown, action: "aws:executeAwsApi", inputs: {Service: autoscaling, Api: StartInstanceRefresh, AutoScalingGroupName: web, Preferences: {AutoRollback: !Ref Rolls}}}
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/refresh
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::aws-sdk:autoscaling:startInstanceRefresh", Parameters: {AutoScalingGroupName: web, DesiredConfiguration.$: $.wanted, Preferences: {AutoRollback: true}}, End: true}}}
"""
