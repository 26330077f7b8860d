"""New instances should be launched from the newest image, not from a fixed one.

A launch template with an AMI id always launches the same image: the image that a pipeline builds next week reaches no
instance, and neither does AWS's next security update, until somebody edits the template. Ids also differ from Region to
Region.

What to do: write {{resolve:ssm:...}} or resolve:ssm: with a parameter that always names the newest image (AWS has public
ones), or let Image Builder's distribution write a new version of the launch template.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, images, rule

IMAGE = {
    "AWS::EC2::LaunchTemplate": "LaunchTemplateData.ImageId",
    "AWS::AutoScaling::LaunchConfiguration": "ImageId",
}


@rule(
    "ec2-fixed-ami",
    level="advice",
    resource=("AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration"),
    memo="AMI の自動再作成だけではなく、EC2 の再作成まで一気通貫で行うことが可能になります",
    aws="autoscaling/ec2/userguide/using-systems-manager-parameters.html",
)
def check(template: Resource) -> Iterator[Finding]:
    image = template.get(IMAGE[template.type])
    if not (image.text or "").startswith("ami-"):
        return
    made = images.pipelines(template.deployment)
    newer = f"the newer images that {made[0].title} builds" if made else "a newer image"
    builders = [(made[0], "builds newer images")] if made else []
    yield template.finding(
        image,
        # Not which one: a mapping has another in each Region, and that is one finding.
        f"is a fixed AMI ID{image.note}, so new instances do not get {newer}; "
        "take it from a Systems Manager parameter that names the newest image",
        of=IMAGE[template.type],
        level="warning" if made else None,
        related=[(image, "a fixed image"), *builders],
    )


BAD = """
Resources:
  Web:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0}}
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web}
---
Resources:
  Web:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties: {ImageId: ami-0123456789abcdef0, InstanceType: t3.micro}
---
resource "aws_launch_template" "web" {
  image_id = "ami-0123456789abcdef0"
}
"""

GOOD = """
Parameters:
  Newest: {Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /aws/service/ami}
Resources:
  ByParameter:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {ImageId: !Ref Newest}}
  Resolved:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {ImageId: "{{resolve:ssm:/aws/service/ami}}"}}
  AtLaunch:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/aws/service/ami"}}
  NoImage:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {InstanceType: t3.micro}}
---
resource "aws_launch_template" "newest" {
  image_id = data.aws_ami.newest.id
}

resource "aws_launch_template" "parameter" {
  image_id = "resolve:ssm:/aws/service/ami"
}
"""
