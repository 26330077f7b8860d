"""An image pipeline should run on a schedule.

Without a schedule, or disabled, a pipeline builds an image only when somebody starts it. Instances are then launched
from old images, without the security updates since.

What to do: give the pipeline a Schedule, such as cron(0 0 * * ? *), and leave Status at ENABLED. A pipeline that an
event, a schedule or a function of the template starts is not checked, and neither is one that the stack exports or
puts out: another stack may start it; one without a Schedule that is DISABLED is switched off on purpose. Without a Schedule it
is advice, since a release may start the pipeline.
"""

from awslint_memo import Findings, Resource, codepipeline, rule


@rule(
    level="warning",
    resource="AWS::ImageBuilder::ImagePipeline",
    memo="仮想マシンイメージまたはコンテナイメージを自動で作成するサービスです",
    aws="imagebuilder/latest/userguide/ib-pipeline-scheduling.html",
    fix="unsafe",
)
def check(pipeline: Resource) -> Findings:
    if codepipeline.starts.may_be_started(pipeline):
        return
    status, schedule = pipeline.get("Status"), pipeline.get("Schedule")
    if status.text == "DISABLED" and schedule.is_absent:
        return
    if status.text == "DISABLED":
        message = f"is DISABLED{status.note}, so the pipeline does not build images on its own; set it to ENABLED"
        fix = pipeline.set("Status", "ENABLED", unsafe="switches on a pipeline that somebody switched off")
        yield pipeline.finding(status, message, of="Status", fix=fix)
    elif schedule.is_absent:
        message = (
            "has no schedule, so it builds an image only when somebody starts it; set Schedule.ScheduleExpression, "
            "such as cron(0 0 * * ? *)"
        )
        yield pipeline.finding(pipeline, message, level="advice")


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
  StartedByAnEvent:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: api, ImageRecipeArn: !Ref Recipe, InfrastructureConfigurationArn: !ImportValue Infrastructure}
  Recipe:
    Type: AWS::ImageBuilder::ImageRecipe
    Properties: {Name: web, Version: 1.0.0, ParentImage: ami-0123456789abcdef0}
  Daily:
    Type: AWS::Events::Rule
    Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: images, Arn: !Ref StartedByAnEvent, RoleArn: !ImportValue Role}]}
---
resource "aws_imagebuilder_image_pipeline" "web" {
  name   = "web"
  status = "ENABLED"

  schedule {
    schedule_expression = "cron(0 0 * * ? *)"
  }
}
"""

FIXED = """
-    Properties: {Name: web, Status: DISABLED, Schedule: {ScheduleExpression: "cron(0 0 * * ? *)"}}
+    Properties: {Name: web, Status: ENABLED, Schedule: {ScheduleExpression: "cron(0 0 * * ? *)"}}
---
-  status = "DISABLED"
+  status = "ENABLED"
"""
