"""A scheduled pipeline should have a dependency that can change.

By default a scheduled pipeline builds only if the parent image or a component has a newer version. If all of them are
pinned, there is never a newer version, and the pipeline never builds.

What to do: use versions that can change (an ARN that ends in x.x.x, or ssm: and a parameter), or build on every date
with PipelineExecutionStartCondition EXPRESSION_MATCH_ONLY.
"""

from awslint_memo import Findings, Resource, images, rule

ON_UPDATES = "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE"


@rule(
    level="warning",
    resource="AWS::ImageBuilder::ImagePipeline",
    memo="仮想マシンイメージまたはコンテナイメージを自動で作成するサービスです",
    aws="imagebuilder/latest/userguide/ib-pipeline-scheduling.html",
)
def check(pipeline: Resource) -> Findings:
    schedule, recipe = pipeline.get("Schedule"), images.recipe(pipeline)
    condition = pipeline.get("Schedule.PipelineExecutionStartCondition", default=ON_UPDATES)
    if recipe is None or not schedule.is_known or condition.text != ON_UPDATES:
        return
    parent = recipe.get("ParentImage")
    if all(images.is_pinned(source) for source in images.sources(recipe)):
        yield pipeline.finding(
            schedule,
            f"waits for dependency updates{condition.note}, but {recipe.title} pins all versions, so it never builds",
            of="PipelineExecutionStartCondition",
            do="set it to EXPRESSION_MATCH_ONLY, or end an ARN in x.x.x",
            related=[(parent, "the parent image")],
        )


BAD = """
Resources:
  Images:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, ImageRecipeArn: !Ref Recipe, Schedule: {ScheduleExpression: "cron(0 0 * * ? *)"}}
  Recipe:
    Type: AWS::ImageBuilder::ImageRecipe
    Properties:
      Name: web
      Version: 1.0.0
      ParentImage: ami-0123456789abcdef0
      Components: [{ComponentArn: !Sub "arn:aws:imagebuilder:${AWS::Region}:aws:component/update-linux/1.0.2/1"}]
---
resource "aws_imagebuilder_image_pipeline" "web" {
  name             = "web"
  image_recipe_arn = aws_imagebuilder_image_recipe.web.arn

  schedule {
    schedule_expression = "cron(0 0 * * ? *)"
  }
}

resource "aws_imagebuilder_image_recipe" "web" {
  name         = "web"
  version      = "1.0.0"
  parent_image = "ami-0123456789abcdef0"
}
"""

GOOD = """
Parameters:
  Parent: {Type: String}
Resources:
  Follows:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: web, ImageRecipeArn: !Ref Moves, Schedule: {ScheduleExpression: "cron(0 0 * * ? *)"}}
  Moves:
    Type: AWS::ImageBuilder::ImageRecipe
    Properties: {Name: web, Version: 1.0.0, ParentImage: !Sub "arn:aws:imagebuilder:${AWS::Region}:aws:image/al2023-x86/x.x.x"}
  Unknown:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: api, ImageRecipeArn: !Ref ByParameter, Schedule: {ScheduleExpression: "cron(0 0 * * ? *)"}}
  ByParameter: {Type: AWS::ImageBuilder::ImageRecipe, Properties: {Name: api, Version: 1.0.0, ParentImage: !Ref Parent}}
  Elsewhere:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties: {Name: jobs, ImageRecipeArn: !ImportValue Recipe, Schedule: {ScheduleExpression: "cron(0 0 * * ? *)"}}
  ByHand: {Type: AWS::ImageBuilder::ImagePipeline, Properties: {Name: old, ImageRecipeArn: !Ref Pinned}}
  Pinned: {Type: AWS::ImageBuilder::ImageRecipe, Properties: {Name: old, Version: 1.0.0, ParentImage: ami-0123456789abcdef0}}
---
resource "aws_imagebuilder_image_pipeline" "web" {
  name             = "web"
  image_recipe_arn = aws_imagebuilder_image_recipe.web.arn

  schedule {
    schedule_expression                = "cron(0 0 * * ? *)"
    pipeline_execution_start_condition = "EXPRESSION_MATCH_ONLY"
  }
}

resource "aws_imagebuilder_image_recipe" "web" {
  name         = "web"
  version      = "1.0.0"
  parent_image = "ami-0123456789abcdef0"
}
---
resource "aws_imagebuilder_image_pipeline" "web" {
  name             = "web"
  image_recipe_arn = aws_imagebuilder_image_recipe.web.arn

  schedule {
    schedule_expression = "cron(0 0 * * ? *)"
  }
}

resource "aws_imagebuilder_image_recipe" "web" {
  name         = "web"
  version      = "1.0.0"
  parent_image = "ssm:/aws/service/ami"
}
"""
