"""New images should be tested before they are given out.

Image Builder starts an instance of each new image and runs the recipe's test components on it. With tests off a broken
image is given out like a good one, and shows itself on the next instance that is launched.

What to do: leave ImageTestsEnabled at true, its default, and put test components into the recipe.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule


@rule(
    "imagebuilder-tests",
    level="warning",
    resource=("AWS::ImageBuilder::ImagePipeline", "AWS::ImageBuilder::Image"),
    memo="仮想マシンイメージまたはコンテナイメージを自動で作成するサービスです",
    aws="imagebuilder/latest/userguide/test-components.html",
)
def check(pipeline: Resource) -> Iterator[Finding]:
    enabled = pipeline.get("ImageTestsConfiguration.ImageTestsEnabled")
    if enabled.flag is False:
        yield pipeline.finding(enabled, "gives out its images untested; leave ImageTestsEnabled at true")


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
