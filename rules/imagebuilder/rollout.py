"""New images should reach the instances automatically.

If a pipeline only builds an AMI, a person has to do the last step: new instances are still launched from the old image.
A distribution can write each new AMI to a launch template or a Systems Manager parameter.

What to do: give the pipeline a distribution configuration with LaunchTemplateConfigurations or
SsmParameterConfigurations (which needs an ExecutionRole of the pipeline that may put the parameter), and let an instance
refresh of the Auto Scaling group follow. Pipelines are not checked whose images go to other accounts, or whose
infrastructure or an event rule tells something else of them. A group that starts from a version by number keeps the image of
that version: it follows with $Default (and SetDefaultVersion) or $Latest.
"""

from awslint_memo import Findings, Resource, images, rule


@rule(
    level="advice",
    resource="AWS::ImageBuilder::ImagePipeline",
    memo="AMI の自動再作成だけではなく、EC2 の再作成まで一気通貫で行うことが可能になります",
    aws="imagebuilder/latest/userguide/manage-distribution-settings.html",
    widened={"0.2": "groups that keep one version of the launch template"},
)
def check(pipeline: Resource) -> Findings:
    if not pipeline.get("ContainerRecipeArn").is_absent or images.may_be_told(pipeline):
        return
    configuration = pipeline.get("DistributionConfigurationArn")
    distribution = pipeline.follow("DistributionConfigurationArn", images.DISTRIBUTION)
    if configuration.is_absent:
        yield pipeline.finding(
            pipeline,
            "has no DistributionConfigurationArn, so nothing here gives its new AMIs to instances",
            do="add one that writes them to a launch template or a Systems Manager parameter",
        )
    elif distribution is not None and images.reaches_instances(distribution) is False:
        yield pipeline.finding(
            configuration,
            f"names {distribution.title}, which writes to no launch template and no Systems Manager "
            "parameter, so nothing here gives the new AMIs to instances",
            of="DistributionConfigurationArn",
            do="add LaunchTemplateConfigurations to it",
            related=[(distribution, "the distribution")],
        )


@check.on("AWS::AutoScaling::AutoScalingGroup")
def group(group: Resource) -> Findings:
    has_pipelines = bool(group.deployment.of_type("AWS::ImageBuilder::ImagePipeline"))
    kept = images.kept(group) if has_pipelines else None
    if kept is not None:
        message = (
            f"is {kept.version.text}{kept.version.note}, but {kept.pipeline.title} writes its images to new versions of "
            f"{kept.template.title}, so the group keeps the image of this one"
        )
        related = [(kept.pipeline, "makes new versions"), (kept.template, "the launch template")]
        do = "set it to $Default or $Latest"
        yield group.finding(kept.version, message, of="LaunchTemplate.Version", do=do, related=related, since="0.2")


BAD = """
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, ImageRecipeArn: "arn:aws:imagebuilder:eu-west-1:123456789012:image-recipe/web/1.0.0"}
---
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, DistributionConfigurationArn: !Ref Distribution}
  Distribution:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties: {Name: web, Distributions: [{Region: eu-west-1, AmiDistributionConfiguration: {Name: web}}]}
---
variable "recipe" {}

resource "aws_imagebuilder_image_pipeline" "web" {
  name             = "web"
  image_recipe_arn = var.recipe
}
---
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, DistributionConfigurationArn: !Ref Distribution}
  Distribution:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties: {Name: web, Distributions: [{Region: eu-west-1, LaunchTemplateConfigurations: [{LaunchTemplateId: !Ref Template, SetDefaultVersion: true}]}]}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/web/ami"}}}
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: "1"}}}
---
resource "aws_launch_template" "web" {
  name     = "web"
  image_id = "resolve:ssm:/web/ami"
}

resource "aws_imagebuilder_distribution_configuration" "web" {
  name = "web"

  distribution {
    region = "eu-west-1"

    launch_template_configuration {
      launch_template_id = aws_launch_template.web.id
    }
  }
}

resource "aws_imagebuilder_image_pipeline" "web" {
  name                           = "web"
  distribution_configuration_arn = aws_imagebuilder_distribution_configuration.web.arn
}

resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.web.id
        version            = 3
      }
    }
  }
}
"""

GOOD = """
Parameters:
  Elsewhere: {Type: String}
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, DistributionConfigurationArn: !GetAtt Distribution.Arn}
  Distribution:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties: {Name: web, Distributions: [{Region: eu-west-1, LaunchTemplateConfigurations: [{LaunchTemplateId: lt-1}]}]}
  Unknown:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: api, DistributionConfigurationArn: !Ref Elsewhere}
  Told:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: told, InfrastructureConfigurationArn: !Ref Builders}
  Builders:
    Type: AWS::ImageBuilder::InfrastructureConfiguration
    Properties: {Name: told, InstanceProfileName: builder, SnsTopicArn: !Ref Elsewhere}
  Shared:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: shared, DistributionConfigurationArn: !GetAtt ToOthers.Arn}
  ToOthers:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: shared
      Distributions: [{Region: eu-west-1, AmiDistributionConfiguration: {TargetAccountIds: ["123456789012"]}}]
  Containers:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: batch, ContainerRecipeArn: !Ref Elsewhere}
---
resource "aws_imagebuilder_image_pipeline" "web" {
  name                           = "web"
  distribution_configuration_arn = aws_imagebuilder_distribution_configuration.web.arn
}

resource "aws_imagebuilder_distribution_configuration" "web" {
  name = "web"

  distribution {
    region = "eu-west-1"

    ssm_parameter_configuration {
      parameter_name = "/web/ami"
    }
  }
}
---
Parameters: {Version: {Type: String, Default: "1"}}
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, DistributionConfigurationArn: !Ref Distribution}
  Distribution:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties: {Name: web, Distributions: [{Region: eu-west-1, LaunchTemplateConfigurations: [{LaunchTemplateId: !Ref Template, SetDefaultVersion: true}]}]}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/web/ami"}}}
  Other: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/web/ami"}}}
  Newest: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: $Latest}}}
  OfStack: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}
  # Who releases an image writes its version.
  Released: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !Ref Version}}}
  OfOther: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Other, Version: "1"}}}
---
# A function refreshes the instances with the new version.
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, DistributionConfigurationArn: !Ref Distribution}
  Distribution:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties: {Name: web, Distributions: [{Region: eu-west-1, LaunchTemplateConfigurations: [{LaunchTemplateId: !Ref Template}]}]}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/web/ami"}}}
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: "1"}}}
  Refresher: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: refresh, PolicyDocument: {Statement: [{Effect: Allow, Action: "autoscaling:StartInstanceRefresh", Resource: "*"}]}}]}}
---
resource "aws_launch_template" "web" {
  name     = "web"
  image_id = "resolve:ssm:/web/ami"
}

resource "aws_imagebuilder_distribution_configuration" "web" {
  name = "web"

  distribution {
    region = "eu-west-1"

    launch_template_configuration {
      launch_template_id = aws_launch_template.web.id
    }
  }
}

resource "aws_imagebuilder_image_pipeline" "web" {
  name                           = "web"
  distribution_configuration_arn = aws_imagebuilder_distribution_configuration.web.arn
}

resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4

  launch_template {
    id      = aws_launch_template.web.id
    version = "1"
  }

  lifecycle {
    ignore_changes = [launch_template[0].version]
  }
}
"""
