"""New images should be tested before they are distributed.

Image Builder launches an instance of each new image and runs the recipe's test components on it. With tests off, a
broken image is distributed too, and the error appears only when an instance is launched from it.

What to do: leave ImageTestsEnabled at true, its default, and put test components into the recipe.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="warning",
    resource=("AWS::ImageBuilder::ImagePipeline", "AWS::ImageBuilder::Image"),
    memo="仮想マシンイメージまたはコンテナイメージを自動で作成するサービスです",
    aws="imagebuilder/latest/userguide/test-components.html",
    fix="unsafe",
)
def check(pipeline: Resource) -> Findings:
    enabled = pipeline.get("ImageTestsConfiguration.ImageTestsEnabled")
    if enabled.flag is False:
        unsafe = "replaces the image, which is built again"
        if pipeline.type == "AWS::ImageBuilder::ImagePipeline":
            is_enabled = pipeline.get("Status", default="ENABLED").text == "ENABLED"
            unsafe = "" if is_enabled else "turns on tests that somebody turned off in a pipeline that is disabled"
        fix = pipeline.set("ImageTestsConfiguration.ImageTestsEnabled", True, unsafe=unsafe)
        yield pipeline.finding(
            enabled,
            f"is false{enabled.note}, so images are distributed without tests",
            of="ImageTestsEnabled",
            do="set it to true",
            fix=fix,
        )


BAD = """
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, ImageTestsConfiguration: {ImageTestsEnabled: "false"}}
---
resource "aws_imagebuilder_image_pipeline" "web" {
  name = "web"

  image_tests_configuration {
    image_tests_enabled = false
  }
}
---
Resources:
  Web:
    Type: AWS::ImageBuilder::Image
    Properties:
      ImageRecipeArn: !ImportValue Recipe
      InfrastructureConfigurationArn: !ImportValue Infrastructure
      ImageTestsConfiguration:
        ImageTestsEnabled: false
"""

GOOD = """
Parameters:
  Tested: {Type: String}
Resources:
  ByDefault:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web}
  Minutes:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: api, ImageTestsConfiguration: {TimeoutMinutes: 90}}
  Unknown:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: batch, ImageTestsConfiguration: {ImageTestsEnabled: !Ref Tested}}
---
resource "aws_imagebuilder_image_pipeline" "web" {
  name = "web"

  image_tests_configuration {
    timeout_minutes = 90
  }
}
"""

FIXED = """
-    Properties: {Name: web, ImageTestsConfiguration: {ImageTestsEnabled: "false"}}
+    Properties: {Name: web, ImageTestsConfiguration: {ImageTestsEnabled: "true"}}
---
-    image_tests_enabled = false
+    image_tests_enabled = true
---
-        ImageTestsEnabled: false
+        ImageTestsEnabled: true
"""
