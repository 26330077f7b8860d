"""An image pipeline should run on a schedule.

Without a schedule, or disabled, a pipeline builds an image only when somebody starts it. Instances are then launched
from old images, without the security updates since.

What to do: give the pipeline a Schedule, such as cron(0 0 * * ? *), and leave Status at ENABLED.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule


@rule(
    "imagebuilder-schedule",
    level="warning",
    resource="AWS::ImageBuilder::ImagePipeline",
    memo="仮想マシンイメージまたはコンテナイメージを自動で作成するサービスです",
    aws="imagebuilder/latest/userguide/ib-pipeline-scheduling.html",
)
def check(pipeline: Resource) -> Iterator[Finding]:
    status = pipeline.get("Status")
    schedule = pipeline.get("Schedule")
    if status.text == "DISABLED":
        message = f"has the status DISABLED{status.note}, so it does not build images on its own; set it to ENABLED"
        yield pipeline.finding(status, message)
    elif schedule.is_absent:
        message = (
            "has no schedule, so it builds an image only when somebody starts it; add one such as cron(0 0 * * ? *)"
        )
        yield pipeline.finding(pipeline, message)


BAD = """
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, ImageRecipeArn: !Ref Recipe}
  Recipe:
    Type: AWS::ImageBuilder::ImageRecipe
    Properties: {Name: web, Version: 1.0.0, ParentImage: ami-0123456789abcdef0}
---
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, Status: DISABLED, Schedule: {ScheduleExpression: "cron(0 0 * * ? *)"}}
---
variable "recipe" {}

resource "aws_imagebuilder_image_pipeline" "web" {
  name             = "web"
  image_recipe_arn = var.recipe
}
---
resource "aws_imagebuilder_image_pipeline" "web" {
  name   = "web"
  status = "DISABLED"

  schedule {
    schedule_expression = "cron(0 0 * * ? *)"
  }
}
"""

GOOD = """
Parameters:
  Status: {Type: String}
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, Schedule: {ScheduleExpression: "cron(0 0 * * ? *)"}, Status: !Ref Status}
---
resource "aws_imagebuilder_image_pipeline" "web" {
  name   = "web"
  status = "ENABLED"

  schedule {
    schedule_expression = "cron(0 0 * * ? *)"
  }
}
"""
